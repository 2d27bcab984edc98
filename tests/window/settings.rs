//! The settings of the window and of the station, and the guide in front of a question.

use std::path::Path;

use eframe::egui::Key;
use eframe::egui::accesskit::{Role, Toggled};
use egui_kittest::kittest::{AccessKitNode, NodeT, Queryable, by};
use invigil::i18n::Language;
use invigil::point::{FirstPinRule, HealthRules, KeyboardUse, NetworkState, Unsigned};
use invigil::station::protocol::{Command, ProfileCommand};
use invigil::ui::model::Screen;
use invigil::ui::theme::{Look, Scale};

use crate::driver::{Window, is_field};
use crate::walk::walk;

/// The field of that name.
fn field<'w>(window: &'w Window, id: &str) -> AccessKitNode<'w> {
    let name = window.t(id);
    let named = move |node: &AccessKitNode<'_>| is_field(node.role()) && node.label().as_ref() == Some(&name);
    window.harness.get(by().predicate(named)).accesskit_node()
}

/// What stands in the field of that name.
fn typed(window: &Window, id: &str) -> String {
    field(window, id).value().unwrap_or_default()
}

#[test]
fn each_choice_holds_at_once_and_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("window.json");
    let mut window = Window::left(path.clone());
    window.key(Key::F9);
    for id in ["ui-settings-en", "ui-settings-contrast", "ui-settings-keyboard-always"] {
        window.press_id(id);
        if id == "ui-settings-en" {
            window.speak(Language::En);
        }
    }
    window.press("125 %");
    window.press_id("ui-sound-try");
    assert_eq!(*window.heard.tried.lock().unwrap(), 1);
    let chosen = |window: &Window| {
        let model = window.harness.state().model();
        (model.words.language(), model.look, model.scale, model.keyboard_use(), model.screen)
    };
    let wanted = (Language::En, Look::HighContrast, Scale::ALL[1], KeyboardUse::Always, Screen::Settings);
    assert_eq!(chosen(&window), wanted);
    drop(window);
    assert_eq!(chosen(&Window::left(path)), wanted);
}

#[test]
fn the_keyboard_comes_up_as_the_profile_says_until_somebody_chooses() {
    let mut window = Window::open(Language::En);
    let (search, away) = ("ui-help-search", window.t("ui-keys-away"));
    let comes = |window: &mut Window| {
        window.key(Key::F1);
        window.type_into(search, "a");
        let comes = window.shows(&away);
        window.key(Key::F1);
        comes
    };
    assert!(!comes(&mut window), "nobody touched the field");
    {
        let mut state = window.fake.lock();
        state.view.point.keyboard = KeyboardUse::Always;
        state.tell();
    }
    window.settle();
    assert!(comes(&mut window));
    window.key(Key::F9);
    window.press_id("ui-settings-keyboard-never");
    assert!(!comes(&mut window));
}

#[test]
fn of_the_station_it_tells_what_support_asks_for() {
    let mut window = Window::open(Language::En);
    window.key(Key::F9);
    assert!(!window.can_press("ui-settings-station"), "nobody is signed in");
    window.key(Key::Home);
    window.sign_in();
    window.key(Key::F9);
    window.press_id("ui-settings-station");
    for text in ["/srv/invigil/log/invigil.log", "/srv/invigil/profile.toml", "SHA256: Bfp7 xWvK"] {
        assert!(window.shows(text), "{text}: {:#?}", window.texts_shown());
    }
    assert!(window.shows(&window.t("ui-about-profile-changed")));
    window.press_id("ui-about-take-up");
    window.head_consents();
    let asked = window.fake.lock().asked.clone();
    assert!(asked.contains(&Command::Profile(ProfileCommand::TakeUp)));
}

#[test]
fn the_guide_comes_before_a_question_and_leads_back_to_what_was_typed() {
    let mut window = Window::open(Language::En);
    window.begin_day();
    window.key(Key::F4);
    window.press_id("ui-access-open");
    window.type_into("ui-access-reason", "A camera turned away");
    window.key(Key::F1);
    assert!(!window.can_press("ui-access-sign"), "the guide is in front");
    let chapter = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/help/en/access.md");
    assert!(window.shows(&title(&chapter)), "{:#?}", window.texts_shown());
    window.type_into("ui-help-search", "camera");
    window.key(Key::F1);
    assert_eq!(typed(&window, "ui-access-reason"), "A camera turned away");
    window.key(Key::F1);
    window.press_id("ui-help-back");
    assert_eq!(typed(&window, "ui-access-reason"), "A camera turned away");
    window.key(Key::F1);
    window.key(Key::Escape);
    assert_eq!(typed(&window, "ui-access-reason"), "A camera turned away");
    assert_eq!(window.harness.state().model().screen, Screen::Access);
}

#[test]
fn every_question_has_its_chapter_of_the_guide() {
    let mut window = Window::open(Language::En);
    let mut questions = 0;
    let folder = format!("{}/assets/help/en", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let titles: Vec<String> = files.map(|path| title(&path)).collect();
    walk(&mut window, &mut |window, stop| {
        if stop == "help" || stop.ends_with("-help") {
            return;
        }
        let screen = window.harness.state().model().screen;
        window.key(Key::F1);
        if window.can_press("ui-help-back") {
            questions += 1;
            let chosen = |node: &AccessKitNode<'_>| {
                let title = node.label().is_some_and(|label| titles.contains(&label));
                node.role() == Role::RadioButton && node.toggled() == Some(Toggled::True) && title
            };
            let named = window.harness.query_all(by().predicate(chosen)).count();
            assert_eq!(named, 1, "{stop}: no chapter");
        }
        window.key(Key::F1);
        assert_eq!(window.harness.state().model().screen, screen, "{stop}");
    });
    assert!(questions > 15, "{questions}");
}

/// The chapter's title.
fn title(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().next().unwrap().trim_start_matches("# ").to_owned()
}

/// The technician looks at the profile.
fn profile() -> Window {
    profile_with("", "")
}

/// The same with one place of the demo profile written otherwise.
fn profile_with(place: &str, otherwise: &str) -> Window {
    let mut window = Window::open(Language::En);
    let text = window.fake.lock().profile.text.0.replacen(place, otherwise, 1);
    window.fake.lock().profile.text.0 = text;
    window.sign_in();
    window.key(Key::F9);
    window.press_id("ui-settings-point");
    window
}

/// The texts that were to be saved, in order.
fn saved(window: &Window) -> Vec<String> {
    let state = window.fake.lock();
    let text = |command: &Command| match command {
        Command::Profile(ProfileCommand::Save { text, .. }) => Some(text.0.clone()),
        _ => None,
    };
    state.asked.iter().filter_map(text).collect()
}

#[test]
fn a_point_is_set_up_field_by_field_and_saved_with_the_head_s_consent() {
    let mut window = profile();
    assert_eq!(typed(&window, "ui-profile-name"), "Школа № 101");
    assert!(!window.can_press("ui-profile-review"), "nothing was changed");
    window.type_into("ui-profile-name", "School 7");
    window.press_id("ui-profile-rooms");
    window.press_id("ui-profile-add-room");
    assert!(!window.can_press("ui-profile-review"), "the new room has no number");
    window.type_into("ui-profile-room-number", "0009");
    window.type_into("ui-profile-room-name", "Gate");
    window.press_id("ui-profile-gate");
    window.press_id("ui-profile-times");
    window.type_into("ui-profile-tolerance", "15");
    window.press_id("ui-profile-review");
    for text in ["name", "Before: Школа № 101. Now: School 7.", "rooms[0009].zone", "Before: 20. Now: 15."]
    {
        assert!(window.shows(text), "{text}: {:#?}", window.texts_shown());
    }
    window.press_id("ui-profile-save");
    window.head_consents();
    let texts = saved(&window);
    let text = texts.last().expect("saved");
    assert!(text.contains("name = \"School 7\"") && text.contains("outage_tolerance_minutes = 15"));
    assert!(text.contains("# zone: auditorium, staff_room"), "comments stay");
    assert!(window.shows(&window.t("ui-toast-profile")));
    assert!(!window.can_press("ui-profile-review"), "what is shown is what was saved");
}

#[test]
fn zones_phases_actions_and_requests_have_fields_of_their_own() {
    let mut window = profile();
    window.press_id("ui-profile-rooms");
    window.press("Rules: Exam room");
    window.type_into("ui-profile-zone-start", "-60");
    window.press_id("ui-profile-zone-sound");
    window.press_id("ui-profile-zone-sound");
    window.press("0001 · Аудитория 0001");
    window.type_into("ui-profile-longer", "45");
    window.press_id("ui-profile-times");
    window.type_into("ui-profile-exams", "2026-05-29,2026-06-02");
    window.press("-60 · Вход участников");
    window.type_into("ui-profile-phase-minutes", "-75");
    window.press_id("ui-profile-words");
    assert!(window.shows(&window.t("ui-profile-requests-usual")));
    window.press("выключение");
    window.type_into("ui-profile-word-ru", "отключение");
    window.press_id("ui-profile-add-request");
    assert!(!window.can_press("ui-profile-review"), "the new kind has no name");
    window.type_into("ui-profile-request-id", "smoke");
    window.type_into("ui-profile-word-ru", "дым");
    window.type_into("ui-profile-word-en", "smoke");
    window.press_id("ui-profile-limits");
    window.type_into("ui-profile-recipients", "nobody");
    assert!(!window.can_press("ui-profile-review"), "that is no key");
    window.press_id("ui-profile-back");
    window.press_id("ui-profile-review");
    window.press_id("ui-profile-save");
    window.head_consents();
    let texts = saved(&window);
    let text = texts.last().expect("saved");
    for line in [
        "auditorium = -60",
        "0001 = 45",
        "exams = [\"2026-05-29\", \"2026-06-02\"]",
        "at_minutes = -75, name_ru = \"Вход участников\"",
        "ru = \"отключение\", en = \"switch-off\"",
        "[[requests.categories]]\nid = \"smoke\"",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("\n[zones"), "nothing is asked of a room: {text}");
}

/// What holds while nothing stands in the field of that name.
fn hint(window: &Window, id: &str) -> String {
    field(window, id).placeholder().unwrap_or_default().to_owned()
}

#[test]
fn checks_pictures_programs_and_forms_have_fields_with_what_holds_while_they_are_empty() {
    let mut window = profile();
    window.press("In English");
    window.press_id("ui-settings-keyboard-never");
    window.press_id("ui-profile-people");
    window.press_id("ui-profile-first-pin-witnessed");
    window.type_into("ui-profile-idle", "");
    assert_eq!(hint(&window, "ui-profile-idle"), "If empty: 10");
    window.press_id("ui-profile-pictures");
    window.type_into("ui-profile-luma", "");
    assert_eq!(hint(&window, "ui-profile-luma"), "If empty: 36");
    window.type_into("ui-profile-stills", "900");
    assert!(window.shows("■ ") && window.shows("Faults of the picture  ■ 1"), "{:#?}", window.texts_shown());
    window.type_into("ui-profile-stills", "20");
    window.press_id("ui-profile-checks");
    assert_eq!(hint(&window, "ui-profile-heat-celsius"), "If empty: 90");
    window.press_id("ui-profile-network-local");
    window.type_into("ui-profile-addresses", "192.168.0.0/33");
    assert!(window.shows("Checks of the computer  ■ 1"), "{:#?}", window.texts_shown());
    window.type_into("ui-profile-addresses", "192.168.0.0/24");
    window.press_id("ui-profile-antivirus-required");
    window.press_id("ui-profile-usb-none");
    assert_eq!(hint(&window, "ui-profile-usb-allowed"), "The list is empty: none");
    window.press_id("ui-profile-unsigned-block");
    window.press_id("ui-profile-programs");
    window.type_into("ui-profile-forbidden", "anydesk*, teamviewer*");
    window.press_id("ui-profile-add-package");
    window.type_into("ui-profile-package-name", "cups");
    window.press("OpenSSL");
    window.type_into("ui-profile-tool-command", "openssl,version,-a");
    window.press_id("ui-profile-review");
    window.press_id("ui-profile-save");
    window.head_consents();
    let texts = saved(&window);
    let profile = invigil::point::Profile::read(texts.last().expect("saved"), "").unwrap();
    assert_eq!((profile.forms.language, profile.window.keyboard), (Language::En, KeyboardUse::Never));
    assert_eq!(profile.sign_in.first_pin, FirstPinRule::Witnessed);
    let health = HealthRules { stills_a_day: 20, ..HealthRules::default() };
    assert_eq!(profile.recording.health, health);
    assert_eq!(profile.checks.network.expected, NetworkState::Local);
    assert_eq!(profile.checks.network.addresses.len(), 1);
    assert!(!profile.checks.antivirus.required);
    assert_eq!(profile.checks.usb_media.allowed, Some(Vec::new()));
    assert_eq!(profile.briefings.unsigned, Unsigned::Block);
    assert_eq!(profile.checks.software.forbidden.len(), 2);
    assert_eq!(profile.checks.software.required[0].name, "cups");
    assert_eq!(profile.programs[1].command, ["openssl", "version", "-a"]);
}

#[test]
fn a_word_with_a_comma_is_not_parted_by_its_field() {
    let mut window = profile_with(r#"["ssh", "-V"]"#, r#"["sh", "-c", "a, b"]"#);
    window.press_id("ui-profile-programs");
    window.press("OpenSSL");
    assert!(!window.shows(&window.t("ui-profile-parted")));
    window.press("OpenSSH (ssh-keygen)");
    assert!(window.shows(&window.t("ui-profile-parted")), "{:#?}", window.texts_shown());
    assert!(field(&window, "ui-profile-tool-command").is_disabled());
}

#[test]
fn a_camera_that_calls_its_place_otherwise_than_its_room_is_mended_by_a_button() {
    let source = "source = \"pattern:entrance\"";
    let mut window = profile_with(source, &format!("zone = \"gate\"\n{source}"));
    window.press("List of cameras  ■ 1");
    window.press("corridor · Коридор 2 этажа · 8001");
    assert!(!window.can_press("ui-profile-camera-zone"), "it says nothing of it");
    window.press("■ 1  entrance · Вход в ППЭ · 8002");
    window.press_id("ui-profile-camera-zone");
    assert!(!window.shows("■"), "{:#?}", window.texts_shown());
}

#[test]
fn a_fault_stands_below_its_field_and_at_its_line_until_it_is_mended() {
    let mut window = profile();
    window.press_id("ui-profile-cameras");
    window.press("entrance · Вход в ППЭ · 8002");
    window.type_into("ui-profile-camera-room", "9999");
    let fault = "■ There is no room “9999” in rooms.";
    assert!(window.shows(fault), "{:#?}", window.texts_shown());
    assert!(window.shows("List of cameras  ■ 1") && window.shows("Whole text  ■ 1"));
    window.type_into("ui-profile-width", "wide");
    assert!(window.shows("■ Wanted a whole number without quotes"), "{:#?}", window.texts_shown());
    assert_eq!(typed(&window, "ui-profile-width"), "wide");
    window.press("Whole text  ■ 2");
    let lines = window.texts_shown().into_iter().filter(|text| text.starts_with("■ Line ")).count();
    assert_eq!(lines, 2, "{:#?}", window.texts_shown());
    window.press_id("ui-profile-back");
    window.press_id("ui-profile-back");
    assert!(!window.shows("■ Line "));
    window.type_into("ui-profile-text", "region = [");
    assert!(window.shows("■ Line 1: Not written by the rules of TOML"), "{:#?}", window.texts_shown());
    window.press_id("ui-profile-back");
    assert!(!window.shows("■ Line "));
}

#[test]
fn a_camera_s_login_is_typed_and_never_shown() {
    let mut window = profile();
    window.press_id("ui-profile-cameras");
    window.press("entrance · Вход в ППЭ · 8002");
    window.type_into("ui-profile-source", "rtsp://10.0.0.5/live");
    window.type_into("ui-profile-user", "admin");
    window.type_into("ui-profile-password", "s3cret/7");
    window.press_id("ui-profile-login-set");
    assert_eq!(typed(&window, "ui-profile-source"), "rtsp://‹100001›@10.0.0.5/live");
    window.press_id("ui-profile-review");
    assert!(!window.texts_shown().iter().any(|text| text.contains("s3cret")), "{:#?}", window.texts_shown());
    window.press_id("ui-profile-save");
    let state = window.fake.lock();
    let Some(Command::Profile(ProfileCommand::Save { text, logins, .. })) = state.asked.last() else {
        panic!("{:?}", state.asked)
    };
    assert!(!text.0.contains("s3cret"));
    assert_eq!((logins[0].mark, logins[0].login.0.as_str()), (100_001, "admin:s3cret%2F7"));
    assert!(!format!("{:?}", state.asked).contains("s3cret"), "what is logged of it");
}

#[test]
fn a_one_time_code_is_made_for_the_person_that_is_open_and_seen_once() {
    let mut window = profile();
    window.press_id("ui-profile-people");
    window.press("observer · Полянский Роман Олегович · общественный наблюдатель");
    window.press_id("ui-profile-code-new");
    window.head_consents();
    assert!(window.shows("Code: 4804 1234 5678"), "{:#?}", window.texts_shown());
    window.press_id("ui-profile-review");
    assert!(window.shows("people[observer].first_pin_code"));
    window.press_id("ui-profile-people");
    assert!(!window.shows("4804"));
}

#[test]
fn rights_are_given_and_taken_and_one_that_nobody_has_is_told() {
    let mut window = profile();
    window.press_id("ui-profile-rights");
    window.press_id("ui-profile-may-waive");
    window.press_id("ui-profile-may-plan");
    window.press_id("ui-profile-point-head");
    window.press_id("ui-profile-may-plan");
    assert!(window.shows("■ Nobody in people has the right plan."), "{:#?}", window.texts_shown());
    assert!(window.shows("Rights  ■ 1"));
    window.press_id("ui-profile-back");
    window.press_id("ui-profile-review");
    assert!(window.shows("rights.technician"), "{:#?}", window.texts_shown());
    let now = "Now: check, start, access, seal, write_code, waive.";
    assert!(window.shows(now), "{:#?}", window.texts_shown());
}

#[test]
fn without_a_station_the_window_has_its_settings_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::review(folder.path().to_owned(), Language::En);
    window.press_id("ui-screen-settings");
    window.press_id("ui-settings-dark");
    assert_eq!(window.harness.state().model().look, Look::Dark);
    assert!(!window.can_press("ui-settings-point"));
    window.press_id("ui-screen-review");
    assert_eq!(window.harness.state().model().screen, Screen::Review);
}

#[test]
fn while_a_day_is_open_it_is_only_looked_at() {
    let mut window = Window::open(Language::En);
    window.fake.lock().profile.closed = Some(invigil::i18n::Message::new("refused-profile-day"));
    window.sign_in();
    window.key(Key::F9);
    window.press_id("ui-settings-point");
    assert!(window.shows(&window.t("ui-profile-closed")));
    assert_eq!(typed(&window, "ui-profile-name"), "Школа № 101");
    window.press_id("ui-profile-rooms");
    assert!(!window.can_press("ui-profile-add-room"));
}
