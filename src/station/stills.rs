//! The day's stills: written before the record that names them, packed beside the journal.

use std::io;

use super::open_day::OpenDay;
use super::paths::DayFolder;
use crate::archive::{still_name, still_of};
use crate::camera::health::Look;
use crate::durable;
use crate::journal::{Event, Still};
use crate::point::CameraId;
use crate::recording::still;
use crate::signing::Digest;

impl OpenDay {
    /// Keeps a JPEG of what the camera shows; on disk when this returns. It counts once a record
    /// names it: until then the next one takes its number.
    pub fn keep_still(&self, camera: &CameraId, what: &str, jpeg: &[u8]) -> io::Result<Still> {
        let number = self.day.cameras.get(camera).map_or(0, |camera| camera.stills) + 1;
        let name = still_name(camera, number, what).map_err(io::Error::other)?;
        let path = self.folder.still(name.as_str());
        durable::create_private_folder(path.parent().unwrap_or(&self.folder.stills()))?;
        durable::replace_private(&path, jpeg)?;
        Ok(Still { name: name.to_string(), sha256: Digest::of(jpeg) })
    }

    /// How the camera should see the room, if somebody approved of it and the picture is there.
    pub fn reference(&self, camera: &CameraId) -> Option<Look> {
        let approved = self.day.cameras.get(camera)?.reference.as_ref()?;
        let jpeg = read(&self.folder, approved);
        let jpeg = jpeg.inspect_err(|error| tracing::error!(%camera, %error, "reference not read")).ok()?;
        still::look(&still::read(jpeg).ok()?)
    }

    pub(super) fn note_still(&mut self, event: &Event) {
        match event {
            Event::StepPhotographed(photo) => self.stills.push(photo.still.clone()),
            Event::PictureFinding { still: Some(still), .. } | Event::ReferenceApproved { still, .. } => {
                self.stills.push(still.clone());
            }
            _ => {}
        }
    }
}

/// A still's bytes, if they are those that the journal names.
pub(super) fn read(folder: &DayFolder, still: &Still) -> io::Result<Vec<u8>> {
    if still_of(&still.name).is_none() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "no still's name"));
    }
    let jpeg = std::fs::read(folder.still(&still.name))?;
    match Digest::of(&jpeg) == still.sha256 {
        true => Ok(jpeg),
        false => Err(io::Error::new(io::ErrorKind::InvalidData, "not what was recorded")),
    }
}
