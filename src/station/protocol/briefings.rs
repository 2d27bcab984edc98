//! Briefings and who signed them.

use serde::{Deserialize, Serialize};

use crate::checklist::Bilingual;
use crate::point::{BriefingId, PersonId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BriefingsCommand {
    /// The text of one.
    Read { briefing: BriefingId },
    /// The person who gives their PIN with [`super::Request::approval`] has read this version.
    Sign { briefing: BriefingId, version: u32 },
}

/// How a briefing stands, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefingLine {
    pub id: BriefingId,
    pub version: u32,
    pub title: Bilingual,
    /// Who has signed it, and whose signature still counts.
    pub signed: Vec<PersonId>,
    /// Who still has to.
    pub unsigned: Vec<PersonId>,
}

impl super::View {
    /// Signatures that are missing.
    pub fn unsigned_briefings(&self) -> usize {
        self.briefings.iter().map(|line| line.unsigned.len()).sum()
    }
}
