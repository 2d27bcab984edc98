//! An older day that is being deleted while the window, and what runs beside it, is killed.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{ChildStderr, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use invigil::journal::JournalPlace;
use invigil::point::DayId;
use invigil::station::client::{Dialogue, READY};
use invigil::station::protocol::{Answer, Command, DayState, DaysCommand};
use rustix::fs::inotify;
use rustix::process::{Pid, Signal, kill_process};

use crate::desktop::Running;
use crate::point::{begin_day, connect, end, record, start_on, stop_and_seal, wait_for_frames};
use crate::reader::{Orders, as_ordinary_user};
use crate::{Desk, PATIENCE, files, sign_in};

/// So many days ago was the exam: its recordings need not be kept any longer.
const LONG_AGO: i64 = -800;

/// So many files are gone when it is interrupted, and some are left.
const TAKEN: usize = 3;

/// A station that stands still in the middle of deleting a day, as a person ordered in a window that is gone.
struct Halfway {
    desk: Desk,
    day: DayId,
    folder: PathBuf,
    station: Pid,
    traced: Running,
    _told: BufReader<ChildStderr>,
}

impl Halfway {
    fn new() -> Self {
        let desk = Desk::new();
        let day = sealed_long_ago(&desk);
        let folder = desk.place.data().join("days").join(day.as_str());

        // It stops, all of it, when one of its threads has taken away so many files.
        let before = files(&folder).len();
        let stopping = format!("inject=unlink:signal=SIGSTOP:when={TAKEN}");
        let mut station = as_ordinary_user();
        station.args(["strace", "-f", "-qq", "-e", "trace=unlink", "-e", &stopping]);
        station.arg(&desk.place.program).arg("--data").arg(desk.place.data()).arg("station");
        station.env("HOME", &desk.place.home).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut traced = Running(station.spawn().expect("strace is installed"));
        let stdout = traced.0.stdout.take().expect("it was piped");
        assert_eq!(BufReader::new(stdout).lines().next().unwrap().unwrap(), READY);

        let delete = format!("{}: {day}", Orders::new().texts.text("ui-days-delete"));
        let orders = sign_in()
            .press_id("radio button", "ui-screen-days")
            .press("push button", &delete)
            .fill_id("ui-days-delete-reason", "срок истёк")
            .press_id("push button", "ui-days-delete-go")
            .press_id("push button", "ui-hold-again")
            .press("radio button", "Лугов Игорь Павлович, член ГЭК")
            .pin(crate::PIN)
            .press_id("push button", "ui-consent-go");
        let window = desk.open("point", &orders);
        let mut told = BufReader::new(traced.0.stderr.take().expect("it was piped"));
        let mut line = String::new();
        while !line.contains("stopped by SIGSTOP") {
            line.clear();
            assert_ne!(told.read_line(&mut line).unwrap(), 0, "the station ended");
        }
        window.end();
        assert_eq!(files(&folder).len(), before - TAKEN);
        let station = traced_by(&traced);
        Self { desk, day, folder, station, traced, _told: told }
    }

    /// The day is deleted to its end; the next window says so. It starts the station if none runs.
    fn sees_it_ended(self) {
        let mut window = self.desk.open("point", &sign_in());
        window.wait();
        let mut station = self.desk.dial();
        station
            .ask(Command::SignIn { person: "technician".parse().unwrap(), pin: crate::point::pin() })
            .unwrap();
        let records = records_of_point(&self.desk);
        while state(&mut station, &self.day) != DayState::Deleted {
            records.recv_timeout(PATIENCE).expect("it is deleted");
        }
        assert!(!self.folder.exists());
        window.tell(
            &Orders::new().press_id("radio button", "ui-screen-days").wait_id("label", "ui-days-deleted"),
        );
        window.end();
        station.ask(Command::SignOut).unwrap();
        self.desk.place.end_station();
    }
}

/// A day that was recorded and sealed, in the data folder of the ordinary user.
fn sealed_long_ago(desk: &Desk) -> DayId {
    let data = desk.place.data();
    fs::create_dir(&data).unwrap();
    let station = start_on(&data, LONG_AGO);
    let mut client = connect(&station);
    begin_day(&mut client);
    record(&mut client);
    wait_for_frames(&mut client, 5);
    stop_and_seal(&mut client);
    let day = client.view().unwrap().day.as_ref().unwrap().id.clone();
    end(station);
    desk.place.give(&data);
    day
}

/// The only program that is traced.
fn traced_by(tracer: &Running) -> Pid {
    let id = tracer.0.id();
    let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
    Pid::from_raw(children.trim().parse().unwrap()).unwrap()
}

/// Tells of each record of the point's journal from now on. A deletion's end stands nowhere else.
fn records_of_point(desk: &Desk) -> Receiver<()> {
    let watch = inotify::init(inotify::CreateFlags::CLOEXEC).unwrap();
    let journal = JournalPlace::point(&desk.place.data()).records();
    inotify::add_watch(&watch, journal, inotify::WatchFlags::MODIFY).unwrap();
    let (sender, told) = sync_channel(0);
    let mut changes = fs::File::from(watch);
    thread::spawn(move || while changes.read(&mut [0; 4096]).is_ok() && sender.send(()).is_ok() {});
    told
}

fn state(station: &mut Dialogue, day: &DayId) -> DayState {
    match station.ask(Command::Days(DaysCommand::List { from: 0 })).unwrap() {
        Answer::Days(page) => page.days.iter().find(|line| line.day == *day).unwrap().state,
        other => panic!("no page: {other:?}"),
    }
}

#[test]
fn the_station_goes_on_deleting_a_day_without_the_window_that_ordered_it() {
    let halfway = Halfway::new();
    kill_process(halfway.station, Signal::CONT).unwrap();
    halfway.sees_it_ended();
}

#[test]
fn a_deletion_whose_window_and_station_were_killed_is_ended_at_the_next_start() {
    let mut halfway = Halfway::new();
    kill_process(halfway.station, Signal::KILL).unwrap();
    // It ends as the station did.
    halfway.traced.0.wait().unwrap();
    halfway.sees_it_ended();
}
