//! The disk of the data folder: how much is free, and whether it is still there to be written to.

use std::path::Path;

use crate::durable::{DiskFault, DiskState};
use crate::i18n::Message;

/// Knows the disk that the station began on.
#[derive(Debug, Default)]
pub(super) struct DiskWatch {
    device: Option<u64>,
}

impl DiskWatch {
    /// Free bytes for recordings, or why there is nothing to write to: what happened and what to do.
    pub fn look(&mut self, data: &Path) -> Result<u64, Message> {
        let state = DiskState::of(data).map_err(|error| {
            tracing::error!(%error, "free space can't be read");
            match DiskFault::of(&error) {
                DiskFault::Gone => Message::new("disk-gone"),
                _ => Message::new("disk-silent").with("detail", error.to_string()),
            }
        })?;
        // Without its medium the folder is an empty one on the system's own disk.
        let device = *self.device.get_or_insert(state.device);
        if device != state.device {
            return Err(Message::new("disk-gone"));
        }
        if state.read_only { Err(Message::new("disk-locked")) } else { Ok(state.free_bytes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_gone_or_on_another_disk_has_no_room() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = DiskWatch::default();
        assert!(watch.look(folder.path()).unwrap() > 0);
        watch.device = watch.device.map(|device| device + 1);
        if cfg!(unix) {
            assert_eq!(watch.look(folder.path()).unwrap_err().id, "disk-gone");
        }
        let gone = folder.path().join("gone");
        assert_eq!(DiskWatch::default().look(&gone).unwrap_err().id, "disk-gone");
    }
}
