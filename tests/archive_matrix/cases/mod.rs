//! The cases, by what they change.

mod bag;
mod conformance;
mod container;
mod countersigned;
mod journal;
mod keys;
mod takeover;
mod time;
mod video;

use crate::archive::{Archive, Layer};

pub struct Case {
    pub name: &'static str,
    pub layer: Layer,
    pub change: fn(&mut Archive),
}

const fn case(name: &'static str, layer: Layer, change: fn(&mut Archive)) -> Case {
    Case { name, layer, change }
}

/// Every case with its group, in the table's order.
pub fn all() -> Vec<(&'static str, &'static Case)> {
    let groups: [(&str, &[Case]); 9] = [
        ("container", container::CASES),
        ("bag", bag::CASES),
        ("bagit", conformance::CASES),
        ("journal", journal::CASES),
        ("video", video::CASES),
        ("time", time::CASES),
        ("keys", keys::CASES),
        ("countersigned", countersigned::CASES),
        ("takeover", takeover::CASES),
    ];
    groups.iter().flat_map(|(group, cases)| cases.iter().map(|case| (*group, case))).collect()
}

/// The cases that may be found valid: plain, re-signed, and why.
pub const EXCUSED: &[(&str, bool, bool, &str)] = &[
    ("canonical re-zip", true, true, "the same bytes"),
    ("re-zip in another order", true, true, "every file is what was signed"),
    ("kept part absent", true, true, "it stays at the point, and the journal says so"),
    ("closing act absent", true, true, "the journal names every part already"),
    ("bag: bit in bag-info of part 00", false, true, "words; only a countersignature is over them"),
    ("metadata twice", false, true, "words; only a countersignature is over them"),
    ("countersigned: by both", true, true, "nothing was changed"),
    ("stolen epoch and device key: tail rewritten", false, true, "only paper tells: see the next line"),
    ("honest outage", true, true, "the journal tells of it"),
    ("re-encoded, all keys stolen", false, true, "who has every key in time can sign anything"),
    ("clock -1 h, logged", false, true, "the journal tells of it"),
    ("clock wrong from the start", true, true, "only the code on paper knows better"),
    ("comment of the key changed", true, true, "a comment is nobody's word"),
    ("head read from the disk", true, true, "nothing was changed"),
    ("head by its code", false, true, "the same head, from paper"),
    ("nobody knew a head", false, true, "the journal says so, and a warning"),
    (
        "all keys stolen, the first rewritten behind the head",
        false,
        true,
        "only paper tells: the spare one did not see it",
    ),
    ("tail of the first dropped behind the head", false, true, "the same"),
    ("acts of the spare one typed in", true, true, "nothing was changed"),
    ("both keys listed", true, true, "nothing was changed"),
];
