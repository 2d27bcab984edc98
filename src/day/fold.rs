//! How each record changes the day.

use super::access::{Access, AccessCorrection, AccessEnd};
use super::alarms::{AlarmKind, Severity, clear, raise};
use super::cameras::{CameraDay, CameraState, SoundState};
use super::check;
use super::handover::PartCopy;
use super::{CodeShown, Day, Stage, StopOrder};
use crate::journal::{DiskLevel, Event, Link, Record};
use crate::point::{Ailment, CameraId};

/// Causes of recording faults that tell of the disk itself.
const DISK_FAULTS: [&str; 3] = ["recording-disk-failing", "recording-disk-read-only", "recording-disk-gone"];

impl Day {
    /// Takes the next record. A record that speaks of something unknown changes nothing else.
    pub fn apply(&mut self, record: &Record) {
        self.records = record.n + 1;
        self.note_incident(record);
        self.note_request(record);
        self.note_cabinet(record);
        self.stand_ins.apply(record);
        let at_ms = record.utc_ms;
        let by = || record.actor.approved_by.clone().or_else(|| record.actor.person.clone());
        match &record.event {
            Event::StationStarted { restart, link, .. } => {
                self.restarts = *restart;
                // Whatever ailed a picture is found anew.
                self.cameras.values_mut().for_each(|camera| camera.ailments.clear());
                self.alarms.retain(|alarm| !matches!(alarm.kind, AlarmKind::Picture { .. }));
                if *link == Link::Unlinked {
                    self.unlinked = true;
                    self.raise("unlinked-restart", AlarmKind::UnlinkedRestart, Severity::Warning, at_ms);
                }
            }
            Event::ClockStepped { step_ms } => {
                self.outages_stepped(*step_ms);
                let kind = AlarmKind::ClockStepped { step_ms: *step_ms };
                self.raise(&format!("clock-{}", record.n), kind, Severity::Warning, at_ms);
            }
            Event::TimeZoneChanged { from_min, to_min } => {
                let kind = AlarmKind::TimeZoneChanged { from_min: *from_min, to_min: *to_min };
                self.raise(&format!("zone-{}", record.n), kind, Severity::Warning, at_ms);
            }
            Event::DiskLow { level, .. } => {
                clear(&mut self.alarms, "disk");
                self.disk = Some(*level);
                let severity = match level {
                    DiskLevel::Low => Severity::Warning,
                    DiskLevel::Critical => Severity::Alarm,
                };
                self.raise("disk", AlarmKind::Disk { level: *level }, severity, at_ms);
            }
            Event::DiskRecovered { .. } => {
                self.disk = None;
                clear(&mut self.alarms, "disk");
            }
            Event::AlarmAcknowledged { alarm } => self.acknowledge(alarm),
            Event::StepPhotographed(photo) => {
                self.camera(&photo.camera, |camera| camera.stills += 1);
                check::apply(&mut self.checks, record);
            }
            Event::CheckStarted { .. }
            | Event::StepRecorded { .. }
            | Event::StepWaived { .. }
            | Event::CheckFinished { .. } => check::apply(&mut self.checks, record),
            Event::RecordingStarted { cameras } => {
                self.stage = Stage::Recording;
                self.stop_ordered = None;
                for id in cameras {
                    self.camera(id, |camera| {
                        camera.recording_since_ms.get_or_insert(at_ms);
                        camera.stop_ordered = false;
                        camera.state = CameraState::Idle;
                    });
                }
            }
            Event::StopOrdered { cameras, handover_done, reason } => {
                for id in cameras {
                    self.camera(id, |camera| camera.stop_ordered = camera.recording_since_ms.is_some());
                }
                self.stop_ordered = Some(StopOrder {
                    cameras: cameras.clone(),
                    at_ms,
                    by: by(),
                    handover_done: *handover_done,
                    reason: reason.clone(),
                });
            }
            Event::RecordingStopped { camera } => {
                self.camera(camera, |camera| {
                    camera.recording_since_ms = None;
                    camera.stop_ordered = false;
                    camera.state = CameraState::Stopped;
                });
                self.outage_ends(record, camera, at_ms);
                clear(&mut self.alarms, &stuck_id(camera));
                self.sound(camera, None);
                if self.stage == Stage::Recording && self.recording().next().is_none() {
                    self.stage = Stage::Stopped;
                }
            }
            Event::CameraWorks { camera, detail, .. } => {
                let mut was_lost = false;
                self.camera(camera, |camera| {
                    was_lost = matches!(camera.state, CameraState::Lost { .. });
                    camera.state = CameraState::Works;
                    camera.detail.clone_from(detail);
                });
                clear(&mut self.alarms, &lost_id(camera));
                clear(&mut self.alarms, &stuck_id(camera));
                if was_lost {
                    self.outage_ends(record, camera, at_ms);
                }
            }
            Event::CameraLost { camera, cause, last_frame_ms } => {
                let mut since_ms = last_frame_ms.unwrap_or(at_ms);
                self.camera(camera, |camera| {
                    // Without a frame in this run: since the video of an earlier one, or the order.
                    let last_ms = last_frame_ms.or(camera.recorded_until_ms);
                    since_ms = last_ms.max(camera.recording_since_ms).unwrap_or(at_ms);
                    camera.state = CameraState::Lost { since_ms, cause: cause.clone() };
                });
                self.outage_begins(record, camera, since_ms, cause);
                let kind = AlarmKind::CameraLost { camera: camera.clone() };
                self.raise(&lost_id(camera), kind, Severity::Alarm, since_ms);
            }
            Event::SourceReplaced { camera, source, .. } => {
                self.camera(camera, |camera| camera.source = Some(source.clone()));
                clear(&mut self.alarms, &stuck_id(camera));
            }
            Event::DriverStuck { camera, .. } => {
                let kind = AlarmKind::DriverStuck { camera: camera.clone() };
                self.raise(&stuck_id(camera), kind, Severity::Alarm, at_ms);
            }
            Event::RecordingFault { camera, cause } => {
                self.outage_begins(record, camera, at_ms, cause);
                let kind = AlarmKind::RecordingFault { camera: camera.clone(), cause: cause.clone() };
                self.raise(&fault_id(camera), kind, Severity::Alarm, at_ms);
                if DISK_FAULTS.contains(&cause.id.as_str()) {
                    let kind = AlarmKind::DiskFailing { cause: cause.clone() };
                    self.raise("disk-failing", kind, Severity::Head, at_ms);
                }
            }
            Event::PictureFinding { camera, kind, from_ms, still } => {
                self.camera(camera, |camera| {
                    camera.ailments.insert(*kind, *from_ms);
                    camera.stills += u32::from(still.is_some());
                });
                let severity = match kind {
                    Ailment::Slow | Ailment::Blurred => Severity::Warning,
                    _ => Severity::Alarm,
                };
                let alarm = AlarmKind::Picture { camera: camera.clone(), ailment: *kind };
                self.raise(&picture_id(camera, *kind), alarm, severity, *from_ms);
            }
            Event::PictureRecovered { camera, kind, .. } => {
                self.camera(camera, |camera| {
                    camera.ailments.remove(kind);
                });
                clear(&mut self.alarms, &picture_id(camera, *kind));
            }
            Event::ReferenceApproved { camera, still } => self.camera(camera, |camera| {
                camera.stills += 1;
                camera.reference = Some(still.clone());
            }),
            Event::SoundWorks { camera, .. } | Event::SoundHeard { camera, .. } => {
                self.sound(camera, Some(SoundState::Works));
            }
            Event::SoundLost { camera, cause } => {
                self.sound(camera, Some(SoundState::Lost { since_ms: at_ms, cause: cause.clone() }));
                let kind = AlarmKind::SoundLost { camera: camera.clone() };
                self.raise(&sound_id(camera), kind, Severity::Warning, at_ms);
            }
            Event::SoundSilent { camera, from_ms } => {
                self.sound(camera, Some(SoundState::Silent { since_ms: *from_ms }));
                let kind = AlarmKind::SoundSilent { camera: camera.clone() };
                self.raise(&silent_id(camera), kind, Severity::Warning, *from_ms);
            }
            Event::OutageBegan { camera, from_ms, cause } => {
                self.outage_begins(record, camera, *from_ms, cause);
                let kind = AlarmKind::NothingWritten { camera: camera.clone() };
                self.raise(&unwritten_id(camera), kind, Severity::Alarm, *from_ms);
            }
            Event::OutageEnded { camera, to_ms } => self.outage_ends(record, camera, *to_ms),
            Event::OutageEscalated { camera, level } => self.outage_escalates(camera, *level, at_ms),
            Event::OutageExplained { records, text } => self.outages_explained(record, records, text),
            Event::FileFault { camera, segment, cause } => {
                let kind = AlarmKind::FileFault { camera: camera.clone(), cause: cause.clone() };
                self.raise(&file_id(camera, *segment), kind, Severity::Warning, at_ms);
            }
            Event::Gap { camera, from_ms, to_ms, cause } => {
                self.camera(camera, |camera| {
                    camera.gaps += 1;
                    camera.gap_ms += u64::try_from(to_ms.saturating_sub(*from_ms)).unwrap_or(0);
                    camera.last_gap = Some((*from_ms, *to_ms));
                });
                if self.cameras.contains_key(camera) {
                    self.outage_measured(record, camera, (*from_ms, *to_ms), cause);
                }
            }
            Event::SegmentFinished(segment) => self.camera(&segment.camera, |camera| {
                camera.segments += 1;
                camera.bytes += segment.bytes;
                camera.frames += segment.frames;
                camera.recorded_until_ms = camera.recorded_until_ms.max(Some(segment.to_ms));
            }),
            Event::SegmentTaken { camera, segment, .. } => {
                clear(&mut self.alarms, &file_id(camera, *segment));
                self.camera(camera, |camera| camera.taken += 1);
            }
            Event::AccessOpened { access, person, second, rooms, action, reason, time_from } => {
                self.accesses.push(Access {
                    access: *access,
                    record: record.n,
                    opened_at_ms: at_ms,
                    person: person.clone(),
                    second: second.clone(),
                    rooms: rooms.clone(),
                    action: action.clone(),
                    reason: reason.clone(),
                    time_from: time_from.clone(),
                    end: AccessEnd::Open,
                    cabinet: None,
                    corrections: Vec::new(),
                });
            }
            Event::AccessClosed { access, result, time_to } => {
                let end = AccessEnd::Closed { at_ms, time_to: time_to.clone(), result: result.clone() };
                self.end_access(*access, end);
            }
            Event::AccessExplained { access, text } => {
                self.end_access(*access, AccessEnd::Explained { at_ms, text: text.clone() });
            }
            Event::Corrected { record: named, text, reason } => {
                self.corrections += 1;
                if let Some(access) = self.accesses.iter_mut().find(|a| a.record == *named) {
                    let (text, reason) = (text.clone(), reason.clone());
                    access.corrections.push(AccessCorrection { record: record.n, text, reason });
                }
            }
            Event::CodeShown { code, .. } => {
                self.code = Some(CodeShown { code: code.clone(), shown_at_ms: at_ms, written: false });
            }
            Event::CodeWritten { code } => {
                if let Some(shown) = self.code.as_mut().filter(|shown| shown.code == *code) {
                    shown.written = true;
                    self.codes_written += 1;
                }
            }
            Event::PartSealed(part) => self.sealed_parts.push(part.clone()),
            Event::PartCopied { part, target, file, sha256 } => {
                let copies = self.copies.entry(target.clone()).or_default();
                copies.insert(*part, PartCopy { file: file.clone(), sha256: *sha256, verified_at_ms: at_ms });
            }
            Event::CountersignaturesDue { roles } => self.countersigners.clone_from(roles),
            Event::DayClosed { .. } => self.stage = Stage::Closed,
            // Taken above.
            Event::EquipmentChanged(..)
            | Event::EquipmentExplained(..)
            | Event::RequestMade(..)
            | Event::RequestPassed(..)
            | Event::RequestLate(..)
            | Event::RequestResolved(..)
            | Event::CabinetOpened(..)
            | Event::CabinetClosed(..) => {}
            // Kept in the log; they change nothing that is asked of the day.
            Event::PointOpened { .. }
            | Event::KeyRotated(..)
            | Event::ProfileChanged(..)
            | Event::PinSet { .. }
            | Event::PinRenewed(..)
            | Event::PersonReplaced(..)
            | Event::SignInPaused(..)
            | Event::ScreenLocked(..)
            | Event::KioskLeft(..)
            | Event::DayPlanned { .. }
            | Event::ExamNamed(..)
            | Event::BriefingSigned(..)
            | Event::ItemsListed(..)
            | Event::ItemMoved(..)
            | Event::ItemReplaced(..)
            | Event::ItemsCounted(..)
            | Event::StockChanged(..)
            | Event::DayVerified(..)
            | Event::DayDeletionBegun(..)
            | Event::DayDeleted(..)
            | Event::DaySealed { .. }
            | Event::CopyBegun { .. }
            | Event::MediumTold(..)
            | Event::CopyVerified { .. }
            | Event::Countersigned { .. }
            | Event::CopyFailed { .. }
            | Event::HandedOver { .. }
            | Event::DayOpened { .. }
            | Event::StationStopped {}
            | Event::TakenOver { .. }
            | Event::TornTailCut { .. }
            | Event::SignedIn { .. }
            | Event::SignedOut { .. }
            | Event::SignInFailed { .. }
            | Event::EquipmentSeen(..)
            | Event::FileRepaired { .. }
            | Event::StartDue { .. }
            | Event::VideoHeads { .. }
            | Event::SegmentIndexed(..)
            | Event::PartOpened { .. } => {}
        }
        self.alarm_log.note(&self.alarms, record);
    }

    fn camera(&mut self, id: &CameraId, change: impl FnOnce(&mut CameraDay)) {
        if let Some(camera) = self.cameras.get_mut(id) {
            change(camera);
        }
    }

    fn end_access(&mut self, access: u32, end: AccessEnd) {
        if let Some(access) = self.accesses.iter_mut().find(|a| a.access == access && a.is_open()) {
            access.end = end;
        }
    }

    /// The sound stands so now: what was told of it before is over.
    fn sound(&mut self, camera: &CameraId, state: Option<SoundState>) {
        self.camera(camera, |camera| camera.sound = state);
        clear(&mut self.alarms, &sound_id(camera));
        clear(&mut self.alarms, &silent_id(camera));
    }

    pub(super) fn raise(&mut self, id: &str, kind: AlarmKind, severity: Severity, since_ms: i64) {
        raise(&mut self.alarms, id.to_owned(), kind, severity, since_ms);
    }

    /// An alarm whose cause is a moment and not a state leaves once it was seen.
    fn acknowledge(&mut self, id: &str) {
        self.alarms.retain_mut(|alarm| {
            if alarm.id != id {
                return true;
            }
            alarm.acknowledged = true;
            let moment = matches!(
                alarm.kind,
                AlarmKind::ClockStepped { .. }
                    | AlarmKind::TimeZoneChanged { .. }
                    | AlarmKind::DiskFailing { .. }
                    | AlarmKind::UnlinkedRestart
            );
            !moment
        });
    }
}

pub(super) fn lost_id(camera: &CameraId) -> String {
    format!("lost-{camera}")
}

fn sound_id(camera: &CameraId) -> String {
    format!("sound-{camera}")
}

fn silent_id(camera: &CameraId) -> String {
    format!("silent-{camera}")
}

pub(super) fn fault_id(camera: &CameraId) -> String {
    format!("fault-{camera}")
}

pub(super) fn unwritten_id(camera: &CameraId) -> String {
    format!("unwritten-{camera}")
}

fn file_id(camera: &CameraId, segment: u32) -> String {
    format!("file-{camera}-{segment}")
}

fn picture_id(camera: &CameraId, ailment: Ailment) -> String {
    format!("picture-{}-{camera}", ailment.id())
}

fn stuck_id(camera: &CameraId) -> String {
    format!("stuck-{camera}")
}
