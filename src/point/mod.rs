//! The exam point as configured: a TOML profile parsed into types, refused whole when wrong.

mod archive;
mod briefings;
mod checks;
mod demo;
#[cfg(feature = "window")]
pub mod draft;
mod fit;
mod forms;
mod health;
mod hearing;
mod ids;
pub mod logins;
mod profile;
mod read;
#[cfg(test)]
mod read_test;
mod requests;
mod rtsp_address;
mod sign_in;
mod source;
mod times;
mod timetable;
mod window;
mod zones;

pub use archive::{AgeRecipient, ArchiveRules, BackupRules, BadRecipient};
pub use briefings::{BriefingRules, Unsigned};
pub use checks::{
    AntivirusRules, BadSubnet, CheckRules, ClockRules, DiskHealthRules, LoadRules, NamePattern, NetworkRules,
    NetworkState, PrinterRules, RequiredPackage, ScannerRules, SoftwareRules, Subnet, TargetRules, UpsRules,
    UsbMediaRules, WirelessRules,
};
pub use demo::{DEMO_PROFILE, EXAMPLE_FORMS, EXAMPLES, demo, demo_with_usb_cameras};
pub use forms::FormRules;
pub use health::{Ailment, HealthRules};
pub use hearing::{BadMicrophone, MicrophoneSelector, SilenceRule, SoundSource};
pub use ids::{
    BadId, BriefingId, CameraId, ChecklistId, DayId, InventoryNumber, PersonId, PhaseId, PointCode,
    RegionCode, RoomNumber, StationId, StepId,
};
pub use profile::{
    AccessRules, Camera, Person, Plan, PlannedPhase, PlannedStart, Profile, RecordingRules, RequiredProgram,
    Right, Rights, Role, Room, Wording, Zone,
};
pub(crate) use read::ROLES;
pub use requests::{RequestCategory, RequestRules};
pub use rtsp_address::RtspAddress;
pub use sign_in::{CodeHash, FirstPinRule, SignInRules};
pub use source::{BadSource, Source, UsbSelector};
pub use timetable::{Phase, Retention, Timetable};
pub use window::{KeyboardUse, WindowRules};
pub use zones::ZoneRule;
