//! Where a day's archive lies and whether it was handed over: a fold of the point's journal, since the
//! day's own takes no records any more.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::journal::{CopyPurpose, Event, Record};
use crate::point::{DayId, PersonId};
use crate::signing::Digest;

/// A part on a medium, read back from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartCopy {
    pub file: String,
    /// Of the file as it stands there.
    pub sha256: Digest,
    #[serde(default)]
    pub verified_at_ms: i64,
}

/// The copies of one day's archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    pub day: DayId,
    /// Each target once, in the order they were begun.
    pub copies: Vec<Copy>,
    pub handed_over: Option<HandedOver>,
}

/// One copy of the whole archive, finished or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    pub target: String,
    /// Tells one medium from another; empty on the recorder's own disk.
    pub medium: String,
    /// The serial number that the device under it tells.
    #[serde(default)]
    pub serial: Option<String>,
    pub purpose: CopyPurpose,
    pub encrypted: bool,
    /// When all of it was read back.
    pub verified_at_ms: Option<i64>,
    /// So many files all of it was then.
    #[serde(default)]
    pub files: u32,
    /// Why the last try did not succeed.
    pub failed: Option<Message>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    pub at_ms: i64,
    pub by: Option<PersonId>,
    pub media: u32,
    /// Why on fewer media than two.
    pub reason: String,
}

impl Handover {
    /// So many media with a verified copy are asked for.
    pub const MEDIA: usize = 2;

    pub fn new(day: DayId) -> Self {
        Self { day, copies: Vec::new(), handed_over: None }
    }

    /// What the point's journal tells of that day.
    pub fn of<'a>(day: DayId, records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut handover = Self::new(day);
        records.into_iter().for_each(|record| handover.apply(record));
        handover
    }

    /// Takes the next record of the point's journal; those of other days change nothing.
    pub fn apply(&mut self, record: &Record) {
        match &record.event {
            Event::CopyBegun { day, target, medium, purpose, encrypted } if *day == self.day => {
                let begun = Copy {
                    target: target.clone(),
                    medium: medium.clone(),
                    serial: None,
                    purpose: *purpose,
                    encrypted: *encrypted,
                    verified_at_ms: None,
                    files: 0,
                    failed: None,
                };
                // Another medium in the same place takes nothing away from the one before.
                let same = |copy: &&mut Copy| copy.target == *target && copy.medium == *medium;
                match self.copies.iter_mut().find(same) {
                    Some(before) => before.failed = None,
                    None => self.copies.push(begun),
                }
            }
            Event::MediumTold(told) if told.day == self.day => {
                let same = |copy: &&mut Copy| copy.target == told.target && copy.medium == told.medium;
                if let Some(copy) = self.copies.iter_mut().find(same) {
                    copy.serial = Some(told.serial.clone());
                }
            }
            Event::CopyVerified { day, target, files } if *day == self.day => {
                let copy = self.newest(target);
                (copy.verified_at_ms, copy.files, copy.failed) = (Some(record.utc_ms), *files, None);
            }
            Event::CopyFailed { day, target, cause } if *day == self.day => {
                self.newest(target).failed = Some(cause.clone());
            }
            Event::HandedOver { day, media, reason } if *day == self.day => {
                let by = record.actor.approved_by.clone().or_else(|| record.actor.person.clone());
                let (at_ms, reason) = (record.utc_ms, reason.clone());
                self.handed_over = Some(HandedOver { at_ms, by, media: *media, reason });
            }
            _ => {}
        }
    }

    /// How many different media hold a verified copy.
    pub fn media(&self) -> usize {
        let made = |copy: &&Copy| {
            copy.purpose == CopyPurpose::Medium && copy.verified_at_ms.is_some() && !copy.medium.is_empty()
        };
        self.copies.iter().filter(made).map(|copy| &copy.medium).collect::<BTreeSet<_>>().len()
    }

    /// Backups that were not made.
    pub fn backups_failed(&self) -> impl Iterator<Item = (&Copy, &Message)> {
        let backups = self.copies.iter().filter(|copy| copy.purpose != CopyPurpose::Medium);
        backups.filter_map(|copy| Some((copy, copy.failed.as_ref()?)))
    }

    /// Copies that were being made when the station ended, and those made of fewer files than there are now:
    /// `whole` says how many a copy of that purpose holds once the day is packed. Others that failed are begun
    /// again by a person, and none once the archive was handed over.
    pub fn unfinished(&self, whole: impl Fn(CopyPurpose) -> Option<usize>) -> impl Iterator<Item = &Copy> {
        let open = self.handed_over.is_none();
        self.copies.iter().filter(move |copy| {
            let is_behind = || whole(copy.purpose).is_some_and(|files| (copy.files as usize) < files);
            open && copy.failed.is_none() && (copy.verified_at_ms.is_none() || is_behind())
        })
    }

    /// The copy there that was begun last; records of an older program don't tell of the begin.
    fn newest(&mut self, target: &str) -> &mut Copy {
        let at = self.copies.iter().rposition(|copy| copy.target == target).unwrap_or_else(|| {
            self.copies.push(Copy {
                target: target.to_owned(),
                medium: target.to_owned(),
                serial: None,
                purpose: CopyPurpose::Medium,
                encrypted: false,
                verified_at_ms: None,
                files: 0,
                failed: None,
            });
            self.copies.len() - 1
        });
        &mut self.copies[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::trial::record;
    use crate::journal::MediumTold;

    fn folded(events: impl IntoIterator<Item = Event>) -> Handover {
        let mut handover = Handover::new(day("77-0101-2026-05-29-main"));
        for (n, event) in (0..).zip(events) {
            handover.apply(&record(n, "technician", n as i64, event));
        }
        handover
    }

    fn day(id: &str) -> DayId {
        id.parse().unwrap()
    }

    fn begun(target: &str, medium: &str) -> Event {
        Event::CopyBegun {
            day: day("77-0101-2026-05-29-main"),
            target: target.into(),
            medium: medium.into(),
            purpose: CopyPurpose::Medium,
            encrypted: false,
        }
    }

    fn verified(target: &str) -> Event {
        Event::CopyVerified { day: day("77-0101-2026-05-29-main"), target: target.into(), files: 3 }
    }

    #[test]
    fn two_folders_of_one_medium_are_one_medium() {
        let copies = [begun("/a/1", "A"), begun("/a/2", "A"), verified("/a/1"), verified("/a/2")];
        assert_eq!(folded(copies).media(), 1);
    }

    #[test]
    fn another_medium_in_the_same_place_is_a_second_one() {
        let one = [begun("/m", "A"), verified("/m"), begun("/m", "B")];
        assert_eq!(folded(one.clone()).media(), 1, "the second is not verified yet");
        assert_eq!(folded(one.into_iter().chain([verified("/m")])).media(), 2);
    }

    #[test]
    fn a_serial_number_belongs_to_the_medium_that_told_it() {
        let told = |medium: &str, serial: &str| {
            let (day, target) = (day("77-0101-2026-05-29-main"), "/m".into());
            Event::MediumTold(MediumTold { day, target, medium: medium.into(), serial: serial.into() })
        };
        let handover = folded([
            begun("/m", "A"),
            told("A", "E0D5"),
            begun("/m", "B"),
            begun("/m", "C"),
            told("C", "F00D"),
            told("D", "9999"),
        ]);
        let serials: Vec<_> = handover.copies.iter().map(|copy| copy.serial.as_deref()).collect();
        assert_eq!(serials, [Some("E0D5"), None, Some("F00D")]);
    }

    #[test]
    fn the_recorders_own_disk_another_day_and_a_backup_are_no_media() {
        let other =
            Event::CopyVerified { day: day("77-0101-2026-05-30-main"), target: "/m".into(), files: 3 };
        let cause = Message::new("x");
        let backup = |purpose, target: &str| Event::CopyBegun {
            day: day("77-0101-2026-05-29-main"),
            target: target.into(),
            medium: "D".into(),
            purpose,
            encrypted: false,
        };
        let failed = Event::CopyFailed { day: day("77-0101-2026-05-29-main"), target: "/all".into(), cause };
        let handover = folded([
            begun("/m", ""),
            verified("/m"),
            other,
            backup(CopyPurpose::Daily, "/daily"),
            verified("/daily"),
            backup(CopyPurpose::Cumulative, "/all"),
            failed.clone(),
        ]);
        assert_eq!(handover.media(), 0);
        assert_eq!(
            handover.backups_failed().map(|(copy, _)| copy.target.as_str()).collect::<Vec<_>>(),
            ["/all"]
        );
        let mended = [backup(CopyPurpose::Cumulative, "/all"), failed, verified("/all")];
        assert_eq!(folded(mended).backups_failed().count(), 0);
    }

    #[test]
    fn what_was_being_copied_and_what_misses_later_files_is_unfinished() {
        let unfinished = |handover: &Handover, whole: Option<usize>| -> Vec<String> {
            handover.unfinished(|_| whole).map(|copy| copy.target.clone()).collect()
        };
        let failed = Event::CopyFailed {
            day: day("77-0101-2026-05-29-main"),
            target: "/c".into(),
            cause: Message::new("x"),
        };
        let copies = [begun("/a", "A"), verified("/a"), begun("/b", "B"), begun("/c", "C"), failed.clone()];
        let handover = folded(copies.clone());
        assert_eq!(unfinished(&handover, None), ["/b"]);
        assert_eq!(unfinished(&handover, Some(3)), ["/b"]);
        assert_eq!(unfinished(&handover, Some(4)), ["/a", "/b"]);
        let over = Event::HandedOver { day: day("77-0101-2026-05-29-main"), media: 1, reason: "x".into() };
        assert_eq!(unfinished(&folded(copies.into_iter().chain([over])), Some(4)), [""; 0]);
    }

    #[test]
    fn a_copy_that_an_older_program_told_of_counts() {
        assert_eq!(folded([verified("/m"), verified("/n")]).media(), 2);
    }
}
