//! Pictures that a step asks for: what a camera sees beside the picture that was kept last.

use eframe::egui::Ui;

use crate::checklist::{Checklist, Photo, Step};
use crate::day::CheckDay;
use crate::i18n::Message;
use crate::point::{CameraId, ChecklistId, StepId};
use crate::signing::Digest;
use crate::station::protocol::{CameraInfo, Command, PhotosCommand, View};
use crate::ui::line::Looks;
use crate::ui::model::Cx;
use crate::ui::pictures::Pictures;
use crate::ui::screens::references::{self, picture};
use crate::ui::theme;
use crate::ui::widgets::{big_button, label};

#[derive(Default)]
pub struct Photos {
    /// Chosen by hand for this step; else its first camera.
    chosen: Option<(StepId, CameraId)>,
    /// On screen now.
    shown: Option<CameraId>,
    /// What was asked of the station last: of which step, which picture.
    asked: Option<(ChecklistId, StepId, Digest)>,
}

impl Photos {
    pub fn looks_at(&self) -> Looks {
        Looks { cameras: self.shown.iter().cloned().collect(), width: references::WIDTH, enlarged: None }
    }

    pub fn hide(&mut self) {
        self.shown = None;
    }

    pub fn show(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        view: &View,
        (checklist, check, step): (&Checklist, &CheckDay, &Step),
        pictures: &Pictures,
    ) {
        let kept = check.photos.get(&step.id);
        let count = Message::new("ui-photo-count").with("count", kept.map_or(0, |kept| kept.count));
        let asked = match step.rules.photo {
            _ if kept.is_some() => cx.say(&count),
            Some(Photo::Required) => cx.t("ui-photo-required"),
            _ => cx.t("ui-photo-offered"),
        };
        ui.add_space(theme::GAP_M);
        label(ui, cx.theme, &asked);
        let cameras = cameras_of(view, step);
        let chosen = self.chosen.as_ref().filter(|(of, _)| *of == step.id);
        let chosen = cameras.iter().find(|camera| chosen.is_some_and(|(_, chosen)| *chosen == camera.id));
        let Some(camera) = chosen.or(cameras.first()).copied() else { return };
        let open = check.finished_at_ms.is_none();
        if open {
            self.shown = Some(camera.id.clone());
            self.choose(ui, cx, step, &cameras, camera);
            take(ui, cx, view, (&checklist.id, &step.id), camera, kept.is_none(), pictures);
        }
        if let Some(kept) = kept {
            let wanted = (checklist.id.clone(), step.id.clone(), kept.still.sha256);
            if self.asked.as_ref() != Some(&wanted) {
                let (checklist, step) = (checklist.id.clone(), step.id.clone());
                cx.ask(Command::Photos(PhotosCommand::Show { checklist, step }));
                self.asked = Some(wanted);
            }
        }
        ui.add_space(theme::GAP_S);
        let width = (ui.available_width() - theme::GAP_M) / 2.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = theme::GAP_M;
            if open {
                let now = pictures.get(&camera.id);
                picture(ui, cx, width, &cx.t("ui-reference-now"), "ui-reference-no-picture", now);
            }
            if let Some(kept) = kept {
                let name = Message::new("ui-photo-kept")
                    .with("name", cx.model.camera_name(&kept.camera))
                    .with("time", cx.model.clock(kept.at_ms));
                let photo = pictures.photo(&checklist.id, &step.id);
                picture(ui, cx, width, &cx.say(&name), "ui-photo-not-read", photo);
            }
        });
    }

    /// A button for each camera that the picture can come from, if there are several.
    fn choose(&mut self, ui: &mut Ui, cx: &Cx<'_>, step: &Step, cameras: &[&CameraInfo], at: &CameraInfo) {
        if cameras.len() < 2 {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            for camera in cameras {
                let button = big_button(cx.theme, &camera.name).selected(camera.id == at.id);
                if ui.add(button.small()).clicked() {
                    self.chosen = Some((step.id.clone(), camera.id.clone()));
                }
            }
        });
    }
}

fn take(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &View,
    (checklist, step): (&ChecklistId, &StepId),
    camera: &CameraInfo,
    first: bool,
    pictures: &Pictures,
) {
    let taking = view.live.references.contains(&camera.id);
    let text = cx.t(if taking { "ui-reference-taking" } else { "ui-photo-take" });
    let button = big_button(cx.theme, &text);
    let button = if first { button.main() } else { button };
    let free = !cx.model.busy && !taking && pictures.get(&camera.id).is_some();
    if ui.add_enabled(free, button).clicked() {
        let (checklist, step, camera) = (checklist.clone(), step.clone(), camera.id.clone());
        cx.ask(Command::Photos(PhotosCommand::Take { checklist, step, camera }));
    }
}

/// The camera, or those of the room, that the step is for; all of them where it is for none.
fn cameras_of<'a>(view: &'a View, step: &Step) -> Vec<&'a CameraInfo> {
    let cameras = &view.point.cameras;
    let is_for =
        |place: &str| step.id.as_str().strip_suffix(place).is_some_and(|before| before.ends_with('-'));
    // Of two names that fit, the longer one was meant: “hall-1”, not “1”.
    let own = cameras.iter().filter(|camera| is_for(camera.id.as_str()));
    if let Some(own) = own.max_by_key(|camera| camera.id.as_str().len()) {
        return vec![own];
    }
    let of_room: Vec<_> = cameras.iter().filter(|camera| is_for(camera.room.as_str())).collect();
    if of_room.is_empty() { cameras.iter().collect() } else { of_room }
}
