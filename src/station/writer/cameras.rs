//! The recorders: started, stopped, listened to, looked at.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::clients::LooksAt;
use super::{ENLARGED_MS, OpenDay, PREVIEW_MS, Writer};
use crate::clock::Stamp;
use crate::i18n::Message;
use crate::journal::{Actor, Event};
use crate::point::{Camera, CameraId, Source};
use crate::recording::{Mode, OverlayLabel, Recorder, RecorderConfig, RecorderEvent, Watching};

impl Writer {
    pub(super) fn start_recording(
        &mut self,
        cameras: Vec<CameraId>,
        actor: Actor,
        now: Stamp,
    ) -> Result<(), Message> {
        self.enough_disk(now)?;
        self.record(now, actor, Event::RecordingStarted { cameras: cameras.clone() });
        for id in &cameras {
            self.set_mode(id, Mode::Record);
        }
        Ok(())
    }

    pub(super) fn stop_recording(&mut self, cameras: &[CameraId], now: Stamp) {
        for id in cameras {
            if self.recorders.contains_key(id) {
                self.set_mode(id, Mode::Idle);
            } else {
                // Its recorder could not be started: there is nothing to wait for.
                self.end_of_crash_gap(id, now);
                self.record(now, Actor::STATION, Event::RecordingStopped { camera: id.clone() });
            }
        }
    }

    /// The camera is ordered to record.
    pub(super) fn is_recording(&self, id: &CameraId) -> bool {
        self.day.as_ref().is_some_and(|day| day.day.recording().any(|recording| recording == id))
    }

    /// The profile's cameras, with the devices that took another's place today.
    pub(super) fn cameras(&self) -> Vec<Camera> {
        let mut cameras = self.config.profile.cameras.clone();
        for camera in &mut cameras {
            let today = self.day.as_ref().and_then(|day| day.day.cameras.get(&camera.id));
            if let Some(Ok(source)) =
                today.and_then(|today| today.source.as_ref()).map(|source| source.parse())
            {
                camera.source = source;
            }
        }
        cameras
    }

    /// The pictures of a lost camera come from a spare one from now on.
    pub(super) fn replace_source(
        &mut self,
        camera: CameraId,
        source: String,
        reason: String,
        actor: Actor,
        now: Stamp,
    ) -> Result<(), Message> {
        let gone = || Message::new("refused-not-plugged-in");
        if !self.live.plugged.iter().any(|plugged| plugged.source == source) {
            return Err(gone());
        }
        let device: Source = source.parse().map_err(|_| gone())?;
        self.live.plugged.retain(|plugged| plugged.source != source);
        self.record(now, actor, Event::SourceReplaced { camera: camera.clone(), source, reason });
        if let Some(recorder) = self.recorders.get(&camera) {
            recorder.set_source(device);
        }
        Ok(())
    }

    /// Makes the camera's recorder if there is none and gives it its mode.
    pub(super) fn set_mode(&mut self, id: &CameraId, mode: Mode) {
        let Some(camera) = self.cameras().into_iter().find(|camera| camera.id == *id) else { return };
        if mode == Mode::Idle && !self.recorders.contains_key(id) {
            return;
        }
        match self.recorder(&camera) {
            Ok(recorder) => recorder.set_mode(mode),
            Err(error) => {
                tracing::error!(%error, camera = %id, "recorder can't be started");
                let told = self.day.as_ref().is_some_and(|day| day.day.outage_of(id).is_some());
                if mode == Mode::Record && !told {
                    let cause = Message::new("station-thread").with("detail", error.to_string());
                    let now = self.config.clock.now();
                    self.record(now, Actor::STATION, Event::RecordingFault { camera: id.clone(), cause });
                }
            }
        }
    }

    fn recorder(&mut self, camera: &Camera) -> std::io::Result<&Recorder> {
        if self.recorders.contains_key(&camera.id) {
            return Ok(&self.recorders[&camera.id]);
        }
        // Without an open day it is only looked at, and nothing is written.
        let day = self.day.as_ref().filter(|day| day.is_open());
        let config = RecorderConfig {
            camera: camera.clone(),
            next_segment: day.map_or(0, |day| day.next_segment(&camera.id)),
            folder: day
                .map_or_else(|| self.data().root().join("trials"), |day| day.folder.camera(&camera.id)),
            segment_ms: u64::from(self.config.profile.recording.segment_seconds) * 1_000,
            overlay: OverlayLabel {
                region: self.point_view.region.clone(),
                point: self.point_view.code.clone(),
                room: camera.room.to_string(),
                offset_min: self.point_view.offset_min,
            },
            health: self.config.profile.recording.health.clone(),
            eyes: Some(self.eyes.clone()),
            silence: self.config.profile.recording.silence,
        };
        let clock = Arc::clone(&self.config.clock);
        let opener = self.config.open_camera.clone();
        let recorder = Recorder::spawn(config, opener, clock, self.camera_events.clone(), &self.disk)?;
        if let Some(reference) = day.and_then(|day| day.reference(&camera.id)) {
            recorder.hold_to(reference);
        }
        Ok(self.recorders.entry(camera.id.clone()).or_insert(recorder))
    }

    pub(super) fn camera_event(&mut self, event: RecorderEvent, now: Stamp) {
        if !self.day.as_ref().is_some_and(OpenDay::is_open) {
            return;
        }
        let event = match event {
            RecorderEvent::Works { camera, width, height, detail } => {
                if !self.is_recording(&camera) {
                    return;
                }
                self.end_of_crash_gap(&camera, now);
                Event::CameraWorks { camera, width, height, detail }
            }
            RecorderEvent::Lost { camera, last_frame_ms, cause } => {
                if !self.is_recording(&camera) {
                    return;
                }
                Event::CameraLost { camera, last_frame_ms, cause }
            }
            RecorderEvent::Stuck { camera, attempts } => {
                if !self.is_recording(&camera) {
                    return;
                }
                Event::DriverStuck { camera, attempts }
            }
            RecorderEvent::Gap { camera, from_ms, to_ms, cause } => {
                Event::Gap { camera, from_ms, to_ms, cause }
            }
            RecorderEvent::Fault { camera, cause } => {
                self.look_soon();
                Event::RecordingFault { camera, cause }
            }
            RecorderEvent::SoundWorks { camera, detail } => {
                if !self.is_recording(&camera) {
                    return;
                }
                Event::SoundWorks { camera, detail }
            }
            RecorderEvent::SoundLost { camera, cause } => {
                if !self.is_recording(&camera) {
                    return;
                }
                Event::SoundLost { camera, cause }
            }
            RecorderEvent::SoundSilent { camera, from_ms } => {
                if !self.is_recording(&camera) {
                    return;
                }
                Event::SoundSilent { camera, from_ms }
            }
            RecorderEvent::SoundHeard { camera, from_ms, to_ms } => {
                Event::SoundHeard { camera, from_ms, to_ms }
            }
            RecorderEvent::Segment { segment, head, .. } => {
                self.record(now, Actor::STATION, Event::SegmentFinished(segment));
                self.record(now, Actor::STATION, Event::SegmentIndexed(head));
                if let Some(day) = self.day.as_mut() {
                    day.pack_waiting();
                }
                return;
            }
            RecorderEvent::Stopped { camera } => {
                // A recorder also stops when the station ends: the order stands then.
                if !self.is_recording(&camera) || self.ending {
                    return;
                }
                self.end_of_crash_gap(&camera, now);
                Event::RecordingStopped { camera }
            }
            RecorderEvent::Picture { camera, finding, still } => {
                return self.picture_finding(camera, finding, still, now);
            }
            RecorderEvent::Still { camera, jpeg } => return self.still_taken(camera, jpeg, now),
            // The station watches the same clocks itself and records a step once.
            RecorderEvent::ClockStepped { .. } => return,
        };
        self.record(now, Actor::STATION, event);
    }

    /// After a crash nobody was there to notice the gap; its first new frame ends it, or the stop.
    fn end_of_crash_gap(&mut self, camera: &CameraId, now: Stamp) {
        let Some(from_ms) = self.day.as_mut().and_then(|day| day.silent_since.remove(camera)) else { return };
        let cause = Message::new("gap-station-restarted");
        let event = Event::Gap { camera: camera.clone(), from_ms, to_ms: now.utc_ms.max(from_ms), cause };
        self.record(now, Actor::STATION, event);
    }

    /// Cameras that somebody looks at give pictures; the others, if they don't record, are closed.
    pub(super) fn watch_changed(&mut self) {
        // How wide, and whether every frame.
        let mut wanted: BTreeMap<CameraId, (u32, bool)> = BTreeMap::new();
        for LooksAt { cameras, width, enlarged } in self.clients.values().map(|client| &client.looks_at) {
            for camera in cameras {
                let most = wanted.entry(camera.clone()).or_default();
                *most = (most.0.max(*width), most.1 || enlarged.as_ref() == Some(camera));
            }
        }
        // While a check tries the cameras, nobody else opens them.
        let trying = !self.live.running_steps.is_empty();
        let taken = self.live.references.clone();
        for camera in self.cameras() {
            let recording = self.is_recording(&camera.id);
            let watching = match wanted.get(&camera.id) {
                None => Watching::No,
                Some(&(width, false)) => Watching::Tile { width },
                Some(&(width, true)) => Watching::Enlarged { width },
            };
            if !recording && !trying {
                let open = watching != Watching::No || taken.contains_key(&camera.id);
                self.set_mode(&camera.id, if open { Mode::Watch } else { Mode::Idle });
            }
            if let Some(recorder) = self.recorders.get(&camera.id) {
                recorder.watch(watching);
            }
        }
        let closely = wanted.values().any(|(_, closely)| *closely);
        let every_ms = if closely { ENLARGED_MS } else { PREVIEW_MS };
        self.previews_every_ms = (!wanted.is_empty()).then_some(every_ms);
    }
}
