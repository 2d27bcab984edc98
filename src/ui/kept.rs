//! How the window was left: opened again, after a crash too, it looks the same and shows the same screen.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::model::{Model, Screen};
use super::theme::{Look, Scale};
use crate::i18n::Language;
use crate::point::KeyboardUse;

/// A file that is longer was not written here.
const MAX_BYTES: u64 = 4_096;

/// What is kept between two windows over the same data folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    pub language: Option<Language>,
    pub look: Look,
    pub scale: Scale,
    pub keyboard: Option<KeyboardUse>,
    pub screen: Option<Screen>,
}

impl Kept {
    fn of(model: &Model) -> Self {
        let (language, screen) = (Some(model.words.language()), Some(model.screen));
        Self { language, look: model.look, scale: model.scale, keyboard: model.keyboard, screen }
    }

    fn read(path: &Path) -> Self {
        let short = fs::metadata(path).is_ok_and(|data| data.len() <= MAX_BYTES);
        let bytes = if short { fs::read(path).unwrap_or_default() } else { Vec::new() };
        serde_json::from_slice(&bytes).unwrap_or_default()
    }
}

/// Keeps a file as the window is. Nothing rests on it: it is not waited for until it is on the disk.
#[derive(Debug)]
pub struct Keeper {
    path: PathBuf,
    kept: Kept,
}

impl Keeper {
    /// Nothing was kept if the file is missing, or none that was written here.
    pub fn open(path: PathBuf) -> Self {
        Self { kept: Kept::read(&path), path }
    }

    pub fn kept(&self) -> Kept {
        self.kept
    }

    pub fn keep(&mut self, model: &Model) {
        let now = Kept::of(model);
        if now != self.kept {
            self.kept = now;
            if let Err(error) = self.write() {
                tracing::warn!(%error, "how the window stands is not kept");
            }
        }
    }

    fn write(&self) -> io::Result<()> {
        let unfinished = self.path.with_added_extension("new");
        fs::write(&unfinished, serde_json::to_vec(&self.kept)?)?;
        fs::rename(&unfinished, &self.path)
    }
}
