//! Who may do what is checked in the station, whatever a client believes.

use invigil::i18n::Message;
use invigil::journal::{Outcome, RoomRange};
use invigil::station::client::{Dialogue, DialogueError};
use invigil::station::protocol::{Approval, Command, Pin};
use invigil::station::{DataFolder, Station, StationError};

use crate::point::*;

fn refused(client: &mut Dialogue, command: Command, approval: Option<Approval>) -> String {
    match client.ask_with(command, approval) {
        Err(DialogueError::Refused(Message { id, .. })) => id,
        other => panic!("not refused: {other:?}"),
    }
}

fn stop(reason: &str, handover_done: bool) -> Command {
    Command::StopRecording { cameras: Vec::new(), handover_done, reason: reason.into() }
}

#[test]
fn rights_pins_and_the_order_of_the_day_are_held() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    let technician = || "technician".parse().unwrap();
    assert_eq!(refused(&mut client, Command::PlanDay, None), "refused-sign-in");
    let sign_in_without = Command::SignIn { person: technician(), pin: pin() };
    assert_eq!(refused(&mut client, sign_in_without, None), "refused-no-pin");
    begin_day(&mut client);
    let wrong = Command::SignIn { person: technician(), pin: Pin("0000".into()) };
    assert_eq!(refused(&mut client, wrong, None), "refused-wrong-pin");
    let again = Command::SetPin { person: technician(), pin: pin() };
    assert_eq!(refused(&mut client, again, None), "refused-pin-set");

    // The check: an automatic step takes no word for it, and the head alone lets one stand.
    let checklist = || "two-hours-before".parse().unwrap();
    let list = client.view().unwrap().point.checklists.main.clone();
    let automatic = list.steps.iter().find(|step| step.check.is_some()).unwrap().id.clone();
    let manual = list.steps.iter().find(|step| step.check.is_none()).unwrap().id.clone();
    let confirm =
        |step, outcome| Command::ConfirmStep { checklist: checklist(), step, outcome, note: String::new() };
    assert_eq!(
        refused(&mut client, confirm(manual.clone(), Outcome::Passed), None),
        "refused-check-not-started"
    );
    client.ask(Command::StartCheck { checklist: checklist() }).unwrap();
    assert!(refused(&mut client, confirm(automatic, Outcome::Passed), None).starts_with("refused-"));
    client.ask(confirm(manual.clone(), Outcome::Failed)).unwrap();
    let waive = || Command::WaiveStep {
        checklist: checklist(),
        step: manual.clone(),
        reason: "запасная камера".into(),
    };
    assert_eq!(refused(&mut client, waive(), None), "refused-right");
    client.ask_with(waive(), head()).unwrap();
    assert_eq!(
        refused(&mut client, Command::FinishCheck { checklist: checklist() }, None),
        "refused-steps-open"
    );

    // Recording: the technician starts, the head's order stops.
    assert_eq!(refused(&mut client, stop("", true), head()), "refused-not-recording");
    record(&mut client);
    assert_eq!(
        refused(&mut client, Command::StartRecording { cameras: Vec::new() }, None),
        "refused-already-recording"
    );
    assert_eq!(refused(&mut client, stop("", true), None), "refused-right");
    assert_eq!(refused(&mut client, stop("", false), head()), "refused-empty-text");
    let observer = Some(Approval { person: "observer".parse().unwrap(), pin: pin() });
    assert_eq!(refused(&mut client, stop("", true), observer), "refused-right");
    assert_eq!(refused(&mut client, Command::Shutdown, None), "refused-recording");

    // An access takes two persons.
    let room = || "0001".parse().unwrap();
    let rooms = || RoomRange { first: room(), last: room() };
    let open = || Command::OpenAccess {
        rooms: rooms(),
        action: "check".into(),
        reason: "r".into(),
        time_from: "08:00".into(),
    };
    assert_eq!(refused(&mut client, open(), None), "refused-second-signer");
    let myself = Some(Approval { person: technician(), pin: pin() });
    assert_eq!(refused(&mut client, open(), myself), "refused-second-signer");
    let bad_time = Command::OpenAccess {
        rooms: rooms(),
        action: "check".into(),
        reason: "r".into(),
        time_from: "25:00".into(),
    };
    assert_eq!(refused(&mut client, bad_time, head()), "refused-time");
    client.ask_with(open(), head()).unwrap();

    // An open access keeps the day from being sealed until it is closed or explained.
    client.ask_with(stop("", true), head()).unwrap();
    client
        .wait_for(PATIENCE, |view| view.day.as_ref().is_some_and(|day| day.recording().count() == 0))
        .unwrap();
    assert_eq!(refused(&mut client, Command::Seal, None), "refused-accesses-open");
    client.ask(Command::ExplainAccess { access: 1, text: "ключ сломан".into() }).unwrap();
    client.ask(Command::Seal).unwrap();
    station.handle().terminate();
    station.join().unwrap();
}

#[test]
fn one_data_folder_has_one_station() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let second = Station::start(invigil::station::StationConfig {
        data: DataFolder::open(folder.path()).unwrap(),
        profile: profile(),
        profile_file: None,
        checklists: invigil::checklist::of_the_day(folder.path()).unwrap(),
        clock: std::sync::Arc::new(invigil::clock::SystemClock::new()),
        open_camera: std::sync::Arc::new(invigil::camera::open),
        find_cameras: std::sync::Arc::new(|_, _| Vec::new()),
        look_at_equipment: std::sync::Arc::new(|| None),
        pace: invigil::station::Pace::REAL,
        targets: Vec::new(),
    });
    assert!(matches!(second, Err(StationError::AlreadyRunning)));
    station.handle().terminate();
    station.join().unwrap();
}
