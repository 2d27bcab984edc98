//! Checklists of the day beside the main check, a round that is gone through again and again.

use std::fs;
use std::sync::Arc;

use chrono::Days;
use invigil::camera;
use invigil::checklist::{Checklist, Span};
use invigil::day::StepState;
use invigil::journal::Outcome;
use invigil::station::client::{Dialogue, DialogueError};
use invigil::station::papers::{DayFacts, Paper};
use invigil::station::protocol::{Answer, Approval, Around, Command, PhotosCommand, View};

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

fn around(client: &mut Dialogue) -> Around {
    client.view().unwrap().around.clone().expect("no exam day is open")
}

fn lists(client: &mut Dialogue) -> Vec<Checklist> {
    client.view().unwrap().lists_around().into_iter().cloned().collect()
}

fn refusal(client: &mut Dialogue, command: Command, approval: Option<Approval>) -> String {
    match client.ask_with(command, approval) {
        Err(DialogueError::Refused(message)) => message.id,
        other => panic!("not refused: {other:?}"),
    }
}

fn start_of(list: &Checklist) -> Command {
    Command::StartCheck { checklist: list.id.clone() }
}

fn passed(list: &Checklist, step: &str, note: &str) -> Command {
    let step = step.parse().unwrap();
    Command::ConfirmStep { checklist: list.id.clone(), step, outcome: Outcome::Passed, note: note.into() }
}

/// As they go over the wire: what a client puts in by itself is not in it.
fn bytes_of(view: &View) -> usize {
    serde_json::to_vec(view).unwrap().len()
}

#[test]
fn the_lists_are_told_once_and_a_view_is_small_without_them() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    let told = |view: &View| {
        let lists = view.point.checklists.every();
        (lists.len(), serde_json::to_vec(&lists).unwrap().len())
    };
    let (count, lists_bytes) = told(client.view().unwrap());
    assert!(count == 9 && lists_bytes > 64 * 1024, "{count} lists, {lists_bytes} bytes");
    let before_bytes = bytes_of(client.view().unwrap());
    client.ask(Command::PlanDay).unwrap();
    let main = client.view().unwrap().point.checklists.main.clone();
    client.ask(start_of(&main)).unwrap();
    for step in main.steps.iter().filter(|step| step.check.is_none()) {
        client.ask(passed(&main, step.id.as_str(), "A note of usual length")).unwrap();
    }
    let day_bytes = bytes_of(client.view().unwrap());
    println!("lists {lists_bytes}, view before the day {before_bytes}, of the day {day_bytes}");
    assert!(before_bytes < 16 * 1024 && day_bytes < 24 * 1024, "{before_bytes}, {day_bytes}");
    // Whoever comes later is told too.
    assert_eq!(told(connect(&station).view().unwrap()), (count, lists_bytes));
    super::point::end(station);
}

#[test]
fn what_is_done_before_the_day_belongs_to_its_exam_and_outlives_the_station() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    assert_eq!(around(&mut client), Around::default());
    let day_before = "day-before".parse().unwrap();
    let unknown = Command::StartCheck { checklist: day_before };
    assert_eq!(refusal(&mut client, unknown, None), "refused-no-exam");
    let today = today(&TestClock::new());
    let date = today.checked_add_days(Days::new(1)).unwrap();
    let long_ago = Command::NameExam { date: today.checked_sub_days(Days::new(1)).unwrap() };
    assert_eq!(refusal(&mut client, long_ago, None), "refused-exam-date");
    client.ask(Command::NameExam { date }).unwrap();

    let before = around(&mut client);
    assert_eq!(before.exam.unwrap().date, date);
    let lists = lists(&mut client);
    let ids: Vec<_> = lists.iter().map(|list| list.id.as_str()).collect();
    assert_eq!(ids, ["two-weeks-before", "five-days-before", "day-before"]);
    let list = lists.last().unwrap();
    let rooms: Vec<_> =
        list.steps.iter().filter(|step| step.id.as_str().starts_with("internet-off-")).collect();
    assert_eq!(rooms.len(), 2);
    assert_eq!(rooms[1].title.en, "Internet is off: Аудитория 0003");

    // A step for two, with a word; each of them is asked for.
    client.ask(start_of(list)).unwrap();
    let sealed = |note| passed(list, "seal-cabinet", note);
    assert_eq!(refusal(&mut client, sealed("0042"), None), "refused-second-person");
    assert_eq!(refusal(&mut client, sealed(""), head()), "refused-note-needed");
    client.ask_with(sealed("0042"), head()).unwrap();
    client.ask(passed(list, "internet-off-0003", "")).unwrap();
    let run = Command::RunStep { checklist: list.id.clone(), step: "disk".parse().unwrap() };
    client.ask(run).unwrap();
    let ran = |view: &View| {
        let checks = view.around.as_ref().map(|around| &around.checks);
        checks.and_then(|checks| checks.get(&list.id)?.steps.get(&"disk".parse().unwrap())).is_some()
    };
    client.wait_for(PATIENCE, ran).unwrap();
    super::point::end(station);

    let station = start(folder.path());
    let mut client = connect(&station);
    let again = around(&mut client);
    assert_eq!(again.exam.unwrap().date, date);
    let check = &again.checks[&list.id];
    assert_eq!(check.steps.len(), 3);
    let seal = &check.steps[&"seal-cabinet".parse().unwrap()];
    assert_eq!((seal.note.as_str(), &seal.state), ("0042", &StepState::Done(Outcome::Passed)));
    assert_eq!(seal.by, head().map(|head| head.person));

    // While a day is open there is nothing of it.
    sign_in(&mut client);
    client.ask(Command::PlanDay).unwrap();
    assert_eq!(client.view().unwrap().around, None);
    assert_eq!(refusal(&mut client, start_of(&lists[0]), None), "refused-day-open");
    super::point::end(station);
}

/// Begins it, and each of its steps passes.
fn finish(client: &mut Dialogue, list: &Checklist) {
    client.ask(start_of(list)).unwrap();
    for step in &list.steps {
        let second = if step.rules.two_persons { head() } else { None };
        client.ask_with(passed(list, step.id.as_str(), ""), second).unwrap();
    }
    client.ask(Command::FinishCheck { checklist: list.id.clone() }).unwrap();
}

#[test]
fn after_the_day_comes_the_closing_until_the_next_exam_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let clock = TestClock::new();
    let station = start_with(folder.path(), profile(), Arc::clone(&clock), Arc::new(camera::open));
    let mut client = recording(&station);
    wait_for_frames(&mut client, 5);
    stop_and_seal(&mut client);
    let after = around(&mut client);
    let lists_after = lists(&mut client);
    let spans: Vec<_> = lists_after.iter().map(|list| list.span).collect();
    assert_eq!(spans, [Span::AfterDay]);
    assert_eq!(after.exam.unwrap().date, today(&clock));
    let closing = &lists_after[0];
    finish(&mut client, closing);
    assert!(around(&mut client).checks[&closing.id].finished_at_ms.is_some());
    let date = today(&clock).checked_add_days(Days::new(3)).unwrap();
    client.ask(Command::NameExam { date }).unwrap();
    let next = around(&mut client);
    assert!(next.checks.is_empty() && next.exam.unwrap().span == Span::BeforeDay);
    assert!(lists(&mut client).iter().all(|list| list.span == Span::BeforeDay));
    super::point::end(station);
}

#[test]
fn the_closing_is_still_due_when_the_station_starts_on_a_later_day() {
    let folder = tempfile::tempdir().unwrap();
    let clock = TestClock::new();
    let station = start_with(folder.path(), profile(), Arc::clone(&clock), Arc::new(camera::open));
    let mut client = recording(&station);
    wait_for_frames(&mut client, 5);
    stop_and_seal(&mut client);
    let exam = today(&clock);
    super::point::end(station);

    // Nothing of it was begun.
    let station = start_on(folder.path(), 2);
    let mut client = connect(&station);
    assert_eq!(client.view().unwrap().day, None);
    let at_hand = around(&mut client).exam.unwrap();
    assert_eq!((at_hand.date, at_hand.span), (exam, Span::AfterDay));
    sign_in(&mut client);
    let closing = lists(&mut client).remove(0);
    finish(&mut client, &closing);
    assert_eq!(around(&mut client), Around::default());
    super::point::end(station);

    let station = start_on(folder.path(), 3);
    assert_eq!(around(&mut connect(&station)), Around::default());
    super::point::end(station);
}

#[test]
fn a_step_names_who_may_let_it_stand() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("checklists")).unwrap();
    let round = fs::read_to_string("checklists/hourly-round.toml").unwrap();
    let named = round.replacen("blocking = true\n", "blocking = true\nwaive = [\"commission_head\"]\n", 1);
    assert_ne!(named, round);
    fs::write(folder.path().join("checklists/hourly-round.toml"), named).unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    begin_day(&mut client);
    let lists = client.view().unwrap().point.checklists.clone();
    let list = lists.get(&"hourly-round".parse().unwrap()).unwrap();
    let step = list.steps.iter().find(|step| !step.rules.waive.is_empty()).unwrap().id.clone();
    client.ask(start_of(list)).unwrap();
    let (checklist, note) = (list.id.clone(), "dark".to_owned());
    client
        .ask(Command::ConfirmStep { checklist, step: step.clone(), outcome: Outcome::Failed, note })
        .unwrap();
    let waive = Command::WaiveStep { checklist: list.id.clone(), step, reason: "why not".into() };
    assert_eq!(refusal(&mut client, waive, head()), "refused-waive-role");
    super::point::end(station);
}

#[test]
fn a_picture_that_a_step_asks_for_stands_in_the_archive() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("checklists")).unwrap();
    let round = fs::read_to_string("checklists/hourly-round.toml").unwrap();
    let photo = round.replacen("blocking = true\n", "blocking = true\nphoto = \"required\"\n", 1);
    assert_ne!(photo, round);
    fs::write(folder.path().join("checklists/hourly-round.toml"), photo).unwrap();
    let station = start(folder.path());
    let mut client = recording(&station);
    wait_for_frames(&mut client, 5);
    let lists = client.view().unwrap().point.checklists.clone();
    let list = lists.get(&"hourly-round".parse().unwrap()).unwrap();
    let of =
        |photo: bool| list.steps.iter().find(|step| step.rules.photo.is_some() == photo).unwrap().id.clone();
    let (step, other) = (of(true), of(false));
    client.ask(start_of(list)).unwrap();
    assert_eq!(refusal(&mut client, passed(list, step.as_str(), ""), None), "refused-photo-needed");
    let photograph = |step| {
        let (checklist, camera) = (list.id.clone(), "corridor".parse().unwrap());
        Command::Photos(PhotosCommand::Take { checklist, step, camera })
    };
    assert_eq!(refusal(&mut client, photograph(other), None), "refused-unknown-step");
    client.ask(photograph(step.clone())).unwrap();
    let taken = |view: &View| {
        let check = view.day.as_ref().and_then(|day| day.checks.get(&list.id));
        check.is_some_and(|check| check.photos.get(&step).is_some_and(|photo| photo.count == 1))
    };
    client.wait_for(PATIENCE, taken).unwrap();
    let show = PhotosCommand::Show { checklist: list.id.clone(), step: step.clone() };
    let shown = client.ask(Command::Photos(show)).unwrap();
    assert!(matches!(&shown, Answer::Photo { picture: Some(photo), .. } if photo.width == 320), "{shown:?}");
    client.ask(passed(list, step.as_str(), "")).unwrap();
    stop_and_seal(&mut client);
    let day = client.view().unwrap().day.as_ref().unwrap().id.clone();
    let report = verified(&folder.path().join("days").join(day.as_str()).join("archive"));
    assert_eq!(report.integrity.word(), "VALID", "{:?}", report.faults);
    let facts = DayFacts::read(folder.path(), &day).unwrap();
    let told = Paper::find("check-report").unwrap().of_day(&facts).unwrap().to_json();
    assert!(String::from_utf8(told).unwrap().contains("\"photo\": \"stills/corridor/"));
    super::point::end(station);
}
