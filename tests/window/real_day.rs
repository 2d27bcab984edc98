//! A whole day through the window over a real station in this process: real pictures, files, keys and
//! archive, which the window then reviews.

use std::path::Path;
use std::sync::Arc;

use eframe::egui::Key;
use egui_kittest::Harness;
use invigil::camera;
use invigil::checklist;
use invigil::clock::{Clock, SystemClock};
use invigil::day::Stage;
use invigil::i18n::{Language, Message};
use invigil::point;
use invigil::station::client::LocalConnection;
use invigil::station::protocol::CopyState;
use invigil::station::{DataFolder, Pace, Station, StationConfig};
use invigil::ui::Link;

use crate::driver::{USUAL, Window};

const HEAD: &str = "Берёзкина Анна Сергеевна · руководитель ППЭ";
const TECHNICIAN: &str = "Орлов Пётр Андреевич · технический специалист";

fn start(folder: &Path, clock: &Arc<dyn Clock>) -> Station {
    let mut profile = point::demo();
    profile.cameras.retain(|camera| matches!(camera.source, point::Source::Pattern(_)));
    let config = StationConfig {
        data: DataFolder::open(folder).unwrap(),
        profile,
        profile_file: None,
        checklists: checklist::of_the_day(folder).unwrap(),
        clock: Arc::clone(clock),
        open_camera: Arc::new(camera::open),
        find_cameras: Arc::new(|_, _| Vec::new()),
        look_at_equipment: Arc::new(|| None),
        pace: Pace { compressed_ms: Some(20_000), trial_ms: 1_000, ..Pace::REAL },
        targets: Vec::new(),
    };
    Station::start(config).unwrap()
}

/// The first sign-in of a person, who chooses a PIN.
fn first_sign_in(window: &mut Window, person: &str) {
    window.until(person, |window| window.shows(person));
    window.press(person);
    window.digits("1234");
    window.press_id("ui-sign-in-next");
    window.digits("1234");
    window.press_id("ui-sign-in-go");
    window.until("signed in", |window| window.harness.state().model().signed_in().is_some());
}

/// Every step: run, confirmed, or let stand by the head where this computer can't pass it.
fn check(window: &mut Window) {
    window.press_when_ready("ui-check-start");
    loop {
        let any = ["ui-check-finish", "ui-step-confirm", "ui-step-run", "ui-step-waive"];
        window.until("a step", |window| any.iter().any(|id| window.can_press(id)));
        if window.can_press("ui-check-finish") {
            return window.press_id("ui-check-finish");
        } else if window.can_press("ui-step-confirm") {
            window.press_id("ui-step-confirm");
        } else if window.can_press("ui-step-run") {
            window.press_id("ui-step-run");
        } else {
            window.press_id("ui-step-waive");
            window.type_into("ui-waive-reason", "Проба");
            window.press_id("ui-waive-go");
            window.until_shown("ui-consent-title");
            window.head_consents();
        }
        window.until_idle();
    }
}

fn real_day(language: Language) {
    let folder = tempfile::tempdir().unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let station = start(folder.path(), &clock);
    let link = Link::Station(Box::new(LocalConnection::open(&station.handle())));
    let days = Some(folder.path().join("days"));
    let builder = Harness::builder().with_size(USUAL);
    let pictured = std::env::var_os("INVIGIL_PICTURES").is_some();
    let builder = if pictured { builder.wgpu() } else { builder };
    let tag = language.tag();
    let mut window = Window::over(builder, link, Arc::clone(&clock), language, days);

    first_sign_in(&mut window, HEAD);
    let leave = window.leave("Берёзкина Анна Сергеевна");
    window.press(&leave);
    first_sign_in(&mut window, TECHNICIAN);
    window.press_when_ready("ui-next-plan-go");

    window.until("a day", |window| window.harness.state().model().day().is_some());
    window.key(Key::F2);
    check(&mut window);
    window.key(Key::F3);
    window.press_when_ready("ui-cameras-start");
    window.until("frames of every camera", |window| {
        let view = window.harness.state().model().view.as_ref();
        view.is_some_and(|view| {
            view.live.cameras.len() == 2 && view.live.cameras.values().all(|c| c.frames > 45)
        })
    });
    window.picture(&format!("real-{tag}-cameras"));

    window.key(Key::F4);
    window.press_when_ready("ui-access-open");
    window.press("Аудитория 0003");
    window.press(if language == Language::Ru { "проверка" } else { "check" });
    window.type_into("ui-access-reason", "Проба");
    window.press_id("ui-access-sign");
    window.head_consents();
    window.press_when_ready("ui-access-close");
    window.type_into("ui-access-result", "Всё на месте");
    window.press_id("ui-access-close-go");
    window.until_idle();

    window.key(Key::F3);
    window.press_when_ready("ui-cameras-stop");
    window.press_id("ui-stop-handover");
    window.press_id("ui-stop-go");
    window.until_shown("ui-consent-title");
    window.head_consents();
    let stage = |window: &Window| window.harness.state().model().day().map(|day| day.stage);
    window.until("the stop", |window| stage(window) == Some(Stage::Stopped));

    window.key(Key::F5);
    window.press_when_ready("ui-close-seal");
    window.until("the archive", |window| stage(window) == Some(Stage::Closed));
    window.press_when_ready("ui-act-review");
    window.until_shown("ui-review-other");
    assert!(window.shows(&window.t("ui-review-valid")), "{:#?}", window.texts_shown());
    let told = Message::new("ui-review-timeline").with("accesses", 1_u32).with("unexplained", 0_u32);
    assert!(window.shows(&window.say(told)), "{:#?}", window.texts_shown());
    watch_it(&mut window, tag);
    let journal = window.harness.state().model().day().map_or(0, |day| day.records);
    let tab = window.say(Message::new("ui-review-journal").with("count", journal));
    window.press(&tab);
    window.picture(&format!("real-{tag}-journal"));

    window.key(Key::F5);
    let copy = folder.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    window.type_into("ui-close-folder", copy.to_str().unwrap());
    window.press_when_ready("ui-close-copy");
    window.until("the copy", |window| {
        let view = window.harness.state().model().view.as_ref();
        view.is_some_and(|view| view.live.copies.iter().any(|copy| copy.state == CopyState::Verified))
    });
    drop(window);
    station.handle().terminate();
    station.join().unwrap();
}

/// Both cameras' pictures, at the same second, to the end.
fn watch_it(window: &mut Window, tag: &str) {
    let whole = format!(": {}. ", window.t("ui-review-whole"));
    let times = move |window: &Window| -> Vec<String> {
        let said = window.texts_shown();
        let behind = said.iter().filter_map(|text| Some(text.split_once(&whole)?.1.get(..8)?.to_owned()));
        behind.filter(|time| time.starts_with(|first: char| first.is_ascii_digit())).collect()
    };
    window.until("the first pictures", |window| times(window).len() == 2);
    window.picture(&format!("real-{tag}-review"));
    let begin = times(window);
    window.press(&window.say(Message::new("ui-play-speed").with("times", "4")));
    window.press_id("ui-play-play");
    // One camera's video ends some frames before the other's.
    window.until("the end", |window| {
        let later = times(window).iter().any(|time| *time > begin[0]);
        later && window.can_press("ui-play-play")
    });
}

#[test]
fn a_real_day_in_russian() {
    real_day(Language::Ru);
}

#[test]
fn a_real_day_in_english() {
    real_day(Language::En);
}
