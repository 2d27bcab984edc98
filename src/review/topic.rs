//! What records are about, to look at some of them alone.

use crate::journal::Event;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Accesses to the equipment, and what happened to it.
    Access,
    /// Recording, outages, the picture's health, sound, disks.
    Cameras,
    Checks,
    Requests,
    /// Who came and went, and what they consented to.
    People,
    /// Files, codes, keys and copies: what the archive is made of.
    Evidence,
    /// The station, its clock, and what belongs to the point.
    Station,
}

impl Topic {
    pub const ALL: [Topic; 7] = [
        Self::Access,
        Self::Cameras,
        Self::Checks,
        Self::Requests,
        Self::People,
        Self::Evidence,
        Self::Station,
    ];

    /// The Fluent id of its name.
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Access => "ui-topic-access",
            Self::Cameras => "ui-topic-cameras",
            Self::Checks => "ui-topic-checks",
            Self::Requests => "ui-topic-requests",
            Self::People => "ui-topic-people",
            Self::Evidence => "ui-topic-evidence",
            Self::Station => "ui-topic-station",
        }
    }

    pub fn of(event: &Event) -> Self {
        match event {
            Event::AccessOpened { .. }
            | Event::AccessClosed { .. }
            | Event::AccessExplained { .. }
            | Event::CabinetOpened(_)
            | Event::CabinetClosed(_)
            | Event::Corrected { .. }
            | Event::EquipmentSeen(_)
            | Event::EquipmentChanged(_)
            | Event::EquipmentExplained(_) => Self::Access,
            Event::RecordingStarted { .. }
            | Event::StartDue { .. }
            | Event::StopOrdered { .. }
            | Event::RecordingStopped { .. }
            | Event::CameraWorks { .. }
            | Event::SourceReplaced { .. }
            | Event::CameraLost { .. }
            | Event::DriverStuck { .. }
            | Event::SoundWorks { .. }
            | Event::SoundLost { .. }
            | Event::SoundSilent { .. }
            | Event::SoundHeard { .. }
            | Event::Gap { .. }
            | Event::PictureFinding { .. }
            | Event::PictureRecovered { .. }
            | Event::ReferenceApproved { .. }
            | Event::FileRepaired { .. }
            | Event::RecordingFault { .. }
            | Event::OutageBegan { .. }
            | Event::OutageEnded { .. }
            | Event::OutageEscalated { .. }
            | Event::OutageExplained { .. }
            | Event::FileFault { .. }
            | Event::DiskLow { .. }
            | Event::DiskRecovered { .. } => Self::Cameras,
            Event::CheckStarted { .. }
            | Event::StepRecorded { .. }
            | Event::StepPhotographed(_)
            | Event::StepWaived { .. }
            | Event::CheckFinished { .. } => Self::Checks,
            Event::RequestMade(_)
            | Event::RequestPassed(_)
            | Event::RequestLate(_)
            | Event::RequestResolved(_) => Self::Requests,
            Event::SignedIn { .. }
            | Event::SignedOut { .. }
            | Event::SignInFailed { .. }
            | Event::SignInPaused(_)
            | Event::ScreenLocked(_)
            | Event::KioskLeft(_)
            | Event::PinSet { .. }
            | Event::PinRenewed(_)
            | Event::PersonReplaced(_)
            | Event::BriefingSigned(_)
            | Event::AlarmAcknowledged { .. }
            | Event::HandedOver { .. } => Self::People,
            Event::SegmentFinished(_)
            | Event::SegmentIndexed(_)
            | Event::SegmentTaken { .. }
            | Event::VideoHeads { .. }
            | Event::CodeShown { .. }
            | Event::CodeWritten { .. }
            | Event::CountersignaturesDue { .. }
            | Event::Countersigned { .. }
            | Event::PartOpened { .. }
            | Event::PartSealed(_)
            | Event::PartCopied { .. }
            | Event::DayClosed { .. }
            | Event::DaySealed { .. }
            | Event::CopyBegun { .. }
            | Event::CopyVerified { .. }
            | Event::CopyFailed { .. }
            | Event::DayVerified(_)
            | Event::DayDeletionBegun(_)
            | Event::DayDeleted(_)
            | Event::MediumTold(_)
            | Event::KeyRotated(_) => Self::Evidence,
            Event::PointOpened { .. }
            | Event::ProfileChanged(_)
            | Event::ExamNamed(_)
            | Event::ItemsListed(_)
            | Event::ItemMoved(_)
            | Event::ItemReplaced(_)
            | Event::ItemsCounted(_)
            | Event::StockChanged(_)
            | Event::DayPlanned { .. }
            | Event::DayOpened { .. }
            | Event::StationStarted { .. }
            | Event::StationStopped {}
            | Event::TakenOver { .. }
            | Event::TornTailCut { .. }
            | Event::ClockStepped { .. }
            | Event::TimeZoneChanged { .. } => Self::Station,
        }
    }
}
