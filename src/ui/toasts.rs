//! What is told in passing when it was done, because the screen alone does not show it at a glance.

use crate::station::protocol::{CabinetCommand, Command, InventoryCommand, ProfileCommand, RequestsCommand};

/// The Fluent id of what to say.
pub fn told(command: &Command) -> Option<&'static str> {
    Some(match command {
        Command::OpenAccess { .. } => "ui-toast-access-opened",
        Command::CloseAccess { .. } => "ui-toast-access-closed",
        Command::Correct { .. } => "ui-toast-corrected",
        Command::CodeWritten { .. } => "ui-toast-code",
        Command::ApproveReference { .. } => "ui-toast-reference",
        Command::Requests(RequestsCommand::Make { .. }) => "ui-toast-request-made",
        Command::Requests(RequestsCommand::Pass { .. }) => "ui-toast-request-passed",
        Command::Requests(RequestsCommand::Resolve { .. }) => "ui-toast-request-resolved",
        Command::Cabinet(CabinetCommand::Open { .. } | CabinetCommand::Close { .. }) => "ui-toast-cabinet",
        Command::Inventory(
            InventoryCommand::Move { .. }
            | InventoryCommand::Replace { .. }
            | InventoryCommand::SetStock { .. },
        ) => "ui-toast-inventory",
        Command::Profile(ProfileCommand::Save { .. } | ProfileCommand::TakeUp) => "ui-toast-profile",
        Command::HandOver { .. } => "ui-toast-handed-over",
        _ => return None,
    })
}
