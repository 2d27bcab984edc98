//! The button of the house: big enough for a finger, named, with a ring where the keyboard is.

use eframe::egui::{
    Align, CursorIcon, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, pos2,
    vec2,
};

use crate::ui::theme::{self, BUTTON, MAIN_BUTTON, RADIUS_BUTTON, Theme, Tone};

/// A button of 60 points (72 for the one main thing of a screen).
#[must_use = "a button does nothing until it is added"]
pub struct Big<'a> {
    theme: &'a Theme,
    text: &'a str,
    kind: Kind,
    height: f32,
    min_width: f32,
    padding: f32,
    size: f32,
    selected: Option<bool>,
    name: Option<&'a str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Filled,
    Outlined,
    Danger,
}

/// An outlined button; the methods make it another one.
pub fn big_button<'a>(theme: &'a Theme, text: &'a str) -> Big<'a> {
    Big {
        theme,
        text,
        kind: Kind::Outlined,
        height: BUTTON,
        min_width: 0.0,
        padding: 20.0,
        size: theme::TEXT + 1.0,
        selected: None,
        name: None,
    }
}

impl<'a> Big<'a> {
    /// The one thing to do on this screen.
    pub fn main(mut self) -> Self {
        self.kind = Kind::Filled;
        self.height = MAIN_BUTTON;
        self.size = theme::H2;
        self
    }

    /// Filled, of the usual height.
    pub fn filled(mut self) -> Self {
        self.kind = Kind::Filled;
        self
    }

    /// Beside what the screen is there for.
    pub fn small(mut self) -> Self {
        self.height = theme::ROW;
        self.size = theme::SMALL;
        self
    }

    /// What can't be undone.
    pub fn danger(mut self) -> Self {
        self.kind = Kind::Danger;
        self
    }

    /// One of several to choose from.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = Some(selected);
        self
    }

    pub fn min_width(mut self, width: f32) -> Self {
        self.min_width = width;
        self
    }

    /// Of a few signs, one of many in a row.
    pub fn narrow(mut self) -> Self {
        self.padding = theme::GAP_M;
        self.min_width = theme::BUTTON_NARROW;
        self
    }

    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }

    pub fn text_size(mut self, size: f32) -> Self {
        self.size = size;
        self
    }

    /// What assistive technology calls it, where the text alone does not say.
    pub fn named(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }
}

impl Widget for Big<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let Self { theme, text, kind, height, min_width, padding, size, selected, name } = self;
        let font = FontId::new(size, theme::bold());
        let room = (ui.available_width() - 2.0 * padding).max(min_width - 2.0 * padding).max(24.0);
        let mut job = eframe::egui::text::LayoutJob::simple(text.to_owned(), font, theme.ink, room);
        job.halign = Align::Center;
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let size = vec2((galley.size().x + 2.0 * padding).max(min_width), height.max(galley.size().y + 16.0));
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| {
            let name = name.unwrap_or(text);
            match selected {
                Some(selected) => WidgetInfo::selected(Role::RadioButton, enabled, selected, name),
                None => WidgetInfo::labeled(Role::Button, enabled, name),
            }
        });
        seen_when_focused(&response);
        if ui.is_rect_visible(rect) {
            let on = selected == Some(true);
            let (fill, ink, line) = match kind {
                _ if !enabled => (theme.idle_soft, theme.dim, theme.line),
                Kind::Filled => (theme.accent, theme.on_accent, theme.accent),
                _ if on => (theme.accent_soft, theme.accent, theme.accent),
                Kind::Outlined => (theme.card, theme.ink, theme.line),
                Kind::Danger => (theme.card, theme.bad, theme.bad),
            };
            let pressed = response.is_pointer_button_down_on();
            let fill = if pressed || (response.hovered() && kind != Kind::Filled && !on) {
                if kind == Kind::Danger {
                    theme.soft(Tone::Bad)
                } else {
                    blend(fill, theme.accent_soft, kind)
                }
            } else {
                fill
            };
            let painter = ui.painter();
            painter.rect(rect, RADIUS_BUTTON, fill, Stroke::new(2.0, line), StrokeKind::Inside);
            if response.has_focus() {
                ring(ui, rect, theme);
            }
            let at = pos2(rect.center().x, rect.center().y - galley.size().y / 2.0);
            ui.painter().galley_with_override_text_color(at, galley, ink);
        }
        response.on_hover_cursor(CursorIcon::PointingHand)
    }
}

fn blend(fill: eframe::egui::Color32, soft: eframe::egui::Color32, kind: Kind) -> eframe::egui::Color32 {
    if kind == Kind::Filled { fill.gamma_multiply(0.9) } else { soft }
}

/// What the keyboard comes to is scrolled into view.
pub fn seen_when_focused(response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// The ring around what the keyboard acts on.
pub(super) fn ring(ui: &Ui, rect: Rect, theme: &Theme) {
    ui.painter().rect_stroke(rect.expand(3.0), RADIUS_BUTTON, theme.focus(), StrokeKind::Outside);
}
