//! What can only come after the day was closed: the closing act with the parts' hashes, where verified
//! copies lie, who countersigned. Sealed in the same way as a part, beside the others.

use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::name::CLOSING_ACT;
use super::zip::{self, EntryName};
use super::{BagInfo, PartError, PartName, PartWriter};
use crate::journal::{Group, SealedPart};
use crate::point::DayId;
use crate::signing::{DeviceKey, Digest, PaperCode, SignerRole};

/// Of an act as JSON.
pub(super) const MAX_ACT_BYTES: u64 = 4 << 20;
/// Grows by one with every change of [`ClosingAct`] that an older reader could not read.
pub const CLOSING_ACT_FORMAT: u32 = 1;

/// What the paper act says, for machines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingAct {
    /// [`CLOSING_ACT_FORMAT`].
    pub format: u32,
    pub day: DayId,
    pub opening_code: PaperCode,
    pub closing_code: PaperCode,
    pub restarts: u32,
    /// How many records the day's journal has.
    pub records: u64,
    /// In the order of their numbers, part 00 among them.
    pub parts: Vec<SealedPart>,
    /// Those made while the day was open, of the parts that were closed by then. A copy of the whole archive,
    /// this act in it, can only come later: the point's journal tells of it.
    pub copies: Vec<VerifiedCopy>,
}

/// Files of the archive that were copied there, read back and found equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifiedCopy {
    /// The day's folder on the medium.
    pub target: String,
    /// When the last of them was.
    pub verified_at_ms: i64,
    pub files: Vec<String>,
}

/// Grows by one with every change of [`CountersignatureNote`] that an older reader could not read.
pub const COUNTERSIGNATURE_FORMAT: u32 = 1;

/// What the station saw of a countersignature that was put beside part 00: from then on it is missed
/// when it is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountersignatureNote {
    /// [`COUNTERSIGNATURE_FORMAT`].
    pub format: u32,
    pub day: DayId,
    pub role: SignerRole,
    /// The key's fingerprint as OpenSSH writes it.
    pub key: String,
    /// Of the signature's file.
    pub sha256: Digest,
    pub at_ms: i64,
}

/// Writes `<day>-after-<number>.zip`: what is known of a countersignature.
pub fn write_countersignature(
    folder: &Path,
    number: u32,
    note: &CountersignatureNote,
    info: &BagInfo,
    key: &DeviceKey,
) -> Result<SealedPart, PartError> {
    let name = PartName::After(note.day.clone(), number);
    let mut part = PartWriter::create_named(folder, name, Group::Delivered)?;
    let mut json = serde_json::to_vec_pretty(note).expect("a note of plain values is always JSON");
    json.push(b'\n');
    part.append_bytes(&"countersignature.json".parse()?, &json)?;
    part.close(info, key)
}

/// Writes `<day>-after-<number>.zip`: the act as JSON and as text, and the forms of it by their names
/// below `data/`.
pub fn write(
    folder: &Path,
    number: u32,
    act: &ClosingAct,
    forms: &[(String, Vec<u8>)],
    info: &BagInfo,
    key: &DeviceKey,
) -> Result<SealedPart, PartError> {
    let name = PartName::After(act.day.clone(), number);
    let mut part = PartWriter::create_named(folder, name, Group::Delivered)?;
    let mut json = serde_json::to_vec_pretty(act).expect("an act of plain values is always JSON");
    json.push(b'\n');
    let data = |name: &str| -> Result<EntryName, PartError> { Ok(name.parse()?) };
    part.append_bytes(&data("closing-act.json")?, &json)?;
    part.append_bytes(&data("closing-act.txt")?, act.text().as_bytes())?;
    for (name, bytes) in forms {
        part.append_bytes(&data(name)?, bytes)?;
    }
    part.close(info, key)
}

/// The act in such a file. None: it can't be read, or holds none. Nothing of it is verified.
pub fn closing_act(path: &Path) -> Option<ClosingAct> {
    let mut file = File::open(path).ok()?;
    let entries = zip::read(&mut file).ok()?;
    let entry = entries.iter().find(|entry| {
        entry.bytes <= MAX_ACT_BYTES
            && entry.name.as_str().split_once('/').is_some_and(|(_, path)| path == CLOSING_ACT)
    })?;
    let mut json = Vec::new();
    zip::contents(&mut file, entry).ok()?.read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}

impl ClosingAct {
    /// The act in the form that [`Act`](super::verify::Act) reads, with the parts' hashes below it.
    pub fn text(&self) -> String {
        let mut text = format!(
            "day {}\nopening {}\nclosing {}\nrestarts {}\nrecords {}\n",
            self.day, self.opening_code, self.closing_code, self.restarts, self.records
        );
        for part in &self.parts {
            // Writing into a `String` can't fail.
            let _ = writeln!(text, "part {} {} bytes {}", part.file, part.bytes, part.sha256);
        }
        for copy in &self.copies {
            let _ = writeln!(text, "copy {}: {}", copy.target, copy.files.join(" "));
        }
        text
    }
}
