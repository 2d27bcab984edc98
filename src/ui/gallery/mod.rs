//! All parts that the screens are put together from, each in all its states: for those who change them, and
//! for the tests that measure them.

mod parts;

use std::sync::Arc;

use eframe::egui::{CentralPanel, Context, Frame, Margin, Panel, ScrollArea, Ui};

use super::keys;
use super::theme::{self, Look, Scale, Theme};
use super::widgets::{Ask, Foot, Keyboard, Toasts, big_button, dialog, label, title};
use super::words::Words;
use crate::clock::Clock;
use crate::i18n::{Language, Message};
use crate::point::KeyboardUse;
use parts::Parts;

/// The window that shows them.
pub struct Gallery {
    clock: Arc<dyn Clock>,
    words: Words,
    theme: Theme,
    scale: Scale,
    parts: Parts,
    toasts: Toasts,
    keyboard: Keyboard,
    /// A question stands in front; whether what it asks can't be undone.
    asks: Option<bool>,
}

/// What a part asks the gallery to show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Question { danger: bool },
    Toast,
    Keyboard,
}

impl Gallery {
    pub fn new(ctx: &Context, language: Language, clock: Arc<dyn Clock>) -> Self {
        theme::install_fonts(ctx);
        let theme = Theme::new(Look::default());
        theme.apply(ctx);
        Self {
            clock,
            words: Words::new(language),
            theme,
            scale: Scale::default(),
            parts: Parts::new(ctx),
            toasts: Toasts::default(),
            keyboard: Keyboard::new(language),
            asks: None,
        }
    }

    /// Language, look and size, as everywhere.
    fn bar(&mut self, ui: &mut Ui) {
        let other = match self.words.language() {
            Language::Ru => Language::En,
            Language::En => Language::Ru,
        };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            title(ui, &self.theme, &self.words.t("ui-gallery-title"));
            let (sign, name) = (other.tag().to_uppercase(), self.words.t("ui-language-other"));
            if ui.add(big_button(&self.theme, &sign).named(&name)).clicked() {
                self.words = Words::new(other);
            }
            let looks = [
                (Look::Light, "ui-look-light"),
                (Look::Dark, "ui-look-dark"),
                (Look::HighContrast, "ui-look-contrast"),
            ];
            for (look, id) in looks {
                let on = self.theme.look == look;
                if ui.add(big_button(&self.theme, &self.words.t(id)).selected(on)).clicked() {
                    self.theme = Theme::new(look);
                    self.theme.apply(ui.ctx());
                }
            }
            let size = self.words.say(&Message::new("ui-scale").with("percent", self.scale.percent()));
            if ui.add(big_button(&self.theme, &size)).clicked() {
                self.draw_at(ui.ctx(), self.scale.larger().unwrap_or_default());
            }
        });
    }

    fn draw_at(&mut self, ctx: &Context, scale: Scale) {
        self.scale = scale;
        ctx.set_zoom_factor(scale.factor());
    }

    fn question(&mut self, ctx: &Context, danger: bool) {
        let ask = Ask {
            title: self.words.t("ui-gallery-question"),
            width: 640.0,
            refusal: Some(self.words.t("ui-gallery-refusal")),
            cancel: self.words.t("ui-cancel"),
            go: Some(self.words.t("ui-gallery-go")),
            danger,
        };
        let foot = dialog(ctx, (&self.theme, &self.words), &ask, |ui| {
            label(ui, &self.theme, &self.words.t("ui-gallery-text"));
            true
        });
        if foot != Foot::Stay {
            self.asks = None;
        }
    }

    fn show(&mut self, wanted: Wanted) {
        match wanted {
            Wanted::Question { danger } => self.asks = Some(danger),
            Wanted::Toast => self.toasts.tell(self.words.t("ui-gallery-toast"), self.clock.now().mono_ms),
            Wanted::Keyboard => self.keyboard.come_up(KeyboardUse::Always),
        }
    }
}

impl eframe::App for Gallery {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        if let Some(scale) = keys::scale(ctx, self.scale) {
            self.draw_at(ctx, scale);
        }
        if let Some(ms) = self.toasts.pass(self.clock.now().mono_ms) {
            ctx.request_repaint_after(std::time::Duration::from_millis(ms));
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.keyboard.show(ui.ctx(), &self.theme, &self.words);
        self.toasts.show(ui.ctx(), &self.theme, self.asks.is_some());
        let frame = Frame::new().fill(self.theme.card).inner_margin(Margin::symmetric(24, 12));
        Panel::top("bar").resizable(false).frame(frame).show(ui, |ui| self.bar(ui));
        let frame = Frame::new().fill(self.theme.bg).inner_margin(Margin::symmetric(24, 16));
        let shown = CentralPanel::default().frame(frame).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_M;
            let scroll = ScrollArea::vertical().auto_shrink(false);
            scroll.show(ui, |ui| self.parts.show(ui, &self.theme, &self.words)).inner
        });
        if let Some(wanted) = shown.inner {
            self.show(wanted);
        }
        if let Some(danger) = self.asks {
            self.question(&ui.ctx().clone(), danger);
        }
    }
}
