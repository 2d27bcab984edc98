//! Every screen and question in both languages, in each look, on the screens that the window is made for and
//! drawn larger: all its text can be read, and every control has a name.

use egui_kittest::Harness;
use invigil::i18n::Language;

use crate::driver::{LARGE, SMALL, USUAL, Window};
use crate::legible;
use crate::walk::walk;

/// How often the look button is pressed: light, dark, high contrast.
const LOOKS: [&[&str]; 3] = [&[], &["ui-look-dark"], &["ui-look-dark", "ui-look-contrast"]];

fn read_all(language: Language, size: [f32; 2], look: &[&str]) {
    let mut window = Window::build(Harness::builder().with_size(size), language);
    look.iter().for_each(|button| window.press_id(button));
    let mut found = Vec::new();
    walk(&mut window, &mut |window, stop| {
        let faults = legible::faults(window).into_iter().map(|fault| format!("{stop}: {fault}"));
        found.extend(faults.inspect(|fault| eprintln!("{fault}")));
    });
    assert!(found.is_empty(), "{language:?} {size:?} {look:?}:\n{}", found.join("\n"));
}

fn read_in_each_look(language: Language, size: [f32; 2]) {
    LOOKS.into_iter().for_each(|look| read_all(language, size, look));
}

#[test]
fn all_is_readable_on_a_small_screen_in_russian() {
    read_in_each_look(Language::Ru, SMALL);
}

#[test]
fn all_is_readable_on_a_small_screen_in_english() {
    read_in_each_look(Language::En, SMALL);
}

#[test]
fn all_is_readable_on_a_large_screen_in_russian() {
    read_in_each_look(Language::Ru, LARGE);
}

#[test]
fn all_is_readable_on_a_large_screen_in_english() {
    read_in_each_look(Language::En, LARGE);
}

/// What is drawn larger has so much less room: the screen is measured in points.
fn read_enlarged(language: Language, percent: u16) {
    let size = USUAL.map(|side| side * 100.0 / f32::from(percent));
    read_all(language, size, &[]);
}

#[test]
fn all_is_readable_in_russian_when_drawn_larger() {
    [150, 200].into_iter().for_each(|percent| read_enlarged(Language::Ru, percent));
}

#[test]
fn all_is_readable_in_english_when_drawn_larger() {
    [150, 200].into_iter().for_each(|percent| read_enlarged(Language::En, percent));
}
