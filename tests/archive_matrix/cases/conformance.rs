//! The kinds of bags that the Library of Congress's bagit-conformance-suite holds, as part 00 would look
//! if it were one. What BagIt lets pass and a reader could stumble over is refused here.

use super::{Case, case};
use crate::archive::{Archive, Layer};

const MANIFEST: &str = "/manifest-sha256.txt";

pub const CASES: &[Case] = &[
    case("bagit.txt missing", Layer::Tags, |a| a.part("00").remove("/bagit.txt")),
    case("bagit.txt with a BOM", Layer::Tags, |a| bagit(a, |text| format!("\u{feff}{text}"))),
    case("bagit.txt with CRLF", Layer::Tags, |a| bagit(a, |text| text.replace('\n', "\r\n"))),
    case("bagit.txt with blanks", Layer::Tags, |a| bagit(a, |text| text.replace(": ", " : "))),
    case("bagit.txt without a version", Layer::Tags, |a| bagit(a, |text| drop_line(&text, 0))),
    case("bagit.txt without an encoding", Layer::Tags, |a| bagit(a, |text| drop_line(&text, 1))),
    case("bagit.txt with a line more", Layer::Tags, |a| bagit(a, |text| text + "More: 1\n")),
    case("bagit.txt in another order", Layer::Tags, |a| {
        bagit(a, |text| text.lines().rev().map(|line| format!("{line}\n")).collect())
    }),
    case("tag files in UTF-16", Layer::Tags, |a| {
        bagit(a, |text| text.replace("UTF-8", "UTF-16"));
        let utf16: Vec<u8> = String::from_utf8(a.part("00").file("bag-info.txt").clone())
            .unwrap()
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        *a.part("00").file("bag-info.txt") = utf16;
    }),
    case("payload oxum that is wrong", Layer::Tags, |a| {
        a.part("00").replace("bag-info.txt", "Oxum: ", "Oxum: 1")
    }),
    case("payload oxum twice", Layer::Tags, |a| {
        a.part("00").edit("bag-info.txt", |text| text + "Payload-Oxum: 1.1\n")
    }),
    case("metadata twice", Layer::Tags, |a| {
        a.part("00").edit("bag-info.txt", |text| text + "Contact-Name: A\nContact-Name: B\n")
    }),
    case("path from the root in the manifest", Layer::Tags, |a| path(a, "/etc/passwd")),
    case("path from home in the manifest", Layer::Tags, |a| path(a, "~/.ssh/id")),
    case("path with dots in the manifest", Layer::Tags, |a| path(a, "data/../../x")),
    case("path with a leading ./ in the manifest", Layer::Tags, |a| path(a, "./data/day.json")),
    case("path in another case in the manifest", Layer::Tags, |a| path(a, "data/Day.json")),
    case("path in another form of Unicode", Layer::Tags, |a| path(a, "data/e\u{301}.json")),
    case("path with percent signs", Layer::Tags, |a| path(a, "data/%64ay.json")),
    case("asterisk before the path", Layer::Tags, |a| {
        a.part("00").replace(MANIFEST, "  data/day", " *data/day")
    }),
    case("hash in capitals", Layer::Tags, |a| {
        a.part("00").edit(MANIFEST, |text| text[..64].to_uppercase() + &text[64..])
    }),
    case("hash too short", Layer::Tags, |a| a.part("00").edit(MANIFEST, |text| text[1..].to_owned())),
    case("manifest that is empty", Layer::Tags, |a| a.part("00").file(MANIFEST).clear()),
    case("manifest that lists a tag file", Layer::Tags, |a| {
        let hash = invigil::signing::Digest::of(a.part("00").file("/bagit.txt"));
        a.part("00").edit(MANIFEST, |text| format!("{text}{hash}  bagit.txt\n"));
    }),
    case("manifest of SHA-512 beside", Layer::Tags, |a| a.part("00").put("manifest-sha512.txt", b"")),
    case("local fetch", Layer::Tags, |a| {
        a.part("00").put("fetch.txt", b"file:///etc/passwd - data/day.json\n")
    }),
    case("bag in a bag", Layer::Data, |a| {
        let inner = a.part("03").zip_bytes();
        a.part("00").put("data/inner.zip", &inner);
    }),
];

fn bagit(archive: &mut Archive, change: fn(String) -> String) {
    archive.part("00").edit("/bagit.txt", change);
}

fn drop_line(text: &str, number: usize) -> String {
    let lines = text.split_inclusive('\n').enumerate().filter(|(at, _)| *at != number);
    lines.map(|(_, line)| line).collect()
}

/// The manifest's first file under another path.
fn path(archive: &mut Archive, path: &str) {
    archive.part("00").replace(MANIFEST, "data/day.json", path);
}
