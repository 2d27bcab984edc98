//! Every colour, size and font of the window. Nothing outside this file and the tiles names one.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, RichText, Stroke,
    TextStyle, Vec2, Visuals, vec2,
};
use serde::{Deserialize, Serialize};

/// Space between things, in points: 4 · 8 · 12 · 16 · 24.
pub const GAP_XS: f32 = 4.0;
pub const GAP_S: f32 = 8.0;
pub const GAP_M: f32 = 12.0;
pub const GAP_L: f32 = 16.0;
pub const GAP_XL: f32 = 24.0;

/// Heights of what a finger touches, in points.
pub const ROW: f32 = 56.0;
pub const BUTTON: f32 = 60.0;
/// The least width that a finger finds.
pub const BUTTON_NARROW: f32 = 48.0;
pub const MAIN_BUTTON: f32 = 72.0;

pub const TOP_BAR: f32 = 64.0;
pub const RAIL_WIDE: f32 = 208.0;
pub const RAIL_NARROW: f32 = 72.0;
/// How wide a scroll bar is, with the gap beside it.
pub const SCROLL_BAR: f32 = 20.0;
/// Below this width the rail shows icons only.
pub const NARROW_BELOW: f32 = 1200.0;
/// Below this width the bar on top says its things in fewer words.
pub const TIGHT_BELOW: f32 = 940.0;
/// Below this width two areas stand below each other instead of side by side.
pub const STACKED_BELOW: f32 = 700.0;
/// Below this height banners are scrolled along with the screen.
pub const LOW_BELOW: f32 = 420.0;
/// The same for the two ends of a line.
pub const LINE_STACKED_BELOW: f32 = 590.0;

pub const SMALL: f32 = 15.0;
pub const TEXT: f32 = 17.0;
pub const H2: f32 = 20.0;
pub const H1: f32 = 28.0;
pub const CLOCK: f32 = 30.0;

/// Ground of pictures and text over them: the same in every theme.
pub const PICTURE_GROUND: Color32 = Color32::from_rgb(0x1c, 0x1f, 0x22);
pub const PICTURE_STRIP: Color32 = Color32::from_black_alpha(190);
pub const PICTURE_TEXT: Color32 = Color32::from_rgb(0xf5, 0xf6, 0xf4);
pub const PICTURE_SOFT_TEXT: Color32 = Color32::from_rgb(0xd3, 0xd7, 0xd9);
pub const PICTURE_GOOD_TEXT: Color32 = Color32::from_rgb(0x8f, 0xdd, 0xae);
pub const PICTURE_WARN_TEXT: Color32 = Color32::from_rgb(0xff, 0xc2, 0x5c);
pub const PICTURE_LOUD_TEXT: Color32 = Color32::from_rgb(0xff, 0x9d, 0x94);

/// What is to be read by a machine: as on paper in every theme.
pub const PAPER: Color32 = Color32::WHITE;
pub const PRINT: Color32 = Color32::BLACK;

pub const RADIUS_ROW: CornerRadius = CornerRadius::same(10);
pub const RADIUS_BUTTON: CornerRadius = CornerRadius::same(12);
pub const RADIUS_CARD: CornerRadius = CornerRadius::same(14);

/// Which of the three sets of colours is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    #[default]
    Light,
    Dark,
    HighContrast,
}

impl Look {
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::HighContrast];

    /// The one that the look button changes to.
    pub fn next(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::HighContrast,
            Self::HighContrast => Self::Light,
        }
    }
}

/// How large everything is drawn, in percent of the usual size: one of [`ALL`](Self::ALL).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Scale(u32);

impl Scale {
    pub const USUAL: Self = Self(100);
    pub const ALL: [Self; 5] = [Self(100), Self(125), Self(150), Self(175), Self(200)];

    pub fn percent(self) -> u32 {
        self.0
    }

    pub fn factor(self) -> f32 {
        self.0 as f32 / 100.0
    }

    /// The next larger one, if there is one.
    pub fn larger(self) -> Option<Self> {
        Self::ALL.into_iter().find(|scale| *scale > self)
    }

    pub fn smaller(self) -> Option<Self> {
        Self::ALL.into_iter().rfind(|scale| *scale < self)
    }
}

/// No size that the window can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} % is no size of the window")]
pub struct BadScale(u32);

impl TryFrom<u32> for Scale {
    type Error = BadScale;

    fn try_from(percent: u32) -> Result<Self, BadScale> {
        Self::ALL.into_iter().find(|scale| scale.0 == percent).ok_or(BadScale(percent))
    }
}

impl From<Scale> for u32 {
    fn from(scale: Scale) -> Self {
        scale.0
    }
}

impl Default for Scale {
    fn default() -> Self {
        Self::USUAL
    }
}

/// The colours in use. Text on `accent` is `on_accent`; each `…_soft` carries its own strong colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    pub look: Look,
    pub bg: Color32,
    pub card: Color32,
    pub line: Color32,
    pub ink: Color32,
    pub dim: Color32,
    pub accent: Color32,
    pub accent_soft: Color32,
    pub on_accent: Color32,
    pub ok: Color32,
    pub ok_soft: Color32,
    pub warn: Color32,
    pub warn_soft: Color32,
    pub bad: Color32,
    pub bad_soft: Color32,
    /// What is past or not yet due.
    pub idle_soft: Color32,
}

/// What a colour means; widgets ask for the tone, never for a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    Idle,
    Accent,
    Ok,
    Warn,
    Bad,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const LIGHT: Theme = Theme {
    look: Look::Light,
    bg: rgb(0xf3f4f1),
    card: rgb(0xffffff),
    line: rgb(0xd9dcd6),
    ink: rgb(0x1c2126),
    dim: rgb(0x5b656e),
    accent: rgb(0x1f4e8c),
    accent_soft: rgb(0xe3ebf6),
    on_accent: rgb(0xffffff),
    ok: rgb(0x1e7b45),
    ok_soft: rgb(0xe2f1e7),
    warn: rgb(0x9a5b00),
    warn_soft: rgb(0xfbeed6),
    bad: rgb(0xb3261e),
    bad_soft: rgb(0xfbe4e2),
    idle_soft: rgb(0xe6e8e3),
};

const DARK: Theme = Theme {
    look: Look::Dark,
    bg: rgb(0x15181b),
    card: rgb(0x1f2428),
    line: rgb(0x3a4249),
    ink: rgb(0xeef1f3),
    dim: rgb(0xa6b0b8),
    accent: rgb(0x8ab4f0),
    accent_soft: rgb(0x263851),
    on_accent: rgb(0x0d1b2c),
    ok: rgb(0x7fd1a0),
    ok_soft: rgb(0x1d3a29),
    warn: rgb(0xf0bb63),
    warn_soft: rgb(0x42331a),
    bad: rgb(0xff9d94),
    bad_soft: rgb(0x4b2422),
    idle_soft: rgb(0x2b3136),
};

const HIGH_CONTRAST: Theme = Theme {
    look: Look::HighContrast,
    bg: rgb(0xffffff),
    card: rgb(0xffffff),
    line: rgb(0x000000),
    ink: rgb(0x000000),
    dim: rgb(0x262626),
    accent: rgb(0x00308f),
    accent_soft: rgb(0xd6e2ff),
    on_accent: rgb(0xffffff),
    ok: rgb(0x00521f),
    ok_soft: rgb(0xd9f5e3),
    warn: rgb(0x663c00),
    warn_soft: rgb(0xffecc7),
    bad: rgb(0x8f0007),
    bad_soft: rgb(0xffdedb),
    idle_soft: rgb(0xececec),
};

impl Theme {
    pub fn new(look: Look) -> Self {
        match look {
            Look::Light => LIGHT,
            Look::Dark => DARK,
            Look::HighContrast => HIGH_CONTRAST,
        }
    }

    pub fn strong(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Idle => self.dim,
            Tone::Accent => self.accent,
            Tone::Ok => self.ok,
            Tone::Warn => self.warn,
            Tone::Bad => self.bad,
        }
    }

    pub fn soft(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Idle => self.idle_soft,
            Tone::Accent => self.accent_soft,
            Tone::Ok => self.ok_soft,
            Tone::Warn => self.warn_soft,
            Tone::Bad => self.bad_soft,
        }
    }

    pub fn border(&self) -> Stroke {
        Stroke::new(1.0, self.line)
    }

    /// The outline that shows where the keyboard is.
    pub fn focus(&self) -> Stroke {
        Stroke::new(3.0, self.accent)
    }

    /// Makes egui draw in these colours and sizes.
    pub fn apply(&self, ctx: &egui::Context) {
        let dark = self.look == Look::Dark;
        ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
        let mut visuals = if dark { Visuals::dark() } else { Visuals::light() };
        visuals.override_text_color = Some(self.ink);
        visuals.weak_text_color = Some(self.dim);
        visuals.panel_fill = self.bg;
        visuals.window_fill = self.card;
        visuals.window_stroke = self.border();
        visuals.window_corner_radius = RADIUS_CARD;
        visuals.extreme_bg_color = self.card;
        visuals.faint_bg_color = self.bg;
        visuals.selection.bg_fill = self.accent_soft;
        visuals.selection.stroke = Stroke::new(2.0, self.accent);
        visuals.disabled_alpha = 0.8;
        let widgets = &mut visuals.widgets;
        widgets.noninteractive.bg_stroke = self.border();
        for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active, &mut widgets.open] {
            state.corner_radius = RADIUS_BUTTON;
            state.expansion = 0.0;
            state.bg_stroke = Stroke::new(1.5, self.line);
            state.weak_bg_fill = self.card;
            state.bg_fill = self.idle_soft;
        }
        widgets.hovered.bg_stroke = Stroke::new(1.5, self.accent);
        widgets.active.bg_stroke = Stroke::new(2.0, self.accent);
        ctx.all_styles_mut(|style| {
            style.visuals = visuals.clone();
            style.text_styles = [
                (TextStyle::Small, FontId::proportional(SMALL)),
                (TextStyle::Body, FontId::proportional(TEXT)),
                (TextStyle::Button, FontId::proportional(TEXT)),
                (TextStyle::Heading, FontId::new(H1, bold())),
                (TextStyle::Monospace, FontId::monospace(TEXT)),
            ]
            .into();
            style.spacing.item_spacing = vec2(GAP_S, GAP_S);
            style.spacing.button_padding = vec2(GAP_L, GAP_S);
            style.spacing.interact_size = Vec2::new(24.0, 24.0);
            style.spacing.scroll =
                egui::style::ScrollStyle { bar_width: 16.0, ..egui::style::ScrollStyle::solid() };
            style.interaction.selectable_labels = false;
            style.animation_time = 0.0;
        });
        // The window has steps of its own, within bounds.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
    }
}

/// The family of headings, buttons and figures that matter.
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Text in the bold family.
pub fn strong(text: impl Into<String>, size: f32, color: Color32) -> RichText {
    RichText::new(text).font(FontId::new(size, bold())).color(color)
}

/// Text in the plain family.
pub fn plain(text: impl Into<String>, size: f32, color: Color32) -> RichText {
    RichText::new(text).size(size).color(color)
}

/// Codes and fingerprints, one width a character.
pub fn code(text: impl Into<String>, size: f32, color: Color32) -> RichText {
    RichText::new(text).font(FontId::monospace(size)).color(color)
}

/// The inside margin of a card.
pub const CARD_MARGIN: Margin = Margin::same(20);

/// PT Sans for words, DejaVu for symbols and codes; no other font is looked for.
pub fn install_fonts(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::empty();
    let files: [(&str, &'static [u8]); 4] = [
        ("pt-sans", include_bytes!("../../assets/fonts/PTSans-Regular.ttf")),
        ("pt-sans-bold", include_bytes!("../../assets/fonts/PTSans-Bold.ttf")),
        ("symbols", include_bytes!("../../assets/fonts/DejaVuSans.ttf")),
        ("mono", include_bytes!("../../assets/fonts/DejaVuSansMono.ttf")),
    ];
    for (name, bytes) in files {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let families: [(FontFamily, [&str; 2]); 3] = [
        (FontFamily::Proportional, ["pt-sans", "symbols"]),
        (bold(), ["pt-sans-bold", "symbols"]),
        (FontFamily::Monospace, ["mono", "symbols"]),
    ];
    for (family, names) in families {
        fonts.families.insert(family, names.map(str::to_owned).to_vec());
    }
    ctx.set_fonts(fonts);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, 1.4.3: relative luminance contrast.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |c: Color32| {
            let part = |v: u8| {
                let v = f32::from(v) / 255.0;
                if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(c.r()) + 0.7152 * part(c.g()) + 0.0722 * part(c.b())
        };
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn every_text_can_be_read_on_its_ground() {
        for look in [Look::Light, Look::Dark, Look::HighContrast] {
            let theme = Theme::new(look);
            let least = if look == Look::HighContrast { 7.0 } else { 4.5 };
            let tones = [Tone::Idle, Tone::Accent, Tone::Ok, Tone::Warn, Tone::Bad];
            let mut pairs = vec![
                (theme.ink, theme.bg),
                (theme.ink, theme.card),
                (theme.dim, theme.bg),
                (theme.dim, theme.card),
                (theme.on_accent, theme.accent),
            ];
            for tone in tones {
                pairs.push((theme.strong(tone), theme.soft(tone)));
                pairs.push((theme.strong(tone), theme.card));
                pairs.push((theme.ink, theme.soft(tone)));
            }
            for (text, ground) in pairs {
                assert!(contrast(text, ground) >= least, "{look:?}: {text:?} on {ground:?}");
            }
        }
    }
}
