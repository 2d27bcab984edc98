//! Copies of the archive: begun while it grows, complete once the day is packed, and handed over.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::copying::{CopyEvent, CopyOrder, CopyTold, Copying, Medium};
use super::super::protocol::{CopyLive, CopyState, TargetLive};
use super::Writer;
use crate::archive::{Copied, PartName};
use crate::clock::Stamp;
use crate::day::{self, Handover};
use crate::i18n::Message;
use crate::journal::{Actor, CopyPurpose, Event, Group, MediumTold};
use crate::point::DayId;

/// A recorder's sync that takes longer than this has the disk for itself.
const STRAINED_MS: u64 = 1_500;
/// Below this, copies go on.
const EASY_MS: u64 = 500;

/// A copy, and what the view shows of it.
pub(super) struct Copy {
    day: DayId,
    folder: PathBuf,
    copying: Copying,
    live: CopyLive,
    /// The record of its begin is written.
    begun: bool,
}

/// A copy that is gone on with.
struct Resumed {
    purpose: CopyPurpose,
    /// On these media it was begun.
    media: Vec<String>,
    /// On all of them it was verified once.
    is_verified: bool,
}

impl Writer {
    /// Begins to copy into the day's folder in `target`.
    pub(super) fn copy_to(&mut self, target: &str) -> Result<(), Message> {
        let day = self.day.as_ref().ok_or_else(|| Message::new("refused-no-day"))?;
        let target = PathBuf::from(target);
        if !target.is_absolute() {
            return Err(Message::new("refused-target").with("target", target.display().to_string()));
        }
        let folder = target.join(day.day.id.as_str());
        self.begin_copy(folder, CopyPurpose::Medium, None)
    }

    /// Begins the backups that the profile asks for and that are not there yet; the day is packed.
    pub(super) fn back_up(&mut self, now: Stamp) {
        let rules = self.config.profile.archive.backup.clone();
        let folders = [(rules.daily, CopyPurpose::Daily), (rules.cumulative, CopyPurpose::Cumulative)];
        let Some(day) = self.day.as_ref().filter(|day| day.is_packed()).map(|day| day.day.id.clone()) else {
            return;
        };
        for (folder, purpose) in folders {
            let Some(folder) = folder.map(|folder| folder.join(day.as_str())) else { continue };
            let target = folder.display().to_string();
            let made = |copy: &day::Copy| copy.target == target && copy.verified_at_ms.is_some();
            if self.handover.as_ref().is_some_and(|handover| handover.copies.iter().any(made)) {
                continue;
            }
            // Plain, so on nothing that can be carried away.
            let removable = |target: &&TargetLive| target.removable && folder.starts_with(&target.path);
            let begun = match self.live.targets.iter().find(removable) {
                Some(medium) => Err(Message::new("backup-removable").with("medium", medium.path.as_str())),
                None => self.begin_copy(folder.clone(), purpose, None),
            };
            if let Err(cause) = begun {
                let (day, target) = (day.clone(), target.clone());
                let encrypted = false;
                let begun = Event::CopyBegun {
                    day: day.clone(),
                    target: target.clone(),
                    medium: String::new(),
                    purpose,
                    encrypted,
                };
                self.record_of_point(now, Actor::STATION, begun);
                self.record_of_point(now, Actor::STATION, Event::CopyFailed { day, target, cause });
            }
        }
    }

    /// Goes on with copies that an earlier station left half made, and brings along what came after the others
    /// were verified: where their media are in. Those that were plugged in since the last look are `new`; all
    /// are looked at without it.
    pub(super) fn go_on_with_copies(&mut self, new: Option<&[TargetLive]>) {
        let is_near =
            |folder: &Path| new.is_none_or(|new| new.iter().any(|target| folder.starts_with(&target.path)));
        let mut due: BTreeMap<PathBuf, Resumed> = BTreeMap::new();
        for copy in self.unfinished_copies().filter(|copy| is_near(Path::new(&copy.target))) {
            let (purpose, is_verified) = (copy.purpose, true);
            let resumed = due.entry(PathBuf::from(&copy.target));
            let resumed = resumed.or_insert(Resumed { purpose, media: Vec::new(), is_verified });
            resumed.media.push(copy.medium.clone());
            resumed.is_verified &= copy.verified_at_ms.is_some();
        }
        for (folder, resumed) in due {
            if let Err(refusal) = self.begin_copy(folder, resumed.purpose, Some(resumed)) {
                tracing::warn!(%refusal, "copy not taken up");
            }
        }
    }

    /// As [`Handover::unfinished`], and nobody is at it.
    fn unfinished_copies(&self) -> impl Iterator<Item = &day::Copy> {
        let packed = self.day.as_ref().filter(|day| day.is_packed());
        let delivered = packed.map(|day| day.delivered_files().len());
        let kept = packed.map_or(0, |day| day.kept_files().len());
        let whole = move |purpose| match purpose {
            CopyPurpose::Medium => delivered,
            CopyPurpose::Daily | CopyPurpose::Cumulative => delivered.map(|files| files + kept),
        };
        let runs = |copy: &day::Copy| {
            self.copies.iter().any(|run| run.live.target == copy.target && run.live.runs())
        };
        self.handover
            .iter()
            .flat_map(move |handover| handover.unfinished(whole))
            .filter(move |copy| !runs(copy))
    }

    /// Verified copies that lack what came later.
    fn read_copies_behind(&mut self) {
        let verified = self.unfinished_copies().filter(|copy| copy.verified_at_ms.is_some());
        self.live.copies_behind = verified.map(|copy| copy.target.clone()).collect();
    }

    fn begin_copy(
        &mut self,
        folder: PathBuf,
        purpose: CopyPurpose,
        resumed: Option<Resumed>,
    ) -> Result<(), Message> {
        let Some(open) = self.day.as_ref() else { return Ok(()) };
        let day = open.day.id.clone();
        let target = folder.display().to_string();
        // What can be carried away is encrypted where the profile asks for it, without exception.
        let recipients = match purpose {
            CopyPurpose::Medium => self.config.profile.archive.recipients.clone(),
            CopyPurpose::Daily | CopyPurpose::Cumulative => Vec::new(),
        };
        let earlier = open.day.copies.get(&target).into_iter().flat_map(|parts| parts.values());
        let order = CopyOrder {
            target: folder.clone(),
            data: self.config.data.root().to_owned(),
            known: earlier.map(|copy| (copy.file.clone(), copy.sha256)).collect(),
            keep_from: (purpose == CopyPurpose::Daily).then(|| (day.clone(), open.day.plan.date)),
            recipients,
            is_verified: resumed.as_ref().is_some_and(|resumed| resumed.is_verified),
            only_on: resumed.map(|resumed| resumed.media),
        };
        self.begin_copy_of(day, order, purpose)?;
        self.feed_copies();
        Ok(())
    }

    /// Begins a copy of that day's archive; its files are still to be named.
    pub(super) fn begin_copy_of(
        &mut self,
        day: DayId,
        order: CopyOrder,
        purpose: CopyPurpose,
    ) -> Result<(), Message> {
        let (folder, target) = (order.target.clone(), order.target.display().to_string());
        let encrypted = !order.recipients.is_empty();
        if self.copies.iter().any(|copy| copy.folder == folder && copy.live.runs()) {
            return Err(Message::new("refused-copy-runs").with("target", folder.display().to_string()));
        }
        self.copies.retain(|copy| copy.folder != folder);
        let copying = Copying::start(order, self.inbox.clone())
            .map_err(|error| Message::new("station-thread").with("detail", error.to_string()))?;
        let live = CopyLive {
            target,
            purpose,
            encrypted,
            files: 0,
            done_bytes: 0,
            total_bytes: 0,
            bytes_per_second: 0,
            eta_ms: None,
            state: CopyState::Copying,
        };
        self.copies.push(Copy { day, folder, copying, live, begun: false });
        Ok(())
    }

    /// Whether something of that day is being copied.
    pub(super) fn is_copying(&self, day: &DayId) -> bool {
        self.copies.iter().any(|copy| copy.day == *day && copy.live.runs())
    }

    pub(super) fn cancel_copy(&mut self, target: &str) {
        let named = |copy: &&mut Copy| copy.folder == Path::new(target);
        if let Some(copy) = self.copies.iter_mut().find(named) {
            copy.copying.cancel();
        }
    }

    /// Names to every copy what is closed by now, and that it is all once the day is packed.
    pub(super) fn feed_copies(&mut self) {
        let Some(day) = &self.day else { return };
        let complete = day.is_packed();
        let delivered = day.day.sealed_parts.iter().filter(|part| part.group == Group::Delivered);
        let closed: Vec<PathBuf> = match complete {
            true => day.delivered_files(),
            false => delivered.map(|part| day.folder.archive().join(&part.file)).collect(),
        };
        let kept: Vec<PathBuf> = day.kept_files();
        for copy in self.copies.iter_mut().filter(|copy| copy.day == day.day.id) {
            closed.iter().for_each(|file| copy.copying.add(file.clone()));
            if copy.live.purpose != CopyPurpose::Medium {
                kept.iter().for_each(|file| copy.copying.add(file.clone()));
            }
            if complete {
                copy.copying.complete();
            }
        }
    }

    /// Once a tick: how far the copies are, how fast, how long still; the recording goes before them.
    pub(super) fn read_copies(&mut self) {
        let strain_ms = self.disk.strain_ms();
        for copy in self.copies.iter_mut().filter(|copy| copy.live.runs()) {
            match strain_ms {
                STRAINED_MS.. => copy.copying.hold_back(true),
                0..EASY_MS => copy.copying.hold_back(false),
                _ => {}
            }
            copy.read();
        }
        self.read_copies_behind();
    }

    pub(super) fn forget_ended_copies(&mut self) {
        self.copies.retain(|copy| copy.live.runs());
    }

    pub(super) fn copy_live(&self) -> Vec<CopyLive> {
        self.copies.iter().map(|copy| copy.live.clone()).collect()
    }

    pub(super) fn copy_told(&mut self, told: CopyTold, now: Stamp) {
        let Some(at) = self.copies.iter().position(|copy| copy.folder == told.target) else { return };
        let copy = &mut self.copies[at];
        copy.read();
        let (day, target) = (copy.day.clone(), copy.live.target.clone());
        let event = match told.event {
            CopyEvent::Begun(Medium { name, serial }) => {
                let begun = copy.begin(name.clone());
                self.record_of_point(now, Actor::STATION, begun);
                if let Some(serial) = serial {
                    let told = MediumTold { day, target, medium: name, serial };
                    self.record_of_point(now, Actor::STATION, Event::MediumTold(told));
                }
                return;
            }
            CopyEvent::Absent => return drop(self.copies.remove(at)),
            CopyEvent::File(copied) => {
                copy.live.files += 1;
                return self.part_copied(&day, target, copied, now);
            }
            CopyEvent::Ended(Ok(())) => {
                copy.live.state = CopyState::Verified;
                copy.live.eta_ms = Some(0);
                // Some may have been there, and verified, before.
                copy.live.files = copy.copying.named();
                Event::CopyVerified { day, target, files: copy.live.files }
            }
            CopyEvent::Ended(Err(cause)) => {
                copy.live.state = CopyState::Failed(cause.clone());
                // One that did not even come to its medium is told with its purpose all the same.
                let begun = (!copy.begun).then(|| copy.begin(String::new()));
                if let Some(begun) = begun {
                    self.record_of_point(now, Actor::STATION, begun);
                }
                Event::CopyFailed { day, target, cause }
            }
        };
        let verified = matches!(event, Event::CopyVerified { .. });
        self.record_of_point(now, Actor::STATION, event);
        if verified {
            // What came while its last file was being copied.
            self.go_on_with_copies(None);
        }
    }

    /// A copy made while the day is open stands in its own journal.
    fn part_copied(&mut self, day: &DayId, target: String, copied: Copied, now: Stamp) {
        let name = copied.file.split_once('.').and_then(|(name, _)| PartName::parse(name));
        let part = name.and_then(|name| name.number());
        let open = self.day.as_ref().is_some_and(|open| open.is_open() && open.day.id == *day);
        if let Some(part) = part.filter(|_| open) {
            let (file, sha256) = (copied.file, copied.sha256);
            self.record(now, Actor::STATION, Event::PartCopied { part, target, file, sha256 });
        }
    }

    /// The archive leaves the point.
    pub(super) fn hand_over(&mut self, actor: Actor, reason: String, now: Stamp) -> Result<(), Message> {
        let packed = self.day.as_ref().filter(|day| day.is_packed());
        let Some(handover) = self.handover.as_ref().filter(|_| packed.is_some()) else {
            return Err(Message::new("refused-not-sealed"));
        };
        let media = handover.media();
        if media < Handover::MEDIA && reason.is_empty() {
            return Err(Message::new("refused-handover-reason").with("media", media));
        }
        let (day, media) = (handover.day.clone(), media as u32);
        self.record_of_point(now, actor, Event::HandedOver { day, media, reason });
        Ok(())
    }
}

impl Copy {
    /// Names all of the archive's files at once.
    pub fn feed_whole(&mut self, files: Vec<PathBuf>) {
        files.into_iter().for_each(|file| self.copying.add(file));
        self.copying.complete();
    }

    fn begin(&mut self, medium: String) -> Event {
        self.begun = true;
        let (purpose, encrypted) = (self.live.purpose, self.live.encrypted);
        Event::CopyBegun {
            day: self.day.clone(),
            target: self.live.target.clone(),
            medium,
            purpose,
            encrypted,
        }
    }

    fn read(&mut self) {
        let reached = self.copying.reached();
        let live = &mut self.live;
        let speed = reached.done_bytes.saturating_sub(live.done_bytes);
        // Smoothed over some seconds, so that the time left doesn't jump.
        live.bytes_per_second =
            if live.bytes_per_second == 0 { speed } else { (live.bytes_per_second * 3 + speed) / 4 };
        (live.done_bytes, live.total_bytes) = (reached.done_bytes, reached.total_bytes);
        let left = reached.total_bytes.saturating_sub(reached.done_bytes);
        live.eta_ms = (left * 1_000).checked_div(live.bytes_per_second);
        live.state = match (reached.held_back, reached.waits) {
            (true, _) => CopyState::HeldBack,
            (false, true) => CopyState::Waiting,
            (false, false) => CopyState::Copying,
        };
    }
}
