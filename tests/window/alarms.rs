//! Alarms that are heard, and what is left of them when they are over.

use invigil::i18n::{Language, Message};
use invigil::journal::{Event, OutageLevel};
use invigil::point::CameraId;
use invigil::ui::siren::Loudness;

use crate::driver::Window;

fn entrance() -> CameraId {
    "entrance".parse().unwrap()
}

fn happens(window: &mut Window, event: Event) {
    window.fake.lock().happens(event);
    window.settle();
}

#[test]
fn an_alarm_sounds_louder_until_somebody_has_seen_it_and_stays_in_the_history() {
    let mut window = Window::open(Language::Ru);
    window.begin_day();
    window.press_id("ui-code-written");
    {
        let mut fake = window.fake.lock();
        let cameras = fake.view.point.cameras.iter().map(|camera| camera.id.clone()).collect();
        fake.happens(Event::RecordingStarted { cameras });
    }
    window.settle();
    assert_eq!(window.loudness(), Loudness::Quiet);
    assert!(!window.can_press("ui-alarms-open"));

    let cause = Message::new("camera-unplugged").with("camera", "entrance").with("detail", "x");
    happens(&mut window, Event::CameraLost { camera: entrance(), last_frame_ms: None, cause });
    assert_eq!(window.loudness(), Loudness::Technician);
    window.press_id("ui-trouble-seen");
    assert_eq!(window.loudness(), Loudness::Quiet);
    window.pass(10);
    happens(&mut window, Event::OutageEscalated { camera: entrance(), level: OutageLevel::Head });
    assert_eq!(window.loudness(), Loudness::Head);
    window.pass(10);
    happens(&mut window, Event::OutageEscalated { camera: entrance(), level: OutageLevel::Limit });
    assert_eq!(window.loudness(), Loudness::Limit);
    happens(
        &mut window,
        Event::CameraWorks { camera: entrance(), width: 640, height: 480, detail: String::new() },
    );
    assert_eq!(window.loudness(), Loudness::Quiet, "the cause is gone");

    window.key(eframe::egui::Key::Home);
    window.press_id("ui-alarms-open");
    let all = window.texts_shown().join("\n");
    assert!(all.contains("07:52–08:12, увидел 07:52: Орлов Пётр Андреевич"), "{all}");
    window.press_id("ui-alarms-close");
}

#[test]
fn a_window_without_a_loudspeaker_says_so_once() {
    let mut window = Window::open(Language::En);
    let detail = "no output device";
    *window.heard.trouble.lock().unwrap() = Some(Message::new("ui-sound-none").with("detail", detail));
    window.settle();
    assert!(window.shows(detail));
    window.press_id("ui-understood");
    assert!(!window.shows(detail));
}

#[test]
fn the_check_lets_the_alarm_be_heard() {
    let mut window = Window::open(Language::Ru);
    {
        let mut fake = window.fake.lock();
        fake.lists().main.steps[2].rules.tone = true;
        fake.lists().main.steps.swap(0, 2);
        fake.tell();
    }
    window.settle();
    window.begin_day();
    window.press_id("ui-code-written");
    window.press_id("ui-next-check-go");
    window.press_id("ui-check-start");
    window.press_id("ui-sound-try");
    assert_eq!(*window.heard.tried.lock().unwrap(), 1);
    window.press_id("ui-step-confirm");
    assert!(!window.can_press("ui-sound-try"), "the next step makes no sound");
}
