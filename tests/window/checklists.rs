//! The checklists of the day on the screen “Check”.

use eframe::egui::Key;
use invigil::checklist::{Bilingual, CheckKind, Photo, Span, StepKind};
use invigil::i18n::{Arg, Language, Message};
use invigil::journal::{Event, Evidence, Outcome};
use invigil::station::protocol::{Command, PhotosCommand};

use crate::driver::Window;
use crate::fake::EXAM_MS;

#[test]
fn the_lists_stand_in_a_row_and_a_round_is_begun_again() {
    let mut window = Window::open(Language::En);
    let text = |text: &str| Bilingual { ru: text.into(), en: text.into() };
    {
        let mut fake = window.fake.lock();
        let lists = fake.lists();
        let mut round = lists.main.clone();
        round.id = "hourly-round".parse().unwrap();
        round.name = text("Hourly round");
        round.every_minutes = Some(60);
        round.steps.retain(|step| step.kind == StepKind::Manual);
        round.steps[0].deadline_minutes = 60;
        lists.others = vec![round];
    }
    window.begin_day();
    window.key(Key::F2);
    assert!(window.shows("Two-hour check"), "the main check is at hand");
    window.press("Hourly round");
    window.press_id("ui-check-start");
    window.press_id("ui-step-confirm");
    window.press_id("ui-check-finish");
    let due = |text: &String| text.ends_with("The next round is due at 08:52.");
    assert!(window.texts_shown().iter().any(due), "{:#?}", window.texts_shown());
    // Today tells of the next one when it is nearly time, and no sooner.
    let told =
        |window: &Window| window.texts_shown().iter().any(|text| text.contains("Hourly round: 0 of 1, by"));
    window.key(Key::Home);
    assert!(!told(&window) && !window.shows("Check, needs attention: 1"), "{:#?}", window.texts_shown());
    window.pass(46);
    assert!(told(&window) && window.shows("Check, needs attention: 1"), "{:#?}", window.texts_shown());
    window.key(Key::F2);
    window.press("Hourly round");
    window.press_id("ui-check-begin-round");
    assert!(window.can_press("ui-step-confirm"));
}

#[test]
fn what_was_measured_is_told_in_words() {
    let mut window = Window::open(Language::Ru);
    window.begin_check();
    window.press_id("ui-step-run");
    window.press_id("ui-step-run");
    let told = ["Вход: размер картинки в точках", "640x480", "Вход: кадров в секунду", "15,0"];
    assert!(told.iter().all(|text| window.shows(text)), "{:#?}", window.texts_shown());
    window.press("Свободное место на диске: Выполнено");
    assert!(window.shows("Свободно") && window.shows("412 ГБ"), "{:#?}", window.texts_shown());
}

#[test]
fn every_camera_with_a_fault_is_told_of_once() {
    let mut window = Window::open(Language::En);
    window.begin_check();
    let silent = |camera: &str| Message::new("check-camera-silent").with("camera", camera);
    let fault = |camera: &str| Evidence {
        name: format!("{camera}.fault"),
        value: Arg::Text(silent(camera).to_json()),
    };
    window.fake.lock().happens(Event::StepRecorded {
        checklist: "two-hours-before".parse().unwrap(),
        step: "cameras".parse().unwrap(),
        outcome: Outcome::Failed,
        confirmed: true,
        finding: Some(silent("entrance")),
        evidence: vec![fault("entrance"), fault("staff")],
        note: String::new(),
    });
    window.settle();
    window.press("All cameras give pictures: Failed");
    let told = |camera: &str| {
        let text = window.say(silent(camera));
        window.texts_shown().iter().filter(|shown| shown.contains(&text)).count()
    };
    assert_eq!((told("Вход"), told("Штаб")), (1, 1), "{:#?}", window.texts_shown());
}

#[test]
fn before_the_day_the_exam_is_named_and_its_lists_are_gone_through() {
    let mut window = Window::open(Language::En);
    {
        let mut fake = window.fake.lock();
        let mut list = fake.lists().main.clone();
        list.id = "day-before".parse().unwrap();
        list.name = Bilingual { ru: "За день".into(), en: "The day before".into() };
        list.span = Span::BeforeDay;
        list.steps.retain(|step| step.kind == StepKind::Manual);
        list.steps[0].deadline_minutes = -1440;
        (list.steps[0].rules.note, list.steps[0].rules.two_persons) = (true, true);
        fake.lists().around = vec![list];
    }
    window.sign_in();
    window.key(Key::F2);
    assert!(window.shows("When is the exam?"), "{:#?}", window.texts_shown());
    window.press_id("ui-check-name-exam");
    window.type_into("ui-exam-date", "29.05.2026");
    window.press_id("ui-exam-go");
    assert!(window.shows("For the exam of 29 May 2026"), "{:#?}", window.texts_shown());
    window.press_id("ui-check-start");
    let late = |text: &String| text == "0 of 1 · 28.05, 10:00 has passed";
    assert!(window.texts_shown().iter().any(late), "{:#?}", window.texts_shown());
    // It asks for a word and for a second person.
    window.press_id("ui-step-confirm");
    window.type_into("ui-step-note-name", "seal 0042");
    window.press_id("ui-step-note-go");
    window.head_consents();
    let confirmed = window.fake.lock().asked.iter().rev().find_map(|asked| match asked {
        Command::ConfirmStep { outcome, note, .. } => Some((*outcome, note.clone())),
        _ => None,
    });
    assert_eq!(confirmed, Some((Outcome::Passed, "seal 0042".into())));
    window.press_id("ui-check-finish");
    assert!(!window.can_press("ui-check-finish"));
}

#[test]
fn what_is_due_days_before_the_exam_is_the_next_thing_and_no_day_is_begun_by_mistake() {
    let mut window = Window::open(Language::En);
    {
        let mut fake = window.fake.lock();
        let list = |id: &str, name: &str, minutes: i32| {
            let mut list = fake.view.point.checklists.main.clone();
            list.id = id.parse().unwrap();
            list.name = Bilingual { ru: name.into(), en: name.into() };
            list.span = Span::BeforeDay;
            list.steps.iter_mut().for_each(|step| step.deadline_minutes = minutes);
            list
        };
        let lists =
            [list("early", "Two weeks", -20_160), list("days", "Five days", -7_200), list("eve", "Eve", -1)];
        fake.lists().around = lists.to_vec();
        // In four days.
        fake.exam = chrono::NaiveDate::from_ymd_opt(2026, 6, 2);
        fake.exam_ms = EXAM_MS + 4 * 24 * 3_600_000;
        fake.tell();
    }
    window.sign_in();
    let texts = window.texts_shown();
    assert!(window.shows("Time for the list “Two weeks”"), "{texts:#?}");
    assert!(window.shows("It was to be done by 19.05, 10:00, steps left: 3. Do them now."), "{texts:#?}");
    assert!(texts.iter().any(|text| text.contains("Five days: 0 of 3, was due 28.05, 10:00")), "{texts:#?}");
    assert!(!texts.iter().any(|text| text.contains("Eve")), "{texts:#?}");
    assert!(window.shows("Check, needs attention: 2"), "{texts:#?}");
    window.picture("today-preparation");
    // Who has to can begin a day all the same.
    assert!(window.can_press("ui-next-plan-go"));
    window.press_id("ui-due-go");
    assert!(window.shows("For the exam of 2 June 2026"), "{:#?}", window.texts_shown());
}

#[test]
fn one_press_runs_all_automatic_steps() {
    let mut window = Window::open(Language::En);
    window.begin_check();
    window.press("Run all automatic checks: 2");
    assert!(window.shows("Free disk space: Passed"), "{:#?}", window.texts_shown());
    assert!(!window.shows("Run all automatic checks: 2"));
}

#[test]
fn the_clock_is_compared_with_the_time_that_is_typed() {
    let mut window = Window::open(Language::En);
    {
        let mut fake = window.fake.lock();
        let steps = &mut fake.lists().main.steps;
        steps.retain(|step| step.kind == StepKind::Both);
        steps[0].check = Some(CheckKind::Clock);
    }
    window.begin_check();
    window.press_id("ui-step-run");
    window.press_id("ui-step-compare");
    assert!(!window.can_press("ui-compare-go"));
    window.type_into("ui-compare-time", "08:00:15");
    window.press_id("ui-compare-go");
    assert!(window.shows("All cameras give pictures: Passed"), "{:#?}", window.texts_shown());
    let reference = "08:00:15".to_owned();
    let asked = window.fake.lock().asked.clone();
    let compared = |command: &Command| matches!(command, Command::CompareClock { reference: sent, .. } if *sent == reference);
    assert!(asked.iter().any(compared));
}

#[test]
fn a_step_that_asks_for_a_picture_offers_its_cameras() {
    let mut window = Window::open(Language::En);
    {
        let mut fake = window.fake.lock();
        let steps = &mut fake.lists().main.steps;
        steps.retain(|step| step.kind == StepKind::Manual);
        steps[0].rules.photo = Some(Photo::Required);
    }
    window.begin_check();
    assert!(window.shows(&window.t("ui-photo-required")), "{:#?}", window.texts_shown());
    assert!(!window.can_press("ui-step-confirm"), "its picture comes first");
    window.press("Аудитория 0003");
    window.until("the live picture is there", |window| window.can_press("ui-photo-take"));
    window.press_id("ui-photo-take");
    window.settle();
    assert!(window.shows("Pictures kept for this step: 1"), "{:#?}", window.texts_shown());
    assert!(window.shows("Kept at 07:52: Аудитория 0003"), "{:#?}", window.texts_shown());
    window.picture("step-photo");
    assert!(window.can_press("ui-step-confirm"));
    let asked = window.fake.lock().asked.clone();
    let looked = |command: &Command| matches!(command, Command::Photos(PhotosCommand::Show { .. }));
    assert!(asked.iter().any(looked), "{asked:?}");
}
