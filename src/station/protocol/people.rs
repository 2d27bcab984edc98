//! What clients ask for about people, and how a person stands at the sign-in.

use serde::{Deserialize, Serialize};

use super::Pin;
use crate::point::PersonId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeopleCommand {
    /// Choose a first PIN with the one-time code that the profile knows the hash of.
    FirstPin { person: PersonId, code: Pin, pin: Pin },
    /// Choose a new PIN for a forgotten one. Somebody else who may supervise is there, and says so through
    /// [`super::Request::approval`]; nobody needs to be signed in.
    RenewPin { person: PersonId, pin: Pin, reason: String },
    /// For today somebody else does this person's work, and chooses a PIN. Approved in the same way.
    StandIn { replaced: PersonId, name: String, pin: Pin, reason: String },
    /// Somebody is at this window. From the first of these on it is locked when they cease.
    Here,
    /// Leave the kiosk's window, approved in the same way.
    Leave { reason: String },
}

/// What it takes to choose a first PIN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstPin {
    /// Nothing more.
    #[default]
    Free,
    /// The one-time code.
    Code,
    /// The approval of somebody who may supervise.
    Witness,
}
