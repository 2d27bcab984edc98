//! Every screen and question in both languages, in each look, on the screens that the window is made for and
//! drawn larger: all its text can be read, every control has a name, and it looks as its picture in the album.

use egui_kittest::Harness;
use invigil::i18n::Language;

use crate::album::Album;
use crate::driver::{LARGE, SMALL, USUAL, Window};
use crate::legible;
use crate::painter::Painter;
use crate::walk::walk;

/// How often the look button is pressed.
const LOOKS: [(&str, &[&str]); 3] =
    [("light", &[]), ("dark", &["ui-look-dark"]), ("contrast", &["ui-look-dark", "ui-look-contrast"])];

/// The screens' pictures are kept in every look, language and size; of their questions and other states one
/// is enough: Russian, light and small.
const SCREENS: [&str; 18] = [
    "sign-in",
    "today-check",
    "check",
    "cameras-lost",
    "access",
    "requests",
    "briefings",
    "equipment",
    "days",
    "close-ready",
    "review-choose",
    "review-changed",
    "review",
    "review-journal",
    "review-form",
    "settings",
    "profile",
    "help",
];

fn read_all(language: Language, size: [f32; 2], look: &[&str], mut album: Option<Album>) {
    let builder = Harness::builder().with_size(size);
    let builder =
        if album.is_some() { builder.with_render_cursor(false).renderer(Painter::coarse()) } else { builder };
    let mut window = Window::build(builder, language);
    look.iter().for_each(|button| window.press_id(button));
    let all = (language, size) == (Language::Ru, SMALL) && look.is_empty();
    let mut found = Vec::new();
    let mut told = |stop: &str, fault: String| {
        eprintln!("{stop}: {fault}");
        found.push(format!("{stop}: {fault}"));
    };
    walk(&mut window, &mut |window, stop| {
        legible::faults(window).into_iter().for_each(|fault| told(stop, fault));
        let album = album.as_mut().filter(|_| SCREENS.contains(&stop) || all);
        if let Some(album) = album {
            let picture = window.harness.render().expect("it is painted without a GPU");
            album.compare(stop, &picture).into_iter().for_each(|fault| told(stop, fault));
        }
    });
    album.into_iter().flat_map(Album::close).for_each(|fault| told("album", fault));
    assert!(found.is_empty(), "{language:?} {size:?} {look:?}:\n{}", found.join("\n"));
}

fn read_in_each_look(language: Language, size: [f32; 2]) {
    for (name, look) in LOOKS {
        let album = Album::open(&format!("{}-{name}-{}", language.tag(), size[0]));
        read_all(language, size, look, Some(album));
    }
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
    read_all(language, size, &[], None);
}

#[test]
fn all_is_readable_in_russian_when_drawn_larger() {
    [150, 200].into_iter().for_each(|percent| read_enlarged(Language::Ru, percent));
}

#[test]
fn all_is_readable_in_english_when_drawn_larger() {
    [150, 200].into_iter().for_each(|percent| read_enlarged(Language::En, percent));
}
