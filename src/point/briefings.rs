//! What becomes of briefings that nobody signed.

use serde::Serialize;

use crate::tables::Item;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BriefingRules {
    pub unsigned: Unsigned,
}

/// What happens at the end of the main check while somebody has not signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsigned {
    /// It is told.
    #[default]
    Warn,
    /// The check can't be finished.
    Block,
}

impl BriefingRules {
    pub(super) fn read(item: &Item<'_>) -> Option<Self> {
        let mut section = item.section()?;
        let words = [("warn", Unsigned::Warn), ("block", Unsigned::Block)];
        let unsigned = section.optional("unsigned").map_or(Some(Unsigned::Warn), |item| item.choice(&words));
        section.finish();
        Some(Self { unsigned: unsigned? })
    }
}
