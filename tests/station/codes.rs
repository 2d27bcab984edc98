//! The codes for paper, over the hours of a day.

use std::sync::Arc;
use std::time::Duration;

use invigil::camera;
use invigil::station::client::Dialogue;
use invigil::station::protocol::{Answer, Command, RecordLine};

use crate::point::*;

fn minutes(count: u64) -> Duration {
    Duration::from_secs(60 * count)
}

/// The records of that kind; the station has looked at its clock since the call.
fn records(client: &mut Dialogue, kind: &str) -> Vec<RecordLine> {
    let mut found = Vec::new();
    // The first question may be answered by a turn that began before.
    for _ in 0..2 {
        let ask = Command::Records { from: 0, count: 500 };
        let Answer::Records { records, .. } = client.ask(ask).unwrap() else { panic!("no records") };
        found = records.into_iter().filter(|record| record.kind == kind).collect();
    }
    found
}

#[test]
fn a_code_is_shown_every_half_hour_until_the_day_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let clock = TestClock::new();
    let station = start_with(folder.path(), profile(), Arc::clone(&clock), Arc::new(camera::open));
    let mut client = connect(&station);
    begin_day(&mut client);
    client.wait_for(PATIENCE, |view| view.day.as_ref().is_some_and(|day| day.code.is_some())).unwrap();
    for half_hours in 1..=8 {
        clock.skip(minutes(20));
        assert_eq!(records(&mut client, "code_shown").len(), half_hours, "too early");
        clock.skip(minutes(10));
        let shown = records(&mut client, "code_shown");
        assert_eq!(shown.len(), half_hours + 1);
        let newest = client.view().unwrap().day.as_ref().unwrap().code.clone().unwrap();
        assert_eq!((newest.shown_at_ms, newest.written), (shown.last().unwrap().utc_ms, false));
        client.ask(Command::CodeWritten { code: newest.code }).unwrap();
    }
    let shown = records(&mut client, "code_shown");
    let apart = shown.windows(2).map(|two| two[1].utc_ms - two[0].utc_ms);
    assert!(apart.into_iter().all(|ms| ms >= 1_800_000), "{shown:?}");
    let mut texts: Vec<String> = shown.iter().map(|record| record.text.to_string()).collect();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), shown.len(), "no code comes twice");

    record(&mut client);
    wait_for_frames(&mut client, 5);
    stop_and_seal(&mut client);
    let closed = records(&mut client, "code_shown").len();
    for _ in 0..4 {
        clock.skip(minutes(30));
        assert_eq!(records(&mut client, "code_shown").len(), closed);
    }
    assert_eq!(records(&mut client, "code_written").len(), 8);
    end(station);
}
