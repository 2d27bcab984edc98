//! What an auditor notices.

use proptest::prelude::*;

use super::checkpoint::split_notes;
use super::trial::{Files, Trial, checkpoint, note, start};
use super::{CheckpointFault, JournalFault, Link, PointDocument, RecordFault, check_roots};

fn closed() -> Files {
    let trial = Trial::new();
    trial.closed();
    Files::read(&trial.place)
}

fn lines(files: &Files) -> Vec<Vec<u8>> {
    files.records.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

fn notes(files: &Files) -> Vec<Vec<u8>> {
    split_notes(&files.checkpoints).map(<[u8]>::to_vec).collect()
}

fn record(record: u64, fault: RecordFault) -> JournalFault {
    JournalFault::Record { record, fault }
}

fn checkpoint_fault(checkpoint: u64, fault: CheckpointFault) -> JournalFault {
    JournalFault::Checkpoint { checkpoint, fault }
}

#[test]
fn every_changed_byte_is_noticed() {
    let files = closed();
    assert_eq!(files.check().0.faults, []);
    for at in 0..files.records.len() {
        let mut changed = files.clone();
        changed.records[at] ^= 1;
        let (report, _) = changed.check();
        assert!(!report.is_sound() && !report.closed, "byte {at} of the records");
    }
    for at in 0..files.checkpoints.len() {
        let mut changed = files.clone();
        changed.checkpoints[at] ^= 1;
        assert!(!changed.check().0.is_sound(), "byte {at} of the checkpoints");
    }
    for at in 0..files.document.len() {
        let mut changed = files.clone();
        changed.document[at] ^= 1;
        assert!(!changed.check().0.is_sound(), "byte {at} of the document");
    }
}

/// What is said at once is said again, and each byte counts already.
#[test]
fn every_changed_byte_is_noticed_by_the_roots_alone() {
    let files = closed();
    let faults = |files: &Files| {
        check_roots::<PointDocument>(&files.document, &mut &files.records[..], &files.checkpoints)
            .unwrap()
            .faults
    };
    assert_eq!(faults(&files), []);
    let of: [fn(&mut Files) -> &mut Vec<u8>; 3] =
        [|files| &mut files.records, |files| &mut files.checkpoints, |files| &mut files.document];
    for of in of {
        for at in 0..of(&mut files.clone()).len() {
            let mut changed = files.clone();
            of(&mut changed)[at] ^= 1;
            let (early, all) = (faults(&changed), changed.check().0.faults);
            assert!(
                !early.is_empty() && early.iter().all(|fault| all.contains(fault)),
                "byte {at}: {early:?}"
            );
        }
    }
}

#[test]
fn a_changed_record_is_named() {
    let mut files = closed();
    let text = String::from_utf8(files.records.clone()).unwrap();
    files.records = text.replacen("\"alarm\":\"one\"", "\"alarm\":\"none\"", 1).into_bytes();
    let (report, records) = files.check();
    let expected = [record(1, RecordFault::Changed), checkpoint_fault(1, CheckpointFault::Root)];
    assert!(expected.iter().all(|fault| report.faults.contains(fault)), "{:?}", report.faults);
    assert_eq!((report.faults.len(), records.len(), report.covered), (2, 5, 1));
}

#[test]
fn missing_repeated_and_swapped_records_are_named() {
    let files = closed();
    let with = |records: Vec<Vec<u8>>| Files { records: records.concat(), ..files.clone() }.check().0.faults;
    let mut shorter = lines(&files);
    shorter.remove(2);
    assert!(with(shorter).contains(&record(3, RecordFault::Missing { missing: 1 })));
    let mut longer = lines(&files);
    longer.insert(2, longer[1].clone());
    assert!(with(longer).contains(&record(1, RecordFault::Misplaced)));
    let mut swapped = lines(&files);
    swapped.swap(1, 2);
    let faults = with(swapped);
    assert!(faults.contains(&record(2, RecordFault::Missing { missing: 1 })));
    assert!(faults.contains(&record(1, RecordFault::Misplaced)));
    let mut longer = lines(&files);
    longer.push(longer[4].clone());
    assert!(with(longer).contains(&record(4, RecordFault::AfterClose)));
    let mut cut = lines(&files);
    cut.pop();
    assert_eq!(with(cut), [checkpoint_fault(4, CheckpointFault::RecordsMissing { missing: 1 })]);
}

#[test]
fn missing_repeated_and_cut_checkpoints_are_named() {
    let files = closed();
    let with = |notes: Vec<Vec<u8>>| Files { checkpoints: notes.concat(), ..files.clone() }.check().0;
    let mut shorter = notes(&files);
    shorter.remove(1);
    let misplaced = CheckpointFault::Misplaced { epoch: 2, expected: 1 };
    let faults = with(shorter).faults;
    assert!(faults.contains(&checkpoint_fault(1, misplaced)), "{faults:?}");
    assert!(faults.contains(&checkpoint_fault(1, CheckpointFault::EpochSignature)));
    let mut longer = notes(&files);
    longer.push(longer[4].clone());
    assert!(with(longer).faults.contains(&checkpoint_fault(5, CheckpointFault::AfterEnd)));
    let mut cut = notes(&files);
    cut.pop();
    let report = with(cut);
    assert_eq!((report.faults.len(), report.closed, report.uncovered()), (0, false, 1));
    assert_eq!(report.closing_code(), None);
}

/// Who has no key can put anything behind a checkpoint that he broke, signed with keys of his own.
#[test]
fn nothing_counts_behind_a_broken_checkpoint_until_the_device_key_signs() {
    let files = closed();
    let mut broken = notes(&files);
    broken[1] =
        String::from_utf8(broken[1].clone()).unwrap().replacen("utc_ms 1", "utc_ms 2", 1).into_bytes();
    broken.truncate(2);
    let report = Files { checkpoints: broken.concat(), ..files.clone() }.check().0;
    assert_eq!(report.faults, [checkpoint_fault(1, CheckpointFault::EpochSignature)]);
    assert_eq!(report.covered, 1);

    let trial = Trial::new();
    let mut journal = trial.create();
    start(&mut journal, 0, Link::First);
    (0..3).for_each(|epoch| assert_eq!(checkpoint(&mut journal).epoch, epoch));
    let files = Files::read(&trial.place);
    let mut broken = notes(&files);
    broken[1] =
        String::from_utf8(broken[1].clone()).unwrap().replacen("utc_ms 1", "utc_ms 2", 1).into_bytes();
    let checked = Files { checkpoints: broken.concat(), ..files }.check().0.checkpoints;
    let sound: Vec<bool> = checked.iter().map(|checked| checked.sound).collect();
    assert_eq!(sound, [true, false, false]);
}

#[test]
fn a_checkpoint_of_another_journal_does_not_count() {
    let (files, other) = (closed(), closed());
    let faults = Files { checkpoints: other.checkpoints, ..files.clone() }.check().0.faults;
    assert!(faults.contains(&checkpoint_fault(0, CheckpointFault::EpochSignature)));
    assert!(faults.contains(&checkpoint_fault(0, CheckpointFault::DeviceSignature)));
    // The epoch's signature alone, where the device key's belongs too.
    let text = String::from_utf8(files.checkpoints.clone()).unwrap();
    let device = text.lines().find(|line| line.contains("/device")).unwrap();
    let checkpoints = text.replacen(&format!("{device}\n"), "", 1).into_bytes();
    let report = Files { checkpoints, ..files }.check().0;
    assert_eq!(report.faults, [checkpoint_fault(0, CheckpointFault::DeviceSignature)]);
    assert!(report.closed, "the later checkpoints cover everything");
}

#[test]
fn a_journal_still_open_is_sound_up_to_its_uncovered_end() {
    let trial = Trial::new();
    let mut journal = trial.create();
    start(&mut journal, 0, Link::First);
    checkpoint(&mut journal);
    note(&mut journal, "not signed yet");
    let (report, records) = trial.check();
    assert_eq!((report.faults.len(), records.len(), report.covered, report.uncovered()), (0, 2, 1, 1));
    assert!(!report.closed);
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(document in any::<Vec<u8>>(), records in any::<Vec<u8>>(), notes in ".*") {
        let checkpoints = format!("invigil/77-0101-main\n{notes}").into_bytes();
        let files = Files { document, records, checkpoints };
        prop_assert!(!files.check().0.is_sound());
    }

    #[test]
    fn split_notes_are_the_whole_file(text in "(a|b|\n|\n\n|— |—){0,40}") {
        prop_assert_eq!(split_notes(text.as_bytes()).collect::<Vec<_>>().concat(), text.as_bytes());
    }
}
