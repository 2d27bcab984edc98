//! What clients and the station say to each other: [`Request`]s in, [`Update`]s out.

mod around;
mod briefings;
mod cabinet;
mod calm;
mod command;
mod copies;
mod days;
mod evidence;
mod incidents;
mod inventory;
mod live;
mod papers;
mod people;
mod photos;
mod profile;
mod requests;
mod secrets;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::briefing::Briefing;
use crate::checklist::{Checklist, Checklists};
use crate::day::{Access, Day, Handover, HelpRequest, Incident, PastAlarm};
use crate::i18n::Message;
use crate::point::{CameraId, ChecklistId, KeyboardUse, PersonId, Right, Role, StepId, Wording};

pub use around::{Around, ExamAhead};
pub use briefings::{BriefingLine, BriefingsCommand};
pub use cabinet::CabinetCommand;
pub use command::{Command, OldStation};
pub use copies::{CopyLive, CopyState};
pub use days::{DayLine, DayState, DaysCommand, DaysPage};
pub use evidence::{
    ActOnPaper, ClosingOnPaper, EvidenceCommand, EvidenceLive, PageLive, PageState, PaperKind, SigningFile,
    SigningFileKind,
};
pub use incidents::IncidentsCommand;
pub use inventory::{InventoryCommand, InventoryPage, ItemsPut};
pub use live::{CameraLive, DiskLive, Live, PluggedCamera, SoundLive, TargetLive, WorkKind, WorkLive};
pub use papers::{PaperAsked, PaperLive, PaperState, PapersCommand, PapersLive};
pub use people::{FirstPin, PeopleCommand};
pub use photos::PhotosCommand;
pub use profile::{AboutStation, OneTimeCode, ProfileCommand, ProfileShown, ProfileText, TypedLogin};
pub use requests::RequestsCommand;
pub use secrets::{Passphrase, Pin};

/// Grows by one with every change that an older client could not read.
pub const PROTOCOL_VERSION: u32 = 5;

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

/// What the station sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Update {
    /// First thing on every connection.
    Hello {
        protocol: u32,
        version: String,
    },
    /// One of the point's checklists; all of them come before the first view. A client puts them into its
    /// views ([`PointView::checklists`]).
    Checklist(Box<Checklist>),
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
    Act(Box<ActOnPaper>),
    /// So many there are; these of them were asked for, long texts cut as in a view.
    Accesses {
        total: u32,
        accesses: Vec<Access>,
    },
    /// So many there are; these of them were asked for.
    Alarms {
        total: u32,
        alarms: Vec<PastAlarm>,
    },
    /// So many there are; these of them were asked for.
    Incidents {
        total: u32,
        incidents: Vec<Incident>,
    },
    /// So many there are; these of them were asked for.
    Requests {
        total: u32,
        requests: Vec<HelpRequest>,
    },
    Briefing(Box<Briefing>),
    Inventory(Box<InventoryPage>),
    ItemsPut(ItemsPut),
    Days(Box<DaysPage>),
    About(Box<AboutStation>),
    Profile(Box<ProfileShown>),
    NewCode(Box<OneTimeCode>),
    /// None: nobody ever approved of one.
    Reference {
        camera: CameraId,
        picture: Option<SmallPicture>,
    },
    /// None: there is none, or it can't be read any more.
    Photo {
        checklist: ChecklistId,
        step: StepId,
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
    /// The exam day as the journal tells it ([`Day::shown`]); none before it is planned.
    pub day: Option<Day>,
    /// Where its archive was copied to.
    pub handover: Option<Handover>,
    /// What is gone through before an exam day or after it; none while one is open.
    #[serde(default)]
    pub around: Option<Around>,
    /// What people of the point have to read, and who did.
    #[serde(default)]
    pub briefings: Vec<BriefingLine>,
    /// Who is signed in on this connection.
    pub signed_in: Option<PersonId>,
    /// Who was, until nobody touched this window any more: it asks for the PIN again.
    #[serde(default)]
    pub locked: Option<PersonId>,
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
    /// What a request for help can be about.
    pub request_categories: Vec<Wording>,
    /// Copies on media are encrypted: only the regional centre can open them.
    pub confidential: bool,
    /// When a window brings up the keyboard on the screen.
    #[serde(default)]
    pub keyboard: KeyboardUse,
    /// A step for each room or camera where one is asked for. They are told once, and put in by the client.
    #[serde(skip, default = "untold")]
    pub checklists: Arc<Checklists>,
}

/// A client puts its own in their place.
pub(super) fn untold() -> Arc<Checklists> {
    Arc::new(Checklists::untold())
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    pub id: PersonId,
    pub name: String,
    pub post: String,
    pub role: Role,
    pub has_pin: bool,
    /// Without a PIN: what it takes to choose one.
    #[serde(default)]
    pub first_pin: FirstPin,
    /// What they may do, and consent to.
    #[serde(default)]
    pub rights: BTreeSet<Right>,
    /// Today somebody else does their work.
    #[serde(default)]
    pub away: bool,
    /// After wrong PINs none is tried until then, by the wall clock as it goes now.
    #[serde(default)]
    pub waits_until_ms: Option<i64>,
}

impl PersonView {
    /// Is there, and has this right.
    pub fn may(&self, right: Right) -> bool {
        self.rights.contains(&right) && !self.away
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameraInfo {
    pub id: CameraId,
    pub name: String,
    pub room: crate::point::RoomNumber,
    pub delivered: bool,
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
