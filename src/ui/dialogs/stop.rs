//! The stop of the recording: of which zones, on the head's order only, after the handover or with a
//! reason.

use std::collections::BTreeMap;

use eframe::egui::Context;

use super::ask;
use crate::day::Day;
use crate::i18n::Message;
use crate::point::{CameraId, Zone};
use crate::station::protocol::Command;
use crate::station::zone_id;
use crate::ui::model::{Cx, Model};
use crate::ui::theme;
use crate::ui::widgets::{Ask, Foot, dialog, field, label, tick};

#[derive(Debug)]
pub struct StopRecording {
    /// What records, by zone.
    zones: Vec<Recorded>,
    handover_done: bool,
    reason: String,
}

#[derive(Debug)]
struct Recorded {
    zone: Zone,
    cameras: Vec<CameraId>,
    stop: bool,
}

impl StopRecording {
    /// Suggests everything that records; the staff room last, once it alone is left.
    pub fn new(model: &Model, day: &Day) -> Self {
        let mut zones: BTreeMap<Zone, Vec<CameraId>> = BTreeMap::new();
        let recording = |id: &CameraId| day.recording().any(|recording| recording == id);
        for camera in model.cameras().iter().filter(|camera| recording(&camera.id)) {
            let zone = model.zone(&camera.room).unwrap_or(Zone::Auditorium);
            zones.entry(zone).or_default().push(camera.id.clone());
        }
        let alone = zones.len() == 1;
        let suggested = |zone| alone || zone != Zone::StaffRoom;
        let recorded = |(zone, cameras)| Recorded { zone, cameras, stop: suggested(zone) };
        let zones = zones.into_iter().map(recorded).collect();
        Self { zones, handover_done: false, reason: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-stop-title");
        let ask = Ask { danger: true, ..ask(cx, title, Some("ui-stop-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-stop-text"));
            ui.add_space(theme::GAP_S);
            if self.zones.len() > 1 {
                label(ui, cx.theme, &cx.t("ui-stop-which"));
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing.y = theme::GAP_S;
                    for recorded in &mut self.zones {
                        let text = Message::new("ui-stop-zone")
                            .with("zone", zone_id(recorded.zone))
                            .with("count", recorded.cameras.len());
                        tick(ui, cx.theme, &cx.say(&text), &mut recorded.stop);
                    }
                });
                ui.add_space(theme::GAP_S);
            }
            tick(ui, cx.theme, &cx.t("ui-stop-handover"), &mut self.handover_done);
            if !self.handover_done {
                ui.add_space(theme::GAP_S);
                label(ui, cx.theme, &cx.t("ui-stop-early"));
                let width = ui.available_width();
                field(ui, cx.theme, &cx.t("ui-stop-reason"), &mut self.reason, width);
            }
            let said = self.handover_done || !self.reason.trim().is_empty();
            said && self.zones.iter().any(|recorded| recorded.stop) && !cx.model.busy
        });
        if foot == Foot::Go {
            let reason = if self.handover_done { String::new() } else { self.reason.trim().to_owned() };
            let chosen = self.zones.iter().filter(|recorded| recorded.stop);
            let cameras = chosen.flat_map(|recorded| recorded.cameras.clone()).collect();
            cx.ask(Command::StopRecording { cameras, handover_done: self.handover_done, reason });
        }
        foot != Foot::Leave
    }
}
