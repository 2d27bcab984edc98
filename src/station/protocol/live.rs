//! The half of the view that stands in no journal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CopyLive, EvidenceLive, PapersLive};
use crate::i18n::Message;
use crate::point::{CameraId, ChecklistId, StepId};
use crate::signing::SignerRole;

/// What is true right now and needs no record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Live {
    pub cameras: BTreeMap<CameraId, CameraLive>,
    /// USB cameras that are plugged in and in no use.
    pub plugged: Vec<PluggedCamera>,
    pub disk: Option<DiskLive>,
    /// Checks that are running at this moment.
    pub running_steps: Vec<(ChecklistId, StepId)>,
    /// Cameras of which a reference, or a picture for a step, is being taken.
    pub references: Vec<CameraId>,
    pub work: Option<WorkLive>,
    /// What is done with a day that is over.
    #[serde(default)]
    pub older: Option<WorkLive>,
    /// How many verifications and deletions of days that are over have come to their end since the station
    /// started: with each the list of days is another one.
    #[serde(default)]
    pub older_ended: u32,
    /// Copies that are being made, or were since the station started.
    pub copies: Vec<CopyLive>,
    /// Places of verified copies that lack what was put beside the archive later; their media are not in.
    #[serde(default)]
    pub copies_behind: Vec<String>,
    /// Media that an archive could be copied to.
    pub targets: Vec<TargetLive>,
    /// Where the archive's parts stand.
    pub archive_folder: String,
    /// For the paper acts: of epoch 0's key, and of the closed day's last checkpoint.
    pub opening_code: Option<String>,
    pub closing_code: Option<String>,
    /// Whose signatures lie beside the sealed day.
    #[serde(default)]
    pub countersigned: Vec<SignerRole>,
    #[serde(default)]
    pub evidence: EvidenceLive,
    /// Forms that are printed or saved.
    #[serde(default)]
    pub papers: PapersLive,
    /// The journal can't be written any more: what to tell, and nothing else will be accepted.
    pub fault: Option<Message>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameraLive {
    /// Frames of the last second, in thousandths.
    pub frames_per_second_milli: u32,
    pub width: u32,
    pub height: u32,
    /// Frames written since recording began, over all segments.
    pub frames: u64,
    pub bytes: u64,
    /// Milliseconds since the last frame.
    pub silent_ms: u64,
    /// When the next try to reconnect is due, if it is lost.
    pub retry_in_ms: Option<u64>,
    /// None without sound, and before anything is known of it.
    pub sound: Option<SoundLive>,
}

/// How a camera sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundLive {
    /// Sound is coming.
    pub works: bool,
    /// There has been nothing to hear in it for longer than the profile allows.
    pub silent: bool,
    /// Of the last quarter of a second, in dB of full scale; none of sound that is stored as it comes.
    pub peak_dbfs: Option<i16>,
    pub rms_dbfs: Option<i16>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PluggedCamera {
    /// How a profile would name it: `usb:<port>`.
    pub source: String,
    pub name: String,
    /// The port.
    pub bus: String,
    /// What it offers, as far as a view has room.
    pub formats: Vec<String>,
    /// Why its formats could not be read.
    pub problem: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskLive {
    pub free_bytes: u64,
    pub needed_bytes: u64,
    /// When the disk will be full at the present rate, UTC ms.
    pub lasts_until_ms: Option<i64>,
    /// It can't be written to at all: what happened and what to do.
    pub trouble: Option<Message>,
}

/// Long work in progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkLive {
    pub kind: WorkKind,
    pub done_bytes: u64,
    pub total_bytes: u64,
    pub bytes_per_second: u64,
    pub eta_ms: Option<u64>,
    /// Set when it ended badly: what happened, what to do.
    pub failed: Option<Message>,
    pub finished: bool,
    /// What it works on, such as the target's folder.
    pub subject: String,
}

impl WorkLive {
    /// At its very beginning.
    pub fn begun(kind: WorkKind, total_bytes: u64, subject: String) -> Self {
        Self {
            kind,
            done_bytes: 0,
            total_bytes,
            bytes_per_second: 0,
            eta_ms: None,
            failed: None,
            finished: false,
            subject,
        }
    }

    /// It has come to no end yet, good or bad.
    pub fn runs(&self) -> bool {
        !self.finished && self.failed.is_none()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    Seal,
    Verify,
    Delete,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetLive {
    pub path: String,
    pub name: String,
    pub free_bytes: u64,
    pub removable: bool,
}
