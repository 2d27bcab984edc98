//! What the day's journal says that the rest of the archive has to agree with.

use std::collections::BTreeMap;

use super::clocks::Clocks;
use super::duty::{Duty, MAX_CAMERAS};
use super::incidents::Incidents;
use crate::archive::{Integrity, Place, Report};
use crate::i18n::Message;
use crate::journal::{Event, Group, Record, SealedPart, Segment, VideoHead};
use crate::point::{CameraId, ChecklistId};
use crate::signing::{Digest, SignerRole};

/// A camera's segment.
pub type SegmentKey = (CameraId, u32);

/// Gathered record by record; each with the number of the record that says it.
#[derive(Debug, Default)]
pub struct Facts {
    pub opened: BTreeMap<u32, Group>,
    pub sealed: BTreeMap<u32, (u64, SealedPart)>,
    pub segments: BTreeMap<SegmentKey, (u64, Segment)>,
    pub taken: BTreeMap<SegmentKey, (u64, u32)>,
    pub heads: BTreeMap<SegmentKey, Vec<(u64, VideoHead)>>,
    /// By their names.
    pub stills: BTreeMap<String, (u64, Digest)>,
    /// Record, restarts and parts of the last record.
    pub closed: Option<(u64, u32, u32)>,
    /// Who has to countersign, and the record that says so.
    pub countersigners: Option<(u64, Vec<SignerRole>)>,
    /// Every record could be read and follows the one before: what no record names, nobody recorded.
    pub complete: bool,
    /// When each camera had to record.
    pub duty: Duty,
    /// With the record that opened it, and its time.
    open_accesses: BTreeMap<u32, (u64, i64)>,
    open_checks: BTreeMap<ChecklistId, (u64, i64)>,
    /// A code is shown and not written on paper yet; how many never were before the next one.
    code_open: bool,
    unwritten_codes: u32,
    clocks: Clocks,
    incidents: Incidents,
}

impl Facts {
    /// Takes the next record that holds; notes what a reader should be told.
    pub fn take(&mut self, record: &Record, report: &mut Report) {
        let n = record.n;
        self.duty.take(record);
        self.clocks.take(record, report);
        self.incidents.take(record);
        let at = Place { from_ms: Some(record.utc_ms), ..Place::record(n) };
        match &record.event {
            Event::PartOpened { part, group } => {
                self.opened.insert(*part, *group);
            }
            Event::PartSealed(part) => {
                let again = self.sealed.insert(part.part, (n, part.clone())).is_some();
                hold_once(again, at, report);
            }
            Event::SegmentFinished(segment) => {
                let key = (segment.camera.clone(), segment.segment);
                let place = video_place(n, &key, Some((segment.from_ms, segment.to_ms)));
                if segment.repaired {
                    report.warn(place.clone(), Message::new("archive-warning-repaired"));
                }
                let again = self.segments.insert(key, (n, segment.clone())).is_some();
                hold_once(again, place, report);
            }
            Event::SegmentTaken { camera, segment, part } => {
                let key = (camera.clone(), *segment);
                let place = video_place(n, &key, None);
                let again = self.taken.insert(key, (n, *part)).is_some();
                hold_once(again, place, report);
            }
            Event::VideoHeads { heads } => {
                for head in heads {
                    let key = (head.camera.clone(), head.segment);
                    self.heads.entry(key).or_default().push((n, head.clone()));
                }
            }
            Event::SegmentIndexed(head) => {
                let key = (head.camera.clone(), head.segment);
                self.heads.entry(key).or_default().push((n, head.clone()));
            }
            Event::PictureFinding { still: Some(still), .. } | Event::ReferenceApproved { still, .. } => {
                let again = self.stills.insert(still.name.clone(), (n, still.sha256)).is_some();
                hold_once(again, at.clone(), report);
                warn_of(&record.event, at, report);
            }
            Event::StepPhotographed(photo) => {
                let again = self.stills.insert(photo.still.name.clone(), (n, photo.still.sha256)).is_some();
                hold_once(again, at, report);
            }
            Event::CountersignaturesDue { roles } => self.countersigners = Some((n, roles.clone())),
            Event::DayClosed { restarts, parts } => self.closed = Some((n, *restarts, *parts)),
            Event::StationStarted { restart, .. } => {
                if *restart > 0 {
                    report.warn(at, Message::new("archive-warning-restart").with("restart", *restart));
                }
            }
            Event::AccessOpened { access, .. } => {
                self.open_accesses.insert(*access, (n, record.utc_ms));
            }
            Event::AccessClosed { access, .. } => {
                self.open_accesses.remove(access);
            }
            Event::AccessExplained { access, .. } => {
                self.open_accesses.remove(access);
                report.warn(at, Message::new("archive-warning-explained").with("access", *access));
            }
            Event::CheckStarted { checklist, .. } => {
                self.open_checks.entry(checklist.clone()).or_insert((n, record.utc_ms));
            }
            Event::CheckFinished { checklist } => drop(self.open_checks.remove(checklist)),
            Event::CodeShown { .. } => {
                let unwritten = std::mem::replace(&mut self.code_open, true);
                self.unwritten_codes = self.unwritten_codes.saturating_add(u32::from(unwritten));
            }
            Event::CodeWritten { .. } => self.code_open = false,
            other => warn_of(other, at, report),
        }
    }

    /// After the last record.
    pub fn finish(&mut self, report: &mut Report) {
        self.duty.finish();
        if self.duty.is_beyond() {
            let message = Message::new("archive-many-cameras").with("most", MAX_CAMERAS);
            report.fault(Integrity::CannotVerify, Place::default(), message);
        }
        self.clocks.settle(report);
        self.incidents.settle(report);
        let at = |(n, utc_ms): (u64, i64)| Place { from_ms: Some(utc_ms), ..Place::record(n) };
        for (access, opened) in &self.open_accesses {
            let message = Message::new("archive-warning-access-open").with("access", *access);
            report.warn(at(*opened), message);
        }
        for started in self.open_checks.values() {
            report.warn(at(*started), Message::new("archive-warning-check-open"));
        }
        if self.unwritten_codes > 0 {
            let message = Message::new("archive-warning-codes").with("count", self.unwritten_codes);
            report.warn(Place::default(), message);
        }
    }
}

/// A part is sealed once, a segment finished and taken once.
fn hold_once(again: bool, place: Place, report: &mut Report) {
    if again {
        report.fault(Integrity::Tampered, place, Message::new("archive-record-twice"));
    }
}

/// Where a segment's video stands, as a record says.
pub fn video_place(record: u64, key: &SegmentKey, time: Option<(i64, i64)>) -> Place {
    Place {
        camera: Some(key.0.clone()),
        segment: Some(key.1),
        from_ms: time.map(|(from, _)| from),
        to_ms: time.map(|(_, to)| to),
        ..Place::record(record)
    }
}

/// What the journal admits and a reader should know.
fn warn_of(event: &Event, at: Place, report: &mut Report) {
    let (place, message) = match event {
        Event::ClockStepped { step_ms } => {
            (at, Message::new("archive-warning-clock").with("seconds", step_ms / 1000))
        }
        Event::TakenOver { day, .. } => (at, Message::new("takeover-warning").with("day", day.as_str())),
        Event::TornTailCut { .. } => (at, Message::new("archive-warning-torn")),
        Event::Gap { camera, from_ms, to_ms, .. } => {
            let seconds = to_ms.saturating_sub(*from_ms) / 1000;
            let place =
                Place { camera: Some(camera.clone()), from_ms: Some(*from_ms), to_ms: Some(*to_ms), ..at };
            (place, Message::new("archive-warning-gap").with("seconds", seconds))
        }
        Event::TimeZoneChanged { .. } => (at, Message::new("archive-warning-zone")),
        Event::OutageBegan { camera, from_ms, .. } => {
            let place = Place { camera: Some(camera.clone()), from_ms: Some(*from_ms), ..at };
            (place, Message::new("archive-warning-unwritten"))
        }
        Event::PictureFinding { camera, kind, from_ms, .. } => {
            let place = Place { camera: Some(camera.clone()), from_ms: Some(*from_ms), ..at };
            (place, Message::new("archive-warning-picture").with("kind", kind.id()))
        }
        Event::RecordingFault { camera, .. } | Event::FileFault { camera, .. } => {
            (Place { camera: Some(camera.clone()), ..at }, Message::new("archive-warning-recording"))
        }
        Event::StepWaived { step, .. } => {
            (at, Message::new("archive-warning-waived").with("step", step.as_str()))
        }
        Event::SourceReplaced { camera, .. } => {
            (Place { camera: Some(camera.clone()), ..at }, Message::new("archive-warning-source"))
        }
        Event::SoundLost { camera, .. } | Event::SoundSilent { camera, .. } => {
            (Place { camera: Some(camera.clone()), ..at }, Message::new("archive-warning-sound"))
        }
        Event::DiskLow { .. } => (at, Message::new("archive-warning-disk")),
        Event::StopOrdered { handover_done: false, .. } => (at, Message::new("archive-warning-early-stop")),
        Event::Corrected { record, .. } => {
            (at, Message::new("archive-warning-corrected").with("record", *record))
        }
        _ => return,
    };
    report.warn(place, message);
}
