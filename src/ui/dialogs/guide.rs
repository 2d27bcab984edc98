//! The guide before a question, at the chapter that tells of it; the question waits below with what was typed.

use eframe::egui::Context;

use super::ask;
use crate::ui::model::Cx;
use crate::ui::screens::Help;
use crate::ui::widgets::{Ask, Foot, dialog};

pub struct Guide(Help);

impl Guide {
    pub fn at(chapter: &'static str) -> Self {
        Self(Help::at(chapter))
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let back = cx.t("ui-help-back");
        let ask =
            Ask { width: 1_120.0, refusal: None, cancel: back, ..ask(cx, cx.t("ui-screen-help"), None) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            self.0.read(ui, cx);
            false
        });
        foot != Foot::Leave
    }
}

impl std::fmt::Debug for Guide {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guide")
    }
}
