//! Days that are over: verified again, copied again, deleted by two after their date.

use std::fs;
use std::path::Path;

use invigil::point::DayId;
use invigil::station::client::{Dialogue, DialogueError};
use invigil::station::protocol::{Answer, Approval, Command, DayLine, DayState, DaysCommand, View};

use crate::point::*;

/// Three months and more before the day may go, and after that.
const TOO_EARLY: i64 = 10;
const LONG_AFTER: i64 = 800;

/// A day that was recorded and sealed.
fn sealed(folder: &Path) -> DayId {
    let station = start(folder);
    let mut client = recording(&station);
    wait_for_frames(&mut client, 5);
    stop_and_seal(&mut client);
    let day = client.view().unwrap().day.as_ref().unwrap().id.clone();
    end(station);
    day
}

fn line(client: &mut Dialogue) -> DayLine {
    match client.ask(Command::Days(DaysCommand::List { from: 0 })).unwrap() {
        Answer::Days(page) => page.days.into_iter().next().expect("there is a day"),
        other => panic!("no page: {other:?}"),
    }
}

fn delete(day: &DayId) -> Command {
    Command::Days(DaysCommand::Delete { day: day.clone(), reason: "срок истёк".into() })
}

fn refusal(client: &mut Dialogue, command: Command, approval: Option<Approval>) -> String {
    match client.ask_with(command, approval) {
        Err(DialogueError::Refused(message)) => message.id,
        other => panic!("not refused: {other:?}"),
    }
}

/// The day's line once the view tells that so much has come to its end.
fn line_after(client: &mut Dialogue, ended: u32) -> DayLine {
    client.wait_for(PATIENCE, |view| view.live.older_ended == ended).unwrap();
    line(client)
}

#[test]
fn a_day_is_verified_and_copied_again_and_goes_only_after_its_date_and_by_two() {
    let folder = tempfile::tempdir().unwrap();
    let day = sealed(folder.path());
    let station = start_on(folder.path(), TOO_EARLY);
    let mut client = connect(&station);
    sign_in(&mut client);
    assert_eq!(client.view().unwrap().day, None, "another day");
    let before = line(&mut client);
    assert_eq!((&before.day, before.state, before.told.verified.clone()), (&day, DayState::Sealed, None));
    assert!(before.files > 3 && before.bytes > 10_000 && before.keep_until.is_some(), "{before:?}");

    client.ask(Command::Days(DaysCommand::Verify { day: day.clone() })).unwrap();
    let ended = |view: &View| view.live.older.as_ref().is_some_and(|work| work.finished);
    client.wait_for(PATIENCE, ended).unwrap();
    let verified = line(&mut client).told.verified.unwrap();
    assert_eq!((verified.verdict.as_str(), verified.faults), ("VALID", 0));

    let stick = tempfile::tempdir().unwrap();
    let target = stick.path().display().to_string();
    client.ask(Command::Days(DaysCommand::CopyTo { day: day.clone(), target })).unwrap();
    wait_for_copy(&mut client);
    assert_eq!(super::point::verified(&stick.path().join(day.as_str())).integrity.word(), "VALID");

    assert_eq!(refusal(&mut client, delete(&day), None), "refused-second-person");
    assert_eq!(refusal(&mut client, delete(&day), head()), "refused-day-kept");
    let nobody = "77-0101-2020-01-01-main".parse().unwrap();
    assert_eq!(refusal(&mut client, delete(&nobody), head()), "refused-day-unknown");
    end(station);

    let station = start_on(folder.path(), LONG_AFTER);
    let mut client = connect(&station);
    sign_in(&mut client);
    client.ask_with(delete(&day), head()).unwrap();
    let deleted = line_after(&mut client, 1);
    assert_eq!(deleted.state, DayState::Deleted);
    let deletion = deleted.told.deletion.unwrap();
    assert_eq!(deletion.second, head().map(|head| head.person));
    assert_eq!(deletion.told.parts, before.told.parts);
    assert_eq!((deletion.told.files, deletion.told.bytes), (before.files, before.bytes));
    assert!(!folder.path().join("days").join(day.as_str()).exists());
    assert_eq!(refusal(&mut client, delete(&day), head()), "refused-day-deleted");
    end(station);
}

#[test]
fn a_deletion_that_came_to_no_end_is_told_and_ended_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let day = sealed(folder.path());
    let own = folder.path().join("days").join(day.as_str());
    // Folders so deep are nobody's of ours, and are left alone.
    fs::create_dir_all(own.join("a/b/c/d/e/f")).unwrap();
    let station = start_on(folder.path(), LONG_AFTER);
    let mut client = connect(&station);
    sign_in(&mut client);
    client.ask_with(delete(&day), head()).unwrap();
    let failed = |view: &View| view.live.older.as_ref().is_some_and(|work| work.failed.is_some());
    client.wait_for(PATIENCE, failed).unwrap();
    assert_eq!(line(&mut client).state, DayState::Deleting);
    end(station);

    fs::remove_dir_all(own.join("a")).unwrap();
    let station = start_on(folder.path(), LONG_AFTER);
    let mut client = connect(&station);
    sign_in(&mut client);
    assert_eq!(line_after(&mut client, 1).state, DayState::Deleted);
    assert!(!own.exists());
    end(station);
}

#[test]
fn a_verification_is_let_go_and_another_one_begun() {
    let folder = tempfile::tempdir().unwrap();
    let day = sealed(folder.path());
    let station = start_on(folder.path(), TOO_EARLY);
    let mut client = connect(&station);
    sign_in(&mut client);
    let verify = || Command::Days(DaysCommand::Verify { day: day.clone() });
    client.ask(verify()).unwrap();
    client.ask(Command::Days(DaysCommand::StopVerifying)).unwrap();
    let begun = std::time::Instant::now();
    // Its thread comes to an end by itself.
    while let Err(DialogueError::Refused(message)) = client.ask(verify()) {
        assert_eq!(message.id, "refused-work-runs");
        assert!(begun.elapsed() < PATIENCE);
        std::thread::yield_now();
    }
    end(station);
}
