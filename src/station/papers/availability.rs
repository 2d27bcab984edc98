//! For how much of the time that a camera should have recorded there is video of it.

use std::collections::BTreeMap;

use super::facts::DayFacts;
use crate::journal::Event;
use crate::point::CameraId;

/// One camera's day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Availability {
    pub first_ms: Option<i64>,
    pub last_ms: Option<i64>,
    /// How long it was ordered to record.
    pub ordered_ms: u64,
    pub lost_ms: u64,
    pub outages: u32,
}

impl Availability {
    /// Hundredths of a percent, rounded down: only what is whole reads as 100. None: never ordered.
    pub fn hundredths(&self) -> Option<i64> {
        let had = self.ordered_ms.saturating_sub(self.lost_ms);
        let share = (u128::from(had) * 10_000).checked_div(u128::from(self.ordered_ms))?;
        i64::try_from(share).ok()
    }
}

/// Of every camera of the day.
pub fn of_cameras(facts: &DayFacts) -> BTreeMap<&CameraId, Availability> {
    let cameras = facts.document.cameras.iter();
    let mut all: BTreeMap<&CameraId, Availability> =
        cameras.map(|camera| (&camera.id, Availability::default())).collect();
    let mut since: BTreeMap<&CameraId, i64> = BTreeMap::new();
    for record in &facts.records {
        match &record.event {
            Event::RecordingStarted { cameras } => {
                for camera in cameras {
                    since.entry(camera).or_insert(record.utc_ms);
                }
            }
            Event::RecordingStopped { camera } => {
                if let Some(from_ms) = since.remove(camera) {
                    add(&mut all, camera, from_ms, record.utc_ms);
                }
            }
            _ => {}
        }
    }
    for (camera, from_ms) in since {
        add(&mut all, camera, from_ms, facts.now_ms());
    }
    for (camera, availability) in &mut all {
        availability.lost_ms = facts.day.lost_ms(camera, facts.now_ms());
        let of_camera = facts.day.outages.iter().filter(|outage| outage.camera == **camera);
        availability.outages = u32::try_from(of_camera.count()).unwrap_or(u32::MAX);
    }
    all
}

fn add(all: &mut BTreeMap<&CameraId, Availability>, camera: &CameraId, from_ms: i64, to_ms: i64) {
    if let Some(availability) = all.get_mut(camera) {
        availability.first_ms.get_or_insert(from_ms);
        availability.last_ms = Some(to_ms);
        availability.ordered_ms += u64::try_from(to_ms.saturating_sub(from_ms)).unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_whole_reads_as_a_hundred_percent() {
        let of =
            |ordered_ms, lost_ms| Availability { ordered_ms, lost_ms, ..Default::default() }.hundredths();
        assert_eq!(of(0, 0), None);
        assert_eq!(of(25_200_000, 0), Some(10_000));
        assert_eq!(of(25_200_000, 1), Some(9_999));
        assert_eq!(of(10_000, 2_500), Some(7_500));
        assert_eq!(of(10_000, 20_000), Some(0));
    }
}
