//! Times without video while a camera should have recorded: what the timer counts and what has to be
//! explained before the day is sealed.
//!
//! An outage is one camera's. Its room counts as unseen even where another camera records: nobody can
//! tell afterwards whether that one saw the whole room. It lasts from the end of the last video to the
//! first video after it, whatever took it away: camera, disk, program or power. Losses of one camera
//! less than a minute apart are one outage. The plan's tolerance is held against all that the camera
//! lost over the day: the rule speaks of minutes without video and does not say in one piece.

use serde::{Deserialize, Serialize};

use super::Day;
use super::alarms::{AlarmKind, Severity, clear};
use super::fold::{fault_id, lost_id, unwritten_id};
use crate::i18n::Message;
use crate::journal::{OutageLevel, Record};
use crate::point::{CameraId, PersonId};

/// A loss that begins sooner than this after the last one ended goes on with its outage.
const APART_MS: i64 = 60_000;
/// Less than this is some frames late, and no outage.
const SHORTEST_MS: u64 = 500;
/// The begin as it was noticed and as it was measured differ by less than this.
const NOTICED_MS: i64 = 3_000;
/// Outages that are told apart; later ones are counted into the last one of their camera.
const MOST: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// The record that told of it; explanations name it.
    pub record: u64,
    pub camera: CameraId,
    /// End of the last video before it.
    pub from_ms: i64,
    /// Begin of the first video after it; none while it lasts.
    pub to_ms: Option<i64>,
    pub noticed: Reading,
    pub ended: Option<Reading>,
    /// As it was noticed.
    pub cause: Message,
    /// Who has been alarmed.
    pub level: OutageLevel,
    /// How often the video broke off.
    pub times: u32,
    /// Begin of the loss that lasts, or of the last one.
    pub since_ms: i64,
    /// What the losses before that one took.
    pub earlier_ms: u64,
    /// How far the wall clock was set during it.
    pub stepped_ms: i64,
    pub explained: Option<Explanation>,
}

/// Both clocks when a record was written; the monotonic one counts within a boot alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub utc_ms: i64,
    pub mono_ms: u64,
    pub boot: String,
}

/// Why there was no video, in a person's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    pub text: String,
    pub by: Option<PersonId>,
    pub at_ms: i64,
}

impl Outage {
    pub fn lasts(&self) -> bool {
        self.to_ms.is_none()
    }

    /// Video missing so far, in milliseconds; a clock that was set meanwhile does not change it.
    pub fn lost_ms(&self, now_ms: i64) -> u64 {
        let until_ms = self.to_ms.unwrap_or(now_ms);
        let last = until_ms.saturating_sub(self.since_ms).saturating_sub(self.stepped_ms);
        self.earlier_ms.saturating_add(u64::try_from(last).unwrap_or(0))
    }
}

/// Who has to know of so much lost video: the technician at once, the head at half of the tolerance,
/// everybody at the tolerance.
pub fn level_due(lost_ms: u64, tolerance_ms: u64) -> OutageLevel {
    if lost_ms >= tolerance_ms {
        OutageLevel::Limit
    } else if lost_ms >= tolerance_ms / 2 {
        OutageLevel::Head
    } else {
        OutageLevel::Technician
    }
}

impl Day {
    /// The outage that the camera is in.
    pub fn outage_of(&self, camera: &CameraId) -> Option<&Outage> {
        self.outages.iter().rev().find(|outage| outage.camera == *camera && outage.lasts())
    }

    /// All video that the camera has lost today, the outage that lasts included.
    pub fn lost_ms(&self, camera: &CameraId, now_ms: i64) -> u64 {
        let of_camera = self.outages.iter().filter(|outage| outage.camera == *camera);
        of_camera.map(|outage| outage.lost_ms(now_ms)).sum()
    }

    /// Outages that nobody has given a reason for; the day is not sealed over them.
    pub fn unexplained(&self) -> impl Iterator<Item = &Outage> {
        self.outages.iter().filter(|outage| outage.explained.is_none())
    }

    /// A camera that should record gives no video since `from_ms`.
    pub(super) fn outage_begins(&mut self, record: &Record, id: &CameraId, from_ms: i64, cause: &Message) {
        let Some(ordered_ms) = self.cameras.get(id).and_then(|camera| camera.recording_since_ms) else {
            return;
        };
        if self.outage_of(id).is_none() {
            self.begin(record, id, from_ms.max(ordered_ms), cause);
        }
    }

    /// Video comes again; what was counted as lost and was not is forgotten.
    pub(super) fn outage_ends(&mut self, record: &Record, id: &CameraId, to_ms: i64) {
        for alarm in [lost_id(id), fault_id(id), unwritten_id(id)] {
            clear(&mut self.alarms, &alarm);
        }
        if let Some(at) = self.outages.iter().rposition(|outage| outage.camera == *id && outage.lasts()) {
            let outage = &mut self.outages[at];
            outage.to_ms = Some(to_ms.max(outage.since_ms));
            outage.ended = Some(Reading::of(record));
            if outage.lost_ms(to_ms) < SHORTEST_MS {
                self.outages.remove(at);
            }
        }
    }

    /// The recorder knows the loss to the frame: it makes the outage exact that it belongs to.
    pub(super) fn outage_measured(
        &mut self,
        record: &Record,
        id: &CameraId,
        span: (i64, i64),
        why: &Message,
    ) {
        let (from_ms, to_ms) = span;
        let last = self.outages.iter_mut().rfind(|outage| outage.camera == *id);
        match last.filter(|outage| outage.to_ms.is_none_or(|ended_ms| ended_ms > from_ms)) {
            Some(outage) => {
                // A recorder that was started during the outage knows of its own run alone.
                if from_ms.saturating_sub(outage.since_ms) < NOTICED_MS {
                    outage.since_ms = from_ms;
                    if outage.times == 1 {
                        outage.from_ms = from_ms;
                    }
                }
                outage.to_ms = None;
            }
            None => self.begin(record, id, from_ms, why),
        }
        self.outage_ends(record, id, to_ms);
    }

    fn begin(&mut self, record: &Record, id: &CameraId, from_ms: i64, cause: &Message) {
        let full = self.outages.len() >= MOST;
        let last = self.outages.iter_mut().rfind(|outage| outage.camera == *id);
        let goes_on = |outage: &&mut Outage| {
            let ended_ms = outage.to_ms.unwrap_or(from_ms);
            full || (from_ms.saturating_sub(ended_ms) < APART_MS && outage.explained.is_none())
        };
        if let Some(outage) = last.filter(goes_on) {
            outage.earlier_ms = outage.lost_ms(from_ms);
            (outage.to_ms, outage.ended, outage.explained) = (None, None, None);
            (outage.since_ms, outage.stepped_ms) = (from_ms, 0);
            outage.times += 1;
            return;
        }
        self.outages.push(Outage {
            record: record.n,
            camera: id.clone(),
            from_ms,
            to_ms: None,
            noticed: Reading::of(record),
            ended: None,
            cause: cause.clone(),
            level: OutageLevel::Technician,
            times: 1,
            since_ms: from_ms,
            earlier_ms: 0,
            stepped_ms: 0,
            explained: None,
        });
    }

    /// More people have to know: its alarms come back, louder, though somebody has seen them.
    pub(super) fn outage_escalates(&mut self, id: &CameraId, level: OutageLevel, at_ms: i64) {
        let outage = self.outages.iter_mut().rfind(|outage| outage.camera == *id && outage.lasts());
        let Some(outage) = outage.filter(|outage| outage.level < level) else { return };
        outage.level = level;
        let severity = match level {
            OutageLevel::Technician => Severity::Alarm,
            OutageLevel::Head => Severity::Head,
            OutageLevel::Limit => Severity::Limit,
        };
        let ids = [lost_id(id), fault_id(id), unwritten_id(id)];
        if !self.alarms.iter().any(|alarm| ids.contains(&alarm.id)) {
            let kind = AlarmKind::NothingWritten { camera: id.clone() };
            self.raise(&ids[2], kind, severity, at_ms);
        }
        for alarm in self.alarms.iter_mut().filter(|alarm| ids.contains(&alarm.id)) {
            (alarm.severity, alarm.acknowledged) = (severity, false);
        }
    }

    pub(super) fn outages_explained(&mut self, record: &Record, named: &[u64], text: &str) {
        for outage in self.outages.iter_mut().filter(|outage| named.contains(&outage.record)) {
            let by = record.actor.person.clone();
            outage.explained = Some(Explanation { text: text.to_owned(), by, at_ms: record.utc_ms });
        }
    }

    /// The wall clock was set: what lasts did not last longer for it.
    pub(super) fn outages_stepped(&mut self, step_ms: i64) {
        for outage in self.outages.iter_mut().filter(|outage| outage.lasts()) {
            outage.stepped_ms = outage.stepped_ms.saturating_add(step_ms);
        }
    }
}

impl Reading {
    pub(super) fn of(record: &Record) -> Self {
        Self { utc_ms: record.utc_ms, mono_ms: record.mono_ms, boot: record.boot.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_told_at_half_of_the_tolerance() {
        let after = |minutes: u64| level_due(minutes * 60_000, 20 * 60_000);
        assert_eq!(after(9), OutageLevel::Technician);
        assert_eq!(after(10), OutageLevel::Head);
        assert_eq!(after(20), OutageLevel::Limit);
        assert_eq!(level_due(0, 0), OutageLevel::Limit);
    }
}
