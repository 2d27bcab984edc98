//! What is wrong with an archive in as few lines as say it all: faults of one kind are one finding.

use crate::archive::{Fault, Integrity, Place, Report};
use crate::i18n::Message;

/// Pictures that follow each other closer than this are one stretch.
const CLOSE_MS: i64 = 1_000;
/// No more kinds than these are told apart; there are fewer.
const MOST: usize = 100;

/// Faults of one kind, the most exact of them first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub effect: Integrity,
    /// Of the first; its times reach over those that follow it without a hole.
    pub place: Place,
    pub message: Message,
    /// Other places of which the same is said.
    pub more: u64,
}

/// The worst first; of equally bad ones those that say where in the video.
pub fn findings(report: &Report) -> Vec<Finding> {
    let mut faults: Vec<&Fault> = report.faults.iter().collect();
    let exactness = |place: &Place| (place.camera.is_some(), place.from_ms.is_some(), place.record.is_some());
    faults.sort_by_key(|fault| {
        let place = &fault.place;
        let first = place.from_ms.unwrap_or(i64::MAX);
        (std::cmp::Reverse((fault.effect, exactness(place))), first)
    });
    let mut found: Vec<Finding> = Vec::new();
    for fault in faults {
        let known = found.iter_mut().any(|finding| finding.takes(fault));
        if !known && found.len() < MOST {
            let Fault { effect, place, message } = fault.clone();
            found.push(Finding { effect, place, message, more: 0 });
        }
    }
    found
}

impl Finding {
    /// Whether it says what the fault says.
    fn takes(&mut self, fault: &Fault) -> bool {
        let (own, other) = (&self.place, &fault.place);
        let same_subject = own.camera == other.camera && own.day == other.day;
        if same_subject && self.message.id == fault.message.id {
            let follows = own.segment == other.segment || own.to_ms == other.from_ms;
            match (own.to_ms, other.from_ms, other.to_ms) {
                (Some(end), Some(from), Some(to)) if follows && from.abs_diff(end) <= CLOSE_MS as u64 => {
                    self.place.to_ms = Some(to.max(end));
                }
                _ => self.more += 1,
            }
            return true;
        }
        // That the file, too, is another says nothing new of a video in which the second is known.
        let exact = own.camera.is_some() && own.from_ms.is_some();
        exact && other.from_ms.is_none() && own.part.is_some() && own.part == other.part && {
            let same_file = own.file.is_some() && own.file == other.file;
            let same_video = own.camera == other.camera && own.segment == other.segment;
            same_file || (other.camera.is_some() && same_video)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn video(from_s: i64, to_s: i64) -> Place {
        Place {
            camera: Some("entrance-1".parse().unwrap()),
            segment: Some(1),
            from_ms: Some(from_s * 1_000),
            to_ms: Some(to_s * 1_000),
            ..Place::file("x-01.zip", "data/video/entrance-1/000001.mp4")
        }
    }

    #[test]
    fn what_follows_each_other_is_one_finding_and_the_worst_and_most_exact_comes_first() {
        let mut report = Report::new();
        let changed = || Message::new("archive-video-changed");
        report.fault(Integrity::Incomplete, Place::part("x-02.zip"), Message::new("archive-part-missing"));
        let file = Place::file("x-01.zip", "data/video/entrance-1/000001.mp4");
        report.fault(Integrity::Tampered, file, Message::new("archive-file-changed"));
        for (from, to) in [(12, 14), (10, 12), (30, 32)] {
            report.fault(Integrity::Tampered, video(from, to), changed());
        }
        for record in [7, 8, 9] {
            let message = Message::new("journal-fault-record-changed");
            report.fault(Integrity::Tampered, Place::record(record), message);
        }
        let told: Vec<_> = findings(&report)
            .into_iter()
            .map(|found| (found.message.id, found.place.from_ms, found.place.to_ms, found.more))
            .collect();
        let id = str::to_owned;
        assert_eq!(
            told,
            [
                (id("archive-video-changed"), Some(10_000), Some(14_000), 1),
                (id("journal-fault-record-changed"), None, None, 2),
                (id("archive-part-missing"), None, None, 0),
            ]
        );
    }

    #[test]
    fn the_same_of_another_camera_is_another_finding() {
        let mut report = Report::new();
        let other = Place { camera: Some("room-3".parse().unwrap()), ..video(10, 12) };
        for place in [video(10, 12), other] {
            report.fault(Integrity::Tampered, place, Message::new("archive-video-changed"));
        }
        assert_eq!(findings(&report).len(), 2);
    }
}
