//! Review: the archive of an exam day.

use std::path::PathBuf;

use eframe::egui::{Context, Ui};

use crate::ui::model::Cx;
use crate::ui::widgets::{label, title};

/// Which archive is looked at.
pub struct Review {
    /// Where this computer's exam days stand.
    days: Option<PathBuf>,
    folder: Option<PathBuf>,
}

impl Review {
    pub fn new(days: Option<PathBuf>) -> Self {
        Self { days, folder: None }
    }

    pub fn open(&mut self, path: PathBuf, ctx: &Context) {
        self.folder = Some(path);
        ctx.request_repaint();
    }

    /// Takes in what the verification has to say.
    pub fn hear(&mut self) {}

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        title(ui, cx.theme, &cx.t("ui-screen-review"));
        if let Some(folder) = self.folder.as_ref().or(self.days.as_ref()) {
            label(ui, cx.theme, &folder.display().to_string());
        }
    }
}
