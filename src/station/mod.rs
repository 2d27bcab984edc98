//! The single writer: commands in, events out. Owns the day's folder, the keys, the cameras and the
//! journal; everything else is a client of it.
//!
//! One thread (`writer`) holds all state and is told of everything through one bounded inbox. What
//! it decides becomes records; they are on disk before anyone is told. Around it: a thread a
//! camera (`recording`), one that packs finished segments (`parts`), one that watches the computer's
//! equipment (`equipment`), one for each running check and copy, and a pair for each client's line.

pub mod client;
mod copying;
mod disk;
mod equipment;
mod framing;
mod handle;
mod journal_part;
mod key_file;
mod logs;
mod media;
mod older_days;
mod open_day;
mod opening;
mod outage_record;
mod outbox;
mod paper_work;
pub mod papers;
mod parts;
pub mod paths;
mod pauses;
mod pins;
mod plugged;
mod point_time;
pub mod printing;
pub mod protocol;
mod rotation;
mod server;
mod signing_files;
mod socket;
mod stills;
mod trials;
mod wording;
mod writer;

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use crate::archive::PartError;
use crate::camera::usb::FoundCamera;
use crate::checklist::Checklists;
use crate::clock::Clock;
use crate::i18n::Message;
use crate::journal::JournalError;
use crate::point::Profile;
use crate::recording::{CameraOpener, RecorderEvent};
use crate::signing::{DeviceKeyError, Digest};
use crate::tables::ReadError;

pub use equipment::{EquipmentLook, SeenThing, of_this_computer as equipment_of_this_computer};
pub use handle::StationHandle;
pub use key_file::{restore_key, seal_key};
pub use logs::{
    AccessRecord, CabinetRecord, CorrectionRecord, DayLogs, Failure, IncidentRecord, NoteRecord,
    OperationRecord, PassedRecord, PersonRecord, RequestRecord, Written,
};
pub use outage_record::{OutageReason, OutageRecord, outage_records};
pub use paths::DataFolder;
pub use pins::one_time_code;
pub use plugged::CameraFinder;
pub use rotation::{Rotated, RotationError, rotate};
pub use trials::try_cameras;
pub use wording::{describe, support_line_id, zone_id};

/// Everything a station is told from outside.
pub struct StationConfig {
    pub data: DataFolder,
    pub profile: Profile,
    /// Of the file that the profile was read from; none if there is no file.
    pub profile_file: Option<Digest>,
    pub checklists: Checklists,
    pub clock: Arc<dyn Clock>,
    /// Real ones are opened by [`crate::camera::remembering`].
    pub open_camera: CameraOpener,
    /// Real ones are found by [`crate::camera::Cameras::spare`].
    pub find_cameras: CameraFinder,
    /// Real equipment is read by [`equipment_of_this_computer`].
    pub look_at_equipment: EquipmentLook,
    pub pace: Pace,
    /// Folders offered as targets for copies besides the media found.
    pub targets: Vec<std::path::PathBuf>,
}

/// How the timetable's hours pass, and how often the station does what it does by the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Presses the whole day into so many milliseconds from its planning (a rehearsal).
    pub compressed_ms: Option<i64>,
    pub checkpoint_every_ms: u64,
    pub code_every_ms: u64,
    /// How long a camera is recorded on trial by its check.
    pub trial_ms: u64,
}

impl Pace {
    /// A real exam day: a checkpoint every 5 minutes, a code on paper every 30.
    pub const REAL: Pace =
        Pace { compressed_ms: None, checkpoint_every_ms: 300_000, code_every_ms: 1_800_000, trial_ms: 3_000 };
}

/// Why a station can't start. What is on disk stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum StationError {
    #[error("the data folder can't be used: {0}")]
    Data(io::Error),
    #[error("another station works on this data folder")]
    AlreadyRunning,
    #[error("the device key can't be used: {0}")]
    Key(#[from] DeviceKeyError),
    #[error("the journal can't be used: {0}")]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Briefings(#[from] ReadError),
    #[error("the PIN file can't be used: {0}")]
    Pins(#[from] pins::PinError),
    #[error("the socket can't be opened: {0}")]
    Socket(io::Error),
    #[error("a part of the archive can't be taken up again: {0}")]
    Part(#[from] PartError),
}

impl StationError {
    /// What to tell a person.
    pub fn message(&self, data: &Path) -> Message {
        let id = match self {
            Self::Data(_) => "station-data-folder",
            Self::AlreadyRunning => "station-already-running",
            Self::Key(error) => return error.message(),
            Self::Journal(error) => return error.message(),
            Self::Briefings(error) => return error.message(),
            Self::Pins(_) => "station-pins",
            Self::Socket(_) => "station-socket",
            Self::Part(error) => return error.message(),
        };
        Message::new(id).with("folder", data.display().to_string()).with("detail", self.to_string())
    }
}

/// What reaches the writer's thread.
enum Inbox {
    Client(handle::FromClient),
    Camera(RecorderEvent),
    Parts(parts::PartsEvent),
    Step(writer::StepRan),
    Copied(copying::CopyTold),
    Older(older_days::OlderTold),
    Media(Vec<protocol::TargetLive>),
    SigningFiles(signing_files::SigningFilesTold),
    PageSaved(protocol::PageLive),
    Papers(paper_work::PapersTold),
    /// The cameras that are in no use are other ones now.
    Plugged(Vec<FoundCamera>),
    /// What the computer has now is other than at the last reading.
    Equipment(Vec<SeenThing>),
    Terminate,
}

/// A running station. Ends when terminated or shut down by a client.
pub struct Station {
    handle: StationHandle,
    server: Option<server::Server>,
    thread: thread::JoinHandle<Result<(), StationError>>,
}

impl Station {
    /// Takes the data folder's lock, recovers what a crash left, goes on recording if a day was
    /// being recorded, and only then returns.
    pub fn start(config: StationConfig) -> Result<Self, StationError> {
        let (handle, inbox) = StationHandle::new();
        let writer = writer::Writer::open(config, handle.inbox())?;
        let inbox_in = handle.inbox();
        let thread = thread::Builder::new()
            .name("writer".into())
            .spawn(move || {
                let mut next = Some(writer);
                while let Some(anew) = next.take().and_then(|writer| writer.run(&inbox)) {
                    next = Some(anew.open(inbox_in.clone())?);
                }
                Ok(())
            })
            .map_err(StationError::Data)?;
        Ok(Self { handle, server: None, thread })
    }

    /// Lets clients of other processes in, over the data folder's socket.
    pub fn listen(&mut self, data: &DataFolder) -> Result<(), StationError> {
        let server = server::Server::start(data, self.handle.clone()).map_err(StationError::Socket)?;
        self.server = Some(server);
        Ok(())
    }

    pub fn handle(&self) -> StationHandle {
        self.handle.clone()
    }

    /// Waits for the end; an error if the station could not begin anew with another profile. A panic of the
    /// writer's thread is a defect and is passed on.
    pub fn join(self) -> Result<(), StationError> {
        let ended = self.thread.join();
        drop(self.server);
        ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}
