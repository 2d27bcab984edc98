//! The head or the commission member signs the sealed day: with their key, or with a signature that was
//! made elsewhere.

use std::fmt;

use eframe::egui::Context;

use super::ask;
use crate::signing::SignerRole;
use crate::station::protocol::{Command, Passphrase};
use crate::ui::model::Cx;
use crate::ui::widgets::{Foot, Secret, choice, dialog, field, label, secret_field};

pub struct Countersign {
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
    /// For whoever has not signed yet; `medium` is where a key may be.
    pub fn new(signed: &[SignerRole], medium: Option<&str>) -> Self {
        let role = SignerRole::COUNTERSIGNERS.into_iter().find(|role| !signed.contains(role));
        let file = medium.map(|path| format!("{path}/")).unwrap_or_default();
        Self { role, file, passphrase: Secret::default() }
    }

    /// Another try needs the passphrase anew.
    pub fn refused(&mut self) {
        self.passphrase.wipe();
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-countersign-title");
        let ask = ask(cx, title, Some("ui-countersign-go"));
        let foot = dialog(ctx, cx.theme, &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-countersign-text"));
            let roles = [
                (SignerRole::Head, cx.t("ui-countersign-head")),
                (SignerRole::Member, cx.t("ui-countersign-member")),
            ];
            choice(ui, cx.theme, &cx.t("ui-countersign-role"), &roles, &mut self.role);
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-countersign-file"), &mut self.file, width);
            secret_field(ui, cx.theme, &cx.t("ui-countersign-passphrase"), &mut self.passphrase, width);
            self.role.is_some() && !self.file.trim().is_empty() && !cx.model.busy
        });
        if let (Foot::Go, Some(role)) = (&foot, self.role) {
            let passphrase = Passphrase(self.passphrase.take_out());
            cx.ask(Command::Countersign { role, file: self.file.trim().to_owned(), passphrase });
        }
        foot != Foot::Leave
    }
}
