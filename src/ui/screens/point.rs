//! What belongs to no single day: the equipment, the briefings, the days that are over.

use eframe::egui::Ui;

use super::briefings::Briefings;
use super::days::Days;
use super::inventory::Equipment;
use crate::ui::model::Cx;
use crate::ui::theme;
use crate::ui::widgets::big_button;

#[derive(Default)]
pub struct Point {
    /// Chosen by hand; else the briefings while somebody has to sign, then the equipment.
    shown: Option<Tab>,
    pub equipment: Equipment,
    pub briefings: Briefings,
    pub days: Days,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Equipment,
    Briefings,
    Days,
}

impl Point {
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let unsigned = cx.model.view.as_ref().map_or(0, |view| view.unsigned_briefings());
        let at_hand = if unsigned > 0 { Tab::Briefings } else { Tab::Equipment };
        let shown = self.shown.unwrap_or(at_hand);
        let tabs = [
            (Tab::Equipment, "ui-screen-equipment"),
            (Tab::Briefings, "ui-screen-briefings"),
            (Tab::Days, "ui-screen-days"),
        ];
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            for (tab, id) in tabs {
                let text = cx.t(id);
                let button = big_button(cx.theme, &text).selected(tab == shown).height(theme::ROW);
                if ui.add(button.text_size(theme::SMALL)).clicked() {
                    self.shown = Some(tab);
                }
            }
        });
        match shown {
            Tab::Equipment => self.equipment.show(ui, cx),
            Tab::Briefings => self.briefings.show(ui, cx),
            Tab::Days => self.days.show(ui, cx),
        }
    }
}
