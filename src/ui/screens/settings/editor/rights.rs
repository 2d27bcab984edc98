//! What each role may do.

use eframe::egui::Ui;

use super::fields::{Field, fault_lines, one, word};
use super::lists::ROLES;
use super::named_card;
use crate::point::draft::Draft;
use crate::ui::model::Cx;
use crate::ui::widgets::{choice, label};

/// In the order in which a day needs them.
const RIGHTS: [Field; 11] = [
    word("", "plan", "ui-profile-may-plan"),
    word("", "check", "ui-profile-may-check"),
    word("", "waive", "ui-profile-may-waive"),
    word("", "start", "ui-profile-may-start"),
    word("", "stop", "ui-profile-may-stop"),
    word("", "access", "ui-profile-may-access"),
    word("", "second_sign", "ui-profile-may-sign"),
    word("", "write_code", "ui-profile-may-write"),
    word("", "seal", "ui-profile-may-seal"),
    word("", "supervise", "ui-profile-may-supervise"),
    word("", "configure", "ui-profile-may-configure"),
];

/// Whose rights are shown.
pub struct Rights(&'static str);

impl Default for Rights {
    fn default() -> Self {
        Self("technician")
    }
}

impl Rights {
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, draft: &mut Draft) {
        named_card(ui, cx, |ui, cx| {
            fault_lines(ui, cx, draft, "rights");
            let roles: Vec<_> = ROLES.iter().map(|(role, id)| (*role, cx.t(id))).collect();
            let mut chosen = Some(self.0);
            choice(ui, cx.theme, &cx.t("ui-profile-role"), &roles, &mut chosen);
            self.0 = chosen.unwrap_or(self.0);
            let key = format!("rights.{}", self.0);
            RIGHTS.iter().for_each(|right| one(ui, cx, draft, &key, right));
            label(ui, cx.theme, &cx.t("ui-profile-rights-usual"));
        });
    }
}
