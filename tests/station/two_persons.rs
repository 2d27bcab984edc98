//! What takes two persons takes two: a consent that somebody makes up, borrows or sends again is none.

use std::path::Path;

use invigil::journal::{DayDocument, Event, Journal, JournalPlace, PointDocument, Record, RoomRange};
use invigil::point::{DayId, PersonId};
use invigil::station::client::{Dialogue, DialogueError};
use invigil::station::protocol::{Approval, Command, DaysCommand, PeopleCommand, Pin};

use crate::point::*;

/// Everybody has a PIN of their own here.
const PINS: [(&str, &str); 4] =
    [("technician", "2580"), ("point-head", "7391"), ("commission-member", "6048"), ("observer", "1357")];

/// Refused for the consent, and not for what was to be done.
const FOR_THE_CONSENT: [&str; 9] = [
    "refused-right",
    "refused-second-signer",
    "refused-second-person",
    "refused-own-supervision",
    "refused-unknown-person",
    "refused-wrong-pin",
    "refused-wrong-and-wait",
    "refused-wait",
    "refused-no-pin",
];

fn id(person: &str) -> PersonId {
    person.parse().unwrap()
}

fn by(person: &str, pin: &str) -> Option<Approval> {
    Some(Approval { person: id(person), pin: Pin(pin.into()) })
}

/// The technician sits there; the last renews their PIN, and signs them out by it.
fn steps(day: &DayId) -> [Command; 6] {
    let room = || "0001".parse().unwrap();
    let reason = || "проба".to_owned();
    let people = [
        PeopleCommand::Leave { reason: reason() },
        PeopleCommand::StandIn {
            replaced: id("commission-member"),
            name: "Ветрова Н. Н.".into(),
            pin: Pin("9753".into()),
            reason: reason(),
        },
        PeopleCommand::RenewPin { person: id("technician"), pin: Pin("4711".into()), reason: reason() },
    ];
    let [leave, stand_in, renew] = people.map(Command::People);
    [
        Command::OpenAccess {
            rooms: RoomRange { first: room(), last: room() },
            action: "check".into(),
            reason: reason(),
            time_from: "08:00".into(),
        },
        leave,
        stand_in,
        Command::StopRecording { cameras: Vec::new(), handover_done: true, reason: String::new() },
        Command::Days(DaysCommand::Delete { day: day.clone(), reason: reason() }),
        renew,
    ]
}

fn refused(client: &mut Dialogue, command: &Command, consent: Option<Approval>) -> Option<String> {
    match client.ask_with(command.clone(), consent) {
        Ok(_) => None,
        Err(DialogueError::Refused(why)) => Some(why.id),
        Err(other) => panic!("{other}"),
    }
}

/// What two persons have to do with, in both journals.
fn by_two(folder: &Path, day: &DayId) -> Vec<Record> {
    let of_day = Journal::read::<DayDocument>(&JournalPlace::day(folder, day)).unwrap().records;
    let of_point = Journal::read::<PointDocument>(&JournalPlace::point(folder)).unwrap().records;
    let takes_two = |record: &Record| {
        use Event::{AccessOpened, DayDeletionBegun, KioskLeft, PersonReplaced, PinRenewed, StopOrdered};
        matches!(
            record.event,
            AccessOpened { .. }
                | KioskLeft(_)
                | PersonReplaced(_)
                | StopOrdered { .. }
                | DayDeletionBegun(_)
                | PinRenewed(_)
        )
    };
    let mut found: Vec<Record> = of_day.into_iter().filter(takes_two).collect();
    // Who is there is told to both.
    let twice = |record: &Record| matches!(record.event, Event::PersonReplaced(_) | Event::PinRenewed(_));
    found.extend(of_point.into_iter().filter(|record| takes_two(record) && !twice(record)));
    found
}

#[test]
fn a_consent_is_another_s_own_pin_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    for (person, pin) in PINS {
        client.ask(Command::SetPin { person: id(person), pin: Pin(pin.into()) }).unwrap();
    }
    sign_in(&mut client);
    client.ask(Command::PlanDay).unwrap();
    record(&mut client);
    let day = client.view().unwrap().day.as_ref().unwrap().id.clone();

    let made_up = [
        ("none", None),
        ("one's own", by("technician", "2580")),
        ("of one who only looks", by("observer", "1357")),
        ("of nobody", by("headmaster", "7391")),
        ("another's name with one's own PIN", by("commission-member", "2580")),
        ("another's name without a PIN", by("commission-member", "")),
    ];
    for command in &steps(&day) {
        for (what, consent) in &made_up {
            let why = refused(&mut client, command, consent.clone());
            let known = why.as_deref().is_some_and(|why| FOR_THE_CONSENT.contains(&why));
            assert!(known, "{command:?}, {what}: {why:?}");
        }
    }
    assert_eq!(by_two(folder.path(), &day).len(), 0);

    // With the head's it is done, but for the day that is not over. Sent again by another line, it is not.
    let mut stranger = connect(&station);
    let mut onlooker = connect(&station);
    onlooker.ask(Command::SignIn { person: id("observer"), pin: Pin("1357".into()) }).unwrap();
    for command in &steps(&day) {
        let supervised = matches!(command, Command::People(_));
        let deletes = matches!(command, Command::Days(_));
        let why = refused(&mut client, command, by("point-head", "7391"));
        assert_eq!(why.as_deref(), deletes.then_some("refused-not-sealed"), "{command:?}");
        // The head supervises at any window, and again; what is stopped can't be stopped.
        if supervised || matches!(command, Command::StopRecording { .. }) {
            continue;
        }
        let again = |line: &mut Dialogue| refused(line, command, by("point-head", "7391"));
        assert_eq!(again(&mut stranger).as_deref(), Some("refused-sign-in"), "{command:?}");
        assert_eq!(again(&mut onlooker).as_deref(), Some("refused-looks-only"), "{command:?}");
    }
    end(station);
    let done = by_two(folder.path(), &day);
    assert_eq!(done.len(), 5, "{done:#?}");
    for record in done {
        let actor = &record.actor;
        assert_eq!(actor.approved_by, Some(id("point-head")), "{record:?}");
        assert!(actor.person.is_some() && actor.person != actor.approved_by, "{record:?}");
    }
}
