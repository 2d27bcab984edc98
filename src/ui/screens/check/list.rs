//! The steps of a checklist, one below the other, each with how it stands.

use eframe::egui::{Role, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, vec2};

use crate::checklist::{Checklist, Step};
use crate::day::{CheckDay, StepState};
use crate::journal::Outcome;
use crate::point::StepId;
use crate::ui::model::Cx;
use crate::ui::theme::{self, RADIUS_ROW, Tone};
use crate::ui::widgets::{card, seen_when_focused, sign};

/// All steps; the one that was pressed.
pub fn list(
    ui: &mut Ui,
    cx: &Cx<'_>,
    checklist: &Checklist,
    check: &CheckDay,
    at: Option<&Step>,
) -> Option<StepId> {
    let mut pressed = None;
    card(ui, cx.theme, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ScrollArea::vertical().id_salt("steps").max_height(ui.available_height() - 24.0).show(ui, |ui| {
            for step in &checklist.steps {
                let here = at.is_some_and(|at| at.id == step.id);
                let (tone, text) = standing(cx, check, step);
                if step_row(ui, cx, step, tone, &text, here) {
                    pressed = Some(step.id.clone());
                }
            }
        });
    });
    pressed
}

/// How a step stands, and what the list says below its name.
fn standing(cx: &Cx<'_>, check: &CheckDay, step: &Step) -> (Tone, String) {
    match check.steps.get(&step.id).map(|done| &done.state) {
        None => (Tone::Idle, String::new()),
        Some(StepState::AwaitsConfirmation) => (Tone::Accent, cx.t("ui-step-awaits")),
        Some(StepState::Done(Outcome::Passed)) => (Tone::Ok, cx.t("ui-step-passed")),
        Some(StepState::Done(Outcome::Failed)) => (Tone::Bad, cx.t("ui-step-failed")),
        Some(StepState::Done(Outcome::Unknown)) => (Tone::Warn, cx.t("ui-step-unknown")),
        Some(StepState::Waived { .. }) => (Tone::Warn, cx.t("ui-step-waived")),
    }
}

fn step_row(ui: &mut Ui, cx: &Cx<'_>, step: &Step, tone: Tone, text: &str, here: bool) -> bool {
    use eframe::egui::{FontId, pos2};
    let theme = cx.theme;
    let name = cx.model.words.of(&step.title);
    let width = ui.available_width();
    let family = if here { theme::bold() } else { eframe::egui::FontFamily::Proportional };
    let galley =
        ui.painter().layout(name.to_owned(), FontId::new(theme::TEXT, family), theme.ink, width - 52.0);
    let small = ui.painter().layout(text.to_owned(), FontId::proportional(14.0), theme.dim, width - 52.0);
    let text_height = galley.size().y + if text.is_empty() { 0.0 } else { small.size().y };
    let (rect, response) =
        ui.allocate_exact_size(vec2(width, theme::ROW.max(text_height + 12.0)), Sense::click());
    seen_when_focused(&response);
    response.widget_info(|| {
        let said = if text.is_empty() { name.to_owned() } else { format!("{name}: {text}") };
        WidgetInfo::selected(Role::ListBoxOption, true, here, said)
    });
    if here {
        let soft = if tone == Tone::Idle { Tone::Accent } else { tone };
        ui.painter().rect_filled(rect, RADIUS_ROW, theme.soft(soft));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, RADIUS_ROW, theme.focus(), StrokeKind::Inside);
    }
    let at = pos2(rect.left() + 20.0, rect.center().y);
    let font = FontId::new(theme::TEXT, theme::bold());
    ui.painter().text(at, eframe::egui::Align2::CENTER_CENTER, sign(tone), font, theme.strong(tone));
    let top = rect.center().y - text_height / 2.0;
    let below = top + galley.size().y;
    ui.painter().galley(pos2(rect.left() + 42.0, top), galley, theme.ink);
    if !text.is_empty() {
        ui.painter().galley(pos2(rect.left() + 42.0, below), small, theme.dim);
    }
    response.clicked()
}
