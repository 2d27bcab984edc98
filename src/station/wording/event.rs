//! Events in words.

use super::{cabinet, equipment, people, request};
use crate::i18n::Message;
use crate::journal::{CopyPurpose, DiskLevel, Event, Group, Link, MoveAct, OutageLevel, Outcome};
use crate::point::Zone;

/// An event's type as the journal writes it, and the message that tells it to a person.
pub fn describe(event: &Event) -> (&'static str, Message) {
    macro_rules! event {
        ($kind:literal $(, $name:literal = $value:expr)*) => {{
            let (kind, message) = named($kind);
            (kind, message$(.with($name, $value))*)
        }};
    }
    match event {
        Event::PointOpened { .. } => event!("point_opened"),
        Event::KeyRotated(rotated) => {
            event!("key_rotated", "old" = rotated.old.fingerprint(), "new" = rotated.new.fingerprint())
        }
        Event::ProfileChanged(told) => event!(
            "profile_changed",
            "old" = told.old.map_or_else(|| "-".to_owned(), |old| old.to_string()),
            "new" = told.new.to_string()
        ),
        Event::PinSet { person } => event!("pin_set", "person" = person.as_str()),
        Event::PinRenewed(renewed) => people::pin_renewed(renewed),
        Event::PersonReplaced(told) => people::person_replaced(told),
        Event::SignInPaused(paused) => people::sign_in_paused(paused),
        Event::ScreenLocked(locked) => people::screen_locked(locked),
        Event::KioskLeft(left) => people::kiosk_left(left),
        Event::DayPlanned { day, .. } => event!("day_planned", "day" = day.as_str()),
        Event::BriefingSigned(told) => event!(
            "briefing_signed",
            "person" = told.person.as_str(),
            "briefing" = told.briefing.as_str(),
            "version" = told.version
        ),
        Event::ExamNamed(named) => event!("exam_named", "date" = named.date.to_string()),
        Event::ItemsListed(listed) => event!("items_listed", "count" = listed.items.len()),
        Event::ItemMoved(moved) => event!(
            "item_moved",
            "number" = moved.number.as_str(),
            "act" = match moved.act {
                MoveAct::Move => "move",
                MoveAct::HandOut => "hand-out",
                MoveAct::Return => "return",
                MoveAct::Repair => "repair",
                MoveAct::WriteOff => "write-off",
            },
            "place" = moved.place.as_str(),
            "holder" = moved.holder.as_str(),
            "note" = moved.note.as_str()
        ),
        Event::ItemReplaced(replaced) => event!(
            "item_replaced",
            "old" = replaced.old.as_str(),
            "new" = replaced.new.as_str(),
            "reason" = replaced.reason.as_str()
        ),
        Event::ItemsCounted(counted) => event!(
            "items_counted",
            "count" = counted.count,
            "found" = counted.found.len(),
            "missing" = counted.missing.map_or_else(|| "going".to_owned(), |missing| missing.to_string())
        ),
        Event::StockChanged(stock) => event!(
            "stock_changed",
            "name" = stock.name.as_str(),
            "left" = stock.left,
            "unit" = stock.unit.as_str(),
            "note" = stock.note.as_str()
        ),
        Event::DayVerified(told) => event!(
            "day_verified",
            "day" = told.day.as_str(),
            "verdict" = told.verdict.as_str(),
            "faults" = told.faults
        ),
        Event::DayDeletionBegun(told) => event!(
            "day_deletion_begun",
            "day" = told.day.as_str(),
            "parts" = told.parts.len(),
            "reason" = told.reason.as_str()
        ),
        Event::DayDeleted(told) => event!("day_deleted", "day" = told.day.as_str()),
        Event::DaySealed { day, parts } => event!("day_sealed", "day" = day.as_str(), "parts" = parts.len()),
        Event::CopyBegun { target, purpose, .. } => event!(
            "copy_begun",
            "target" = target.as_str(),
            "purpose" = match purpose {
                CopyPurpose::Medium => "medium",
                CopyPurpose::Daily => "daily",
                CopyPurpose::Cumulative => "cumulative",
            }
        ),
        Event::MediumTold(told) => {
            event!("medium_told", "target" = told.target.as_str(), "serial" = told.serial.as_str())
        }
        Event::CopyVerified { target, files, .. } => {
            event!("copy_verified", "target" = target.as_str(), "files" = *files)
        }
        Event::Countersigned { role, key, .. } => {
            event!("countersigned", "role" = role.word(), "key" = key.as_str())
        }
        Event::CountersignaturesDue { roles } => event!("countersignatures_due", "count" = roles.len()),
        Event::CopyFailed { target, .. } => event!("copy_failed", "target" = target.as_str()),
        Event::HandedOver { media, reason, .. } => {
            let reason = if reason.is_empty() { "none" } else { reason };
            event!("handed_over", "media" = *media, "reason" = reason)
        }
        Event::DayOpened { day, .. } => event!("day_opened", "day" = day.as_str()),
        Event::StationStarted { version, restart, link } => event!(
            "station_started",
            "version" = version.as_str(),
            "restart" = *restart,
            "link" = match link {
                Link::First => "first",
                Link::Linked => "linked",
                Link::Unlinked => "unlinked",
            }
        ),
        Event::StationStopped {} => event!("station_stopped"),
        Event::TakenOver { day, reason } => {
            event!("taken_over", "day" = day.as_str(), "reason" = reason.as_str())
        }
        Event::TornTailCut { bytes } => event!("torn_tail_cut", "bytes" = *bytes),
        Event::SignedIn { person } => event!("signed_in", "person" = person.as_str()),
        Event::SignedOut { person } => event!("signed_out", "person" = person.as_str()),
        Event::SignInFailed { person } => event!("sign_in_failed", "person" = person.as_str()),
        Event::ClockStepped { step_ms } => event!("clock_stepped", "seconds" = *step_ms / 1_000),
        Event::TimeZoneChanged { from_min, to_min } => {
            event!("time_zone_changed", "from" = utc_offset(*from_min), "to" = utc_offset(*to_min))
        }
        Event::DiskLow { level, free_bytes, needed_bytes } => event!(
            "disk_low",
            "level" = match level {
                DiskLevel::Low => "low",
                DiskLevel::Critical => "critical",
            },
            "free-mb" = *free_bytes / 1_000_000,
            "needed-mb" = *needed_bytes / 1_000_000
        ),
        Event::DiskRecovered { free_bytes } => event!("disk_recovered", "free-mb" = *free_bytes / 1_000_000),
        Event::AlarmAcknowledged { .. } => event!("alarm_acknowledged"),
        Event::CheckStarted { .. } => event!("check_started"),
        Event::StepRecorded { step, outcome, note, .. } => event!(
            "step_recorded",
            "step" = step.as_str(),
            "outcome" = match outcome {
                Outcome::Passed => "passed",
                Outcome::Failed => "failed",
                Outcome::Unknown => "unknown",
            },
            "note" = note.as_str()
        ),
        Event::StepPhotographed(photo) => {
            event!("step_photographed", "step" = photo.step.as_str(), "camera" = photo.camera.as_str())
        }
        Event::StepWaived { step, reason, .. } => {
            event!("step_waived", "step" = step.as_str(), "reason" = reason.as_str())
        }
        Event::CheckFinished { .. } => event!("check_finished"),
        Event::RecordingStarted { cameras } => event!("recording_started", "cameras" = cameras.len()),
        Event::StartDue { zone, cameras, .. } => {
            event!("start_due", "zone" = zone_id(*zone), "cameras" = cameras.len())
        }
        Event::StopOrdered { cameras, handover_done, reason } => event!(
            "stop_ordered",
            "cameras" = cameras.len(),
            "handover" = if *handover_done { "done" } else { "early" },
            "reason" = reason.as_str()
        ),
        Event::RecordingStopped { camera } => event!("recording_stopped", "camera" = camera.as_str()),
        Event::CameraWorks { camera, detail, .. } => {
            event!("camera_works", "camera" = camera.as_str(), "detail" = detail.as_str())
        }
        Event::CameraLost { camera, .. } => event!("camera_lost", "camera" = camera.as_str()),
        Event::SourceReplaced { camera, source, reason } => event!(
            "source_replaced",
            "camera" = camera.as_str(),
            "source" = source.as_str(),
            "reason" = reason.as_str()
        ),
        Event::DriverStuck { camera, .. } => event!("driver_stuck", "camera" = camera.as_str()),
        Event::SoundWorks { camera, detail } => {
            event!("sound_works", "camera" = camera.as_str(), "detail" = detail.as_str())
        }
        Event::SoundLost { camera, .. } => event!("sound_lost", "camera" = camera.as_str()),
        Event::SoundSilent { camera, .. } => event!("sound_silent", "camera" = camera.as_str()),
        Event::SoundHeard { camera, from_ms, to_ms } => {
            event!("sound_heard", "camera" = camera.as_str(), "seconds" = (to_ms - from_ms + 500) / 1_000)
        }
        Event::Gap { camera, from_ms, to_ms, .. } => {
            event!("gap", "camera" = camera.as_str(), "seconds" = (to_ms - from_ms + 500) / 1_000)
        }
        Event::SegmentFinished(segment) => event!(
            "segment_finished",
            "camera" = segment.camera.as_str(),
            "segment" = segment.segment,
            "seconds" = (segment.to_ms - segment.from_ms + 500) / 1_000
        ),
        Event::SegmentIndexed(head) => {
            event!("segment_indexed", "camera" = head.camera.as_str(), "segment" = head.segment)
        }
        Event::SegmentTaken { camera, segment, part } => {
            event!("segment_taken", "camera" = camera.as_str(), "segment" = *segment, "part" = *part)
        }
        Event::PictureFinding { camera, kind, .. } => {
            event!("picture_finding", "camera" = camera.as_str(), "kind" = kind.id())
        }
        Event::PictureRecovered { camera, kind, from_ms, to_ms } => event!(
            "picture_recovered",
            "camera" = camera.as_str(),
            "kind" = kind.id(),
            "seconds" = (to_ms - from_ms + 500) / 1_000
        ),
        Event::ReferenceApproved { camera, .. } => event!("reference_approved", "camera" = camera.as_str()),
        Event::FileRepaired { camera, segment, cut_bytes } => {
            event!("file_repaired", "camera" = camera.as_str(), "segment" = *segment, "bytes" = *cut_bytes)
        }
        Event::VideoHeads { heads } => event!("video_heads", "cameras" = heads.len()),
        Event::RecordingFault { camera, .. } => event!("recording_fault", "camera" = camera.as_str()),
        Event::OutageBegan { camera, .. } => event!("outage_began", "camera" = camera.as_str()),
        Event::OutageEnded { camera, .. } => event!("outage_ended", "camera" = camera.as_str()),
        Event::OutageEscalated { camera, level } => event!(
            "outage_escalated",
            "camera" = camera.as_str(),
            "level" = match level {
                OutageLevel::Technician => "technician",
                OutageLevel::Head => "head",
                OutageLevel::Limit => "limit",
            }
        ),
        Event::OutageExplained { records, text } => {
            event!("outage_explained", "count" = records.len(), "text" = text.as_str())
        }
        Event::FileFault { camera, segment, .. } => {
            event!("file_fault", "camera" = camera.as_str(), "segment" = *segment)
        }
        Event::RequestMade(made) => request::made(made),
        Event::RequestPassed(passed) => request::passed(passed),
        Event::RequestLate(late) => request::late(late),
        Event::RequestResolved(resolved) => request::resolved(resolved),
        Event::CabinetOpened(opened) => cabinet::opened(opened),
        Event::CabinetClosed(closed) => cabinet::closed(closed),
        Event::EquipmentSeen(seen) => equipment::seen(seen),
        Event::EquipmentChanged(changed) => equipment::changed(changed),
        Event::EquipmentExplained(explained) => equipment::explained(explained),
        Event::AccessOpened { access, rooms, reason, .. } => event!(
            "access_opened",
            "access" = *access,
            "first" = rooms.first.as_str(),
            "last" = rooms.last.as_str(),
            "reason" = reason.as_str()
        ),
        Event::AccessClosed { access, result, .. } => {
            event!("access_closed", "access" = *access, "result" = result.as_str())
        }
        Event::AccessExplained { access, text } => {
            event!("access_explained", "access" = *access, "text" = text.as_str())
        }
        Event::Corrected { record, text, reason } => {
            event!("corrected", "record" = *record, "text" = text.as_str(), "reason" = reason.as_str())
        }
        Event::CodeShown { code, .. } => event!("code_shown", "code" = code.as_str()),
        Event::CodeWritten { code } => event!("code_written", "code" = code.as_str()),
        Event::PartOpened { part, group } => {
            event!("part_opened", "part" = *part, "group" = group_id(*group))
        }
        Event::PartSealed(part) => {
            event!("part_sealed", "part" = part.part, "group" = group_id(part.group))
        }
        Event::PartCopied { part, target, .. } => {
            event!("part_copied", "part" = *part, "target" = target.as_str())
        }
        Event::DayClosed { parts, .. } => event!("day_closed", "parts" = *parts),
    }
}

/// The event's type and the message of its name.
pub(super) fn named(kind: &'static str) -> (&'static str, Message) {
    (kind, Message::new(&format!("event-{}", kind.replace('_', "-"))))
}

/// The selector that texts choose a zone's name by.
pub fn zone_id(zone: Zone) -> &'static str {
    match zone {
        Zone::Auditorium => "auditorium",
        Zone::StaffRoom => "staff-room",
        Zone::Corridor => "corridor",
        Zone::Entrance => "entrance",
        Zone::Gate => "gate",
        Zone::StrongRoom => "strong-room",
    }
}

fn group_id(group: Group) -> &'static str {
    match group {
        Group::Delivered => "delivered",
        Group::Kept => "kept",
    }
}

/// `UTC+3`, `UTC+5:30`.
fn utc_offset(minutes: i32) -> String {
    let (sign, minutes) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
    match minutes % 60 {
        0 => format!("UTC{sign}{}", minutes / 60),
        rest => format!("UTC{sign}{}:{rest:02}", minutes / 60),
    }
}
