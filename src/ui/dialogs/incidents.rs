//! What happened to the computer with no open access: one explanation for what it holds for.

use std::collections::BTreeSet;

use eframe::egui::Context;

use super::ask;
use crate::day::Day;
use crate::station::protocol::{Command, IncidentsCommand};
use crate::ui::incident_words;
use crate::ui::model::Cx;
use crate::ui::theme;
use crate::ui::widgets::{Ask, Foot, dialog, field, label, tick};

/// As many stand on the smallest screen; the others come when these are explained.
const MOST_SHOWN: usize = 5;

#[derive(Debug)]
pub struct ExplainIncidents {
    /// Records of the incidents offered, oldest first.
    offered: Vec<u64>,
    chosen: BTreeSet<u64>,
    text: String,
}

impl ExplainIncidents {
    /// Of those that are not explained yet; one reason often is the reason of all.
    pub fn new(day: &Day) -> Self {
        let offered: Vec<u64> =
            day.incidents.unexplained().map(|incident| incident.record).take(MOST_SHOWN).collect();
        Self { chosen: offered.iter().copied().collect(), offered, text: String::new() }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.t("ui-incident-explain-title");
        let ask = Ask { width: 760.0, ..ask(cx, title, Some("ui-incident-explain-go")) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-incident-explain-text"));
            ui.add_space(theme::GAP_S);
            let Some(day) = cx.model.day() else { return false };
            for record in &self.offered {
                let Some(incident) = day.incidents.list.iter().find(|told| told.record == *record) else {
                    continue;
                };
                let mut on = self.chosen.contains(record);
                tick(ui, cx.theme, &incident_words::line(cx.model, incident), &mut on);
                if on {
                    self.chosen.insert(*record)
                } else {
                    self.chosen.remove(record)
                };
            }
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-incident-reason"), &mut self.text, width);
            !self.chosen.is_empty() && !self.text.trim().is_empty() && !cx.model.busy
        });
        if foot == Foot::Go {
            let records = self.chosen.iter().copied().collect();
            let text = self.text.trim().to_owned();
            cx.ask(Command::Incidents(IncidentsCommand::Explain { records, text }));
        }
        foot != Foot::Leave
    }
}
