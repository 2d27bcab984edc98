//! What is left after a crash at any moment.

use std::fs;

use proptest::prelude::*;
use ring::rand::SystemRandom;

use super::trial::{Files, Trial, checkpoint, note, stamp, start};
use super::{Actor, Event, Journal, JournalError, Link, PointDocument, Recovery};
use crate::signing::{DeviceKey, EpochKey, EpochSeedFile};

#[test]
fn a_restart_is_linked_and_the_journal_goes_on() {
    let trial = Trial::new();
    let mut journal = trial.create();
    let mut written = start(&mut journal, 0, Link::First);
    checkpoint(&mut journal);
    written.extend(note(&mut journal, "a"));
    drop(journal);

    let opened = trial.open().unwrap();
    assert_eq!(opened.records, written);
    assert_eq!(opened.recovery, Recovery { cut_bytes: 0, restart: 1, link: Link::Linked });
    let mut journal = opened.journal;
    written.extend(start(&mut journal, 1, Link::Linked));
    let restart = checkpoint(&mut journal);
    assert_eq!((restart.start, restart.epoch, restart.size), (Some(Link::Linked), 1, 3));
    note(&mut journal, "b");
    assert_eq!(checkpoint(&mut journal).start, None);
    assert_ne!(written[0].boot, written[2].boot);

    let (report, records) = trial.check();
    assert_eq!(report.faults, []);
    assert_eq!(records[..3], written);
    assert_eq!((report.restarts, report.unlinked, report.covered, report.uncovered()), (1, 0, 4, 0));
    assert!(!report.closed);
}

#[test]
fn a_crash_before_the_first_record_leaves_an_empty_journal() {
    let trial = Trial::new();
    drop(trial.create());
    let mut opened = trial.open().unwrap();
    assert_eq!(opened.recovery, Recovery { cut_bytes: 0, restart: 0, link: Link::First });
    start(&mut opened.journal, 0, Link::First);
    assert_eq!(checkpoint(&mut opened.journal).start, Some(Link::First));
    assert_eq!(trial.check().0.faults, []);
}

#[test]
fn an_interrupted_beginning_is_begun_again() {
    let trial = Trial::new();
    drop(trial.create());
    fs::remove_file(trial.place.records()).unwrap();
    fs::write(&trial.place.document, "torn").unwrap();
    assert!(!trial.place.exists());
    let mut journal = trial.create();
    start(&mut journal, 0, Link::First);
    checkpoint(&mut journal);
    assert_eq!(trial.check().0.faults, []);
}

#[test]
fn only_one_writer_and_only_one_beginning() {
    let trial = Trial::new();
    let journal = trial.create();
    assert!(matches!(trial.open(), Err(JournalError::Busy(_))));
    drop(journal);
    let again = Journal::create(trial.place.clone(), trial.device.clone(), |_| -> super::PointDocument {
        panic!("no document is made for a journal that exists")
    });
    assert!(matches!(again, Err(JournalError::Exists(_))));
    let folder = tempfile::tempdir().unwrap();
    let other = DeviceKey::create(&folder.path().join("key"), &SystemRandom::new()).unwrap();
    let foreign = Journal::open::<super::PointDocument>(trial.place.clone(), other.into());
    assert!(matches!(foreign, Err(JournalError::ForeignKey(_))));
}

#[test]
fn a_closed_journal_takes_nothing_more_and_leaves_no_key() {
    let trial = Trial::new();
    let written = trial.closed();
    assert!(matches!(trial.open(), Err(JournalError::Closed(_))));
    assert!(!trial.place.seeds.exists());
    let (report, records) = trial.check();
    assert_eq!(records, written);
    assert_eq!((report.faults.len(), report.closed, report.restarts, report.unlinked), (0, true, 1, 0));
    assert!(report.closing_code().is_some());
    let read = Journal::read::<PointDocument>(&trial.place).unwrap();
    assert_eq!((Some(read.document), read.records), (report.document, written));
}

#[test]
fn a_lost_key_is_told() {
    let trial = Trial::new();
    let mut journal = trial.create();
    start(&mut journal, 0, Link::First);
    checkpoint(&mut journal);
    drop(journal);
    fs::remove_file(&trial.place.seeds).unwrap();
    let opened = trial.open().unwrap();
    assert_eq!(opened.recovery.link, Link::Unlinked);
    let mut journal = opened.journal;
    start(&mut journal, 1, Link::Unlinked);
    assert_eq!(checkpoint(&mut journal).start, Some(Link::Unlinked));
    note(&mut journal, "goes on");
    assert_eq!(checkpoint(&mut journal).start, None);
    let (report, _) = trial.check();
    assert_eq!((report.faults.len(), report.unlinked, report.covered), (0, 1, 3));
}

/// Every moment within a checkpoint at which the station can be killed, as the files would stand.
#[test]
fn no_moment_of_a_checkpoint_makes_an_unlinked_restart() {
    let trial = Trial::new();
    let mut journal = trial.create();
    start(&mut journal, 0, Link::First);
    checkpoint(&mut journal);
    note(&mut journal, "a");
    drop(journal);
    let (before, seeds_before) = (Files::read(&trial.place), fs::read(&trial.place.seeds).unwrap());

    // The next key is in its slot, torn or whole, and the checkpoint is not written.
    let mut seeds = EpochSeedFile::open(&trial.place.seeds).unwrap();
    seeds.put(2, &EpochKey::generate(&SystemRandom::new()).unwrap()).unwrap();
    drop(seeds);
    assert_eq!(trial.open().unwrap().recovery.link, Link::Linked);

    // The checkpoint is written as far as any byte, and its own key is not wiped yet.
    fs::write(&trial.place.seeds, &seeds_before).unwrap();
    let mut journal = trial.open().unwrap().journal;
    checkpoint(&mut journal);
    drop(journal);
    let (after, seeds_after) = (Files::read(&trial.place), fs::read(&trial.place.seeds).unwrap());
    // Epoch 1 stands in the second half of the file, epoch 2 in the first.
    let half = seeds_before.len() / 2;
    let both = [&seeds_after[..half], &seeds_before[half..]].concat();
    for length in before.checkpoints.len()..=after.checkpoints.len() {
        for seeds in [&both, &seeds_after] {
            let published = length == after.checkpoints.len();
            if !published && std::ptr::eq(seeds, &seeds_after) {
                continue;
            }
            fs::write(trial.place.checkpoints(), &after.checkpoints[..length]).unwrap();
            fs::write(&trial.place.seeds, seeds).unwrap();
            let mut opened = trial.open().unwrap();
            assert_eq!(opened.recovery.link, Link::Linked, "{length} bytes");
            start(&mut opened.journal, 1, Link::Linked);
            let restart = checkpoint(&mut opened.journal);
            assert_eq!(restart.epoch, if published { 2 } else { 1 });
            drop(opened);
            assert_eq!(trial.check().0.faults, [], "{length} bytes");
            fs::write(trial.place.records(), &before.records).unwrap();
        }
    }
}

#[test]
fn after_a_failed_write_only_opening_anew_helps() {
    let trial = Trial::new();
    let mut journal = trial.create();
    let written = start(&mut journal, 0, Link::First);
    journal.records = fs::File::open(trial.place.records()).unwrap();
    let event = || Event::DiskRecovered { free_bytes: 1 };
    assert!(matches!(journal.append(stamp(1), Actor::STATION, event()), Err(JournalError::Io { .. })));
    journal.records = fs::OpenOptions::new().append(true).open(trial.place.records()).unwrap();
    assert!(matches!(journal.append(stamp(2), Actor::STATION, event()), Err(JournalError::Poisoned)));
    assert!(matches!(journal.sync(), Err(JournalError::Poisoned)));
    assert!(matches!(journal.checkpoint(stamp(3)), Err(JournalError::Poisoned)));
    drop(journal);
    let opened = trial.open().unwrap();
    assert_eq!((opened.records, opened.recovery.link), (written, Link::Linked));
}

#[test]
fn a_text_too_long_for_a_record_leaves_the_journal_usable() {
    let trial = Trial::new();
    let mut journal = trial.create();
    let alarm = "x".repeat(super::MAX_LINE_BYTES);
    let refused = journal.append(stamp(0), Actor::STATION, Event::AlarmAcknowledged { alarm });
    assert!(matches!(refused, Err(JournalError::Record(super::BadLine::TooLong))));
    start(&mut journal, 0, Link::First);
    checkpoint(&mut journal);
    assert_eq!(trial.check().0.faults, []);
}

#[test]
fn what_no_crash_leaves_behind_is_refused() {
    let trial = Trial::new();
    let mut journal = trial.create();
    start(&mut journal, 0, Link::First);
    note(&mut journal, "a");
    checkpoint(&mut journal);
    note(&mut journal, "b");
    note(&mut journal, "c");
    drop(journal);
    let files = Files::read(&trial.place);
    let text = String::from_utf8(files.records.clone()).unwrap();
    for (record, changed) in [
        (1, text.replacen("\"alarm\":\"a\"", "\"alarm\":\"x\"", 1)),
        (1, text.lines().take(1).map(|line| format!("{line}\n")).collect()),
        (3, text.replacen("\"alarm\":\"b\"", "\"alarm\":\"x\"", 1)),
        (4, format!("{text}{{}}\n")),
    ] {
        fs::write(trial.place.records(), changed).unwrap();
        let refused = trial.open();
        assert!(
            matches!(refused, Err(JournalError::Damaged { record: r, .. }) if r == record),
            "{refused:?}"
        );
    }
    fs::write(trial.place.records(), &files.records).unwrap();
    let checkpoints = String::from_utf8(files.checkpoints).unwrap();
    fs::write(trial.place.checkpoints(), checkpoints.replacen("epoch 0", "epoch 1", 1)).unwrap();
    assert!(matches!(trial.open(), Err(JournalError::DamagedCheckpoint { number: 0, .. })));
}

#[test]
fn blocks_that_never_reached_the_disk_are_cut() {
    let trial = Trial::new();
    let mut journal = trial.create();
    start(&mut journal, 0, Link::First);
    checkpoint(&mut journal);
    drop(journal);
    let files = Files::read(&trial.place);
    let torn = [&files.records[..], &[0; 500], b"\"}\n{\"n\":1"].concat();
    fs::write(trial.place.records(), torn).unwrap();
    let notes = [&files.checkpoints[..], &[0; 500], b"\n\n\xe2\x80\x94 x\n\n"].concat();
    fs::write(trial.place.checkpoints(), notes).unwrap();
    assert_eq!(trial.open().unwrap().recovery.cut_bytes, 509);
    assert_eq!(Files::read(&trial.place).records, files.records);
    assert_eq!(Files::read(&trial.place).checkpoints, files.checkpoints);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Any sequence of records and checkpoints, cut at any byte behind the newest checkpoint, is
    /// read back as a beginning of it and verifies.
    #[test]
    fn a_torn_journal_recovers_to_a_beginning_of_itself(
        steps in prop::collection::vec(prop::option::of("[a-zа-я\"\\\\]{0,40}"), 1..12),
        at in any::<prop::sample::Index>(),
    ) {
        let trial = Trial::new();
        let mut journal = trial.create();
        let mut written = start(&mut journal, 0, Link::First);
        let mut covered = 0;
        for step in &steps {
            match step {
                Some(text) => written.extend(note(&mut journal, text)),
                None => {
                    checkpoint(&mut journal);
                    covered = fs::metadata(trial.place.records()).unwrap().len() as usize;
                }
            }
        }
        drop(journal);
        let whole = fs::read(trial.place.records()).unwrap();
        let cut = covered + at.index(whole.len() - covered + 1);
        fs::write(trial.place.records(), &whole[..cut]).unwrap();

        let opened = trial.open().unwrap();
        let kept = opened.records.len();
        prop_assert_eq!(&opened.records[..], &written[..kept]);
        let kept_bytes = fs::metadata(trial.place.records()).unwrap().len();
        prop_assert_eq!(opened.recovery.cut_bytes, cut as u64 - kept_bytes);
        prop_assert!(!whole[kept_bytes as usize..cut].contains(&b'\n'));
        let mut journal = opened.journal;
        start(&mut journal, opened.recovery.restart, opened.recovery.link);
        checkpoint(&mut journal);
        let (report, records) = trial.check();
        prop_assert_eq!(&report.faults, &[]);
        prop_assert_eq!(records.len(), kept + 1);
        prop_assert_eq!(report.uncovered(), 0);
    }
}
