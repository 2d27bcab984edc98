//! The parts that every screen has: what is held, told in passing, typed on the screen, drawn larger, and the
//! guide.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, TouchDeviceId, TouchId, TouchPhase};
use egui_kittest::kittest::{AccessKitNode, NodeT, Queryable, by};
use egui_kittest::{Harness, Node};
use invigil::i18n::Language;
use invigil::station::protocol::Command;
use invigil::ui::model::Screen;

use crate::driver::{LARGE, SMALL, USUAL, Window, is_control, is_field};
use crate::focus::reachable;

/// Asked whether to stop the recording, with everything filled in.
fn asked_to_stop() -> Window {
    let mut window = Window::open(Language::En);
    window.begin_recording();
    window.press_id("ui-cameras-stop");
    window.press_id("ui-stop-handover");
    window
}

fn stops(window: &Window) -> usize {
    let state = window.fake.lock();
    state.asked.iter().filter(|command| matches!(command, Command::StopRecording { .. })).count()
}

/// The control of that name.
fn button<'w>(window: &'w Window, name: &'w str) -> Node<'w> {
    let named = |node: &AccessKitNode<'_>| is_control(node.role()) && node.label().as_deref() == Some(name);
    window.harness.get(by().predicate(named))
}

fn place(window: &Window, id: &str) -> Pos2 {
    button(window, &window.t(id)).rect().center()
}

#[test]
fn what_can_t_be_undone_is_held_and_a_tap_does_nothing() {
    let mut window = asked_to_stop();
    let at = place(&window, "ui-stop-go");
    window.hold(at, 0.5);
    assert_eq!(stops(&window), 0, "let go too early");
    window.hold(at, 2.0);
    assert_eq!(stops(&window), 1);
}

#[test]
fn a_finger_that_slides_off_does_nothing() {
    let mut window = asked_to_stop();
    let at = place(&window, "ui-stop-go");
    window.harness.hover_at(at);
    window.harness.drag_at(at);
    window.harness.run_steps(2);
    window.harness.hover_at(at - eframe::egui::vec2(0.0, 200.0));
    window.harness.run_steps(10);
    assert_eq!(stops(&window), 0);
}

#[test]
fn the_keyboard_holds_too_and_enter_alone_does_not() {
    let mut window = asked_to_stop();
    button(&window, &window.t("ui-stop-go")).focus();
    window.harness.run_steps(2);
    for key in [Key::Enter, Key::Space] {
        window.key(key);
        assert_eq!(stops(&window), 0, "{key:?} was let go at once");
    }
    window.harness.key_down(Key::Space);
    window.harness.run_steps(8);
    window.harness.key_up(Key::Space);
    window.settle();
    assert_eq!(stops(&window), 1);
}

#[test]
fn a_screen_reader_is_asked_a_second_time() {
    let mut window = asked_to_stop();
    for (name, expected) in [("ui-stop-go", 0), ("ui-hold-again", 1)] {
        button(&window, &window.t(name)).click_accesskit();
        window.settle();
        assert_eq!(stops(&window), expected, "{name}");
    }
}

#[test]
fn a_finger_that_is_told_of_only_once_it_is_lifted_is_asked_a_second_time() {
    let mut window = asked_to_stop();
    for (name, expected) in [("ui-stop-go", 0), ("ui-hold-again", 1)] {
        let pos = place(&window, name);
        let touch =
            |phase| Event::Touch { device_id: TouchDeviceId(0), id: TouchId(0), phase, pos, force: None };
        let both = [TouchPhase::Start, TouchPhase::End].map(touch);
        window.harness.input_mut().events.extend(both);
        window.harness.run_steps(1);
        window.settle();
        assert_eq!(stops(&window), expected, "{name}");
    }
}

#[test]
fn what_was_done_is_told_in_passing_and_goes_by_itself() {
    let mut window = Window::open(Language::En);
    window.begin_day();
    window.press_id("ui-code-written");
    let told = window.t("ui-toast-code");
    assert!(window.shows(&told), "{:#?}", window.texts_shown());
    window.pass(1);
    assert!(!window.shows(&told));
    window.key(Key::F7);
    window.press_id("ui-request-new");
    window.press("0003");
    window.press("printer, paper");
    window.press_id("ui-request-new-go");
    let told = window.t("ui-toast-request-made");
    assert!(window.shows(&told));
    window.key(Key::Escape);
    assert!(!window.shows(&told), "Esc removes it");
}

#[test]
fn what_is_told_in_passing_leaves_the_buttons_of_a_question_free() {
    for (size, language) in [(SMALL, Language::Ru), (USUAL, Language::Ru), (LARGE, Language::En)] {
        let mut window = Window::build(Harness::builder().with_size(size), language);
        window.begin_day();
        window.key(Key::F7);
        window.press_id("ui-request-new");
        window.press("0003");
        window.press(if language == Language::Ru {
            "принтер, бумага"
        } else {
            "printer, paper"
        });
        window.press_id("ui-request-new-go");
        let told = window.t("ui-toast-request-made");
        for (screen, question) in
            [(Key::F7, "ui-papers-print"), (Key::F7, "ui-request-new"), (Key::F4, "ui-access-open")]
        {
            window.key(screen);
            window.press_id(question);
            let toast = window.harness.get_by_role_and_label(Role::Status, &told).rect();
            let covered: Vec<_> =
                reachable(&window).into_values().filter(|(_, rect)| rect.intersects(toast)).collect();
            assert!(covered.is_empty(), "{question} {size:?}: {toast:?} lies over {covered:?}");
            window.key(Key::Escape);
        }
        assert!(window.shows(&told), "Esc left the question alone");
    }
}

fn touch(window: &mut Window, pos: Pos2, phase: TouchPhase) {
    let (device_id, id) = (TouchDeviceId(0), TouchId(1));
    let touch = Event::Touch { device_id, id, phase, pos, force: None };
    let pressed = phase == TouchPhase::Start;
    let button = PointerButton::Primary;
    let pointer = Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE };
    // As a screen sends them: all at once.
    window.harness.input_mut().events.extend([touch, Event::PointerMoved(pos), pointer]);
    window.harness.run_steps(1);
}

fn tap(window: &mut Window, pos: Pos2) {
    touch(window, pos, TouchPhase::Start);
    touch(window, pos, TouchPhase::End);
    window.harness.event(Event::PointerGone);
    window.settle();
}

fn typed(window: &Window, id: &str) -> String {
    let name = window.t(id);
    let nodes = window.harness.get_all_by_label(&name);
    let mut fields = nodes.filter(|node| is_field(node.accesskit_node().role()));
    fields.next().and_then(|node| node.accesskit_node().value()).unwrap_or_default()
}

#[test]
fn a_finger_gets_a_keyboard_and_a_mouse_does_not() {
    let mut window = Window::open(Language::Ru);
    window.sign_in();
    window.key(Key::F1);
    let away = window.t("ui-keys-away");
    let field = {
        let name = window.t("ui-help-search");
        let nodes = window.harness.get_all_by_label(&name);
        nodes.filter(|node| is_field(node.accesskit_node().role())).map(|node| node.rect().center()).next()
    };
    let field = field.expect("the guide is searched");
    window.hold(field, 0.25);
    assert!(!window.shows(&away), "a mouse has real keys beside it");
    tap(&mut window, field);
    assert!(window.shows(&away), "{:#?}", window.texts_shown());
    let key = |window: &Window, name: &str| window.harness.get_by_label(name).rect().center();
    let shift = window.t("ui-keys-shift");
    for name in [shift.as_str(), "К", "о", "д", "д"] {
        let at = key(&window, name);
        tap(&mut window, at);
    }
    assert_eq!(typed(&window, "ui-help-search"), "Кодд");
    let at = key(&window, &window.t("ui-pin-back"));
    tap(&mut window, at);
    assert_eq!(typed(&window, "ui-help-search"), "Код");
    let size = window.harness.get_by_label("к").rect().size();
    assert!(size.x >= 56.0 && size.y >= 56.0, "{size:?}");
    let at = key(&window, &away);
    tap(&mut window, at);
    assert!(!window.shows(&away), "it was put away");
}

#[test]
fn everything_is_drawn_larger_and_smaller_within_bounds() {
    let mut window = Window::open(Language::En);
    window.sign_in();
    let factor = |window: &Window| window.harness.ctx.zoom_factor();
    let ctrl = |window: &mut Window, key| {
        window.harness.key_press_modifiers(Modifiers::COMMAND, key);
        window.settle();
    };
    for expected in [1.25, 1.5, 1.75, 2.0, 2.0] {
        ctrl(&mut window, Key::Plus);
        assert_eq!(factor(&window), expected);
    }
    ctrl(&mut window, Key::Minus);
    assert_eq!(factor(&window), 1.75);
    ctrl(&mut window, Key::Num0);
    assert_eq!(factor(&window), 1.0);
    ctrl(&mut window, Key::Minus);
    assert_eq!(factor(&window), 1.0);
    window.press("Size: 100 %");
    assert_eq!(factor(&window), 1.25);
}

#[test]
fn the_guide_opens_at_the_screen_that_somebody_is_at() {
    let mut window = Window::open(Language::En);
    window.key(Key::F1);
    assert!(window.shows("Nobody but you knows your PIN. You sign with it, as you would on paper."));
    window.key(Key::F1);
    assert_eq!(window.harness.state().model().screen, Screen::Today, "and back");
    window.sign_in();
    window.key(Key::F7);
    window.key(Key::F1);
    assert!(window.shows("• Resolved… with one line on what was done."), "{:#?}", window.texts_shown());
    window.key(Key::F3);
    window.key(Key::F1);
    assert!(
        window.texts_shown().iter().any(|text| text.starts_with("■ No picture. ")),
        "{:#?}",
        window.texts_shown()
    );
    window.type_into("ui-help-search", "qr CODE");
    let found = |text: &&String| text.starts_with("Close and hand over: ");
    let found = window.texts_shown().iter().find(found).cloned();
    window.press(&found.expect("the closing act has one"));
    assert!(window.shows("7. Hand the archive over once both copies are verified."));
    window.type_into("ui-help-search", "no such word");
    assert!(window.shows("Nothing was found. Try another word, or a part of it."));
}

#[test]
fn home_in_a_field_stays_in_the_field() {
    let mut window = Window::open(Language::En);
    window.sign_in();
    window.key(Key::F1);
    window.type_into("ui-help-search", "code");
    window.key(Key::Home);
    assert_eq!(window.harness.state().model().screen, Screen::Help);
}
