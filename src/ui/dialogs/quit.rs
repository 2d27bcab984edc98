//! Leaving the window while cameras record.

use eframe::egui::Context;

use crate::ui::model::{Cx, Wish};
use crate::ui::widgets::{Ask, Foot, dialog, label};

#[derive(Debug)]
pub struct Quit;

impl Quit {
    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let ask = Ask {
            title: cx.t("ui-quit-title"),
            width: 560.0,
            refusal: None,
            cancel: cx.t("ui-quit-stay"),
            go: Some(cx.t("ui-quit-go")),
            danger: false,
        };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-quit-text"));
            true
        });
        if foot == Foot::Go {
            cx.wish(Wish::Quit);
        }
        foot == Foot::Stay
    }
}
