//! What a camera sees beside the view that was approved before, one camera at a time.

use eframe::egui::{Color32, CornerRadius, Rect, Sense, TextureId, Ui, Vec2, pos2, vec2};

use crate::day::Day;
use crate::i18n::Message;
use crate::point::CameraId;
use crate::signing::Digest;
use crate::station::protocol::{CameraInfo, Command, View};
use crate::ui::line::Looks;
use crate::ui::model::Cx;
use crate::ui::pictures::Pictures;
use crate::ui::theme;
use crate::ui::widgets::{big_button, heading, label, row};

/// How wide the station should make the pictures.
pub const WIDTH: u32 = 480;
/// A picture is no higher than this, in points.
const MOST_HEIGHT: f32 = 180.0;

#[derive(Default)]
pub struct References {
    /// Chosen by hand; else the first camera without a view of today.
    chosen: Option<CameraId>,
    /// On screen now.
    shown: Option<CameraId>,
    /// What was asked of the station last: of which camera, with which view of today.
    asked: Option<(CameraId, Option<Digest>)>,
}

impl References {
    pub fn looks_at(&self) -> Looks {
        Looks { cameras: self.shown.iter().cloned().collect(), width: WIDTH, enlarged: None }
    }

    pub fn hide(&mut self) {
        self.shown = None;
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, view: &View, day: &Day, pictures: &Pictures) {
        let today = |camera: &CameraInfo| day.cameras.get(&camera.id).and_then(|day| day.reference.as_ref());
        let cameras = &view.point.cameras;
        let chosen = cameras.iter().position(|camera| Some(&camera.id) == self.chosen.as_ref());
        let open = cameras.iter().position(|camera| today(camera).is_none());
        let at = chosen.or(open).unwrap_or(0);
        let Some(camera) = cameras.get(at) else { return };
        self.shown = Some(camera.id.clone());
        let wanted = (camera.id.clone(), today(camera).map(|still| still.sha256));
        if self.asked.as_ref() != Some(&wanted) {
            cx.ask(Command::Reference { camera: camera.id.clone() });
            self.asked = Some(wanted);
        }
        let approved = cameras.iter().filter(|camera| today(camera).is_some()).count();
        let count = Message::new("ui-reference-count").with("approved", approved).with("of", cameras.len());
        row(ui, 32.0, |ui| label(ui, cx.theme, &cx.say(&count)), |ui| heading(ui, cx.theme, &camera.name));
        let now = pictures.get(&camera.id);
        let taking = view.live.references.contains(&camera.id);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme::GAP_M;
            let text = cx.t(if taking { "ui-reference-taking" } else { "ui-reference-approve" });
            let free = !cx.model.busy && !taking && now.is_some();
            let button = big_button(cx.theme, &text);
            let button = if today(camera).is_some() { button } else { button.main() };
            if ui.add_enabled(free, button).clicked() {
                // What is approved stays on screen until somebody goes on.
                self.chosen = Some(camera.id.clone());
                cx.ask(Command::ApproveReference { camera: camera.id.clone() });
            }
            let next = cx.t("ui-reference-next");
            if cameras.len() > 1 && ui.add(big_button(cx.theme, &next)).clicked() {
                self.chosen = cameras.get((at + 1) % cameras.len()).map(|next| next.id.clone());
            }
        });
        ui.add_space(theme::GAP_S);
        let earlier = if today(camera).is_some() { "ui-reference-today" } else { "ui-reference-earlier" };
        let width = (ui.available_width() - theme::GAP_M) / 2.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = theme::GAP_M;
            picture(ui, cx, width, &cx.t("ui-reference-now"), "ui-reference-no-picture", now);
            let reference = pictures.reference(&camera.id);
            picture(ui, cx, width, &cx.t(earlier), "ui-reference-none", reference);
        });
    }
}

/// A picture with what it is above; without one, what that means.
pub fn picture(
    ui: &mut Ui,
    cx: &Cx<'_>,
    width: f32,
    name: &str,
    missing: &str,
    picture: Option<(TextureId, Vec2)>,
) {
    ui.vertical(|ui| {
        ui.set_width(width);
        label(ui, cx.theme, name);
        let height = (width * 0.75).min(MOST_HEIGHT);
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        ui.painter().rect_filled(rect, CornerRadius::same(8), theme::PICTURE_GROUND);
        match picture {
            Some((texture, size)) => {
                let scale = (rect.width() / size.x).min(rect.height() / size.y);
                let place = Rect::from_center_size(rect.center(), size * scale);
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter().image(texture, place, whole, Color32::WHITE);
            }
            None => {
                let text = theme::plain(cx.t(missing), theme::SMALL, theme::PICTURE_SOFT_TEXT);
                ui.put(rect, eframe::egui::Label::new(text));
            }
        }
    });
}
