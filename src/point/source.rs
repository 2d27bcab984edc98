//! Where a camera's pictures come from, as a text such as `usb:0` or `rtsp://host/stream`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::rtsp_address::RtspAddress;
use crate::i18n::Message;

/// A camera's address. `Display`, `Debug` and serialisation never show a password or user name.
#[derive(Clone, PartialEq, Eq)]
pub enum Source {
    /// `usb:any`, `usb:0` (index), `usb:<bus or device path>` or `usb:<part of the name>`.
    Usb(UsbSelector),
    /// `rtsp://[user:password@]host[:port]/path`.
    Rtsp(RtspAddress),
    /// `file:<path>`: an H.264 `.mp4`, or a `.mjpeg` stream of JPEGs, looped in real time.
    File(PathBuf),
    /// `pattern:<name>`: a moving picture with a frame counter; the name only colours it.
    Pattern(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsbSelector {
    Any,
    Index(u32),
    /// A device path, bus path or part of the name.
    Named(String),
}

/// A text that names no source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a camera's source is usb:…, rtsp://…, file:… or pattern:…")]
pub struct BadSource;

impl From<BadSource> for Message {
    /// Without the text: it may hold a password.
    fn from(_: BadSource) -> Message {
        Message::new("fault-source").with("text", "")
    }
}

impl FromStr for Source {
    type Err = BadSource;

    fn from_str(text: &str) -> Result<Self, BadSource> {
        if text.chars().any(char::is_control) {
            return Err(BadSource);
        }
        if let Some(rest) = text.strip_prefix("usb:") {
            return match rest {
                "" => Err(BadSource),
                "any" => Ok(Source::Usb(UsbSelector::Any)),
                _ => Ok(Source::Usb(match rest.parse() {
                    Ok(index) => UsbSelector::Index(index),
                    Err(_) => UsbSelector::Named(rest.to_owned()),
                })),
            };
        }
        if let Some(rest) = text.strip_prefix("rtsp://") {
            return RtspAddress::parse(rest).map(Source::Rtsp);
        }
        if let Some(rest) = text.strip_prefix("file:").filter(|rest| !rest.is_empty()) {
            return Ok(Source::File(PathBuf::from(rest)));
        }
        match text.strip_prefix("pattern:") {
            Some(rest) if !rest.is_empty() => Ok(Source::Pattern(rest.to_owned())),
            _ => Err(BadSource),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Usb(UsbSelector::Any) => f.write_str("usb:any"),
            Source::Usb(UsbSelector::Index(index)) => write!(f, "usb:{index}"),
            Source::Usb(UsbSelector::Named(name)) => write!(f, "usb:{name}"),
            Source::Rtsp(address) => f.write_str(&address.public_url),
            Source::File(path) => write!(f, "file:{}", path.display()),
            Source::Pattern(name) => write!(f, "pattern:{name}"),
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({self})")
    }
}

impl Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_understood_and_never_shown() {
        let source: Source = "rtsp://admin:p@ss:w@10.0.0.5:554/live".parse().unwrap();
        let Source::Rtsp(address) = &source else { unreachable!() };
        assert_eq!(address.user.as_deref(), Some("admin"));
        assert_eq!(address.password.as_deref(), Some("p@ss:w"));
        for shown in [format!("{source}"), format!("{source:?}"), serde_json::to_string(&source).unwrap()] {
            assert!(shown.contains("rtsp://10.0.0.5:554/live"), "{shown}");
            assert!(!shown.contains("ss:w") && !shown.contains("admin"), "{shown}");
        }
    }

    #[test]
    fn texts_become_sources_and_back() {
        for text in ["usb:any", "usb:2", "usb:Logitech", "file:/tmp/a.mp4", "pattern:corridor"] {
            assert_eq!(text.parse::<Source>().unwrap().to_string(), text);
        }
        for bad in ["", "usb:", "rtsp://", "rtsp:///x", "http://x", "file:", "pattern:", "usb:a\nb"] {
            assert_eq!(bad.parse::<Source>(), Err(BadSource), "{bad:?}");
        }
    }
}
