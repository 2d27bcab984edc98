//! The timeline of an archive by keyboard and by a screen reader.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::{AccessKitNode, NodeT, Queryable, by};
use invigil::i18n::{Language, Message};
use invigil::journal::{Event, RoomRange};
use invigil::point::RoomNumber;
use invigil::ui::model::Screen;

use crate::day::{Archive, seal_day_of};
use crate::driver::Window;
use crate::tampered::change_a_picture;

/// A picture of 09:10:02 was changed; the technician was at the cabinet for a quarter of a second.
fn day() -> Archive {
    let room: RoomNumber = "0003".parse().unwrap();
    let opened = Event::AccessOpened {
        access: 1,
        person: "technician".parse().unwrap(),
        second: "point-head".parse().unwrap(),
        rooms: RoomRange { first: room.clone(), last: room },
        action: "check".into(),
        reason: "cable".into(),
        time_from: "09:00".into(),
    };
    let closed = Event::AccessClosed { access: 1, result: "done".into(), time_to: "09:01".into() };
    let day = seal_day_of(&[opened, closed]);
    change_a_picture(&day);
    day
}

fn slider(window: &Window) -> Node<'_> {
    let name = Message::new("ui-review-timeline").with("accesses", 1_u32).with("unexplained", 0_u32);
    let name = window.say(name);
    let named = move |node: &AccessKitNode<'_>| {
        node.role() == Role::Slider && node.label().as_deref() == Some(name.as_str())
    };
    window.harness.get(by().predicate(named))
}

fn value(window: &Window) -> String {
    slider(window).accesskit_node().value().expect("it says where it is")
}

fn time(window: &Window) -> String {
    value(window).chars().take(8).collect()
}

fn opened(day: &Archive, language: Language) -> Window {
    Window::review(day.folder.path().to_owned(), language)
}

/// With the keyboard at the timeline, reached by Tab alone.
fn reached(day: &Archive, language: Language) -> Window {
    let mut window = opened(day, language);
    for _ in 0..40 {
        if slider(&window).accesskit_node().is_focused() {
            return window;
        }
        window.key(Key::Tab);
    }
    panic!("Tab does not reach it");
}

#[test]
fn the_keyboard_goes_through_the_day_by_seconds_minutes_and_findings() {
    let day = day();
    let mut window = reached(&day, Language::En);
    assert_eq!(time(&window), "09:10:02", "it begins where something was changed");
    assert!(value(&window).contains("changed: entrance-1"), "{}", value(&window));
    let shift = |window: &mut Window, key| {
        window.harness.key_press_modifiers(Modifiers::SHIFT, key);
        window.settle();
    };
    for (key, expected) in [
        (Key::ArrowRight, "09:10:03"),
        (Key::ArrowLeft, "09:10:02"),
        (Key::PageDown, "09:11:02"),
        (Key::PageUp, "09:10:02"),
        (Key::ArrowUp, "09:00:01"),
        (Key::ArrowDown, "09:10:02"),
        (Key::Home, "09:00:00"),
        (Key::ArrowLeft, "09:00:00"),
        (Key::End, "09:20:06"),
        (Key::ArrowDown, "09:20:06"),
    ] {
        window.key(key);
        assert_eq!(time(&window), expected, "{key:?}");
    }
    shift(&mut window, Key::ArrowLeft);
    shift(&mut window, Key::ArrowLeft);
    assert_eq!(time(&window), "09:18:06");
    shift(&mut window, Key::ArrowRight);
    assert_eq!(time(&window), "09:19:06");
    assert!(slider(&window).accesskit_node().is_focused(), "the arrows don't lead away from it");
    assert_eq!(window.harness.state().model().screen, Screen::Review, "nor does Home");
    // The picture goes along.
    window.until("its moment", |window| window.texts_shown().iter().any(|text| text == "09:19:06"));

    window.key(Key::Home);
    window.key(Key::ArrowDown);
    assert!(value(&window).contains("opened: "), "the journal’s words: {}", value(&window));
    // Elsewhere Home leads where it always leads.
    window.key(Key::Tab);
    window.key(Key::Home);
    assert_eq!(window.harness.state().model().screen, Screen::Today);
}

/// Pictures may take long; a key that is held does not wait for them.
#[test]
fn presses_that_follow_each_other_at_once_all_count() {
    let day = day();
    let mut window = reached(&day, Language::Ru);
    for _ in 0..5 {
        window.harness.key_press(Key::ArrowRight);
        window.harness.run_steps(1);
    }
    (0..5).for_each(|_| window.harness.key_press(Key::ArrowRight));
    window.settle();
    assert_eq!(time(&window), "09:10:12");
    assert!(value(&window).contains("видео нет"), "{}", value(&window));
}

#[test]
fn enter_and_space_play_from_there_and_pause() {
    let day = day();
    let mut window = reached(&day, Language::En);
    window.key(Key::Home);
    for key in [Key::Enter, Key::Space] {
        window.key(key);
        window.until("it plays", |window| window.can_press("ui-play-pause"));
        assert_eq!(time(&window), "09:00:00");
        window.key(key);
        window.until("it rests", |window| window.can_press("ui-play-play"));
    }
    // The keys that the player has everywhere.
    window.key(Key::L);
    assert_eq!(time(&window), "09:00:10");
    window.key(Key::J);
    assert_eq!(time(&window), "09:00:00");
}

#[test]
fn a_screen_reader_moves_it_and_names_a_second() {
    let day = day();
    let mut window = opened(&day, Language::En);
    slider(&window).increment_accesskit();
    window.settle();
    assert_eq!(time(&window), "09:10:03");
    slider(&window).decrement_accesskit();
    window.settle();
    assert_eq!(time(&window), "09:10:02");
    let (whole, second) = {
        let slider = slider(&window);
        let node = slider.accesskit_node();
        ((node.min_numeric_value(), node.max_numeric_value()), node.numeric_value())
    };
    assert_eq!((whole, second), ((Some(0.0), Some(1_206.0)), Some(602.0)));
    slider(&window).set_value_accesskit(61.0);
    window.settle();
    assert_eq!(time(&window), "09:01:01");
    slider(&window).set_value_accesskit(9_999.0);
    window.settle();
    assert_eq!(time(&window), "09:20:06");
}
