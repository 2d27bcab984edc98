//! The places of the window, each with the number of things that need a person there.

use eframe::egui::{
    Align, Align2, FontId, Frame, Layout, Margin, Role, ScrollArea, Sense, StrokeKind, Ui, ViewportCommand,
    WidgetInfo, pos2, vec2,
};

use super::due::due;
use super::model::{Cx, Model, Screen, Station, Wish};
use super::theme::{self, Look, RADIUS_ROW, Tone};
use super::trouble::{Kind, troubles};
use super::widgets::{big_button, count, seen_when_focused};
use crate::day::{CheckDay, StepDay, StepState};
use crate::i18n::Message;
use crate::journal::Outcome;

/// Between what stands at its end; its entries have no edges that would touch.
const GAP: f32 = 2.0;
/// What stands at its end.
const AT_END: usize = 3;
const MARGIN: Margin = Margin::symmetric(8, 12);

/// The frame that it stands in.
pub fn frame(theme: &theme::Theme) -> Frame {
    Frame::new().fill(theme.card).stroke(theme.border()).inner_margin(MARGIN)
}

/// How wide it is where `height` is left for it.
pub fn width(model: &Model, narrow: bool, height: f32) -> f32 {
    let wide = if narrow { theme::RAIL_NARROW } else { theme::RAIL_WIDE };
    if scrolls(model, height - MARGIN.sum().y) { wide + theme::SCROLL_BAR } else { wide }
}

/// The screens that there are.
fn screens(model: &Model) -> impl Iterator<Item = Screen> {
    let review_only = model.station == Station::None;
    let alone = [Screen::Review, Screen::Settings];
    Screen::ALL.into_iter().filter(move |screen| !review_only || alone.contains(screen))
}

/// On a low screen all of it is scrolled.
fn scrolls(model: &Model, height: f32) -> bool {
    (screens(model).count() + AT_END) as f32 * theme::ROW + AT_END as f32 * GAP > height
}

pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, narrow: bool) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let screens: Vec<Screen> = screens(cx.model).collect();
    if scrolls(cx.model, ui.available_height()) {
        ScrollArea::vertical().show(ui, |ui| {
            screens.iter().for_each(|screen| entry(ui, cx, *screen, narrow));
            end(ui, cx, narrow);
        });
        return;
    }
    screens.iter().for_each(|screen| entry(ui, cx, *screen, narrow));
    ui.with_layout(Layout::bottom_up(Align::Min), |ui| end(ui, cx, narrow));
}

/// How it looks and how large it is drawn, and the way out.
fn end(ui: &mut Ui, cx: &mut Cx<'_>, narrow: bool) {
    ui.spacing_mut().item_spacing.y = GAP;
    let (name, sign) = match cx.model.look {
        Look::Light => (cx.t("ui-look-dark"), "☾"),
        Look::Dark => (cx.t("ui-look-contrast"), "◐"),
        Look::HighContrast => (cx.t("ui-look-light"), "☀"),
    };
    let text = if narrow { sign } else { &name };
    let width = ui.available_width();
    let button = big_button(cx.theme, text).named(&name).min_width(width).height(theme::ROW);
    let leave = cx.t("ui-leave");
    let shown = if narrow { "✕" } else { &leave };
    let leaving = big_button(cx.theme, shown).named(&leave).min_width(width).height(theme::ROW);
    if ui.add(leaving.text_size(theme::SMALL)).clicked() {
        ui.ctx().send_viewport_cmd(ViewportCommand::Close);
    }
    if ui.add(button.text_size(theme::SMALL)).clicked() {
        cx.wish(Wish::Wear(cx.model.look.next()));
    }
    let scale = cx.model.scale;
    let name = cx.say(&Message::new("ui-scale").with("percent", scale.percent()));
    let text = if narrow { "⊕" } else { &name };
    let button = big_button(cx.theme, text).named(&name).min_width(width).height(theme::ROW);
    if ui.add(button.text_size(theme::SMALL)).clicked() {
        cx.wish(Wish::Draw(scale.larger().unwrap_or_default()));
    }
}

fn entry(ui: &mut Ui, cx: &mut Cx<'_>, screen: Screen, narrow: bool) {
    let (theme, model) = (cx.theme, cx.model);
    let here = model.screen == screen;
    let name = cx.t(screen.text_id());
    let needs = needs(model, screen);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::click());
    seen_when_focused(&response);
    let said = match needs {
        Some((_, number)) => {
            cx.say(&Message::new("ui-rail-needs").with("screen", name.as_str()).with("count", number))
        }
        None => name.clone(),
    };
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, here, &said));
    let color = if here { theme.accent } else { theme.ink };
    if here {
        ui.painter().rect_filled(rect, RADIUS_ROW, theme.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, RADIUS_ROW, theme.bg);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, RADIUS_ROW, theme.focus(), StrokeKind::Inside);
    }
    let icon_x = if narrow { rect.center().x } else { rect.left() + 26.0 };
    let icon = FontId::proportional(22.0);
    ui.painter().text(pos2(icon_x, rect.center().y), Align2::CENTER_CENTER, sign(screen), icon, color);
    if !narrow {
        let family = if here { theme::bold() } else { eframe::egui::FontFamily::Proportional };
        let at = pos2(rect.left() + 50.0, rect.center().y);
        ui.painter().text(at, Align2::LEFT_CENTER, &name, FontId::new(theme::TEXT, family), color);
    }
    if let Some((tone, number)) = needs {
        let at = if narrow {
            pos2(rect.right(), rect.top() + 14.0)
        } else {
            pos2(rect.right() - 10.0, rect.center().y)
        };
        count(ui, theme, tone, number, at);
    }
    let response = if narrow { response.on_hover_text(&name) } else { response };
    if response.clicked() {
        cx.wish(Wish::Go(screen));
    }
}

fn sign(screen: Screen) -> &'static str {
    match screen {
        Screen::Today => "◉",
        Screen::Check => "☑",
        Screen::Cameras => "▣",
        Screen::Access => "✎",
        Screen::Point => "▤",
        Screen::Close => "⬓",
        Screen::Review => "▷",
        Screen::Requests => "☎",
        Screen::Settings => "⚙",
        Screen::Help => "?",
    }
}

/// How many things need a person on that screen, and how badly.
fn needs(model: &Model, screen: Screen) -> Option<(Tone, usize)> {
    if screen == Screen::Check {
        return check_needs(model);
    }
    let day = model.day()?;
    let troubles = troubles(model);
    let of = |kind: Kind| {
        let count = troubles.iter().filter(|trouble| trouble.kind == kind).count();
        let worst = troubles.iter().filter(|trouble| trouble.kind == kind).map(|trouble| trouble.tone).max();
        worst.map(|tone| (tone, count))
    };
    match screen {
        Screen::Today => of(Kind::Other),
        Screen::Cameras => of(Kind::Camera),
        Screen::Access => {
            let open = day.open_accesses().count() + day.incidents.unexplained as usize;
            (open > 0).then_some((Tone::Warn, open))
        }
        Screen::Requests => {
            let open = day.requests.open as usize;
            let late = day.requests.open().any(|request| request.late.is_some());
            (open > 0).then_some((if late { Tone::Bad } else { Tone::Warn }, open))
        }
        Screen::Check | Screen::Point | Screen::Close | Screen::Review | Screen::Settings | Screen::Help => {
            None
        }
    }
}

/// Steps of the day that failed, and lists whose time has come.
fn check_needs(model: &Model) -> Option<(Tone, usize)> {
    let failed = |check: &CheckDay| {
        let bad = |step: &&StepDay| matches!(step.state, StepState::Done(Outcome::Failed | Outcome::Unknown));
        check.steps.values().filter(bad).count()
    };
    let failed: usize = model.day().iter().flat_map(|day| day.checks.values()).map(failed).sum();
    let due = model.view.as_ref().map_or_else(Vec::new, |view| due(model, view));
    let bad = failed > 0 || due.iter().any(|due| due.late);
    let count = failed + due.len();
    (count > 0).then_some((if bad { Tone::Bad } else { Tone::Warn }, count))
}
