//! Automatic steps: all of a list at one command, and the clock against a reference.

use invigil::checklist::Step;
use invigil::clock::{Clock, SystemClock};
use invigil::day::StepState;
use invigil::journal::Outcome;
use invigil::point::{ChecklistId, StepId};
use invigil::station::client::Dialogue;
use invigil::station::protocol::{Command, View};

use crate::point::*;

#[test]
fn one_command_runs_every_automatic_step_and_again_only_what_has_not_passed() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    begin_day(&mut client);
    let list = client.view().unwrap().point.checklists.main.clone();
    let run = || Command::RunAutomatic { checklist: list.id.clone() };
    assert!(client.ask(run()).unwrap_err().to_string().contains("refused-check-not-started"));
    client.ask(Command::StartCheck { checklist: list.id.clone() }).unwrap();
    client.ask(run()).unwrap();
    assert!(client.ask(run()).unwrap_err().to_string().contains("refused-step-runs"));

    let automatic: Vec<&Step> = list.steps.iter().filter(|step| step.check.is_some()).collect();
    let steps = |view: &View| view.day.as_ref().unwrap().checks[&list.id].steps.clone();
    let is_open = |state: &StepState| matches!(state, StepState::Done(Outcome::Failed | Outcome::Unknown));
    // Each in its turn, to the last one.
    let ran = |view: &View, tries: u32| {
        let steps = steps(view);
        let tried = |step: &&&Step| {
            steps.get(&step.id).is_some_and(|done| !is_open(&done.state) || done.tries >= tries)
        };
        view.live.running_steps.is_empty() && automatic.iter().filter(tried).count() == automatic.len()
    };
    let view = client.wait_for(PATIENCE * 3, |view| ran(view, 1)).unwrap();
    let open = steps(view).values().filter(|done| is_open(&done.state)).count();
    assert!(open >= 1, "nobody approved of what the cameras see");
    let tries = |view: &View| steps(view).values().map(|done| done.tries as usize).sum::<usize>();
    assert_eq!(tries(view), automatic.len());
    client.ask(run()).unwrap();
    let view = client.wait_for(PATIENCE * 3, |view| ran(view, 2)).unwrap();
    assert_eq!(tries(view), automatic.len() + open);
    super::point::end(station);
}

#[test]
fn the_time_of_a_reference_clock_is_compared_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    begin_day(&mut client);
    let checklist: ChecklistId = "two-hours-before".parse().unwrap();
    client.ask(Command::StartCheck { checklist: checklist.clone() }).unwrap();
    let compare = |step: &str, reference: &str| Command::CompareClock {
        checklist: checklist.clone(),
        step: step.parse().unwrap(),
        reference: reference.to_owned(),
    };
    let refused = |client: &mut Dialogue, ask| client.ask(ask).unwrap_err().to_string();
    assert!(refused(&mut client, compare("free-disk", "08:00")).contains("refused-unknown-step"));
    assert!(refused(&mut client, compare("clock", "noon")).contains("refused-time"));
    // Six hours off, whatever the time is.
    let own = client.view().unwrap().point.offset_min;
    let now_ms = SystemClock::new().now().utc_ms + i64::from(own) * 60_000 + 6 * 3_600_000;
    let wrong = chrono::DateTime::from_timestamp_millis(now_ms).unwrap().format("%H:%M:%S").to_string();
    client.ask(compare("clock", &wrong)).unwrap();
    let step: StepId = "clock".parse().unwrap();
    let kept = client.view().unwrap().day.as_ref().unwrap().checks[&checklist].steps[&step].clone();
    assert_eq!(kept.state, StepState::Done(Outcome::Failed));
    assert_eq!(kept.finding.unwrap().id, "checks-clock-off");
    assert_eq!(kept.evidence[1].value, wrong.into());
    super::point::end(station);
}
