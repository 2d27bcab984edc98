//! The point as a view shows it.

use super::super::StationConfig;
use super::super::protocol::{CameraInfo, PointView, untold};
use crate::clock::Stamp;

/// What of the point never changes while the station runs; its people are put in later.
pub(super) fn of(config: &StationConfig, now: Stamp) -> PointView {
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
        people: Vec::new(),
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
        keyboard: profile.window.keyboard,
        checklists: untold(),
    }
}
