//! Days that are over: listed, verified again, copied again, deleted when their time has come.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::super::copying::CopyOrder;
use super::super::handle::LineId;
use super::super::older_days::{self, OlderEvent, OlderTold, Verifying};
use super::super::protocol::{
    Answer, Approval, DayLine, DayState, DaysCommand, DaysPage, WorkKind, WorkLive,
};
use super::commands::text;
use super::{OpenDay, Writer};
use crate::clock::Stamp;
use crate::day::{KeepRefusal, OlderDay};
use crate::i18n::Message;
use crate::journal::{Actor, CopyPurpose, DayDeleted, DayDeletionBegun, DayVerified, Event};
use crate::point::{DayId, Right};

/// Days on a page.
const PAGE: usize = 50;

impl Writer {
    pub(super) fn older_days(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        command: DaysCommand,
        now: Stamp,
    ) -> Result<Answer, Message> {
        if let DaysCommand::List { from } = command {
            self.signed_in(line)?;
            return Ok(Answer::Days(Box::new(self.list_days(from as usize))));
        }
        let actor = self.actor(line, approval, Right::Seal, now)?;
        match command {
            DaysCommand::List { .. } => Ok(Answer::Done),
            DaysCommand::Verify { day } => {
                self.held(&day)?;
                if self.verifying.is_some() {
                    return Err(Message::new("refused-work-runs"));
                }
                let begun = Verifying::start(self.data(), day.clone(), now.utc_ms, self.inbox.clone());
                self.verifying = Some(begun.map_err(no_thread)?);
                self.live.older = Some(WorkLive::begun(WorkKind::Verify, 0, day.to_string()));
                Ok(Answer::Begun)
            }
            DaysCommand::StopVerifying => {
                // Its thread says when it has come to an end.
                self.verifying.iter().for_each(Verifying::stop);
                Ok(Answer::Done)
            }
            DaysCommand::CopyTo { day, target } => {
                self.held(&day)?;
                self.copy_older(day, &target)?;
                Ok(Answer::Begun)
            }
            DaysCommand::Delete { day, reason } => {
                if !self.signs_second(&actor) {
                    return Err(Message::new("refused-second-person"));
                }
                self.delete_day(day, text(reason)?, actor, now)?;
                Ok(Answer::Begun)
            }
        }
    }

    fn list_days(&self, from: usize) -> DaysPage {
        let total = self.past.older.iter().count();
        let days = self.past.older.iter().rev().skip(from).take(PAGE);
        DaysPage { total, from, days: days.map(|(day, told)| self.day_line(day, told)).collect() }
    }

    fn day_line(&self, day: &DayId, told: &OlderDay) -> DayLine {
        let folder = self.data().days().join(day.as_str());
        let taken = older_days::taken_by(&folder);
        let open = self.day.as_ref().is_some_and(|open| open.is_open() && open.day.id == *day);
        let state = match &told.deletion {
            Some(deletion) if deletion.done_ms.is_some() => DayState::Deleted,
            Some(_) => DayState::Deleting,
            None if open => DayState::Open,
            None if told.sealed_ms.is_none() => DayState::Unsealed,
            None if taken.files == 0 => DayState::Missing,
            None => DayState::Sealed,
        };
        let keep_until = self.kept_until(day, told);
        DayLine {
            day: day.clone(),
            state,
            keep_until,
            files: taken.files,
            bytes: taken.bytes,
            told: told.clone(),
        }
    }

    /// The later one of what the day's document says and what the profile says now: neither shortens it.
    fn kept_until(&self, day: &DayId, told: &OlderDay) -> Option<NaiveDate> {
        if let Some(deletion) = &told.deletion {
            return Some(deletion.told.keep_until);
        }
        let written = older_days::keep_until(self.data().root(), day)?;
        // A day is region-point-date-station.
        let date = day.as_str().splitn(3, '-').nth(2).and_then(|rest| rest.get(..10)?.parse().ok());
        let ruled = date.map(|date| self.config.profile.plan(date).keep_until);
        Some(ruled.map_or(written, |ruled| ruled.max(written)))
    }

    /// A day that is over and sealed, and of which nothing is deleted.
    fn held(&self, day: &DayId) -> Result<(), Message> {
        match self.past.older.get(day) {
            None => Err(Message::new("refused-day-unknown").with("day", day.as_str())),
            Some(told) if told.deletion.is_some() => {
                Err(Message::new("refused-day-deleted").with("day", day.as_str()))
            }
            Some(told) if told.sealed_ms.is_none() => Err(Message::new("refused-not-sealed")),
            Some(_) => Ok(()),
        }
    }

    fn copy_older(&mut self, day: DayId, target: &str) -> Result<(), Message> {
        let target = PathBuf::from(target);
        if !target.is_absolute() {
            return Err(Message::new("refused-target").with("target", target.display().to_string()));
        }
        let files = older_days::delivered_files(self.data(), &day).map_err(|error| {
            tracing::error!(%error, %day, "older day not read");
            error.message()
        })?;
        let order = CopyOrder {
            target: target.join(day.as_str()),
            data: self.config.data.root().to_owned(),
            known: Default::default(),
            only_on: None,
            is_verified: false,
            keep_from: None,
            recipients: self.config.profile.archive.recipients.clone(),
        };
        self.begin_copy_of(day, order, CopyPurpose::Medium)?;
        if let Some(copy) = self.copies.last_mut() {
            copy.feed_whole(files);
        }
        Ok(())
    }

    fn delete_day(&mut self, day: DayId, reason: String, actor: Actor, now: Stamp) -> Result<(), Message> {
        self.held(&day)?;
        // What the window shows is looked into all the time.
        if self.day.as_ref().is_some_and(|open: &OpenDay| open.day.id == day) {
            return Err(Message::new("refused-day-at-hand"));
        }
        let busy = self.verifying.as_ref().is_some_and(|verifying| verifying.day == day);
        if busy || self.is_copying(&day) {
            return Err(Message::new("refused-work-runs"));
        }
        let told = self.past.older.get(&day).cloned().unwrap_or_default();
        let Some(keep_until) = self.kept_until(&day, &told) else {
            return Err(Message::new("refused-day-damaged").with("day", day.as_str()));
        };
        self.past.older.may_delete(&day, keep_until, self.date(now)).map_err(|refusal| match refusal {
            KeepRefusal::Unknown => Message::new("refused-day-unknown").with("day", day.as_str()),
            KeepRefusal::NotSealed => Message::new("refused-not-sealed"),
            KeepRefusal::Deleted => Message::new("refused-day-deleted").with("day", day.as_str()),
            KeepRefusal::KeptUntil(date) => {
                Message::new("refused-day-kept").with("day", day.as_str()).with("date", date.to_string())
            }
        })?;
        let older_days::Taken { files, bytes } = older_days::taken_by(&self.data().days().join(day.as_str()));
        let (parts, id) = (told.parts, day.clone());
        let begun = DayDeletionBegun { day: id, keep_until, parts, files, bytes, reason };
        self.record_of_point(now, actor, Event::DayDeletionBegun(begun));
        // Nothing goes before it is on disk who ordered it.
        self.commit();
        match self.live.fault.clone() {
            Some(fault) => Err(fault),
            None => older_days::delete(self.data(), day, self.inbox.clone()).map_err(no_thread),
        }
    }

    /// At the start: what a crash left of days that were being deleted goes too.
    pub(super) fn delete_the_rest(&mut self) {
        let half: Vec<DayId> = self.past.older.half_deleted().cloned().collect();
        for day in half {
            if let Err(error) = older_days::delete(self.data(), day, self.inbox.clone()) {
                tracing::error!(%error, "day not deleted");
            }
        }
    }

    pub(super) fn older_told(&mut self, told: OlderTold, now: Stamp) {
        let OlderTold { day, event } = told;
        self.live.older_ended += 1;
        match event {
            OlderEvent::Verified(outcome) => {
                self.read_verifying();
                self.verifying = None;
                let Some(work) = self.live.older.as_mut() else { return };
                match outcome {
                    Some((verdict, faults)) => {
                        work.finished = true;
                        let verified = DayVerified { day, verdict, faults };
                        self.record_of_point(now, Actor::STATION, Event::DayVerified(verified));
                    }
                    None => self.live.older = None,
                }
            }
            OlderEvent::Deleted(Ok(())) => {
                self.record_of_point(now, Actor::STATION, Event::DayDeleted(DayDeleted { day }));
            }
            OlderEvent::Deleted(Err(cause)) => {
                let mut work = WorkLive::begun(WorkKind::Delete, 0, day.to_string());
                work.failed = Some(cause);
                self.live.older = Some(work);
            }
        }
    }

    /// Once a tick: how far the verification is.
    pub(super) fn read_verifying(&mut self) {
        if let (Some(verifying), Some(work)) = (&self.verifying, self.live.older.as_mut()) {
            let (done, total) = verifying.reached();
            work.bytes_per_second = match work.bytes_per_second {
                0 => done.saturating_sub(work.done_bytes),
                before => (before * 3 + done.saturating_sub(work.done_bytes)) / 4,
            };
            (work.done_bytes, work.total_bytes) = (done, total);
            work.eta_ms = (total.saturating_sub(done) * 1_000).checked_div(work.bytes_per_second);
        }
    }
}

fn no_thread(error: std::io::Error) -> Message {
    Message::new("station-thread").with("detail", error.to_string())
}
