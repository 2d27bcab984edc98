//! A camera is lost, and one that was plugged in takes its place.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use invigil::archive::Integrity;
use invigil::camera::usb::FoundCamera;
use invigil::camera::{self, CameraError, Capture, Captured};
use invigil::day::{CameraDay, CameraState};
use invigil::journal::Event;
use invigil::point::{CameraId, Source};
use invigil::recording::CameraOpener;
use invigil::station::client::Dialogue;
use invigil::station::protocol::{Answer, Command, View};
use invigil::station::{CameraFinder, Station};

use crate::point::*;

/// A camera that gives pictures until it breaks.
struct Breakable(Box<dyn Capture>, Arc<AtomicBool>);

impl Capture for Breakable {
    fn next(&mut self, timeout: Duration) -> Result<Option<Captured>, CameraError> {
        if self.1.load(Ordering::SeqCst) {
            return Err(CameraError::Unplugged("port-1".into()));
        }
        self.0.next(timeout)
    }

    fn detail(&self) -> String {
        self.0.detail()
    }
}

/// The corridor's camera breaks when told to; a USB camera shows a pattern.
fn opener(broken: &Arc<AtomicBool>) -> CameraOpener {
    let broken = Arc::clone(broken);
    Arc::new(move |source, wanted, clock| match source {
        Source::Pattern(name) if name == "corridor" => {
            let capture = Breakable(camera::open(source, wanted, clock)?, Arc::clone(&broken));
            Ok(Box::new(capture))
        }
        Source::Usb(_) => camera::open(&"pattern:spare".parse().unwrap(), wanted, clock),
        _ => camera::open(source, wanted, clock),
    })
}

/// One camera is plugged in, and free until somebody uses it.
fn finder() -> CameraFinder {
    let spare = FoundCamera {
        index: 4,
        name: "Spare".into(),
        bus: "port-2".into(),
        serial: None,
        path: "/dev/video4".into(),
        formats: Vec::new(),
        problem: None,
    };
    Arc::new(move |used, _| if used.contains(&spare.source()) { Vec::new() } else { vec![spare.clone()] })
}

fn start(folder: &Path, broken: &Arc<AtomicBool>) -> Station {
    start_finding(folder, profile(), TestClock::days_ahead(0), opener(broken), finder())
}

fn corridor() -> CameraId {
    "corridor".parse().unwrap()
}

fn replace(camera: &str, source: &str, reason: &str) -> Command {
    Command::ReplaceSource { camera: camera.parse().unwrap(), source: source.into(), reason: reason.into() }
}

fn wait_for_corridor(client: &mut Dialogue, wanted: impl Fn(&CameraDay) -> bool) {
    let is_so = |view: &View| view.day.as_ref().is_some_and(|day| wanted(&day.cameras[&corridor()]));
    client.wait_for(PATIENCE, is_so).unwrap();
}

fn end(station: Station) {
    station.handle().terminate();
    station.join().unwrap();
}

#[test]
fn a_spare_camera_takes_a_lost_ones_place_for_the_day() {
    let folder = tempfile::tempdir().unwrap();
    let broken = Arc::new(AtomicBool::new(false));
    let station = start(folder.path(), &broken);
    let mut client = recording(&station);
    wait_for_frames(&mut client, 20);
    let offered = |view: &View| view.live.plugged.iter().map(|one| one.source.clone()).collect::<Vec<_>>();
    client.wait_for(PATIENCE, |view| offered(view) == ["usb:port-2"]).unwrap();
    let mut refused = |command| client.ask(command).unwrap_err().to_string();
    assert!(refused(replace("corridor", "usb:port-2", "x")).contains("refused-not-lost"));

    broken.store(true, Ordering::SeqCst);
    wait_for_corridor(&mut client, |camera| matches!(camera.state, CameraState::Lost { .. }));
    let mut refused = |command| client.ask(command).unwrap_err().to_string();
    assert!(refused(replace("corridor", "usb:port-3", "x")).contains("refused-not-plugged-in"));
    assert!(refused(replace("corridor", "rtsp://a:b@c/d", "x")).contains("refused-not-plugged-in"));
    assert!(refused(replace("corridor", "usb:port-2", " ")).contains("refused-empty-text"));
    client.ask(replace("corridor", "usb:port-2", "кабель оборван")).unwrap();
    let works = |camera: &CameraDay| {
        camera.state == CameraState::Works && camera.source.as_deref() == Some("usb:port-2")
    };
    wait_for_corridor(&mut client, works);
    client.wait_for(PATIENCE, |view| view.live.plugged.is_empty()).unwrap();
    wait_for_frames(&mut client, 60);
    let Answer::Records { records, .. } = client.ask(Command::Records { from: 0, count: 500 }).unwrap()
    else {
        panic!("no records");
    };
    let told = records.iter().find(|record| record.kind == "source_replaced").expect("it is recorded");
    assert_eq!(told.person.as_ref().map(|person| person.as_str()), Some("technician"));
    drop(client);
    end(station);

    // The profile still names the broken one; the day does not.
    let station = start(folder.path(), &broken);
    let mut client = connect(&station);
    wait_for_corridor(&mut client, |camera| works(camera) && camera.gaps == 2);
    wait_for_frames(&mut client, 20);
    sign_in(&mut client);
    stop(&mut client);
    explain_outages(&mut client);
    seal(&mut client);
    let report = verified(Path::new(&client.view().unwrap().live.archive_folder));
    assert_eq!(report.integrity, Integrity::Valid, "{report:#?}");
    end(station);
}

#[test]
fn the_event_keeps_its_form() {
    let event = Event::SourceReplaced {
        camera: corridor(),
        source: "usb:usb-0000:00:14.0-2".into(),
        reason: "кабель".into(),
    };
    let line = r#"{"type":"source_replaced","camera":"corridor","source":"usb:usb-0000:00:14.0-2","reason":"кабель"}"#;
    assert_eq!(serde_json::to_string(&event).unwrap(), line);
    assert_eq!(serde_json::from_str::<Event>(line).unwrap(), event);
}
