//! What can happen. An event never holds a secret, a floating-point number or a translated text.

mod briefing;
mod cabinet;
mod equipment;
mod inventory;
mod keys;
mod medium;
mod older_days;
mod people;
mod photo;
mod preparation;
mod profile;
mod request;
mod terms;
mod video;

use serde::{Deserialize, Serialize};

pub use briefing::BriefingSigned;
pub use cabinet::{CabinetClosed, CabinetOpened, Seal};
pub use equipment::{
    Change, EquipmentChanged, EquipmentExplained, EquipmentSeen, Noticed, Thing, ThingKind, explains,
};
pub use inventory::{
    Item, ItemMoved, ItemReplaced, ItemState, ItemsCounted, ItemsListed, MoveAct, StockChanged,
};
pub use keys::KeyRotated;
pub use medium::MediumTold;
pub use older_days::{DayDeleted, DayDeletionBegun, DayVerified};
pub use people::{KioskLeft, PersonReplaced, PinRenewed, ScreenLocked, SignInPaused};
pub use photo::StepPhotographed;
pub use preparation::ExamNamed;
pub use profile::ProfileChanged;
pub use request::{RequestLate, RequestMade, RequestPassed, RequestResolved, SupportLine};
pub use terms::{Actor, DiskLevel, Evidence, Link, OutageLevel, Outcome, RoomRange};
pub use video::{CopyPurpose, Group, SealedPart, Segment, Still, VideoHead};

use crate::i18n::Message;
use crate::point::{Ailment, CameraId, ChecklistId, DayId, PersonId, StepId, Zone};
use crate::signing::{Digest, SignerRole};

/// One thing that happened, as the journal keeps it (`"type"` names the variant).
///
/// Times of day are UTC milliseconds. Adding a variant is allowed, changing one is not:
/// archives are read for years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    // ---- the point's journal ------------------------------------------------------------
    /// First record of the point's journal.
    PointOpened {
        device_key: String,
    },
    KeyRotated(KeyRotated),
    ProfileChanged(ProfileChanged),
    /// A person chose a PIN; the verifier is kept elsewhere.
    PinSet {
        person: PersonId,
    },
    PinRenewed(PinRenewed),
    PersonReplaced(PersonReplaced),
    ExamNamed(ExamNamed),
    BriefingSigned(BriefingSigned),
    ItemsListed(ItemsListed),
    ItemMoved(ItemMoved),
    ItemReplaced(ItemReplaced),
    ItemsCounted(ItemsCounted),
    StockChanged(StockChanged),
    DayVerified(DayVerified),
    DayDeletionBegun(DayDeletionBegun),
    DayDeleted(DayDeleted),
    /// An exam day's journal was begun; `plan` is the SHA-256 of its `day.json`.
    DayPlanned {
        day: DayId,
        plan: Digest,
    },
    /// An exam day was sealed; `parts` are the parts' hashes in order, part 00 last.
    DaySealed {
        day: DayId,
        parts: Vec<Digest>,
    },
    /// Copying a day's archive there was begun; `medium` tells one medium from another, and is empty for
    /// a folder on the recorder's own disk.
    CopyBegun {
        day: DayId,
        target: String,
        medium: String,
        purpose: CopyPurpose,
        encrypted: bool,
    },
    MediumTold(MediumTold),
    /// The sealed archive was copied there and read back.
    CopyVerified {
        day: DayId,
        target: String,
        files: u32,
    },
    /// It was not; what is there of it stays.
    CopyFailed {
        day: DayId,
        target: String,
        cause: Message,
    },
    /// A day's archive was handed over on so many media; on fewer than two with a reason.
    HandedOver {
        day: DayId,
        media: u32,
        reason: String,
    },

    /// A countersignature was put beside the sealed day's part 00; the hash is its file's.
    Countersigned {
        day: DayId,
        role: SignerRole,
        key: String,
        sha256: Digest,
    },

    // ---- the station --------------------------------------------------------------------
    /// First record of a day's journal.
    DayOpened {
        day: DayId,
        epoch_key: String,
    },
    StationStarted {
        version: String,
        /// 0 for the first start of the day.
        restart: u32,
        link: Link,
    },
    StationStopped {},
    /// This station goes on with the exam day that another one began; the document has what was known of it.
    TakenOver {
        day: DayId,
        reason: String,
    },
    /// The journal's torn last line was cut off on recovery.
    TornTailCut {
        bytes: u64,
    },
    SignedIn {
        person: PersonId,
    },
    SignedOut {
        person: PersonId,
    },
    SignInFailed {
        person: PersonId,
    },
    SignInPaused(SignInPaused),
    ScreenLocked(ScreenLocked),
    KioskLeft(KioskLeft),
    /// The wall clock moved against the monotonic one; positive: forward.
    ClockStepped {
        step_ms: i64,
    },
    /// The computer's offset from UTC is another one, in minutes east.
    TimeZoneChanged {
        from_min: i32,
        to_min: i32,
    },
    DiskLow {
        level: DiskLevel,
        free_bytes: u64,
        needed_bytes: u64,
    },
    DiskRecovered {
        free_bytes: u64,
    },
    AlarmAcknowledged {
        alarm: String,
    },

    // ---- checks -------------------------------------------------------------------------
    CheckStarted {
        checklist: ChecklistId,
        version: u32,
    },
    /// A step was done or run, and this came of it; a later record of the step replaces it.
    StepRecorded {
        checklist: ChecklistId,
        step: StepId,
        outcome: Outcome,
        /// A person confirmed it, or the step needs nobody to.
        confirmed: bool,
        /// What an automatic check says of its result.
        finding: Option<Message>,
        evidence: Vec<Evidence>,
        note: String,
    },
    StepPhotographed(StepPhotographed),
    StepWaived {
        checklist: ChecklistId,
        step: StepId,
        reason: String,
    },
    CheckFinished {
        checklist: ChecklistId,
    },

    // ---- recording ----------------------------------------------------------------------
    RecordingStarted {
        cameras: Vec<CameraId>,
    },
    /// The timetable's time for a zone has come; the station's `RecordingStarted` of these cameras follows.
    StartDue {
        zone: Zone,
        at_ms: i64,
        cameras: Vec<CameraId>,
    },
    /// The head ordered the stop: after the handover, or before it with a reason.
    StopOrdered {
        cameras: Vec<CameraId>,
        handover_done: bool,
        reason: String,
    },
    RecordingStopped {
        camera: CameraId,
    },
    /// Frames are coming (first ones, or again after `CameraLost`).
    CameraWorks {
        camera: CameraId,
        width: u32,
        height: u32,
        detail: String,
    },
    /// For the rest of the day the camera's pictures come from this USB device.
    SourceReplaced {
        camera: CameraId,
        source: String,
        reason: String,
    },
    /// No frame for 5 s or the source failed.
    CameraLost {
        camera: CameraId,
        last_frame_ms: Option<i64>,
        cause: Message,
    },
    /// The camera's driver hangs in so many threads that it is not asked any more.
    DriverStuck {
        camera: CameraId,
        attempts: u32,
    },
    /// Sound is coming (the first, or again after `SoundLost`).
    SoundWorks {
        camera: CameraId,
        detail: String,
    },
    /// No sound for 5 s, or its source failed. The pictures go on; the recording is silent.
    SoundLost {
        camera: CameraId,
        cause: Message,
    },
    /// The microphone works, and since then there has been nothing to hear.
    SoundSilent {
        camera: CameraId,
        from_ms: i64,
    },
    /// There was nothing to hear between these times. Ends `SoundSilent`.
    SoundHeard {
        camera: CameraId,
        from_ms: i64,
        to_ms: i64,
    },
    /// No video between these times while recording was on. Written when it ends.
    Gap {
        camera: CameraId,
        from_ms: i64,
        to_ms: i64,
        cause: Message,
    },
    SegmentFinished(Segment),
    /// What a finished segment's index holds, told of that camera alone: so single lines of it can be
    /// shown without the others.
    SegmentIndexed(VideoHead),
    /// A finished segment now stands in the part; its own file is gone.
    SegmentTaken {
        camera: CameraId,
        segment: u32,
        part: u32,
    },
    /// Something ails the picture since then, and still does.
    PictureFinding {
        camera: CameraId,
        kind: Ailment,
        from_ms: i64,
        /// How it looked when it was found; none when the day's stills of this camera are used up.
        still: Option<Still>,
    },
    /// It is over. Written for every finding, at the latest when the recording ends.
    PictureRecovered {
        camera: CameraId,
        kind: Ailment,
        from_ms: i64,
        to_ms: i64,
    },
    /// From now on this is how the camera should see the room.
    ReferenceApproved {
        camera: CameraId,
        still: Still,
    },
    /// After a crash a file was cut to its last whole fragment.
    FileRepaired {
        camera: CameraId,
        segment: u32,
        cut_bytes: u64,
    },
    /// Right before a checkpoint: what the cameras' indexes hold by now.
    VideoHeads {
        heads: Vec<VideoHead>,
    },
    /// A file could not be written; the recorder goes on with a new one when it can.
    RecordingFault {
        camera: CameraId,
        cause: Message,
    },

    // ---- outages ------------------------------------------------------------------------
    /// The station saw that a camera which should record writes nothing, though nobody said why.
    OutageBegan {
        camera: CameraId,
        from_ms: i64,
        cause: Message,
    },
    /// The station saw that it writes again, or that it never ceased to (`to_ms` is the begin then).
    OutageEnded {
        camera: CameraId,
        to_ms: i64,
    },
    /// The camera has lost so much video that more people have to know.
    OutageEscalated {
        camera: CameraId,
        level: OutageLevel,
    },
    /// Why there was no video; `records` are those that told of the outages.
    OutageExplained {
        records: Vec<u64>,
        text: String,
    },
    /// A finished file could not be packed, or one that a crash left not be mended; it stays where it is.
    FileFault {
        camera: CameraId,
        segment: u32,
        cause: Message,
    },

    // ---- the computer's equipment -------------------------------------------------------
    EquipmentSeen(EquipmentSeen),
    EquipmentChanged(EquipmentChanged),
    EquipmentExplained(EquipmentExplained),

    // ---- requests for help --------------------------------------------------------------
    RequestMade(RequestMade),
    RequestPassed(RequestPassed),
    RequestLate(RequestLate),
    RequestResolved(RequestResolved),

    // ---- access log ---------------------------------------------------------------------
    AccessOpened {
        /// Counts the day's accesses from 1.
        access: u32,
        person: PersonId,
        second: PersonId,
        rooms: RoomRange,
        action: String,
        reason: String,
        /// As the person typed it, `HH:MM`; the record's own clocks stand beside it.
        time_from: String,
    },
    AccessClosed {
        access: u32,
        result: String,
        time_to: String,
    },
    CabinetOpened(CabinetOpened),
    CabinetClosed(CabinetClosed),
    /// An access that can't be closed any more is explained instead.
    AccessExplained {
        access: u32,
        text: String,
    },

    // ---- anything -----------------------------------------------------------------------
    /// What record `record` says is wrong; this is right.
    Corrected {
        record: u64,
        text: String,
        reason: String,
    },
    /// A code of the newest checkpoint was shown for writing on paper.
    CodeShown {
        code: String,
        size: u64,
    },
    CodeWritten {
        code: String,
    },

    // ---- archive ------------------------------------------------------------------------
    /// Who has to countersign the day's archive; written before `DayClosed`.
    CountersignaturesDue {
        roles: Vec<SignerRole>,
    },
    PartOpened {
        part: u32,
        group: Group,
    },
    PartSealed(SealedPart),
    /// While the day was open a closed part was copied there and read back; `sha256` is that of the file
    /// as it stands there.
    PartCopied {
        part: u32,
        target: String,
        file: String,
        sha256: Digest,
    },
    /// Last record of a day's journal; nothing follows.
    DayClosed {
        restarts: u32,
        parts: u32,
    },
}
