//! Each screen by itself, where the whole day does not pass.

use eframe::egui::Key;
use egui_kittest::Harness;
use invigil::clock::Clock;
use invigil::i18n::{Language, Message};
use invigil::journal::{
    Change, DiskLevel, EquipmentChanged, Event, Noticed, OutageLevel, RequestLate, RequestMade,
    RequestResolved, RoomRange, SupportLine, ThingKind,
};
use invigil::point::{CameraId, ChecklistId, PlannedStart, RoomNumber, Zone};
use invigil::station::protocol::{Command, CopyState, DiskLive, SoundLive};
use invigil::ui::model::{Screen, Station};

use crate::driver::{SMALL, Window};
use crate::fake::{EXAM_MS, MORNING_MS, copy_live, disk, plugged};

#[test]
fn two_first_pins_that_differ_are_asked_for_anew() {
    let mut window = Window::open(Language::En);
    window.press("Орлов Пётр Андреевич · технический специалист");
    assert!(!window.can_press("ui-sign-in-next"), "an empty PIN can't be entered");
    window.digits("1234");
    window.press_id("ui-sign-in-next");
    window.digits("1243");
    window.press_id("ui-sign-in-go");
    assert!(window.shows(&window.t("ui-sign-in-differed")));
    assert!(window.fake.lock().asked.is_empty(), "nothing was sent");
}

#[test]
fn a_wrong_pin_is_said_and_the_digits_are_gone() {
    let mut window = Window::open(Language::Ru);
    window.press("Берёзкина Анна Сергеевна · руководитель ППЭ");
    window.digits("9999");
    window.key(Key::Enter);
    assert_eq!(
        window.harness.state().model().refusal.as_ref().map(|m| m.id.as_str()),
        Some("refused-wrong-pin")
    );
    assert!(!window.can_press("ui-sign-in-go"));
    window.press_id("ui-understood");
    window.digits("1234");
    window.key(Key::Enter);
    assert!(window.harness.state().model().signed_in().is_some());
}

#[test]
fn languages_switch_at_once_and_nothing_is_lost() {
    let mut window = Window::open(Language::Ru);
    window.sign_in();
    assert!(window.shows("Начать экзаменационный день"));
    window.press("English");
    assert!(window.shows("Begin the exam day"));
    window.press("Русский");
    assert!(window.shows("Начать экзаменационный день"));
}

#[test]
fn function_keys_lead_to_the_screens() {
    let mut window = Window::open(Language::En);
    window.sign_in();
    let keys = [Key::Home, Key::F2, Key::F3, Key::F4, Key::F5, Key::F6, Key::F7, Key::F8, Key::F9];
    for (key, screen) in keys.into_iter().zip(Screen::ALL) {
        window.key(key);
        assert_eq!(window.harness.state().model().screen, screen);
    }
}

#[test]
fn a_lost_camera_is_told_on_every_screen_until_somebody_has_seen_it() {
    let mut window = Window::open(Language::En);
    window.begin_recording();
    window.pass(30);
    let camera = "room-0004".parse().unwrap();
    lose(&window, camera);
    window.pass(7);
    for key in [Key::Home, Key::F2, Key::F4, Key::F5, Key::F3] {
        window.key(key);
        assert!(window.shows("Аудитория 0004: no picture for 7 min"), "{key:?}");
    }
    assert!(window.shows("Cameras, needs attention: 1"));
    window.press_id("ui-trouble-seen");
    assert!(window.shows("7 min of 20 min without video today"), "{:#?}", window.texts_shown());
    window.key(Key::F4);
    assert!(!window.shows("Аудитория 0004: no picture for 7 min"), "seen, and quiet");
    assert!(window.shows("Cameras, needs attention: 1"), "it still stands");
    window.key(Key::Home);
    assert!(window.shows("Bring back the picture: Аудитория 0004"));
}

#[test]
fn a_camera_with_sound_has_a_meter_and_a_silent_or_lost_microphone_an_alarm() {
    let mut window = Window::open(Language::En);
    window.begin_recording();
    let camera: CameraId = "room-0004".parse().unwrap();
    let sounds = |window: &Window, works, silent| {
        let sound = SoundLive { works, silent, peak_dbfs: Some(-12), rms_dbfs: Some(-30) };
        let mut state = window.fake.lock();
        state.view.live.cameras.entry(camera.clone()).or_default().sound = Some(sound);
    };
    sounds(&window, true, false);
    window.fake.lock().happens(Event::SoundWorks { camera: camera.clone(), detail: "mic".into() });
    window.settle();
    assert!(window.shows("frames/s. Sound"), "{:#?}", window.texts_shown());
    sounds(&window, true, true);
    window.fake.lock().happens(Event::SoundSilent { camera: camera.clone(), from_ms: 0 });
    window.settle();
    assert!(window.shows("frames/s. Silence"));
    assert!(window.shows("Аудитория 0004: the microphone hears nothing"));
    sounds(&window, false, false);
    let cause = Message::new("sound-unplugged").with("camera", camera.as_str()).with("detail", "mic");
    window.fake.lock().happens(Event::SoundLost { camera: camera.clone(), cause });
    window.settle();
    assert!(window.shows("frames/s. No sound"));
    assert!(window.shows("Аудитория 0004: no sound"));
    sounds(&window, true, false);
    window.fake.lock().happens(Event::SoundWorks { camera: camera.clone(), detail: "mic".into() });
    window.settle();
    assert!(!window.shows("Аудитория 0004: no sound"));
}

/// The camera gives no more frames from now on.
fn lose(window: &Window, camera: CameraId) {
    let mut state = window.fake.lock();
    let last_frame_ms = Some(state.clock.now().utc_ms);
    let cause = Message::new("ui-trouble-camera-lost-do");
    state.happens(Event::CameraLost { camera, last_frame_ms, cause });
}

#[test]
fn an_outage_comes_back_louder_and_is_explained_before_the_seal() {
    let mut window = Window::open(Language::En);
    window.begin_recording();
    {
        let mut state = window.fake.lock();
        state.view.live.cameras.get_mut(&"staff".parse().unwrap()).unwrap().silent_ms = 3_200;
        state.tell();
    }
    window.settle();
    assert!(window.shows("Штаб: Frames are late. 3 s"), "before anybody calls it lost");
    let camera: CameraId = "room-0004".parse().unwrap();
    lose(&window, camera.clone());
    window.settle();
    window.press_id("ui-trouble-seen");
    window.pass(10);
    assert!(!window.can_press("ui-trouble-seen"));
    let level = OutageLevel::Head;
    window.fake.lock().happens(Event::OutageEscalated { camera: camera.clone(), level });
    window.settle();
    assert!(window.shows("Call the head! Аудитория 0004: no picture for 10 min"));
    window.press_id("ui-trouble-seen");
    window.pass(10);
    window.fake.lock().happens(Event::OutageEscalated { camera: camera.clone(), level: OutageLevel::Limit });
    window.settle();
    assert!(window.shows("The time allowed without video has passed!"));

    let (width, height, detail) = (640, 480, String::new());
    window.fake.lock().happens(Event::CameraWorks { camera, width, height, detail });
    window.key(Key::F3);
    window.press_id("ui-cameras-stop");
    window.press("Staff room (1)");
    window.press_id("ui-stop-handover");
    window.press_id("ui-stop-go");
    window.head_consents();
    window.key(Key::F5);
    assert!(!window.can_press("ui-close-seal"), "nobody has said why");
    window.press_id("ui-outages-explain");
    assert!(!window.can_press("ui-outage-explain-go"));
    window.type_into("ui-outage-reason", "The cable was pulled");
    window.press_id("ui-outage-explain-go");
    assert!(window.can_press("ui-close-seal"));
    assert!(
        window.shows("20 min. The cable was pulled (технический специалист)"),
        "{:#?}",
        window.texts_shown()
    );
}

#[test]
fn what_happened_without_an_access_stands_in_front_until_it_is_explained() {
    let mut window = Window::open(Language::En);
    window.begin_day();
    for place in ["1-4", "1-5"] {
        window.fake.lock().happens(Event::EquipmentChanged(plugged_in(place)));
    }
    window.settle();
    assert!(window.shows("Something happened to the computer with no open access: 2"));
    assert!(window.shows("Access, needs attention: 2"), "{:#?}", window.texts_shown());
    window.press_id("ui-trouble-seen");
    window.key(Key::F4);
    let told = |window: &Window, text: &str| window.texts_shown().iter().any(|shown| shown.contains(text));
    assert!(told(&window, "With no open access and no explanation: 2"));
    let long = "\u{5d0}".repeat(80);
    assert!(
        told(&window, &format!("07:52 USB device plugged in: {long} (1-4)")),
        "{:#?}",
        window.texts_shown()
    );
    window.picture("incidents");
    window.press_id("ui-incidents-explain");
    assert!(!window.can_press("ui-incident-explain-go"));
    window.type_into("ui-incident-reason", "The head's mouse");
    window.press_id("ui-incident-explain-go");
    assert!(window.shows("All that happened to the computer is explained: 2"), "{:#?}", window.texts_shown());
    assert!(!window.shows("Access, needs attention: 2"));
    window.key(Key::F5);
    assert!(window.shows("Everything that happened to the equipment is explained"));
}

#[test]
fn a_request_is_three_taps_and_stands_on_the_notice_board_until_it_is_resolved() {
    let mut window = Window::open(Language::En);
    window.begin_day();
    window.key(Key::F7);
    assert!(window.shows("Everything works."));
    window.press_id("ui-request-new");
    window.press("0003");
    assert!(!window.can_press("ui-request-new-go"));
    window.press("printer, paper");
    window.press_id("ui-request-new-go");
    assert!(window.shows("No. 1, 07:52. Room 0003: printer, paper"), "{:#?}", window.texts_shown());
    assert!(window.shows("With the technician, due 08:02."));
    assert!(window.shows("Requests, needs attention: 1"));
    window.press("Pass on request No. 1");
    window.type_into("ui-request-reason", "Their key is needed");
    window.press_id("ui-request-pass-go");
    assert!(window.shows("With the second line, due 08:02."));
    window.pass(11);
    let late = RequestLate { request: 1, to: SupportLine::Second };
    window.fake.lock().happens(Event::RequestLate(late));
    window.settle();
    assert!(window.shows("Room 0003: request No. 1 is overdue"), "{:#?}", window.texts_shown());
    window.picture("requests");
    window.press("Request No. 1 is resolved");
    window.type_into("ui-request-done", "A new cartridge");
    window.press_id("ui-request-resolve-go");
    assert!(window.shows("Resolved in 11 min: A new cartridge"), "{:#?}", window.texts_shown());
    assert!(window.shows("Everything works.") && !window.shows("Requests, needs attention: 1"));
}

#[test]
fn the_older_requests_and_incidents_of_a_long_day_are_asked_for_page_by_page() {
    let mut window = Window::open(Language::En);
    window.begin_day();
    {
        let mut state = window.fake.lock();
        for request in 1..=45 {
            let (room, category, text) =
                ("0003".parse().unwrap(), "printer".into(), format!("help {request}"));
            let (due_ms, head_due_ms) = (EXAM_MS, EXAM_MS);
            let made = RequestMade { request, room, category, text, due_ms, head_due_ms };
            state.happens(Event::RequestMade(made));
            state.happens(Event::RequestResolved(RequestResolved { request, text: "done".into() }));
            state.happens(Event::EquipmentChanged(plugged_in(&format!("1-{request}"))));
        }
    }
    window.settle();
    window.key(Key::F7);
    assert!(window.shows("help 45") && !window.shows("help 30"), "{:#?}", window.texts_shown());
    window.press("Show all of the day: 45");
    assert!(window.shows("26 to 45 of 45, the newest first"), "{:#?}", window.texts_shown());
    assert!(window.shows("help 30") && !window.shows("help 25"));
    window.press_id("ui-pages-older");
    window.press_id("ui-pages-older");
    assert!(window.shows("1 to 5 of 45, the newest first") && window.shows("help 1"));
    window.picture("requests-pages");
    window.press_id("ui-pages-newer");
    assert!(window.shows("help 25") && window.shows("help 6") && !window.shows("help 26"));
    window.press_id("ui-pages-less");
    assert!(!window.shows("help 25"));
    window.key(Key::F4);
    window.press("Show all of the day: 45");
    let told = |window: &Window, place: &str| window.texts_shown().iter().any(|text| text.ends_with(place));
    assert!(told(&window, "(1-45)") && !told(&window, "(1-6)"), "{:#?}", window.texts_shown());
    window.press_id("ui-pages-older");
    assert!(told(&window, "(1-6)") && window.shows("Not explained yet"));
}

#[test]
fn the_older_accesses_of_a_long_day_are_asked_for_page_by_page_and_corrected_there() {
    let mut window = Window::open(Language::En);
    window.begin_day();
    for access in 1..=45 {
        let mut state = window.fake.lock();
        let [person, second] = ["technician", "point-head"].map(|id| id.parse().unwrap());
        let room: RoomNumber = "0003".parse().unwrap();
        let rooms = RoomRange { first: room.clone(), last: room };
        let (action, reason, time_from) = ("check".into(), format!("reason {access}"), "08:00".into());
        state.happens(Event::AccessOpened { access, person, second, rooms, action, reason, time_from });
        let (result, time_to) = (format!("result {access}"), "08:05".into());
        state.happens(Event::AccessClosed { access, result, time_to });
    }
    window.settle();
    window.key(Key::F4);
    let told = |window: &Window, text: &str| window.texts_shown().iter().any(|shown| shown.contains(text));
    assert!(told(&window, "result 45") && !told(&window, "result 26"), "{:#?}", window.texts_shown());
    window.press("Show all of the day: 45");
    window.press_id("ui-pages-older");
    window.press_id("ui-pages-older");
    assert!(window.shows("1 to 5 of 45, the newest first"), "{:#?}", window.texts_shown());
    assert!(told(&window, "result 5") && told(&window, "result 1") && !told(&window, "result 6"));
    window.picture("accesses-pages");
    window.press("Correct entry No. 3");
    assert!(window.shows(&window.t("ui-access-correct-text")), "{:#?}", window.texts_shown());
}

#[test]
fn the_cabinet_s_seals_are_asked_for_in_an_open_access() {
    let mut window = Window::open(Language::Ru);
    window.begin_day();
    window.key(Key::F4);
    window.press_id("ui-access-open");
    window.press("7777 · Штаб ППЭ");
    window.press("выключение");
    window.type_into("ui-access-reason", "Замена диска");
    window.press_id("ui-access-sign");
    window.head_consents();
    window.press_id("ui-cabinet-open");
    assert!(!window.can_press("ui-cabinet-open-go"));
    window.press("Лугов Игорь Павлович");
    window.type_into("ui-cabinet-seal", "0017-А");
    window.press_id("ui-cabinet-open-go");
    window.press_id("ui-cabinet-close");
    window.type_into("ui-cabinet-new-seal", "0018");
    window.press_id("ui-cabinet-pak-on");
    window.picture("cabinet");
    window.press_id("ui-cabinet-close-go");
    let told = |text: &String| text.contains("Шкаф: член ГЭК, пломбы 0017-А → 0018");
    assert!(window.texts_shown().iter().any(told), "{:#?}", window.texts_shown());
}

/// A stick whose name is as long as one can be, from right to left.
fn plugged_in(place: &str) -> EquipmentChanged {
    EquipmentChanged {
        kind: ThingKind::Usb,
        place: place.into(),
        name: "\u{5d0}".repeat(80),
        ident: "0781:5581".into(),
        change: Change::Appeared,
        on: true,
        times: 1,
        from_ms: MORNING_MS,
        to_ms: MORNING_MS,
        noticed: Noticed::AtOnce,
    }
}

#[test]
fn what_starts_by_itself_is_told_before_and_may_be_started_sooner() {
    let mut window = Window::open(Language::En);
    window.begin_day();
    {
        let mut state = window.fake.lock();
        let day = state.view.day.as_mut().unwrap();
        let zones = [Zone::StaffRoom, Zone::Entrance, Zone::Corridor, Zone::Auditorium];
        let starts = zones.map(|zone| PlannedStart { zone, at_ms: EXAM_MS - 3_600_000 });
        day.plan.starts = starts.to_vec();
        let checklist: ChecklistId = "two-hours-before".parse().unwrap();
        state.happens(Event::CheckStarted { checklist: checklist.clone(), version: 1 });
        state.happens(Event::CheckFinished { checklist });
    }
    window.settle();
    assert!(window.shows("Recording starts by itself at 09:00"));
    assert!(window.shows("Starts by itself at 09:00: Аудитория 0003, Аудитория 0004"));
    window.key(Key::F3);
    assert!(window.shows("Штаб: Waiting. starts at 09:00"));
    window.press_id("ui-cameras-start");
    assert!(window.shows("Recording 6 of 6"));
}

#[test]
fn a_new_camera_is_offered_and_takes_a_lost_ones_place() {
    let mut window = Window::open(Language::En);
    window.begin_recording();
    {
        let mut state = window.fake.lock();
        state.view.live.plugged = vec![plugged()];
        state.tell();
    }
    window.settle();
    assert!(window.shows("New camera: HD Webcam · MJPEG 640x480 30/s → 15/s"));
    assert!(!window.can_press("ui-spare-use"), "no camera is lost");
    for camera in ["room-0004", "corridor-2"] {
        let cause = Message::new("camera-stalled").with("camera", camera).with("detail", "");
        let camera = camera.parse().unwrap();
        window.fake.lock().happens(Event::CameraLost { camera, last_frame_ms: None, cause });
    }
    window.settle();
    window.press_id("ui-spare-use");
    window.type_into("ui-replace-reason", "Cable torn");
    assert!(!window.can_press("ui-replace-go"), "one of two has to be chosen");
    window.press("Аудитория 0004");
    window.press_id("ui-replace-go");
    let asked = window.fake.lock().asked.last().cloned();
    let (camera, source) = ("room-0004".parse().unwrap(), "usb:usb-0000:00:14.0-2".into());
    assert_eq!(asked, Some(Command::ReplaceSource { camera, source, reason: "Cable torn".into() }));
    assert!(!window.shows(&window.t("ui-spare-use")), "it is no new camera any more");
}

#[test]
fn a_driver_that_hangs_is_told_with_what_to_do() {
    let mut window = Window::open(Language::Ru);
    window.begin_recording();
    window.fake.lock().happens(Event::DriverStuck { camera: "staff".parse().unwrap(), attempts: 3 });
    window.settle();
    assert!(window.shows("Штаб: драйвер завис") && window.shows(&window.t("ui-trouble-driver-stuck-do")));
}

#[test]
fn pictures_are_asked_for_on_the_cameras_screen_alone() {
    let mut window = Window::open(Language::En);
    window.begin_day();
    let watched = |window: &Window| {
        let state = window.fake.lock();
        let last = state.asked.iter().rev().find_map(|command| match command {
            Command::Watch { cameras, .. } => Some(cameras.len()),
            _ => None,
        });
        last.unwrap_or(0)
    };
    assert_eq!(watched(&window), 0);
    window.key(Key::F3);
    assert_eq!(watched(&window), 6);
    window.key(Key::Home);
    assert_eq!(watched(&window), 0);
}

#[test]
fn a_step_that_is_not_so_takes_a_note_and_can_be_waived_by_the_head() {
    let mut window = Window::open(Language::Ru);
    window.begin_check();
    window.press("Антивирус обновлён");
    window.press_id("ui-step-not-so");
    assert!(!window.can_press("ui-step-failed-go"), "a note is needed");
    window.type_into("ui-step-failed-note", "Базы от 12 мая");
    window.press_id("ui-step-failed-go");
    window.press("Антивирус обновлён: Не выполнено");
    window.press_id("ui-step-waive");
    window.type_into("ui-waive-reason", "Обновим после экзамена");
    window.press_id("ui-waive-go");
    assert!(window.shows(&window.t("ui-consent-title")), "the technician may not decide it alone");
    window.head_consents();
    assert!(window.shows("Антивирус обновлён: оставлено решением руководителя"));
}

#[test]
fn an_early_stop_needs_a_reason_and_a_refused_consent_keeps_it() {
    let mut window = Window::open(Language::En);
    window.begin_recording();
    window.press_id("ui-cameras-stop");
    assert!(!window.can_press("ui-stop-go"));
    window.press("Staff room (1)");
    window.type_into("ui-stop-reason", "Fire alarm");
    window.press_id("ui-stop-go");
    window.press("Берёзкина Анна Сергеевна, руководитель ППЭ");
    window.digits("0000");
    window.press_id("ui-consent-go");
    assert_eq!(
        window.harness.state().model().refusal.as_ref().map(|m| m.id.as_str()),
        Some("refused-wrong-pin")
    );
    window.key(Key::Escape);
    assert!(window.can_press("ui-stop-go"), "the reason still stands");
    window.press_id("ui-stop-go");
    window.head_consents();
    let reasons: Vec<_> = window
        .fake
        .lock()
        .asked
        .iter()
        .filter_map(|command| match command {
            Command::StopRecording { reason, handover_done: false, .. } => Some(reason.clone()),
            _ => None,
        })
        .collect();
    assert!(!reasons.is_empty() && reasons.iter().all(|reason| reason == "Fire alarm"), "{reasons:?}");
    assert!(window.shows(&window.t("ui-chip-stopped")));
}

#[test]
fn an_access_is_corrected_by_a_new_entry_and_explained_when_it_cant_be_closed() {
    let mut window = Window::open(Language::En);
    window.begin_day();
    window.key(Key::F4);
    window.press_id("ui-access-open");
    window.press("Аудитория 0003");
    window.press("correction of the angle");
    window.type_into("ui-access-reason", "Camera turned away");
    window.type_into("ui-access-time-from", "7:5");
    assert!(!window.can_press("ui-access-sign") && window.shows(&window.t("ui-time-rule")));
    window.type_into("ui-access-time-from", "07:50");
    window.press_id("ui-access-sign");
    window.head_consents();
    assert!(window.shows("Access open since 07:50, room 0003"));
    window.press("Correct entry No. 1");
    window.type_into("ui-access-right", "Room 0004");
    window.type_into("ui-access-correct-reason", "Wrong room typed");
    window.press_id("ui-access-correct-go");
    assert!(window.shows("Right is: Room 0004. Why corrected: Wrong room typed"));
    window.press_id("ui-access-explain");
    window.type_into("ui-access-explanation", "The second person was called away");
    window.press_id("ui-access-explain-go");
    assert!(window.shows("Not closed, explained: The second person was called away"));
}

#[test]
fn a_disk_that_will_not_last_is_told_with_what_to_do() {
    let mut window = Window::open(Language::Ru);
    window.begin_day();
    {
        let mut state = window.fake.lock();
        state.view.live.disk = Some(disk(Some(crate::fake::EXAM_MS)));
        state.happens(Event::DiskLow { level: DiskLevel::Critical, free_bytes: 1, needed_bytes: 2 });
    }
    window.settle();
    assert!(window.shows("Места на диске осталось на несколько минут"));
    assert!(window.shows("Диск до 10:00"));
    let forecast = "Диск: свободно 412 ГБ, это ещё 2 ч 08 мин записи; до 15:30 нужно 23 ГБ";
    assert!(window.shows(forecast), "{:#?}", window.texts_shown());
    window.key(Key::F3);
    assert!(window.shows(forecast));
    {
        let mut state = window.fake.lock();
        state.view.live.disk = Some(DiskLive { trouble: Some(Message::new("disk-gone")), ..disk(None) });
        state.tell();
    }
    window.key(Key::F4);
    assert!(window.shows(&window.t("ui-station-disk")), "on every screen");
    assert!(window.shows(&window.t("disk-gone")));
}

#[test]
fn work_shows_how_far_it_is_and_how_long_yet() {
    let mut window = Window::open(Language::Ru);
    window.begin_day();
    {
        let mut state = window.fake.lock();
        state.view.live.copies = vec![copy_live("/media/rcoi-17", CopyState::Copying)];
        state.tell();
    }
    window.key(Key::F5);
    assert!(window.shows("8,1 ГБ из 12,6 ГБ · 31 МБ/с · осталось 2 мин 25 с"));
    window.press_id("ui-work-cancel");
    assert_eq!(
        window.fake.lock().asked.last(),
        Some(&Command::CancelCopy { target: "/media/rcoi-17".into() })
    );
}

#[test]
fn a_station_that_is_gone_is_said_and_nobody_stays_signed_in() {
    let mut window = Window::open(Language::En);
    window.sign_in();
    window.fake.lock().gone = true;
    window.settle();
    assert_eq!(window.harness.state().model().station, Station::Lost);
    assert!(window.shows(&window.t("ui-station-lost")));
    assert!(window.harness.state().model().signed_in().is_none());
}

#[test]
fn a_folder_without_an_archive_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::review(folder.path().to_owned(), Language::Ru);
    assert!(window.shows(&window.t("ui-review-cannot")));
    assert!(!window.shows(&window.t("ui-screen-cameras")), "without a station there is only the review");
    window.press_id("ui-review-other");
    assert!(window.shows(&window.t("ui-review-text")));
}

#[test]
fn every_sign_is_in_the_fonts_in_each_look_on_a_small_screen() {
    // A glyph that no font has panics in tests.
    let mut window = Window::build(Harness::builder().with_size(SMALL), Language::En);
    window.begin_day();
    for look in ["ui-look-dark", "ui-look-contrast", "ui-look-light"] {
        for key in [Key::Home, Key::F2, Key::F3, Key::F4, Key::F5, Key::F6] {
            window.key(key);
        }
        window.press_id(look);
    }
}
