//! What the window's own work costs, frame by frame, without a display: for `tests/bench/run`, which builds it as
//! users do. A frame is what egui and the screens do, the tree for screen readers, and the triangles; what a
//! graphics card or its stand-in does is measured by `tests/bench/run window`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use eframe::egui::{
    Event as Input, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, pos2, vec2,
};
use egui_kittest::Harness;
use invigil::i18n::{Language, Message};
use invigil::journal::{Event, RequestMade, RequestResolved, RoomRange};
use invigil::point::Ailment;
use invigil::station::protocol::CameraInfo;
use serde_json::json;

use crate::driver::{USUAL, Window};
use crate::fake::{EXAM_MS, State};
use crate::walk::walk;

const CAMERAS: usize = 24;

/// Median, 99th percentile and worst, in microseconds.
fn told(times: &mut [Duration]) -> serde_json::Value {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_micros() as u64;
    json!({ "frames": times.len(), "p50_us": at(50), "p99_us": at(99), "max_us": at(100) })
}

fn print(name: &str, value: serde_json::Value) {
    println!("\n{}", json!({ "bench": name, "value": value }));
}

/// The largest that this process was and is, in MB.
fn megabytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.split("VmRSS:").nth(1)?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

/// A day in which much was written down by the afternoon.
fn long_day(state: &mut State) {
    let cameras: Vec<_> = state.view.point.cameras.iter().map(|camera| camera.id.clone()).collect();
    let room = || "0003".parse().unwrap();
    for number in 0..60_u32 {
        let opened = Event::AccessOpened {
            access: number + 1,
            person: "technician".parse().unwrap(),
            second: "point-head".parse().unwrap(),
            rooms: RoomRange { first: room(), last: room() },
            action: "angle".to_owned(),
            reason: "Камера повёрнута, ракурс не совпадает с утверждённым".to_owned(),
            time_from: "09:15".to_owned(),
        };
        state.happens(opened);
        let (result, time_to) = ("Ракурс возвращён".to_owned(), "09:20".to_owned());
        state.happens(Event::AccessClosed { access: number + 1, result, time_to });
    }
    for request in 100..200 {
        let (category, text) = ("printer".into(), "Принтер зажевал бумагу, нужна помощь до печати".into());
        let (due_ms, head_due_ms) = (EXAM_MS, EXAM_MS);
        let made = RequestMade { request, room: room(), category, text, due_ms, head_due_ms };
        state.happens(Event::RequestMade(made));
        let resolved = RequestResolved { request, text: "Заменили картридж".to_owned() };
        state.happens(Event::RequestResolved(resolved));
    }
    for number in 0..400_usize {
        let (camera, kind) = (cameras[number % cameras.len()].clone(), Ailment::Blurred);
        let (from_ms, to_ms) = (EXAM_MS + number as i64, EXAM_MS + 1_000 + number as i64);
        let still = None;
        state.happens(Event::PictureFinding { camera: camera.clone(), kind, from_ms, still });
        state.happens(Event::PictureRecovered { camera, kind, from_ms, to_ms });
    }
}

#[test]
#[ignore = "a benchmark: tests/bench/run frames"]
fn frames() {
    let mut window = Window::build(Harness::builder().with_size(USUAL), Language::Ru);
    {
        let mut state = window.fake.lock();
        for number in state.view.point.cameras.len()..CAMERAS {
            let id = format!("room-{number}").parse().unwrap();
            let (name, room) = (format!("Аудитория {number:04}"), "0001".parse().unwrap());
            state.view.point.cameras.push(CameraInfo { id, name, room, delivered: true });
        }
        state.tell();
    }
    window.frames = Some(Vec::new());
    let (mut slowest, mut all) = (Vec::new(), Vec::new());
    walk(&mut window, &mut |window, stop| {
        if stop == "check-begin" {
            long_day(&mut window.fake.lock());
        }
        window.steps(20);
        let times = window.frames.replace(Vec::new()).unwrap_or_default();
        let worst = times.iter().max().copied().unwrap_or_default();
        slowest.push((worst.as_micros() as u64, stop.to_owned()));
        all.extend(times);
    });
    slowest.sort_unstable_by(|one, other| other.cmp(one));
    slowest.truncate(5);
    print("frames", json!({ "all": told(&mut all), "slowest": slowest }));
}

/// Opens the archive that `INVIGIL_BENCH_ARCHIVE` names; gives the milliseconds until the first words stood there
/// and until the verdict did.
fn opened() -> (Window, u64, u64) {
    let folder = PathBuf::from(std::env::var_os("INVIGIL_BENCH_ARCHIVE").expect("an archive is named"));
    let begun = Instant::now();
    let mut window = Window::review_begun(Harness::builder().with_size(USUAL), folder, Language::Ru);
    window.frames = Some(Vec::new());
    let words = |window: &Window, id: &str| {
        let text = window.say(Message::new(id).with("records", 0_u32));
        let head = text.split(['0', ',']).next().unwrap_or_default().to_owned();
        window.shows(&head)
    };
    let is_there = |window: &Window| {
        ["ui-review-begun", "ui-review-begun-changed"].iter().any(|id| words(window, id))
            || window.shows(&window.t("ui-review-other"))
    };
    while !is_there(&window) {
        on_screen(&mut window);
    }
    let first = begun.elapsed().as_millis() as u64;
    let verdict = |window: &Window| window.shows(&window.t("ui-review-other"));
    while !verdict(&window) {
        on_screen(&mut window);
    }
    (window, first, begun.elapsed().as_millis() as u64)
}

/// A frame, and the time until a screen of 60 Hz shows the next: drawn without rest, the window would take a core
/// from what it waits for.
fn on_screen(window: &mut Window) {
    let begun = Instant::now();
    window.steps(1);
    std::thread::sleep(Duration::from_micros(16_667).saturating_sub(begun.elapsed()));
}

#[test]
#[ignore = "a benchmark: tests/bench/run log"]
fn first_words() {
    let (mut window, first, whole) = opened();
    let frames = told(&mut window.frames.take().unwrap());
    print("first_words", json!({ "first_ms": first, "whole_ms": whole, "frames": frames }));
}

#[test]
#[ignore = "a benchmark: tests/bench/run log"]
fn log() {
    let before = megabytes().unwrap_or_default();
    let (mut window, first, whole) = opened();
    let verifying = told(&mut window.frames.replace(Vec::new()).unwrap());
    let begin = window.say(Message::new("ui-review-journal").with("count", "")).trim_end().to_owned();
    let tab = window.texts_shown().into_iter().find(|text| text.starts_with(&begin)).expect("the journal");
    window.press(&tab);
    let held = megabytes().unwrap_or_default() - before;

    // To the table, then through it by wheel, and from page to page to its end.
    let row = |window: &Window| {
        let begin = window.say(Message::new("record-named").with("n", 0_u32).with("time", ""));
        let begin = begin.split('0').next().unwrap_or_default().to_owned();
        window.texts_shown().into_iter().find(|text| text.starts_with(&begin))
    };
    let first_row = row(&window).expect("the first row");
    window.focus(&first_row);
    window.frames = Some(Vec::new());
    let middle = pos2(USUAL[0] * 0.6, USUAL[1] * 0.7);
    window.harness.hover_at(middle);
    for turn in 0..600 {
        let far = if turn % 10 == 9 { 40_000.0 } else { 300.0 };
        let delta = vec2(0.0, -far);
        let (unit, phase, modifiers) = (MouseWheelUnit::Point, TouchPhase::Move, Modifiers::NONE);
        window.harness.event(Input::MouseWheel {
            unit,
            delta,
            phase,
            source: MouseWheelSource::Wheel,
            modifiers,
        });
        window.steps(1);
    }
    for _ in 0..200 {
        window.harness.key_press(Key::PageDown);
        window.steps(2);
    }
    let scrolled = told(&mut window.frames.replace(Vec::new()).unwrap());

    // A search while the table is looked at.
    let begun = Instant::now();
    window.type_into("ui-log-search", "9999");
    let found = window.say(Message::new("ui-log-found").with("count", ""));
    let found = found.trim_end().to_owned();
    while !window.texts_shown().iter().any(|text| text.starts_with(&found)) {
        window.steps(1);
        std::thread::yield_now();
    }
    let search_ms = begun.elapsed().as_millis() as u64;
    let searched = told(&mut window.frames.replace(Vec::new()).unwrap());
    print(
        "log",
        json!({
            "first_ms": first, "whole_ms": whole, "verifying": verifying, "megabytes": held,
            "scrolled": scrolled, "search_ms": search_ms, "searched": searched,
        }),
    );
}
