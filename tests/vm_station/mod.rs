//! A small station for the camera VM: one camera, at a rate that the emulated computer can bear, and the
//! technician at it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use invigil::checklist;
use invigil::clock::SystemClock;
use invigil::point::{self, Profile};
use invigil::recording::CameraOpener;
use invigil::station::client::{Dialogue, LocalConnection};
use invigil::station::protocol::{Command, Pin};
use invigil::station::{CameraFinder, DataFolder, EquipmentLook, Pace, Station, StationConfig};

/// Longer than anything takes there; only a failing test waits for it.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// The first camera of the demonstration; parts that the VM's small disk has room for.
pub fn profile() -> Profile {
    let mut profile = point::demo();
    profile.cameras.truncate(1);
    profile.cameras[0].frames_per_second = 5;
    profile.recording.part_max_bytes = 64 << 20;
    profile
}

pub fn start(
    data: &Path,
    profile: Profile,
    open: CameraOpener,
    find: CameraFinder,
    look: EquipmentLook,
) -> Station {
    Station::start(StationConfig {
        data: DataFolder::open(data).unwrap(),
        profile,
        profile_file: None,
        checklists: checklist::of_the_day(data).unwrap(),
        clock: Arc::new(SystemClock::new()),
        open_camera: open,
        find_cameras: find,
        look_at_equipment: look,
        pace: Pace { compressed_ms: Some(60_000), ..Pace::REAL },
        targets: Vec::new(),
    })
    .unwrap()
}

pub fn connect(station: &Station) -> Dialogue {
    Dialogue::new(Box::new(LocalConnection::open(&station.handle())), Arc::new(SystemClock::new()))
}

pub fn pin() -> Pin {
    Pin("2580".into())
}

/// These people choose their first PINs.
pub fn choose_pins(client: &mut Dialogue, people: &[&str]) {
    for person in people {
        client.ask(Command::SetPin { person: person.parse().unwrap(), pin: pin() }).unwrap();
    }
}

pub fn sign_in(client: &mut Dialogue) {
    client.ask(Command::SignIn { person: "technician".parse().unwrap(), pin: pin() }).unwrap();
}

/// Plans the day and records all of it.
pub fn record(client: &mut Dialogue) {
    client.ask(Command::PlanDay).unwrap();
    client.ask(Command::StartRecording { cameras: Vec::new() }).unwrap();
}

pub fn end(client: Dialogue, station: Station) {
    drop(client);
    station.handle().terminate();
    station.join().unwrap();
}
