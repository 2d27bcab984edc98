//! The point as a view shows it.

use super::super::StationConfig;
use super::super::pins::Pins;
use super::super::protocol::{CameraInfo, PersonView, PointView, untold};
use crate::clock::Stamp;

/// What of the point never changes while the station runs, but for who has a PIN.
pub(super) fn of(config: &StationConfig, pins: &Pins, now: Stamp) -> PointView {
    use chrono::{Offset, TimeZone};
    let profile = &config.profile;
    let instant = chrono::DateTime::from_timestamp_millis(now.utc_ms).unwrap_or_default().naive_utc();
    let offset = profile.time_zone.offset_from_utc_datetime(&instant).fix();
    PointView {
        region: profile.region.to_string(),
        code: profile.point.to_string(),
        name: profile.name.clone(),
        subject: profile.subject.clone(),
        offset_min: offset.local_minus_utc() / 60,
        people: profile
            .people
            .iter()
            .map(|person| PersonView {
                id: person.id.clone(),
                name: person.name.clone(),
                post: person.post.clone(),
                role: person.role,
                has_pin: pins.has(&person.id),
            })
            .collect(),
        rooms: profile.rooms.clone(),
        cameras: profile
            .cameras
            .iter()
            .map(|camera| CameraInfo {
                id: camera.id.clone(),
                name: camera.name.clone(),
                room: camera.room.clone(),
                delivered: camera.delivered,
            })
            .collect(),
        actions: profile.access.actions.clone(),
        request_categories: profile.requests.categories.iter().map(|one| one.name.clone()).collect(),
        confidential: !profile.archive.recipients.is_empty(),
        checklists: untold(),
    }
}
