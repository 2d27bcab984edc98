//! A form of a reviewed archive as it stands there; from here it is saved or printed.

use std::fmt;

use eframe::egui::{Align, Context, Layout, ScrollArea, Ui};
use egui_extras::{Column, TableBuilder};

use super::{Dialog, Save, ask};
use crate::i18n::Message;
use crate::review::{ArchivedForm, Coming, Page, PageColumn, PageTable, Task, Wake, read_form};
use crate::ui::model::{Cx, Wish};
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Ask, Banner, Foot, Line, banner, big_button, block, dialog, heading, label, rule};

/// A row of a table, and so much more for each further line in it.
const LINE: f32 = 20.0;
/// A letter is about so wide, of the table's text size.
const LETTER: f32 = 8.0;
/// Columns are no narrower.
const LEAST_COLUMN: f32 = 72.0;

pub struct ShownForm {
    form: ArchivedForm,
    state: State,
}

enum State {
    Reading(Coming<Result<Page, Message>>),
    Shown(Box<Page>),
    Unread(Message),
}

impl fmt::Debug for ShownForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShownForm").field("form", &self.form.id).finish_non_exhaustive()
    }
}

/// What a form is called.
pub fn form_name(cx: &Cx<'_>, id: &str) -> String {
    cx.say(&Message::new("ui-papers-form").with("form", id))
}

impl ShownForm {
    /// Begins to read it.
    pub fn open(form: ArchivedForm, cx: &Cx<'_>, wake: Wake) -> Self {
        let state = match read_form(form.clone(), cx.model.words.language(), wake) {
            Ok(reading) => State::Reading(reading),
            Err(error) => {
                tracing::error!(%error, "a form can't be read");
                State::Unread(Message::new("shown-form-unread"))
            }
        };
        Self { form, state }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        self.hear();
        let title = form_name(cx, &self.form.id);
        let ask = Ask { width: 1_240.0, cancel: cx.t("ui-understood"), ..ask(cx, title.clone(), None) };
        let mut wish = None;
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            self.outlets(ui, cx, &mut wish);
            if self.form.changed {
                let head = cx.t("shown-form-changed");
                banner(ui, cx.theme, &Banner { tone: Tone::Bad, head: &head, body: "", button: None });
            }
            match &self.state {
                State::Reading(_) => drop(ui.spinner()),
                State::Unread(why) => drop(label(ui, cx.theme, &cx.say(why))),
                State::Shown(page) => {
                    // What stands on the form itself, if it is not what it is called here.
                    if page.title != title {
                        heading(ui, cx.theme, &page.title);
                    }
                    sheet(ui, cx, page);
                }
            }
            false
        });
        if let Some(wish) = wish {
            cx.wish(wish);
        }
        foot != Foot::Leave
    }

    fn hear(&mut self) {
        let State::Reading(reading) = &self.state else { return };
        self.state = match reading.hear() {
            None => return,
            Some(Ok(Ok(page))) => State::Shown(Box::new(page)),
            Some(Ok(Err(why))) => State::Unread(why),
            Some(Err(_)) => State::Unread(Message::new("shown-form-unread")),
        };
    }

    /// What lies in the archive is saved and printed, never what is drawn here. Not before that is read: the
    /// question grows then, and a button would move away below the finger.
    fn outlets(&self, ui: &mut Ui, cx: &Cx<'_>, wish: &mut Option<Wish>) {
        let is_read = !matches!(self.state, State::Reading(_));
        ui.horizontal_wrapped(|ui| {
            let mut pressed = |id: &str, enabled: bool| {
                let text = cx.t(id);
                let button = big_button(cx.theme, &text).height(theme::ROW).text_size(theme::TEXT);
                ui.add_enabled(is_read && enabled, button).clicked()
            };
            if pressed("shown-form-save", self.form.has("pdf") || self.form.has("xlsx")) {
                let save = Save::of_form(self.form.clone(), cx.model.home.as_ref());
                *wish = Some(Wish::Open(Box::new(Dialog::Save(save))));
            }
            let home = cx.model.home.clone().filter(|_| self.form.has("pdf"));
            if pressed("shown-form-print", home.is_some())
                && let Some(folder) = home
            {
                *wish = Some(Wish::Work(Task::Print { form: self.form.clone(), folder }));
            }
        });
    }
}

fn sheet(ui: &mut Ui, cx: &Cx<'_>, page: &Page) {
    let (ink, dim) = (cx.theme.ink, cx.theme.dim);
    let paragraph = |ui: &mut Ui, text: &str| drop(block(ui, &[Line::plain(text, theme::TEXT, ink)]));
    if let Some(remark) = &page.remark {
        paragraph(ui, remark);
    }
    for (caption, value) in &page.fields {
        let value = if value.is_empty() { "—" } else { value };
        block(ui, &[Line::plain(caption, theme::SMALL, dim), Line::plain(value, theme::TEXT, ink)]);
    }
    page.text.iter().for_each(|text| paragraph(ui, text));
    for (at, table) in page.tables.iter().enumerate() {
        rule(ui, cx.theme);
        if let Some(title) = &table.title {
            block(ui, &[Line::bold(title, theme::TEXT, ink)]);
        }
        if table.rows.is_empty() {
            label(ui, cx.theme, &table.empty);
        } else {
            rows(ui, cx, at, table);
        }
    }
    page.notes.iter().for_each(|text| paragraph(ui, text));
    for (post, name) in &page.signers {
        block(ui, &[Line::plain(&format!("{post}: {name}"), theme::TEXT, ink)]);
    }
    rule(ui, cx.theme);
    label(ui, cx.theme, &page.footer);
}

/// Of many rows those that are seen are drawn; a wide table is scrolled sideways.
fn rows(ui: &mut Ui, cx: &Cx<'_>, at: usize, table: &PageTable) {
    let gaps = ui.spacing().item_spacing.x * table.columns.len() as f32;
    let widths = widths(table, ui.available_width() - theme::SCROLL_BAR - gaps);
    let lines = |row: &[String]| {
        let of = |(text, width): (&String, &f32)| {
            let fit = (width / LETTER).max(1.0);
            text.lines().map(|line| (line.chars().count() as f32 / fit).ceil().max(1.0)).sum::<f32>()
        };
        row.iter().zip(&widths).map(of).fold(1.0, f32::max) * LINE + theme::GAP_S
    };
    let heads: Vec<String> = table.columns.iter().map(|column| column.heading.clone()).collect();
    let heights: Vec<f32> = table.rows.iter().map(|row| lines(row)).collect();
    ScrollArea::horizontal().id_salt(("form", at)).show(ui, |ui| {
        let mut builder = TableBuilder::new(ui)
            .id_salt(("form-table", at))
            .striped(true)
            .vscroll(false)
            .cell_layout(Layout::left_to_right(Align::Min).with_main_wrap(true));
        for width in &widths {
            builder = builder.column(Column::exact(*width));
        }
        builder
            .header(lines(&heads), |mut header| {
                for head in &heads {
                    header.col(|ui| drop(block(ui, &[Line::bold(head, theme::SMALL, cx.theme.ink)])));
                }
            })
            .body(|body| {
                body.heterogeneous_rows(heights.iter().copied(), |mut row| {
                    let Some(texts) = table.rows.get(row.index()) else { return };
                    for text in texts {
                        row.col(|ui| drop(block(ui, &[Line::plain(text, theme::SMALL, cx.theme.ink)])));
                    }
                });
            });
    });
}

/// As the form shares them out; narrow ones are given what they need at the cost of the others.
fn widths(table: &PageTable, room: f32) -> Vec<f32> {
    let all: u32 = table.columns.iter().map(|column| column.width).sum();
    let share = |column: &PageColumn| room * column.width as f32 / all.max(1) as f32;
    let wide: f32 = table.columns.iter().map(|column| (share(column) - LEAST_COLUMN).max(0.0)).sum();
    let lacking: f32 = table.columns.iter().map(|column| (LEAST_COLUMN - share(column)).max(0.0)).sum();
    let given = (lacking / wide.max(1.0)).min(1.0);
    let width = |column| match share(column) - LEAST_COLUMN {
        over if over > 0.0 => LEAST_COLUMN + over * (1.0 - given),
        _ => LEAST_COLUMN,
    };
    table.columns.iter().map(width).collect()
}
