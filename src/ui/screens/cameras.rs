//! The cameras as they are now, how each does, and the start and stop of the recording.

use eframe::egui::{Rect, Response, Sense, Ui, vec2};

use crate::day::{CameraDay, CameraState, Day, Outage};
use crate::i18n::Message;
use crate::point::CameraId;
use crate::station::protocol::{CameraInfo, CameraLive, Command, SoundLive, View};
use crate::ui::bar;
use crate::ui::dialogs::{Dialog, ReplaceSource, StopRecording, lost};
use crate::ui::line::Looks;
use crate::ui::model::Cx;
use crate::ui::outage_words;
use crate::ui::pictures::Pictures;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Sound, Tile, big_button, chip, grid, label, row, tile, title};
use crate::ui::words::timer;

/// So many new cameras are shown; the pictures need the room.
const MOST_SPARES: usize = 2;

/// The station makes the pictures this wide at most, of a tile and of the camera that is enlarged.
const MOST_TILE: u32 = 640;
const MOST_ENLARGED: u32 = 1_280;

#[derive(Default)]
pub struct Cameras {
    /// The one whose picture has all the room.
    enlarged: Option<CameraId>,
    /// Whose tile the keyboard goes back to.
    left: Option<CameraId>,
    /// How wide a tile was drawn last, or would have been, and the enlarged picture, in points.
    tile_width: f32,
    enlarged_width: f32,
}

impl Cameras {
    /// The pictures that it needs, of `cameras`.
    pub fn looks_at(&self, cameras: &[CameraInfo]) -> Looks {
        // In steps, so that the station is not asked anew with every pixel of a resize.
        let steps = |width: f32, most: u32| ((width / 80.0).ceil() as u32 * 80).clamp(160, most);
        match cameras.iter().find(|camera| Some(&camera.id) == self.enlarged.as_ref()) {
            Some(camera) => Looks {
                cameras: vec![camera.id.clone()],
                width: steps(self.enlarged_width, MOST_ENLARGED),
                enlarged: Some(camera.id.clone()),
            },
            None => Looks {
                cameras: cameras.iter().map(|camera| camera.id.clone()).collect(),
                width: steps(self.tile_width, MOST_TILE),
                enlarged: None,
            },
        }
    }

    pub fn is_enlarged(&self) -> bool {
        self.enlarged.is_some()
    }

    pub fn show_all(&mut self) {
        if let Some(camera) = self.enlarged.take() {
            self.left = Some(camera);
        }
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, pictures: &Pictures) {
        let Some(view) = &cx.model.view else { return };
        let name = cx.t("ui-screen-cameras");
        // The forecast is a long line.
        if ui.available_width() < theme::NARROW_BELOW - theme::RAIL_WIDE - 100.0 {
            title(ui, cx.theme, &name);
            ui.horizontal_wrapped(|ui| chips(ui, cx, view));
        } else {
            row(ui, 40.0, |ui| chips(ui, cx, view), |ui| title(ui, cx.theme, &name));
        }
        let day = view.day.as_ref();
        if day.is_none() {
            label(ui, cx.theme, &cx.t("ui-cameras-no-day"));
        }
        let rows = 1 + view.live.plugged.len().min(MOST_SPARES);
        let area = vec2(ui.available_width(), (ui.available_height() - 76.0 * rows as f32).max(200.0));
        let cameras = &view.point.cameras;
        let (columns, size) = grid(cameras.len(), area, theme::GAP_M);
        let high = cameras.len().div_ceil(columns) as f32 * (size.y + theme::GAP_M) - theme::GAP_M;
        let high = if self.enlarged.is_some() { area.y } else { area.y.max(high) };
        let (whole, _) = ui.allocate_exact_size(vec2(area.x, high), Sense::hover());
        self.tile_width = size.x;
        // A picture is hardly wider than 16:9.
        self.enlarged_width = area.x.min(area.y * 16.0 / 9.0);
        let enlarged = cameras.iter().find(|camera| Some(&camera.id) == self.enlarged.as_ref());
        if let Some(camera) = enlarged {
            if one(ui, cx, view, day, camera, (whole, true), pictures).clicked() {
                self.show_all();
            }
        } else {
            for (index, camera) in cameras.iter().enumerate() {
                let step = size + vec2(theme::GAP_M, theme::GAP_M);
                let at = vec2((index % columns) as f32 * step.x, (index / columns) as f32 * step.y);
                let rect = Rect::from_min_size(whole.min + at, size);
                let response = one(ui, cx, view, day, camera, (rect, false), pictures);
                if self.left.take_if(|left| *left == camera.id).is_some() {
                    response.request_focus();
                }
                if response.clicked() {
                    self.enlarged = Some(camera.id.clone());
                }
            }
        }
        spares(ui, cx, view);
        let Some(day) = day else {
            let text = cx.t("ui-cameras-all");
            if enlarged.is_some() && ui.add(big_button(cx.theme, &text)).clicked() {
                self.show_all();
            }
            return;
        };
        if buttons(ui, cx, day, enlarged.is_some()) {
            self.show_all();
        }
    }
}

fn chips(ui: &mut Ui, cx: &Cx<'_>, view: &View) {
    let Some(day) = &view.day else { return };
    let (works, of) = bar::recording(day);
    if of > 0 {
        let tone = if works < of { Tone::Bad } else { Tone::Ok };
        let text = Message::new("ui-cameras-record").with("works", works).with("of", of);
        chip(ui, cx.theme, tone, None, &cx.say(&text));
    }
    if let Some((tone, text)) = bar::disk_chip(cx.model, view) {
        let text = bar::disk_forecast(cx.model, view).unwrap_or(text);
        chip(ui, cx.theme, tone, None, &text);
    }
}

/// One camera, in all the room if it is `enlarged`.
fn one(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &View,
    day: Option<&Day>,
    camera: &CameraInfo,
    (rect, enlarged): (Rect, bool),
    pictures: &Pictures,
) -> Response {
    let nothing = CameraDay::default();
    let state = day.and_then(|day| day.cameras.get(&camera.id)).unwrap_or(&nothing);
    let live = view.live.cameras.get(&camera.id);
    let outage = day.and_then(|day| day.outage_of(&camera.id));
    let (tone, word) = standing(cx, state, outage, live);
    let detail = match cx.model.starts_at(camera) {
        Some(at_ms) => cx.say(&Message::new("ui-tile-starts").with("time", cx.model.clock(at_ms))),
        None => detail(cx, state, outage, live),
    };
    let detail = match live.filter(|live| enlarged && live.frames_per_second_milli > 0) {
        Some(live) => in_full(cx, detail, live),
        None => detail,
    };
    let action = cx.t(if enlarged { "ui-cameras-all" } else { "ui-tile-enlarge" });
    let lines = day.and_then(|day| trouble(cx, day, state, outage, live));
    let sound = live.and_then(|live| live.sound).map(|sound| sounds(&sound));
    let sound = sound.map(|(tone, word, loudness)| (tone, cx.t(word), loudness));
    let shown = Tile {
        name: &camera.name,
        tone,
        state: &word,
        detail: &detail,
        action: &action,
        picture: pictures.get(&camera.id),
        sound: sound.as_ref().map(|(tone, word, loudness)| Sound { tone: *tone, word, loudness: *loudness }),
        trouble: lines.as_ref().map(|(large, lines)| (large.as_str(), lines.clone())),
    };
    tile(ui, cx.theme, rect, &shown)
}

/// A camera that records gives frames more often than this.
const LATE_MS: u64 = 2_000;

/// How long its frames have been late, while nobody calls it lost yet.
fn late_ms(state: &CameraDay, live: Option<&CameraLive>) -> Option<u64> {
    let records = state.recording_since_ms.is_some();
    live.map(|live| live.silent_ms).filter(|silent_ms| records && *silent_ms >= LATE_MS)
}

fn standing(
    cx: &Cx<'_>,
    state: &CameraDay,
    outage: Option<&Outage>,
    live: Option<&CameraLive>,
) -> (Tone, String) {
    let (tone, id) = match (&state.state, state.recording_since_ms) {
        (CameraState::Lost { .. }, _) => (Tone::Bad, "ui-camera-lost"),
        (_, Some(_)) if outage.is_some() => (Tone::Bad, "ui-camera-unwritten"),
        (_, Some(_)) if late_ms(state, live).is_some() => (Tone::Warn, "ui-camera-late"),
        (_, Some(_)) => match state.ailments.keys().next() {
            // It records all the same: what ails the picture counts more.
            Some(ailment) => {
                let word = Message::new("ui-camera-ailment").with("kind", ailment.id());
                return (Tone::Warn, cx.say(&word));
            }
            None => (Tone::Ok, "ui-camera-records"),
        },
        (CameraState::Stopped, None) => (Tone::Idle, "ui-camera-stopped"),
        (_, None) => (Tone::Idle, "ui-camera-waits"),
    };
    (tone, cx.t(id))
}

/// The quietest that the meter shows.
const METER_DBFS: f32 = -60.0;

/// How its sound stands, and how loud it is: mean and peak, 0 to 1.
fn sounds(sound: &SoundLive) -> (Tone, &'static str, Option<(f32, f32)>) {
    let share = |dbfs: i16| (1.0 - f32::from(dbfs) / METER_DBFS).clamp(0.0, 1.0);
    let loudness = sound.rms_dbfs.zip(sound.peak_dbfs).map(|(mean, peak)| (share(mean), share(peak)));
    match (sound.works, sound.silent) {
        (false, _) => (Tone::Bad, "ui-sound-lost", None),
        (true, true) => (Tone::Warn, "ui-sound-silent", loudness),
        (true, false) => (Tone::Ok, "ui-sound-works", loudness),
    }
}

/// How long it records, and whether anything is missing.
fn detail(cx: &Cx<'_>, state: &CameraDay, outage: Option<&Outage>, live: Option<&CameraLive>) -> String {
    if let CameraState::Lost { since_ms, .. } = state.state {
        return cx.say(&Message::new("ui-tile-lost").with("since", cx.model.clock(since_ms)));
    }
    if let Some(outage) = outage {
        return cx.say(&Message::new("ui-tile-lost").with("since", cx.model.clock(outage.since_ms)));
    }
    if let Some(late_ms) = late_ms(state, live) {
        return cx.say(&Message::new("ui-tile-late").with("seconds", late_ms / 1000));
    }
    let Some(since) = state.recording_since_ms else { return String::new() };
    let lasted = cx.model.words.hours(cx.model.now.utc_ms - since);
    if state.gaps > 0 {
        let gaps = Message::new("ui-tile-gaps")
            .with("count", state.gaps)
            .with("seconds", state.gap_ms.div_ceil(1000));
        return format!("{lasted} · {}", cx.say(&gaps));
    }
    let rate = rate(cx, live.map_or(0, |live| live.frames_per_second_milli));
    if state.reference.is_none() {
        // Nobody said how it should see the room: that it was moved can't be noticed.
        return format!("{lasted} · {} · {rate}", cx.t("ui-tile-no-reference"));
    }
    format!("{lasted} · {rate}")
}

fn rate(cx: &Cx<'_>, milli: u32) -> String {
    cx.say(&Message::new("ui-tile-rate").with("rate", cx.model.words.thousandths(milli)))
}

/// The detail with the size and the rate of the frames, where there is room for them.
fn in_full(cx: &Cx<'_>, detail: String, live: &CameraLive) -> String {
    let size = format!("{} × {}", live.width, live.height);
    let rate = rate(cx, live.frames_per_second_milli);
    let known = detail.contains(&rate);
    [Some(detail), Some(size), (!known).then_some(rate)]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The outage's timer against the tolerance, in place of the picture.
fn trouble(
    cx: &Cx<'_>,
    day: &Day,
    state: &CameraDay,
    outage: Option<&Outage>,
    live: Option<&CameraLive>,
) -> Option<(String, Vec<String>)> {
    let lost = match &state.state {
        CameraState::Lost { since_ms, cause } => Some((*since_ms, cause)),
        _ => None,
    };
    let Some(outage) = outage else {
        let (since_ms, cause) = lost?;
        return Some((
            timer(cx.model.now.utc_ms.saturating_sub(since_ms).max(0) as u64),
            vec![cx.say(cause)],
        ));
    };
    let mut lines = outage_words::against_tolerance(cx.model, day, &outage.camera);
    if let Some(retry) = live.and_then(|live| live.retry_in_ms) {
        lines.push(cx.say(&Message::new("ui-tile-retry").with("seconds", retry.div_ceil(1000))));
    }
    lines.push(cx.say(lost.map_or(&outage.cause, |(_, cause)| cause)));
    Some((timer(outage.lost_ms(cx.model.now.utc_ms)), lines))
}

/// Cameras that were plugged in, and the way to use one.
fn spares(ui: &mut Ui, cx: &mut Cx<'_>, view: &View) {
    let theme = cx.theme;
    let can_replace = !cx.model.busy && !lost(cx.model).is_empty();
    for plugged in view.live.plugged.iter().take(MOST_SPARES) {
        let offer = plugged.formats.first().or(plugged.problem.as_ref()).unwrap_or(&plugged.bus);
        let name =
            Message::new("ui-spare").with("name", plugged.name.as_str()).with("detail", offer.as_str());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(theme::GAP_L, theme::GAP_S);
            let text = cx.t("ui-spare-use");
            if ui.add_enabled(can_replace, big_button(theme, &text)).clicked() {
                cx.open(Dialog::ReplaceSource(ReplaceSource::new(plugged.clone(), cx.model)));
            }
            label(ui, theme, &cx.say(&name));
        });
    }
}

/// Gives whether all cameras are wanted again, of which one is `enlarged`.
fn buttons(ui: &mut Ui, cx: &mut Cx<'_>, day: &Day, enlarged: bool) -> bool {
    let theme = cx.theme;
    let free = !cx.model.busy;
    let records = day.recording().next().is_some();
    let idle = day.cameras.values().any(|camera| camera.recording_since_ms.is_none());
    let open = day.stage < crate::day::Stage::Closed;
    let mut all = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(theme::GAP_L, theme::GAP_S);
        if enlarged {
            all = ui.add(big_button(theme, &cx.t("ui-cameras-all"))).clicked();
        }
        if idle && open {
            let text = cx.t("ui-cameras-start");
            let button = big_button(theme, &text);
            let button =
                if records || day.stage == crate::day::Stage::Stopped { button } else { button.filled() };
            if ui.add_enabled(free, button).clicked() {
                cx.ask(Command::StartRecording { cameras: Vec::new() });
            }
        }
        if records {
            let text = cx.t("ui-cameras-stop");
            if ui.add_enabled(free, big_button(theme, &text).danger()).clicked() {
                cx.open(Dialog::StopRecording(StopRecording::new(cx.model, day)));
            }
        }
    });
    all
}
