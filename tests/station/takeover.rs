//! The computer fails in mid-day, and another one goes on with its day.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use invigil::archive::excerpt::{Wanted, make};
use invigil::archive::verify::{VerifyOptions, verify};
use invigil::archive::{Integrity, Report};
use invigil::point::Profile;
use invigil::station::Station;
use invigil::station::client::Dialogue;
use invigil::station::protocol::{Command, OldStation};

use crate::killed::{dial, launch};
use crate::point::*;

fn spare_profile() -> Profile {
    Profile { station: "spare".parse().unwrap(), ..profile() }
}

fn start_spare(folder: &Path) -> Station {
    start_with(folder, spare_profile(), TestClock::new(), std::sync::Arc::new(invigil::camera::open))
}

/// Everybody has a PIN here too, and the technician is signed in.
fn people(client: &mut Dialogue) {
    for person in ["technician", "point-head", "commission-member", "observer"] {
        client.ask(Command::SetPin { person: person.parse().unwrap(), pin: pin() }).unwrap();
    }
    sign_in(client);
}

fn take_over(station: &str, code: &str, data: &Path) -> Command {
    let data = data.display().to_string();
    let from = OldStation { station: station.into(), code: code.into(), data };
    Command::TakeOver { from, reason: "сгорел блок питания".into() }
}

fn on_paper(code: &str) -> Command {
    take_over("main", code, Path::new(""))
}

fn seal_all(client: &mut Dialogue) -> PathBuf {
    stop(client);
    explain_outages(client);
    seal(client);
    PathBuf::from(client.view().unwrap().live.archive_folder.clone())
}

fn verified_together(archives: &[&Path]) -> Report {
    let paths: Vec<PathBuf> = archives.iter().map(|path| path.to_path_buf()).collect();
    let options = VerifyOptions { signers: None, act: None, at_ms: 0 };
    verify(&paths, &options, &mut |_, _| ControlFlow::Continue(()))
}

fn ids(report: &Report) -> Vec<&str> {
    report.faults.iter().map(|fault| fault.message.id.as_str()).collect()
}

#[test]
fn a_spare_computer_goes_on_after_a_kill_and_both_archives_are_one_day() {
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(old.path().join("profile.toml"), profile_text()).unwrap();
    let text = profile_text();
    let spare_text = text.replacen("station = \"main\"", "station = \"spare\"", 1);
    assert_ne!(spare_text, text);
    std::fs::write(new.path().join("profile.toml"), spare_text).unwrap();

    let station = launch(old.path());
    let mut client = dial(old.path());
    begin_day(&mut client);
    record(&mut client);
    let coded =
        |view: &invigil::station::protocol::View| view.day.as_ref().is_some_and(|day| day.code.is_some());
    client.wait_for(PATIENCE, coded).unwrap();
    let code = client.view().unwrap().day.as_ref().unwrap().code.clone().unwrap().code;
    wait_for_frames(&mut client, 60);
    drop((station, client));

    let spare = launch(new.path());
    let mut client = dial(new.path());
    people(&mut client);
    client.ask(on_paper(&code)).unwrap();
    let day = client.view().unwrap().day.clone().unwrap();
    assert!(day.id.as_str().ends_with("-spare"));
    assert_eq!(day.recording().count(), 2, "recording starts at once");
    wait_for_frames(&mut client, 40);
    let spares = seal_all(&mut client);
    let alone = verified(&spares);
    assert_eq!((alone.integrity, ids(&alone)), (Integrity::Incomplete, vec!["takeover-old-missing"]));
    drop((spare, client));

    // The old computer runs again later: what it has is mended and sealed there.
    let station = launch(old.path());
    let mut client = dial(old.path());
    sign_in(&mut client);
    wait_for_frames(&mut client, 20);
    let olds = seal_all(&mut client);
    let report = verified_together(&[&olds, &spares]);
    assert_eq!(report.integrity, Integrity::Valid, "{:#?}", report.faults);
    assert_eq!(report.stations.len(), 2);
    assert!(report.stations.iter().all(|station| station.closed));
    for camera in &report.cameras {
        assert_eq!((camera.changed.ms, camera.missing.ms), (0, 0), "{camera:#?}");
        assert!(camera.signed.ms > 0, "{camera:#?}");
    }
    let frames = |day: &str| -> u64 {
        let of_day = report.recordings.iter().filter(|recording| recording.day.as_str().ends_with(day));
        of_day.map(|recording| recording.frames).sum()
    };
    assert!(frames("-main") >= 2 * 40 && frames("-spare") >= 2 * 40);
    drop(station);
    excerpts_of_each(&[olds, spares], &report);
}

/// An excerpt is of the station that recorded the time asked for, and says so.
fn excerpts_of_each(archives: &[PathBuf], report: &Report) {
    let folder = tempfile::tempdir().unwrap();
    let excerpt = |name: &str, from_ms: i64, to_ms: i64| {
        let when = |ms| {
            let time = chrono::DateTime::from_timestamp_millis(ms).unwrap();
            let local = time.with_timezone(&chrono_tz::Europe::Moscow);
            local.format("%Y-%m-%dT%H:%M:%S").to_string().parse().unwrap()
        };
        let wanted = Wanted { camera: "corridor".parse().unwrap(), from: when(from_ms), to: when(to_ms) };
        let out = folder.path().join(name);
        make(archives, &wanted, &out, &mut |_, _| ControlFlow::Continue(())).unwrap()
    };
    let spare: Vec<_> = report
        .recordings
        .iter()
        .filter(|recording| {
            recording.camera.as_str() == "corridor" && recording.day.as_str().ends_with("-spare")
        })
        .collect();
    let (first, last) = (spare.first().unwrap(), spare.last().unwrap());
    // Whole seconds are asked for, and in the one in which it began the other may still have recorded.
    let made = excerpt("spare.zip", first.from_ms + 1_000, last.to_ms);
    assert_eq!((made.report.day.as_ref(), &made.others), (Some(&first.day), &Vec::new()));
    assert_eq!(made.report.integrity, Integrity::Valid);
    assert!(made.report.covers().unwrap().args["day"] == first.day.as_str().into());
    let all = excerpt("all.zip", first.from_ms - 86_400_000, last.to_ms + 86_400_000);
    assert_eq!(all.others.len(), 1, "the other station has some of this time too");
    assert_ne!(all.report.day.as_ref(), all.others.first());
}

#[test]
fn the_old_disk_tells_where_its_journal_stood_and_is_sealed_later() {
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let station = start(old.path());
    let mut client = recording(&station);
    wait_for_frames(&mut client, 30);
    drop(client);
    end(station);

    let spare = start_spare(new.path());
    let mut client = connect(&spare);
    people(&mut client);
    client.ask(take_over("", "", old.path())).unwrap();
    wait_for_frames(&mut client, 30);
    let spares = seal_all(&mut client);
    drop(client);
    end(spare);

    let station = start(old.path());
    let mut client = connect(&station);
    sign_in(&mut client);
    wait_for_frames(&mut client, 10);
    let olds = seal_all(&mut client);
    drop(client);
    end(station);
    let report = verified_together(&[&spares, &olds]);
    assert_eq!(report.integrity, Integrity::Valid, "{:#?}", report.faults);
    assert!(report.warnings.iter().any(|warning| warning.message.id == "takeover-went-on"));
    let both = report.stations.iter().map(|station| station.day.as_str()).collect::<Vec<_>>();
    assert!(both[0].ends_with("-main") && both[1].ends_with("-spare"), "{both:?}");
}

#[test]
fn what_makes_no_sense_is_refused_and_nothing_begins() {
    let (folder, empty) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let spare = start_spare(folder.path());
    let mut client = connect(&spare);
    let code = "K7QD-2M9X-RT4W-0FHE";
    let mut refused = |command| client.ask(command).unwrap_err().to_string();
    assert!(refused(on_paper(code)).contains("refused-sign-in"));
    people(&mut client);
    let mut refused = |command| client.ask(command).unwrap_err().to_string();
    assert!(refused(take_over("spare", code, Path::new(""))).contains("refused-takeover-self"));
    assert!(refused(take_over("../main", code, Path::new(""))).contains("fault-id"));
    assert!(refused(on_paper("K7QD")).contains("refused-takeover-code"));
    assert!(refused(take_over("main", "", empty.path())).contains("refused-takeover-folder"));
    assert!(refused(take_over("main", "", Path::new("days"))).contains("refused-takeover-folder"));
    assert_eq!(client.view().unwrap().day, None);

    // A journal that nobody can read does not hold up the recording for long: the code is asked for.
    let day = spare_profile().day_id(client_date()).to_string().replace("-spare", "-main");
    let journal = empty.path().join("days").join(day).join("journal");
    std::fs::create_dir_all(&journal).unwrap();
    std::fs::write(journal.join("records.jsonl"), "nothing\n").unwrap();
    let mut refused = |command| client.ask(command).unwrap_err().to_string();
    assert!(refused(take_over("main", "", empty.path())).contains("refused-takeover-unreadable"));

    client.ask(Command::PlanDay).unwrap();
    let mut refused = |command| client.ask(command).unwrap_err().to_string();
    assert!(refused(on_paper(code)).contains("refused-day-exists"));
    drop(client);
    end(spare);
}

/// Today where the point is.
fn client_date() -> chrono::NaiveDate {
    use invigil::clock::Clock;
    let now = chrono::DateTime::from_timestamp_millis(TestClock::new().now().utc_ms).unwrap();
    now.with_timezone(&spare_profile().time_zone).date_naive()
}
