//! Briefings: what people of some roles read and sign before an exam, read from `assets/briefings/*.toml`
//! and from the data folder's `briefings`.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::checklist::Bilingual;
use crate::i18n::Message;
use crate::point::{BriefingId, ROLES, Role};
use crate::signing::Digest;
use crate::tables::{self, Faults, Item, ReadError, Section};

/// Those that are part of the program.
const BUILT_IN: [(&str, &str); 4] = [
    ("fire-safety.toml", include_str!("../../assets/briefings/fire-safety.toml")),
    ("labour-safety.toml", include_str!("../../assets/briefings/labour-safety.toml")),
    ("technician.toml", include_str!("../../assets/briefings/technician.toml")),
    ("organisers.toml", include_str!("../../assets/briefings/organisers.toml")),
];

/// Files of its own that a point may have.
const MOST_OF_ITS_OWN: usize = 20;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Briefing {
    pub id: BriefingId,
    /// Grows with every change of the text, which is then to be signed anew.
    pub version: u32,
    /// Who has to have read it; at least one role.
    pub roles: Vec<Role>,
    /// So long a signature counts.
    pub valid_days: u32,
    pub title: Bilingual,
    /// At least one.
    pub paragraphs: Vec<Bilingual>,
}

impl Briefing {
    /// Reads a briefing's text. `file` is its file's name: the briefing's id with an ending.
    pub fn read(text: &str, file: &str) -> Result<Self, Faults> {
        tables::read(text, file, |root| read(root, file))
    }

    pub fn load(path: &Path) -> Result<Self, ReadError> {
        Ok(Self::read(&tables::read_text(path)?, &path.display().to_string())?)
    }

    /// What was signed, whatever else bears the same version.
    pub fn sha256(&self) -> Digest {
        Digest::of(&serde_json::to_vec(self).unwrap_or_default())
    }
}

/// The briefings that are part of the program; a file of the same name in the data folder's `briefings`
/// takes the place of one, and any other there is one more.
pub fn of_the_point(data: &Path) -> Result<Vec<Briefing>, ReadError> {
    let folder = data.join("briefings");
    let mut briefings = Vec::new();
    for (name, text) in BUILT_IN {
        briefings.push(match Briefing::load(&folder.join(name)) {
            Err(ReadError::Missing { .. }) => Briefing::read(text, name)?,
            read => read?,
        });
    }
    for path in tables::files_in(&folder, MOST_OF_ITS_OWN)? {
        let is_built_in = |(name, _): &(&str, &str)| path.file_name().is_some_and(|own| own == *name);
        if !BUILT_IN.iter().any(is_built_in) {
            briefings.push(Briefing::load(&path)?);
        }
    }
    Ok(briefings)
}

fn read(root: &mut Section<'_>, file: &str) -> Option<Briefing> {
    let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let id = root.required("id").and_then(|item| {
        let id: BriefingId = item.parsed()?;
        if id.as_str() != stem {
            item.fault(Message::new("fault-checklist-id").with("text", stem));
        }
        Some(id)
    });
    let version = root.required("version").and_then(|item| item.integer(1..=1_000_000));
    let roles = root.required("roles").and_then(|item| item.items(1..=ROLES.len()));
    let roles = roles.and_then(|roles| roles.iter().map(|role| role.choice(&ROLES)).collect());
    let valid_days = root.required("valid_days").and_then(|item| item.integer(1..=1_100));
    let title = root.required("title").and_then(|item| both(&item, 120));
    let paragraphs = root.required("paragraphs");
    let paragraphs = paragraphs.and_then(|item| item.items(1..=40));
    let paragraphs = paragraphs.map(|items| items.iter().map(|item| both(item, 1_000)).collect::<Vec<_>>());
    Some(Briefing {
        id: id?,
        version: version?,
        roles: roles?,
        valid_days: valid_days?,
        title: title?,
        paragraphs: paragraphs?.into_iter().collect::<Option<_>>()?,
    })
}

fn both(item: &Item<'_>, max: usize) -> Option<Bilingual> {
    let mut section = item.section()?;
    let ru = section.required("ru").and_then(|item| item.text(max));
    let en = section.required("en").and_then(|item| item.text(max));
    section.finish();
    Some(Bilingual { ru: ru?, en: en? })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_built_in_ones_are_sound_and_a_point_s_own_take_their_place() {
        let folder = tempfile::tempdir().unwrap();
        let built_in = of_the_point(folder.path()).unwrap();
        assert_eq!(built_in.len(), BUILT_IN.len());
        let own = folder.path().join("briefings");
        fs::create_dir(&own).unwrap();
        let (name, text) = BUILT_IN[0];
        fs::write(own.join(name), text.replace("version = 1", "version = 2")).unwrap();
        fs::write(own.join("first-aid.toml"), text.replace("id = \"fire-safety\"", "id = \"first-aid\""))
            .unwrap();
        let all = of_the_point(folder.path()).unwrap();
        assert_eq!((all.len(), all[0].version), (BUILT_IN.len() + 1, 2));
        assert_ne!(all[0].sha256(), built_in[0].sha256());
        fs::write(own.join("first-aid.toml"), "version = 1").unwrap();
        assert!(matches!(of_the_point(folder.path()), Err(ReadError::Wrong(_))));
    }

    #[test]
    fn a_wrong_briefing_is_refused_with_every_fault_in_it() {
        let text = "id = \"other\"\nversion = 1\nroles = [\"king\"]\nvalid_days = 0\n\
                    title = { ru = \"Имя\" }\nparagraphs = []\n";
        let faults = Briefing::read(text, "fire.toml").unwrap_err();
        let listed: Vec<_> = faults.0.iter().map(|fault| (fault.spot.line, fault.message().id)).collect();
        let expected = [
            (1, "fault-checklist-id"),
            (3, "fault-choice"),
            (4, "fault-range"),
            (5, "fault-missing"),
            (6, "fault-count"),
        ];
        assert_eq!(listed, expected.map(|(line, id)| (line, id.to_owned())));
    }
}
