//! What is said of stations that went on with each other's day.

use std::path::PathBuf;

use invigil::archive::verify::VerifyOptions;
use invigil::archive::{Integrity, Provenance, Report};
use invigil::journal::{Event, KnownHead, TakeOver};
use invigil::signing::{AllowedSigners, Digest, PaperCode};

use crate::day::{check, new_key, options};
use crate::stations::{Station, day_of};

/// One folder for the parts of all stations, as somebody would copy them together.
struct Parts(tempfile::TempDir);

impl Parts {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn verify(&self) -> Report {
        check(&[self.0.path().to_owned()], &options())
    }
}

fn ids(report: &Report) -> Vec<&str> {
    report.faults.iter().map(|fault| fault.message.id.as_str()).collect()
}

fn warned(report: &Report, id: &str) -> bool {
    report.warnings.iter().any(|warning| warning.message.id == id)
}

fn judged(report: &Report) -> (Integrity, Vec<&str>) {
    (report.integrity, ids(report))
}

#[track_caller]
fn assert_tampered(report: &Report, id: &str) {
    assert_eq!(report.integrity, Integrity::Tampered, "{report:#?}");
    assert!(ids(report).contains(&id), "{:?}", ids(report));
}

/// A station that died after some records, of which a checkpoint's code was written down.
fn died() -> (Station, PaperCode) {
    let mut main = Station::begin("main", 0, None);
    main.note("one");
    let code = main.checkpoint().code();
    main.note("after the code");
    (main, code)
}

#[test]
fn two_stations_are_one_day() {
    let parts = Parts::new();
    let (mut main, code) = died();
    let mut spare = Station::begin("spare", 30, main.taken_over(KnownHead::Code { code }));
    spare.note("two");
    // The old computer came back later and was sealed.
    main.start_again();
    main.close(parts.0.path());
    spare.close(parts.0.path());
    let report = parts.verify();
    assert_eq!(judged(&report), (Integrity::Valid, vec![]));
    let days: Vec<_> = report.stations.iter().map(|station| station.day.as_str().to_owned()).collect();
    assert_eq!(days, ["77-0101-2026-05-29-main", "77-0101-2026-05-29-spare"]);
    assert_eq!(report.day, Some(day_of("spare")));
    assert!(report.stations.iter().all(|station| station.closed));
    assert_eq!(report.signer, Some(spare.key.public().fingerprint()));
    assert!(warned(&report, "takeover-went-on"));

    let with = |lines: String| {
        let signers = Some(AllowedSigners::parse(&lines).unwrap());
        check(&[parts.0.path().to_owned()], &VerifyOptions { signers, ..options() }).provenance
    };
    let (main, spare) = (main.key.public(), spare.key.public());
    assert_eq!(with(format!("main {main}\nspare {spare}\n")), Provenance::KnownKey);
    assert_eq!(with(format!("spare {spare}\n")), Provenance::UntrustedKey);
}

#[test]
fn an_old_journal_without_an_end_is_enough_up_to_the_head_that_was_taken_over() {
    for head in [None, Some(KnownHead::Nothing {})] {
        let parts = Parts::new();
        let (main, code) = died();
        let known = head.unwrap_or(KnownHead::Code { code });
        Station::begin("spare", 30, main.taken_over(known)).close(parts.0.path());
        main.export(parts.0.path());
        let report = parts.verify();
        match head {
            None => assert_eq!(judged(&report), (Integrity::Valid, vec![])),
            Some(_) => {
                assert_eq!(judged(&report), (Integrity::Incomplete, vec!["archive-day-open"]));
                assert_eq!(report.faults[0].place.day, Some(day_of("main")));
                assert!(warned(&report, "takeover-head-unknown"));
            }
        }
    }
    // All of it was read from its disk: nothing follows that head.
    let parts = Parts::new();
    let (main, _) = died();
    Station::begin("spare", 30, main.taken_over(main.head())).close(parts.0.path());
    main.export(parts.0.path());
    let report = parts.verify();
    assert_eq!(judged(&report), (Integrity::Valid, vec![]));
    assert!(!warned(&report, "takeover-went-on"));
}

#[test]
fn an_old_station_that_is_not_here_is_named() {
    let parts = Parts::new();
    let (main, code) = died();
    Station::begin("spare", 30, main.taken_over(KnownHead::Code { code })).close(parts.0.path());
    let report = parts.verify();
    assert_eq!(judged(&report), (Integrity::Incomplete, vec!["takeover-old-missing"]));
    assert_eq!(report.faults[0].message.args["day"], "77-0101-2026-05-29-main".into());
}

#[test]
fn a_head_that_the_old_journal_never_had_is_a_fork() {
    let other = PaperCode::of(&Digest::of(b"another"));
    let (main, _) = died();
    let KnownHead::Records { size, root } = main.head() else { panic!("records") };
    for head in [
        KnownHead::Code { code: other },
        KnownHead::Records { size: size + 1, root },
        KnownHead::Records { size: size - 1, root },
        KnownHead::Records { size: 0, root },
    ] {
        let parts = Parts::new();
        Station::begin("spare", 30, main.taken_over(head)).close(parts.0.path());
        main.export(parts.0.path());
        assert_tampered(&parts.verify(), "takeover-head-differs");
    }
    // The tail that the new station had seen was cut off: here an earlier copy of the journal.
    let parts = Parts::new();
    let mut main = Station::begin("main", 0, None);
    main.export(parts.0.path());
    main.note("cut off later");
    Station::begin("spare", 30, main.taken_over(main.head())).close(parts.0.path());
    assert_tampered(&parts.verify(), "takeover-head-differs");
    // Written anew from the same key: another history with the same beginning.
    let parts = Parts::new();
    let (mut main, _) = died();
    let mut twin = main.copied();
    main.note("as it was");
    Station::begin("spare", 30, main.taken_over(main.head())).close(parts.0.path());
    twin.note("as somebody would like it");
    twin.close(parts.0.path());
    assert_tampered(&parts.verify(), "takeover-head-differs");
}

#[test]
fn a_chain_of_two_takeovers_holds() {
    let parts = Parts::new();
    let (mut main, code) = died();
    let mut second = Station::begin("second", 30, main.taken_over(KnownHead::Code { code }));
    second.note("two");
    let third = second.taken_over(second.head());
    Station::begin("third", 60, third).close(parts.0.path());
    second.start_again();
    second.close(parts.0.path());
    main.start_again();
    let first = main.close(parts.0.path());
    let report = parts.verify();
    assert_eq!(judged(&report), (Integrity::Valid, vec![]));
    assert_eq!((report.stations.len(), &report.day), (3, &Some(day_of("third"))));
    std::fs::remove_file(first).unwrap();
    assert_eq!(judged(&parts.verify()), (Integrity::Incomplete, vec!["takeover-old-missing"]));
}

#[test]
fn a_medium_with_a_folder_for_each_station_is_one_day() {
    let parts = Parts::new();
    let folder = |station: &str| {
        let folder = parts.0.path().join(day_of(station).as_str());
        std::fs::create_dir(&folder).unwrap();
        folder
    };
    let (main, spare) = (folder("main"), folder("spare"));
    let (mut old, code) = died();
    Station::begin("spare", 30, old.taken_over(KnownHead::Code { code })).close(&spare);
    old.start_again();
    old.close(&main);
    assert_eq!(judged(&parts.verify()), (Integrity::Valid, vec![]));
    assert_eq!(judged(&check(&[main, spare], &options())), (Integrity::Valid, vec![]));
}

#[test]
fn a_chain_that_no_exam_day_has_is_not_followed() {
    let parts = Parts::new();
    let mut before = Station::begin("s0", 0, None);
    before.close(parts.0.path());
    for number in 1..20 {
        let takes_over = before.taken_over(KnownHead::Nothing {});
        before = Station::begin(&format!("s{number}"), number, takes_over);
        before.close(parts.0.path());
    }
    let report = parts.verify();
    assert_eq!((report.integrity, report.stations.len()), (Integrity::CannotVerify, 16));
}

#[test]
fn two_successors_and_a_circle_are_no_day() {
    let parts = Parts::new();
    let (main, code) = died();
    for station in ["left", "right"] {
        Station::begin(station, 30, main.taken_over(KnownHead::Code { code })).close(parts.0.path());
    }
    main.export(parts.0.path());
    assert_tampered(&parts.verify(), "takeover-twice");

    let parts = Parts::new();
    let nothing =
        |day: &str| Some(TakeOver { day: day_of(day), device_key: None, head: KnownHead::Nothing {} });
    for (station, before) in [("main", "spare"), ("spare", "main")] {
        Station::begin(station, 0, nothing(before)).close(parts.0.path());
    }
    assert_tampered(&parts.verify(), "takeover-circle");
    let parts = Parts::new();
    Station::begin("main", 0, nothing("main")).close(parts.0.path());
    assert_tampered(&parts.verify(), "takeover-circle");
}

#[test]
fn another_stations_journal_in_the_old_ones_place_is_noticed() {
    let parts = Parts::new();
    let (main, _) = died();
    // Under the same name, with another key.
    Station::begin("main", 0, None).close(parts.0.path());
    Station::begin("spare", 30, main.taken_over(KnownHead::Nothing {})).close(parts.0.path());
    assert_tampered(&parts.verify(), "takeover-other-key");
}

#[test]
fn a_changed_takeover_is_a_changed_document() {
    let parts = Parts::new();
    let (main, code) = died();
    let part = Station::begin("spare", 30, main.taken_over(KnownHead::Code { code })).close(parts.0.path());
    main.export(parts.0.path());
    crate::day::rewrite(&part, |files| {
        let document = files.iter_mut().find(|(name, _)| name.ends_with("day.json")).unwrap();
        let text = String::from_utf8(document.1.clone()).unwrap();
        let changed = text.replace(&code.to_string(), "0000-0000-0000-0000");
        assert_ne!(changed, text);
        document.1 = changed.into_bytes();
    });
    assert_tampered(&parts.verify(), "archive-file-changed");
}

#[test]
fn days_that_nobody_linked_are_not_mixed() {
    let parts = Parts::new();
    Station::begin("main", 0, None).close(parts.0.path());
    Station::begin("other", 0, None).close(parts.0.path());
    let report = parts.verify();
    assert_eq!(judged(&report), (Integrity::CannotVerify, vec!["archive-other-day"]));
    assert_eq!(report.stations.len(), 1);
}

#[test]
fn the_acts_of_the_last_station_reach_back_to_the_first() {
    let parts = Parts::new();
    let (mut main, _) = died();
    let mut spare = Station::begin("spare", 30, main.taken_over(main.head()));
    main.start_again();
    main.write(Event::StationStopped {});
    main.close(parts.0.path());
    spare.close(parts.0.path());
    let report = parts.verify();
    let (opening, closing) = (report.opening_code.unwrap(), report.closing_code.unwrap());
    let act = Some(format!("opening {opening} closing {closing} restarts 0").parse().unwrap());
    let paths: Vec<PathBuf> = vec![parts.0.path().to_owned()];
    let report = check(&paths, &VerifyOptions { act, ..options() });
    assert_eq!((report.integrity, report.provenance), (Integrity::Valid, Provenance::Anchored));
    let lines = format!("one {}\n", new_key().public());
    let signers = Some(AllowedSigners::parse(&lines).unwrap());
    let report = check(&paths, &VerifyOptions { act, signers, ..options() });
    assert_eq!(report.provenance, Provenance::UntrustedKey);
}
