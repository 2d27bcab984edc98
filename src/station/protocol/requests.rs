//! What clients do about requests for help.

use serde::{Deserialize, Serialize};

use crate::journal::SupportLine;
use crate::point::RoomNumber;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestsCommand {
    /// Somebody needs help. Takes no right: whoever is signed in may ask, but for observers.
    Make {
        room: RoomNumber,
        category: String,
        text: String,
    },
    /// Others work at it from now on.
    Pass {
        request: u32,
        to: SupportLine,
        reason: String,
    },
    Resolve {
        request: u32,
        text: String,
    },
    /// The day's requests from that one on (the first is 0); at most `count`, and the station may give fewer.
    List {
        from: u32,
        count: u32,
    },
}
