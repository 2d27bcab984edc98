//! What clients and the station say to each other: [`Request`]s in, [`Update`]s out.

mod copies;
mod secrets;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::day::{Day, Handover};
use crate::i18n::Message;
use crate::journal::{Outcome, RoomRange};
use crate::point::{CameraId, ChecklistId, PersonId, Role, StepId, Wording};
use crate::signing::SignerRole;

pub use copies::{CopyLive, CopyState};
pub use secrets::{Passphrase, Pin};

/// Grows by one with every change that an older client could not read.
pub const PROTOCOL_VERSION: u32 = 3;

/// A command with the number that its answer will carry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    pub id: u64,
    pub command: Command,
    /// A second person's PIN, where the one signed in may not do it alone.
    pub approval: Option<Approval>,
}

/// Somebody else's consent, given at this screen by their PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    pub person: PersonId,
    pub pin: Pin,
}

/// What a client may ask for. Who may do what is checked in the station alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Choose a first PIN; refused when one is set.
    SetPin {
        person: PersonId,
        pin: Pin,
    },
    SignIn {
        person: PersonId,
        pin: Pin,
    },
    SignOut,
    /// Begin today's exam day, or take it up again.
    PlanDay,
    /// Begin today's exam day where another computer's ended, and record at once.
    TakeOver {
        from: OldStation,
        reason: String,
    },
    StartCheck {
        checklist: ChecklistId,
    },
    /// Run a step's automatic check; for `both`, its result waits for the confirmation.
    RunStep {
        checklist: ChecklistId,
        step: StepId,
    },
    /// What the person found (manual steps, and the manual half of `both`).
    ConfirmStep {
        checklist: ChecklistId,
        step: StepId,
        outcome: Outcome,
        note: String,
    },
    /// Let a failed step stand; needs somebody with the right to waive.
    WaiveStep {
        checklist: ChecklistId,
        step: StepId,
        reason: String,
    },
    FinishCheck {
        checklist: ChecklistId,
    },
    /// The view of this camera that was approved last.
    Reference {
        camera: CameraId,
    },
    /// What this camera shows now is how it should see the room.
    ApproveReference {
        camera: CameraId,
    },
    /// Start these cameras; all of them when empty.
    StartRecording {
        cameras: Vec<CameraId>,
    },
    /// Stop these cameras (all when empty) on the head's order: after the handover, or before it
    /// with a reason.
    StopRecording {
        cameras: Vec<CameraId>,
        handover_done: bool,
        reason: String,
    },
    /// For the rest of the day take the pictures of a lost camera from this one of [`Live::plugged`].
    ReplaceSource {
        camera: CameraId,
        source: String,
        reason: String,
    },
    /// The second signer consents through [`Request::approval`].
    OpenAccess {
        rooms: RoomRange,
        action: String,
        reason: String,
        time_from: String,
    },
    CloseAccess {
        access: u32,
        result: String,
        time_to: String,
    },
    ExplainAccess {
        access: u32,
        text: String,
    },
    Correct {
        record: u64,
        text: String,
        reason: String,
    },
    CodeWritten {
        code: String,
    },
    /// Why there was no video, for the outages that these records told of.
    ExplainOutages {
        records: Vec<u64>,
        text: String,
    },
    AcknowledgeAlarm {
        alarm: String,
    },
    /// Close the day and pack what is left; progress comes in the view.
    Seal,
    /// Copy the archive into a folder or onto a medium and verify the copy: the parts that are closed
    /// now, the others as they are closed.
    CopyTo {
        target: String,
    },
    /// What is copied already stays; `target` is that of a [`CopyLive`].
    CancelCopy {
        target: String,
    },
    /// Make the backups that the profile asks for and that failed before.
    BackUp,
    /// The copies were handed over; on fewer than two media with a reason.
    HandOver {
        reason: String,
    },
    /// Put a countersignature beside the sealed day: `file` is the person's OpenSSH key, or a signature
    /// made elsewhere, on this computer or a medium in it.
    Countersign {
        role: SignerRole,
        file: String,
        passphrase: Passphrase,
    },
    /// Journal records from `from` on, at most `count` (the station may give fewer).
    Records {
        from: u64,
        count: u32,
    },
    /// From now on send pictures of these cameras, about this wide; none when empty.
    Watch {
        cameras: Vec<CameraId>,
        width: u32,
        /// The one of them that is looked at closely: every frame of it, at most fifteen a second.
        #[serde(default)]
        enlarged: Option<CameraId>,
    },
    /// End the station process; refused while it records.
    Shutdown,
}

/// What a person knows of the computer that failed. Of the code and the disk one is enough, and none
/// is better than not to record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldStation {
    /// Its name in the profile, such as `main`; may be empty if its disk tells.
    pub station: String,
    /// The newest of its codes on paper, or nothing.
    pub code: String,
    /// Its data folder, where it can be read on this computer, or nothing.
    pub data: String,
}

/// What the station sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Update {
    /// First thing on every connection.
    Hello {
        protocol: u32,
        version: String,
    },
    /// The whole picture of the day, whenever it changed; only the newest counts.
    View(Box<View>),
    Answer {
        id: u64,
        result: Result<Answer, Message>,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Done, and on disk.
    Done,
    /// Begun; how it goes is seen in the view.
    Begun,
    Records {
        total: u64,
        records: Vec<RecordLine>,
    },
    /// None: nobody ever approved of one.
    Reference {
        camera: CameraId,
        picture: Option<SmallPicture>,
    },
}

/// A picture small enough for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmallPicture {
    pub width: u32,
    pub height: u32,
    /// RGB, three bytes a pixel, rows without padding, in base 64.
    pub rgb: String,
}

/// A journal record as a table shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordLine {
    pub n: u64,
    pub utc_ms: i64,
    pub person: Option<PersonId>,
    /// The event's type, as in the journal.
    pub kind: String,
    /// The event in words.
    pub text: Message,
}

/// Everything a window needs to draw. Stays under 64 KB.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    pub point: PointView,
    /// The exam day as the journal tells it; none before it is planned.
    pub day: Option<Day>,
    /// Where its archive was copied to.
    pub handover: Option<Handover>,
    /// Who is signed in on this connection.
    pub signed_in: Option<PersonId>,
    pub live: Live,
}

/// The exam point as far as a window shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointView {
    pub region: String,
    pub code: String,
    pub name: String,
    pub subject: String,
    /// Minutes east of UTC at the point, today.
    pub offset_min: i32,
    pub people: Vec<PersonView>,
    pub rooms: Vec<crate::point::Room>,
    pub cameras: Vec<CameraInfo>,
    pub actions: Vec<Wording>,
    /// Copies on media are encrypted: only the regional centre can open them.
    pub confidential: bool,
    pub checklists: crate::checklist::Checklists,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    pub id: PersonId,
    pub name: String,
    pub post: String,
    pub role: Role,
    pub has_pin: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameraInfo {
    pub id: CameraId,
    pub name: String,
    pub room: crate::point::RoomNumber,
    pub delivered: bool,
}

/// What is true right now and needs no record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Live {
    pub cameras: BTreeMap<CameraId, CameraLive>,
    /// USB cameras that are plugged in and in no use.
    pub plugged: Vec<PluggedCamera>,
    pub disk: Option<DiskLive>,
    /// Checks that are running at this moment.
    pub running_steps: Vec<(ChecklistId, StepId)>,
    /// Cameras whose reference is being taken.
    pub references: Vec<CameraId>,
    pub work: Option<WorkLive>,
    /// Copies that are being made, or were since the station started.
    pub copies: Vec<CopyLive>,
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
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetLive {
    pub path: String,
    pub name: String,
    pub free_bytes: u64,
    pub removable: bool,
}

/// A preview picture: travels raw on a connection of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewPicture {
    pub camera: CameraId,
    pub width: u32,
    pub height: u32,
    /// RGB, three bytes a pixel, rows without padding.
    pub rgb: Vec<u8>,
}
