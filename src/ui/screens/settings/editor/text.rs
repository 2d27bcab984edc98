//! The profile's whole text, with what is wrong beside its lines: every key can be changed here.

use eframe::egui::{Align2, FontId, Margin, TextEdit, Ui, pos2};

use super::fields::{fault_line, told};
use super::named_card;
use crate::i18n::Message;
use crate::point::draft::Draft;
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{label, sign};

/// So many faults are told in words; the others are marked at their lines alone.
const MOST_TOLD: usize = 20;
/// No profile is as long, and every letter is laid out.
const MOST_CHARS: usize = 160 * 1024;
/// Room for the marks beside the lines.
const GUTTER: i8 = 28;

pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, draft: &mut Draft) {
    named_card(ui, cx, |ui, cx| {
        label(ui, cx.theme, &cx.t("ui-profile-text-how"));
        for fault in draft.faults().iter().take(MOST_TOLD) {
            let line = Message::new("ui-profile-line").with("line", fault.spot.line.to_string());
            fault_line(ui, cx, &cx.say(&line.with("fault", told(cx, fault))));
        }
        edit(ui, cx, draft);
    });
}

fn edit(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) {
    let mut text = draft.text().to_owned();
    let name = ui.label(theme::plain(cx.t("ui-profile-text"), theme::SMALL, cx.theme.dim));
    let shown = TextEdit::multiline(&mut text)
        .font(FontId::monospace(theme::SMALL))
        .desired_width(f32::INFINITY)
        .char_limit(MOST_CHARS)
        .margin(Margin { left: GUTTER, ..Margin::same(8) })
        .show(ui);
    shown.response.response.labelled_by(name.id);
    let (at, galley) = (shown.galley_pos, shown.galley);
    let (mut line, mut begins) = (1, true);
    for row in &galley.rows {
        // A line that is wrapped is marked once, at its first row.
        if begins && draft.faults().iter().any(|fault| fault.spot.line == line) {
            let place = pos2(at.x - f32::from(GUTTER) / 2.0, at.y + row.rect().center().y);
            let font = FontId::proportional(theme::SMALL);
            ui.painter().text(place, Align2::CENTER_CENTER, sign(Tone::Bad), font, cx.theme.bad);
        }
        begins = row.ends_with_newline;
        line += usize::from(begins);
    }
    if text != draft.text() {
        draft.write(text);
    }
}
