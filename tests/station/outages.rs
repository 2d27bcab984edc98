//! Video that does not come: what the station tells of it, and what has to be said before the seal.

use std::path::Path;
use std::process::Command as Process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use invigil::archive::Integrity;
use invigil::camera::{self, CameraError, Capture, Captured};
use invigil::day::{Alarm, AlarmKind, Day, Severity};
use invigil::journal::OutageLevel;
use invigil::point::{CameraId, Source, Zone};
use invigil::recording::CameraOpener;
use invigil::station::client::Dialogue;
use invigil::station::protocol::{Answer, Command, RecordLine, View};

use crate::point::*;

/// The corridor's cable.
#[derive(Clone, Default)]
struct Cable {
    pulled: Arc<AtomicBool>,
}

impl Cable {
    fn pull(&self, pulled: bool) {
        self.pulled.store(pulled, Ordering::SeqCst);
    }

    fn is_pulled(&self) -> bool {
        self.pulled.load(Ordering::SeqCst)
    }

    fn opener(&self) -> CameraOpener {
        let cable = self.clone();
        Arc::new(move |source, wanted, clock| {
            let capture = camera::open(source, wanted, clock)?;
            match source {
                Source::Pattern(name) if name == "corridor" => {
                    if cable.is_pulled() {
                        return Err(CameraError::Unknown("corridor".into()));
                    }
                    Ok(Box::new(Wired { capture, cable: cable.clone() }))
                }
                _ => Ok(capture),
            }
        })
    }
}

struct Wired {
    capture: Box<dyn Capture>,
    cable: Cable,
}

impl Capture for Wired {
    fn next(&mut self, timeout: Duration) -> Result<Option<Captured>, CameraError> {
        if self.cable.is_pulled() {
            return Err(CameraError::Unplugged("corridor".into()));
        }
        self.capture.next(timeout)
    }

    fn detail(&self) -> String {
        self.capture.detail()
    }
}

fn corridor() -> CameraId {
    "corridor".parse().unwrap()
}

#[test]
fn an_outage_is_alarmed_to_its_limit_and_explained_before_the_seal() {
    let folder = tempfile::tempdir().unwrap();
    let cable = Cable::default();
    let mut profile = profile();
    profile.timetable.outage_tolerance_minutes = 0;
    let station = start_with(folder.path(), profile, TestClock::new(), cable.opener());
    let mut client = recording(&station);
    wait_for_frames(&mut client, 40);

    cable.pull(true);
    let at_limit = |view: &View| {
        let alarms = view.day.iter().flat_map(|day| &day.alarms);
        alarms.filter(|alarm| alarm.severity == Severity::Limit).count() == 1
    };
    let day = client.wait_for(PATIENCE, at_limit).unwrap().day.clone().unwrap();
    let outage = day.outage_of(&corridor()).unwrap();
    assert_eq!((outage.level, outage.cause.id.as_str()), (OutageLevel::Limit, "camera-unplugged"));
    assert_eq!(day.outages.len(), 1, "the other camera records");

    cable.pull(false);
    // A busy computer may give the moving picture too slowly, which is an alarm of its own.
    let lost = |alarm: &Alarm| !matches!(alarm.kind, AlarmKind::Picture { .. });
    let over = |view: &View| {
        let gaps = |day: &Day| day.cameras[&corridor()].gaps;
        view.day.as_ref().is_some_and(|day| gaps(day) == 1 && !day.alarms.iter().any(lost))
    };
    let day = client.wait_for(PATIENCE, over).unwrap().day.clone().unwrap();
    let (outage, gap) = (&day.outages[0], day.cameras[&corridor()].last_gap);
    assert_eq!(outage.to_ms.map(|to_ms| (outage.from_ms, to_ms)), gap, "as long as the gap in the video");
    let record = outage.record;

    stop(&mut client);
    let refused = client.ask(Command::Seal).unwrap_err();
    assert!(refused.to_string().contains("refused-outages-unexplained"), "{refused}");
    let explain =
        |record| Command::ExplainOutages { records: vec![record], text: "задели кабель".into() };
    let refused = client.ask(explain(record + 1)).unwrap_err();
    assert!(refused.to_string().contains("refused-no-outage"), "{refused}");
    client.ask(explain(record)).unwrap();
    seal(&mut client);
    let archive = client.view().unwrap().live.archive_folder.clone();
    let report = verified(Path::new(&archive));
    assert_eq!(report.integrity, Integrity::Valid, "{report:#?}");

    // The record of it, by the command and in the archive's first part.
    let listed = |arguments: &[&str]| {
        let mut invigil = Process::new(env!("CARGO_BIN_EXE_invigil"));
        let output = invigil.args(["--lang", "ru", "--data"]).arg(folder.path()).args(arguments).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let json = listed(&["outages", "--json"]);
    let records: serde_json::Value = serde_json::from_str(&json).unwrap();
    let told = |key: &str| records[0][key].as_str().unwrap_or_default().to_owned();
    assert_eq!(records.as_array().map(Vec::len), Some(1));
    assert_eq!((told("camera"), told("room")), ("corridor".into(), "8001".into()));
    assert_eq!(records[0]["reason"]["post"], "технический специалист");
    let lost_ms = gap.map(|(from_ms, to_ms)| to_ms - from_ms);
    assert_eq!(records[0]["lost_ms"].as_i64(), lost_ms);
    assert!(listed(&["outages"]).contains("Причина: задели кабель (технический специалист"));
    let part = std::fs::read_dir(&archive).unwrap().map(|entry| entry.unwrap().path());
    let part = part.into_iter().find(|path| path.to_string_lossy().ends_with("-00.zip")).unwrap();
    let bytes = std::fs::read(part).unwrap();
    let stored = json.trim_end().as_bytes();
    assert!(bytes.windows(stored.len()).any(|window| window == stored), "stored as it is listed");
    end(station);
}

#[test]
fn a_clock_set_by_an_hour_and_another_zone_begin_new_files_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let clock = TestClock::new();
    let station = start_with(folder.path(), profile(), clock.clone(), Arc::new(camera::open));
    let mut client = recording(&station);
    wait_for_frames(&mut client, 20);
    let alarmed = |wanted: fn(&AlarmKind) -> bool| {
        move |view: &View| {
            view.day.as_ref().is_some_and(|day| day.alarms.iter().any(|alarm| wanted(&alarm.kind)))
        }
    };
    clock.set_ahead(3_600_000);
    let ahead = alarmed(|kind| matches!(kind, AlarmKind::ClockStepped { step_ms } if *step_ms > 3_590_000));
    client.wait_for(PATIENCE, ahead).unwrap();
    wait_for_frames(&mut client, 60);
    clock.set_ahead(0);
    let back = alarmed(|kind| matches!(kind, AlarmKind::ClockStepped { step_ms } if *step_ms < -3_590_000));
    client.wait_for(PATIENCE, back).unwrap();
    clock.move_east(120);
    let zone = alarmed(
        |kind| matches!(kind, AlarmKind::TimeZoneChanged { from_min, to_min } if to_min - from_min == 120),
    );
    client.wait_for(PATIENCE, zone).unwrap();
    let frames = client.view().unwrap().live.cameras.values().map(|camera| camera.frames).max().unwrap();
    wait_for_frames(&mut client, frames + 20);

    stop_and_seal(&mut client);
    let view = client.view().unwrap();
    let day = view.day.as_ref().unwrap();
    assert!(day.outages.is_empty(), "{:?}", day.outages);
    let report = verified(Path::new(&view.live.archive_folder));
    assert_eq!(report.integrity, Integrity::Valid, "{report:#?}");
    for recording in &report.recordings {
        let length_ms = recording.to_ms - recording.from_ms;
        assert!((0..60_000).contains(&length_ms), "no file has a step in it: {recording:?}");
    }
    end(station);
}

#[test]
fn a_stop_does_not_wait_for_a_camera_that_hangs_while_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let (release, hang) = sync_channel::<()>(0);
    let hang = Mutex::new(hang);
    let opener: CameraOpener = Arc::new(move |_, _, _| {
        let _ = hang.lock().unwrap().recv();
        Err(CameraError::Unknown("it never came back".into()))
    });
    let station = start_with(folder.path(), profile(), TestClock::new(), opener);
    let mut client = recording(&station);
    stop(&mut client);
    let Answer::Records { records, .. } = client.ask(Command::Records { from: 0, count: 500 }).unwrap()
    else {
        panic!("no records");
    };
    let count = |kind: &str| records.iter().filter(|record| record.kind == kind).count();
    assert_eq!((count("stop_ordered"), count("recording_stopped")), (1, 2));
    drop(release);
    end(station);
}

/// Kinds of records by the station itself, and the persons of others.
fn kinds(client: &mut Dialogue) -> Vec<String> {
    let Answer::Records { records, .. } = client.ask(Command::Records { from: 0, count: 500 }).unwrap()
    else {
        panic!("no records");
    };
    let line = |record: &RecordLine| match &record.person {
        None => record.kind.clone(),
        Some(person) => format!("{} by {person}", record.kind),
    };
    records.iter().map(line).collect()
}

#[test]
fn the_timetable_starts_its_zone_and_what_was_stopped_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut profile = profile();
    // Before the first phase: due as soon as the day is there.
    profile.timetable.start.insert(Zone::Corridor, -170);
    let open = || Arc::new(camera::open);
    let station = start_with(folder.path(), profile.clone(), TestClock::new(), open());
    let mut client = connect(&station);
    begin_day(&mut client);
    let recording = |view: &View| {
        view.day.as_ref().map(|day| day.recording().map(|id| id.to_string()).collect::<Vec<_>>())
    };
    let corridor_alone = |view: &View| recording(view) == Some(vec!["corridor".into()]);
    client.wait_for(PATIENCE, corridor_alone).unwrap();
    let kinds_so_far = kinds(&mut client);
    let at = kinds_so_far.iter().position(|kind| kind == "start_due").unwrap();
    assert_eq!(kinds_so_far[at + 1], "recording_started", "by the station itself");
    record(&mut client);
    wait_for_frames(&mut client, 20);

    // One zone is stopped, the other goes on; the timetable starts nothing again.
    let reason = || "эвакуация".to_owned();
    let early = Command::StopRecording { cameras: vec![corridor()], handover_done: false, reason: reason() };
    client.ask_with(early.clone(), head()).unwrap();
    let entrance_alone = |view: &View| recording(view) == Some(vec!["entrance".into()]);
    client.wait_for(PATIENCE, entrance_alone).unwrap();
    let refused = client.ask_with(early, head()).unwrap_err();
    assert!(refused.to_string().contains("refused-not-recording"), "{refused}");
    drop(client);
    end(station);
    let station = start_with(folder.path(), profile, TestClock::new(), open());
    let mut client = connect(&station);
    wait_for_live(&mut client, "entrance", 20);
    assert!(entrance_alone(client.view().unwrap()));
    let due = kinds(&mut client).iter().filter(|kind| *kind == "start_due").count();
    assert_eq!(due, 1);
    end(station);
}

/// Waits until the camera has written so many frames in this run of the station.
fn wait_for_live(client: &mut Dialogue, camera: &str, frames: u64) {
    let camera: CameraId = camera.parse().unwrap();
    let enough = |view: &View| view.live.cameras.get(&camera).is_some_and(|live| live.frames >= frames);
    client.wait_for(PATIENCE, enough).unwrap();
}
