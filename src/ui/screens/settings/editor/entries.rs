//! Rooms, cameras, people and the other lists: the entries of each, and the fields of the one that was pressed.

use eframe::egui::Ui;
use zeroize::Zeroize;

use super::fields::{fault_line, fault_lines, one, optional_number, told};
use super::lists::{CAMERAS, List, PEOPLE, REQUESTS};
use super::{Opened, named_card};
use crate::i18n::Message;
use crate::point::draft::{Draft, Kind};
use crate::point::logins;
use crate::station::protocol::{Command, OneTimeCode, Passphrase, ProfileCommand, TypedLogin};
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{
    Banner, Secret, banner, big_button, field, heading, label, rule, secret_field, sign,
};

/// Marks of logins typed here begin above any that a file can have.
const FIRST_MARK: u32 = 100_001;

/// Which one is open, and what is half-typed for it.
#[derive(Default)]
pub struct Entries {
    /// The key of its list, and its number there, counted from 1.
    open: Option<(&'static str, usize)>,
    user: String,
    password: Secret,
    /// The code that was made for the one that is open: seen now and never again.
    code: Option<String>,
    code_asked: bool,
}

impl Entries {
    /// The window was locked: what is secret is not kept.
    pub fn wipe(&mut self) {
        self.password.wipe();
        self.code = None;
    }

    pub fn take_code(&mut self, draft: &mut Draft, code: OneTimeCode) {
        let Some((list, number)) = self.open.filter(|_| self.code_asked) else { return };
        draft.set(&format!("{list}[{number}].first_pin_code"), &code.hash, Kind::OptionalText);
        let groups: Vec<&str> =
            [0..4, 4..8, 8..12].into_iter().filter_map(|group| code.code.0.get(group)).collect();
        (self.code, self.code_asked) = (Some(groups.join(" ")), false);
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, opened: &mut Opened, list: &List) {
        let count = opened.draft.count(list.key);
        named_card(ui, cx, |ui, cx| {
            heading(ui, cx.theme, &cx.t(list.heading));
            // What is wrong with the list itself, such as that it is empty.
            let own: Vec<_> =
                opened.draft.faults().iter().filter(|fault| fault.spot.key == list.key).collect();
            own.into_iter().for_each(|fault| fault_line(ui, cx, &told(cx, fault)));
            if list.key == REQUESTS.key && count == 0 {
                label(ui, cx.theme, &cx.t("ui-profile-requests-usual"));
            }
            for number in 1..=count {
                let above = format!("{}[{number}]", list.key);
                let this = Some((list.key, number));
                if head(
                    ui,
                    cx,
                    &opened.draft,
                    &title(cx, &opened.draft, list, &above),
                    &above,
                    self.open == this,
                ) {
                    let open = this.filter(|_| self.open != this);
                    *self = Self { open, ..Self::default() };
                }
                if self.open == this {
                    self.entry(ui, cx, opened, list, number);
                    rule(ui, cx.theme);
                }
            }
            let add = cx.t(list.add);
            if ui.add(big_button(cx.theme, &add)).clicked() {
                opened.draft.add(list.key, list.begins);
                *self = Self { open: Some((list.key, opened.draft.count(list.key))), ..Self::default() };
            }
        });
    }

    fn entry(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, opened: &mut Opened, list: &List, number: usize) {
        let above = format!("{}[{number}].", list.key);
        for field in list.fields {
            one(ui, cx, &mut opened.draft, &above, field);
            if list.key == CAMERAS.key && field.key == "source" {
                self.source(ui, cx, opened, &format!("{above}source"));
            }
        }
        if let Some(beside) = list.beside
            && let Some(room) = opened.draft.value(&format!("{above}number")).filter(|room| !room.is_empty())
        {
            let longer = optional_number("", "ui-profile-longer");
            one(ui, cx, &mut opened.draft, &format!("{beside}.{room}"), &longer);
        }
        if list.key == PEOPLE.key {
            self.first_code(ui, cx, &mut opened.draft, &format!("{above}first_pin_code"));
        }
        let remove = cx.t("ui-profile-remove");
        let button = big_button(cx.theme, &remove).danger().small();
        if ui.add(button).clicked() {
            opened.draft.remove(list.key, number);
            *self = Self::default();
        }
    }

    /// Where pictures come from: USB cameras that are plugged in, and the login of a network camera.
    fn source(&mut self, ui: &mut Ui, cx: &Cx<'_>, opened: &mut Opened, key: &str) {
        label(ui, cx.theme, &cx.t("ui-profile-source-how"));
        let plugged = cx.model.view.iter().flat_map(|view| &view.live.plugged);
        for camera in plugged {
            let take = Message::new("ui-profile-take").with("name", camera.name.as_str());
            let take = cx.say(&take.with("port", camera.bus.as_str()));
            let button = big_button(cx.theme, &take).small();
            if ui.add(button).clicked() {
                opened.draft.set(key, &camera.source, Kind::Text);
            }
        }
        let source = opened.draft.value(key).unwrap_or_default();
        let Some(address) = source.strip_prefix("rtsp://") else { return };
        heading(ui, cx.theme, &cx.t("ui-profile-login"));
        label(ui, cx.theme, &cx.t("ui-profile-login-how"));
        let width = ui.available_width().min(420.0);
        field(ui, cx.theme, &cx.t("ui-profile-user"), &mut self.user, width);
        secret_field(ui, cx.theme, &cx.t("ui-profile-password"), &mut self.password, width);
        let set = cx.t("ui-profile-login-set");
        let button = big_button(cx.theme, &set).small();
        if ui.add_enabled(!self.user.trim().is_empty(), button).clicked() {
            let mut password = self.password.take_out();
            let login = Passphrase(logins::login(self.user.trim(), &password));
            password.zeroize();
            self.user.clear();
            let mark = FIRST_MARK + u32::try_from(opened.logins.len()).unwrap_or(u32::MAX - FIRST_MARK);
            opened.logins.push(TypedLogin { mark, login });
            let host = address.rsplit_once('@').map_or(address, |(_, host)| host);
            opened.draft.set(key, &format!("rtsp://{}@{host}", logins::mark(mark)), Kind::Text);
        }
    }

    /// A one-time code for the first PIN: made by the station, seen once.
    fn first_code(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, draft: &mut Draft, key: &str) {
        let has = draft.value(key).is_some();
        let free = draft.value("sign_in.first_pin").as_deref() == Some("free");
        let how = match (has, free) {
            (true, _) => "ui-profile-code-there",
            (false, true) => "ui-profile-code-free",
            (false, false) => "ui-profile-code-none",
        };
        label(ui, cx.theme, &cx.t(how));
        fault_lines(ui, cx, draft, key);
        if let Some(code) = &self.code {
            let head = cx.say(&Message::new("ui-profile-code-is").with("code", code.as_str()));
            let body = cx.t("ui-profile-code-is-do");
            banner(ui, cx.theme, &Banner { tone: Tone::Accent, head: &head, body: &body, button: None });
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            let (new, none) = (cx.t("ui-profile-code-new"), cx.t("ui-profile-code-remove"));
            let small = |text| big_button(cx.theme, text).small();
            if ui.add_enabled(!cx.model.busy, small(&new)).clicked() {
                self.code_asked = true;
                cx.ask(Command::Profile(ProfileCommand::NewCode));
            }
            if has && ui.add(small(&none)).clicked() {
                draft.set(key, "", Kind::OptionalText);
                self.code = None;
            }
        });
    }
}

/// What one of the list is called.
fn title(cx: &Cx<'_>, draft: &Draft, list: &List, above: &str) -> String {
    let values = list.shown.iter().filter_map(|key| draft.value(&format!("{above}.{key}")));
    let values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
    if values.is_empty() { cx.t("ui-profile-nameless") } else { values.join(" · ") }
}

/// One of several as a button, with the number of its faults; whether it was pressed.
pub fn head(ui: &mut Ui, cx: &Cx<'_>, draft: &Draft, name: &str, above: &str, open: bool) -> bool {
    let faults = draft.faults_under(above).count();
    let text = if faults > 0 { format!("{} {faults}  {name}", sign(Tone::Bad)) } else { name.to_owned() };
    let width = ui.available_width();
    let button = big_button(cx.theme, &text).selected(open).min_width(width).height(theme::ROW);
    ui.add(button.text_size(theme::SMALL)).clicked()
}
