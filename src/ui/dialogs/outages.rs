//! Why there was no video: one reason for the outages it holds for.

use std::collections::BTreeSet;

use eframe::egui::Context;

use super::ask;
use crate::day::Day;
use crate::station::protocol::Command;
use crate::ui::model::Cx;
use crate::ui::outage_words;
use crate::ui::theme;
use crate::ui::widgets::{Ask, Foot, dialog, field, label, tick};

/// As many stand on the smallest screen; the others come when these are explained.
const MOST_SHOWN: usize = 5;

#[derive(Debug)]
pub struct ExplainOutages {
    /// Records of the outages offered, oldest first.
    offered: Vec<u64>,
    chosen: BTreeSet<u64>,
    text: String,
}

impl ExplainOutages {
    /// Of all that are not explained yet; one cause often is the cause of all.
    pub fn new(day: &Day) -> Self {
        let offered: Vec<u64> = day.unexplained().map(|outage| outage.record).take(MOST_SHOWN).collect();
        Self { chosen: offered.iter().copied().collect(), offered, text: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-outage-explain-title");
        let ask = Ask { width: 760.0, ..ask(cx, title, Some("ui-outage-explain-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-outage-explain-text"));
            ui.add_space(theme::GAP_S);
            let Some(day) = cx.model.day() else { return false };
            for record in &self.offered {
                let Some(outage) = day.outages.iter().find(|outage| outage.record == *record) else {
                    continue;
                };
                let mut on = self.chosen.contains(record);
                tick(ui, cx.theme, &outage_words::line(cx.model, outage), &mut on);
                if on {
                    self.chosen.insert(*record)
                } else {
                    self.chosen.remove(record)
                };
            }
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-outage-reason"), &mut self.text, width);
            !self.chosen.is_empty() && !self.text.trim().is_empty() && !cx.model.busy
        });
        if foot == Foot::Go {
            let records = self.chosen.iter().copied().collect();
            cx.ask(Command::ExplainOutages { records, text: self.text.trim().to_owned() });
        }
        foot != Foot::Leave
    }
}
