//! Checklists of the day beside the main check, a round that is gone through again and again.

use invigil::checklist::Checklist;
use invigil::journal::Outcome;
use invigil::station::client::Dialogue;
use invigil::station::protocol::Command;

use crate::point::*;

/// Confirms every step that a person confirms, and finishes.
fn go_through(client: &mut Dialogue, list: &Checklist) {
    let checklist = list.id.clone();
    for step in list.steps.iter().filter(|step| step.check.is_none()) {
        let confirm = Command::ConfirmStep {
            checklist: checklist.clone(),
            step: step.id.clone(),
            outcome: Outcome::Passed,
            note: String::new(),
        };
        client.ask(confirm).unwrap();
    }
    client.ask(Command::FinishCheck { checklist }).unwrap();
}

#[test]
fn a_round_begins_anew_once_it_is_over_and_a_check_is_gone_through_once() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    begin_day(&mut client);
    let lists = client.view().unwrap().point.checklists.clone();
    let start = |list: &Checklist| Command::StartCheck { checklist: list.id.clone() };
    let refused = |client: &mut Dialogue, list| client.ask(start(list)).unwrap_err().to_string();

    let round = lists.get(&"hourly-round".parse().unwrap()).unwrap();
    assert_eq!(round.every_minutes, Some(60));
    client.ask(start(round)).unwrap();
    assert!(refused(&mut client, round).contains("refused-check-started"));
    go_through(&mut client, round);
    client.ask(start(round)).unwrap();
    let check = client.view().unwrap().day.as_ref().unwrap().checks[&round.id].clone();
    assert!(check.steps.is_empty() && check.finished_at_ms.is_none(), "{check:?}");

    let end = lists.get(&"end-of-exam".parse().unwrap()).unwrap();
    client.ask(start(end)).unwrap();
    go_through(&mut client, end);
    assert!(refused(&mut client, end).contains("refused-check-started"));
    super::point::end(station);
}
