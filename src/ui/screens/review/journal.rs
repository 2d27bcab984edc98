//! The journal record by record: all of it, or what is looked for.

use eframe::egui::{Key, Ui};
use egui_extras::Column;

use super::table::{height_of, is_narrow, table};
use super::wake;
use crate::i18n::Message;
use crate::review::{LogLine, Query, Reviewed, Search, Topic};
use crate::ui::dialogs::{Dialog, ShownRecord};
use crate::ui::model::Cx;
use crate::ui::theme;
use crate::ui::widgets::{big_button, card, field, label};

/// What is looked for, and what was found of it.
#[derive(Default)]
pub struct Journal {
    query: Query,
    /// None while everything is shown.
    search: Option<Search>,
}

impl Journal {
    /// Gives the time of the record whose line was pressed; all of it is shown.
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, reviewed: &Reviewed) -> Option<i64> {
        self.search(ui, cx, reviewed);
        let pressed = self.lines(ui, cx, reviewed)?;
        let title = cx.model.words.say(&reviewed.named(&pressed.text));
        let shown = ShownRecord::open(title, reviewed, &pressed, ui.ctx(), wake(ui.ctx()));
        cx.open(Dialog::ShownRecord(Box::new(shown)));
        Some(pressed.utc_ms)
    }

    fn search(&mut self, ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed) {
        let width = ui.available_width();
        card(ui, cx.theme, |ui| {
            let typed = field(ui, cx.theme, &cx.t("ui-log-search"), &mut self.query.words, width - 48.0);
            if typed.has_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
                self.query.words.clear();
            }
            ui.horizontal_wrapped(|ui| {
                for topic in Topic::ALL {
                    let (text, on) = (cx.t(topic.text_id()), self.query.topic == Some(topic));
                    let button = big_button(cx.theme, &text).selected(on).height(theme::ROW);
                    if ui.add(button.text_size(theme::TEXT)).clicked() {
                        self.query.topic = if on { None } else { Some(topic) };
                    }
                }
            });
            self.look(ui, cx, reviewed);
            if let Some(search) = &self.search {
                let told = match search.runs {
                    true => Message::new("ui-log-looking").with("percent", search.percent()),
                    false => Message::new("ui-log-found"),
                };
                label(ui, cx.theme, &cx.say(&told.with("count", search.found.len())));
            }
        });
    }

    /// Begins anew whenever something else is asked for.
    fn look(&mut self, ui: &Ui, cx: &Cx<'_>, reviewed: &Reviewed) {
        if self.query.is_empty() {
            self.search = None;
        } else if self.search.as_ref().is_none_or(|search| search.query != self.query) {
            let (lines, language) = (reviewed.lines.clone(), cx.model.words.language());
            let search = Search::start(lines, self.query.clone(), language, wake(ui.ctx()));
            self.search = search.inspect_err(|error| tracing::error!(%error, "no search")).ok();
        }
        if let Some(search) = &mut self.search {
            search.hear();
        }
    }

    fn lines(&self, ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed) -> Option<LogLine> {
        let mut pressed = None;
        let log = reviewed.log();
        let found = self.search.as_ref().map(|search| search.found.as_slice());
        let rows = found.map_or(log.rows(), <[u32]>::len);
        card(ui, cx.theme, |ui| {
            // However few lines are found, nothing moves under the hands of whoever types.
            ui.set_min_height(height_of(ui, log.rows()));
            let columns = [
                Column::exact(84.0),
                Column::exact(90.0),
                Column::remainder().clip(true),
                Column::exact(if is_narrow(ui) { 110.0 } else { 220.0 }).clip(true),
            ];
            let heads = ["ui-review-record", "ui-review-time", "ui-review-event", "ui-review-who"];
            table(ui, cx, "journal", &columns, &heads, rows, |row| {
                let at = match found {
                    Some(found) => found.get(row.index()).map(|at| *at as usize),
                    None => Some(row.index()),
                };
                let Some(line) = at.and_then(|at| log.line(at)) else { return };
                let time = reviewed.lines.time(line.utc_ms);
                let text = cx.model.words.say(&reviewed.named(&line.text));
                let who = line.person.as_ref().map(|person| reviewed.names().person(person));
                let who = who.unwrap_or_else(|| cx.t("ui-review-station"));
                let named = Message::new("record-named").with("n", line.n).with("time", time.as_str());
                row.head(cx, &line.n.to_string(), &cx.say(&named));
                row.cell(cx, &time);
                row.cell(cx, &if line.still.is_some() { format!("▣ {text}") } else { text });
                row.cell(cx, &who);
                if row.is_pressed() {
                    pressed = Some(line);
                }
            });
            if log.more > 0 {
                label(ui, cx.theme, &cx.say(&Message::new("ui-review-more").with("count", log.more)));
            }
        });
        pressed
    }
}
