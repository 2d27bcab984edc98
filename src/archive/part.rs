//! Writing a part: it grows while recording goes on, and is signed when it closes.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::name::{
    BAG_DECLARATION, BAG_INFO, HOW_TO_VERIFY, MANIFEST, PUBLIC_KEY, RAW_SIGNATURE, SSH_SIGNATURE,
    TAG_MANIFEST,
};
use super::settle::Written;
use super::zip::Hashed;
use super::zip::{self, BadName, EntryName, ZipFault, ZipWriter};
use super::{Original, PartName, Settled, Unsettled, cache, verify};
use crate::durable;
use crate::i18n::Message;
use crate::journal::{Group, SealedPart};
use crate::point::DayId;
use crate::signing::{DeviceKey, Digest, NAMESPACE, PublicKey, SshSignature};

/// Room that a part keeps for its closing: bag files, signatures, end record.
const CLOSING_BYTES: u64 = 16 * 1024;
/// What each entry adds to the manifest: its hash, its name, two spaces and an LF.
const MANIFEST_LINE_BYTES: u64 = 64 + 2 + 1 + EntryName::MAX_BYTES as u64;
pub(super) const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
const HOW_TO_VERIFY_TEXT: &str = include_str!("../../assets/archive/verify.txt");

/// A part that is still open. It bears the name `<part>.zip.open` until it is closed, read back and
/// found right.
#[derive(Debug)]
pub struct PartWriter {
    zip: ZipWriter,
    name: PartName,
    group: Group,
    folder: PathBuf,
    /// One for each entry of `zip` that was read back, in the same order. Entries behind them are written
    /// and not settled yet.
    digests: Vec<Digest>,
    /// A write failed: what the disk holds is known only after [`PartWriter::recover`].
    broken: bool,
}

/// A file that stands in the part, synced and read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Below `data/`.
    pub name: EntryName,
    pub bytes: u64,
    pub sha256: Digest,
}

/// What a bag says of itself (RFC 8493 section 2.2.2), in words for whoever opens it in years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BagInfo {
    /// The exam point, such as `77-0101, Школа № 101`.
    pub organization: String,
    pub date: NaiveDate,
    /// Program and version.
    pub software: String,
}

#[derive(Debug, thiserror::Error)]
pub enum PartError {
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    #[error("{} was to be read, but: {source}", .path.display())]
    Source { path: PathBuf, source: io::Error },
    #[error("writing {}: {source}", .path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{} has no room for {bytes} bytes more", .path.display())]
    Full { path: PathBuf, bytes: u64 },
    #[error("a file in a part may not be called so: {0}")]
    Name(#[from] BadName),
    #[error("what was written to {} is not what is read from it", .0.display())]
    ReadBack(PathBuf),
    /// Nothing of the file was changed.
    #[error("{} is damaged: {detail}", .path.display())]
    Damaged { path: PathBuf, detail: String },
    #[error("a write to {} failed before", .0.display())]
    Broken(PathBuf),
}

impl PartWriter {
    /// Begins part `number` of a day.
    pub fn create(folder: &Path, day: &DayId, number: u32, group: Group) -> Result<Self, PartError> {
        Self::create_named(folder, PartName::Numbered(day.clone(), number), group)
    }

    pub(super) fn create_named(folder: &Path, name: PartName, group: Group) -> Result<Self, PartError> {
        let closed = folder.join(name.file_name());
        if closed.exists() {
            return Err(PartError::Exists(closed));
        }
        let path = folder.join(name.open_file_name());
        let error = |source: io::Error| match source.kind() {
            io::ErrorKind::AlreadyExists => PartError::Exists(path.clone()),
            _ => PartError::Write { path: path.clone(), source },
        };
        let file = File::options().read(true).write(true).create_new(true).open(&path).map_err(error)?;
        let zip = ZipWriter::new(file).map_err(error)?;
        durable::sync_folder(folder).map_err(error)?;
        Ok(Self { zip, name, group, folder: folder.to_owned(), digests: Vec::new(), broken: false })
    }

    /// Takes an open part up again after a crash, with the files that it holds whole; a torn tail is
    /// cut off. `taken` is how many files the journal says it holds: if fewer are whole, the part is
    /// damaged and stays as it is.
    pub fn recover(
        folder: &Path,
        day: &DayId,
        number: u32,
        group: Group,
        taken: usize,
    ) -> Result<Self, PartError> {
        let name = PartName::Numbered(day.clone(), number);
        let path = folder.join(name.open_file_name());
        let write = |source| PartError::Write { path: path.clone(), source };
        let mut file = File::options().read(true).write(true).open(&path).map_err(write)?;
        // What is found is what the disk holds, not what memory still does.
        file.sync_all().and_then(|()| cache::forget(&file)).map_err(write)?;
        let data = format!("{name}/data/");
        let is_data = |entry: &EntryName| entry.as_str().starts_with(&data);
        let damaged = |detail: String| PartError::Damaged { path: path.clone(), detail };
        let whole = zip::recovered_entries(&mut file, taken, &is_data).map_err(|fault| match fault {
            ZipFault::Io(error) if error.kind() != io::ErrorKind::InvalidData => write(error),
            other => damaged(other.to_string()),
        })?;
        if whole.len() < taken {
            return Err(damaged(format!("{} files of {taken} are whole", whole.len())));
        }
        let (entries, digests) = whole.into_iter().unzip();
        let zip = ZipWriter::after(file, entries).map_err(write)?;
        Ok(Self { zip, name, group, folder: folder.to_owned(), digests, broken: false })
    }

    /// The part if it is closed already: a crash can come between the close and its record. None: there
    /// is no closed part of this number, or it is not one signed with `key` as it was closed.
    pub fn closed(
        folder: &Path,
        day: &DayId,
        number: u32,
        group: Group,
        key: &PublicKey,
    ) -> Option<SealedPart> {
        let name = PartName::Numbered(day.clone(), number);
        let path = folder.join(name.file_name());
        let bytes = fs::metadata(&path).ok()?.len();
        let found = verify::sealed(&path).filter(|found| found.name == name && found.signer == *key)?;
        let sha256 = found.hash;
        Some(SealedPart { part: number, group, file: name.file_name(), bytes, sha256 })
    }

    /// The files it holds, in the order they were appended.
    pub fn files(&self) -> impl Iterator<Item = Appended> {
        let prefix = format!("{}/data/", self.name).len();
        self.zip.entries().iter().zip(&self.digests).filter_map(move |(entry, sha256)| {
            let name = entry.name.as_str().get(prefix..)?.parse().ok()?;
            Some(Appended { name, bytes: entry.bytes, sha256: *sha256 })
        })
    }

    /// A write failed: it takes nothing more before it is [recovered](Self::recover).
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    pub fn name(&self) -> &PartName {
        &self.name
    }

    pub fn group(&self) -> Group {
        self.group
    }

    /// Where the open part stands.
    pub fn path(&self) -> PathBuf {
        self.folder.join(self.name.open_file_name())
    }

    /// How large the part would be if it were closed now, or a little less.
    pub fn len_bytes(&self) -> u64 {
        let manifest = self.zip.entries().len() as u64 * MANIFEST_LINE_BYTES;
        self.zip.finished_bytes() + manifest + CLOSING_BYTES
    }

    /// Whether a file of `bytes` more would make the closed part larger than `max_bytes`, or than
    /// any part may be.
    pub fn would_exceed(&self, max_bytes: u64, bytes: u64) -> bool {
        let more = bytes.saturating_add(MANIFEST_LINE_BYTES + 2 * EntryName::MAX_BYTES as u64 + 76);
        self.len_bytes().saturating_add(more) > max_bytes.min(zip::MAX_BYTES)
    }

    /// Appends the file at `path` as `data/<name>`. Once this returns it is on disk and was read back
    /// from there: the original is needed no more.
    pub fn append_file(&mut self, name: &EntryName, path: &Path) -> Result<Appended, PartError> {
        let unsettled = self.write_files(&[Original { name: name.clone(), path, sha256: None }])?;
        self.last_of(unsettled)
    }

    /// Appends these bytes as `data/<name>`, in the same way.
    pub fn append_bytes(&mut self, name: &EntryName, bytes: &[u8]) -> Result<Appended, PartError> {
        let mut unsettled = self.unsettled()?;
        let sha256 = Digest::of(bytes);
        let entry = self.write(name, bytes.len() as u64, &mut &bytes[..])?;
        unsettled.files.push(Written { entry, sha256, original: None });
        self.last_of(unsettled)
    }

    fn last_of(&mut self, unsettled: Unsettled) -> Result<Appended, PartError> {
        let path = self.path();
        let mut appended = self.confirm(unsettled.settle())?;
        appended.pop().ok_or(PartError::ReadBack(path))
    }

    /// Appends these files and returns before they are on disk: that they are is said by
    /// [`Unsettled::settle`], which may run on another thread while more is written, and is taken note of
    /// by [`confirm`](Self::confirm), in the same order. The originals are needed until then.
    pub fn write_files(&mut self, originals: &[Original<'_>]) -> Result<Unsettled, PartError> {
        let mut unsettled = self.unsettled()?;
        let written = self.write_originals(originals, &mut unsettled.files);
        if written.is_err() && !unsettled.files.is_empty() {
            // What stands there of them belongs to nothing.
            self.broken = true;
        }
        written.map(|()| unsettled)
    }

    fn write_originals(
        &mut self,
        originals: &[Original<'_>],
        files: &mut Vec<Written>,
    ) -> Result<(), PartError> {
        for Original { name, path, sha256 } in originals {
            let source = |source| PartError::Source { path: (*path).to_owned(), source };
            let mut file = File::open(path).map_err(source)?;
            let bytes = file.metadata().map_err(source)?.len();
            // Whose hash is known is hashed once, when it is read back.
            let (entry, sha256) = match sha256 {
                Some(known) => (self.write(name, bytes, &mut file)?, *known),
                None => {
                    let mut hashed = Hashed::new(&mut file);
                    (self.write(name, bytes, &mut hashed)?, hashed.finish())
                }
            };
            // Not to push out of memory what others read.
            cache::forget(&file).map_err(source)?;
            files.push(Written { entry, sha256, original: Some((*path).to_owned()) });
        }
        Ok(())
    }

    /// Takes note of what was settled. After a fault the part takes nothing more before it is
    /// [recovered](Self::recover).
    pub fn confirm(&mut self, settled: Result<Settled, PartError>) -> Result<Vec<Appended>, PartError> {
        let settled = settled.inspect_err(|_| self.broken = true)?;
        let before = self.digests.len();
        self.digests.extend(settled.0);
        Ok(self.files().skip(before).collect())
    }

    fn unsettled(&self) -> Result<Unsettled, PartError> {
        let path = self.path();
        if self.broken { Err(PartError::Broken(path)) } else { Ok(Unsettled { path, files: Vec::new() }) }
    }

    fn write(&mut self, name: &EntryName, bytes: u64, from: &mut dyn Read) -> Result<zip::Entry, PartError> {
        let path = self.path();
        if self.would_exceed(zip::MAX_BYTES, bytes) {
            return Err(PartError::Full { path, bytes });
        }
        let full_name = name.under(&format!("{}/data", self.name))?;
        self.zip.write(full_name, from).map_err(|source| {
            self.broken = true;
            PartError::Write { path, source }
        })
    }

    /// Signs the part, reads back what that wrote, holds the whole to the strict profile, and gives it its
    /// final name. The payload was read back when it was appended, and is not read again.
    pub fn close(mut self, info: &BagInfo, key: &DeviceKey) -> Result<SealedPart, PartError> {
        let open_path = self.path();
        if self.broken || self.digests.len() < self.zip.entries().len() {
            return Err(PartError::Broken(open_path));
        }
        let write = |source| PartError::Write { path: open_path.clone(), source };
        let (tag_manifest, tags) = self.write_bag_files(info, key)?;
        let name = self.name;
        let entries = self.zip.entries().to_vec();
        let mut file = self.zip.finish().map_err(write)?;
        let bytes = file.metadata().map_err(write)?.len();
        if !holds(&mut file, &entries, &tags).map_err(write)? {
            return Err(PartError::ReadBack(open_path));
        }
        drop(file);
        fs::rename(&open_path, self.folder.join(name.file_name())).map_err(write)?;
        durable::sync_folder(&self.folder).map_err(write)?;
        Ok(SealedPart {
            // What comes after the day has no number that the journal could count.
            part: name.number().unwrap_or_default(),
            group: self.group,
            file: name.file_name(),
            bytes,
            sha256: tag_manifest,
        })
    }

    /// Writes everything but the payload; gives the part's hash, and those of the files just written.
    fn write_bag_files(
        &mut self,
        info: &BagInfo,
        key: &DeviceKey,
    ) -> Result<(Digest, Vec<Digest>), PartError> {
        let prefix = self.name.to_string();
        let strip = prefix.len() + 1;
        let (mut manifest, mut payload_bytes) = (String::new(), 0);
        for (entry, digest) in self.zip.entries().iter().zip(&self.digests) {
            manifest += &format!("{digest}  {}\n", entry.name.as_str().get(strip..).unwrap_or_default());
            payload_bytes += entry.bytes;
        }
        let how_to_verify = HOW_TO_VERIFY_TEXT
            .replace("{part}", &prefix)
            .replace("{fingerprint}", &key.public().fingerprint())
            .replace("{key}", &key.public().to_string());
        let tag_files = [
            (BAG_DECLARATION, DECLARATION.to_owned()),
            (BAG_INFO, self.bag_info(info, payload_bytes)),
            (MANIFEST, manifest),
            (HOW_TO_VERIFY, how_to_verify),
        ];
        let mut tag_manifest = String::new();
        let mut tags = Vec::new();
        for (name, text) in &tag_files {
            let sha256 = self.write_tag(&prefix, name, text.as_bytes())?;
            tag_manifest += &format!("{sha256}  {name}\n");
            tags.push(sha256);
        }
        let signed = tag_manifest.as_bytes();
        let ssh_signature = SshSignature::make(NAMESPACE, signed, key).to_string();
        for (name, bytes) in [
            (TAG_MANIFEST, signed),
            (SSH_SIGNATURE, ssh_signature.as_bytes()),
            (RAW_SIGNATURE, &key.sign(signed).0),
            (PUBLIC_KEY, key.public().pem().as_bytes()),
        ] {
            tags.push(self.write_tag(&prefix, name, bytes)?);
        }
        Ok((Digest::of(signed), tags))
    }

    fn write_tag(&mut self, prefix: &str, name: &str, bytes: &[u8]) -> Result<Digest, PartError> {
        let name = format!("{prefix}/{name}").parse()?;
        let write = |source| PartError::Write { path: self.folder.join(prefix), source };
        self.zip.write(name, &mut &bytes[..]).map_err(write)?;
        Ok(Digest::of(bytes))
    }

    fn bag_info(&self, info: &BagInfo, payload_bytes: u64) -> String {
        let group = match self.group {
            Group::Delivered => "delivered",
            Group::Kept => "kept",
        };
        format!(
            "Source-Organization: {}\nExternal-Identifier: {}\nBag-Group-Identifier: {}\nBagging-Date: {}\n\
             Payload-Oxum: {payload_bytes}.{}\nBag-Software-Agent: {}\nInvigil-Format: 1\nInvigil-Group: {group}\n",
            one_line(&info.organization),
            self.name,
            self.name.day(),
            info.date,
            self.digests.len(),
            one_line(&info.software),
        )
    }
}

/// Whether a finished file, read from the disk, is a strict ZIP of these entries, the last of which have
/// these hashes.
fn holds(file: &mut File, entries: &[zip::Entry], last: &[Digest]) -> io::Result<bool> {
    cache::forget(file)?;
    let found = match zip::read(file).and_then(|found| zip::agrees(file, &found).map(|()| found)) {
        Ok(found) => found,
        Err(ZipFault::Io(error)) => return Err(error),
        Err(_) => return Ok(false),
    };
    for (entry, sha256) in entries.iter().rev().zip(last.iter().rev()) {
        if Digest::of_reader(&mut zip::contents(file, entry)?)?.0 != *sha256 {
            return Ok(false);
        }
    }
    Ok(found == entries)
}

/// A value of `bag-info.txt` goes to the end of its line.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

impl PartError {
    /// What happened and what to do, for a person.
    pub fn message(&self) -> Message {
        let about = |id: &str, path: &Path| Message::new(id).with("path", path.display().to_string());
        match self {
            Self::Exists(path) => about("archive-part-exists", path),
            Self::Source { path, source } => {
                about("archive-file-unreadable", path).with("detail", source.to_string())
            }
            Self::Write { path, source } if source.kind() == io::ErrorKind::StorageFull => {
                about("archive-disk-full", path)
            }
            Self::Write { path, source } => {
                about("archive-part-write", path).with("detail", source.to_string())
            }
            Self::Full { path, bytes } => about("archive-part-full", path).with("bytes", *bytes),
            Self::Name(fault) => Message::new("archive-bad-name").with("detail", fault.to_string()),
            Self::ReadBack(path) => about("archive-read-back", path),
            Self::Damaged { path, detail } => {
                about("archive-part-damaged", path).with("detail", detail.as_str())
            }
            Self::Broken(path) => about("archive-part-broken", path),
        }
    }
}
