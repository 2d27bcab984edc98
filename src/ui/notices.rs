//! The worst trouble, and what was refused: on every screen, above everything.

use eframe::egui::Ui;

use super::model::{Cx, Screen, Station, Wish};
use super::theme::Tone;
use super::trouble::{Kind, troubles};
use super::widgets::{Banner, banner};
use crate::station::protocol::Command;

pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, no_dialog: bool) {
    let (theme, model) = (cx.theme, cx.model);
    if let Some(trouble) = &model.trouble {
        let (head, body) = (cx.t("ui-station-not-started"), cx.say(trouble));
        banner(ui, theme, &Banner { tone: Tone::Bad, head: &head, body: &body, button: None });
    }
    let disk = model.view.as_ref().and_then(|view| view.live.disk.as_ref()?.trouble.as_ref());
    if let Some(trouble) = disk {
        let (head, body) = (cx.t("ui-station-disk"), cx.say(trouble));
        banner(ui, theme, &Banner { tone: Tone::Bad, head: &head, body: &body, button: None });
    }
    if let Some(fault) = model.view.as_ref().and_then(|view| view.live.fault.as_ref()) {
        let (head, body) = (cx.t("ui-station-fault"), cx.say(fault));
        banner(ui, theme, &Banner { tone: Tone::Bad, head: &head, body: &body, button: None });
    }
    if model.station == Station::Lost {
        let (head, body) = (cx.t("ui-station-lost"), cx.t("ui-station-lost-do"));
        banner(ui, theme, &Banner { tone: Tone::Bad, head: &head, body: &body, button: None });
    }
    if let Some(worst) = troubles(model).first().filter(|worst| !worst.acknowledged) {
        let seen = cx.t("ui-trouble-seen");
        let signed_in = model.signed_in().is_some();
        let words = Banner {
            tone: worst.tone,
            head: &worst.head,
            body: &worst.what_to_do,
            button: signed_in.then_some(seen.as_str()),
        };
        if banner(ui, theme, &words) {
            if worst.kind == Kind::Camera {
                cx.wish(Wish::Go(Screen::Cameras));
            }
            cx.ask(Command::AcknowledgeAlarm { alarm: worst.id.clone() });
        }
    }
    if let Some(refusal) = model.refusal.as_ref().filter(|_| no_dialog) {
        let (text, understood) = (cx.say(refusal), cx.t("ui-understood"));
        let words = Banner { tone: Tone::Warn, head: &text, body: "", button: Some(&understood) };
        if banner(ui, theme, &words) {
            cx.wish(Wish::Understood);
        }
    }
}
