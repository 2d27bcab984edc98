//! What a checklist and its steps may ask for beyond the usual.

use serde::{Deserialize, Serialize};

use crate::point::{Profile, Role, Source, Zone};

/// When a checklist is gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// While no exam day is open, for the next exam.
    BeforeDay,
    #[default]
    InDay,
    /// Once the day is closed, for its exam.
    AfterDay,
}

impl Span {
    /// Each with the word for it in a checklist.
    pub const ALL: [(&str, Self); 3] =
        [("before_day", Self::BeforeDay), ("in_day", Self::InDay), ("after_day", Self::AfterDay)];

    pub fn is_in_day(&self) -> bool {
        *self == Self::InDay
    }
}

/// What only some steps ask for; the default is every other step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StepRules {
    /// Left out at a point of which this does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Fact>,
    /// One step for each of these, with `{room}` and `{camera}` in its texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub for_each: Option<Each>,
    /// A second person confirms it with their PIN.
    pub two_persons: bool,
    /// A word has to be written down with it, such as a seal's number.
    pub note: bool,
    /// The alarm is played for it, on the computer of the window.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub tone: bool,
    /// A picture from a camera is taken for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<Photo>,
    /// Who may let it stand, of those with the right to; empty: all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waive: Vec<Role>,
}

impl StepRules {
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a step counts without a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Photo {
    Required,
    Offered,
}

impl Photo {
    /// Each with the word for it in a checklist.
    pub const ALL: [(&str, Self); 2] = [("required", Self::Required), ("offered", Self::Offered)];
}

/// What holds of a point or not, by its profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Some camera is recorded with sound.
    Sound,
    NetworkCameras,
    UsbCameras,
    /// Copies on media are encrypted.
    EncryptedCopies,
    Backups,
    /// The timetable starts recording by itself, somewhere.
    TimedStart,
    /// Some room has more time than others.
    LongerTime,
}

impl Fact {
    /// Each with the word for it in a checklist.
    pub const ALL: [(&str, Self); 7] = [
        ("sound", Self::Sound),
        ("network_cameras", Self::NetworkCameras),
        ("usb_cameras", Self::UsbCameras),
        ("encrypted_copies", Self::EncryptedCopies),
        ("backups", Self::Backups),
        ("timed_start", Self::TimedStart),
        ("longer_time", Self::LongerTime),
    ];

    pub fn holds(self, profile: &Profile) -> bool {
        let mut cameras = profile.cameras.iter();
        match self {
            Self::Sound => cameras.any(|camera| camera.sound.is_some()),
            Self::NetworkCameras => cameras.any(|camera| matches!(camera.source, Source::Rtsp(_))),
            Self::UsbCameras => cameras.any(|camera| matches!(camera.source, Source::Usb(_))),
            Self::EncryptedCopies => !profile.archive.recipients.is_empty(),
            Self::Backups => {
                let backup = &profile.archive.backup;
                backup.daily.is_some() || backup.cumulative.is_some()
            }
            Self::TimedStart => !profile.timetable.start.is_empty(),
            Self::LongerTime => !profile.timetable.longer.is_empty(),
        }
    }
}

/// What a step is repeated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    Camera,
    Room,
    /// The rooms of one kind.
    #[serde(untagged)]
    Zone(Zone),
}

impl Each {
    /// Each with the word for it in a checklist.
    pub const ALL: [(&str, Self); 8] = [
        ("camera", Self::Camera),
        ("room", Self::Room),
        ("auditorium", Self::Zone(Zone::Auditorium)),
        ("staff_room", Self::Zone(Zone::StaffRoom)),
        ("corridor", Self::Zone(Zone::Corridor)),
        ("entrance", Self::Zone(Zone::Entrance)),
        ("gate", Self::Zone(Zone::Gate)),
        ("strong_room", Self::Zone(Zone::StrongRoom)),
    ];

    /// What its texts may say.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Camera => &["{camera}", "{room}"],
            Self::Room | Self::Zone(_) => &["{room}"],
        }
    }

    /// Longest id of such a step: a dash and the room's number or the camera's id follow it.
    pub fn max_id_chars(self) -> usize {
        match self {
            Self::Camera => 15,
            Self::Room | Self::Zone(_) => 43,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_kept_as_it_is_written() {
        let kept = |value: &dyn erased::Json, word: &str| assert_eq!(value.json(), format!("{word:?}"));
        Span::ALL.iter().for_each(|(word, span)| kept(span, word));
        Fact::ALL.iter().for_each(|(word, fact)| kept(fact, word));
        Photo::ALL.iter().for_each(|(word, photo)| kept(photo, word));
        for (word, each) in Each::ALL {
            kept(&each, word);
            assert_eq!(serde_json::from_str::<Each>(&format!("{word:?}")).unwrap(), each);
        }
    }

    mod erased {
        pub trait Json {
            fn json(&self) -> String;
        }

        impl<T: serde::Serialize> Json for T {
            fn json(&self) -> String {
                serde_json::to_string(self).unwrap()
            }
        }
    }
}
