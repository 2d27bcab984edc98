//! When the exam is that is being prepared.

use chrono::NaiveDate;
use eframe::egui::Context;

use super::ask;
use crate::station::protocol::Command;
use crate::ui::model::Cx;
use crate::ui::widgets::{Foot, dialog, field, label};

#[derive(Debug, Default)]
pub struct NameExam {
    date: String,
}

impl NameExam {
    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let ask = ask(cx, cx.t("ui-exam-title"), Some("ui-exam-go"));
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-exam-text"));
            let width = ui.available_width();
            field(ui, cx.theme, &cx.t("ui-exam-date"), &mut self.date, width);
            date_of(&self.date).is_some() && !cx.model.busy
        });
        if let Some(date) = date_of(&self.date).filter(|_| foot == Foot::Go) {
            cx.ask(Command::NameExam { date });
        }
        foot != Foot::Leave
    }
}

/// `29.05.2026`, or `2026-05-29`.
fn date_of(typed: &str) -> Option<NaiveDate> {
    let typed = typed.trim();
    let read = |pattern| NaiveDate::parse_from_str(typed, pattern).ok();
    read("%d.%m.%Y").filter(|_| typed.len() == 10).or_else(|| read("%Y-%m-%d"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_people_and_programs_write_it() {
        let day = NaiveDate::from_ymd_opt(2026, 5, 29);
        assert_eq!(date_of(" 29.05.2026 "), day);
        assert_eq!(date_of("2026-05-29"), day);
        for wrong in ["", "29.05", "29.05.26", "31.02.2026", "29/05/2026"] {
            assert_eq!(date_of(wrong), None, "{wrong}");
        }
    }
}
