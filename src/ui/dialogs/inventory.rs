//! What is done with a piece of equipment, and how much of a consumable is left.

use eframe::egui::Context;

use super::ask;
use crate::i18n::Message;
use crate::journal::{Item, MoveAct, StockChanged};
use crate::point::InventoryNumber;
use crate::station::protocol::{Command, InventoryCommand};
use crate::ui::model::Cx;
use crate::ui::widgets::{Foot, dialog, field, label};

/// The Fluent id of what is done.
pub fn act_id(act: MoveAct) -> &'static str {
    match act {
        MoveAct::Move => "ui-inventory-move",
        MoveAct::HandOut => "ui-inventory-hand-out",
        MoveAct::Return => "ui-inventory-return",
        MoveAct::Repair => "ui-inventory-repair",
        MoveAct::WriteOff => "ui-inventory-write-off",
    }
}

/// A piece goes somewhere, to somebody or into another state.
#[derive(Debug)]
pub struct MoveItem {
    number: InventoryNumber,
    act: MoveAct,
    place: String,
    holder: String,
    note: String,
}

impl MoveItem {
    pub fn new(item: &Item, act: MoveAct) -> Self {
        let holder = match act {
            MoveAct::Return | MoveAct::WriteOff => String::new(),
            _ => item.holder.clone(),
        };
        Self { number: item.number.clone(), act, place: item.place.clone(), holder, note: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = Message::new("ui-inventory-act-title")
            .with("act", cx.t(act_id(self.act)))
            .with("number", self.number.as_str());
        let ask = ask(cx, cx.say(&title), Some("ui-inventory-act-go"));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-inventory-place"), &mut self.place, width);
            field(ui, cx.theme, &cx.t("ui-inventory-holder"), &mut self.holder, width);
            field(ui, cx.theme, &cx.t("ui-inventory-note"), &mut self.note, width);
            // What is written off never comes back, so somebody says why.
            let said = self.act != MoveAct::WriteOff || !self.note.trim().is_empty();
            let given = self.act != MoveAct::HandOut || !self.holder.trim().is_empty();
            said && given && !cx.model.busy
        });
        if foot == Foot::Go {
            cx.ask(Command::Inventory(InventoryCommand::Move {
                number: self.number.clone(),
                act: self.act,
                place: self.place.trim().to_owned(),
                holder: self.holder.trim().to_owned(),
                note: self.note.trim().to_owned(),
            }));
        }
        foot != Foot::Leave
    }
}

/// Another one from the reserve takes its place.
#[derive(Debug)]
pub struct ReplaceItem {
    old: InventoryNumber,
    kind: String,
    new: String,
    reason: String,
}

impl ReplaceItem {
    pub fn new(item: &Item) -> Self {
        let (old, kind) = (item.number.clone(), item.kind.clone());
        Self { old, kind, new: String::new(), reason: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = Message::new("ui-inventory-act-title")
            .with("act", cx.t("ui-inventory-replace"))
            .with("number", self.old.as_str());
        let ask = ask(cx, cx.say(&title), Some("ui-inventory-act-go"));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            let text = Message::new("ui-inventory-replace-text").with("kind", self.kind.as_str());
            label(ui, cx.theme, &cx.say(&text));
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-inventory-replace-new"), &mut self.new, width);
            field(ui, cx.theme, &cx.t("ui-inventory-replace-reason"), &mut self.reason, width);
            self.typed().is_some() && !self.reason.trim().is_empty() && !cx.model.busy
        });
        if let Some(new) = self.typed().filter(|_| foot == Foot::Go) {
            let (old, reason) = (self.old.clone(), self.reason.trim().to_owned());
            cx.ask(Command::Inventory(InventoryCommand::Replace { old, new, reason }));
        }
        foot != Foot::Leave
    }

    fn typed(&self) -> Option<InventoryNumber> {
        self.new.trim().parse().ok()
    }
}

/// How much of a consumable is left, and when it is too little.
#[derive(Debug, Default)]
pub struct SetStock {
    name: String,
    unit: String,
    left: String,
    low: String,
    note: String,
}

impl SetStock {
    pub fn of(stock: &StockChanged) -> Self {
        Self {
            name: stock.name.clone(),
            unit: stock.unit.clone(),
            left: stock.left.to_string(),
            low: stock.low.to_string(),
            note: String::new(),
        }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let ask = ask(cx, cx.t("ui-stock-title"), Some("ui-stock-go"));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-stock-name"), &mut self.name, width);
            field(ui, cx.theme, &cx.t("ui-stock-unit"), &mut self.unit, width);
            field(ui, cx.theme, &cx.t("ui-stock-count"), &mut self.left, width);
            field(ui, cx.theme, &cx.t("ui-stock-threshold"), &mut self.low, width);
            field(ui, cx.theme, &cx.t("ui-inventory-note"), &mut self.note, width);
            !self.name.trim().is_empty() && self.amounts().is_some() && !cx.model.busy
        });
        if let Some((left, low)) = self.amounts().filter(|_| foot == Foot::Go) {
            let [name, unit, note] = [&self.name, &self.unit, &self.note].map(|text| text.trim().to_owned());
            cx.ask(Command::Inventory(InventoryCommand::SetStock { name, unit, left, low, note }));
        }
        foot != Foot::Leave
    }

    fn amounts(&self) -> Option<(u32, u32)> {
        Some((self.left.trim().parse().ok()?, self.low.trim().parse().ok()?))
    }
}
