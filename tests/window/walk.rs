//! A way through every screen and question of the window, over a day in which much happens.

use eframe::egui::Key;
use invigil::clock::Clock;
use invigil::day::{Card, OlderDay, Verified};
use invigil::i18n::{Language, Message};
use invigil::journal::{Event, Item, ItemState, RequestMade, StockChanged};
use invigil::point::CameraId;
use invigil::station::protocol::{
    BriefingLine, CopyState, DayLine, DayState, DaysPage, InventoryPage, WorkKind, WorkLive,
};

use crate::driver::Window;
use crate::fake::{EXAM_MS, State, copy_live, disk, plugged};
use crate::kept_day;

/// Stops at each, with its name.
pub fn walk(window: &mut Window, stop: &mut dyn FnMut(&mut Window, &str)) {
    let mut tour = Tour { window, stop };
    tour.morning();
    tour.recording();
    tour.access();
    tour.requests();
    tour.point();
    tour.settings();
    tour.evening();
    tour.review();
    tour.end();
}

struct Tour<'a> {
    window: &'a mut Window,
    stop: &'a mut dyn FnMut(&mut Window, &str),
}

impl Tour<'_> {
    fn stop(&mut self, name: &str) {
        self.window.settle();
        (self.stop)(self.window, name);
    }

    /// Presses it, and stops at what opens.
    fn open(&mut self, id: &str, name: &str) {
        self.window.press_id(id);
        self.stop(name);
    }

    fn choose<'t>(&self, ru: &'t str, en: &'t str) -> &'t str {
        if self.window.language() == Language::Ru { ru } else { en }
    }

    fn change(&mut self, change: impl FnOnce(&mut State)) {
        let mut state = self.window.fake.lock();
        change(&mut state);
        state.tell();
    }

    fn morning(&mut self) {
        self.stop("sign-in");
        self.window.press("Орлов Пётр Андреевич · технический специалист");
        self.window.digits("12");
        self.stop("sign-in-first-pin");
        self.window.key(Key::Backspace);
        self.window.key(Key::Backspace);
        self.window.sign_in();
        self.stop("today-before");
        self.open("takeover-open", "takeover");
        self.window.press_id("ui-cancel");
        self.window.key(Key::F1);
        self.stop("help");
        self.window.key(Key::Home);
        for (key, name) in
            [(Key::F2, "check-no-day"), (Key::F3, "cameras-no-day"), (Key::F6, "review-choose")]
        {
            self.window.key(key);
            self.stop(name);
        }
        self.window.key(Key::Home);
        self.window.press_id("ui-next-plan-go");
        self.stop("today-check");
        self.window.key(Key::F2);
        self.stop("check-begin");
        self.window.press_id("ui-check-start");
        self.window.press_id("ui-step-run");
        self.window.press_id("ui-step-run");
        self.stop("check");
        self.window.press_id("ui-step-not-so");
        self.window.type_into("ui-step-failed-note", "Коридор 2: темно");
        self.stop("check-note");
        self.window.press_id("ui-step-failed-go");
        self.stop("check-failed");
    }

    fn recording(&mut self) {
        self.window.key(Key::F3);
        self.window.press_id("ui-cameras-start");
        self.window.pass(169);
        self.change(|state| state.view.live.disk = Some(disk(Some(EXAM_MS + 580 * 60_000))));
        self.stop("cameras");
        let camera: CameraId = "room-0004".parse().unwrap();
        let cause = Message::new("camera-stalled").with("camera", "room-0004").with("detail", "");
        let lost = camera.clone();
        self.change(|state| {
            let last_frame_ms = Some(state.clock.now().utc_ms);
            state.happens(Event::CameraLost { camera: lost, last_frame_ms, cause });
        });
        self.window.pass(6);
        self.stop("cameras-lost");
        self.change(|state| state.view.live.plugged = vec![plugged()]);
        self.stop("cameras-spare");
        self.window.press_id("ui-spare-use");
        self.window.type_into("ui-replace-reason", "Кабель оборван");
        self.stop("replace");
        self.window.press_id("ui-cancel");
        self.change(|state| state.view.live.plugged.clear());
        self.window.key(Key::Home);
        self.stop("today-lost");
        let (width, height, detail) = (640, 480, String::new());
        self.change(|state| state.happens(Event::CameraWorks { camera, width, height, detail }));
        self.stop("today-outage");
    }

    fn access(&mut self) {
        self.window.key(Key::F4);
        self.stop("access-none");
        self.window.press_id("ui-access-open");
        self.window.press("Аудитория 0003");
        self.window.type_into("ui-access-reason", "Камера повёрнута");
        self.stop("access-dialog");
        self.window.key(Key::F1);
        self.stop("access-dialog-help");
        self.window.key(Key::F1);
        self.window.press(self.choose("корректировка ракурса", "correction of the angle"));
        self.window.press_id("ui-access-sign");
        self.window.press("Берёзкина Анна Сергеевна, руководитель ППЭ");
        self.window.digits("123");
        self.stop("consent");
        self.window.digits("4");
        self.window.press_id("ui-consent-go");
        self.stop("access");
        for (id, name) in [("ui-cabinet-open", "cabinet"), ("ui-access-explain", "access-explain")] {
            self.open(id, name);
            self.window.press_id("ui-cancel");
        }
        self.open("ui-papers-print", "papers");
        self.window.press_id("ui-papers-leave");
        self.window.press_id("ui-access-close");
        self.window.type_into("ui-access-result", "Ракурс возвращён");
        self.stop("access-close");
        self.window.press_id("ui-access-close-go");
        self.stop("access-closed");
    }

    fn requests(&mut self) {
        self.change(|state| {
            for request in 1..=3 {
                let (room, category) = ("0003".parse().unwrap(), "printer".into());
                let text = "Принтер зажевал бумагу, нужна помощь до начала печати".into();
                let (due_ms, head_due_ms) = (EXAM_MS, EXAM_MS);
                let made = RequestMade { request, room, category, text, due_ms, head_due_ms };
                state.happens(Event::RequestMade(made));
            }
        });
        self.window.key(Key::F7);
        self.stop("requests");
        self.open("ui-request-new", "request-new");
        self.window.press_id("ui-cancel");
        let (pass, resolve) = ("ui-request-pass-title", "ui-request-resolve-title");
        for (id, name) in [(pass, "request-pass"), (resolve, "request-resolve")] {
            let button = self.window.say(Message::new(id).with("request", 1_u32));
            self.window.press(&button);
            self.stop(name);
            self.window.press_id("ui-cancel");
        }
    }

    fn point(&mut self) {
        // What is told in passing has gone.
        self.window.pass(1);
        self.change(|state| {
            let folder = tempfile::tempdir().unwrap();
            let text = invigil::briefing::of_the_point(folder.path()).unwrap().remove(0);
            let (id, title) = (text.id.clone(), text.title.clone());
            let unsigned = vec!["technician".parse().unwrap(), "point-head".parse().unwrap()];
            state.view.briefings = vec![BriefingLine { id, version: 1, title, signed: vec![], unsigned }];
            state.briefing = Some(text);
            state.inventory = inventory();
            state.days = days();
        });
        self.window.key(Key::F8);
        self.stop("briefings");
        self.open("ui-screen-equipment", "equipment");
        self.window.press(self.choose(
            "102 · камера · HD · 0003 · Орлов · резерв",
            "102 · камера · HD · 0003 · Орлов · reserve",
        ));
        self.stop("equipment-one");
        self.open("ui-inventory-hand-out", "equipment-hand-out");
        self.window.press_id("ui-cancel");
        self.open("ui-screen-days", "days");
        let text = self.window.t("ui-days-delete");
        self.window.press(&format!("{text}: 77-0101-2025-05-29-main"));
        self.stop("days-delete");
        self.window.press_id("ui-cancel");
        self.change(|state| {
            let subject = "77-0101-2025-05-29-main".to_owned();
            let work = WorkLive::begun(WorkKind::Verify, 12_600_000_000, subject);
            let done_bytes = 8_100_000_000;
            let bytes_per_second = 410_000_000;
            state.view.live.older =
                Some(WorkLive { done_bytes, bytes_per_second, eta_ms: Some(11_000), ..work });
        });
        self.stop("days-verify");
        self.change(|state| state.view.live.older = None);
    }

    fn settings(&mut self) {
        self.window.key(Key::F9);
        self.stop("settings");
        self.open("ui-settings-station", "settings-station");
        self.open("ui-settings-point", "profile");
        self.window.type_into("ui-profile-region", "Москва");
        self.stop("profile-fault");
        self.open("ui-profile-back", "profile-undone");
        self.open("ui-profile-rooms", "profile-rooms");
        self.window.press("0001 · Аудитория 0001");
        self.stop("profile-room");
        self.window.press_id("ui-profile-cameras");
        self.window.press("corridor · Коридор 2 этажа · 8001");
        self.window.type_into("ui-profile-source", "rtsp://10.0.0.5/live");
        self.stop("profile-camera");
        self.window.press_id("ui-profile-people");
        self.window.press("technician · Орлов Пётр Андреевич · технический специалист");
        self.stop("profile-person");
        self.open("ui-profile-rights", "profile-rights");
        self.open("ui-profile-times", "profile-times");
        self.open("ui-profile-words", "profile-words");
        self.open("ui-profile-limits", "profile-limits");
        self.open("ui-profile-pictures", "profile-pictures");
        self.open("ui-profile-checks", "profile-checks");
        self.open("ui-profile-programs", "profile-programs");
        self.open("ui-profile-text", "profile-text");
        self.open("ui-profile-review", "profile-review");
    }

    fn evening(&mut self) {
        self.window.key(Key::F3);
        self.open("ui-cameras-stop", "stop");
        let staff = self.choose("Штаб (1)", "Staff room (1)");
        self.window.press(staff);
        self.window.press_id("ui-stop-handover");
        self.window.press_id("ui-stop-go");
        self.window.head_consents();
        self.window.key(Key::F5);
        self.stop("close");
        self.window.press_id("ui-outages-explain");
        self.window.type_into("ui-outage-reason", "Задели кабель");
        self.stop("outages");
        self.window.press_id("ui-outage-explain-go");
        self.stop("close-ready");
    }

    fn review(&mut self) {
        let changed = tempfile::tempdir().unwrap();
        kept_day::changed(changed.path());
        self.window.key(Key::F6);
        self.verify(changed.path().to_str().unwrap());
        let damaged = self.window.t("ui-play-damaged");
        self.window.until(&damaged, |window| tile(window, "Вход в ППЭ").contains(&damaged));
        self.stop("review-changed");
        self.window.press_id("ui-review-other");
        self.verify(kept_day::FOLDER);
        let names = ["Аудитория 0003", "Вход в ППЭ", "Коридор 2 этажа"];
        self.window.until("every picture", |window| {
            names.iter().all(|name| tile(window, name).contains("09:00:00"))
        });
        self.stop("review");
        for (id, name) in [("ui-review-against", "review-against"), ("ui-review-save", "review-save")] {
            self.open(id, name);
            self.window.press_id("ui-cancel");
        }
        self.window.press_id("ui-review-save");
        self.open("ui-save-excerpt", "review-excerpt");
        self.window.press_id("ui-cancel");
        self.turn_to("ui-review-journal");
        self.stop("review-journal");
        self.window.type_into("ui-log-search", "k7qd");
        let found = self.window.say(Message::new("ui-log-found").with("count", 1_u32));
        self.window.until(&found, |window| window.shows(&found));
        // A cursor in the field would blink.
        self.window.key(Key::Tab);
        self.stop("review-search");
        let begin = self.choose("Запись ", "Record ");
        let is_it = |text: &String| {
            text.strip_prefix(begin)
                .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
        };
        let record = self.window.texts_shown().into_iter().find(is_it);
        self.window.focus(&record.expect("the record is found"));
        self.window.key(Key::Enter);
        let place = self.window.t("record-chain-both");
        self.window.until(&place, |window| window.shows(&place));
        self.window.until("its moment", |window| tile(window, names[0]).contains("11:22:00"));
        self.stop("review-record");
        self.window.press_id("ui-understood");
        self.window.press_id("shown-form-tab");
        let form = self.window.say(Message::new("ui-papers-form").with("form", "operation-log"));
        self.window.until(&form, |window| window.shows(&form));
        self.stop("review-forms");
        self.window.press(&form);
        self.window.until("the form", |window| window.shows("77-0101-2026-05-29-main"));
        self.stop("review-form");
        self.open("shown-form-save", "review-form-save");
        self.window.press_id("ui-cancel");
        self.window.press_id("ui-understood");
        self.turn_to("ui-review-notes");
        self.stop("review-notes");
        self.window.press_id("ui-review-other");
        self.window.key(Key::F5);
    }

    /// Presses what is called so, with however much there is of it.
    fn turn_to(&mut self, id: &str) {
        let name = self.window.say(Message::new(id).with("count", ""));
        let tab = self.window.texts_shown().into_iter().find(|text| text.starts_with(name.trim_end()));
        self.window.press(&tab.expect("it is offered"));
    }

    /// Types the folder and waits for the verdict.
    fn verify(&mut self, folder: &str) {
        self.window.type_into("ui-review-folder", folder);
        self.window.press_id("ui-review-go");
        self.window.until_shown("ui-review-other");
    }

    fn end(&mut self) {
        self.window.press_id("ui-close-seal");
        self.stop("close-sealed");
        self.change(|state| {
            state.view.live.copies = vec![copy_live("/media/rcoi-17", CopyState::Copying)];
        });
        self.stop("close-copy");
        self.open("ui-paper-closing-go", "paper-closing");
        self.window.press_id("ui-understood");
        self.open("ui-close-countersign", "countersign");
        self.window.press_id("ui-cancel");
        self.window.press_id("ui-page-go");
        self.window.press_id("ui-page-beside");
        self.stop("page");
        self.window.press_id("ui-understood");
        self.window.key(Key::Home);
        self.stop("today-closed");
        self.open("ui-paper-opening-go", "paper-opening");
        self.window.press_id("ui-understood");
        self.change(|state| state.gone = true);
        self.stop("station-lost");
    }
}

/// What is said of a camera in Review.
fn tile(window: &Window, name: &str) -> String {
    let begin = format!("{name}: ");
    window.texts_shown().into_iter().find(|text| text.starts_with(&begin)).unwrap_or_default()
}

fn inventory() -> InventoryPage {
    let card = |number: &str, state| {
        let text = |text: &str| text.to_owned();
        let item = Item {
            number: number.parse().unwrap(),
            serial: text("SN 1"),
            kind: text("камера"),
            name: text("HD"),
            place: text("0003"),
            holder: text("Орлов"),
            state,
            role: text("room-0003"),
        };
        Card { item, changed_ms: 0, by: None, counted_ms: None }
    };
    let stock =
        StockChanged {
            name: "тонер".into(), unit: "шт.".into(), left: 1, low: 2, note: String::new()
        };
    InventoryPage {
        matching: 2,
        from: 0,
        cards: vec![card("101", ItemState::InUse), card("102", ItemState::Reserve)],
        total: 2,
        counting: None,
        stock: vec![stock],
    }
}

fn days() -> DaysPage {
    let verified = Verified { at_ms: 0, verdict: "VALID".into(), faults: 0 };
    let day = DayLine {
        day: "77-0101-2025-05-29-main".parse().unwrap(),
        state: DayState::Sealed,
        keep_until: chrono::NaiveDate::from_ymd_opt(2026, 3, 1),
        files: 14,
        bytes: 12_600_000_000,
        told: OlderDay { sealed_ms: Some(0), verified: Some(verified), ..OlderDay::default() },
    };
    DaysPage { total: 1, from: 0, days: vec![day] }
}
