//! The two buttons that put what a screen shows onto paper.

use eframe::egui::Ui;

use crate::checklist::Span;
use crate::point::DayId;
use crate::ui::dialogs::{FormIds, Forms, FormsOf, Outlet};
use crate::ui::model::Cx;
use crate::ui::widgets::big_button;

pub const TODAY: FormIds = &["opening-act", "functioning", "outage-record"];
const CHECK: FormIds = &["check-report", "readiness-act"];
/// On the days before the exam's.
const PREPARATION: FormIds = &["preparation-act", "briefing-sheet"];
pub const ACCESS: FormIds = &["access-log-b", "access-log-a"];
pub const REQUESTS: FormIds = &["requests", "operation-log", "explanatory-note"];
pub const CLOSE: FormIds =
    &["closing-act", "handover-act", "opening-act", "copies", "functioning", "outage-record"];
/// Whatever a day that is over can say.
const PAST: FormIds = &[
    "access-log-b",
    "access-log-a",
    "requests",
    "operation-log",
    "explanatory-note",
    "outage-record",
    "functioning",
    "check-report",
    "readiness-act",
    "opening-act",
    "closing-act",
    "handover-act",
    "copies",
];
pub const EQUIPMENT: FormIds = &["equipment-list", "labels", "equipment-movements"];
pub const BRIEFINGS: FormIds = &["briefing-sheet"];

/// “Print” and “Save as PDF” for these forms of the day; nothing while there is none.
pub fn of_day(ui: &mut Ui, cx: &mut Cx<'_>, ids: FormIds) {
    if cx.model.day().is_some() {
        buttons(ui, cx, ids, &FormsOf::Today);
    }
}

/// The same for what a checklist of such days is put on paper with.
pub fn of_check(ui: &mut Ui, cx: &mut Cx<'_>, span: Span) {
    match span {
        Span::InDay => of_day(ui, cx, CHECK),
        Span::BeforeDay => of_point(ui, cx, PREPARATION, ""),
        Span::AfterDay => {}
    }
}

/// The same for all forms of a day that is over.
pub fn of_past(ui: &mut Ui, cx: &mut Cx<'_>, day: &DayId) {
    buttons(ui, cx, PAST, &FormsOf::Day(day.clone()));
}

/// The same for forms of the point; of the equipment only that with all these words in it.
pub fn of_point(ui: &mut Ui, cx: &mut Cx<'_>, ids: FormIds, words: &str) {
    buttons(ui, cx, ids, &FormsOf::Point(words.to_owned()));
}

fn buttons(ui: &mut Ui, cx: &mut Cx<'_>, ids: FormIds, of: &FormsOf) {
    let mut outlets = [(Outlet::Printer, "ui-papers-print"), (Outlet::File, "ui-papers-save")];
    // In one order wherever they stand.
    if ui.layout().prefer_right_to_left() {
        outlets.reverse();
    }
    for (outlet, id) in outlets {
        let text = cx.t(id);
        // Days stand below each other, and each has these two.
        let name = match of {
            FormsOf::Day(day) => format!("{text}: {day}"),
            FormsOf::Today | FormsOf::Point(_) => text.clone(),
        };
        let button = big_button(cx.theme, &text).named(&name).small();
        if ui.add_enabled(!cx.model.busy, button).clicked() {
            Forms::open(cx, outlet, ids, of.clone());
        }
    }
}
