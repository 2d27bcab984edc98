//! Briefings are signed by those who have to read them, with their own PIN.

use invigil::station::client::{Dialogue, DialogueError};
use invigil::station::protocol::{Answer, Approval, BriefingLine, BriefingsCommand, Command};

use crate::point::*;

fn line(client: &mut Dialogue, id: &str) -> BriefingLine {
    let briefings = &client.view().unwrap().briefings;
    briefings.iter().find(|line| line.id.as_str() == id).unwrap().clone()
}

fn by(person: &str) -> Option<Approval> {
    Some(Approval { person: person.parse().unwrap(), pin: pin() })
}

fn refusal(client: &mut Dialogue, command: Command, approval: Option<Approval>) -> String {
    match client.ask_with(command, approval) {
        Err(DialogueError::Refused(message)) => message.id,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_reader_signs_with_their_own_pin_and_it_counts_for_its_days() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    let fire = line(&mut client, "fire-safety");
    assert_eq!((fire.signed.len(), fire.unsigned.len()), (0, 3));
    let read = Command::Briefings(BriefingsCommand::Read { briefing: fire.id.clone() });
    let Answer::Briefing(text) = client.ask(read).unwrap() else { panic!("no text") };
    assert!(text.paragraphs.len() > 3);
    let sign = |version| {
        Command::Briefings(BriefingsCommand::Sign { briefing: "fire-safety".parse().unwrap(), version })
    };
    assert_eq!(refusal(&mut client, sign(1), None), "refused-briefing-pin");
    assert_eq!(refusal(&mut client, sign(2), by("point-head")), "refused-briefing-changed");
    assert_eq!(refusal(&mut client, sign(1), by("observer")), "refused-briefing-role");
    client.ask_with(sign(1), by("point-head")).unwrap();
    client.ask_with(sign(1), by("technician")).unwrap();
    assert_eq!(line(&mut client, "fire-safety").unsigned, ["commission-member".parse().unwrap()]);
    end(station);

    let station = start_on(folder.path(), 100);
    let mut client = connect(&station);
    assert_eq!(line(&mut client, "fire-safety").signed.len(), 2);
    end(station);
    let station = start_on(folder.path(), 200);
    let mut client = connect(&station);
    assert_eq!(line(&mut client, "fire-safety").signed.len(), 0);
    end(station);
}
