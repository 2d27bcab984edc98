//! Manipulations of the clock.

use invigil::journal::Event;

use super::{Case, case};
use crate::archive::{Archive, Layer};
use crate::day::Day;
use crate::script::{Draft, Step, shift};

pub const CASES: &[Case] = &[
    case("clock -1 h, logged", Layer::Data, |a| {
        set_back(a, true);
        a.rewrite_journal();
    }),
    case("its record removed", Layer::Data, |a| {
        set_back(a, true);
        a.rewrite_journal();
        a.part("00").lines("records.jsonl", |lines| lines.retain(|line| !line.contains("clock_stepped")));
    }),
    case("drift not logged, all keys stolen", Layer::Data, |a| {
        set_back(a, false);
        a.rewrite_journal();
    }),
    case("clock wrong from the start", Layer::Data, |a| {
        let day = std::mem::replace(&mut a.day, Day::honest());
        *a = day.shifted(-3_600_000).archive();
    }),
];

/// The clock goes back by an hour once the recording is over.
fn set_back(archive: &mut Archive, logged: bool) {
    let steps = &mut archive.day.script.steps;
    let from = steps
        .iter()
        .position(
            |step| matches!(step, Step::Record(draft) if matches!(draft.event, Event::AccessClosed { .. })),
        )
        .unwrap();
    let Step::Record(closed) = steps[from].clone() else { unreachable!() };
    steps[from..].iter_mut().for_each(|step| shift(step, -3_600_000));
    if logged {
        let event = Event::ClockStepped { step_ms: -3_600_000 };
        steps.insert(from, Step::Record(Draft { utc_ms: closed.utc_ms - 3_600_000, event, ..closed }));
    }
}
