//! The standard set of software: what has to be here, what must not, and what may.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::{NAME, maybe, or};
use crate::i18n::Message;
use crate::tables::{Item, Section};

/// Patterns that a profile itself may list; longer lists stand in a file.
const MOST_PATTERNS: usize = 500;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SoftwareRules {
    pub required: Vec<RequiredPackage>,
    /// Packages, AppImages and running programs that must not be here.
    pub forbidden: Vec<NamePattern>,
    /// Everything else is unapproved; none, and no file either: whatever is not forbidden may be here.
    pub approved: Option<Vec<NamePattern>>,
    /// More of them, one a line; absolute.
    pub approved_file: Option<PathBuf>,
}

/// A package by the name that the system's list has for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequiredPackage {
    pub name: String,
    pub min_version: Option<String>,
    pub max_version: Option<String>,
}

impl SoftwareRules {
    pub(super) fn read(section: &mut Section<'_>) -> Option<Self> {
        let required = or(section, "required", Vec::new(), |item| {
            item.sections(0..=MOST_PATTERNS, RequiredPackage::read)?.into_iter().collect()
        });
        let forbidden = or(section, "forbidden", Vec::new(), patterns);
        let approved = maybe(section, "approved", patterns);
        let approved_file = maybe(section, "approved_file", |item| {
            let path = PathBuf::from(item.text(400)?);
            if path.is_absolute() {
                return Some(path);
            }
            item.fault(Message::new("fault-full-path"));
            None
        });
        Some(Self {
            required: required?,
            forbidden: forbidden?,
            approved: approved?,
            approved_file: approved_file?,
        })
    }
}

impl RequiredPackage {
    fn read(section: &mut Section<'_>) -> Option<Self> {
        let name = section.required("name").and_then(|item| item.text(NAME));
        let min_version = maybe(section, "min_version", |item| item.text(60));
        let max_version = maybe(section, "max_version", |item| item.text(60));
        Some(Self { name: name?, min_version: min_version?, max_version: max_version? })
    }
}

fn patterns(item: &Item<'_>) -> Option<Vec<NamePattern>> {
    let items = item.items(0..=MOST_PATTERNS)?;
    let pattern = |item: &Item<'_>| Some(NamePattern::new(&item.text(NAME)?));
    items.iter().map(pattern).collect::<Vec<_>>().into_iter().collect()
}

/// A name in which `*` stands for anything; great and small letters are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePattern(String);

impl NamePattern {
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_lowercase())
    }

    pub fn fits(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        let Some((first, rest)) = self.0.split_once('*') else { return self.0 == name };
        let Some(mut left) = name.strip_prefix(first) else { return false };
        // What stands between two stars fits best where it comes first.
        let (middle, last) = rest.rsplit_once('*').map_or(("", rest), |(middle, last)| (middle, last));
        for piece in middle.split('*').filter(|piece| !piece.is_empty()) {
            let Some(at) = left.find(piece) else { return false };
            left = &left[at + piece.len()..];
        }
        left.ends_with(last)
    }
}

impl FromStr for NamePattern {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::new(text))
    }
}

impl fmt::Display for NamePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for NamePattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        let fits = |pattern: &str, name: &str| NamePattern::new(pattern).fits(name);
        assert!(fits("AnyDesk", "anydesk") && !fits("anydesk", "anydesk2"));
        assert!(fits("team*", "TeamViewer") && fits("*viewer*", "TeamViewer") && fits("*", ""));
        assert!(fits("lib*-common", "libreoffice-common") && !fits("lib*-common", "libreoffice-writer"));
        assert!(fits("a*b*c", "a-b-b-c") && !fits("a*b*c", "a-c") && !fits("ab*ba", "aba"));
    }
}
