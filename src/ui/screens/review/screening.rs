//! The recordings at one moment of the day, up to four cameras beside each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{
    ColorImage, Context, Key, Modifiers, Rect, Sense, TextureHandle, TextureOptions, Ui, vec2,
};

use super::timeline;
use crate::clock::Clock;
use crate::i18n::Message;
use crate::playback::{Direction, Footage, PlayError, Player, Seen, Shown, Speed};
use crate::point::CameraId;
use crate::review::Reviewed;
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Big, Tile, big_button, card, grid, label, tile};

/// More pictures at once are too small to see what somebody does.
const MOST_CHOSEN: usize = 4;
/// Least and most height of the pictures, in points.
const LEAST_HEIGHT: f32 = 240.0;
const MOST_HEIGHT: f32 = 560.0;
/// A jump by hand.
const JUMP_MS: i64 = 10_000;

/// Cameras that are looked at together.
pub struct Screening {
    player: Player,
    cameras: Vec<CameraId>,
    /// In the order in which they were chosen.
    chosen: Vec<CameraId>,
    /// What is drawn of each, and the UTC ms at which it was taken.
    textures: BTreeMap<CameraId, (i64, TextureHandle)>,
    seen: Seen,
}

impl Screening {
    /// Paused where something was changed, else at the first pictures; none without any video.
    pub fn start(reviewed: &Reviewed, clock: Arc<dyn Clock>, ctx: &Context) -> Option<Self> {
        let footage = Footage::of(&reviewed.folder, &reviewed.report);
        let changed = reviewed.report.cameras.iter().flat_map(|camera| &camera.changed.spans);
        let changed = changed.map(|span| span.from_ms).min();
        let begun = footage.iter().filter_map(|footage| Some(footage.span()?.0));
        let first = begun.clone().min()?;
        // Cameras that were started together begin one after the other.
        let together = begun.filter(|begun_ms| begun_ms - first <= JUMP_MS).max().unwrap_or(first);
        let cameras: Vec<CameraId> = footage.iter().map(|footage| footage.camera.clone()).collect();
        let ctx = ctx.clone();
        let wake = Box::new(move || ctx.request_repaint());
        let player = Player::start(footage, changed.unwrap_or(together), clock, wake);
        let player = player.inspect_err(|error| tracing::error!(%error, "no player")).ok()?;
        let chosen = cameras.iter().take(MOST_CHOSEN).cloned().collect();
        let seen = player.seen();
        Some(Self { player, cameras, chosen, textures: BTreeMap::new(), seen })
    }

    /// The moment that is shown, or will be as soon as its pictures are there; UTC ms.
    pub fn at_ms(&self) -> i64 {
        self.player.bound_for()
    }

    /// Plays, or pauses.
    pub fn toggle(&self) {
        self.player.play(!self.seen.plays);
    }

    fn jump_by(&self, by_ms: i64) {
        self.player.jump(self.at_ms().saturating_add(by_ms));
    }

    pub fn jump(&self, at_ms: i64) {
        self.player.jump(at_ms);
    }

    pub fn pause(&self) {
        if self.seen.plays {
            self.player.play(false);
        }
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed) {
        self.take(ui.ctx());
        self.keys(ui);
        card(ui, cx.theme, |ui| {
            self.buttons(ui, cx, reviewed);
            self.pictures(ui, cx, reviewed);
            self.choice(ui, cx, reviewed);
        });
    }

    /// Takes in what the player shows by now.
    fn take(&mut self, ctx: &Context) {
        self.seen = self.player.seen();
        let textures = &mut self.textures;
        textures.retain(|camera, _| self.seen.cameras.iter().any(|shown| shown.camera == *camera));
        for Shown { camera, picture, .. } in &self.seen.cameras {
            let Some((taken_ms, picture)) = picture else {
                textures.remove(camera);
                continue;
            };
            let size = [picture.width as usize, picture.height as usize];
            let known = textures.get(camera);
            if known.is_some_and(|(at_ms, texture)| at_ms == taken_ms && texture.size() == size) {
                continue;
            }
            let image = ColorImage::from_rgb(size, &picture.rgb);
            match textures.get_mut(camera) {
                Some((at_ms, texture)) => {
                    *at_ms = *taken_ms;
                    texture.set(image, TextureOptions::LINEAR);
                }
                None => {
                    let texture = ctx.load_texture(camera.as_str(), image, TextureOptions::LINEAR);
                    textures.insert(camera.clone(), (*taken_ms, texture));
                }
            }
        }
    }

    /// As players everywhere have them; not while something else than the timeline has the keyboard.
    fn keys(&self, ui: &Ui) {
        let focused = ui.memory(|memory| memory.focused());
        if focused.is_some_and(|id| id != timeline::id()) {
            return;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        // The timeline is pressed with it, and tells so.
        if focused.is_none() && pressed(Key::Space) {
            self.toggle();
        }
        for (key, direction) in [(Key::Comma, Direction::Back), (Key::Period, Direction::Ahead)] {
            if pressed(key) {
                self.player.step(direction);
            }
        }
        for (key, by_ms) in [(Key::J, -JUMP_MS), (Key::L, JUMP_MS)] {
            if pressed(key) {
                self.jump_by(by_ms);
            }
        }
    }

    fn pictures(&mut self, ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed) {
        // Scrolled to, they fill the window with the buttons above them; scrolling changes nothing of them.
        let height = ui.clip_rect().height() - 3.0 * theme::ROW;
        let area = vec2(ui.available_width(), height.clamp(LEAST_HEIGHT, MOST_HEIGHT));
        let (whole, _) = ui.allocate_exact_size(area, Sense::hover());
        let (columns, size) = grid(self.chosen.len(), area, theme::GAP_S);
        let width = (size.x.min(size.y * 16.0 / 9.0) * ui.pixels_per_point()) as u32;
        self.player.look(&self.chosen, width);
        let mut alone = None;
        for (index, camera) in self.chosen.iter().enumerate() {
            let step = size + vec2(theme::GAP_S, theme::GAP_S);
            let at = vec2((index % columns) as f32 * step.x, (index / columns) as f32 * step.y);
            let rect = Rect::from_min_size(whole.min + at, size);
            if self.one(ui, cx, reviewed, camera, rect) {
                alone = Some(camera.clone());
            }
        }
        if let Some(camera) = alone {
            let all = self.chosen.len() == 1;
            self.chosen =
                if all { self.cameras.iter().take(MOST_CHOSEN).cloned().collect() } else { vec![camera] };
        }
    }

    /// True when it was pressed.
    fn one(&self, ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed, camera: &CameraId, rect: Rect) -> bool {
        let shown = self.seen.cameras.iter().find(|shown| shown.camera == *camera);
        let whole = (Tone::Ok, "ui-review-whole", None);
        let (tone, state, trouble) = shown.map_or(whole, |shown| match (&shown.trouble, &shown.picture) {
            // Nobody changed it: it can't be shown here.
            (Some(PlayError::Damaged), _) if shown.intact => {
                (Tone::Warn, "ui-review-whole", Some("ui-play-not-shown"))
            }
            (Some(PlayError::Damaged), _) => (Tone::Bad, "ui-review-changed", Some("ui-play-damaged")),
            (Some(PlayError::Unreadable(_)), _) => {
                (Tone::Bad, "ui-review-missing", Some("ui-play-unreadable"))
            }
            (None, None) => (Tone::Warn, "ui-review-missing", Some("ui-play-none")),
            (None, Some(_)) if shown.intact => whole,
            (None, Some(_)) => (Tone::Bad, "ui-play-changed", None),
        });
        let trouble = trouble.map(|id| cx.t(id));
        let taken = shown.and_then(|shown| Some(shown.picture.as_ref()?.0));
        let taken = taken.map(|at_ms| reviewed.lines.time(at_ms)).unwrap_or_default();
        let drawn = self.textures.get(camera).map(|(_, texture)| {
            let [width, height] = texture.size();
            (texture.id(), vec2(width as f32, height as f32))
        });
        let words = Tile {
            name: &reviewed.camera_name(camera),
            tone,
            state: &cx.t(state),
            detail: &taken,
            action: &cx.t(if self.chosen.len() == 1 { "ui-play-all" } else { "ui-play-alone" }),
            picture: drawn,
            sound: None,
            trouble: trouble.as_deref().map(|text| (text, Vec::new())),
        };
        tile(ui, cx.theme, rect, &words).clicked()
    }

    fn buttons(&self, ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed) {
        let plays = self.seen.plays;
        ui.horizontal_wrapped(|ui| {
            if ui.add(button(cx, "−10", &cx.t("ui-play-earlier"))).clicked() {
                self.jump_by(-JUMP_MS);
            }
            if ui.add(button(cx, "◀", &cx.t("ui-play-before"))).clicked() {
                self.player.step(Direction::Back);
            }
            let text = cx.t(if plays { "ui-play-pause" } else { "ui-play-play" });
            if ui.add(big_button(cx.theme, &text).filled().height(theme::ROW).min_width(150.0)).clicked() {
                self.toggle();
            }
            if ui.add(button(cx, "▶", &cx.t("ui-play-next"))).clicked() {
                self.player.step(Direction::Ahead);
            }
            if ui.add(button(cx, "+10", &cx.t("ui-play-later"))).clicked() {
                self.jump_by(JUMP_MS);
            }
            for speed in Speed::ALL {
                let text = speed_text(speed);
                let name = cx.say(&Message::new("ui-play-speed").with("times", text.trim_end_matches('×')));
                if ui.add(button(cx, &text, &name).selected(self.seen.speed == speed)).clicked() {
                    self.player.set_speed(speed);
                }
            }
            let time = reviewed.lines.time(self.seen.at_ms);
            ui.label(theme::strong(time, theme::CLOCK, cx.theme.ink));
        });
    }

    /// Which cameras are shown, where there are more than fit.
    fn choice(&mut self, ui: &mut Ui, cx: &Cx<'_>, reviewed: &Reviewed) {
        if self.cameras.len() <= 1 {
            return;
        }
        label(ui, cx.theme, &cx.say(&Message::new("ui-play-choose").with("count", MOST_CHOSEN)));
        ui.horizontal_wrapped(|ui| {
            for camera in &self.cameras {
                let chosen = self.chosen.contains(camera);
                let name = reviewed.camera_name(camera);
                let button = big_button(cx.theme, &name).selected(chosen).height(theme::ROW);
                if !ui.add(button.text_size(theme::TEXT)).clicked() {
                    continue;
                }
                if !chosen {
                    self.chosen.push(camera.clone());
                    let over = self.chosen.len().saturating_sub(MOST_CHOSEN);
                    self.chosen.drain(..over);
                } else if self.chosen.len() > 1 {
                    self.chosen.retain(|other| other != camera);
                }
            }
        });
    }
}

fn button<'a>(cx: &'a Cx<'_>, text: &'a str, name: &'a str) -> Big<'a> {
    big_button(cx.theme, text).named(name).height(theme::ROW).narrow()
}

/// `½×`, `1×`, `16×`.
fn speed_text(speed: Speed) -> String {
    match speed.halves() {
        1 => "½×".to_owned(),
        halves => format!("{}×", halves / 2),
    }
}
