//! A camera that was plugged in takes the place of a lost one, for the rest of the day.

use eframe::egui::Context;

use super::ask;
use crate::day::CameraState;
use crate::point::CameraId;
use crate::station::protocol::{Command, PluggedCamera};
use crate::ui::model::{Cx, Model};
use crate::ui::widgets::{Foot, choice, dialog, field, label};

#[derive(Debug)]
pub struct ReplaceSource {
    plugged: PluggedCamera,
    camera: Option<CameraId>,
    reason: String,
}

impl ReplaceSource {
    /// Begins with the lost camera, if there is one only.
    pub fn new(plugged: PluggedCamera, model: &Model) -> Self {
        let mut lost = lost(model).into_iter();
        let camera = lost.next().filter(|_| lost.next().is_none());
        Self { plugged, camera, reason: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-replace-title");
        let ask = ask(cx, title, Some("ui-replace-go"));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-replace-text"));
            let named = |id: CameraId| (id.clone(), cx.model.camera_name(&id));
            let options: Vec<_> = lost(cx.model).into_iter().map(named).collect();
            choice(ui, cx.theme, &cx.t("ui-replace-camera"), &options, &mut self.camera);
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-replace-reason"), &mut self.reason, width);
            self.camera.is_some() && !self.reason.trim().is_empty() && !cx.model.busy
        });
        if let (Foot::Go, Some(camera)) = (&foot, &self.camera) {
            let (camera, source) = (camera.clone(), self.plugged.source.clone());
            cx.ask(Command::ReplaceSource { camera, source, reason: self.reason.trim().to_owned() });
        }
        foot != Foot::Leave
    }
}

/// The cameras that give no picture.
pub fn lost(model: &Model) -> Vec<CameraId> {
    let cameras = model.day().into_iter().flat_map(|day| &day.cameras);
    let lost = cameras.filter(|(_, camera)| matches!(camera.state, CameraState::Lost { .. }));
    lost.map(|(id, _)| id.clone()).collect()
}
