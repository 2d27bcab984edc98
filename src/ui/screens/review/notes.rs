//! Everything that speaks against the archive, or that its reader should know.

use eframe::egui::Ui;

use super::verdict::fault_tone;
use crate::archive::Place;
use crate::i18n::Message;
use crate::review::Reviewed;
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Line, block, card, heading, label, sign};

/// More at once nobody reads.
const MOST_SHOWN: usize = 200;

/// Faults, then warnings, each with its place; then who signed it and the codes to compare.
pub fn notes(ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed) {
    let theme = cx.theme;
    let report = &reviewed.report;
    card(ui, theme, |ui| {
        label(ui, theme, &reviewed.folder.display().to_string());
        let faults =
            report.faults.iter().map(|fault| (fault_tone(fault.effect), &fault.place, &fault.message));
        let warnings = report.warnings.iter().map(|warning| (Tone::Accent, &warning.place, &warning.message));
        if report.faults.is_empty() && report.warnings.is_empty() {
            label(ui, theme, &cx.t("ui-review-no-notes"));
        }
        for (tone, at, message) in faults.chain(warnings).take(MOST_SHOWN) {
            ui.horizontal_wrapped(|ui| {
                ui.label(theme::strong(sign(tone), theme::TEXT, theme.strong(tone)));
                let (text, at) = (cx.say(&reviewed.named(message)), place(cx, reviewed, at));
                let text = Line::plain(&text, theme::TEXT, theme.ink);
                block(ui, &[text, Line::plain(&at, theme::SMALL, theme.dim)]);
            });
        }
        let listed = (report.faults.len() + report.warnings.len()) as u64;
        let more = report.more_faults + report.more_warnings + listed.saturating_sub(MOST_SHOWN as u64);
        if more > 0 {
            label(ui, theme, &cx.say(&Message::new("ui-review-more").with("count", more)));
        }
        signers(ui, cx, reviewed);
    });
}

fn signers(ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed) {
    let (theme, report) = (cx.theme, &reviewed.report);
    for station in &report.stations {
        if report.stations.len() > 1 {
            heading(ui, theme, station.day.as_str());
        }
        let codes = [
            ("ui-review-signer", &station.signer),
            ("ui-review-opening", &station.opening_code),
            ("ui-review-closing", &station.closing_code),
        ];
        for (name, code) in codes {
            if let Some(code) = code {
                label(ui, theme, &cx.t(name));
                ui.label(theme::code(code.as_str(), theme::TEXT, theme.ink));
            }
        }
    }
}

fn place(cx: &Cx<'_>, reviewed: &Reviewed, place: &Place) -> String {
    let words = place.words(reviewed.report.time_zone, &|message| cx.model.words.say(message));
    match &place.camera {
        Some(camera) => words.replacen(camera.as_str(), &reviewed.camera_name(camera), 1),
        None => words,
    }
}
