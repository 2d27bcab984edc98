//! The screens, a file each. A screen draws what the model says and pushes wishes.

mod access;
mod briefings;
mod cameras;
mod check;
mod close;
mod copies;
mod days;
mod going;
mod help;
mod inventory;
mod pages;
mod papers;
mod point;
mod references;
mod requests;
mod review;
mod settings;
mod sign_in;
mod today;

use std::path::PathBuf;

use eframe::egui::Ui;

use super::model::{Cx, Screen, Station};
use super::pictures::Pictures;
use super::widgets::{heading, label};
use crate::station::protocol::Answer;

pub use help::Help;
pub use pages::Pages;

/// What the screens remember between frames: choices and half-typed things, nothing of the day.
pub struct Screens {
    pub sign_in: sign_in::SignIn,
    pub check: check::Check,
    pub cameras: cameras::Cameras,
    pub access: access::AccessLog,
    pub requests: requests::Requests,
    pub close: close::Close,
    pub point: point::Point,
    pub review: review::Review,
    pub settings: settings::Settings,
    pub help: help::Help,
}

impl Screens {
    /// `days` is where this computer's exam days stand.
    pub fn new(days: Option<PathBuf>) -> Self {
        Self {
            sign_in: sign_in::SignIn::default(),
            check: check::Check::default(),
            cameras: cameras::Cameras::default(),
            access: access::AccessLog::default(),
            requests: requests::Requests::default(),
            close: close::Close::default(),
            point: point::Point::default(),
            review: review::Review::new(days),
            settings: settings::Settings::default(),
            help: help::Help::default(),
        }
    }

    /// The station's answer to what a screen asks for; given back if it is none.
    pub fn take(&mut self, answer: Answer) -> Option<Answer> {
        match answer {
            Answer::Requests { requests, .. } => self.requests.all.take(requests),
            Answer::Accesses { accesses, .. } => self.access.earlier.take(accesses),
            Answer::Incidents { incidents, .. } => self.access.incidents.take(incidents),
            Answer::Inventory(page) => self.point.equipment.take(*page),
            Answer::Briefing(text) => self.point.briefings.take(*text),
            Answer::Days(page) => self.point.days.take(*page),
            other => return self.settings.take(other),
        }
        None
    }

    /// Somebody signed in or out: nothing half-typed is left for the next one.
    pub fn person_changed(&mut self) {
        self.sign_in = sign_in::SignIn::default();
        self.check = check::Check::default();
        self.cameras = cameras::Cameras::default();
        self.access = access::AccessLog::default();
        self.requests = requests::Requests::default();
        self.close = close::Close::default();
        self.point = point::Point::default();
        self.settings = settings::Settings::default();
    }
}

pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, screens: &mut Screens, pictures: &Pictures) {
    if cx.model.screen == Screen::Review {
        return screens.review.show(ui, cx);
    }
    if cx.model.screen == Screen::Help {
        return screens.help.show(ui, cx);
    }
    if cx.model.screen == Screen::Settings {
        return screens.settings.show(ui, cx);
    }
    if cx.model.view.is_none() {
        return connecting(ui, cx);
    }
    if cx.model.signed_in().is_none() {
        return screens.sign_in.show(ui, cx);
    }
    match cx.model.screen {
        Screen::Today => today::show(ui, cx),
        Screen::Check => screens.check.show(ui, cx, pictures),
        Screen::Cameras => screens.cameras.show(ui, cx, pictures),
        Screen::Access => screens.access.show(ui, cx),
        Screen::Point => screens.point.show(ui, cx),
        Screen::Close => screens.close.show(ui, cx),
        Screen::Requests => screens.requests.show(ui, cx),
        Screen::Review | Screen::Settings | Screen::Help => {}
    }
}

fn connecting(ui: &mut Ui, cx: &Cx<'_>) {
    if cx.model.station == Station::Connecting {
        heading(ui, cx.theme, &cx.t("ui-connecting"));
        label(ui, cx.theme, &cx.t("ui-connecting-text"));
    }
}
