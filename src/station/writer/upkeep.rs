//! What the station does by the clock: figures, disk, checkpoints, codes, clock steps, media.

use super::super::protocol::{DiskLive, TargetLive};
use super::{OpenDay, Writer};
use crate::clock::Stamp;
use crate::day::Stage;
use crate::i18n::Message;
use crate::journal::{Actor, DiskLevel, Event, VideoHead};
use crate::point::CameraId;
use crate::recording::Recorder;

/// The disk and media are looked at this often.
const DISK_EVERY_MS: u64 = 5_000;
/// A wall clock that moved by more than this against the monotonic one was set.
const CLOCK_STEP_MS: i64 = 1_000;
/// Below this much time left, a low disk is critical.
const CRITICAL_MS: i64 = 600_000;

/// When each duty is due next, on the monotonic clock.
pub(super) struct Upkeep {
    disk_ms: u64,
    checkpoint_ms: u64,
    code_ms: u64,
    /// Reading of the clocks that steps are measured against.
    before: Stamp,
}

impl Upkeep {
    pub fn new(now: Stamp) -> Self {
        Self { disk_ms: 0, checkpoint_ms: 0, code_ms: 0, before: now }
    }

    /// A day's first code is shown at once.
    pub fn day_begun(&mut self) {
        (self.disk_ms, self.checkpoint_ms, self.code_ms) = (0, 0, 0);
    }
}

impl Writer {
    pub(super) fn tick(&mut self, now: Stamp) {
        self.watch_people(now);
        self.read_recorders();
        self.read_copies();
        self.read_verifying();
        self.drop_late_references(now);
        self.lookout.look(self.cameras().into_iter().map(|camera| camera.source).collect());
        if now.mono_ms >= self.upkeep.disk_ms {
            self.upkeep.disk_ms = now.mono_ms + DISK_EVERY_MS;
            self.look_at_disk(now);
        }
        let before = std::mem::replace(&mut self.upkeep.before, now);
        let step_ms = now.wall_step_ms(&before);
        if !self.day.as_ref().is_some_and(OpenDay::is_open) {
            return;
        }
        if step_ms.abs() > CLOCK_STEP_MS {
            self.record(now, Actor::STATION, Event::ClockStepped { step_ms });
        }
        if now.offset_min != before.offset_min {
            let (from_min, to_min) = (before.offset_min, now.offset_min);
            self.record(now, Actor::STATION, Event::TimeZoneChanged { from_min, to_min });
        }
        self.tell_equipment(now);
        self.watch_requests(now);
        self.start_what_is_due(now);
        self.watch_outages(now);
        // A code is a checkpoint's, so it is a checkpoint itself.
        if now.mono_ms >= self.upkeep.code_ms {
            self.show_code(now);
        } else if now.mono_ms >= self.upkeep.checkpoint_ms {
            self.checkpoint(now);
        }
    }

    /// Binds what the cameras have written so far, then signs everything up to here.
    pub(super) fn checkpoint(&mut self, now: Stamp) {
        self.upkeep.checkpoint_ms = now.mono_ms + self.config.pace.checkpoint_every_ms;
        let heads: Vec<VideoHead> = self.recorders.values().filter_map(Recorder::video_head).collect();
        let closed = self.day.as_ref().is_some_and(|day| day.day.stage == Stage::Closed);
        if !heads.is_empty() && !closed {
            self.record(now, Actor::STATION, Event::VideoHeads { heads });
        }
        let signed = self.day.as_mut().map_or(Ok(()), |day| day.checkpoint(now).map(|_| ()));
        self.note_fault(signed);
    }

    /// A fresh checkpoint's code, for writing on paper.
    fn show_code(&mut self, now: Stamp) {
        self.upkeep.code_ms = now.mono_ms + self.config.pace.code_every_ms;
        self.checkpoint(now);
        let shown = self.day.as_ref().and_then(|day| day.newest_code.clone());
        if let Some((code, size)) = shown {
            self.record(now, Actor::STATION, Event::CodeShown { code, size });
        }
    }

    /// The disk is looked at with the next tick.
    pub(super) fn look_soon(&mut self) {
        self.upkeep.disk_ms = 0;
    }

    fn look_at_disk(&mut self, now: Stamp) {
        let recording: Vec<CameraId> =
            self.day.as_ref().map(|day| day.day.recording().cloned().collect()).unwrap_or_default();
        // Unknown is never enough.
        let (free_bytes, trouble) = match self.space.look(self.config.data.root()) {
            Ok(free_bytes) => (free_bytes, None),
            Err(trouble) => (0, Some(trouble)),
        };
        let needed_bytes = self.needed_bytes(now);
        let bits_per_second: u64 = recording.iter().map(|id| self.bits_per_second(id)).sum();
        let lasts_ms = (free_bytes * 8).checked_div(bits_per_second).map(|seconds| seconds as i64 * 1_000);
        let lasts_until_ms = lasts_ms.map(|left| now.utc_ms + left);
        self.live.disk = Some(DiskLive { free_bytes, needed_bytes, lasts_until_ms, trouble });
        if !self.media.look(now.mono_ms) && !self.live.targets.is_empty() {
            tracing::warn!("the list of media does not come: a mount hangs");
            self.live.targets.clear();
        }

        let level = match lasts_ms {
            Some(left) if left < CRITICAL_MS => Some(DiskLevel::Critical),
            Some(_) if free_bytes < needed_bytes => Some(DiskLevel::Low),
            _ => None,
        };
        let Some(day) = self.day.as_ref().filter(|day| day.is_open()) else { return };
        match (day.day.disk, level) {
            (before, Some(level)) if before != Some(level) => {
                self.record(now, Actor::STATION, Event::DiskLow { level, free_bytes, needed_bytes });
            }
            (Some(_), None) => self.record(now, Actor::STATION, Event::DiskRecovered { free_bytes }),
            _ => {}
        }
    }

    /// The list of media has come. What was plugged in since the last one may hold copies to go on with.
    pub(super) fn media_found(&mut self, targets: Vec<TargetLive>) {
        let before = std::mem::replace(&mut self.live.targets, targets.clone());
        let is_new = |target: &TargetLive| before.iter().all(|known| known.path != target.path);
        let new: Vec<TargetLive> = targets.into_iter().filter(is_new).collect();
        if !new.is_empty() {
            self.go_on_with_copies(Some(&new));
        }
    }

    /// What recording to the planned end takes from now on.
    pub(super) fn needed_bytes(&self, now: Stamp) -> u64 {
        let until_ms = match &self.day {
            Some(day) => day.day.plan.record_until_ms,
            None => self.today(now).record_until_ms,
        };
        self.config.profile.needed_bytes(now.utc_ms, until_ms)
    }

    fn bits_per_second(&self, camera: &CameraId) -> u64 {
        self.config.profile.camera(camera).map_or(0, |camera| u64::from(camera.bits_per_second))
    }

    /// Refuses a start that the disk would not last for.
    pub(super) fn enough_disk(&mut self, now: Stamp) -> Result<(), Message> {
        self.look_at_disk(now);
        let needed_bytes = self.needed_bytes(now);
        if let Some(trouble) = self.live.disk.as_ref().and_then(|disk| disk.trouble.clone()) {
            return Err(trouble);
        }
        let free_bytes = self.live.disk.as_ref().map_or(0, |disk| disk.free_bytes);
        if free_bytes < needed_bytes {
            return Err(Message::new("refused-disk")
                .with("free-mb", free_bytes / 1_000_000)
                .with("needed-mb", needed_bytes / 1_000_000));
        }
        Ok(())
    }
}
