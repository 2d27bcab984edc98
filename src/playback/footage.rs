//! Where the video of one camera lies.

use std::path::{Path, PathBuf};

use crate::archive::Report;
use crate::point::CameraId;

/// A camera's video, in the order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footage {
    pub camera: CameraId,
    pub stretches: Vec<Stretch>,
}

/// One file of video.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The part's own file.
    pub part: PathBuf,
    /// The path of the `.mp4` in the part's folder.
    pub file: String,
    /// UTC ms of its first picture, and of the end of its last.
    pub from_ms: i64,
    pub to_ms: i64,
    /// Every byte is as it was recorded.
    pub intact: bool,
}

impl Footage {
    /// What an archive in this folder holds of each camera, as its verification found it; cameras in the
    /// order of their ids. Video whose part is not there is left out.
    pub fn of(folder: &Path, report: &Report) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for video in &report.recordings {
            let (Some(part), Some(file)) = (&video.part, &video.file) else { continue };
            // A medium with the archives of several stations has a folder for each.
            let places = [folder.join(part), folder.join(video.day.to_string()).join(part)];
            let Some(part) = places.into_iter().find(|place| place.is_file()) else { continue };
            let stretch = Stretch {
                part,
                file: file.clone(),
                from_ms: video.from_ms,
                to_ms: video.to_ms,
                intact: video.intact,
            };
            match found.iter_mut().find(|footage| footage.camera == video.camera) {
                Some(footage) => footage.stretches.push(stretch),
                None => found.push(Self { camera: video.camera.clone(), stretches: vec![stretch] }),
            }
        }
        for footage in &mut found {
            footage.stretches.sort_by_key(|stretch| (stretch.from_ms, stretch.to_ms));
        }
        found.sort_by(|a, b| a.camera.cmp(&b.camera));
        found
    }

    /// Which stretch shows this moment; of several the one that began last.
    pub fn at(&self, at_ms: i64) -> Option<usize> {
        let shows = |stretch: &Stretch| (stretch.from_ms..stretch.to_ms).contains(&at_ms);
        self.stretches.iter().rposition(shows)
    }

    /// From its first to its last moment; none without video.
    pub fn span(&self) -> Option<(i64, i64)> {
        let from = self.stretches.iter().map(|stretch| stretch.from_ms).min()?;
        let to = self.stretches.iter().map(|stretch| stretch.to_ms).max()?;
        Some((from, to))
    }
}
