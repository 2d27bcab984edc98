//! The window is killed, with -9, while long work goes on. What the station does for it comes to its end all the
//! same, and the next window shows it and can call it off; what the window does itself leaves nothing half-written.
//! Wants `Xvfb`, `strace` and what the screen reader wants; see `.ci/setup`.

#![cfg(all(feature = "window", target_os = "linux"))]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use invigil::archive::verify::{VerifyOptions, verify};
use invigil::clock::SystemClock;
use invigil::day::Stage;
use invigil::i18n::Message;
use invigil::station::client::{Dialogue, SocketConnection};
use invigil::station::protocol::{Answer, Command, CopyLive, CopyState, DaysCommand, Pin, View, WorkLive};

#[allow(dead_code)]
#[path = "../desktop/mod.rs"]
mod desktop;
mod older_day;
#[allow(dead_code)]
#[path = "../station/point.rs"]
mod point;
#[allow(dead_code)]
#[path = "../desktop/reader.rs"]
mod reader;
mod review;

use desktop::{Running, display};
use reader::{Orders, Place, Session, as_ordinary_user};

/// Several software renderers on a busy computer are slow.
const PATIENCE: Duration = Duration::from_secs(180);
const HEAD: &str = "Берёзкина Анна Сергеевна · руководитель ППЭ";
const PIN: &str = "2580";

/// A computer with a display, on which the kiosk is opened again and again.
struct Desk {
    place: Place,
    _server: Running,
    display: String,
}

impl Desk {
    fn new() -> Self {
        let (server, display) = display();
        let place = Place::new();
        Self { place, _server: server, display }
    }

    /// Opens the window as it was left, with this screen.
    fn open(&self, screen: &str, orders: &Orders) -> Session {
        let kept = self.place.data().join("window.json");
        // Only a window of the same user can write it again.
        let _ = fs::remove_file(&kept);
        self.place.write("data/window.json", &format!(r#"{{"language":"ru","screen":"{screen}"}}"#));
        let data = self.place.data();
        let program = [self.place.program.to_str().unwrap(), "--windowed", "--data", data.to_str().unwrap()];
        let mut session = as_ordinary_user();
        let mut session = Session::begin(session.env("DISPLAY", &self.display), &program, &self.place);
        session.tell(orders);
        session
    }

    /// A line of its own to the station that the window started.
    fn dial(&self) -> Dialogue {
        let connection = SocketConnection::open(&self.place.data()).unwrap();
        Dialogue::new(Box::new(connection), Arc::new(SystemClock::new()))
    }

    /// The same, with the head of the point on it.
    fn dial_as_head(&self) -> Dialogue {
        let mut station = self.dial();
        station.ask(Command::SignIn { person: "point-head".parse().unwrap(), pin: Pin(PIN.into()) }).unwrap();
        station
    }
}

fn sign_in() -> Orders {
    Orders::new().press("radio button", HEAD).pin(PIN).press_id("push button", "ui-sign-in-go")
}

fn until(station: &mut Dialogue, what: &str, holds: impl Fn(&View) -> bool) -> View {
    station.wait_for(PATIENCE, holds).unwrap_or_else(|error| panic!("{what}: {error}")).clone()
}

fn stage(view: &View) -> Option<Stage> {
    view.day.as_ref().map(|day| day.stage)
}

#[test]
fn the_station_s_long_work_outlives_the_window() {
    let desk = Desk::new();

    // All automatic checks, one after the other.
    let orders = Orders::new()
        .press("radio button", HEAD)
        .pin(PIN)
        .press_id("push button", "ui-sign-in-next")
        .wait_id("label", "ui-sign-in-again")
        .pin(PIN)
        .press_id("push button", "ui-sign-in-go")
        .press_id("push button", "ui-next-plan-go")
        .press_id("push button", "ui-code-written");
    let mut window = desk.open("today", &orders);
    window.wait();
    let mut station = desk.dial();
    let view = until(&mut station, "a day", |view| view.day.is_some());
    let list = view.point.checklists.main.clone();
    let automatic = list.steps.iter().filter(|step| step.check.is_some()).count();
    let mut orders = Orders::new();
    let run_all = orders.texts.message(&Message::new("ui-check-run-all").with("count", automatic));
    orders = orders.press_id("push button", "ui-next-check-go").press_id("push button", "ui-check-start");
    window.tell(&orders.press("push button", &run_all));
    until(&mut station, "a check", |view| !view.live.running_steps.is_empty());
    window.end();
    until(&mut station, "the last check", |view| {
        let check = view.day.as_ref().and_then(|day| day.checks.get(&list.id));
        let done = check.map_or(0, |check| check.steps.len());
        view.live.running_steps.is_empty() && done >= automatic
    });
    drop(station);

    // A copy that goes on for as long as it is recorded. Who ordered it is gone; the window too.
    let mut head = desk.dial_as_head();
    head.ask(Command::StartRecording { cameras: Vec::new() }).unwrap();
    copy(head, &desk.place.home.join("first"));
    let window = desk.open("close", &sign_in().wait_id("push button", "ui-work-cancel"));
    window.end();
    let mut station = desk.dial();
    let runs = |view: &View| view.live.copies.iter().any(CopyLive::runs);
    assert!(runs(station.view().unwrap()));
    // The next window calls it off.
    let window = desk.open("close", &sign_in().press_id("push button", "ui-work-cancel"));
    until(&mut station, "the end of the copy", |view| !runs(view));
    window.end();

    // The seal.
    let mut head = desk.dial_as_head();
    let stop = Command::StopRecording { cameras: Vec::new(), handover_done: true, reason: String::new() };
    head.ask(stop).unwrap();
    until(&mut station, "the stop", |view| stage(view) == Some(Stage::Stopped));
    drop(head);
    let orders = sign_in().press_id("push button", "ui-close-seal").press_id("push button", "ui-hold-again");
    let window = desk.open("close", &orders);
    until(&mut station, "the seal's begin", |view| view.live.work.is_some());
    window.end();
    let view = until(&mut station, "the seal's end", |view| {
        view.live.work.as_ref().is_some_and(|work| !work.runs())
    });
    assert_eq!(view.live.work.as_ref().and_then(|work| work.failed.clone()), None);
    assert_eq!(verdict(Path::new(&view.live.archive_folder)), "VALID");

    // A copy of what is sealed.
    let second = desk.place.home.join("second");
    copy(desk.dial_as_head(), &second);
    let verified = |copy: &CopyLive| copy.state == CopyState::Verified;
    until(&mut station, "the copy", |view| view.live.copies.iter().any(verified));
    assert_eq!(verdict(&second), "VALID");

    // The day is verified again.
    let day = view.day.as_ref().unwrap().id.clone();
    let mut orders = sign_in().press_id("radio button", "ui-screen-days");
    let again = format!("{}: {day}", orders.texts.text("ui-days-verify"));
    orders = orders.press("push button", &again);
    let window = desk.open("point", &orders);
    until(&mut station, "the verification", |view| view.live.older.is_some());
    window.end();
    until(&mut station, "its end", |view| view.live.older.as_ref().is_some_and(|work| !WorkLive::runs(work)));
    let mut head = desk.dial_as_head();
    let Answer::Days(days) = head.ask(Command::Days(DaysCommand::List { from: 0 })).unwrap() else {
        panic!("no days")
    };
    let verified = days.days[0].told.verified.clone().unwrap();
    assert_eq!((verified.verdict.as_str(), verified.faults), ("VALID", 0));
    head.ask(Command::Shutdown).unwrap();
}

/// Orders a copy on a line that ends at once.
fn copy(mut head: Dialogue, target: &Path) {
    assert_eq!(head.ask(Command::CopyTo { target: target.display().to_string() }).unwrap(), Answer::Begun);
}

/// Of the archive in this folder, or in the only one in it.
fn verdict(folder: &Path) -> &'static str {
    let mut inside = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    verdict_of(inside.find(|path| path.is_dir()).unwrap_or_else(|| folder.to_owned()))
}

/// Of a folder of parts, or of one file.
fn verdict_of(archive: PathBuf) -> &'static str {
    let options = VerifyOptions { signers: None, act: None, at_ms: 0 };
    verify(&[archive], &options, &mut |_, _| std::ops::ControlFlow::Continue(())).integrity.word()
}

/// Of a folder and those in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}
