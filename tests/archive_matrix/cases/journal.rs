//! Manipulations of the journal in part 00.

use invigil::journal::{Event, Link, Record};
use invigil::signing::Digest;

use super::{Case, case};
use crate::archive::{Archive, Layer};
use crate::day::{Day, document};
use crate::script::{EpochKey, STATION, Sign, Step, rendered};

const RECORDS: &str = "records.jsonl";
const NOTES: &str = "checkpoints.txt";
const THIEF: &str = "thief";

pub const CASES: &[Case] = &[
    case("bit", Layer::Data, |a| {
        lines(a, |lines| lines[4] = lines[4].replace("\"access\":1", "\"access\":3"))
    }),
    case("day.json changed", Layer::Data, |a| a.part("00").replace("day.json", "Москва", "Казань")),
    case("record removed", Layer::Data, |a| lines(a, |lines| drop(lines.remove(9)))),
    case("record removed, chain mended", Layer::Data, |a| {
        lines(a, |lines| drop(lines.remove(9)));
        mend(a);
    }),
    case("records swapped", Layer::Data, |a| lines(a, |lines| lines.swap(9, 10))),
    case("records swapped, chain mended", Layer::Data, |a| {
        lines(a, |lines| lines.swap(9, 10));
        mend(a);
    }),
    case("record inserted", Layer::Data, |a| lines(a, |lines| lines.insert(9, lines[8].clone()))),
    case("record inserted, chain mended", Layer::Data, |a| {
        lines(a, |lines| lines.insert(9, lines[8].clone()));
        mend(a);
    }),
    case("tail rewritten", Layer::Data, |a| {
        lines(a, |lines| {
            let closed = lines.iter_mut().find(|line| line.contains("access_closed")).unwrap();
            *closed = closed.replace("\"recorded\"", "\"looked\"");
        });
        mend(a);
    }),
    case("last 3 removed, checkpoints left", Layer::Data, |a| {
        lines(a, |lines| lines.truncate(lines.len() - 3))
    }),
    case("last 3 removed with their checkpoint", Layer::Data, |a| {
        lines(a, |lines| lines.truncate(lines.len() - 3));
        notes(a, |notes| drop(notes.pop()));
    }),
    case("last checkpoint removed", Layer::Data, |a| notes(a, |notes| drop(notes.pop()))),
    case("all checkpoints removed", Layer::Data, |a| notes(a, |notes| notes.clear())),
    case("epoch dropped", Layer::Data, |a| notes(a, |notes| drop(notes.remove(2)))),
    case("epoch twice", Layer::Data, |a| notes(a, |notes| notes.insert(2, notes[2].clone()))),
    case("epochs swapped", Layer::Data, |a| notes(a, |notes| notes.swap(1, 2))),
    case("bit in a checkpoint's root", Layer::Data, |a| {
        notes(a, |notes| notes[1] = notes[1].replacen("=\nepoch", "A\nepoch", 1))
    }),
    case("time of a checkpoint changed", Layer::Data, |a| {
        notes(a, |notes| notes[1] = notes[1].replacen("utc_ms 1780034417", "utc_ms 1780034418", 1))
    }),
    case("device signature of a start dropped", Layer::Data, |a| {
        notes(a, |notes| {
            let lines = notes[3].split_inclusive('\n').filter(|line| !line.contains("/device"));
            notes[3] = lines.collect();
        })
    }),
    case("old records under a later key", Layer::Data, |a| {
        forge(a, 1, |sign| sign.epoch_key = EpochKey::Of(5, STATION));
    }),
    case("stolen epoch key: records since rewritten", Layer::Data, |a| {
        // Epoch 4 is the first whose key the thief gets; from there on the keys are the thief's.
        rewrite_tail(a);
        from_sign(a, 4, |sign| (sign.next, sign.device) = (THIEF, Some(THIEF)));
        a.rewrite_journal();
    }),
    case("stolen epoch and device key: tail rewritten", Layer::Data, |a| {
        rewrite_tail(a);
        from_sign(a, 4, |sign| sign.next = THIEF);
        a.rewrite_journal();
    }),
    case("the same, the acts of paper typed in", Layer::Data, |a| {
        a.act = Some(a.closing_act().unwrap().text());
        rewrite_tail(a);
        from_sign(a, 4, |sign| sign.next = THIEF);
        a.rewrite_journal();
    }),
    case("stolen device key: forged linked restart", Layer::Data, |a| restart(a, Link::Linked)),
    case("stolen device key: forged unlinked restart", Layer::Data, |a| restart(a, Link::Unlinked)),
    case("fork", Layer::Outside, |a| {
        let mut other = a.clone();
        rewrite_tail(&mut other);
        other.rewrite_journal();
        other.seal();
        let part = other.part("00").clone();
        a.parts.push(part);
    }),
    case("early export passed off as final", Layer::Data, |a| {
        let until = a.day.script.find(|event| matches!(event, Event::StopOrdered { .. }));
        a.day.script.steps.truncate(until);
        a.rewrite_journal();
        a.parts.retain(|part| ["-00", "-01"].iter().any(|end| part.name.ends_with(end)));
    }),
    case("yesterday's journal", Layer::Data, |a| {
        let mut other = Day::honest();
        other.script.document = document("77-0101-2026-05-28-main");
        a.part("00").put_journal(&other.script.write());
    }),
    case("yesterday's archive, today's acts typed in", Layer::Outside, |a| {
        let act = a.closing_act().unwrap().text();
        let mut other = Day::honest();
        other.script.steps.retain(
            |step| !matches!(step, Step::Record(draft) if matches!(draft.event, Event::SignedIn { .. })),
        );
        *a = other.archive();
        a.act = Some(act);
    }),
    case("CRLF", Layer::Data, |a| a.part("00").edit(RECORDS, |text| text.replace('\n', "\r\n"))),
    case("CRLF in checkpoints", Layer::Data, |a| a.part("00").edit(NOTES, |text| text.replace('\n', "\r\n"))),
    case("no LF at the end", Layer::Data, |a| a.part("00").edit(RECORDS, |text| text.trim_end().to_owned())),
    case("duplicate JSON key", Layer::Data, |a| {
        lines(a, |lines| lines[4] = lines[4].replacen("\"boot\"", "\"n\":4,\"boot\"", 1))
    }),
    case("duplicate JSON key in an event", Layer::Data, |a| {
        lines(a, |lines| lines[4] = lines[4].replacen("\"access\":1", "\"access\":1,\"access\":1", 1))
    }),
    case("number with a fraction", Layer::Data, |a| {
        lines(a, |lines| lines[4] = lines[4].replacen("\"n\":4", "\"n\":4.0", 1))
    }),
    case("blank line", Layer::Data, |a| lines(a, |lines| lines.insert(4, "\n".to_owned()))),
    case("empty journal", Layer::Data, |a| {
        a.part("00").file(RECORDS).clear();
        a.part("00").file(NOTES).clear();
    }),
    case("journal removed with its lines", Layer::Data, |a| a.part("00").remove(RECORDS)),
    case("record after the close", Layer::Data, |a| {
        lines(a, |lines| lines.push(lines[2].clone()));
        mend(a);
    }),
];

fn lines(archive: &mut Archive, change: impl FnOnce(&mut Vec<String>)) {
    archive.part("00").lines(RECORDS, change);
}

/// Changes the checkpoints as texts.
fn notes(archive: &mut Archive, change: impl FnOnce(&mut Vec<String>)) {
    archive.part("00").edit(NOTES, |text| {
        let mut notes: Vec<String> = text.split_inclusive("\n\n").map(str::to_owned).collect();
        notes = notes.chunks(2).map(<[String]>::concat).collect();
        change(&mut notes);
        notes.concat()
    });
}

/// Numbers and chains the records anew, as anybody can; no key is needed for it.
fn mend(archive: &mut Archive) {
    let mut prev = Digest::of(archive.part("00").file("day.json"));
    lines(archive, |lines| {
        for (n, line) in lines.iter_mut().enumerate() {
            let mut record: Record = serde_json::from_str(line).unwrap();
            (record.n, record.prev) = (n as u64, prev);
            let bytes = rendered(&record);
            prev = Digest::of(&bytes);
            *line = String::from_utf8(bytes).unwrap();
        }
    });
}

/// Checkpoint `number` is made otherwise; the records stay.
fn forge(archive: &mut Archive, number: usize, change: impl FnOnce(&mut Sign)) {
    let at = archive.day.script.find_sign(number);
    if let Step::Sign(sign) = &mut archive.day.script.steps[at] {
        change(sign);
    }
    archive.rewrite_journal();
}

fn from_sign(archive: &mut Archive, number: usize, change: impl Fn(&mut Sign)) {
    let at = archive.day.script.find_sign(number);
    for step in &mut archive.day.script.steps[at..] {
        if let Step::Sign(sign) = step {
            change(sign);
        }
    }
}

/// Somebody did not open the cabinet after all, the journal now says.
fn rewrite_tail(archive: &mut Archive) {
    let at = archive.day.script.find(|event| matches!(event, Event::AccessClosed { .. }));
    if let Step::Record(draft) = &mut archive.day.script.steps[at]
        && let Event::AccessClosed { result, .. } = &mut draft.event
    {
        *result = "nothing was done".to_owned();
    }
}

/// The thief starts the station once more before the end, without the epoch's key.
fn restart(archive: &mut Archive, link: Link) {
    let script = &mut archive.day.script;
    let at = script.find(|event| matches!(event, Event::AccessClosed { .. }));
    let Step::Record(mut draft) = script.steps[at].clone() else { unreachable!() };
    draft.event = Event::StationStarted { version: "test".to_owned(), restart: 2, link };
    let mut sign = Sign { start: Some(link), next: THIEF, ..Sign::at(draft.utc_ms) };
    sign.epoch_key = match link {
        Link::Unlinked => EpochKey::None,
        _ => EpochKey::Of(99, THIEF),
    };
    script.steps.splice(at..at, [Step::Record(draft), Step::Sign(sign)]);
    let close = script.find(|event| matches!(event, Event::DayClosed { .. }));
    if let Step::Record(draft) = &mut script.steps[close] {
        draft.event = Event::DayClosed { restarts: 2, parts: 3 };
    }
    archive.rewrite_journal();
}
