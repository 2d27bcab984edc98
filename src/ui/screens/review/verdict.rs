//! The verdict as a person reads it in ten seconds: what is wrong, where, what that means, what to do now.

use eframe::egui::{Frame, Margin, Stroke, Ui};

use crate::archive::{Integrity, Place, Provenance};
use crate::i18n::Message;
use crate::review::{Advice, Finding, Reviewed, Title};
use crate::ui::model::Cx;
use crate::ui::theme::{self, RADIUS_CARD, Tone};
use crate::ui::widgets::{Line, big_button, block, chip, row, sign, title};

/// So many findings are told at once; more nobody takes in.
const MOST_TOLD: usize = 3;

/// What was pressed in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// Another archive is wanted.
    Other,
    /// This moment is wanted, UTC ms.
    Moment(i64),
}

/// `plays`: there is video to be shown.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed, plays: bool) -> Option<Pressed> {
    let theme = cx.theme;
    let report = &reviewed.report;
    let origin = provenance_tone(report.provenance);
    row(
        ui,
        40.0,
        |ui| chip(ui, theme, origin, None, report.provenance.word()),
        |ui| {
            let name = match &reviewed.title {
                Some(day) => day_name(cx, day),
                None => cx.t("ui-review-title"),
            };
            title(ui, theme, &name)
        },
    );
    let foreign = report.provenance == Provenance::UntrustedKey;
    let (tone, head) = match report.integrity {
        Integrity::Valid if foreign => (Tone::Bad, "verdict-whole-foreign"),
        Integrity::Valid => (Tone::Ok, "ui-review-valid"),
        Integrity::Incomplete => (Tone::Warn, "ui-review-incomplete"),
        Integrity::CannotVerify => (Tone::Warn, "ui-review-cannot"),
        Integrity::Tampered => (Tone::Bad, "ui-review-tampered"),
    };
    let frame = Frame::new()
        .fill(theme.soft(tone))
        .stroke(Stroke::new(1.0, theme.strong(tone)))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::symmetric(20, 12));
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            let mut pressed = None;
            row(
                ui,
                theme::BUTTON,
                |ui| {
                    if ui.add(big_button(theme, &cx.t("ui-review-other"))).clicked() {
                        pressed = Some(Pressed::Other);
                    }
                },
                |ui| {
                    let strong = theme.strong(tone);
                    ui.label(theme::strong(sign(tone), theme::H1, strong));
                    let head = format!("{} · {}", cx.t(head), report.integrity.word());
                    block(ui, &[Line::bold(&head, theme::H1, strong)])
                },
            );
            for found in reviewed.findings.iter().take(MOST_TOLD) {
                pressed = pressed.or(finding(ui, cx, reviewed, found, plays).map(Pressed::Moment));
            }
            conclusion(ui, cx, reviewed);
            pressed
        })
        .inner
}

pub fn day_name(cx: &Cx<'_>, day: &Title) -> String {
    let point = cx.say(&Message::new("ui-bar-point").with("code", day.point.as_str()));
    format!("{point} · {} · {}", day.subject, cx.model.words.date(day.date))
}

fn provenance_tone(provenance: Provenance) -> Tone {
    match provenance {
        Provenance::Anchored | Provenance::KnownKey => Tone::Ok,
        Provenance::Unchecked => Tone::Idle,
        Provenance::UntrustedKey => Tone::Bad,
    }
}

/// Where, and what is wrong there; gives the moment that is to be shown.
fn finding(ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed, found: &Finding, plays: bool) -> Option<i64> {
    let place = whereabouts(cx, reviewed, &found.place);
    let tone = fault_tone(found.effect);
    let more = match found.more {
        0 => String::new(),
        more => format!(" {}", cx.say(&Message::new("verdict-more").with("count", more))),
    };
    let head = format!("{} {place}{more}", sign(tone));
    let text = cx.say(&reviewed.named(&found.message));
    let lines = [Line::bold(&head, theme::TEXT, cx.theme.ink), Line::plain(&text, theme::TEXT, cx.theme.ink)];
    let at_ms = found.place.from_ms.filter(|_| plays && found.place.camera.is_some());
    let Some(at_ms) = at_ms else {
        block(ui, &lines);
        return None;
    };
    let mut wanted = None;
    row(
        ui,
        theme::ROW,
        |ui| {
            let name = cx.say(&Message::new("verdict-show-where").with("where", place.as_str()));
            let (text, size) = (cx.t("verdict-show"), theme::TEXT);
            let button = big_button(cx.theme, &text).named(&name).height(theme::ROW).text_size(size);
            wanted = ui.add(button).clicked().then_some(at_ms);
        },
        |ui| block(ui, &lines),
    );
    wanted
}

/// What it means, what to do, and whose it is.
fn conclusion(ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed) {
    let (theme, report) = (cx.theme, &reviewed.report);
    let advice = Advice::of(report, reviewed.findings.first());
    let mut means = cx.say(&advice.means);
    if report.intact_segments > 0 && report.integrity != Integrity::Valid {
        let intact = Message::new("ui-review-intact").with("count", report.intact_segments);
        means = format!("{means} {}", cx.say(&intact));
    }
    let todo = advice.todo.map(|todo| cx.say(&Message::new("verdict-todo").with("text", cx.say(&todo))));
    let others = reviewed.findings.len().saturating_sub(MOST_TOLD);
    let others = match others {
        0 => String::new(),
        others => cx.say(&Message::new("verdict-others").with("count", others)),
    };
    let origin = cx.say(&report.provenance.message());
    let lines = [
        Line::plain(&others, theme::TEXT, theme.ink),
        Line::plain(&means, theme::TEXT, theme.ink),
        Line::bold(todo.as_deref().unwrap_or_default(), theme::TEXT, theme.ink),
        Line::plain(&origin, theme::SMALL, theme.ink),
    ];
    block(ui, &lines);
}

/// As people call it: a camera by its name and the time, a record by its number, else the file.
fn whereabouts(cx: &Cx<'_>, reviewed: &Reviewed, place: &Place) -> String {
    let file = place.file.as_deref().unwrap_or_default();
    let mut words: Vec<String> = place.day.iter().map(|day| day.to_string()).collect();
    words.push(match (&place.camera, place.record, &place.part) {
        (Some(camera), ..) => reviewed.camera_name(camera),
        (None, _, Some(part)) if file.is_empty() => {
            cx.say(&Message::new("verdict-where-part").with("part", part.as_str()))
        }
        (None, Some(record), _) => cx.say(&Message::new("verdict-where-record").with("record", record)),
        _ if file.contains("journal/") => cx.t("verdict-where-journal"),
        _ if file.ends_with("day.json") => cx.t("verdict-where-document"),
        _ if file.contains("closing-act.") => cx.t("verdict-where-act"),
        _ if file.is_empty() => cx.t("verdict-where-archive"),
        _ => file.to_owned(),
    });
    let time = |at_ms: i64| reviewed.lines.time(at_ms);
    match (place.from_ms, place.to_ms) {
        (Some(from), Some(to)) => words.push(format!("{}–{}", time(from), time(to))),
        (Some(at), None) | (None, Some(at)) => words.push(time(at)),
        (None, None) => {}
    }
    words.join(" · ")
}

pub fn fault_tone(effect: Integrity) -> Tone {
    match effect {
        Integrity::Tampered => Tone::Bad,
        Integrity::Valid | Integrity::Incomplete | Integrity::CannotVerify => Tone::Warn,
    }
}
