//! What the journal knows of the cabinet that the recorder stands in: opened and closed within an access.

use serde::{Deserialize, Serialize};

use crate::point::PersonId;

/// The cabinet was opened in this access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CabinetOpened {
    pub access: u32,
    /// On whose word; signed here if the record's actor is this person or was approved by them.
    pub initiator: PersonId,
    /// The seals that were on it.
    pub seals: Vec<Seal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// As it stands on the seal.
    pub number: String,
    pub intact: bool,
}

/// The cabinet was closed and sealed again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CabinetClosed {
    pub access: u32,
    /// How the equipment in it was found to be.
    pub pak_on: bool,
    /// Numbers of the new seals.
    pub seals: Vec<String>,
}
