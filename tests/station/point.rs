//! An exam point for tests: two patterns, short segments, everybody with the same PIN.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use invigil::archive::Report;
use invigil::archive::verify::{VerifyOptions, verify};
use invigil::camera;
use invigil::camera::usb::FoundCamera;
use invigil::checklist;
use invigil::clock::{Clock, Stamp, SystemClock};
use invigil::day::Stage;
use invigil::i18n::Message;
use invigil::point::{Profile, SoundSource, Source, demo};
use invigil::recording::CameraOpener;
use invigil::signing::Digest;
use invigil::station::client::{Dialogue, LocalConnection};
use invigil::station::protocol::{Approval, Command, CopyLive, CopyState, Pin, View, WorkKind};
use invigil::station::{CameraFinder, DataFolder, EquipmentLook, Pace, Station, StationConfig};

/// How long anything may take before a test gives up; nothing waits this long when all is well.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The demo point with two-second segments; one of the cameras has sound.
pub fn profile() -> Profile {
    let mut profile = demo();
    profile.recording.segment_seconds = 2;
    profile.cameras[0].sound = Some(SoundSource::Stream);
    profile
}

/// The demo point with ten-second segments and sound as a file's text, for a station of its own process.
pub fn profile_text() -> String {
    let text = invigil::point::DEMO_PROFILE;
    let changed = text.replace("segment_seconds = 600", "segment_seconds = 10");
    assert_ne!(changed, text);
    let source = "source = \"pattern:corridor\"\n";
    assert!(changed.contains(source));
    changed.replace(source, &format!("{source}sound = true\n"))
}

/// The computer's clocks, whose wall clock and time zone a test can set.
pub struct TestClock {
    system: SystemClock,
    ahead_ms: AtomicI64,
    skipped_ms: AtomicU64,
    east_min: AtomicI32,
}

impl TestClock {
    pub fn new() -> Arc<Self> {
        Self::days_ahead(0)
    }

    pub fn days_ahead(days: i64) -> Arc<Self> {
        let ahead_ms = AtomicI64::new(days * 86_400_000);
        let (skipped_ms, east_min) = (AtomicU64::new(0), AtomicI32::new(0));
        Arc::new(Self { system: SystemClock::new(), ahead_ms, skipped_ms, east_min })
    }

    /// Sets the wall clock so far ahead of the right time.
    pub fn set_ahead(&self, ahead_ms: i64) {
        self.ahead_ms.store(ahead_ms, Ordering::SeqCst);
    }

    /// Lets so much time pass at once, by both clocks.
    pub fn skip(&self, duration: Duration) {
        self.skipped_ms.fetch_add(duration.as_millis() as u64, Ordering::SeqCst);
    }

    /// Moves the computer to another time zone.
    pub fn move_east(&self, minutes: i32) {
        self.east_min.fetch_add(minutes, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Stamp {
        let now = self.system.now();
        let skipped_ms = self.skipped_ms.load(Ordering::SeqCst);
        Stamp {
            utc_ms: now.utc_ms + skipped_ms as i64 + self.ahead_ms.load(Ordering::SeqCst),
            mono_ms: now.mono_ms + skipped_ms,
            offset_min: now.offset_min + self.east_min.load(Ordering::SeqCst),
        }
    }

    fn sleep(&self, duration: Duration) {
        self.system.sleep(duration);
    }
}

pub fn start(folder: &Path) -> Station {
    start_on(folder, 0)
}

/// The station as it starts so many days from now.
pub fn start_on(folder: &Path, days_ahead: i64) -> Station {
    start_with(folder, profile(), TestClock::days_ahead(days_ahead), Arc::new(camera::open))
}

pub fn start_with(
    folder: &Path,
    profile: Profile,
    clock: Arc<TestClock>,
    open_camera: CameraOpener,
) -> Station {
    start_finding(folder, profile, clock, open_camera, Arc::new(|_, _| Vec::new()))
}

/// The station of a computer whose equipment the test has in hand.
pub fn start_looking(folder: &Path, clock: Arc<TestClock>, look_at_equipment: EquipmentLook) -> Station {
    let (open_camera, find_cameras) =
        (Arc::new(camera::open), Arc::new(|_: &[Source], _: &[FoundCamera]| Vec::new()));
    start_all(folder, profile(), clock, open_camera, find_cameras, look_at_equipment)
}

/// The station with spare cameras of the test's own.
pub fn start_finding(
    folder: &Path,
    profile: Profile,
    clock: Arc<TestClock>,
    open_camera: CameraOpener,
    find_cameras: CameraFinder,
) -> Station {
    start_all(folder, profile, clock, open_camera, find_cameras, Arc::new(|| None))
}

fn start_all(
    folder: &Path,
    profile: Profile,
    clock: Arc<TestClock>,
    open_camera: CameraOpener,
    find_cameras: CameraFinder,
    look_at_equipment: EquipmentLook,
) -> Station {
    let profile_file = fs::read(folder.join("profile.toml")).ok().map(|text| Digest::of(&text));
    Station::start(StationConfig {
        data: DataFolder::open(folder).unwrap(),
        profile,
        profile_file,
        checklists: checklist::of_the_day(folder).unwrap(),
        clock,
        open_camera,
        find_cameras,
        look_at_equipment,
        pace: Pace { compressed_ms: Some(60_000), trial_ms: 1_000, ..Pace::REAL },
        targets: Vec::new(),
    })
    .unwrap()
}

/// Ends the station, as the service manager would.
pub fn end(station: Station) {
    station.handle().terminate();
    station.join().unwrap();
}

pub fn connect(station: &Station) -> Dialogue {
    Dialogue::new(Box::new(LocalConnection::open(&station.handle())), Arc::new(SystemClock::new()))
}

pub fn pin() -> Pin {
    Pin("2580".into())
}

/// The head of the point consents.
pub fn head() -> Option<Approval> {
    Some(Approval { person: "point-head".parse().unwrap(), pin: pin() })
}

/// Today's date where the point is.
pub fn today(clock: &TestClock) -> chrono::NaiveDate {
    let now = chrono::DateTime::from_timestamp_millis(clock.now().utc_ms).unwrap();
    now.with_timezone(&profile().time_zone).date_naive()
}

/// Everybody gets a PIN, the technician signs in and the day begins.
pub fn begin_day(client: &mut Dialogue) {
    people(client);
    client.ask(Command::PlanDay).unwrap();
}

/// Everybody gets a PIN, and the technician signs in.
pub fn people(client: &mut Dialogue) {
    for person in ["technician", "point-head", "commission-member", "observer"] {
        client.ask(Command::SetPin { person: person.parse().unwrap(), pin: pin() }).unwrap();
    }
    sign_in(client);
}

pub fn sign_in(client: &mut Dialogue) {
    client.ask(Command::SignIn { person: "technician".parse().unwrap(), pin: pin() }).unwrap();
}

/// Somebody who has begun the day and started every camera.
pub fn recording(station: &Station) -> Dialogue {
    let mut client = connect(station);
    begin_day(&mut client);
    record(&mut client);
    client
}

pub fn record(client: &mut Dialogue) {
    client.ask(Command::StartRecording { cameras: Vec::new() }).unwrap();
}

/// Waits until every camera has written so many frames in this run of the station.
pub fn wait_for_frames(client: &mut Dialogue, frames: u64) {
    let enough = |view: &View| {
        let cameras = &view.live.cameras;
        cameras.len() == 2 && cameras.values().all(|camera| camera.frames >= frames)
    };
    client.wait_for(PATIENCE, enough).unwrap();
}

/// Stops on the head's order.
pub fn stop(client: &mut Dialogue) {
    let stop = Command::StopRecording { cameras: Vec::new(), handover_done: true, reason: String::new() };
    client.ask_with(stop, head()).unwrap();
    wait_until_stopped(client);
}

pub fn wait_until_stopped(client: &mut Dialogue) {
    let stopped = |view: &View| view.day.as_ref().is_some_and(|day| day.stage == Stage::Stopped);
    client.wait_for(PATIENCE, stopped).unwrap();
}

/// Stops on the head's order and seals.
pub fn stop_and_seal(client: &mut Dialogue) {
    stop(client);
    seal(client);
}

pub fn seal(client: &mut Dialogue) {
    client.ask(Command::Seal).unwrap();
    wait_for_work(client, WorkKind::Seal);
}

/// Gives a reason for every outage that has none.
pub fn explain_outages(client: &mut Dialogue) {
    let day = client.view().unwrap().day.as_ref().unwrap();
    let records: Vec<u64> = day.unexplained().map(|outage| outage.record).collect();
    // A station that is back within a second leaves none.
    if records.is_empty() {
        return;
    }
    client.ask(Command::ExplainOutages { records, text: "отключили свет".into() }).unwrap();
}

/// Waits until every copy holds the whole archive.
pub fn wait_for_copy(client: &mut Dialogue) {
    let ended = |view: &View| !view.live.copies.is_empty() && !view.live.copies.iter().any(CopyLive::runs);
    let copies = client.wait_for(PATIENCE, ended).unwrap().live.copies.clone();
    assert!(copies.iter().all(|copy| copy.state == CopyState::Verified), "{copies:#?}");
}

/// Waits for long work to end well.
pub fn wait_for_work(client: &mut Dialogue, kind: WorkKind) {
    assert_eq!(work_ended(client, kind), None);
}

/// Waits for the end of long work; why it failed, if it did.
pub fn work_ended(client: &mut Dialogue, kind: WorkKind) -> Option<Message> {
    let ended = |view: &View| view.live.work.as_ref().is_some_and(|work| work.kind == kind && !work.runs());
    let view = client.wait_for(PATIENCE, ended).unwrap();
    view.live.work.as_ref().and_then(|work| work.failed.clone())
}

pub fn verified(archive: &Path) -> Report {
    let options = VerifyOptions { signers: None, act: None, at_ms: 0 };
    verify(&[archive.to_owned()], &options, &mut |_, _| ControlFlow::Continue(()))
}
