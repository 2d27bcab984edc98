//! Manipulations of the recordings.

use invigil::journal::Event;
use invigil::signing::Digest;

use super::{Case, case};
use crate::archive::{Archive, Layer};
use crate::day::{at, shot};
use crate::film::{Film, Shot, film};
use crate::script::Step;

pub const CASES: &[Case] = &[
    case("swapped between cameras", Layer::Data, |a| {
        swap(a, ("01", "entrance-1/000000"), ("02", "room-3/000000"))
    }),
    case("swapped within one camera", Layer::Data, |a| {
        swap(a, ("01", "entrance-1/000000"), ("01", "entrance-1/000001"))
    }),
    case("replaced by a copy", Layer::Data, |a| {
        for kind in ["mp4", "idx"] {
            let copy = a.part("01").file(&format!("entrance-1/000000.{kind}")).clone();
            *a.part("01").file(&format!("entrance-1/000001.{kind}")) = copy;
        }
    }),
    case("video alone replaced by a copy", Layer::Data, |a| {
        let copy = a.part("01").file("entrance-1/000000.mp4").clone();
        *a.part("01").file("entrance-1/000001.mp4") = copy;
    }),
    case("re-encoded", Layer::Data, |a| replace(a, Shot { encoder: "two", ..shot("entrance-1", 1) })),
    case("re-encoded, old index kept", Layer::Data, |a| {
        *a.part("01").file("000001.mp4") = film(&Shot { encoder: "two", ..shot("entrance-1", 1) }).video;
    }),
    case("re-encoded, all keys stolen", Layer::Data, |a| {
        tell(a, film(&Shot { encoder: "two", ..shot("entrance-1", 1) }))
    }),
    case("10 s cut", Layer::Data, |a| replace(a, cut())),
    case("10 s cut, all keys stolen", Layer::Data, |a| tell(a, film(&cut()))),
    case("changed on the disk before its segment was finished", Layer::Data, |a| {
        // The finished file was hashed from there; what was recorded stands in the heads.
        let mut changed = film(&shot("entrance-1", 1));
        let middle = changed.video.len() / 2;
        changed.video[middle] ^= 1;
        changed.facts.sha256 = Digest::of(&changed.video);
        tell(a, changed);
    }),
    case("a picture twice in the place of the next", Layer::Data, |a| {
        let mut twice = shot("entrance-1", 1);
        twice.pictures[3] = twice.pictures[2];
        replace(a, twice);
    }),
    case("last fragment cut off", Layer::Data, |a| {
        let video = a.part("01").file("000001.mp4");
        video.truncate(video.len() - 2000);
    }),
    case("bytes put behind the video", Layer::Data, |a| a.part("01").file("000001.mp4").extend(b"more")),
    case("bit in the header of the video", Layer::Data, |a| a.part("01").flip("000001.mp4", 20)),
    case("honest outage", Layer::Data, |_| {}),
    case("outage whose record is gone", Layer::Data, |a| {
        a.part("00")
            .lines("records.jsonl", |lines| lines.retain(|line| !line.contains("\"to_ms\":1780034431000,")))
    }),
    case("outage never logged, all keys stolen", Layer::Data, |a| {
        let told = |event: &Event| match event {
            Event::CameraLost { .. } => true,
            Event::Gap { from_ms, .. } => *from_ms == at(16),
            _ => false,
        };
        a.day.script.steps.retain(|step| !matches!(step, Step::Record(draft) if told(&draft.event)));
        a.rewrite_journal();
    }),
];

fn cut() -> Shot {
    let whole = shot("entrance-1", 1);
    Shot { pictures: whole.pictures[..3].to_vec(), ..whole }
}

fn swap(archive: &mut Archive, one: (&str, &str), other: (&str, &str)) {
    for kind in ["mp4", "idx"] {
        let [a, b] = [one, other].map(|(part, stem)| (part, format!("{stem}.{kind}")));
        let taken = archive.part(a.0).file(&a.1).clone();
        let put = std::mem::replace(archive.part(b.0).file(&b.1), taken);
        *archive.part(a.0).file(&a.1) = put;
    }
}

/// Segment 1 of the entrance becomes another film.
fn replace(archive: &mut Archive, shot: Shot) {
    let film = film(&shot);
    *archive.part("01").file("000001.mp4") = film.video;
    *archive.part("01").file("000001.idx") = film.index;
}

/// And the whole journal was written to fit.
fn tell(archive: &mut Archive, new: Film) {
    archive.day.films.insert(("entrance-1", 1), new);
    archive.day.tell_the_truth();
    *archive.part("01") = archive.day.video_part(1);
    archive.part("01").seal(&crate::keys::key(crate::script::DEVICE));
    archive.rewrite_journal();
}
