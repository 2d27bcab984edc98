//! The screen “Briefings”.

use invigil::briefing::of_the_point;
use invigil::checklist::StepKind;
use invigil::i18n::{Language, Message};
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

#[test]
fn what_nobody_signed_is_told_before_the_check_ends_and_a_block_is_shown() {
    let mut window = Window::open(Language::En);
    let folder = tempfile::tempdir().unwrap();
    let text = of_the_point(folder.path()).unwrap().remove(0);
    {
        let mut fake = window.fake.lock();
        fake.lists().main.steps.retain(|step| step.kind == StepKind::Manual);
        let (id, title) = (text.id.clone(), text.title.clone());
        let unsigned = vec!["technician".parse().unwrap(), "point-head".parse().unwrap()];
        fake.view.briefings = vec![BriefingLine { id, version: 1, title, signed: vec![], unsigned }];
        fake.blocks_unbriefed = true;
    }
    window.begin_check();
    let missing = window.say(Message::new("ui-briefings-missing").with("count", 2_u32));
    assert!(window.texts_shown().iter().any(|shown| shown.contains(&missing)), "{:#?}", window.texts_shown());
    window.press_id("ui-step-confirm");
    window.press_id("ui-check-finish");
    let blocked = window.say(Message::new("refused-briefings-unsigned").with("count", 2_u32));
    assert!(window.texts_shown().iter().any(|shown| shown.contains(&blocked)), "{:#?}", window.texts_shown());
    window.fake.lock().view.briefings[0].unsigned.clear();
    window.fake.lock().tell();
    window.settle();
    assert!(!window.texts_shown().iter().any(|shown| shown.contains(&missing)));
    window.press_id("ui-check-finish");
    assert!(!window.can_press("ui-check-finish"));
}

#[test]
fn the_banner_leads_to_the_briefings() {
    let mut window = Window::open(Language::Ru);
    let folder = tempfile::tempdir().unwrap();
    let text = of_the_point(folder.path()).unwrap().remove(0);
    {
        let mut fake = window.fake.lock();
        let (id, title) = (text.id.clone(), text.title.clone());
        let unsigned = vec!["technician".parse().unwrap()];
        fake.view.briefings = vec![BriefingLine { id, version: 1, title, signed: vec![], unsigned }];
        fake.briefing = Some(text.clone());
    }
    window.begin_check();
    window.press_id("ui-briefings-go");
    assert!(window.shows(&text.paragraphs[0].ru), "{:#?}", window.texts_shown());
}
