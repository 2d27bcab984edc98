//! The parts, a card a kind.

use eframe::egui::{ColorImage, Context, Sense, TextureHandle, TextureOptions, Ui, vec2};

use super::Wanted;
use crate::qr::Qr;
use crate::ui::theme::{self, Theme, Tone};
use crate::ui::widgets::{
    Banner, Line, Phase, PhaseState, PinPad, Secret, Sound, Tile, banner, big_button, block, card, chip,
    choice, columns, field, heading, hold_button, label, phase_bar, progress, qr_code, row, rule,
    secret_field, sign, state_line, tick, tile,
};
use crate::ui::words::Words;

const TONES: [Tone; 5] = [Tone::Idle, Tone::Accent, Tone::Ok, Tone::Warn, Tone::Bad];
const TILE: eframe::egui::Vec2 = vec2(300.0, 190.0);

/// What was typed, chosen and pressed in it.
pub struct Parts {
    picture: TextureHandle,
    qr: Option<Qr>,
    text: String,
    secret: Secret,
    chosen: Option<u8>,
    ticked: bool,
    pin: PinPad,
}

impl Parts {
    pub fn new(ctx: &Context) -> Self {
        let (width, height) = (160, 120);
        let pixel = |at: usize| {
            let (x, y) = (at % width, at / width);
            [(x + 60) as u8, (y + 80) as u8, if (x / 20 + y / 20) % 2 == 0 { 90 } else { 140 }]
        };
        let rgb: Vec<u8> = (0..width * height).flat_map(pixel).collect();
        let image = ColorImage::from_rgb([width, height], &rgb);
        Self {
            picture: ctx.load_texture("gallery", image, TextureOptions::LINEAR),
            qr: Qr::of("invigil"),
            text: String::new(),
            secret: Secret::default(),
            chosen: Some(0),
            ticked: true,
            pin: PinPad::default(),
        }
    }

    /// What was asked for by one of them.
    pub fn show(&mut self, ui: &mut Ui, theme: &Theme, words: &Words) -> Option<Wanted> {
        let mut wanted = None;
        let section = |ui: &mut Ui, id: &str, add: &mut dyn FnMut(&mut Ui)| {
            card(ui, theme, |ui| {
                heading(ui, theme, &words.t(id));
                add(ui);
            });
        };
        section(ui, "ui-gallery-buttons", &mut |ui| wanted = buttons(ui, theme, words).or(wanted));
        section(ui, "ui-gallery-states", &mut |ui| states(ui, theme, words));
        section(ui, "ui-gallery-banners", &mut |ui| banners(ui, theme, words));
        section(ui, "ui-gallery-fields", &mut |ui| self.fields(ui, theme, words));
        section(ui, "ui-gallery-tiles", &mut |ui| self.tiles(ui, theme, words));
        section(ui, "ui-gallery-day", &mut |ui| day(ui, theme, words));
        section(ui, "ui-gallery-codes", &mut |ui| self.codes(ui, theme, words));
        wanted
    }

    fn fields(&mut self, ui: &mut Ui, theme: &Theme, words: &Words) {
        let width = ui.available_width().min(640.0);
        field(ui, theme, &words.t("ui-help-search"), &mut self.text, width);
        secret_field(ui, theme, &words.t("ui-sign-in-pin"), &mut self.secret, width);
        let options = [(0, words.t("ui-screen-today")), (1, words.t("ui-screen-check"))];
        choice(ui, theme, &words.t("ui-gallery-choice"), &options, &mut self.chosen);
        tick(ui, theme, &words.t("ui-stop-handover"), &mut self.ticked);
    }

    fn tiles(&self, ui: &mut Ui, theme: &Theme, words: &Words) {
        let picture = Some((self.picture.id(), vec2(160.0, 120.0)));
        let (action, lost) = (words.t("ui-tile-enlarge"), words.t("ui-camera-lost"));
        let (records, waits) = (words.t("ui-camera-records"), words.t("ui-camera-waits"));
        let (heard, silent) = (words.t("ui-sound-works"), words.t("ui-sound-silent"));
        let sound = |tone, word, loudness| Some(Sound { tone, word, loudness });
        let trouble = || Some(("06:12", vec![words.t("ui-gallery-text")]));
        let late = words.t("ui-camera-late");
        let tiles = [
            (Tone::Ok, &records, picture, sound(Tone::Ok, &*heard, Some((0.4, 0.7))), None),
            (Tone::Warn, &late, picture, sound(Tone::Warn, &*silent, None), None),
            (Tone::Idle, &waits, None, None, None),
            (Tone::Bad, &lost, None, None, trouble()),
        ];
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(theme::GAP_M, theme::GAP_M);
            for (tone, state, picture, sound, trouble) in tiles {
                let (rect, _) = ui.allocate_exact_size(TILE, Sense::hover());
                let name = format!("{} {state}", sign(tone));
                let (action, detail) = (action.as_str(), "15 × 15");
                tile(
                    ui,
                    theme,
                    rect,
                    &Tile { name: &name, tone, state, detail, action, picture, sound, trouble },
                );
            }
        });
    }

    fn codes(&mut self, ui: &mut Ui, theme: &Theme, words: &Words) {
        columns(ui, 0.5, 460.0, |left, right| {
            let enter = words.t("ui-sign-in-go");
            if self.pin.show(left, theme, words, &enter) {
                self.pin.clear();
            }
            right.label(theme::code("K7QD-2M9X-RT4W-0FHE", theme::H1, theme.ink));
            if let Some(qr) = &self.qr {
                qr_code(right, qr, 220.0, &words.t("ui-paper-qr"));
            }
        });
    }
}

fn buttons(ui: &mut Ui, theme: &Theme, words: &Words) -> Option<Wanted> {
    let mut wanted = None;
    let go = words.t("ui-gallery-go");
    for enabled in [true, false] {
        ui.add_enabled_ui(enabled, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(theme::GAP_M, theme::GAP_M);
                let kinds = [
                    big_button(theme, &go).main(),
                    big_button(theme, &go).filled(),
                    big_button(theme, &go),
                    big_button(theme, &go).danger(),
                    big_button(theme, &go).selected(true),
                    big_button(theme, &go).selected(false),
                ];
                kinds.into_iter().for_each(|button| drop(ui.add(button)));
                hold_button(ui, theme, words, &go, 240.0);
            });
        });
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(theme::GAP_M, theme::GAP_M);
        let shows = [
            ("ui-gallery-show-question", Wanted::Question { danger: false }),
            ("ui-gallery-show-danger", Wanted::Question { danger: true }),
            ("ui-gallery-show-toast", Wanted::Toast),
            ("ui-gallery-show-keyboard", Wanted::Keyboard),
        ];
        for (id, shown) in shows {
            if ui.add(big_button(theme, &words.t(id))).clicked() {
                wanted = Some(shown);
            }
        }
    });
    wanted
}

fn states(ui: &mut Ui, theme: &Theme, words: &Words) {
    let word = words.t("ui-gallery-state");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(theme::GAP_M, theme::GAP_S);
        TONES.into_iter().for_each(|tone| drop(chip(ui, theme, tone, None, &word)));
    });
    for tone in TONES {
        ui.horizontal_wrapped(|ui| drop(state_line(ui, theme, tone, None, &word)));
    }
    let text = words.t("ui-gallery-text");
    let lines = [
        Line::plain(&word, theme::SMALL, theme.dim),
        Line::bold(&text, theme::H1, theme.ink),
        Line::bold(&text, theme::H2, theme.ink),
        Line::plain(&text, theme::TEXT, theme.ink),
        Line::plain(&text, theme::SMALL, theme.dim),
    ];
    block(ui, &lines);
    rule(ui, theme);
    row(ui, theme::ROW, |ui| label(ui, theme, &word), |ui| label(ui, theme, &text));
}

fn banners(ui: &mut Ui, theme: &Theme, words: &Words) {
    let (head, body, button) =
        (words.t("ui-gallery-state"), words.t("ui-gallery-text"), words.t("ui-understood"));
    for tone in TONES {
        let button = (tone >= Tone::Warn).then_some(button.as_str());
        banner(ui, theme, &Banner { tone, head: &head, body: &body, button });
    }
}

fn day(ui: &mut Ui, theme: &Theme, words: &Words) {
    let phase = |id: &str, time: &str, state| Phase { name: words.t(id), time: time.to_owned(), state };
    let phases = [
        phase("ui-screen-check", "08:00", PhaseState::Past),
        phase("ui-screen-cameras", "09:00", PhaseState::Now),
        phase("ui-screen-close", "15:30", PhaseState::Ahead),
    ];
    phase_bar(ui, theme, &phases);
    for done in [0, 40, 100] {
        progress(ui, theme, done, 100, &words.t("ui-work-seal"));
    }
}
