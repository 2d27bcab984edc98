//! Names of files inside a part.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A name that every file system takes as it is and that leads nowhere else: segments of
/// `[a-z0-9._-]` joined by `/`, none empty, none ending in a dot, no Windows device name, at most
/// [`EntryName::MAX_BYTES`] bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntryName(String);

/// A text that may not name a file in a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    #[error("the name is empty or too long")]
    Length,
    #[error("the name has a character other than a-z, 0-9, dot, dash, underscore, slash")]
    Character,
    #[error("the name has an empty segment or one that ends in a dot")]
    Segment,
    #[error("the name is a Windows device")]
    Device,
}

impl EntryName {
    /// Leaves room for the folder that a part is unpacked into on systems that allow 260.
    pub const MAX_BYTES: usize = 200;

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This name below a folder.
    pub fn under(&self, folder: &str) -> Result<Self, BadName> {
        format!("{folder}/{self}").parse()
    }

    /// The names of the folders it stands in, from the inside out.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.0.rmatch_indices('/').map(|(at, _)| &self.0[..at])
    }
}

/// Reserved in every folder, whatever ending follows (Microsoft, "Naming Files, Paths, and
/// Namespaces").
fn is_windows_device(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default();
    match stem {
        "con" | "prn" | "aux" | "nul" => true,
        _ => match (stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")), stem.len()) {
            (Some(digit), 4) => digit.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        },
    }
}

impl FromStr for EntryName {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        if text.is_empty() || text.len() > Self::MAX_BYTES {
            return Err(BadName::Length);
        }
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-/".contains(&b);
        if !text.bytes().all(allowed) {
            return Err(BadName::Character);
        }
        for segment in text.split('/') {
            // A segment that ends in a dot covers `.` and `..` too.
            if segment.is_empty() || segment.ends_with('.') {
                return Err(BadName::Segment);
            }
            if is_windows_device(segment) {
                return Err(BadName::Device);
            }
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for EntryName {
    type Error = BadName;
    fn try_from(text: String) -> Result<Self, BadName> {
        text.parse()
    }
}

impl From<EntryName> for String {
    fn from(name: EntryName) -> String {
        name.0
    }
}

impl fmt::Display for EntryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_system_reads_otherwise_are_refused() {
        for (bad, why) in [
            ("", BadName::Length),
            (&*"a".repeat(201), BadName::Length),
            ("a\\b", BadName::Character),
            ("a:b", BadName::Character),
            ("A", BadName::Character),
            ("a\0", BadName::Character),
            ("/a", BadName::Segment),
            ("a/", BadName::Segment),
            ("a//b", BadName::Segment),
            ("a/../b", BadName::Segment),
            ("./a", BadName::Segment),
            ("a./b", BadName::Segment),
            ("a/nul.txt", BadName::Device),
            ("lpt1", BadName::Device),
        ] {
            assert_eq!(bad.parse::<EntryName>(), Err(why), "{bad:?}");
        }
        for good in ["a", "com.txt", "lpt", "nullable", ".x", "x-01/data/video/entrance-1/000010.mp4"] {
            assert!(good.parse::<EntryName>().is_ok(), "{good:?}");
        }
    }

    #[test]
    fn folders_go_from_the_inside_out() {
        let name: EntryName = "a/b/c".parse().unwrap();
        assert_eq!(name.folders().collect::<Vec<_>>(), ["a/b", "a"]);
    }
}
