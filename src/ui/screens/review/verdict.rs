//! The verdict in plain words, and everything that speaks against the archive.

use eframe::egui::Ui;

use crate::archive::{Integrity, Place, Provenance};
use crate::i18n::Message;
use crate::review::{Reviewed, Title};
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, Line, banner, block, card, chip, heading, label, row, sign, title};

/// True when the person wants another archive.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed) -> bool {
    let theme = cx.theme;
    let report = &reviewed.report;
    let (origin, tone) = (cx.say(&report.provenance.message()), provenance_tone(report.provenance));
    row(
        ui,
        40.0,
        |ui| chip(ui, theme, tone, None, report.provenance.word()),
        |ui| {
            let name = match &reviewed.title {
                Some(day) => day_name(cx, day),
                None => cx.t("ui-review-title"),
            };
            title(ui, theme, &name)
        },
    );
    let (tone, head) = match report.integrity {
        Integrity::Valid => (Tone::Ok, "ui-review-valid"),
        Integrity::Incomplete => (Tone::Warn, "ui-review-incomplete"),
        Integrity::CannotVerify => (Tone::Warn, "ui-review-cannot"),
        Integrity::Tampered => (Tone::Bad, "ui-review-tampered"),
    };
    let mut body = match report.worst_fault() {
        Some(fault) => {
            format!("{}. {}", place(cx, reviewed, &fault.place), cx.say(&reviewed.named(&fault.message)))
        }
        None => cx.say(&report.integrity.message()),
    };
    if report.intact_segments > 0 && report.integrity != Integrity::Valid {
        let intact = Message::new("ui-review-intact").with("count", report.intact_segments);
        body = format!("{body} {}", cx.say(&intact));
    }
    let body = format!("{}\n{origin}", body.trim_start_matches(". "));
    let head = format!("{} · {}", cx.t(head), report.integrity.word());
    let other = cx.t("ui-review-other");
    banner(ui, theme, &Banner { tone, head: &head, body: &body, button: Some(&other) })
}

pub fn day_name(cx: &Cx<'_>, day: &Title) -> String {
    let point = cx.say(&Message::new("ui-bar-point").with("code", day.point.as_str()));
    format!("{point} · {} · {}", day.subject, cx.model.words.date(day.date))
}

fn provenance_tone(provenance: Provenance) -> Tone {
    match provenance {
        Provenance::Anchored | Provenance::KnownKey => Tone::Ok,
        Provenance::Unchecked => Tone::Idle,
        Provenance::UntrustedKey => Tone::Bad,
    }
}

fn place(cx: &Cx<'_>, reviewed: &Reviewed, place: &Place) -> String {
    let words = place.words(reviewed.report.time_zone, &|message| cx.model.words.say(message));
    match &place.camera {
        Some(camera) => words.replacen(camera.as_str(), &reviewed.camera_name(camera), 1),
        None => words,
    }
}

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
        for (tone, at, message) in faults.chain(warnings).take(200) {
            ui.horizontal_wrapped(|ui| {
                ui.label(theme::strong(sign(tone), theme::TEXT, theme.strong(tone)));
                let (text, at) = (cx.say(&reviewed.named(message)), place(cx, reviewed, at));
                let text = Line::plain(&text, theme::TEXT, theme.ink);
                block(ui, &[text, Line::plain(&at, theme::SMALL, theme.dim)]);
            });
        }
        let more = report.more_faults + report.more_warnings;
        if more > 0 {
            label(ui, theme, &cx.say(&Message::new("ui-review-more").with("count", more)));
        }
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
    });
}

fn fault_tone(effect: Integrity) -> Tone {
    match effect {
        Integrity::Tampered => Tone::Bad,
        Integrity::Valid | Integrity::Incomplete | Integrity::CannotVerify => Tone::Warn,
    }
}
