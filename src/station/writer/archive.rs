//! From the stop to the sealed archive.
//!
//! Sealing is a row of steps, each begun when the one before has been recorded: all segments
//! packed → parts closed and signed → day closed by its last record and checkpoint → part 00
//! written → what only comes after it, all by the packing thread. A crash between two steps is taken up at the next start.

use super::super::papers::FormMaker;
use super::super::parts::PartsEvent;
use super::super::protocol::{WorkKind, WorkLive};
use super::{OpenDay, Writer};
use crate::clock::Stamp;
use crate::day::Stage;
use crate::i18n::Message;
use crate::journal::{Actor, Event, SealedPart};

impl Writer {
    pub(super) fn parts_event(&mut self, event: PartsEvent, now: Stamp) {
        match event {
            PartsEvent::Opened { part, group } => {
                self.record(now, Actor::STATION, Event::PartOpened { part, group });
            }
            PartsEvent::Taken { packed, part, bytes } => {
                let event = Event::SegmentTaken { camera: packed.camera, segment: packed.segment, part };
                self.record(now, Actor::STATION, event);
                self.let_go.extend([packed.mp4, packed.idx]);
                if let Some(work) = self.live.work.as_mut().filter(|work| work.kind == WorkKind::Seal) {
                    work.done_bytes += bytes;
                }
            }
            PartsEvent::Sealed(part) => {
                self.record(now, Actor::STATION, Event::PartSealed(part));
                self.checkpoint(now);
                self.feed_copies();
            }
            PartsEvent::Failed { packed, cause } => {
                if let Some(packed) = packed {
                    if let Some(day) = self.day.as_mut() {
                        day.packing_failed(&packed);
                    }
                    let (camera, segment) = (packed.camera, packed.segment);
                    let event = Event::FileFault { camera, segment, cause: cause.clone() };
                    self.record(now, Actor::STATION, event);
                }
                if let Some(work) = self.live.work.as_mut().filter(|work| work.kind == WorkKind::Seal) {
                    work.failed = Some(cause);
                }
            }
            PartsEvent::AllClosed => self.finish_seal(now),
            PartsEvent::JournalWritten { bytes } => {
                if let Some(work) = self.live.work.as_mut().filter(|work| work.kind == WorkKind::Seal) {
                    work.done_bytes = (work.done_bytes + bytes).min(work.total_bytes);
                }
            }
            PartsEvent::JournalPacked(part) => self.sealed(&part, now),
        }
    }

    /// Begins to seal. What failed before is tried again.
    pub(super) fn seal(&mut self, actor: Actor) -> Result<(), Message> {
        if self.live.work.as_ref().is_some_and(WorkLive::runs) {
            return Err(Message::new("refused-work-runs"));
        }
        let Some(day) = self.day.as_mut() else { return Err(Message::new("refused-no-day")) };
        day.sealed_by = Some(actor);
        let total_bytes = day.pack_waiting();
        let archive = day.folder.archive().display().to_string();
        self.live.work = Some(WorkLive::begun(WorkKind::Seal, total_bytes, archive));
        day.parts.close_all();
        Ok(())
    }

    /// All parts of video are closed: closes the day and writes part 00 and what comes after.
    fn finish_seal(&mut self, now: Stamp) {
        if self.live.work.as_ref().is_none_or(|work| work.failed.is_some()) {
            return;
        }
        let Some(day) = self.day.as_ref() else { return };
        if day.day.cameras.values().any(|camera| camera.taken < camera.segments) {
            self.fail_work(Message::new("seal-segments-left"));
            return;
        }
        let actor = day.sealed_by.clone().unwrap_or(Actor::STATION);
        let parts = day.day.sealed_parts.len() as u32;
        let restarts = day.day.restarts;
        if day.day.stage != Stage::Closed {
            // A crash between the two records leaves the first.
            let due = &self.config.profile.archive.countersignatures;
            if *due != day.day.countersigners {
                let event = Event::CountersignaturesDue { roles: due.clone() };
                self.record(now, actor.clone(), event);
            }
            self.record(now, actor.clone(), Event::DayClosed { restarts, parts });
            self.checkpoint(now);
            self.commit();
        }
        if let Some(fault) = self.live.fault.clone() {
            self.fail_work(fault);
            return;
        }
        let Some(day) = self.day.as_ref() else { return };
        let journal = day.journal_part(&self.rotations, FormMaker::of(&self.config));
        if let Some(work) = self.live.work.as_mut() {
            work.total_bytes += journal.bytes();
        }
        day.parts.pack_journal(journal);
    }

    /// Part 00 and what comes after it are closed: the archive is complete.
    fn sealed(&mut self, journal: &SealedPart, now: Stamp) {
        let Some(day) = self.day.as_ref() else { return };
        let parts = day.day.sealed_parts.iter().chain([journal]).map(|part| part.sha256).collect();
        let event = Event::DaySealed { day: day.day.id.clone(), parts };
        let actor = day.sealed_by.clone().unwrap_or(Actor::STATION);
        self.record_of_point(now, actor, event);
        self.commit();
        if let Some(work) = self.live.work.as_mut() {
            work.done_bytes = work.total_bytes;
            work.finished = true;
        }
        self.feed_copies();
        self.back_up(now);
    }

    fn fail_work(&mut self, cause: Message) {
        if let Some(work) = self.live.work.as_mut() {
            work.failed = Some(cause);
        }
    }

    /// A day that was closed by a crash's last act, but not packed, is packed now.
    pub(super) fn take_up_seal(&mut self) {
        if self.day.as_ref().is_some_and(OpenDay::waits_for_packing)
            && let Err(refusal) = self.seal(Actor::STATION)
        {
            tracing::error!(%refusal, "sealing not taken up");
        }
    }
}
