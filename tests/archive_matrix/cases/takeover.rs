//! Manipulations of a day that a spare computer went on with.

use invigil::journal::{DayDocument, Event, Group, KnownHead, Link, SealedPart, TakeOver};
use invigil::signing::PaperCode;
use invigil::signing::merkle::MerkleTree;

use super::{Case, case};
use crate::archive::{Archive, Layer, Part};
use crate::day::{DAY, Pen, at, document};
use crate::film::{Film, Shot, film};
use crate::keys::{key, public};
use crate::script::{DEVICE, Draft, Script, Step};

const SPARE_DAY: &str = "77-0101-2026-05-29-spare";
const THIRD_DAY: &str = "77-0101-2026-05-29-third";
/// Who signs for every computer that is not the first.
const SPARE: &str = "spare device";
/// Which of the first one's checkpoints the spare one knew: that before the crash.
const KNOWN: usize = 2;

pub const CASES: &[Case] = &[
    case("head read from the disk", Layer::Data, go_on),
    case("head by its code", Layer::Data, |a| {
        go_on(a);
        let head = by_code(&a.day.script, KNOWN);
        claim(a, |claim| claim.head = head);
    }),
    case("nobody knew a head", Layer::Data, |a| {
        go_on(a);
        claim(a, |claim| claim.head = KnownHead::Nothing {});
    }),
    case("head that the first never had", Layer::Data, |a| {
        go_on(a);
        let KnownHead::Records { size, root } = head(&a.day.script, KNOWN) else { unreachable!() };
        claim(a, |claim| claim.head = KnownHead::Records { size: size + 1, root });
    }),
    case("code that the first never had", Layer::Data, |a| {
        go_on(a);
        let other = PaperCode::of(&invigil::signing::Digest::of(b"another"));
        claim(a, |claim| claim.head = KnownHead::Code { code: other });
    }),
    case("another key of the first", Layer::Data, |a| {
        go_on(a);
        claim(a, |claim| claim.device_key = Some(public(&key(SPARE)).fingerprint()));
    }),
    case("another exam", Layer::Data, |a| {
        go_on(a);
        write_spare(a, |document| document.plan.date = "2026-05-30".parse().unwrap());
    }),
    case("not linked", Layer::Data, |a| {
        go_on(a);
        write_spare(a, |document| document.takes_over = None);
    }),
    case("linked to itself", Layer::Data, |a| {
        go_on(a);
        claim(a, |claim| claim.day = SPARE_DAY.parse().unwrap());
    }),
    case("circle", Layer::Data, |a| {
        go_on(a);
        let document = &mut a.day.script.document;
        let (day, head) = (SPARE_DAY.parse().unwrap(), KnownHead::Nothing {});
        document.takes_over = Some(TakeOver { day, device_key: None, head });
        document.format = DayDocument::format_with(document.takes_over.as_ref());
        a.rewrite_journal();
    }),
    case("two successors", Layer::Outside, |a| {
        go_on(a);
        begin(a, THIRD_DAY);
        a.seal();
    }),
    case("all keys stolen, the first rewritten before the head", Layer::Data, |a| {
        go_on(a);
        change_access(a, |event| matches!(event, Event::AccessOpened { .. }));
    }),
    case("all keys stolen, the first rewritten behind the head", Layer::Data, |a| {
        go_on(a);
        change_access(a, |event| matches!(event, Event::AccessClosed { .. }));
    }),
    case("tail of the first dropped before the head", Layer::Data, |a| {
        go_on(a);
        let end = a.day.script.find_sign(KNOWN);
        a.day.script.steps.truncate(end);
        a.rewrite_journal();
    }),
    case("tail of the first dropped behind the head", Layer::Data, |a| {
        go_on(a);
        let end = a.day.script.find(|event| matches!(event, Event::DayClosed { .. }));
        a.day.script.steps.truncate(end);
        a.rewrite_journal();
    }),
    case("half of the first dropped, its parts too", Layer::Data, |a| {
        go_on(a);
        let end = a.day.script.find_sign(4) + 1;
        a.day.script.steps.truncate(end);
        a.rewrite_journal();
        let dropped = ["main-03", "main-02", "main-after-1"];
        a.parts.retain(|part| !dropped.iter().any(|end| part.name.ends_with(end)));
    }),
    case("the first absent", Layer::Outside, |a| {
        go_on(a);
        a.parts.retain(|part| !part.name.starts_with(DAY));
    }),
    case("journal of the first absent", Layer::Outside, |a| {
        go_on(a);
        a.parts.retain(|part| !part.name.ends_with("main-00"));
    }),
    case("video of the first absent", Layer::Outside, |a| {
        go_on(a);
        a.parts.retain(|part| !part.name.ends_with("main-01"));
    }),
    case("video of the spare one absent", Layer::Outside, |a| {
        go_on(a);
        a.parts.retain(|part| !part.name.ends_with("spare-01"));
    }),
    case("part of the spare one in the first's place", Layer::Data, |a| {
        go_on(a);
        let files = a.part("spare-01").files.clone();
        a.part("main-03").files = files;
    }),
    case("journal of the spare one in the first's place", Layer::Data, |a| {
        go_on(a);
        let files = a.part("spare-00").files.clone();
        a.part("main-00").files = files;
    }),
    case("segment of the spare one in the first's place", Layer::Data, |a| {
        go_on(a);
        for kind in ["mp4", "idx"] {
            let end = format!("entrance-1/000000.{kind}");
            let other = a.part("spare-01").file(&end).clone();
            *a.part("main-01").file(&end) = other;
        }
    }),
    case("closing act of the other one", Layer::Outside, |a| {
        go_on(a);
        let files = a.part("spare-after-1").files.clone();
        a.part("main-after-1").files = files;
        a.part("main-after-1").seal(&key(DEVICE));
    }),
    case("spare one signed by the first's key", Layer::Outside, |a| {
        go_on(a);
        for part in a.parts.iter_mut().filter(|part| part.name.starts_with(SPARE_DAY)) {
            part.seal(&key(DEVICE));
        }
    }),
    case("acts of the spare one typed in", Layer::Data, |a| {
        go_on(a);
        a.act = Some(a.closing_act_of(SPARE_DAY).unwrap().text());
    }),
    case("acts of the first typed in", Layer::Data, |a| {
        go_on(a);
        a.act = Some(a.closing_act().unwrap().text());
    }),
    case("both keys listed", Layer::Data, |a| {
        go_on(a);
        let line = |name| format!("station@77-0101 {}\n", public(&key(name)));
        a.signers = Some(line(DEVICE) + &line(SPARE));
    }),
    case("key of the first alone listed", Layer::Outside, |a| {
        go_on(a);
        a.signers = Some(format!("station@77-0101 {}\n", public(&key(DEVICE))));
    }),
];

/// The honest case: the spare one records the entrance for sixteen seconds more.
fn go_on(archive: &mut Archive) {
    begin(archive, SPARE_DAY);
    archive.seal();
}

fn begin(archive: &mut Archive, day: &str) {
    let document = document_of(archive, day);
    let mut parts = ["00", "01", "after-1"].map(|end| Part::new(format!("{day}-{end}")));
    parts.iter_mut().for_each(|part| part.signer = SPARE);
    let film = entrance();
    parts[0].put_journal(&script(document, &film).write());
    parts[1].put("data/video/entrance-1/000000.mp4", &film.video);
    parts[1].put("data/video/entrance-1/000000.idx", &film.index);
    archive.parts.extend(parts);
    archive.segments += 1;
}

/// What the spare one says of the first is changed, and its journal written to fit.
fn claim(archive: &mut Archive, change: impl FnOnce(&mut TakeOver)) {
    write_spare(archive, |document| change(document.takes_over.as_mut().unwrap()));
}

fn write_spare(archive: &mut Archive, change: impl FnOnce(&mut DayDocument)) {
    let mut document = document_of(archive, SPARE_DAY);
    change(&mut document);
    document.format = DayDocument::format_with(document.takes_over.as_ref());
    archive.part("spare-00").put_journal(&script(document, &entrance()).write());
}

/// Another reason, or another result, of the cabinet's opening stands in the first one's journal.
fn change_access(archive: &mut Archive, which: fn(&Event) -> bool) {
    let at = archive.day.script.find(which);
    if let Step::Record(Draft { event, .. }) = &mut archive.day.script.steps[at]
        && let Event::AccessOpened { reason: text, .. } | Event::AccessClosed { result: text, .. } = event
    {
        *text = "nothing was done".to_owned();
    }
    archive.rewrite_journal();
}

fn document_of(archive: &Archive, day: &str) -> DayDocument {
    let takes_over = TakeOver {
        day: DAY.parse().unwrap(),
        device_key: Some(public(&key(DEVICE)).fingerprint()),
        head: head(&archive.day.script, KNOWN),
    };
    let station = day.rsplit('-').next().unwrap().parse().unwrap();
    let (format, device_key) = (DayDocument::format_with(Some(&takes_over)), public(&key(SPARE)));
    DayDocument { format, station, device_key, takes_over: Some(takes_over), ..document(day) }
}

fn entrance() -> Film {
    let pictures = (100..108).collect();
    film(&Shot {
        camera: "entrance-1",
        number: 0,
        from_ms: at(75),
        boot_ms: at(58),
        pictures,
        encoder: "one",
    })
}

fn script(document: DayDocument, film: &Film) -> Script {
    let mut part = Part::new(format!("{}-01", document.day));
    part.put("data/video/entrance-1/000000.mp4", &film.video);
    part.put("data/video/entrance-1/000000.idx", &film.index);
    part.seal(&key(SPARE));
    let bytes = part.zip_bytes().len() as u64;
    let file = format!("{}.zip", part.name);
    let sealed = SealedPart { part: 1, group: Group::Delivered, file, bytes, sha256: part.hash() };

    let camera = || "entrance-1".parse().unwrap();
    let mut pen = Pen::begin("00000000000000cc", 58);
    let epoch_key = document.epoch_key.to_string();
    pen.at(60).write(Event::DayOpened { day: document.day.clone(), epoch_key });
    pen.write(Event::StationStarted { version: "test".to_owned(), restart: 0, link: Link::First });
    pen.sign().start = Some(Link::First);
    pen.at(75).write(Event::RecordingStarted { cameras: vec![camera()] });
    pen.write(Event::PartOpened { part: 1, group: Group::Delivered });
    pen.at(91).write(Event::StopOrdered {
        cameras: vec![camera()],
        handover_done: true,
        reason: String::new(),
    });
    pen.write(Event::VideoHeads { heads: vec![film.head.clone()] }).sign();
    pen.write(Event::SegmentFinished(film.facts.clone()));
    pen.write(Event::SegmentTaken { camera: camera(), segment: 0, part: 1 });
    pen.write(Event::RecordingStopped { camera: camera() });
    pen.at(92).write(Event::PartSealed(sealed));
    pen.write(Event::DayClosed { restarts: 0, parts: 1 }).sign().end = true;
    for step in &mut pen.steps {
        if let Step::Sign(sign) = step {
            sign.device = Some(SPARE);
        }
    }
    Script { document, steps: pen.steps }
}

/// Where the journal stood at the checkpoint of this number.
fn head(script: &Script, number: usize) -> KnownHead {
    let before = &script.steps[..script.find_sign(number)];
    let size = before.iter().filter(|step| matches!(step, Step::Record(_))).count();
    let mut tree = MerkleTree::new();
    script.write().records[..size].iter().for_each(|line| tree.push(line));
    KnownHead::Records { size: tree.size(), root: tree.root() }
}

fn by_code(script: &Script, number: usize) -> KnownHead {
    let KnownHead::Records { root, .. } = head(script, number) else { unreachable!() };
    KnownHead::Code { code: PaperCode::of(&root) }
}
