//! Briefings are signed by those who have to read them, with their own PIN.

use std::fs;
use std::sync::Arc;

use invigil::camera;
use invigil::journal::Outcome;
use invigil::point::Unsigned;
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

#[test]
fn where_the_profile_blocks_the_check_does_not_end_before_all_have_signed() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("checklists")).unwrap();
    let text = "{ ru = \"Имя\", en = \"Name\" }";
    let texts = ["title", "text", "expected", "remedy"].map(|key| format!("{key} = {text}\n")).concat();
    let list = format!(
        "id = \"two-hours-before\"\nversion = 9\nname = {text}\n[[steps]]\nid = \"one\"\n\
         kind = \"manual\"\ndeadline_minutes = -60\nblocking = true\n{texts}"
    );
    fs::write(folder.path().join("checklists/two-hours-before.toml"), list).unwrap();
    let mut profile = profile();
    profile.briefings.unsigned = Unsigned::Block;
    let station = start_with(folder.path(), profile, TestClock::new(), Arc::new(camera::open));
    let mut client = connect(&station);
    begin_day(&mut client);
    let checklist = client.view().unwrap().point.checklists.main.id.clone();
    client.ask(Command::StartCheck { checklist: checklist.clone() }).unwrap();
    let (step, outcome, note) = ("one".parse().unwrap(), Outcome::Passed, String::new());
    client.ask(Command::ConfirmStep { checklist: checklist.clone(), step, outcome, note }).unwrap();
    let finish = Command::FinishCheck { checklist };
    assert_eq!(refusal(&mut client, finish.clone(), None), "refused-briefings-unsigned");
    let lines = client.view().unwrap().briefings.clone();
    for line in lines {
        for person in line.unsigned {
            let (briefing, version) = (line.id.clone(), line.version);
            let sign = Command::Briefings(BriefingsCommand::Sign { briefing, version });
            client.ask_with(sign, Some(Approval { person, pin: pin() })).unwrap();
        }
    }
    client.ask(finish).unwrap();
    end(station);
}
