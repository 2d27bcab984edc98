//! Going on with the exam day of a computer that failed.
//!
//! Recording comes first: it starts at once, whatever was not known of the other station. Nothing
//! of that one's checks and accesses is carried over: the check is done or waived here, accesses that
//! stand open there are closed or explained there, once it runs again.

use std::collections::BTreeSet;
use std::path::Path;

use super::super::opening;
use super::super::protocol::OldStation;
use super::Writer;
use crate::clock::Stamp;
use crate::i18n::Message;
use crate::journal::{
    Actor, DayDocument, Event, Journal, JournalError, JournalPlace, KnownHead, ReadBack, TakeOver,
};
use crate::point::{CameraId, DayId, StationId};
use crate::recording::Mode;

/// A data folder has a day's folder for each exam.
const MAX_DAYS: usize = 10_000;

impl Writer {
    /// Begins today's day where the other station's ended, and records.
    pub(super) fn take_over(
        &mut self,
        from: &OldStation,
        reason: String,
        actor: Actor,
        now: Stamp,
    ) -> Result<(), Message> {
        let (takes_over, recording) = match from.data.trim() {
            "" => (self.known_on_paper(from, now)?, None),
            data => {
                let (takes_over, recording) = self.known_from_disk(from, Path::new(data), now)?;
                (takes_over, Some(recording))
            }
        };
        let day = takes_over.day.clone();
        self.begin_day(Some(takes_over), &actor, now)?;
        self.record(now, actor.clone(), Event::TakenOver { day, reason });
        let known =
            |camera: &CameraId| self.day.as_ref().is_some_and(|day| day.day.cameras.contains_key(camera));
        // What the other one recorded; all cameras if that is not known, or was nothing.
        let mut cameras: Vec<CameraId> = recording.unwrap_or_default().into_iter().filter(known).collect();
        if cameras.is_empty() {
            cameras = self.config.profile.cameras.iter().map(|camera| camera.id.clone()).collect();
        }
        self.record(now, actor, Event::RecordingStarted { cameras: cameras.clone() });
        for camera in &cameras {
            self.set_mode(camera, Mode::Record);
        }
        Ok(())
    }

    /// The other station by its name, and its newest code that somebody wrote down.
    fn known_on_paper(&self, from: &OldStation, now: Stamp) -> Result<TakeOver, Message> {
        let station: StationId = from.station.trim().parse().map_err(Message::from)?;
        let mut other = self.config.profile.clone();
        if station == other.station {
            return Err(Message::new("refused-takeover-self").with("station", station.as_str()));
        }
        other.station = station;
        let head = match from.code.trim() {
            "" => KnownHead::Nothing {},
            typed => {
                let code = typed.parse().map_err(|_| Message::new("refused-takeover-code"))?;
                KnownHead::Code { code }
            }
        };
        Ok(TakeOver { day: other.day_id(self.date(now)), device_key: None, head })
    }

    /// The journal of the other station, read where its disk is; and which cameras it recorded.
    fn known_from_disk(
        &self,
        from: &OldStation,
        data: &Path,
        now: Stamp,
    ) -> Result<(TakeOver, Vec<CameraId>), Message> {
        let refused = |id: &str| Message::new(id).with("folder", data.display().to_string());
        if !data.is_absolute() {
            return Err(refused("refused-takeover-folder"));
        }
        let found = self.days_of_others(data, now);
        let named = |day: &&DayId| {
            let station = from.station.trim();
            station.is_empty() || day.as_str().strip_suffix(station).is_some_and(|rest| rest.ends_with('-'))
        };
        let mut fitting = found.iter().filter(named);
        let (Some(day), None) = (fitting.next(), fitting.next()) else {
            return Err(refused("refused-takeover-folder"));
        };
        let read = Journal::read::<DayDocument>(&JournalPlace::day(data, day));
        let ReadBack { document, records, root } = read.map_err(|error: JournalError| {
            tracing::warn!(%error, %day, "the other station's journal can't be read");
            refused("refused-takeover-unreadable")
        })?;
        let recording = opening::fold(&document, &records).recording().cloned().collect();
        let head = KnownHead::Records { size: records.len() as u64, root };
        let device_key = Some(document.device_key.fingerprint());
        Ok((TakeOver { day: day.clone(), device_key, head }, recording))
    }

    /// Today's days of this exam point in that data folder, but for this station's own.
    fn days_of_others(&self, data: &Path, now: Stamp) -> BTreeSet<DayId> {
        let own = self.config.profile.day_id(self.date(now));
        let Some(exam) = own.as_str().strip_suffix(self.config.profile.station.as_str()) else {
            return BTreeSet::new();
        };
        let Ok(entries) = std::fs::read_dir(data.join("days")) else { return BTreeSet::new() };
        let names = entries.take(MAX_DAYS).filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        let others = names.filter(|day: &DayId| day.as_str().starts_with(exam) && *day != own);
        others.filter(|day| JournalPlace::day(data, day).exists()).collect()
    }
}
