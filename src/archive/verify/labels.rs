//! What a part says of itself, and whether it holds anything that nobody vouches for. The signature
//! covers both, but who has the device key later can sign a part 00 anew.

use super::bag::Bag;
use crate::archive::name::{BAG_DECLARATION, BAG_INFO, has_place_for, segment_of};
use crate::archive::part::DECLARATION;
use crate::archive::{Integrity, Place, Report};
use crate::i18n::Message;

const MAX_INFO_BYTES: u64 = 64 * 1024;

/// Files that have no place in such a part.
pub fn find_strangers(bag: &Bag, report: &mut Report) {
    let is_stranger = |path: &str| !has_place_for(&bag.name, path) && segment_of(path).is_none();
    for (path, _) in bag.files.iter().filter(|(path, file)| file.holds() && is_stranger(path)) {
        let place = Place::file(&bag.label, path);
        report.fault(Integrity::CannotVerify, place, Message::new("archive-file-unknown"));
    }
}

/// The declaration and the description of a part that is otherwise as its manifests say.
pub fn check(bag: &mut Bag, report: &mut Report) {
    let payload = bag.files.iter().filter(|(path, _)| path.starts_with("data/"));
    let (bytes, files) =
        payload.fold((0u64, 0u64), |(bytes, files), (_, file)| (bytes + file.entry.bytes, files + 1));
    let expected = [
        ("External-Identifier: ", bag.name.to_string()),
        ("Bag-Group-Identifier: ", bag.name.day().to_string()),
        ("Payload-Oxum: ", format!("{bytes}.{files}")),
        ("Invigil-Format: ", "1".to_owned()),
    ];
    let described = |text: &str| {
        let said =
            |label: &str| text.lines().filter_map(move |line| line.strip_prefix(label)).collect::<Vec<_>>();
        expected.iter().all(|(label, value)| said(label) == [value.as_str()])
    };
    hold(bag, BAG_DECLARATION, &|text| text == DECLARATION, report);
    hold(bag, BAG_INFO, &described, report);
}

fn hold(bag: &mut Bag, path: &str, good: &dyn Fn(&str) -> bool, report: &mut Report) {
    let bytes = bag.read(path, MAX_INFO_BYTES).ok().flatten().unwrap_or_default();
    if !std::str::from_utf8(&bytes).is_ok_and(good) {
        let place = Place::file(&bag.label, path);
        report.fault(Integrity::Tampered, place, Message::new("archive-label-differs"));
    }
}
