//! What clients ask for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    BriefingsCommand, CabinetCommand, DaysCommand, EvidenceCommand, IncidentsCommand, InventoryCommand,
    PapersCommand, Passphrase, PeopleCommand, PhotosCommand, Pin, ProfileCommand, RequestsCommand,
};
use crate::journal::{Outcome, RoomRange};
use crate::point::{CameraId, ChecklistId, PersonId, StepId};
use crate::signing::SignerRole;

/// What a client may ask for. Who may do what is checked in the station alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Choose a first PIN where the profile knows no code; refused when one is set.
    SetPin {
        person: PersonId,
        pin: Pin,
    },
    SignIn {
        person: PersonId,
        pin: Pin,
    },
    SignOut,
    /// PINs, stand-ins, presence.
    People(PeopleCommand),
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
    /// Run every automatic check of the list that has not passed, one after another.
    RunAutomatic {
        checklist: ChecklistId,
    },
    /// What the person found (manual steps, and the manual half of `both`).
    ConfirmStep {
        checklist: ChecklistId,
        step: StepId,
        outcome: Outcome,
        note: String,
    },
    /// What a reference clock shows at this moment, for the step of the clock.
    CompareClock {
        checklist: ChecklistId,
        step: StepId,
        reference: String,
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
    /// Pictures as evidence of steps.
    Photos(PhotosCommand),
    /// From now on the exam of this date is prepared: the checklists of the days before are for it.
    NameExam {
        date: NaiveDate,
    },
    Briefings(BriefingsCommand),
    /// The register of equipment.
    Inventory(InventoryCommand),
    /// Printed forms.
    Papers(PapersCommand),
    /// Days that are over.
    Days(DaysCommand),
    /// The station and the point's profile.
    Profile(ProfileCommand),
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
    /// For the rest of the day take the pictures of a lost camera from this one of [`super::Live::plugged`].
    ReplaceSource {
        camera: CameraId,
        source: String,
        reason: String,
    },
    /// The second signer consents through [`super::Request::approval`].
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
    /// Entries of the day's access log from that one on (the first is 0); at most `count`, and the station may
    /// give fewer.
    Accesses {
        from: u32,
        count: u32,
    },
    /// The recorder's cabinet, in an open access.
    Cabinet(CabinetCommand),
    /// Requests for help.
    Requests(RequestsCommand),
    /// What happened to the computer itself.
    Incidents(IncidentsCommand),
    /// The day's alarms from that one on (the first is 0), the oldest first; at most `count`, and the station
    /// may give fewer.
    Alarms {
        from: u32,
        count: u32,
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
    /// What is copied already stays; `target` is that of a [`super::CopyLive`].
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
    Evidence(EvidenceCommand),
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
