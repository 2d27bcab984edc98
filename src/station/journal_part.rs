//! The end of a day's archive: part 00 with the closed journal, and the closing act that comes after it.

use std::fs::File;
use std::io::{BufRead, BufReader};

use super::open_day::remove_if_there;
use super::opening;
use super::papers::FormMaker;
use super::paths::DayFolder;
use super::stills;
use crate::archive::{
    Appended, CLOSING_ACT_FORMAT, ClosingAct, PartError, PartName, PartWriter, VerifiedCopy, rotation_names,
    write_after,
};
use crate::journal::{DayDocument, Group, HeadDocument, JournalPlace, SealedPart, Still};
use crate::signing::merkle::MerkleTree;
use crate::signing::{DeviceKey, PaperCode, Rotation};

/// All that it is written from; the day takes no more records.
pub(super) struct JournalPart {
    pub folder: DayFolder,
    pub place: JournalPlace,
    pub document: DayDocument,
    pub stills: Vec<Still>,
    /// As JSON; none if there were none.
    pub outages: Option<Vec<u8>>,
    /// Names below `data/`, and JSON.
    pub logs: Vec<(&'static str, Vec<u8>)>,
    /// By which keys the station came to the one that signs, the oldest first.
    pub rotations: Vec<Rotation>,
    pub forms: FormMaker,
    pub restarts: u32,
    pub records: u64,
    /// Those of the video.
    pub sealed_parts: Vec<SealedPart>,
    /// Of parts, so far.
    pub copies: Vec<VerifiedCopy>,
}

impl JournalPart {
    /// Writes both. What an interrupted try left is written anew or, if it was sealed, taken as it is.
    pub fn write(&self, key: &DeviceKey, written: &mut dyn FnMut(u64)) -> Result<SealedPart, PartError> {
        let (archive, id) = (self.folder.archive(), &self.document.day);
        let info = opening::bag_info(&self.document);
        let (numbered, after) = (PartName::Numbered(id.clone(), 0), PartName::After(id.clone(), 1));
        for name in [&numbered, &after] {
            let path = archive.join(name.open_file_name());
            let error = |source| PartError::Write { path: path.clone(), source };
            remove_if_there(&path).map_err(error)?;
        }
        let sealed = match PartWriter::closed(&archive, id, 0, Group::Delivered, &key.public()) {
            Some(sealed) => sealed,
            None => {
                let mut part = PartWriter::create(&archive, id, 0, Group::Delivered)?;
                let mut tell = |appended: Appended| written(appended.bytes);
                tell(part.append_file(&"day.json".parse()?, &self.place.document)?);
                tell(part.append_file(&"journal/records.jsonl".parse()?, &self.place.records())?);
                tell(part.append_file(&"journal/checkpoints.txt".parse()?, &self.place.checkpoints())?);
                for still in &self.stills {
                    // One that is lost or damaged must not keep a day from being sealed: the verifier tells it.
                    match stills::read(&self.folder, still) {
                        Ok(jpeg) => tell(part.append_bytes(&still.name.parse()?, &jpeg)?),
                        Err(error) => tracing::error!(%error, name = still.name, "still not packed"),
                    }
                }
                if let Some(outages) = &self.outages {
                    tell(part.append_bytes(&"outages.json".parse()?, outages)?);
                }
                for (name, log) in &self.logs {
                    tell(part.append_bytes(&name.parse()?, log)?);
                }
                for (rotation, number) in self.rotations.iter().zip(1..) {
                    let (statement, signature) = rotation_names(number)?;
                    tell(part.append_bytes(&statement, &rotation.statement.to_bytes())?);
                    tell(part.append_bytes(&signature, rotation.signature().as_bytes())?);
                }
                for (name, form) in self.forms.at_close(&self.place) {
                    tell(part.append_bytes(&name.parse()?, &form)?);
                }
                part.close(&info, key)?
            }
        };
        let act = ClosingAct {
            format: CLOSING_ACT_FORMAT,
            day: id.clone(),
            opening_code: self.document.head().opening_code(),
            closing_code: code_of_all_records(&self.place)?,
            restarts: self.restarts,
            records: self.records,
            parts: std::iter::once(&sealed).chain(&self.sealed_parts).cloned().collect(),
            copies: self.copies.clone(),
        };
        let forms = self.forms.at_seal(&self.place, &act);
        write_after(&archive, 1, &act, &forms, &info, key)?;
        Ok(sealed)
    }

    /// What of it is to be written, but for the stills.
    pub fn bytes(&self) -> u64 {
        let files = [self.place.document.clone(), self.place.records(), self.place.checkpoints()];
        files.iter().map(|path| std::fs::metadata(path).map_or(0, |file| file.len())).sum()
    }
}

/// The code of the root over all records: that of the last checkpoint.
pub(super) fn code_of_all_records(place: &JournalPlace) -> Result<PaperCode, PartError> {
    let path = place.records();
    let error = |source| PartError::Source { path: path.clone(), source };
    let mut records = BufReader::new(File::open(&path).map_err(error)?);
    let (mut tree, mut line) = (MerkleTree::new(), Vec::new());
    while records.read_until(b'\n', &mut line).map_err(error)? > 0 {
        tree.push(&line);
        line.clear();
    }
    Ok(PaperCode::of(&tree.root()))
}
