//! A long list of the day, of which a view holds the end alone: all of it is asked for page by page, the
//! newest first.

use eframe::egui::Ui;

use crate::i18n::Message;
use crate::ui::model::Cx;
use crate::ui::widgets::{big_button, label};

/// Entries on a page.
const PAGE: usize = 20;

pub struct Pages<T> {
    /// Somebody looks at it.
    open: bool,
    /// So many newer pages come before it.
    newer: usize,
    entries: Vec<T>,
    /// What was asked for: from which entry, and how the list stood.
    asked: Option<(usize, u64)>,
}

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Self { open: false, newer: 0, entries: Vec::new(), asked: None }
    }
}

impl<T> Pages<T> {
    /// Somebody looks at it from the start.
    pub fn opened() -> Self {
        Self { open: true, ..Self::default() }
    }

    /// The station's answer.
    pub fn take(&mut self, entries: Vec<T>) {
        self.entries = entries;
    }

    /// Draws the page, if somebody looks at it, with the buttons that open, turn and close it. `listed` says
    /// how many there are, `state` changes whenever one of them does; `ask` asks for entries from the one on
    /// (the first is 0), at most so many.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        (listed, state): (usize, u64),
        ask: impl FnOnce(&mut Cx<'_>, u32, u32),
        mut entry: impl FnMut(&mut Ui, &mut Cx<'_>, &T),
    ) {
        self.show_all(ui, cx, (listed, state), ask, |ui, cx, entries| {
            entries.iter().rev().for_each(|shown| entry(ui, cx, shown));
        });
    }

    /// As [`Self::show`], where all entries of a page are drawn at once; they come with the oldest first.
    pub fn show_all(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        (listed, state): (usize, u64),
        ask: impl FnOnce(&mut Cx<'_>, u32, u32),
        draw: impl FnOnce(&mut Ui, &mut Cx<'_>, &[T]),
    ) {
        if !self.open {
            let all = cx.say(&Message::new("ui-pages-all").with("count", listed));
            self.open = button(ui, cx, &all, true);
            return;
        }
        self.newer = self.newer.min(listed.saturating_sub(1) / PAGE);
        let end = listed - self.newer * PAGE;
        let from = end.saturating_sub(PAGE);
        if self.asked != Some((from, state)) {
            self.asked = Some((from, state));
            ask(cx, u32::try_from(from).unwrap_or(u32::MAX), PAGE as u32);
        }
        let range = Message::new("ui-pages-range").with("from", from + 1).with("to", end).with("of", listed);
        label(ui, cx.theme, &cx.say(&range));
        // An answer for another page may still be on its way.
        draw(ui, cx, &self.entries[..self.entries.len().min(end - from)]);
        let [older, newer, less] = ["ui-pages-older", "ui-pages-newer", "ui-pages-less"].map(|id| cx.t(id));
        ui.horizontal_wrapped(|ui| {
            if button(ui, cx, &older, from > 0) {
                self.newer += 1;
            }
            if button(ui, cx, &newer, self.newer > 0) {
                self.newer -= 1;
            }
            if button(ui, cx, &less, true) {
                *self = Self::default();
            }
        });
    }
}

fn button(ui: &mut Ui, cx: &Cx<'_>, text: &str, enabled: bool) -> bool {
    let button = big_button(cx.theme, text).small();
    ui.add_enabled(enabled, button).clicked()
}
