//! What clients tell of the cabinet that the recorder stands in.

use serde::{Deserialize, Serialize};

use crate::journal::Seal;
use crate::point::PersonId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CabinetCommand {
    /// Opened in this open access. The initiator signs through [`super::Request::approval`], or by pen on the form.
    Open { access: u32, initiator: PersonId, seals: Vec<Seal> },
    /// Closed and sealed again.
    Close { access: u32, pak_on: bool, seals: Vec<String> },
}
