//! Printed forms: handed to a printer, or saved as PDF.

use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::point::DayId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PapersCommand {
    /// Ask this computer for its printers; they come in [`PapersLive::printers`].
    FindPrinters,
    /// Hand a form to this printer, or to the usual one; how it goes is seen in [`PapersLive::work`].
    Print { paper: PaperAsked, printer: Option<String> },
    /// Save a form as PDF in this folder, over no other file; seen in the same place.
    Save { paper: PaperAsked, folder: String },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperAsked {
    /// Its id, such as `access-log-b`.
    pub form: String,
    /// For a form of a day: which one, or that at hand. A form of the point tells of now.
    pub day: Option<DayId>,
    /// Of the equipment only that with all these words in it; all if empty.
    pub words: String,
}

/// How the work on them goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PapersLive {
    /// As far as a view has room.
    pub printers: Vec<String>,
    /// The printers are being asked for.
    pub looking: bool,
    /// Why no printers can be found.
    pub no_printers: Option<Message>,
    /// Where forms can be saved on this computer itself.
    pub folder: String,
    /// The form that was asked for last.
    pub work: Option<PaperLive>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperLive {
    pub form: String,
    pub state: PaperState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    Working,
    /// In the printer's queue, under this name; why it does not print now, if it does not.
    Queued {
        job: String,
        stopped: Option<String>,
    },
    Saved {
        path: String,
    },
    /// What happened, what to do.
    Failed(Message),
}
