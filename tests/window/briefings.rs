//! The screen “Briefings”.

use invigil::briefing::of_the_point;
use invigil::i18n::Language;
use invigil::station::protocol::{BriefingLine, BriefingsCommand, Command};

use crate::driver::Window;

#[test]
fn a_text_is_read_and_signed_by_its_reader() {
    let mut window = Window::open(Language::En);
    let folder = tempfile::tempdir().unwrap();
    let text = of_the_point(folder.path()).unwrap().remove(0);
    {
        let mut fake = window.fake.lock();
        let (id, title) = (text.id.clone(), text.title.clone());
        let unsigned = vec!["technician".parse().unwrap(), "point-head".parse().unwrap()];
        fake.view.briefings = vec![BriefingLine { id, version: 1, title, signed: vec![], unsigned }];
        fake.briefing = Some(text.clone());
    }
    window.sign_in();
    window.press_id("ui-screen-point");
    window.press_id("ui-screen-briefings");
    assert!(window.shows(&text.paragraphs[0].en), "{:#?}", window.texts_shown());
    window.press("Sign: Берёзкина Анна Сергеевна");
    window.head_consents();
    let signed = window
        .fake
        .lock()
        .asked
        .iter()
        .any(|command| matches!(command, Command::Briefings(BriefingsCommand::Sign { version: 1, .. })));
    assert!(signed);
}
