//! Beginning an exam day, and taking one up again after a crash or a restart.

use chrono::NaiveDate;

use super::super::open_day::OpenDay;
use super::super::opening::{self, NewDay};
use super::Writer;
use crate::clock::Stamp;
use crate::day::{Handover, Stage};
use crate::i18n::Message;
use crate::journal::{Actor, Event, HeadDocument, JournalPlace, TakeOver};
use crate::point::{CameraId, Plan};
use crate::recording::{self, Finished, Mode, Repair};
use crate::signing::Digest;

impl Writer {
    /// The exam's date where the point is.
    pub(super) fn date(&self, now: Stamp) -> NaiveDate {
        opening::date(&self.config.profile, now)
    }

    /// Today's times.
    pub(super) fn today(&self, now: Stamp) -> Plan {
        let plan = self.config.profile.plan(self.date(now));
        match self.config.pace.compressed_ms {
            Some(length_ms) => plan.compressed(now.utc_ms, length_ms),
            None => plan,
        }
    }

    /// Begins today's exam day. If it is open already, nothing is to be done.
    pub(super) fn plan_day(&mut self, actor: &Actor, now: Stamp) -> Result<(), Message> {
        let id = self.config.profile.day_id(self.date(now));
        if self.day.as_ref().is_some_and(|day| day.is_open() && day.day.id == id) {
            return Ok(());
        }
        self.begin_day(None, actor, now)
    }

    /// Begins today's exam day anew, or where another station was in charge of it.
    pub(super) fn begin_day(
        &mut self,
        takes_over: Option<TakeOver>,
        actor: &Actor,
        now: Stamp,
    ) -> Result<(), Message> {
        let id = self.config.profile.day_id(self.date(now));
        if let Some(open) = self.day.as_ref().filter(|day| day.is_open() && day.day.id != id) {
            // An earlier day that recorded something is sealed first; an empty one is left as it is.
            if open.day.stage != Stage::Before {
                return Err(Message::new("refused-earlier-day").with("day", open.day.id.as_str()));
            }
        }
        if JournalPlace::day(self.data().root(), &id).exists() {
            return Err(Message::new("refused-day-exists").with("day", id.as_str()));
        }
        let new = NewDay {
            id: id.clone(),
            plan: self.today(now),
            point_head: self.point.newest_line(),
            takes_over,
        };
        let inbox = self.inbox.clone();
        let begun = opening::create_day(&self.config, &self.device_key, new, now, inbox);
        let day = begun.map_err(|error| {
            tracing::error!(%error, "day not begun");
            error.message(self.data().root())
        })?;
        self.handover = Some(Handover::new(id.clone()));
        self.forget_ended_copies();
        let event = Event::DayPlanned { day: id, plan: Digest::of(&day.document.to_bytes()) };
        self.record_of_point(now, actor.clone(), event);
        // Those of an earlier day write into its folder.
        self.recorders.clear();
        self.ledger.day_changed();
        self.day = Some(day);
        self.people_changed(now);
        self.upkeep.day_begun();
        // Whoever looked at the cameras before goes on looking.
        self.watch_changed();
        Ok(())
    }

    /// Stands where the day stood: what was recording records again first of all, then the files
    /// that the crash left are mended, and what is finished goes on into the archive.
    pub(super) fn take_up(&mut self, day: OpenDay, now: Stamp) {
        // A crash may come between the order to stop and its end: the order holds.
        let ordered = |id: &CameraId| day.day.cameras.get(id).is_some_and(|camera| camera.stop_ordered);
        let (stopped, recording): (Vec<CameraId>, Vec<CameraId>) =
            day.day.recording().cloned().partition(ordered);
        let left_open = day.files_left_open();
        self.day = Some(day);
        for (camera, number) in &left_open {
            if let Some(day) = self.day.as_mut() {
                day.number_used(camera, *number);
            }
        }
        for camera in &recording {
            self.set_mode(camera, Mode::Record);
        }
        for (camera, number) in left_open {
            self.mend(camera, number, now);
        }
        for camera in stopped {
            self.record(now, Actor::STATION, Event::RecordingStopped { camera });
        }
        if let Some(day) = self.day.as_mut() {
            day.note_silence(&recording);
            day.pack_waiting();
        }
        self.take_up_seal();
    }

    /// Closes a file that a crash left open, or takes one whose last record is missing.
    fn mend(&mut self, camera: CameraId, number: u32, now: Stamp) {
        let Some(folder) = self.day.as_ref().map(|day| day.folder.camera(&camera)) else { return };
        let Repair { finished, salvaged, cut_bytes } = match recording::repair(&folder, &camera, number) {
            Ok(repair) => repair,
            Err(error) => {
                tracing::error!(%error, %camera, number, "file can't be repaired");
                let cause = Message::new("recording-not-repaired").with("detail", error.to_string());
                self.record(now, Actor::STATION, Event::RecordingFault { camera, cause });
                return;
            }
        };
        if cut_bytes > 0 {
            let event = Event::FileRepaired { camera: camera.clone(), segment: number, cut_bytes };
            self.record(now, Actor::STATION, event);
        }
        for Finished { segment, head, .. } in finished.into_iter().chain(salvaged) {
            if let Some(day) = self.day.as_mut() {
                day.number_used(&camera, segment.segment);
            }
            self.record(now, Actor::STATION, Event::SegmentFinished(segment));
            self.record(now, Actor::STATION, Event::SegmentIndexed(head));
        }
    }
}
