//! Where everything lies in the data folder.

use std::io;
use std::path::{Path, PathBuf};

use crate::durable;
use crate::point::{CameraId, DayId};
use crate::signing::Sealer;

/// The station's folder; made with its subfolders, private ones closed to other users.
#[derive(Clone, Debug)]
pub struct DataFolder {
    root: PathBuf,
    sealer: Sealer,
}

impl DataFolder {
    /// Makes what is missing. An error means that the folder can't be written to.
    pub fn open(root: &Path) -> io::Result<Self> {
        let folder = Self { root: std::path::absolute(root)?, sealer: Sealer::new() };
        for path in [&folder.root, &folder.private(), &folder.days(), &folder.references()] {
            durable::create_private_folder(path)?;
        }
        Ok(folder)
    }

    /// The device key is sealed and opened so, rather than by this system's own means alone.
    pub fn with_sealer(self, sealer: Sealer) -> Self {
        Self { sealer, ..self }
    }

    pub fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn profile(&self) -> PathBuf {
        self.root.join("profile.toml")
    }

    /// What the program tells of itself, for whoever has to find out why.
    pub fn log(&self) -> PathBuf {
        self.root.join("log").join("invigil.log")
    }

    pub fn checklists(&self) -> PathBuf {
        self.root.join("checklists")
    }

    /// Keys, PIN verifiers, epoch seeds.
    pub fn private(&self) -> PathBuf {
        self.root.join("private")
    }

    pub fn pins(&self) -> PathBuf {
        self.private().join("pins.json")
    }

    /// Who failed to sign in how often.
    pub fn pauses(&self) -> PathBuf {
        self.private().join("pauses.json")
    }

    /// What each of the station's keys signed about the next one; public, and goes into every archive.
    pub fn keys(&self) -> PathBuf {
        self.root.join("keys")
    }

    /// The view of each camera that was approved last.
    pub fn references(&self) -> PathBuf {
        self.root.join("references")
    }

    pub fn reference(&self, camera: &CameraId) -> PathBuf {
        self.references().join(format!("{camera}.jpg"))
    }

    /// Forms that were saved on this computer.
    pub fn papers(&self) -> PathBuf {
        self.root.join("papers")
    }

    pub fn days(&self) -> PathBuf {
        self.root.join("days")
    }

    pub fn day(&self, day: &DayId) -> DayFolder {
        DayFolder { root: self.days().join(day.as_str()) }
    }

    pub fn lock(&self) -> PathBuf {
        self.root.join("station.lock")
    }
}

/// One exam day's folder.
#[derive(Clone, Debug)]
pub struct DayFolder {
    root: PathBuf,
}

impl DayFolder {
    pub fn create(&self) -> io::Result<()> {
        for path in [&self.root, &self.journal(), &self.video(), &self.archive(), &self.trials()] {
            durable::create_private_folder(path)?;
        }
        Ok(())
    }

    pub fn journal(&self) -> PathBuf {
        self.root.join("journal")
    }

    pub fn video(&self) -> PathBuf {
        self.root.join("video")
    }

    pub fn camera(&self, camera: &CameraId) -> PathBuf {
        self.video().join(camera.as_str())
    }

    /// Pictures kept as evidence, in a folder a camera.
    pub fn stills(&self) -> PathBuf {
        self.root.join("stills")
    }

    /// A still by its name in the archive.
    pub fn still(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub fn archive(&self) -> PathBuf {
        self.root.join("archive")
    }

    /// The last file of a finished archive.
    pub fn after(&self) -> PathBuf {
        let day = self.root.file_name().unwrap_or_default().to_string_lossy();
        self.archive().join(format!("{day}-after-1.zip"))
    }

    /// Test recordings; nothing in it outlives its check.
    pub fn trials(&self) -> PathBuf {
        self.root.join("trials")
    }
}
