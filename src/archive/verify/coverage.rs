//! Second by second: what of each camera is here as it was signed, what was changed, what is missing.

use std::collections::{BTreeMap, BTreeSet};

use super::duty::Duty;
use super::facts::Facts;
use super::spans::Spans;
use crate::archive::{CameraSummary, Integrity, Place, Report};
use crate::i18n::Message;
use crate::point::CameraId;
use crate::recording::inspect::InspectedFragment;

/// Pictures that follow each other closer than this leave no hole.
const CLOSE_MS: i64 = 1_000;
/// A loss is noticed and told after five seconds: a longer one that is told nowhere was hidden.
const HIDDEN_MS: i64 = 5_000;
/// A camera takes some seconds to begin, and its last file some to be finished.
const SETTLING_MS: i64 = 10_000;
/// A segment has one stretch, or a few around what was changed in it. Of more, none counts.
const MAX_STRETCHES: usize = 1_000;

/// What was found of all cameras.
#[derive(Debug, Default)]
pub struct Coverage {
    cameras: BTreeMap<CameraId, Found>,
}

#[derive(Debug, Default)]
struct Found {
    signed: Vec<(i64, i64)>,
    changed: Vec<(i64, i64)>,
    kept: Vec<(i64, i64)>,
    /// When something should be there.
    expected: Vec<(i64, i64)>,
    admitted: Vec<(i64, i64)>,
}

/// How a segment's video was found.
pub enum Video<'a> {
    /// By its fragments: whole ones are as they were signed.
    Fragments(&'a [InspectedFragment]),
    /// All of it is what was recorded, though nothing here tells its fragments apart.
    Whole(i64, i64),
    /// None of it is what was signed for this time.
    Changed(i64, i64),
    /// Its part stays at the point.
    Kept(i64, i64),
}

impl Coverage {
    pub fn take(&mut self, camera: &CameraId, video: Video<'_>) {
        let found = self.cameras.entry(camera.clone()).or_default();
        match video {
            Video::Whole(from_ms, to_ms) => found.signed.push((from_ms, to_ms)),
            Video::Changed(from_ms, to_ms) => found.changed.push((from_ms, to_ms)),
            Video::Kept(from_ms, to_ms) => found.kept.push((from_ms, to_ms)),
            Video::Fragments(fragments) => {
                found.signed.extend(stretches(fragments, true));
                found.changed.extend(stretches(fragments, false));
            }
        }
    }

    /// What the journal expects and admits; notes losses that it should tell and does not.
    pub fn hold_to_journal(&mut self, facts: &Facts, report: &mut Report) {
        let mut named: BTreeMap<&CameraId, Vec<(i64, i64)>> = BTreeMap::new();
        for (key, (_, segment)) in &facts.segments {
            named.entry(&key.0).or_default().push((segment.from_ms, segment.to_ms));
        }
        let cameras: BTreeSet<CameraId> =
            facts.duty.cameras().chain(named.keys().copied()).cloned().collect();
        for camera in cameras {
            let named = Spans::of(named.remove(&camera).unwrap_or_default());
            let ordered = settled(&facts.duty.ordered(&camera), &named);
            let admitted = match ordered == Spans::default() {
                true => Spans::default(),
                false => facts.duty.admitted(&camera),
            };
            let hidden = ordered.minus(&named).minus(&admitted).of_at_least(HIDDEN_MS);
            // An unreadable record may have told of it.
            for (from_ms, to_ms) in hidden.iter().filter(|_| facts.complete) {
                let place = Place {
                    camera: Some(camera.clone()),
                    from_ms: Some(from_ms),
                    to_ms: Some(to_ms),
                    ..Place::default()
                };
                let seconds = to_ms.saturating_sub(from_ms) / 1000;
                let message = Message::new("archive-video-hidden-gap").with("seconds", seconds);
                report.fault(Integrity::Incomplete, place, message);
            }
            let found = self.cameras.entry(camera).or_default();
            found.expected.extend(ordered.plus(&named).iter());
            found.admitted.extend(admitted.within(&ordered).minus(&named).iter());
        }
    }

    /// What was lost between two stations of one day, which the second one's document admits.
    pub fn bridge(&mut self, old: &Duty, new: &Duty) {
        for (camera, lost) in old.lost_to(new) {
            let found = self.cameras.entry(camera).or_default();
            found.expected.push(lost);
            found.admitted.push(lost);
        }
    }

    /// One line a camera, in the order of their names.
    pub fn tell(self, name: impl Fn(&CameraId) -> String, report: &mut Report) {
        for (camera, found) in self.cameras {
            let (signed, changed) = (Spans::of(found.signed), Spans::of(found.changed));
            let changed = changed.minus(&signed);
            let signed = signed.without_holes_under(CLOSE_MS).minus(&changed);
            let here = signed.plus(&changed);
            let kept = Spans::of(found.kept).without_holes_under(CLOSE_MS).minus(&here);
            let accounted = here.plus(&kept);
            let admitted = Spans::of(found.admitted).minus(&accounted).of_at_least(CLOSE_MS);
            let missing = Spans::of(found.expected).minus(&accounted).minus(&admitted).of_at_least(CLOSE_MS);
            report.cameras.push(CameraSummary {
                name: name(&camera),
                camera,
                signed: signed.told(),
                changed: changed.told(),
                missing: missing.told(),
                admitted: admitted.told(),
                kept: kept.told(),
            });
        }
    }
}

/// The stretches of fragments that are whole, or that are not; those that follow each other are one.
fn stretches(fragments: &[InspectedFragment], whole: bool) -> Vec<(i64, i64)> {
    let mut stretches: Vec<(i64, i64)> = Vec::new();
    let mut last = None;
    for fragment in fragments.iter().filter(|fragment| fragment.whole == whole) {
        let follows = last.is_some_and(|last: u32| last.saturating_add(1) == fragment.i);
        match stretches.last_mut() {
            Some(run) if follows && fragment.from_ms.abs_diff(run.1) < CLOSE_MS as u64 => {
                run.1 = fragment.to_ms;
            }
            _ => stretches.push((fragment.from_ms, fragment.to_ms)),
        }
        last = Some(fragment.i);
    }
    if stretches.len() > MAX_STRETCHES { Vec::new() } else { stretches }
}

/// What was ordered, without the seconds in which a camera begins and ends.
fn settled(ordered: &Spans, named: &Spans) -> Spans {
    Spans::of(ordered.iter().map(|(from_ms, to_ms)| {
        let (first, last) = named.reach_in(from_ms, to_ms).unwrap_or((to_ms, from_ms));
        let begins = first.saturating_sub(from_ms) <= SETTLING_MS;
        let ends = to_ms.saturating_sub(last) <= SETTLING_MS;
        (if begins { first.max(from_ms) } else { from_ms }, if ends { last.min(to_ms) } else { to_ms })
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Actor, Event, Link, Record, Segment};
    use crate::signing::Digest;

    fn camera() -> CameraId {
        "entrance-1".parse().unwrap()
    }

    /// A journal of these events, each with its second.
    fn facts(events: &[(i64, Event)]) -> Facts {
        let mut facts = Facts::default();
        for (n, (second, event)) in (0..).zip(events) {
            let record = Record {
                n,
                boot: "0".repeat(16),
                mono_ms: 0,
                utc_ms: second * 1000,
                offset_min: 0,
                actor: Actor::STATION,
                event: event.clone(),
                salt: "0".repeat(32),
                prev: Digest::of(b""),
            };
            facts.take(&record, &mut Report::new());
        }
        facts.finish(&mut Report::new());
        facts.complete = true;
        facts
    }

    fn started() -> Event {
        Event::RecordingStarted { cameras: vec![camera()] }
    }

    fn stopped() -> Event {
        Event::RecordingStopped { camera: camera() }
    }

    fn segment(number: u32, from: i64, to: i64) -> Event {
        let digest = Digest::of(&number.to_be_bytes());
        Event::SegmentFinished(Segment {
            camera: camera(),
            segment: number,
            from_ms: from * 1000,
            to_ms: to * 1000,
            frames: 1,
            bytes: 1,
            sha256: digest,
            index_sha256: digest,
            repaired: false,
        })
    }

    fn gap(from: i64, to: i64) -> Event {
        let cause = Message::new("camera-lost");
        Event::Gap { camera: camera(), from_ms: from * 1000, to_ms: to * 1000, cause }
    }

    /// The seconds signed, missing, admitted, and what is said of hidden gaps, when these whole
    /// stretches of video are here.
    fn judged(events: &[(i64, Event)], here: &[(i64, i64)]) -> (u64, u64, u64, Vec<(i64, i64)>) {
        let (mut coverage, mut report) = (Coverage::default(), Report::new());
        for (from, to) in here {
            let fragment =
                InspectedFragment { i: 1, from_ms: from * 1000, to_ms: to * 1000, frames: 1, whole: true };
            coverage.take(&camera(), Video::Fragments(&[fragment]));
        }
        coverage.hold_to_journal(&facts(events), &mut report);
        coverage.tell(|_| String::new(), &mut report);
        let [summary] = report.cameras.as_slice() else { panic!("{:?}", report.cameras) };
        let seconds = |coverage: &crate::archive::Coverage| coverage.ms / 1000;
        let times =
            report.faults.iter().filter_map(|f| Some((f.place.from_ms? / 1000, f.place.to_ms? / 1000)));
        let hidden = times.collect();
        (seconds(&summary.signed), seconds(&summary.missing), seconds(&summary.admitted), hidden)
    }

    #[test]
    fn a_day_without_a_loss_is_signed_from_end_to_end() {
        let events =
            [(0, started()), (604, segment(0, 3, 603)), (1204, segment(1, 603, 1200)), (1206, stopped())];
        assert_eq!(judged(&events, &[(3, 603), (603, 1200)]), (1197, 0, 0, vec![]));
        assert_eq!(judged(&events, &[(3, 603)]), (600, 597, 0, vec![]));
    }

    #[test]
    fn an_honest_outage_is_admitted_and_a_hidden_one_is_a_fault() {
        let (first, second) = ((700, segment(0, 0, 600)), (1300, segment(1, 660, 1200)));
        let here = [(0, 600), (660, 1200)];
        let honest = [(0, started()), first.clone(), (661, gap(600, 660)), second.clone(), (1200, stopped())];
        assert_eq!(judged(&honest, &here), (1140, 0, 60, vec![]));
        let hidden = [(0, started()), first.clone(), second.clone(), (1200, stopped())];
        assert_eq!(judged(&hidden, &here), (1140, 60, 0, vec![(600, 660)]));
        // Of a camera that never gave a picture nothing is there to be hidden by.
        let never = [(0, started()), (60, stopped())];
        assert_eq!(judged(&never, &[]), (0, 60, 0, vec![(0, 60)]));
        // Nothing is asked of the time when nobody wanted it to record.
        let ordered = [(0, started()), (600, stopped()), first, (660, started()), second, (1200, stopped())];
        assert_eq!(judged(&ordered, &here), (1140, 0, 0, vec![]));
    }

    #[test]
    fn a_restart_and_a_clock_set_forward_are_admitted() {
        let restart = Event::StationStarted { version: "0".to_owned(), restart: 1, link: Link::Linked };
        let events =
            [(0, started()), (600, segment(0, 0, 600)), (690, restart), (1200, segment(1, 690, 1200))];
        assert_eq!(judged(&events, &[(0, 600), (690, 1200)]), (1110, 0, 90, vec![]));
        let step = Event::ClockStepped { step_ms: 3_600_000 };
        let events = [
            (0, started()),
            (600, segment(0, 0, 600)),
            (4201, step),
            (4300, segment(1, 4200, 4300)),
            (4300, stopped()),
        ];
        assert_eq!(judged(&events, &[(0, 600), (4200, 4300)]), (700, 0, 3600, vec![]));
    }

    #[test]
    fn what_was_changed_is_counted_by_its_fragments() {
        let fragment = |i: u32, whole| InspectedFragment {
            i,
            from_ms: i64::from(i) * 2000,
            to_ms: i64::from(i) * 2000 + 2000,
            frames: 1,
            whole,
        };
        let fragments = [(1, true), (2, false), (3, false), (4, true)].map(|(i, whole)| fragment(i, whole));
        assert_eq!(stretches(&fragments, true), [(2000, 4000), (8000, 10_000)]);
        assert_eq!(stretches(&fragments, false), [(4000, 8000)]);
    }
}
