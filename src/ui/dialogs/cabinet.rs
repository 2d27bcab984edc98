//! The recorder's cabinet in an access: who wanted it opened, and its seals before and after.

use eframe::egui::Context;

use super::ask;
use crate::journal::Seal;
use crate::point::PersonId;
use crate::station::protocol::{CabinetCommand, Command};
use crate::ui::model::Cx;
use crate::ui::widgets::{Ask, Foot, choice, dialog, field, tick};

/// Seals that the dialogs ask for; the command takes more.
const SEALS: usize = 2;

#[derive(Debug)]
pub struct OpenCabinet {
    access: u32,
    initiator: Option<PersonId>,
    seals: [(String, bool); SEALS],
}

impl OpenCabinet {
    pub fn new(access: u32) -> Self {
        Self { access, initiator: None, seals: std::array::from_fn(|_| (String::new(), true)) }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-cabinet-open-title");
        let ask = Ask { width: 1000.0, ..ask(cx, title, Some("ui-cabinet-open-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            let Some(view) = &cx.model.view else { return false };
            let people: Vec<_> =
                view.point.people.iter().map(|one| (one.id.clone(), one.name.clone())).collect();
            choice(ui, cx.theme, &cx.t("ui-cabinet-initiator"), &people, &mut self.initiator);
            for (at, (number, intact)) in self.seals.iter_mut().enumerate() {
                let name = numbered(&cx.t("ui-cabinet-seal"), at);
                let width = ui.available_width() / 2.0;
                field(ui, cx.theme, &name, number, width);
                if !number.trim().is_empty() {
                    tick(ui, cx.theme, &numbered(&cx.t("ui-cabinet-intact"), at), intact);
                }
            }
            self.initiator.is_some() && !cx.model.busy
        });
        if let (Foot::Go, Some(initiator)) = (foot, self.initiator.clone()) {
            let seal = |(number, intact): &(String, bool)| {
                let number = number.trim().to_owned();
                (!number.is_empty()).then_some(Seal { number, intact: *intact })
            };
            let (access, seals) = (self.access, self.seals.iter().filter_map(seal).collect());
            cx.ask(Command::Cabinet(CabinetCommand::Open { access, initiator, seals }));
        }
        foot != Foot::Leave
    }
}

#[derive(Debug)]
pub struct CloseCabinet {
    access: u32,
    pak_on: bool,
    seals: [String; SEALS],
}

impl CloseCabinet {
    pub fn new(access: u32) -> Self {
        Self { access, pak_on: false, seals: Default::default() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-cabinet-close-title");
        let ask = Ask { width: 760.0, ..ask(cx, title, Some("ui-cabinet-close-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            tick(ui, cx.theme, &cx.t("ui-cabinet-pak-on"), &mut self.pak_on);
            for (at, number) in self.seals.iter_mut().enumerate() {
                let width = ui.available_width();
                field(ui, cx.theme, &numbered(&cx.t("ui-cabinet-new-seal"), at), number, width);
            }
            !cx.model.busy
        });
        if foot == Foot::Go {
            let numbers = self.seals.iter().map(|number| number.trim().to_owned());
            let seals = numbers.filter(|number| !number.is_empty()).collect();
            let (access, pak_on) = (self.access, self.pak_on);
            cx.ask(Command::Cabinet(CabinetCommand::Close { access, pak_on, seals }));
        }
        foot != Foot::Leave
    }
}

/// The second of a kind has a number, so that each has a name of its own.
fn numbered(name: &str, at: usize) -> String {
    if at == 0 { name.to_owned() } else { format!("{name} {}", at + 1) }
}
