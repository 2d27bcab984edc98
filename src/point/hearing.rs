//! Where a camera's sound comes from.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::source::Source;
use crate::i18n::Message;
use crate::tables::{Item, Section};

/// The sound that is recorded with a camera's pictures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SoundSource {
    /// A microphone of this computer.
    Microphone(MicrophoneSelector),
    /// What comes with the pictures: from a network camera, or the test tone of a pattern.
    Stream,
}

impl SoundSource {
    /// `sound = true` for what comes with the pictures, `microphone` for one of this computer's, or
    /// for the test tone of a pattern; not both. None once a fault is told.
    pub(super) fn read(section: &mut Section<'_>, source: Option<&Source>) -> Option<Option<Self>> {
        let fault = |item: &Item<'_>, id| {
            item.fault(Message::new(id));
            None
        };
        let (sound, microphone) = (section.optional("sound"), section.optional("microphone"));
        let wanted = match &sound {
            Some(item) => item.boolean()?,
            None => false,
        };
        let Some(microphone) = microphone else {
            return match (sound.filter(|_| wanted), source) {
                (None, _) => Some(None),
                (Some(_), Some(Source::Rtsp(_) | Source::Pattern(_)) | None) => Some(Some(Self::Stream)),
                (Some(item), _) => fault(&item, "fault-sound-source"),
            };
        };
        if wanted {
            return fault(&microphone, "fault-two-sounds");
        }
        match source {
            Some(Source::Pattern(_)) if microphone.text(20)? == "pattern" => Some(Some(Self::Stream)),
            _ => microphone.parsed().map(|which| Some(Self::Microphone(which))),
        }
    }
}

impl FromStr for SoundSource {
    type Err = BadMicrophone;

    /// As it is asked for on the command line: `stream`, or a microphone.
    fn from_str(text: &str) -> Result<Self, BadMicrophone> {
        if text == "stream" { Ok(Self::Stream) } else { text.parse().map(Self::Microphone) }
    }
}

/// Which microphone: `any`, or `alsa:` and a part of its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MicrophoneSelector {
    Any,
    Named(String),
}

/// A text that names no microphone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a microphone is any or alsa:<a part of its name>")]
pub struct BadMicrophone;

impl From<BadMicrophone> for Message {
    fn from(_: BadMicrophone) -> Message {
        Message::new("fault-microphone")
    }
}

impl FromStr for MicrophoneSelector {
    type Err = BadMicrophone;

    fn from_str(text: &str) -> Result<Self, BadMicrophone> {
        match text.strip_prefix("alsa:") {
            _ if text == "any" => Ok(Self::Any),
            Some(name) if !name.trim().is_empty() && !name.chars().any(char::is_control) => {
                Ok(Self::Named(name.to_owned()))
            }
            _ => Err(BadMicrophone),
        }
    }
}

impl fmt::Display for MicrophoneSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::Named(name) => write!(f, "alsa:{name}"),
        }
    }
}

impl Serialize for MicrophoneSelector {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MicrophoneSelector {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// When a microphone that works is said to hear nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SilenceRule {
    /// Below this there is nothing to hear, in dB of full scale. A quiet room with a cheap microphone
    /// gives -75 to -50; one that is muted or broken -90 or less.
    pub below_dbfs: i16,
    /// For so long.
    pub after_seconds: u32,
}

impl SilenceRule {
    /// From `silence_dbfs` and `silence_seconds`, each with its default.
    pub(super) fn read(section: &mut Section<'_>) -> Option<Self> {
        let usual = Self::default();
        let level = section.optional("silence_dbfs");
        let time = section.optional("silence_seconds");
        let below_dbfs = level.map_or(Some(usual.below_dbfs), |item| item.integer(-96..=-20));
        let after_seconds = time.map_or(Some(usual.after_seconds), |item| item.integer(5..=3600));
        Some(Self { below_dbfs: below_dbfs?, after_seconds: after_seconds? })
    }
}

impl Default for SilenceRule {
    fn default() -> Self {
        Self { below_dbfs: -80, after_seconds: 60 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_microphones_and_back() {
        for text in ["any", "alsa:C920", "alsa:plughw:CARD=Loopback,DEV=1"] {
            assert_eq!(text.parse::<MicrophoneSelector>().unwrap().to_string(), text);
        }
        for bad in ["", "Any", "alsa:", "alsa:  ", "alsa:a\nb", "C920"] {
            assert_eq!(bad.parse::<MicrophoneSelector>(), Err(BadMicrophone), "{bad:?}");
        }
    }
}
