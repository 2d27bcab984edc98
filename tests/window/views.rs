//! What ails a picture, and how a camera's view is approved.

use eframe::egui::Key;
use invigil::checklist::{Bilingual, CheckKind, StepKind};
use invigil::i18n::{Language, Message};
use invigil::journal::Event;
use invigil::point::{Ailment, CameraId};
use invigil::station::protocol::Command;

use crate::driver::Window;

#[test]
fn what_ails_a_picture_is_told_with_what_to_do_until_it_is_over() {
    let mut window = Window::open(Language::En);
    window.begin_recording();
    let camera: CameraId = "room-0004".parse().unwrap();
    let (kind, from_ms) =
        (Ailment::Blurred, window.fake.lock().view.day.as_ref().unwrap().plan.exam_start_ms);
    window.fake.lock().happens(Event::PictureFinding { camera: camera.clone(), kind, from_ms, still: None });
    window.settle();
    assert!(window.shows("Аудитория 0004: the picture is blurred"), "{:#?}", window.texts_shown());
    assert!(window.shows("Wipe the lens with a soft cloth. If that does not help, correct the focus."));
    assert!(window.texts_shown().iter().any(|text| text.starts_with("Аудитория 0004: Blurred")));
    let to_ms = from_ms + 60_000;
    window.fake.lock().happens(Event::PictureRecovered { camera, kind, from_ms, to_ms });
    window.settle();
    assert!(!window.shows("Аудитория 0004: the picture is blurred"));
}

#[test]
fn every_camera_s_view_is_approved_beside_its_reference() {
    let mut window = Window::open(Language::En);
    let text = |text: &str| Bilingual { ru: text.into(), en: text.into() };
    {
        let mut fake = window.fake.lock();
        let steps = &mut fake.lists().main.steps;
        steps.truncate(1);
        steps[0].kind = StepKind::Automatic;
        steps[0].check = Some(CheckKind::References);
        steps[0].title = text("Reference view of the cameras");
    }
    window.begin_day();
    window.press_id("ui-next-check-go");
    window.press_id("ui-check-start");
    let cameras: Vec<CameraId> =
        window.fake.lock().view.point.cameras.iter().map(|camera| camera.id.clone()).collect();
    for (at, camera) in cameras.iter().enumerate() {
        window.until("the live picture is there", |window| window.can_press("ui-reference-approve"));
        assert!(window.shows(&window.t("ui-reference-none")));
        window.picture("references");
        window.press_id("ui-reference-approve");
        let count = Message::new("ui-reference-count").with("approved", at + 1).with("of", cameras.len());
        let count = window.say(count);
        window.settle();
        assert!(window.shows(&count), "{at} {:#?} {:?}", window.texts_shown(), window.fake.lock().asked);
        let asked = window.fake.lock().asked.clone();
        assert!(asked.contains(&Command::ApproveReference { camera: camera.clone() }));
        let watched = Command::Watch { cameras: vec![camera.clone()], width: 480, enlarged: None };
        assert!(asked.contains(&watched), "one picture is asked for, not all");
        window.press_id("ui-reference-next");
    }
    window.press_id("ui-step-run");
    window.press_id("ui-check-finish");
}

#[test]
fn a_camera_is_enlarged_and_left_again_by_mouse_and_by_keyboard() {
    for language in [Language::Ru, Language::En] {
        let mut window = Window::open(language);
        window.begin_recording();
        let looks = |window: &Window| {
            let asked = window.fake.lock().asked.clone();
            let watched = asked.into_iter().rev().find_map(|command| match command {
                Command::Watch { cameras, width, enlarged } => Some((cameras, width, enlarged)),
                _ => None,
            });
            watched.unwrap()
        };
        let tile = |window: &Window| {
            let (name, action) = ("Аудитория 0004: ", window.t("ui-tile-enlarge"));
            let tile = |text: &String| text.starts_with(name) && text.ends_with(&action);
            window.texts_shown().into_iter().find(tile)
        };
        let large = |window: &Window| {
            let tile = |text: &String| text.starts_with("Аудитория 0004: ") && text.contains("640 × 480");
            window.texts_shown().into_iter().find(tile)
        };
        let camera: CameraId = "room-0004".parse().unwrap();
        let all = looks(&window);
        assert_eq!((all.0.len(), &all.2), (6, &None));
        // A mouse presses the tile, then the button.
        let name = tile(&window).unwrap();
        window.press(&name);
        let (cameras, width, enlarged) = looks(&window);
        assert_eq!((cameras, enlarged), (vec![camera.clone()], Some(camera.clone())));
        assert!(width > 2 * all.1, "{width}, of a tile {}", all.1);
        assert_eq!(tile(&window), None);
        let said = large(&window).unwrap();
        assert!(said.contains(&window.t("ui-camera-records")) && !window.shows("Аудитория 0003:"), "{said}");
        window.picture(if language == Language::Ru { "enlarged-ru" } else { "enlarged-en" });
        window.press_id("ui-cameras-all");
        assert_eq!(looks(&window), all);
        // The keyboard is at the tile that was left; it goes in with Enter and out with Esc, twice.
        for _ in 0..2 {
            window.key(Key::Enter);
            assert_eq!(looks(&window).2, Some(camera.clone()));
            window.key(Key::Escape);
            assert_eq!(looks(&window), all);
        }
        // Another screen and back: all are seen again, and a question is left before the picture is.
        window.key(Key::Enter);
        window.press_id("ui-cameras-stop");
        window.key(Key::Escape);
        assert_eq!(looks(&window).2, Some(camera.clone()), "Esc left the question alone");
        window.key(Key::Home);
        assert!(looks(&window).0.is_empty());
        window.key(Key::F3);
        assert_eq!(looks(&window), all);
    }
}

#[test]
fn before_a_day_the_cameras_are_seen_and_can_not_be_started() {
    let mut window = Window::open(Language::En);
    window.sign_in();
    window.key(Key::F3);
    assert!(window.shows(&window.t("ui-cameras-no-day")), "{:#?}", window.texts_shown());
    assert!(!window.can_press("ui-cameras-start"));
    assert!(window.texts_shown().iter().any(|text| text.starts_with("Аудитория 0004: Waiting")));
    let asked = window.fake.lock().asked.clone();
    let all = window.fake.lock().view.point.cameras.len();
    let watched = |asked: &Command| matches!(asked, Command::Watch { cameras, .. } if cameras.len() == all);
    assert!(asked.iter().any(watched), "{asked:?}");
    window.picture("cameras-no-day");
}
