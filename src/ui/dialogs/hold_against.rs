//! What an archive is held against besides itself: the codes of the paper acts, a list of trusted keys.

use std::path::PathBuf;

use eframe::egui::{Context, Ui};

use super::ask;
use crate::archive::verify::Act;
use crate::review::Against;
use crate::signing::PaperCode;
use crate::ui::model::{Cx, Wish};
use crate::ui::widgets::{Ask, Foot, dialog, field, label};

#[derive(Debug)]
pub struct HoldAgainst {
    folder: PathBuf,
    opening: String,
    closing: String,
    restarts: String,
    signers: String,
    /// What could not be read of it.
    wrong: Option<&'static str>,
}

impl HoldAgainst {
    /// With what it was held against the last time.
    pub fn new(folder: PathBuf, against: &Against) -> Self {
        let act = |text: fn(&Act) -> String| against.act.as_ref().map(text).unwrap_or_default();
        let signers = against.signers.as_ref().map(|path| path.display().to_string());
        Self {
            folder,
            opening: act(|act| act.opening.to_string()),
            closing: act(|act| act.closing.to_string()),
            restarts: act(|act| act.restarts.to_string()),
            signers: signers.unwrap_or_default(),
            wrong: None,
        }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let refusal = self.wrong.map(|id| cx.t(id));
        let ask = Ask { refusal, width: 800.0, ..ask(cx, cx.t("ui-against-title"), Some("ui-against-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-against-text"));
            self.fields(ui, cx);
            [&self.opening, &self.closing, &self.restarts, &self.signers]
                .iter()
                .any(|text| !text.trim().is_empty())
        });
        if foot == Foot::Go {
            match self.against() {
                Ok(against) => cx.wish(Wish::Review(self.folder.clone(), against)),
                Err(id) => self.wrong = Some(id),
            }
        }
        foot != Foot::Leave
    }

    fn fields(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let width = ui.available_width();
        field(ui, cx.theme, &cx.t("ui-review-opening"), &mut self.opening, width);
        field(ui, cx.theme, &cx.t("ui-review-closing"), &mut self.closing, width);
        field(ui, cx.theme, &cx.t("ui-against-restarts"), &mut self.restarts, 240.0);
        field(ui, cx.theme, &cx.t("ui-against-signers"), &mut self.signers, width);
    }

    /// The id of what is wrong, if it can't be used.
    fn against(&self) -> Result<Against, &'static str> {
        let signers = Some(self.signers.trim()).filter(|path| !path.is_empty()).map(PathBuf::from);
        if [&self.opening, &self.closing, &self.restarts].iter().all(|text| text.trim().is_empty()) {
            return Ok(Against { signers, act: None });
        }
        let act = Act {
            opening: code(&self.opening).ok_or("ui-against-bad-opening")?,
            closing: code(&self.closing).ok_or("ui-against-bad-closing")?,
            restarts: self.restarts.trim().parse().map_err(|_| "ui-against-bad-restarts")?,
        };
        Ok(Against { signers, act: Some(act) })
    }
}

/// As a person writes it off a paper: in groups, with whatever between them.
fn code(text: &str) -> Option<PaperCode> {
    text.split_whitespace().collect::<String>().parse().ok()
}
