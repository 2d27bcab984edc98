//! What stands on a paper act, big enough to be photographed or copied by hand.

use std::fmt;

use eframe::egui::{Context, Ui};

use super::ask;
use crate::i18n::Message;
use crate::qr::Qr;
use crate::station::protocol::ActOnPaper;
use crate::ui::model::Cx;
use crate::ui::theme;
use crate::ui::widgets::{Ask, Foot, columns, dialog, label, qr_code};
use crate::ui::words::grouped;

pub struct Paper {
    act: ActOnPaper,
    /// None: there is more to say than a code can hold.
    qr: Option<Qr>,
}

impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paper").field("act", &self.act).finish_non_exhaustive()
    }
}

impl Paper {
    pub fn new(act: ActOnPaper) -> Self {
        Self { qr: Qr::of(&act.code_text), act }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let id = if self.act.closing.is_some() { "ui-paper-closing" } else { "ui-paper-opening" };
        let (title, understood) = (cx.t(id), cx.t("ui-understood"));
        let ask = Ask { width: 1_120.0, cancel: understood, ..ask(cx, title, None) };
        let height = ctx.content_rect().height() - 230.0;
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            columns(ui, 0.48, height.max(200.0), |left, right| {
                label(left, cx.theme, &cx.t("ui-paper-photograph"));
                if let Some(qr) = &self.qr {
                    let room = left.available_width().min(left.available_height());
                    qr_code(left, qr, room, &cx.t("ui-paper-qr"));
                }
                self.lines(right, cx);
            });
            false
        });
        foot != Foot::Leave
    }

    fn lines(&self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.spacing_mut().item_spacing.y = theme::GAP_XS;
        let theme = cx.theme;
        let mut line = |id: &str, value: &str, size: f32| {
            label(ui, theme, &cx.t(id));
            ui.label(theme::code(value, size, theme.ink));
            ui.add_space(theme::GAP_S);
        };
        line("ui-act-opening", &self.act.opening_code, theme::H1);
        if let Some(closing) = &self.act.closing {
            line("ui-act-closing", &closing.closing_code, theme::H1);
        }
        line("ui-paper-device-key", &grouped(&self.act.device_key), theme::TEXT);
        line("ui-paper-epoch-key", &grouped(&self.act.epoch_key), theme::TEXT);
        if let Some(closing) = &self.act.closing {
            let counts = Message::new("ui-paper-counts").with("restarts", closing.restarts);
            label(ui, theme, &cx.say(&counts.with("records", closing.records)));
            label(ui, theme, &cx.t("ui-paper-parts"));
            for (file, hash) in &closing.parts {
                // All parts are of this day: what tells them apart is the end of their names.
                let name = file.strip_prefix(self.act.day.as_str()).unwrap_or(file);
                let name = name.trim_start_matches('-').trim_end_matches(".zip");
                ui.label(theme::code(format!("{name}  {}", grouped(hash)), theme::TEXT, theme.ink));
            }
        }
    }
}
