//! What lies at a moment of the day, and where the next thing lies that a person would want to see.

use super::{Mark, Reviewed};
use crate::archive::{CameraSummary, Coverage};
use crate::point::CameraId;

/// A mark is met by whoever comes as near to it: a second is the smallest step.
const NEAR_MS: i64 = 999;

/// How a camera's video is at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VideoAt {
    Changed,
    Missing,
    /// Not recorded, as the journal itself tells.
    Admitted,
    /// It stays at the point.
    Kept,
    Whole,
}

impl VideoAt {
    /// The worst first.
    pub const ALL: [Self; 5] = [Self::Changed, Self::Missing, Self::Admitted, Self::Kept, Self::Whole];

    fn of(self, camera: &CameraSummary) -> &Coverage {
        match self {
            Self::Changed => &camera.changed,
            Self::Missing => &camera.missing,
            Self::Admitted => &camera.admitted,
            Self::Kept => &camera.kept,
            Self::Whole => &camera.signed,
        }
    }
}

impl Reviewed {
    /// Cameras of which something is known at that moment, with the worst of it.
    pub fn video_at(&self, at_ms: i64) -> Vec<(&CameraId, VideoAt)> {
        video_at(&self.report.cameras, at_ms)
    }

    /// Marks that lie there, in the journal's order.
    pub fn marks_at(&self, at_ms: i64) -> impl Iterator<Item = &Mark> {
        let lies = move |mark: &&Mark| {
            mark.from_ms.saturating_sub(NEAR_MS) <= at_ms && at_ms <= mark.to_ms.saturating_add(NEAR_MS)
        };
        self.marks.iter().filter(lies)
    }

    /// Where the next stretch begins that is not whole, or the next mark, after that moment; UTC ms.
    pub fn next_moment(&self, at_ms: i64) -> Option<i64> {
        moments(&self.report.cameras, &self.marks).filter(|moment_ms| *moment_ms > at_ms).min()
    }

    /// The one before.
    pub fn moment_before(&self, at_ms: i64) -> Option<i64> {
        moments(&self.report.cameras, &self.marks).filter(|moment_ms| *moment_ms < at_ms).max()
    }
}

fn video_at(cameras: &[CameraSummary], at_ms: i64) -> Vec<(&CameraId, VideoAt)> {
    let covers =
        |coverage: &Coverage| coverage.spans.iter().any(|span| (span.from_ms..span.to_ms).contains(&at_ms));
    let worst = |camera: &CameraSummary| VideoAt::ALL.into_iter().find(|video| covers(video.of(camera)));
    cameras.iter().filter_map(|camera| Some((&camera.camera, worst(camera)?))).collect()
}

fn moments(cameras: &[CameraSummary], marks: &[Mark]) -> impl Iterator<Item = i64> {
    let not_whole = [VideoAt::Changed, VideoAt::Missing, VideoAt::Admitted];
    let spans = cameras.iter().flat_map(move |camera| not_whole.map(|video| &video.of(camera).spans));
    let spans = spans.flatten().map(|span| span.from_ms);
    spans.chain(marks.iter().map(|mark| mark.from_ms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Span;
    use crate::review::MarkKind;

    fn covered(spans: &[(i64, i64)]) -> Coverage {
        let spans: Vec<_> =
            spans.iter().map(|(from_ms, to_ms)| Span { from_ms: *from_ms, to_ms: *to_ms }).collect();
        Coverage { ms: 0, spans, more: 0 }
    }

    fn camera(id: &str) -> CameraSummary {
        CameraSummary {
            camera: id.parse().unwrap(),
            name: String::new(),
            signed: covered(&[(0, 10_000), (20_000, 30_000)]),
            changed: covered(&[]),
            missing: covered(&[(10_000, 15_000)]),
            admitted: covered(&[(15_000, 20_000)]),
            kept: covered(&[]),
        }
    }

    #[test]
    fn the_worst_of_a_camera_is_told_and_its_end_is_no_part_of_it() {
        let changed = CameraSummary { changed: covered(&[(8_000, 9_000)]), ..camera("b") };
        let cameras = [camera("a"), changed];
        let told = |at_ms| video_at(&cameras, at_ms).into_iter().map(|(_, video)| video).collect::<Vec<_>>();
        assert_eq!(told(8_000), [VideoAt::Whole, VideoAt::Changed]);
        assert_eq!(told(9_000), [VideoAt::Whole; 2]);
        assert_eq!(told(10_000), [VideoAt::Missing; 2]);
        assert_eq!(told(15_000), [VideoAt::Admitted; 2]);
        assert_eq!(told(30_000), []);
    }

    #[test]
    fn moments_are_where_something_begins() {
        let mark = Mark { kind: MarkKind::Access, from_ms: 12_000, to_ms: 40_000, camera: None, record: 1 };
        let mut found: Vec<_> = moments(&[camera("a")], &[mark]).collect();
        found.sort_unstable();
        assert_eq!(found, [10_000, 12_000, 15_000]);
    }
}
