//! How parts are named, and what stands where inside them.

use std::fmt;

use super::zip::{BadName, EntryName};
use crate::point::{CameraId, DayId};
use crate::signing::SignerRole;

/// A part of a day: `<day>-<nn>`, or what came after the day was closed: `<day>-after-<n>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartName {
    /// 00 holds the journal, the others hold video.
    Numbered(DayId, u32),
    After(DayId, u32),
}

/// A countersignature beside part 00, over its tag manifest: `<day>-00.head.sshsig`. One that a national
/// program made, which is only carried along, ends in `.p7s`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountersignatureName {
    pub day: DayId,
    pub role: SignerRole,
    pub national: bool,
}

pub const DAY_DOCUMENT: &str = "data/day.json";
pub const RECORDS: &str = "data/journal/records.jsonl";
pub const CHECKPOINTS: &str = "data/journal/checkpoints.txt";
/// What was said of the outages, as the journal has it too.
const OUTAGES: &str = "data/outages.json";
/// The day's logs, as the journal has them too.
const LOGS: [&str; 5] = [
    "data/accesses.json",
    "data/incidents.json",
    "data/notes.json",
    "data/operations.json",
    "data/requests.json",
];
/// In `-after-` parts.
pub const CLOSING_ACT: &str = "data/closing-act.json";
/// In an `-after-` part of its own.
pub const COUNTERSIGNATURE: &str = "data/countersignature.json";

/// Statements about the station's keys, a pair of files each.
const KEYS: &str = "data/keys/";

pub(super) const BAG_DECLARATION: &str = "bagit.txt";
pub(super) const BAG_INFO: &str = "bag-info.txt";
pub(super) const MANIFEST: &str = "manifest-sha256.txt";
pub(super) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// How to check the part with public tools, for whoever finds it.
pub(super) const HOW_TO_VERIFY: &str = "verify.txt";
pub(super) const SSH_SIGNATURE: &str = "sig/station.sshsig";
pub(super) const RAW_SIGNATURE: &str = "sig/station.ed25519";
pub(super) const PUBLIC_KEY: &str = "sig/station.pem";

impl PartName {
    pub fn day(&self) -> &DayId {
        match self {
            Self::Numbered(day, _) | Self::After(day, _) => day,
        }
    }

    /// The part's number as the journal counts it; none for what came after.
    pub fn number(&self) -> Option<u32> {
        match self {
            Self::Numbered(_, number) => Some(*number),
            Self::After(..) => None,
        }
    }

    /// `<name>.zip`.
    pub fn file_name(&self) -> String {
        format!("{self}.zip")
    }

    /// The name while the part is still being written.
    pub fn open_file_name(&self) -> String {
        format!("{self}.zip.open")
    }

    /// Reads what [`Display`](fmt::Display) writes, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (rest, number) = text.rsplit_once('-')?;
        let number = number.parse().ok()?;
        let name = match rest.strip_suffix("-after") {
            Some(day) => Self::After(day.parse().ok()?, number),
            None => Self::Numbered(rest.parse().ok()?, number),
        };
        (name.to_string() == text).then_some(name)
    }
}

impl fmt::Display for PartName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbered(day, number) => write!(f, "{day}-{number:02}"),
            Self::After(day, number) => write!(f, "{day}-after-{number}"),
        }
    }
}

impl CountersignatureName {
    /// Reads what [`Display`](fmt::Display) writes, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (rest, national) = match (text.strip_suffix(".sshsig"), text.strip_suffix(".p7s")) {
            (Some(rest), _) => (rest, false),
            (None, rest) => (rest?, true),
        };
        let (part, role) = rest.rsplit_once('.')?;
        let Some(PartName::Numbered(day, 0)) = PartName::parse(part) else { return None };
        Some(Self { day, role: role.parse().ok()?, national })
    }
}

impl fmt::Display for CountersignatureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ending = if self.national { "p7s" } else { "sshsig" };
        write!(f, "{}-00.{}.{ending}", self.day, self.role)
    }
}

/// Whether a part of this name has a place for the file, as far as this version of the program knows.
pub(super) fn has_place_for(part: &PartName, path: &str) -> bool {
    let tags = [BAG_DECLARATION, BAG_INFO, MANIFEST, TAG_MANIFEST, HOW_TO_VERIFY];
    let signatures = [SSH_SIGNATURE, RAW_SIGNATURE, PUBLIC_KEY];
    let data = match part {
        PartName::Numbered(_, 0) => {
            [DAY_DOCUMENT, RECORDS, CHECKPOINTS, OUTAGES].contains(&path)
                || LOGS.contains(&path)
                || is_form(path)
                || path.starts_with("data/stills/")
                || is_rotation(path)
        }
        PartName::Numbered(..) => segment_of(path).is_some(),
        // What comes after the day is of many kinds.
        PartName::After(..) => path.starts_with("data/"),
    };
    data || tags.contains(&path) || signatures.contains(&path)
}

/// Whether it is a printed form's file: `data/forms/access-log-b.pdf`.
fn is_form(path: &str) -> bool {
    let file = path.strip_prefix("data/forms/").and_then(|file| file.split_once('.'));
    file.is_some_and(|(form, ending)| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !form.is_empty() && form.bytes().all(plain) && ["pdf", "xlsx", "json"].contains(&ending)
    })
}

/// Where a segment's video and its index stand below `data/`.
pub fn segment_names(camera: &CameraId, segment: u32) -> Result<(EntryName, EntryName), BadName> {
    let stem = format!("video/{camera}/{segment:06}");
    Ok((format!("{stem}.mp4").parse()?, format!("{stem}.idx").parse()?))
}

/// Where a still stands below `data/`: `stills/corridor/0001-black.jpg`. `what` is a plain word.
pub fn still_name(camera: &CameraId, number: u32, what: &str) -> Result<EntryName, BadName> {
    format!("stills/{camera}/{number:04}-{what}.jpg").parse()
}

/// The camera of a still's path below `data/`: the inverse of [`still_name`].
pub fn still_of(name: &str) -> Option<CameraId> {
    let (camera, file) = name.strip_prefix("stills/")?.split_once('/')?;
    let (number, what) = file.strip_suffix(".jpg")?.split_once('-')?;
    let number: u32 = number.parse().ok()?;
    let camera: CameraId = camera.parse().ok()?;
    let word = !what.is_empty() && what.bytes().all(|byte| byte.is_ascii_lowercase());
    (word && still_name(&camera, number, what).is_ok_and(|same| same.as_str() == name)).then_some(camera)
}

/// Where the statement about the station's `number`th new key and its signature stand below `data/`; the
/// first is 1.
pub fn rotation_names(number: usize) -> Result<(EntryName, EntryName), BadName> {
    let stem = format!("keys/{number:04}");
    Ok((format!("{stem}.json").parse()?, format!("{stem}.sshsig").parse()?))
}

/// The same two with this before them: `data/` in a part, nothing in an excerpt.
pub(super) fn rotation_paths(before: &str, number: usize) -> (String, String) {
    let stem = format!("{before}keys/{number:04}");
    (format!("{stem}.json"), format!("{stem}.sshsig"))
}

fn is_rotation(path: &str) -> bool {
    let stem = path.strip_suffix(".json").or(path.strip_suffix(".sshsig"));
    let number = stem.and_then(|stem| stem.strip_prefix(KEYS));
    number.is_some_and(|number| number.len() == 4 && number.bytes().all(|digit| digit.is_ascii_digit()))
}

/// The segment that a path in a part belongs to, and whether it is the index: the inverse of
/// [`segment_names`], with `data/` before it.
pub(super) fn segment_of(path: &str) -> Option<(CameraId, u32, bool)> {
    let (camera, file) = path.strip_prefix("data/video/")?.split_once('/')?;
    let (stem, is_index) = match (file.strip_suffix(".mp4"), file.strip_suffix(".idx")) {
        (Some(stem), _) => (stem, false),
        (None, Some(stem)) => (stem, true),
        (None, None) => return None,
    };
    let segment: u32 = stem.parse().ok()?;
    (format!("{segment:06}") == stem).then_some((camera.parse().ok()?, segment, is_index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_names_read_back() {
        for text in ["77-0101-2026-05-29-main-00", "77-0101-2026-05-29-main-after-1", "x-100"] {
            assert_eq!(PartName::parse(text).map(|name| name.to_string()).as_deref(), Some(text));
        }
        for bad in ["x", "x-1", "x-001", "X-01", "-01", "x-+1", "after-1"] {
            assert_eq!(PartName::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn countersignature_names_read_back() {
        for text in ["77-0101-2026-05-29-main-00.head.sshsig", "x-00.member.p7s"] {
            assert_eq!(CountersignatureName::parse(text).map(|name| name.to_string()).as_deref(), Some(text));
        }
        for bad in
            ["x-00.station.sshsig", "x-01.head.sshsig", "x-00.head.sig", "x-after-1.head.sshsig", ".p7s"]
        {
            assert_eq!(CountersignatureName::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn segment_names_read_back() {
        let camera: CameraId = "entrance-1".parse().unwrap();
        let (video, index) = segment_names(&camera, 10).unwrap();
        assert_eq!(video.as_str(), "video/entrance-1/000010.mp4");
        assert_eq!(segment_of(&format!("data/{index}")), Some((camera, 10, true)));
        assert_eq!(segment_of("data/video/entrance-1/10.mp4"), None);
    }

    #[test]
    fn forms_have_their_place_in_the_journal_s_part() {
        let name = PartName::parse("x-00").unwrap();
        assert!(has_place_for(&name, "data/forms/access-log-b.pdf"));
        for stranger in ["data/forms/x.exe", "data/forms/.pdf", "data/forms/a/b.pdf", "data/forms/x.tar.pdf"]
        {
            assert!(!has_place_for(&name, stranger), "{stranger}");
        }
        assert!(!has_place_for(&PartName::parse("x-01").unwrap(), "data/forms/access-log-b.pdf"));
    }

    #[test]
    fn still_names_read_back() {
        let camera: CameraId = "entrance-1".parse().unwrap();
        let name = still_name(&camera, 7, "black").unwrap();
        assert_eq!(name.as_str(), "stills/entrance-1/0007-black.jpg");
        assert_eq!(still_of(name.as_str()), Some(camera));
        for bad in [
            "stills/../0007-black.jpg",
            "stills/x/7-black.jpg",
            "stills/x/0007-.jpg",
            "stills/x/0007-a/b.jpg",
            "x",
        ] {
            assert_eq!(still_of(bad), None, "{bad}");
        }
    }
}
