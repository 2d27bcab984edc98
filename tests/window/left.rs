//! The window opens again as it was left.

use invigil::i18n::{Language, Message};
use invigil::ui::model::Screen;
use invigil::ui::theme::{Look, Scale};

use crate::driver::Window;

fn stands(window: &Window) -> (Language, Look, Scale, Screen) {
    let model = window.harness.state().model();
    (model.words.language(), model.look, model.scale, model.screen)
}

#[test]
fn it_opens_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("window.json");
    let mut window = Window::left(path.clone());
    let usual = (Language::Ru, Look::Light, Scale::USUAL, Screen::Today);
    assert_eq!(stands(&window), usual, "nothing was kept yet");
    window.press("English");
    let texts = invigil::i18n::Texts::load(Language::En);
    window.press(&texts.text("ui-look-dark"));
    window.press(&texts.message(&Message::new("ui-scale").with("percent", 100_u32)));
    window.press(&texts.text("ui-screen-cameras"));
    let left = (Language::En, Look::Dark, Scale::ALL[1], Screen::Cameras);
    assert_eq!(stands(&window), left);
    // As a killed program does, it says no farewell.
    std::mem::forget(window);
    assert_eq!(stands(&Window::left(path.clone())), left);

    for foreign in ["", "no JSON", r#"{"scale":4000}"#, r#"{"screen":"nowhere"}"#] {
        std::fs::write(&path, foreign).unwrap();
        assert_eq!(stands(&Window::left(path.clone())), usual, "{foreign}");
    }
}
