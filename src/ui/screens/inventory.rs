//! The register of equipment: search at the top, what was found below it, what can be done with the piece
//! that was pressed, and the consumables.

use eframe::egui::Ui;

use super::papers;
use crate::day::{Card, Such};
use crate::i18n::Message;
use crate::journal::{ItemState, MoveAct, StockChanged};
use crate::point::InventoryNumber;
use crate::station::protocol::{Command, InventoryCommand, InventoryPage};
use crate::ui::dialogs::{Dialog, MoveItem, ReplaceItem, SetStock, act_id};
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Banner, banner, big_button, card, field, heading, label, row, title};
use crate::ui::words::short_date;

/// Pieces on a page.
const PAGE: u32 = 12;

#[derive(Default)]
pub struct Equipment {
    words: String,
    such: Such,
    from: u32,
    page: Option<InventoryPage>,
    /// What the page was asked for by; none: it is to be asked for anew.
    asked: Option<(Such, String, u32)>,
    chosen: Option<InventoryNumber>,
}

impl Equipment {
    /// The station's answer.
    pub fn take(&mut self, page: InventoryPage) {
        self.page = Some(page);
    }

    /// Something was changed: what is shown is old.
    pub fn changed(&mut self) {
        self.asked = None;
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (theme, name) = (cx.theme, cx.t("ui-inventory-title"));
        row(
            ui,
            theme::ROW,
            |ui| papers::of_point(ui, cx, papers::EQUIPMENT, &self.words),
            |ui| title(ui, theme, &name),
        );
        self.search(ui, cx);
        let wanted = (self.such, self.words.clone(), self.from);
        if self.asked.as_ref() != Some(&wanted) {
            let (such, words, from) = wanted.clone();
            cx.ask(Command::Inventory(InventoryCommand::List { such, words, from, count: PAGE }));
            self.asked = Some(wanted);
        }
        let Some(page) = &self.page else { return };
        if let Some((found, missing)) = page.counting {
            let head = Message::new("ui-inventory-counting").with("found", found).with("missing", missing);
            let (head, end) = (cx.say(&head), cx.t("ui-inventory-count-end"));
            if banner(ui, cx.theme, &Banner { tone: Tone::Accent, head: &head, body: "", button: Some(&end) })
            {
                cx.ask(Command::Inventory(InventoryCommand::EndCount));
            }
        }
        let mut turned = None;
        let mut pressed = None;
        card(ui, cx.theme, |ui| {
            if page.total == 0 {
                label(ui, cx.theme, &cx.t("ui-inventory-empty"));
                return;
            }
            for card in &page.cards {
                if piece(
                    ui,
                    cx,
                    card,
                    page.counting.is_some(),
                    self.chosen.as_ref() == Some(&card.item.number),
                ) {
                    pressed = Some(card.item.number.clone());
                }
            }
            turned = self.pages(ui, cx, page);
        });
        if let Some(number) = pressed {
            self.chosen = if self.chosen.as_ref() == Some(&number) { None } else { Some(number) };
        }
        stock(ui, cx, &page.stock);
        if let Some(from) = turned {
            self.from = from;
        }
    }

    fn search(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let before = (self.such, self.words.clone());
        let width = ui.available_width().min(560.0);
        field(ui, cx.theme, &cx.t("ui-inventory-search"), &mut self.words, width);
        let counting = self.page.as_ref().is_some_and(|page| page.counting.is_some());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            let such = [
                (Such::All, "ui-inventory-all"),
                (Such::Reserve, "ui-inventory-reserve"),
                (Such::Uncounted, "ui-inventory-uncounted"),
            ];
            for (such, id) in such.into_iter().filter(|(such, _)| counting || *such != Such::Uncounted) {
                let text = cx.t(id);
                let button = big_button(cx.theme, &text).selected(self.such == such);
                if ui.add(button.small()).clicked() {
                    self.such = such;
                }
            }
            let begin = cx.t("ui-inventory-count-begin");
            let button = big_button(cx.theme, &begin).small();
            if !counting && ui.add_enabled(!cx.model.busy, button).clicked() {
                cx.ask(Command::Inventory(InventoryCommand::BeginCount));
            }
        });
        if before != (self.such, self.words.clone()) {
            (self.from, self.chosen) = (0, None);
        }
    }

    /// Which part of what was found is seen; where to go on, if that was pressed.
    fn pages(&self, ui: &mut Ui, cx: &Cx<'_>, page: &InventoryPage) -> Option<u32> {
        let last = page.from + page.cards.len();
        let first = if page.cards.is_empty() { page.from } else { page.from + 1 };
        let text = Message::new("ui-inventory-range").with("first", first).with("last", last);
        let text = cx.say(&text.with("of", page.matching));
        let mut turned = None;
        row(
            ui,
            theme::ROW,
            |ui| {
                let (next, before) = (cx.t("ui-inventory-next"), cx.t("ui-inventory-before"));
                let more = last < page.matching;
                if ui.add_enabled(more, big_button(cx.theme, &next).height(theme::ROW)).clicked() {
                    turned = Some(self.from + PAGE);
                }
                let any = self.from > 0;
                if ui.add_enabled(any, big_button(cx.theme, &before).height(theme::ROW)).clicked() {
                    turned = Some(self.from.saturating_sub(PAGE));
                }
            },
            |ui| label(ui, cx.theme, &text),
        );
        turned
    }
}

/// A piece, and what can be done with it if it is the chosen one; whether it was pressed.
fn piece(ui: &mut Ui, cx: &mut Cx<'_>, card: &Card, counting: bool, chosen: bool) -> bool {
    let theme = cx.theme;
    let item = &card.item;
    let state = state_words(cx, item.state);
    let texts = [item.number.as_str(), &item.kind, &item.name, &item.place, &item.holder, &state];
    let text = texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let width = ui.available_width();
    let button = big_button(theme, &text).selected(chosen).min_width(width).height(theme::ROW);
    let pressed = ui.add(button.text_size(theme::SMALL)).clicked();
    if !chosen {
        return pressed;
    }
    let about = Message::new("ui-inventory-about")
        .with("serial", if item.serial.is_empty() { "-" } else { &item.serial })
        .with("role", if item.role.is_empty() { "-" } else { &item.role })
        .with("date", short_date(card.changed_ms, cx.model.offset_min()));
    label(ui, theme, &cx.say(&about));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = theme::GAP_S;
        if item.state == ItemState::WrittenOff {
            return;
        }
        for act in [MoveAct::HandOut, MoveAct::Return, MoveAct::Move, MoveAct::Repair, MoveAct::WriteOff] {
            let text = cx.t(act_id(act));
            let button = big_button(theme, &text).small();
            if ui.add_enabled(!cx.model.busy, button).clicked() {
                cx.open(Dialog::MoveItem(MoveItem::new(item, act)));
            }
        }
        let replace = cx.t("ui-inventory-replace");
        let button = big_button(theme, &replace).small();
        if item.state != ItemState::Reserve && ui.add_enabled(!cx.model.busy, button).clicked() {
            cx.open(Dialog::ReplaceItem(ReplaceItem::new(item)));
        }
        let found = cx.t("ui-inventory-found");
        let button = big_button(theme, &found).small();
        if counting && ui.add_enabled(!cx.model.busy, button).clicked() {
            cx.ask(Command::Inventory(InventoryCommand::Found { numbers: vec![item.number.clone()] }));
        }
    });
    pressed
}

fn state_words(cx: &Cx<'_>, state: ItemState) -> String {
    let state = match state {
        ItemState::InUse => "in-use",
        ItemState::Reserve => "reserve",
        ItemState::Repair => "repair",
        ItemState::WrittenOff => "written-off",
    };
    cx.say(&Message::new("inventory-state").with("state", state))
}

/// The consumables; those that run out stand out.
fn stock(ui: &mut Ui, cx: &mut Cx<'_>, stock: &[StockChanged]) {
    let mut dialog = None;
    row(
        ui,
        theme::BUTTON,
        |ui| {
            let text = cx.t("ui-stock-add");
            if ui.add_enabled(!cx.model.busy, big_button(cx.theme, &text)).clicked() {
                dialog = Some(SetStock::default());
            }
        },
        |ui| heading(ui, cx.theme, &cx.t("ui-stock-title")),
    );
    for kind in stock {
        let low = kind.left <= kind.low;
        let text = Message::new("ui-stock-left").with("name", kind.name.as_str()).with("left", kind.left);
        let text = cx.say(&text.with("unit", kind.unit.as_str()));
        let (tone, body) = match low {
            true => (Tone::Warn, cx.say(&Message::new("ui-stock-low").with("low", kind.low))),
            false => (Tone::Ok, String::new()),
        };
        let change = cx.t("ui-stock-change");
        if banner(ui, cx.theme, &Banner { tone, head: &text, body: &body, button: Some(&change) }) {
            dialog = Some(SetStock::of(kind));
        }
    }
    if let Some(dialog) = dialog {
        cx.open(Dialog::SetStock(dialog));
    }
}
