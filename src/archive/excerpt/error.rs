//! Why no excerpt was made.

use std::io;
use std::path::PathBuf;

use crate::archive::file_words::{about, unreadable, unwritten};
use crate::i18n::Message;
use crate::point::CameraId;

#[derive(Debug, thiserror::Error)]
pub enum ExcerptError {
    #[error("{}: {source}", .path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{}: {source}", .path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    #[error("none of the files is a part 00 with a journal")]
    NoJournal,
    /// The first of its faults.
    #[error("the journal has faults: {0}")]
    Journal(Message),
    #[error("the times make no span")]
    Times,
    /// When this camera was recorded, by the point's clock, if it was; the cameras that have video here.
    #[error("no video of {camera} in this time")]
    NoVideo { camera: CameraId, recorded: Option<(String, String)>, cameras: Vec<CameraId> },
    #[error("{camera} {segment} stands in no file that was given")]
    NotHere { camera: CameraId, segment: u32 },
    #[error("{camera} {segment} is damaged")]
    Damaged { camera: CameraId, segment: u32 },
    /// What was made does not verify: the archive holds less than it seemed.
    #[error("the excerpt does not verify: {0}")]
    NotValid(Message),
    #[error("stopped")]
    Stopped,
}

impl ExcerptError {
    /// What happened and what to do, for a person.
    pub fn message(&self) -> Message {
        let video = |id: &str, camera: &CameraId, segment: u32| {
            Message::new(id).with("camera", camera.as_str()).with("file", format!("{segment:06}.mp4"))
        };
        match self {
            Self::Read { path, source } => unreadable(path, source),
            Self::Write { path, source } => unwritten(path, source),
            Self::Exists(path) => about("excerpt-exists", path),
            Self::NoJournal => Message::new("excerpt-no-journal"),
            Self::Journal(fault) | Self::NotValid(fault) => fault.clone(),
            Self::Times => Message::new("excerpt-times"),
            Self::NoVideo { camera, recorded: Some((from, to)), .. } => {
                let message = Message::new("excerpt-other-time").with("camera", camera.as_str());
                message.with("from", from.as_str()).with("to", to.as_str())
            }
            Self::NoVideo { camera, cameras, .. } => {
                let cameras: Vec<&str> = cameras.iter().map(CameraId::as_str).collect();
                let message = Message::new("excerpt-no-video").with("camera", camera.as_str());
                message.with("cameras", cameras.join(", "))
            }
            Self::NotHere { camera, segment } => video("excerpt-not-here", camera, *segment),
            Self::Damaged { camera, segment } => video("excerpt-damaged", camera, *segment),
            Self::Stopped => Message::new("excerpt-stopped"),
        }
    }
}
