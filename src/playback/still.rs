//! A still out of the part of an archive that holds the journal.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::PlayError;
use crate::archive::{PartName, zip};
use crate::recording::{Preview, still as jpeg};
use crate::signing::Digest;

/// No still of ours is larger.
const MAX_STILL_BYTES: u64 = 16 << 20;

/// The still of this name, `stills/…`, with this hash: from whichever part 00 of the folder holds it, no wider
/// than `width`.
pub fn still(folder: &Path, name: &str, sha256: &Digest, width: u32) -> Result<Preview, PlayError> {
    let file = format!("data/{name}");
    for path in fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path()) {
        let is_zip = path.extension().is_some_and(|ending| ending == "zip");
        let part = path.file_stem().and_then(|stem| PartName::parse(stem.to_str()?));
        if !is_zip || part.and_then(|part| part.number()) != Some(0) {
            continue;
        }
        let bytes = bytes_of(&path, &file)?;
        if let Some(bytes) = bytes.filter(|bytes| Digest::of(bytes) == *sha256) {
            let picture = jpeg::read(bytes).map_err(|_| PlayError::Damaged)?;
            return picture.preview(width).map_err(|_| PlayError::Damaged);
        }
    }
    Err(PlayError::Damaged)
}

/// None: the part has no such file, or none of a size that a still has.
fn bytes_of(part: &Path, file: &str) -> Result<Option<Vec<u8>>, PlayError> {
    let mut part = File::open(part)?;
    let entries = match zip::read(&mut part) {
        Ok(entries) => entries,
        // What else is wrong with the part stands in the verdict; the still may be seen all the same.
        Err(_) => zip::salvage(&mut part)?,
    };
    let is_it = |entry: &&zip::Entry| entry.name.as_str().split_once('/').is_some_and(|(_, at)| at == file);
    let Some(entry) = entries.iter().find(is_it).filter(|entry| entry.bytes <= MAX_STILL_BYTES) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    zip::contents(&mut part, entry)?.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}
