//! What came of a step.

use eframe::egui::Ui;

use super::measured;
use crate::checklist::Step;
use crate::day::{StepDay, StepState};
use crate::i18n::Message;
use crate::journal::{Evidence, Outcome};
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, banner, heading, label, row};

/// The finding, what was measured, what a person said, and the remedy.
pub fn result(ui: &mut Ui, cx: &Cx<'_>, step: &Step, done: &StepDay) {
    let theme = cx.theme;
    let (tone, head) = match &done.state {
        StepState::AwaitsConfirmation => (Tone::Accent, cx.t("ui-step-awaits-long")),
        StepState::Done(Outcome::Passed) => (Tone::Ok, cx.t("ui-step-passed")),
        StepState::Done(Outcome::Failed) => (Tone::Bad, cx.t("ui-step-failed")),
        StepState::Done(Outcome::Unknown) => (Tone::Warn, cx.t("ui-step-unknown")),
        StepState::Waived { by, reason } => {
            let by = by.as_ref().map(|by| cx.model.post(by)).unwrap_or_default();
            let text = Message::new("ui-step-waived-by").with("who", by).with("reason", reason.as_str());
            (Tone::Warn, cx.say(&text))
        }
    };
    let mut body: Vec<String> = done.finding.iter().map(|finding| cx.say(finding)).collect();
    if !done.note.is_empty() {
        body.push(cx.say(&Message::new("ui-step-note").with("text", done.note.as_str())));
    }
    if matches!(done.state, StepState::Done(Outcome::Failed | Outcome::Unknown)) {
        body.push(cx.model.words.of(&step.remedy).to_owned());
    }
    banner(ui, theme, &Banner { tone, head: &head, body: &body.join("\n"), button: None });
    let faults = done.evidence.iter().map(Evidence::fault);
    // What was found stands above.
    let all = done.evidence.iter().zip(faults).filter(|(_, fault)| fault.is_none() || *fault != done.finding);
    let all: Vec<_> = all.collect();
    if !all.is_empty() {
        heading(ui, theme, &cx.t("ui-step-evidence"));
        for (one, fault) in all {
            match fault {
                Some(fault) => drop(label(ui, theme, &cx.say(&fault))),
                None => evidence(ui, cx, one),
            }
        }
    }
}

/// What was measured, and how much.
fn evidence(ui: &mut Ui, cx: &Cx<'_>, evidence: &Evidence) {
    let name = match measured::name(cx, evidence) {
        Some(name) => theme::plain(name, theme::TEXT, cx.theme.dim),
        None => theme::code(&evidence.name, theme::SMALL, cx.theme.dim),
    };
    let value = theme::strong(measured::value(cx, evidence), theme::TEXT, cx.theme.ink);
    row(ui, 28.0, |ui| ui.label(value), |ui| ui.label(name));
}
