//! What happens to the computer itself: told, explained, and there for whoever verifies the day.

use std::path::Path;
use std::process::Command as Process;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use invigil::archive::{Integrity, Report};
use invigil::day::{AlarmKind, Happening, Incidents};
use invigil::journal::{Change, Noticed, RoomRange, Thing, ThingKind};
use invigil::station::client::Dialogue;
use invigil::station::protocol::{Answer, Command, IncidentsCommand, View};
use invigil::station::{EquipmentLook, SeenThing, Station};

use crate::point::*;

/// A computer whose readings the test gives.
struct Computer {
    readings: SyncSender<Vec<SeenThing>>,
}

impl Computer {
    fn start(folder: &Path, things: Vec<SeenThing>) -> (Self, Station) {
        let (readings, read) = sync_channel(8);
        let read = Mutex::new(read);
        let look: EquipmentLook = Arc::new(move || read.lock().unwrap().recv().ok());
        let station = start_looking(folder, TestClock::new(), look);
        let computer = Self { readings };
        computer.has(things);
        (computer, station)
    }

    fn has(&self, things: Vec<SeenThing>) {
        self.readings.send(things).unwrap();
    }
}

fn stick(place: &str) -> SeenThing {
    let (place, name, ident) = (place.into(), "Ultra".into(), "0781:5581".into());
    SeenThing { thing: Thing { kind: ThingKind::Usb, place, name, ident, on: true }, run: 1 }
}

fn boot(id: &str) -> SeenThing {
    let (place, name, ident) = (String::new(), "kiosk".into(), id.into());
    SeenThing { thing: Thing { kind: ThingKind::Computer, place, name, ident, on: true }, run: 0 }
}

fn incidents(view: &View) -> &Incidents {
    &view.day.as_ref().unwrap().incidents
}

/// Waits until so many incidents were told of.
fn told(client: &mut Dialogue, total: u32) -> Incidents {
    let enough = |view: &View| view.day.as_ref().is_some_and(|day| day.incidents.total >= total);
    incidents(client.wait_for(PATIENCE, enough).unwrap()).clone()
}

fn open_access(client: &mut Dialogue) {
    let room: invigil::point::RoomNumber = "7777".parse().unwrap();
    let rooms = RoomRange { first: room.clone(), last: room };
    let (action, reason, time_from) = ("check".into(), "копия на носитель".into(), "08:00".into());
    client.ask_with(Command::OpenAccess { rooms, action, reason, time_from }, head()).unwrap();
}

fn explain(records: Vec<u64>) -> Command {
    Command::Incidents(IncidentsCommand::Explain {
        records, text: "мышь\nруководителя".into()
    })
}

fn warned(report: &Report) -> bool {
    report.warnings.iter().any(|warning| warning.message.id == "archive-warning-incidents")
}

#[test]
fn what_no_access_explains_a_person_explains_and_the_archive_tells_of_both() {
    let folder = tempfile::tempdir().unwrap();
    let (computer, station) = Computer::start(folder.path(), vec![boot("1")]);
    let mut client = recording(&station);
    wait_for_frames(&mut client, 20);
    computer.has(vec![boot("1"), stick("1-1")]);
    let one = told(&mut client, 1);
    assert_eq!((one.unexplained, one.list.len()), (1, 1));
    let alarms = &client.view().unwrap().day.as_ref().unwrap().alarms;
    assert!(alarms.iter().any(|alarm| alarm.kind == AlarmKind::Unexplained));

    open_access(&mut client);
    computer.has(vec![boot("1"), stick("1-1"), stick("1-2")]);
    assert_eq!(told(&mut client, 2).unexplained, 1, "an access is open");
    let close = Command::CloseAccess { access: 1, result: "готово".into(), time_to: "08:10".into() };
    client.ask(close).unwrap();
    computer.has(vec![boot("1"), stick("1-2")]);
    let three = told(&mut client, 3);
    let [first, second] = &three.list[..] else { panic!("{three:#?}") };
    let Happening::Equipment(gone) = &second.what else { panic!("{three:#?}") };
    assert_eq!(gone.change, Change::Gone, "a view has those alone that need a person");

    let refused = client.ask(explain(vec![first.record + 10_000])).unwrap_err();
    assert!(refused.to_string().contains("refused-no-incident"), "{refused}");
    client.ask(explain(vec![first.record])).unwrap();
    let list = Command::Incidents(IncidentsCommand::List { from: 0, count: 9 });
    let Answer::Incidents { total: 3, incidents } = client.ask(list).unwrap() else { panic!("a list") };
    let explained: Vec<_> = incidents.iter().map(|one| (one.access, one.explained.is_some())).collect();
    assert_eq!(explained, [(None, true), (Some(1), false), (None, false)]);

    stop_and_seal(&mut client);
    let archive = client.view().unwrap().live.archive_folder.clone();
    let report = verified(Path::new(&archive));
    assert_eq!(report.integrity, Integrity::Valid, "{report:#?}");
    let warning = report.warnings.iter().find(|warning| warning.message.id == "archive-warning-incidents");
    assert_eq!(warning.map(|warning| warning.message.args["count"].clone()), Some(1_i64.into()));

    let listed = |arguments: &[&str]| {
        let mut invigil = Process::new(env!("CARGO_BIN_EXE_invigil"));
        let output = invigil.args(["--lang", "ru", "--data"]).arg(folder.path()).args(arguments).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let text = listed(&["incidents"]);
    assert!(text.contains("Подключено USB-устройство: Ultra (1-1)"), "{text}");
    assert!(text.contains("Объяснение: мышь руководителя (технический специалист"), "{text}");
    assert!(text.contains("Во время доступа № 1"), "{text}");
    assert_eq!(listed(&["incidents", "--unexplained"]).matches("Запись журнала").count(), 1);
    let json = listed(&["incidents", "--json"]);
    let part = std::fs::read_dir(&archive).unwrap().map(|entry| entry.unwrap().path());
    let part = part.into_iter().find(|path| path.to_string_lossy().ends_with("-00.zip")).unwrap();
    let (bytes, stored) = (std::fs::read(part).unwrap(), json.trim_end().as_bytes());
    assert!(bytes.windows(stored.len()).any(|window| window == stored), "stored as it is listed");
    end(station);
}

#[test]
fn what_happened_while_the_station_was_down_is_told_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let (computer, station) = Computer::start(folder.path(), vec![boot("1"), stick("1-1")]);
    let mut client = recording(&station);
    wait_for_frames(&mut client, 20);
    computer.has(vec![boot("1"), stick("1-1"), stick("1-2")]);
    told(&mut client, 1);
    drop(client);
    end(station);

    let (_computer, station) = Computer::start(folder.path(), vec![boot("2"), stick("1-2")]);
    let mut client = connect(&station);
    let three = told(&mut client, 3);
    let late = three.list.iter().filter_map(|incident| match &incident.what {
        Happening::Equipment(changed) if changed.noticed == Noticed::AtStart => {
            Some((changed.kind, changed.change, changed.place.as_str()))
        }
        _ => None,
    });
    let late: Vec<_> = late.collect();
    let gone = (ThingKind::Usb, Change::Gone, "1-1");
    assert_eq!(late, [gone, (ThingKind::Computer, Change::Restarted, "")]);
    sign_in(&mut client);
    client.ask(explain(three.list.iter().map(|incident| incident.record).collect())).unwrap();
    wait_for_frames(&mut client, 20);
    explain_outages(&mut client);
    stop_and_seal(&mut client);
    let archive = client.view().unwrap().live.archive_folder.clone();
    assert!(!warned(&verified(Path::new(&archive))), "all is explained");
    end(station);
}
