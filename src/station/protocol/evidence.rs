//! What convinces others: the acts on paper, who countersigns with what, the page that checks archives.

use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::point::DayId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceCommand {
    /// What stands on a paper act of the day: [`super::Answer::Act`].
    Act { which: PaperKind },
    /// Look on media, and in the usual places of this home, for files to countersign with; they come in
    /// [`EvidenceLive::signing_files`].
    FindSigningFiles { home: String },
    /// Save the page that checks archives into this folder; what came of it is seen in
    /// [`EvidenceLive::page`].
    SavePage { folder: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    Opening,
    /// Once the archive is complete.
    Closing,
}

/// What is to be photographed or copied by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActOnPaper {
    pub day: DayId,
    pub opening_code: String,
    /// Fingerprints, `SHA256:…`: of the station's key, and of the day's first epoch.
    pub device_key: String,
    pub epoch_key: String,
    pub closing: Option<ClosingOnPaper>,
    /// What its QR code holds; `verify --act` reads it.
    pub code_text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingOnPaper {
    pub closing_code: String,
    pub restarts: u32,
    pub records: u64,
    /// File and the first 16 digits of its hash, in the order of the parts.
    pub parts: Vec<(String, String)>,
}

/// How the work on it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceLive {
    /// What was found, as far as a view has room; those on media first.
    pub signing_files: Vec<SigningFile>,
    /// Somebody asked, and not every place was looked at yet.
    pub looking: bool,
    pub page: Option<PageLive>,
}

/// A file that somebody could countersign with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SigningFile {
    pub path: String,
    pub kind: SigningFileKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SigningFileKind {
    /// A private key of OpenSSH.
    Key,
    /// As `ssh-keygen -Y sign` makes it.
    Signature,
    /// `.p7s`, carried along unchecked.
    National,
}

/// The page that was asked for last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLive {
    /// Where it is saved.
    pub path: String,
    pub sha256: String,
    pub state: PageState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageState {
    Saving,
    /// It stands there, read back.
    Saved,
    /// What happened, what to do.
    Failed(Message),
}
