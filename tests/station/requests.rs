//! Requests for help and the cabinet, from the command to what is read of them years later.

use std::path::Path;
use std::process::Command as Process;

use invigil::archive::Integrity;
use invigil::day::AlarmKind;
use invigil::journal::{RoomRange, Seal, SupportLine};
use invigil::station::client::Dialogue;
use invigil::station::protocol::{Answer, CabinetCommand, Command, RequestsCommand, View};

use crate::point::*;

fn make(room: &str, category: &str, text: &str) -> Command {
    let (room, category, text) = (room.parse().unwrap(), category.into(), text.into());
    Command::Requests(RequestsCommand::Make { room, category, text })
}

fn resolve(request: u32) -> Command {
    Command::Requests(RequestsCommand::Resolve { request, text: "заменили картридж".into() })
}

fn refused(client: &mut Dialogue, command: Command, id: &str) {
    let refusal = client.ask(command).unwrap_err().to_string();
    assert!(refusal.contains(id), "{refusal}");
}

fn listed(folder: &Path, arguments: &[&str]) -> String {
    let mut invigil = Process::new(env!("CARGO_BIN_EXE_invigil"));
    let output = invigil.args(["--lang", "ru", "--data"]).arg(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_request_is_told_of_when_it_takes_too_long_and_stands_in_every_log() {
    let folder = tempfile::tempdir().unwrap();
    let clock = TestClock::new();
    let open_camera = std::sync::Arc::new(invigil::camera::open);
    let station = start_with(folder.path(), profile(), clock.clone(), open_camera);
    let mut client = recording(&station);
    wait_for_frames(&mut client, 20);
    refused(&mut client, make("9999", "printer", ""), "refused-rooms");
    refused(&mut client, make("0001", "tea", ""), "refused-unknown-category");
    refused(&mut client, make("0001", "printer", &"я".repeat(401)), "refused-long-text");
    refused(&mut client, resolve(1), "refused-no-request");
    let name = format!("\u{202b}🖨 {}", "שלום ".repeat(30));
    client.ask(make("0003", "printer", &name)).unwrap();
    client.ask(make("0001", "camera", "")).unwrap();
    let view = client.wait_for(PATIENCE, |view| view.day.as_ref().unwrap().requests.open == 2).unwrap();
    assert_eq!(view.day.as_ref().unwrap().notices().len(), 2);

    // Both are late for the second line, by a clock that was set.
    clock.set_ahead(6 * 60_000);
    let told = |line: SupportLine, count: usize| {
        move |view: &View| {
            let alarms = &view.day.as_ref().unwrap().alarms;
            let late = |kind: &AlarmKind| matches!(kind, AlarmKind::RequestLate { to, .. } if *to == line);
            alarms.iter().filter(|alarm| late(&alarm.kind)).count() == count
        }
    };
    client.wait_for(PATIENCE, told(SupportLine::Second, 2)).unwrap();
    let (to, reason) = (SupportLine::Second, "нужна их консоль".to_owned());
    client.ask(Command::Requests(RequestsCommand::Pass { request: 2, to, reason })).unwrap();
    clock.set_ahead(11 * 60_000);
    client.wait_for(PATIENCE, told(SupportLine::Head, 1)).unwrap();
    client.ask(resolve(1)).unwrap();
    client.ask(resolve(2)).unwrap();
    refused(&mut client, resolve(2), "refused-no-request");
    client.wait_for(PATIENCE, told(SupportLine::Head, 0)).unwrap();
    let list = Command::Requests(RequestsCommand::List { from: 1, count: 9 });
    let Answer::Requests { total: 2, requests } = client.ask(list).unwrap() else { panic!("a list") };
    assert_eq!((requests.len(), requests[0].line), (1, SupportLine::Second));
    assert!(requests[0].took_ms().unwrap() < 10 * 60_000, "less than the clock was set by");

    stop_and_seal(&mut client);
    let archive = client.view().unwrap().live.archive_folder.clone();
    assert_eq!(verified(Path::new(&archive)).integrity, Integrity::Valid);
    let part = std::fs::read_dir(&archive).unwrap().map(|entry| entry.unwrap().path());
    let part = part.into_iter().find(|path| path.to_string_lossy().ends_with("-00.zip")).unwrap();
    let bytes = std::fs::read(part).unwrap();
    for arguments in [&["requests", "list", "--json"][..], &["operations", "--json"], &["notes", "--json"]] {
        let json = listed(folder.path(), arguments);
        let stored = json.trim_end().as_bytes();
        assert!(bytes.windows(stored.len()).any(|window| window == stored), "{arguments:?} as it is listed");
    }
    let text = listed(folder.path(), &["requests", "list"]);
    assert!(text.contains("Передан второй линии: нужна их консоль (технический специалист"), "{text}");
    assert!(text.contains("Решён за ") && text.contains(": заменили картридж"), "{text}");
    let notes = listed(folder.path(), &["notes"]);
    assert!(notes.contains("Запрос не решён в срок") && notes.contains("Объяснение: заменили"), "{notes}");
    assert!(listed(folder.path(), &["operations"]).contains("Запрос № 2 решён"));
    end(station);
}

#[test]
fn the_whole_access_log_is_told_by_range_and_a_view_holds_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    let list = |from, count| Command::Accesses { from, count };
    refused(&mut client, list(0, 9), "refused-no-day");
    begin_day(&mut client);
    for access in 1..=60 {
        let room: invigil::point::RoomNumber = "0003".parse().unwrap();
        let rooms = RoomRange { first: room.clone(), last: room };
        let (action, reason, time_from) = ("off".into(), "я".repeat(300), "07:40".into());
        client.ask_with(Command::OpenAccess { rooms, action, reason, time_from }, head()).unwrap();
        let (result, time_to) = ("в порядке".into(), "07:55".into());
        client.ask(Command::CloseAccess { access, result, time_to }).unwrap();
    }
    let asked = |client: &mut Dialogue, from, count| match client.ask(list(from, count)).unwrap() {
        Answer::Accesses { total: 60, accesses } => accesses,
        other => panic!("no list of 60: {other:?}"),
    };
    assert_eq!(asked(&mut client, 0, 500).len(), 50);
    let last = asked(&mut client, 55, 20);
    assert_eq!(last.iter().map(|access| access.access).collect::<Vec<_>>(), [56, 57, 58, 59, 60]);
    assert!(last[0].reason.ends_with('…'), "{}", last[0].reason);
    assert_eq!(asked(&mut client, u32::MAX, u32::MAX), []);
    assert!(client.view().unwrap().day.as_ref().unwrap().accesses.len() < 20);
    end(station);
}

#[test]
fn the_cabinet_s_seals_and_initiator_stand_beside_the_access() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    begin_day(&mut client);
    let seals = vec![Seal { number: "0017-А".into(), intact: false }];
    let initiator = "commission-member".parse().unwrap();
    let open = Command::Cabinet(CabinetCommand::Open { access: 1, initiator, seals });
    refused(&mut client, open.clone(), "refused-no-access");
    let room: invigil::point::RoomNumber = "7777".parse().unwrap();
    let rooms = RoomRange { first: "0001".parse().unwrap(), last: room };
    let (action, reason, time_from) = ("off".into(), "замена диска".into(), "07:40".into());
    client.ask_with(Command::OpenAccess { rooms, action, reason, time_from }, head()).unwrap();
    let close =
        |pak_on| Command::Cabinet(CabinetCommand::Close { access: 1, pak_on, seals: vec!["0018".into()] });
    refused(&mut client, close(true), "refused-no-cabinet");
    let mut signs = head().unwrap();
    signs.person = "commission-member".parse().unwrap();
    client.ask_with(open.clone(), Some(signs)).unwrap();
    refused(&mut client, open, "refused-cabinet-open");
    client.ask(close(true)).unwrap();
    refused(&mut client, close(false), "refused-no-cabinet");
    let ended =
        Command::CloseAccess { access: 1, result: "диск заменён".into(), time_to: "07:55".into() };
    client.ask(ended).unwrap();

    let json = listed(folder.path(), &["access", "list", "--json"]);
    let accesses: serde_json::Value = serde_json::from_str(&json).unwrap();
    let cabinet = &accesses[0]["cabinet"];
    assert_eq!(cabinet["initiator"]["post"], "член ГЭК");
    assert_eq!((&cabinet["initiator_signed"], &cabinet["pak_on"]), (&true.into(), &true.into()));
    assert_eq!(cabinet["seals_before"][0]["intact"], false);
    assert_eq!(cabinet["seals_after"][0], "0018");
    let operators: Vec<&str> = (0..2).filter_map(|at| accesses[0]["operators"][at]["id"].as_str()).collect();
    assert_eq!(operators, ["technician", "point-head"]);
    let text = listed(folder.path(), &["access", "list"]);
    assert!(text.contains("пломбы до: 0017-А, после: 0018; ПАК включён"), "{text}");
    end(station);
}
