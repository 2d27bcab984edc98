//! A day from its beginning to its verified copy, through the in-process channel.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use invigil::archive::{Integrity, Provenance};
use invigil::clock::{Clock, SystemClock};
use invigil::day::{AccessEnd, SoundState, Stage};
use invigil::journal::{Actor, DayDocument, Event, Journal, JournalPlace, RoomRange};
use invigil::signing::{DeviceKey, SignerRole};
use invigil::station::client::Dialogue;
use invigil::station::protocol::{Answer, Command, Passphrase, View, WorkKind};

use crate::point::*;

fn rooms() -> RoomRange {
    RoomRange { first: "0001".parse().unwrap(), last: "0003".parse().unwrap() }
}

#[test]
fn a_day_is_recorded_sealed_copied_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = recording(&station);
    wait_for_frames(&mut client, 20);

    let open = Command::OpenAccess {
        rooms: rooms(),
        action: "check".into(),
        reason: "проверка ракурса".into(),
        time_from: "8:05".into(),
    };
    client.ask_with(open, head()).unwrap();
    let refused = client.ask(Command::Seal).unwrap_err();
    assert!(refused.to_string().contains("refused-still-recording"), "{refused}");
    client
        .ask(Command::CloseAccess { access: 1, result: "исправен".into(), time_to: "08:10".into() })
        .unwrap();
    wait_for_frames(&mut client, 75);
    let view = client.view().unwrap();
    let sounds: Vec<_> =
        view.day.iter().flat_map(|day| day.cameras.values().map(|c| c.sound.clone())).collect();
    assert_eq!(sounds, [Some(SoundState::Works), None], "the profile gives the first one sound");
    assert!(
        view.live.cameras.values().any(|camera| camera.sound.is_some_and(|sound| sound.rms_dbfs.is_some()))
    );
    stop_and_seal(&mut client);

    let view = client.view().unwrap();
    let day = view.day.as_ref().unwrap();
    assert_eq!(day.stage, Stage::Closed);
    assert_eq!(day.accesses[0].time_from, "08:05");
    assert!(matches!(day.accesses[0].end, AccessEnd::Closed { .. }));
    for (id, camera) in &day.cameras {
        assert_eq!((camera.gaps, camera.segments), (0, camera.taken), "{id}");
        assert!(camera.segments >= 2 && camera.frames >= 75, "{id}: {camera:?}");
    }
    let archive = view.live.archive_folder.clone();
    let report = verified(Path::new(&archive));
    assert_eq!(
        (report.integrity, report.provenance),
        (Integrity::Valid, Provenance::Unchecked),
        "{report:#?}"
    );

    let key = head_key(folder.path());
    let countersign = |passphrase: &str| Command::Countersign {
        role: SignerRole::Head,
        file: key.display().to_string(),
        passphrase: Passphrase(passphrase.to_owned()),
    };
    let refused = client.ask(countersign("open")).unwrap_err();
    assert!(refused.to_string().contains("key-file-passphrase-wrong"), "{refused}");
    client.ask(countersign("sesame")).unwrap();
    assert_eq!(client.view().unwrap().live.countersigned, [SignerRole::Head]);

    let stick = folder.path().join("stick");
    client.ask(Command::CopyTo { target: stick.display().to_string() }).unwrap();
    wait_for_copy(&mut client);
    let day = client.view().unwrap().day.as_ref().unwrap().id.clone();
    let copy = stick.join(day.as_str());
    let report = verified(&copy);
    assert_eq!(report.integrity, Integrity::Valid, "{report:#?}");
    assert_eq!(report.countersignatures.len(), 1);
    fs::remove_file(copy.join(&report.countersignatures[0].file)).unwrap();
    assert_eq!(verified(&copy).integrity, Integrity::Incomplete, "the copy knows that it was signed");

    let Answer::Records { total, records } = client.ask(Command::Records { from: 0, count: 500 }).unwrap()
    else {
        panic!("no records");
    };
    assert_eq!(total as usize, records.len());
    assert_eq!(records.last().unwrap().kind, "day_closed");
    end(station);
}

/// A key as the head makes it, with the passphrase "sesame".
fn head_key(folder: &Path) -> PathBuf {
    let path = folder.join("head");
    let mut make = std::process::Command::new("ssh-keygen");
    make.args(["-q", "-t", "ed25519", "-N", "sesame", "-f"]).arg(&path);
    assert!(make.status().unwrap().success());
    path
}

#[test]
fn a_second_client_sees_the_day_that_the_first_left() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut first = connect(&station);
    begin_day(&mut first);
    record(&mut first);
    wait_for_frames(&mut first, 10);
    drop(first);

    let mut second = connect(&station);
    let view = second.view().unwrap();
    assert_eq!(view.signed_in, None);
    assert_eq!(view.day.as_ref().map(|day| day.recording().count()), Some(2));
    wait_for_frames(&mut second, 30);
    let gaps =
        |view: &View| view.day.iter().flat_map(|day| day.cameras.values()).map(|c| c.gaps).sum::<u32>();
    assert_eq!(gaps(second.view().unwrap()), 0);
    end(station);
}

#[test]
fn an_order_to_stop_holds_over_a_crash_before_it_was_carried_out() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = recording(&station);
    wait_for_frames(&mut client, 20);
    let day = client.view().unwrap().day.as_ref().unwrap().id.clone();
    drop(client);
    end(station);

    // What a station writes that dies right after it was told to stop.
    let device = DeviceKey::open(&DeviceKey::path_in(folder.path())).unwrap();
    let place = JournalPlace::day(folder.path(), &day);
    let mut journal = Journal::open::<DayDocument>(place, Arc::new(device)).unwrap().journal;
    let cameras = vec!["corridor".parse().unwrap()];
    let order = Event::StopOrdered { cameras, handover_done: true, reason: String::new() };
    journal.append(SystemClock::new().now(), Actor::STATION, order).unwrap();
    journal.sync().unwrap();
    drop(journal);

    let station = start(folder.path());
    let mut client = connect(&station);
    let day = client.view().unwrap().day.clone().unwrap();
    assert_eq!(day.recording().map(|id| id.as_str()).collect::<Vec<_>>(), ["entrance"]);
    end(station);
}

#[test]
fn an_earlier_day_is_sealed_first_and_an_empty_one_left() {
    let folder = tempfile::tempdir().unwrap();
    let planned = |client: &mut Dialogue| client.view().unwrap().day.as_ref().map(|day| day.id.clone());
    let station = start(folder.path());
    let mut client = connect(&station);
    begin_day(&mut client);
    let empty = planned(&mut client);
    drop(client);
    end(station);

    let station = start_on(folder.path(), 1);
    let mut client = connect(&station);
    assert_eq!(planned(&mut client), empty);
    sign_in(&mut client);
    client.ask(Command::PlanDay).unwrap();
    let recorded = planned(&mut client);
    assert_ne!(recorded, empty);
    record(&mut client);
    wait_for_frames(&mut client, 20);
    drop(client);
    end(station);

    let station = start_on(folder.path(), 2);
    let mut client = connect(&station);
    assert_eq!(planned(&mut client), recorded);
    sign_in(&mut client);
    let refused = client.ask(Command::PlanDay).unwrap_err();
    assert!(refused.to_string().contains("refused-earlier-day"), "{refused}");
    stop(&mut client);
    explain_outages(&mut client);
    seal(&mut client);
    client.ask(Command::PlanDay).unwrap();
    assert_ne!(planned(&mut client), recorded);
    end(station);
}

#[test]
fn a_seal_that_failed_after_the_last_record_goes_on_when_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = recording(&station);
    wait_for_frames(&mut client, 20);
    let view = client.view().unwrap();
    let archive = Path::new(&view.live.archive_folder).to_owned();
    let in_the_way = archive.join(format!("{}-00.zip.open", view.day.as_ref().unwrap().id));
    std::fs::create_dir(&in_the_way).unwrap();

    stop(&mut client);
    explain_outages(&mut client);
    client.ask(Command::Seal).unwrap();
    assert!(work_ended(&mut client, WorkKind::Seal).is_some(), "part 00 can't be written");
    let day = client.view().unwrap().day.clone().unwrap();
    assert_eq!(day.stage, Stage::Closed);

    std::fs::remove_dir(&in_the_way).unwrap();
    client.ask(Command::Seal).unwrap();
    wait_for_work(&mut client, WorkKind::Seal);
    let report = verified(&archive);
    assert_eq!(report.integrity, Integrity::Valid, "{report:#?}");
    let refused = client.ask(Command::Seal).unwrap_err();
    assert!(refused.to_string().contains("refused-day-closed"), "{refused}");
    end(station);
}
