//! The head or the commission member signs the sealed day: with their key, or with a signature that was
//! made elsewhere.

use std::fmt;

use eframe::egui::{Context, Ui};
use zeroize::Zeroizing;

use super::{Dialog, ask};
use crate::i18n::Message;
use crate::review::Task;
use crate::signing::SignerRole;
use crate::station::protocol::{Command, EvidenceCommand, Passphrase, SigningFile, SigningFileKind};
use crate::ui::model::{Cx, Wish};
use crate::ui::theme;
use crate::ui::widgets::{Ask, Foot, Secret, big_button, choice, dialog, field, label, secret_field};

pub struct Countersign {
    /// It is put beside the archive that the review shows; else the station takes it.
    beside: bool,
    role: Option<SignerRole>,
    file: String,
    passphrase: Secret,
}

impl fmt::Debug for Countersign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Countersign").field("role", &self.role).finish_non_exhaustive()
    }
}

impl Countersign {
    /// For whoever has not signed yet.
    pub fn new(signed: &[SignerRole]) -> Self {
        let role = SignerRole::COUNTERSIGNERS.into_iter().find(|role| !signed.contains(role));
        Self { beside: false, role, file: String::new(), passphrase: Secret::default() }
    }

    /// Of the archive that the review shows.
    pub fn beside(signed: &[SignerRole]) -> Self {
        Self { beside: true, ..Self::new(signed) }
    }

    /// Opens it while the station looks for files to choose from.
    pub fn open(cx: &mut Cx<'_>, signed: &[SignerRole]) {
        let home = cx.model.home.as_ref().map(|home| home.display().to_string()).unwrap_or_default();
        cx.ask(Command::Evidence(EvidenceCommand::FindSigningFiles { home }));
        cx.open(Dialog::Countersign(Self::new(signed)));
    }

    /// Another try needs the passphrase anew.
    pub fn refused(&mut self) {
        self.passphrase.wipe();
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-countersign-title");
        let ask = Ask { width: 800.0, ..ask(cx, title, Some("ui-countersign-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-countersign-text"));
            let roles = [
                (SignerRole::Head, cx.t("ui-countersign-head")),
                (SignerRole::Member, cx.t("ui-countersign-member")),
            ];
            choice(ui, cx.theme, &cx.t("ui-countersign-role"), &roles, &mut self.role);
            self.found(ui, cx);
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-countersign-file"), &mut self.file, width);
            secret_field(ui, cx.theme, &cx.t("ui-countersign-passphrase"), &mut self.passphrase, width);
            self.role.is_some() && !self.file.trim().is_empty() && !cx.model.busy
        });
        if let (Foot::Go, Some(role)) = (&foot, self.role) {
            let (file, passphrase) = (self.file.trim().to_owned(), self.passphrase.take_out());
            if self.beside {
                let passphrase = Zeroizing::new(passphrase.into_bytes());
                cx.wish(Wish::Work(Task::Countersign { role, file: file.into(), passphrase }));
            } else {
                cx.ask(Command::Countersign { role, file, passphrase: Passphrase(passphrase) });
            }
        }
        foot != Foot::Leave
    }

    /// What the station found; pressing one puts its path into the field.
    fn found(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let found = cx.model.view.as_ref().filter(|_| !self.beside).map(|view| &view.live.evidence);
        let Some(found) = found else { return };
        let id = match (found.looking, found.signing_files.is_empty()) {
            (true, _) => "ui-countersign-looking",
            (false, true) => "ui-countersign-none",
            (false, false) => "ui-countersign-found",
        };
        label(ui, cx.theme, &cx.t(id));
        for file in &found.signing_files {
            let (text, width) = (words_of(cx, file), ui.available_width());
            let button = big_button(cx.theme, &text).selected(self.file == file.path).min_width(width);
            if ui.add(button.height(theme::ROW).text_size(theme::TEXT)).clicked() {
                self.file.clone_from(&file.path);
            }
        }
    }
}

fn words_of(cx: &Cx<'_>, file: &SigningFile) -> String {
    let kind = match file.kind {
        SigningFileKind::Key => "key",
        SigningFileKind::Signature => "signature",
        SigningFileKind::National => "national",
    };
    let (folder, name) = file.path.rsplit_once(['/', '\\']).unwrap_or(("", &file.path));
    cx.say(&Message::new("ui-countersign-one").with("kind", kind).with("name", name).with("folder", folder))
}
