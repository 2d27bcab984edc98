//! What is true right now and needs no record, for the view; and the pictures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::protocol::{
    CameraLive, DiskLive, EvidenceLive, Live, PapersLive, PluggedCamera, PreviewPicture, SoundLive,
    TargetLive, WorkLive,
};
use super::checks::WaitingSteps;
use super::pictures::StillWanted;
use super::{Client, Writer};
use crate::i18n::Message;
use crate::point::{CameraId, ChecklistId, StepId};

/// What the view's live half is made of, besides the recorders' own figures.
#[derive(Default)]
pub(super) struct LiveState {
    pub cameras: BTreeMap<CameraId, CameraLive>,
    pub plugged: Vec<PluggedCamera>,
    pub disk: Option<DiskLive>,
    pub running_steps: BTreeSet<(ChecklistId, StepId)>,
    pub waiting_steps: WaitingSteps,
    /// Cameras of which a reference, or a picture for a step, is being taken.
    pub references: BTreeMap<CameraId, StillWanted>,
    pub work: Option<WorkLive>,
    /// What is done with a day that is over.
    pub older: Option<WorkLive>,
    pub older_ended: u32,
    pub targets: Vec<TargetLive>,
    pub copies_behind: Vec<String>,
    pub evidence: EvidenceLive,
    pub papers: PapersLive,
    /// The journal can't be written any more.
    pub fault: Option<Message>,
}

impl Writer {
    pub(super) fn live_view(&self) -> Live {
        Live {
            cameras: self.live.cameras.clone(),
            plugged: self.live.plugged.clone(),
            disk: self.live.disk.clone(),
            running_steps: self.live.running_steps.iter().cloned().collect(),
            references: self.live.references.keys().cloned().collect(),
            work: self.live.work.clone(),
            older: self.live.older.clone(),
            older_ended: self.live.older_ended,
            copies: self.copy_live(),
            copies_behind: self.live.copies_behind.clone(),
            targets: self.live.targets.clone(),
            archive_folder: self
                .day
                .as_ref()
                .map(|day| day.folder.archive().display().to_string())
                .unwrap_or_default(),
            opening_code: self.day.as_ref().map(|day| day.opening_code.clone()),
            closing_code: self.day.as_ref().and_then(|day| day.closing_code.clone()),
            countersigned: self.day.as_ref().map(|day| day.countersigned.clone()).unwrap_or_default(),
            evidence: self.live.evidence.clone(),
            papers: PapersLive {
                folder: self.data().papers().display().to_string(),
                ..self.live.papers.clone()
            },
            fault: self.live.fault.clone(),
        }
    }

    /// Reads the recorders' figures; once a tick, so that a view changes at most that often by them.
    pub(super) fn read_recorders(&mut self) {
        let cameras: BTreeMap<_, _> = self
            .recorders
            .iter()
            .map(|(id, recorder)| {
                let status = recorder.status();
                let live = CameraLive {
                    frames_per_second_milli: status.frames_per_second_milli,
                    width: status.width,
                    height: status.height,
                    frames: status.frames,
                    bytes: status.bytes,
                    silent_ms: status.silent_ms,
                    retry_in_ms: status.retry_in_ms,
                    sound: status.sound.map(|sound| SoundLive {
                        works: sound.works,
                        silent: sound.silent,
                        peak_dbfs: sound.level.map(|level| level.peak_dbfs_10 / 10),
                        rms_dbfs: sound.level.map(|level| level.rms_dbfs_10 / 10),
                    }),
                };
                (id.clone(), live)
            })
            .collect();
        self.live.cameras = cameras;
    }

    /// Hands every waiting picture to those who watch its camera.
    pub(super) fn send_previews(&mut self) {
        let pictures: Vec<Arc<PreviewPicture>> = self
            .recorders
            .iter()
            .filter_map(|(id, recorder)| {
                let preview = recorder.take_preview()?;
                let (width, height, rgb) = (preview.width, preview.height, preview.rgb);
                Some(Arc::new(PreviewPicture { camera: id.clone(), width, height, rgb }))
            })
            .collect();
        for picture in pictures {
            let looks = |client: &&Client| client.looks_at.cameras.contains(&picture.camera);
            for client in self.clients.values().filter(looks) {
                client.outbox.put_picture(Arc::clone(&picture));
            }
        }
    }
}
