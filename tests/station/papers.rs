//! Forms that the station makes for the window, read back by poppler.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use invigil::checklist::{self, Span, StepKind};
use invigil::day::inventory_table;
use invigil::journal::{MoveAct, Outcome};
use invigil::station::client::{Dialogue, DialogueError};
use invigil::station::protocol::{
    Approval, BriefingsCommand, Command, InventoryCommand, PaperAsked, PaperState, PapersCommand, View,
};

use crate::point::*;
use crate::reading::{pages, pdf_text};

fn save(form: &str, words: &str, folder: &Path) -> Command {
    let paper = PaperAsked { form: form.into(), day: None, words: words.into() };
    Command::Papers(PapersCommand::Save { paper, folder: folder.display().to_string() })
}

/// What came of it.
fn made(client: &mut Dialogue, command: Command) -> PaperState {
    client.ask(command).unwrap();
    let ended = |view: &View| {
        let work = view.live.papers.work.as_ref();
        work.filter(|work| work.state != PaperState::Working).map(|work| work.state.clone())
    };
    let view = client.wait_for(PATIENCE, |view| ended(view).is_some()).unwrap();
    ended(view).unwrap()
}

/// The saved form's text, in the profile's language.
fn text(client: &mut Dialogue, form: &str, words: &str, folder: &Path) -> String {
    match made(client, save(form, words, folder)) {
        PaperState::Saved { path } => pdf_text(Path::new(&path)),
        other => panic!("{form}: {other:?}"),
    }
}

fn failed(client: &mut Dialogue, command: Command) -> String {
    match made(client, command) {
        PaperState::Failed(cause) => cause.id,
        other => panic!("{other:?}"),
    }
}

fn refused(client: &mut Dialogue, command: Command) -> String {
    match client.ask(command) {
        Err(DialogueError::Refused(message)) => message.id,
        other => panic!("not refused: {other:?}"),
    }
}

/// A register with a camera that was replaced, and texts such as people write.
fn equip(client: &mut Dialogue) {
    let long = "Преображенский-Воскресенский ".repeat(6);
    let table = format!(
        "number;вид;наименование;место;у кого;состояние\n\
         101;камера;Камера HD;0003;Орлов;\n102;камера;Камера HD;штаб;;резерв\n\
         Ы-7/№9;ноутбук;{long};שלום עולם;Ольга 👩‍🎓;\n\
         {};принтер;{};0004;;\n900;сканер;Старый;;;списано\n",
        "1".repeat(40),
        "Ы".repeat(190),
    );
    let items = inventory_table::items_of(table.as_bytes()).unwrap();
    let ask = |client: &mut Dialogue, command| client.ask(Command::Inventory(command)).unwrap();
    ask(client, InventoryCommand::Put { items });
    let (old, new) = ("101".parse().unwrap(), "102".parse().unwrap());
    ask(client, InventoryCommand::Replace { old, new, reason: "не включается".into() });
    let move_it = InventoryCommand::Move {
        number: "Ы-7/№9".parse().unwrap(),
        act: MoveAct::HandOut,
        place: "0001".into(),
        holder: "Берёзкина".into(),
        note: "до июня".into(),
    };
    ask(client, move_it);
    ask(client, InventoryCommand::BeginCount);
    ask(client, InventoryCommand::Found { numbers: vec!["101".parse().unwrap()] });
    ask(client, InventoryCommand::EndCount);
}

#[test]
fn the_point_s_equipment_is_on_paper() {
    let (folder, medium) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    equip(&mut client);
    let medium = medium.path();

    let list = text(&mut client, "equipment-list", "", medium);
    for words in ["101", "Ы-7/№9", "в ремонте", "0001", "Берёзкина", "списано"] {
        assert!(list.contains(words), "{words}: {list}");
    }
    let chosen = text(&mut client, "equipment-list", "камера 0003", medium);
    assert!(chosen.contains("камера 0003") && !chosen.contains("Старый"), "{chosen}");
    let moved = text(&mut client, "equipment-movements", "", medium);
    // Words are broken over the lines of narrow columns.
    let letters: String = moved.chars().filter(|c| c.is_alphabetic()).collect();
    for words in ["внесено", "заменено", "поставлено", "включается", "выдано", "Пересчёты"]
    {
        assert!(letters.contains(words), "{words}: {moved}");
    }

    let PaperState::Saved { path } = made(&mut client, save("labels", "", medium)) else {
        panic!("labels are made");
    };
    let labels = pages(Path::new(&path), medium);
    let codes: BTreeSet<String> = labels.iter().flat_map(|page| page.codes()).collect();
    let numbers = ["101", "102", "Ы-7/№9", &"1".repeat(40)].map(str::to_owned);
    assert_eq!(codes, BTreeSet::from(numbers), "what was written off has no label");
    assert!(labels.iter().all(|page| !page.touches_edge(30)));
    let words = pdf_text(Path::new(&path));
    assert!(words.contains("ППЭ 0101") && words.contains('…') && words.contains("0004"), "{words}");
    assert!(words.contains("ноутбук") && words.contains("принтер"), "no long name crowds it out: {words}");
    end(station);
}

#[test]
fn who_read_what_is_on_paper() {
    let (folder, medium) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    let sign = BriefingsCommand::Sign { briefing: "fire-safety".parse().unwrap(), version: 1 };
    let approval = Approval { person: "point-head".parse().unwrap(), pin: pin() };
    client.ask_with(Command::Briefings(sign), Some(approval)).unwrap();
    let sheet = text(&mut client, "briefing-sheet", "", medium.path());
    assert_eq!(sheet.matches(" подписано").count() - sheet.matches("не подписано").count(), 1, "{sheet}");
    assert!(sheet.matches("не подписано").count() > 3, "{sheet}");
    end(station);
    // A year later the signature counts no more.
    let station = start_on(folder.path(), 370);
    let mut client = connect(&station);
    sign_in(&mut client);
    let sheet = text(&mut client, "briefing-sheet", "", medium.path());
    assert!(sheet.contains("срок истёк"), "{sheet}");
    end(station);
}

#[test]
fn what_was_prepared_is_on_paper_before_the_exam_s_day() {
    let (folder, medium) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    assert_eq!(failed(&mut client, save("preparation-act", "", medium.path())), "form-too-early");
    let lists = checklist::of_the_day(folder.path()).unwrap();
    let list = lists.around(Span::BeforeDay)[0];
    let step = list.steps.iter().find(|step| step.kind == StepKind::Manual).unwrap();
    let date = today(&TestClock::days_ahead(3));
    client.ask(Command::NameExam { date }).unwrap();
    client.ask(Command::StartCheck { checklist: list.id.clone() }).unwrap();
    let (checklist, note) = (list.id.clone(), "Камера 0003: заменить до пятницы".to_owned());
    let outcome = Outcome::Failed;
    client.ask(Command::ConfirmStep { checklist, step: step.id.clone(), outcome, note }).unwrap();
    let act = text(&mut client, "preparation-act", "", medium.path());
    let letters: String = act.chars().filter(|c| c.is_alphanumeric()).collect();
    for words in
        [&list.name.ru, &date.format("%d.%m.%Y").to_string(), "не пройдено", "не выполнялось", "пятницы"]
    {
        let words: String = words.chars().filter(|c| c.is_alphanumeric()).collect();
        assert!(letters.contains(&words), "{words}: {act}");
    }
    end(station);
}

#[test]
fn what_can_t_be_made_or_saved_is_told() {
    let (folder, medium) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let station = start(folder.path());
    let mut client = connect(&station);
    let medium = medium.path();
    assert_eq!(refused(&mut client, save("labels", "", medium)), "refused-sign-in");
    people(&mut client);
    assert_eq!(failed(&mut client, save("access-log-b", "", medium)), "form-no-day");
    client.ask(Command::PlanDay).unwrap();
    assert_eq!(failed(&mut client, save("closing-act", "", medium)), "form-too-early");
    assert_eq!(failed(&mut client, save("access-log-b", "", &medium.join("none"))), "paper-not-saved");
    assert_eq!(refused(&mut client, save("nothing", "", medium)), "refused-paper-unknown");
    let never = PaperAsked {
        form: "requests".into(),
        day: "77-0101-1999-01-01-main".parse().ok(),
        words: String::new(),
    };
    let folder_of = medium.display().to_string();
    let never = Command::Papers(PapersCommand::Save { paper: never, folder: folder_of });
    assert_eq!(refused(&mut client, never), "refused-day-unknown");
    assert_eq!(refused(&mut client, save("labels", "", Path::new("here"))), "refused-target");
    let day = client.view().unwrap().day.as_ref().unwrap().id.clone();
    let paper = PaperAsked { form: "requests".into(), day: Some(day), words: String::new() };
    let by_name = PapersCommand::Save { paper, folder: medium.display().to_string() };
    assert!(matches!(made(&mut client, Command::Papers(by_name)), PaperState::Saved { .. }));
    let log = text(&mut client, "access-log-b", "", medium);
    assert!(log.contains("Доступа к видеооборудованию в этот день не было"), "{log}");
    assert_eq!(fs::read_dir(medium).unwrap().count(), 2);
    // A definition that does not fit is told in the log, and the built-in one is taken.
    fs::create_dir(folder.path().join("forms")).unwrap();
    fs::write(folder.path().join("forms/access-log-b.toml"), "version = 7").unwrap();
    assert!(text(&mut client, "access-log-b", "", medium).contains("Журнал доступа"));

    let here = client.view().unwrap().live.papers.folder.clone();
    assert!(text(&mut client, "access-log-a", "", Path::new(&here)).contains("Журнал доступа"));
    client.ask(Command::Papers(PapersCommand::FindPrinters)).unwrap();
    client.wait_for(PATIENCE, |view| !view.live.papers.looking).unwrap();
    end(station);
}
