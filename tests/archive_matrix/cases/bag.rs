//! Manipulations of the BagIt bag: files, manifests, parts.

use super::{Case, case};
use crate::archive::{Layer, TAG_MANIFEST};
use crate::day::{Day, document};

pub const CASES: &[Case] = &[
    case("bit in manifest", Layer::Tags, |a| a.part("01").flip("/manifest-sha256.txt", 3)),
    case("bit in tag manifest", Layer::TagManifest, |a| a.part("01").flip(TAG_MANIFEST, 3)),
    case("bit in bag-info", Layer::Tags, |a| a.part("01").flip("bag-info.txt", 25)),
    case("bit in bag-info of part 00", Layer::Tags, |a| a.part("00").flip("bag-info.txt", 25)),
    case("another identifier in bag-info of part 00", Layer::Tags, |a| {
        a.part("00").replace("bag-info.txt", "main-00\n", "main-01\n")
    }),
    case("another format in bag-info of part 00", Layer::Tags, |a| {
        a.part("00").replace("bag-info.txt", "Format: 1", "Format: 2")
    }),
    case("another version in bagit.txt of part 00", Layer::Tags, |a| {
        a.part("00").replace("bagit.txt", "1.0", "0.97")
    }),
    case("extra payload", Layer::Data, |a| a.part("01").put("data/extra.txt", b"extra")),
    case("extra payload in part 00", Layer::Data, |a| a.part("00").put("data/extra.txt", b"extra")),
    case("extra video in part 00", Layer::Data, |a| {
        let video = a.part("01").file("000000.mp4").clone();
        a.part("00").put("data/video/entrance-1/000009.mp4", &video)
    }),
    case("extra tag file", Layer::Tags, |a| a.part("01").put("notes.txt", b"extra")),
    case("extra tag file in part 00", Layer::Tags, |a| a.part("00").put("notes.txt", b"extra")),
    case("extra signature", Layer::TagManifest, |a| a.part("00").put("sig/other.sshsig", b"extra")),
    case("fetch.txt put in part 00", Layer::Tags, |a| {
        a.part("00").put("fetch.txt", b"https://example.org/x 1 data/x\n")
    }),
    case("listed file removed", Layer::Tags, |a| a.part("01").remove("000000.mp4")),
    case("file and its line removed", Layer::Tags, |a| {
        a.part("01").remove("000000.mp4");
        a.part("01").lines("/manifest-sha256.txt", |lines| lines.retain(|line| !line.contains("000000.mp4")));
    }),
    case("segment and its lines removed", Layer::Tags, |a| {
        a.part("01").remove("000000.mp4");
        a.part("01").remove("000000.idx");
        a.part("01").lines("/manifest-sha256.txt", |lines| lines.retain(|line| !line.contains("/000000.")));
    }),
    case("still removed with its line", Layer::Data, |a| a.part("00").remove(".jpg")),
    case("still changed", Layer::Data, |a| a.part("00").flip(".jpg", 0)),
    case("manifest removed", Layer::Tags, |a| a.part("01").remove("/manifest-sha256.txt")),
    case("tag manifest removed", Layer::Outside, |a| a.part("01").remove(TAG_MANIFEST)),
    case("signatures removed", Layer::Outside, |a| a.part("01").remove("station.sshsig")),
    case("raw signature removed", Layer::Outside, |a| a.part("01").remove("station.ed25519")),
    case("weaker algorithm put in", Layer::Tags, |a| {
        a.part("00").remove("/manifest-sha256.txt");
        a.part("00").put("manifest-md5.txt", b"d41d8cd98f00b204e9800998ecf8427e  data/day.json\n");
    }),
    case("weaker algorithm put beside", Layer::Tags, |a| {
        a.part("00").put("manifest-md5.txt", b"d41d8cd98f00b204e9800998ecf8427e  data/day.json\n");
    }),
    case("manifest with CRLF", Layer::Tags, |a| {
        a.part("00").edit("/manifest-sha256.txt", |text| text.replace('\n', "\r\n"))
    }),
    case("manifest that names a file twice", Layer::Tags, |a| {
        a.part("00").edit("/manifest-sha256.txt", |text| text.repeat(2))
    }),
    case("manifest that names ../", Layer::Tags, |a| {
        a.part("00").replace("/manifest-sha256.txt", "data/day.json", "../day.json")
    }),
    case("bit in .idx", Layer::Data, |a| a.part("01").flip("000001.idx", 400)),
    case("part absent", Layer::Outside, |a| a.parts.retain(|part| !part.name.ends_with("-01"))),
    case("kept part absent", Layer::Outside, |a| a.parts.retain(|part| !part.name.ends_with("-02"))),
    case("journal absent", Layer::Outside, |a| a.parts.retain(|part| !part.name.ends_with("-00"))),
    case("closing act absent", Layer::Outside, |a| a.parts.retain(|part| !part.name.contains("after"))),
    case("closing act changed", Layer::Outside, |a| {
        a.part("after-1").replace("closing-act.json", "\"restarts\": 1", "\"restarts\": 0");
        let key = crate::keys::key(crate::script::DEVICE);
        a.part("after-1").seal(&key);
    }),
    case("a part of another day", Layer::Outside, |a| {
        let mut other = Day::honest();
        other.script.document = document("77-0101-2026-05-28-main");
        *a.part("03") = other.archive().part("03").clone();
    }),
    case("a part of another day beside", Layer::Outside, |a| {
        let mut other = Day::honest();
        other.script.document = document("77-0101-2026-05-28-main");
        let part = other.archive().part("03").clone();
        a.parts.push(part);
    }),
    case("a part under another part's name", Layer::Data, |a| {
        let files = a.part("01").files.clone();
        a.part("03").files = files;
    }),
    case("a part twice, differing", Layer::Outside, |a| {
        let mut other = a.part("03").clone();
        other.flip("000002.mp4", 9000);
        a.parts.push(other);
    }),
];
