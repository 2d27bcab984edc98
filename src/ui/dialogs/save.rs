//! What is kept of an archive that was verified: a report, some minutes for an appeal, the forms.

use std::path::PathBuf;

use eframe::egui::{Context, Ui};

use super::{ask, form_name};
use crate::point::CameraId;
use crate::review::{ArchivedForm, Ending, Reviewed, Task, Wanted};
use crate::ui::model::{Cx, Wish};
use crate::ui::widgets::{Ask, Foot, choice, dialog, field, label};

/// Minutes that an excerpt is proposed for, before and after the moment that is looked at.
const AROUND_MS: i64 = 5 * 60_000;

#[derive(Debug)]
pub struct Save {
    of: Of,
    folder: String,
    /// What could not be read of it.
    wrong: Option<&'static str>,
}

#[derive(Debug)]
enum Of {
    /// This form alone.
    Form(ArchivedForm),
    Archive(OfArchive),
}

/// What may be kept of the whole archive.
#[derive(Debug)]
struct OfArchive {
    what: What,
    cameras: Vec<(CameraId, String)>,
    camera: Option<CameraId>,
    from: String,
    to: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Report(Ending),
    Excerpt,
    Files,
}

impl Save {
    /// `at_ms` is the moment that is looked at.
    pub fn new(reviewed: &Reviewed, at_ms: Option<i64>, home: Option<&PathBuf>) -> Self {
        let cameras = reviewed
            .report
            .cameras
            .iter()
            .map(|camera| (camera.camera.clone(), reviewed.camera_name(&camera.camera)));
        let cameras: Vec<_> = cameras.collect();
        let time = |by_ms: i64| {
            let at_ms = at_ms?.saturating_add(by_ms);
            let (first, last) = reviewed.span?;
            Some(reviewed.lines.time(at_ms.clamp(first, last)))
        };
        let of = OfArchive {
            what: What::Report(Ending::Pdf),
            camera: cameras.first().map(|(id, _)| id.clone()),
            cameras,
            from: time(-AROUND_MS).unwrap_or_default(),
            to: time(AROUND_MS).unwrap_or_default(),
        };
        Self::into_folder(Of::Archive(of), home)
    }

    /// A form of the archive.
    pub fn of_form(form: ArchivedForm, home: Option<&PathBuf>) -> Self {
        Self::into_folder(Of::Form(form), home)
    }

    fn into_folder(of: Of, home: Option<&PathBuf>) -> Self {
        let folder = home.map(|home| home.display().to_string()).unwrap_or_default();
        Self { of, folder, wrong: None }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let refusal = self.wrong.map(|id| cx.t(id));
        let ask = Ask { refusal, width: 800.0, ..ask(cx, cx.t("ui-save-title"), Some("ui-save-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            match &mut self.of {
                Of::Form(form) => drop(label(ui, cx.theme, &form_name(cx, &form.id))),
                Of::Archive(of) => of.whats(ui, cx),
            }
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-save-folder"), &mut self.folder, width);
            !self.folder.trim().is_empty()
        });
        if foot == Foot::Go {
            match self.task() {
                Ok(task) => cx.wish(Wish::Work(task)),
                Err(id) => self.wrong = Some(id),
            }
        }
        foot != Foot::Leave
    }

    /// The id of what is wrong, if it can't be done.
    fn task(&self) -> Result<Task, &'static str> {
        let folder = PathBuf::from(self.folder.trim());
        match &self.of {
            Of::Form(form) => Ok(Task::Form { form: form.clone(), folder }),
            Of::Archive(of) => of.task(folder),
        }
    }
}

impl OfArchive {
    fn whats(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let whats = [
            (What::Report(Ending::Pdf), cx.t("ui-save-pdf")),
            (What::Report(Ending::Xlsx), cx.t("ui-save-xlsx")),
            (What::Report(Ending::Json), cx.t("ui-save-json")),
            (What::Excerpt, cx.t("ui-save-excerpt")),
            (What::Files, cx.t("ui-save-files")),
        ];
        let mut chosen = Some(self.what);
        choice(ui, cx.theme, &cx.t("ui-save-what"), &whats, &mut chosen);
        self.what = chosen.unwrap_or(self.what);
        if self.what == What::Excerpt {
            self.excerpt(ui, cx);
        }
    }

    fn excerpt(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        label(ui, cx.theme, &cx.t("ui-save-excerpt-text"));
        choice(ui, cx.theme, &cx.t("ui-review-camera"), &self.cameras, &mut self.camera);
        ui.horizontal(|ui| {
            field(ui, cx.theme, &cx.t("ui-save-from"), &mut self.from, 200.0);
            field(ui, cx.theme, &cx.t("ui-save-to"), &mut self.to, 200.0);
        });
    }

    fn task(&self, folder: PathBuf) -> Result<Task, &'static str> {
        match self.what {
            What::Files => Ok(Task::Files { folder }),
            What::Report(ending) => Ok(Task::Report { ending, folder }),
            What::Excerpt => {
                let time = |text: &str| text.trim().parse().map_err(|_| "ui-save-bad-time");
                let camera = self.camera.clone().ok_or("ui-save-no-camera")?;
                let wanted = Wanted { camera, from: time(&self.from)?, to: time(&self.to)? };
                Ok(Task::Excerpt { wanted, folder })
            }
        }
    }
}
