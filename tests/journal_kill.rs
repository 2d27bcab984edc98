//! A writer killed at any moment loses no record that it had told of, and its restart is linked.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use invigil::clock::{Clock, SystemClock};
use invigil::journal::{
    Actor, Event, FORMAT, Journal, JournalPlace, Link, Opened, PointDocument, Record, check_journal,
};
use invigil::signing::DeviceKey;
use ring::rand::SystemRandom;

/// Names the data folder to the child, which is this same program.
const CHILD_FOLDER: &str = "INVIGIL_TEST_JOURNAL_FOLDER";
const CHILD_TEST: &str = "child_that_writes_until_it_is_killed";

#[test]
fn a_killed_writer_loses_nothing_that_it_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    DeviceKey::create(&DeviceKey::path_in(data), &SystemRandom::new()).unwrap();

    let mut told = Vec::new();
    for (round, acks) in [1, 7, 2, 23, 40, 5].into_iter().enumerate() {
        told.extend(write_and_kill(data, acks));
        let records = check(data);
        assert!(told.iter().all(|salt| records.iter().any(|record| record.salt == *salt)), "round {round}");
    }

    let place = JournalPlace::point(data);
    let device = Arc::new(DeviceKey::open(&DeviceKey::path_in(data)).unwrap());
    let opened: Opened<PointDocument> = Journal::open(place, device).unwrap();
    assert_eq!(opened.recovery.link, Link::Linked);
    assert_eq!(opened.recovery.restart, 6);
}

/// Starts a writer, kills it after it told of some records, and gives all that it told of.
fn write_and_kill(data: &Path, acks: usize) -> Vec<String> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", CHILD_TEST, "--nocapture", "--test-threads=1"])
        .env(CHILD_FOLDER, data)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        // A line that the kill tore may be too short to be a salt.
        if let Some((_, salt)) = line.unwrap().split_once("told ").filter(|(_, salt)| salt.len() == 32) {
            told.push(salt.to_owned());
        }
        if told.len() == acks {
            child.kill().unwrap();
        }
    }
    assert!(!child.wait().unwrap().success());
    assert!(told.len() >= acks);
    told
}

/// All records, after making sure that nothing but a torn end is wrong.
fn check(data: &Path) -> Vec<Record> {
    let place = JournalPlace::point(data);
    let device = Arc::new(DeviceKey::open(&DeviceKey::path_in(data)).unwrap());
    // Cuts what is torn, and writes nothing more.
    drop(Journal::open::<PointDocument>(place.clone(), device).unwrap());
    let mut records = Vec::new();
    let report = check_journal::<PointDocument>(
        &fs::read(&place.document).unwrap(),
        &mut BufReader::new(fs::File::open(place.records()).unwrap()),
        &fs::read(place.checkpoints()).unwrap(),
        &mut |checked| records.push(checked.record),
    )
    .unwrap();
    assert_eq!(report.faults, []);
    assert_eq!(report.unlinked, 0);
    records
}

/// Not a test by itself: the writer, when the environment says so.
#[test]
fn child_that_writes_until_it_is_killed() {
    let Some(data) = env::var_os(CHILD_FOLDER) else { return };
    let data = Path::new(&data);
    let clock = SystemClock::new();
    let device = Arc::new(DeviceKey::open(&DeviceKey::path_in(data)).unwrap());
    let place = JournalPlace::point(data);
    let (mut journal, restart, link) = if place.exists() {
        let opened: Opened<PointDocument> = Journal::open(place, device).unwrap();
        (opened.journal, opened.recovery.restart, opened.recovery.link)
    } else {
        let device_key = device.public();
        let (journal, _) = Journal::create(place, device, |epoch_key| PointDocument {
            format: FORMAT,
            region: "77".parse().unwrap(),
            point: "0101".parse().unwrap(),
            station: "main".parse().unwrap(),
            device_key,
            epoch_key,
        })
        .unwrap();
        (journal, 0, Link::First)
    };
    let start = Event::StationStarted { version: "0".to_owned(), restart, link };
    journal.append(clock.now(), Actor::STATION, start).unwrap();
    journal.checkpoint(clock.now()).unwrap();
    for round in 0.. {
        let alarm = "x".repeat(round * 997 % 20_000);
        let record = journal.append(clock.now(), Actor::STATION, Event::AlarmAcknowledged { alarm }).unwrap();
        journal.sync().unwrap();
        println!("told {}", record.salt);
        if round % 3 == 0 {
            journal.checkpoint(clock.now()).unwrap();
        }
    }
}
