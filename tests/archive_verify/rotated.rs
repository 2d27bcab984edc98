//! Days of a station whose key was changed, and lists of signers that know it or do not.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use invigil::archive::Provenance;
use invigil::archive::excerpt::{Wanted, make};
use invigil::signing::{DeviceKey, Rotation};

use crate::day::*;

/// When the keys were changed: 2026-03-01.
pub const CHANGED_MS: i64 = 1_772_323_200_000;

/// A sealed day, a list of signers, and what is to be made of both.
pub struct Case {
    pub name: &'static str,
    pub day: Archive,
    pub list: String,
    pub provenance: Provenance,
    /// The warnings' ids, with the reason if they have one.
    pub warnings: Vec<&'static str>,
}

/// Four keys of one station; the third one seals.
pub struct Keys([Arc<DeviceKey>; 4]);

impl Keys {
    pub fn new() -> Self {
        Self([(); 4].map(|()| Arc::new(new_key())))
    }

    /// A statement that the one takes the other's place.
    pub fn names(&self, old: usize, new: usize) -> Rotation {
        Rotation::make("77-0101-main", &self.0[old], self.0[new].public(), CHANGED_MS)
    }

    /// A line of the list with options before the key.
    pub fn line(&self, key: usize, options: &str) -> String {
        format!("station@77-0101 {options} {}\n", self.0[key].public())
    }

    pub fn public(&self, key: usize) -> String {
        self.0[key].public().to_string()
    }

    /// A day of the third key with these statements.
    pub fn day(&self, rotations: &[Rotation]) -> Archive {
        self.day_with(&files(rotations))
    }

    fn day_with(&self, files: &[(String, Vec<u8>)]) -> Archive {
        seal_day_by(&self.0[2], files)
    }
}

impl Case {
    /// Some seconds of the day, as the file in this folder.
    pub fn excerpt(&self, folder: &Path) -> PathBuf {
        let path = folder.join("excerpt.zip");
        let time = |text: &str| text.parse().unwrap();
        let wanted =
            Wanted { camera: "entrance-1".parse().unwrap(), from: time("09:10:03"), to: time("09:10:05") };
        make(&self.day.paths(), &wanted, &path, &mut |_, _| ControlFlow::Continue(())).unwrap();
        path
    }
}

/// As part 00 holds them.
fn files(rotations: &[Rotation]) -> Vec<(String, Vec<u8>)> {
    let pair = |(rotation, number): (&Rotation, u32)| {
        let file = |ending: &str| format!("keys/{number:04}.{ending}");
        let signature = rotation.signature().into_bytes();
        [(file("json"), rotation.statement.to_bytes()), (file("sshsig"), signature)]
    };
    rotations.iter().zip(1..).flat_map(pair).collect()
}

pub fn cases() -> Vec<Case> {
    let keys = Keys::new();
    let row = || vec![keys.names(0, 1), keys.names(1, 2)];
    let with = |more: Rotation| [row(), vec![more]].concat();
    let both = r#"namespaces="invigil-archive,invigil-rotation""#;
    let mut damaged = files(&row());
    damaged[2].1[20] ^= 1;
    let mut unsigned = files(&row());
    unsigned.remove(1);
    let known = Provenance::KnownKey;
    let unknown = Provenance::UntrustedKey;
    let not_listed = "archive-warning-signer-untrusted not-listed";
    let broken = |why: &'static str| vec![why, not_listed];
    let case = |name, day, list: String, provenance, warnings| Case { name, day, list, provenance, warnings };
    vec![
        case(
            "of the first key",
            keys.day(&row()),
            keys.line(0, both),
            known,
            vec!["archive-warning-rotated"],
        ),
        case("of the one before", keys.day(&row()), keys.line(1, ""), known, vec!["archive-warning-rotated"]),
        case("of the key itself", keys.day(&row()), keys.line(2, both), known, vec![]),
        case("of another key", keys.day(&row()), keys.line(3, ""), unknown, vec![not_listed]),
        case(
            "that lets it sign archives alone",
            keys.day(&row()),
            keys.line(0, r#"namespaces="invigil-archive""#),
            unknown,
            broken("archive-warning-rotation-broken other-namespace"),
        ),
        case(
            "at another point",
            keys.day(&row()),
            keys.line(0, both).replace("77-0101", "78-0101"),
            unknown,
            broken("archive-warning-rotation-broken other-principal"),
        ),
        case(
            "that has expired",
            keys.day(&row()),
            keys.line(0, r#"valid-before="20260101Z""#),
            unknown,
            broken("archive-warning-rotation-broken expired"),
        ),
        case(
            "that began after the change",
            keys.day(&row()),
            keys.line(0, r#"valid-after="20260401Z""#),
            unknown,
            broken("archive-warning-rotation-broken not-yet-valid"),
        ),
        case(
            "whose newer key has expired",
            keys.day(&row()),
            keys.line(0, "") + &keys.line(1, r#"valid-before="20260101Z""#),
            unknown,
            broken("archive-warning-rotation-broken expired"),
        ),
        case("with a gap", keys.day(&[keys.names(1, 2)]), keys.line(0, ""), unknown, vec![not_listed]),
        case("without statements", keys.day(&[]), keys.line(0, ""), unknown, vec![not_listed]),
        case(
            "in a circle",
            keys.day(&with(keys.names(2, 0))),
            keys.line(0, ""),
            unknown,
            broken("archive-warning-rotation-broken circle"),
        ),
        case(
            "with two successors",
            keys.day(&with(keys.names(0, 3))),
            keys.line(0, ""),
            unknown,
            broken("archive-warning-rotation-broken two-successors"),
        ),
        case(
            "with two predecessors",
            keys.day(&with(keys.names(3, 2))),
            keys.line(0, ""),
            unknown,
            broken("archive-warning-rotation-broken two-predecessors"),
        ),
        case(
            "with a changed statement",
            keys.day_with(&damaged),
            keys.line(0, ""),
            unknown,
            broken("archive-warning-rotation-unread"),
        ),
        case(
            "with an unsigned statement",
            keys.day_with(&unsigned),
            keys.line(0, ""),
            unknown,
            broken("archive-warning-rotation-unread"),
        ),
    ]
}
