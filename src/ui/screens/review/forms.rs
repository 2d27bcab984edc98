//! The forms that lie in the archive, to be looked at.

use std::sync::Arc;

use eframe::egui::Ui;

use super::wake;
use crate::review::{ArchivedForm, Coming, Reviewed, list_forms};
use crate::ui::dialogs::{Dialog, ShownForm, form_name};
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{big_button, card, label, sign};

/// Looked for once somebody wants to see them.
#[derive(Default)]
pub enum Forms {
    #[default]
    Unasked,
    Looking(Coming<Vec<ArchivedForm>>),
    Found(Vec<ArchivedForm>),
}

impl Forms {
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, reviewed: &Arc<Reviewed>) {
        self.look(ui, reviewed);
        let mut chosen = None;
        card(ui, cx.theme, |ui| {
            let found = match self {
                Self::Found(found) if !found.is_empty() => found,
                Self::Found(_) => return drop(label(ui, cx.theme, &cx.t("shown-forms-none"))),
                Self::Unasked | Self::Looking(_) => {
                    return drop(label(ui, cx.theme, &cx.t("shown-forms-looking")));
                }
            };
            label(ui, cx.theme, &cx.t("shown-forms-text"));
            let parts = found.windows(2).any(|two| two[0].part != two[1].part);
            for form in found.iter() {
                let mut text = form_name(cx, &form.id);
                if let Some(part) = form.part.file_name().filter(|_| parts) {
                    text = format!("{text} · {}", part.to_string_lossy());
                }
                if form.changed {
                    text = format!("{} {text}", sign(Tone::Bad));
                }
                let width = ui.available_width();
                let button = big_button(cx.theme, &text).min_width(width).height(theme::ROW);
                if ui.add(button.text_size(theme::TEXT)).clicked() {
                    chosen = Some(form.clone());
                }
            }
        });
        if let Some(form) = chosen {
            let shown = ShownForm::open(form, cx, wake(ui.ctx()));
            cx.open(Dialog::ShownForm(Box::new(shown)));
        }
    }

    fn look(&mut self, ui: &Ui, reviewed: &Arc<Reviewed>) {
        match self {
            Self::Unasked => {
                let looking = list_forms(reviewed, wake(ui.ctx()));
                let looking =
                    looking.inspect_err(|error| tracing::error!(%error, "forms are not looked for"));
                *self = looking.map_or(Self::Found(Vec::new()), Self::Looking);
            }
            Self::Looking(looking) => {
                if let Some(found) = looking.hear() {
                    *self = Self::Found(found.unwrap_or_default());
                }
            }
            Self::Found(_) => {}
        }
    }
}
