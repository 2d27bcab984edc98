//! One part by itself: is it a strict ZIP, does every file have the hash that the manifests say, and
//! did one key sign them.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io;

use super::sums::{Job, Sums};
use super::{labels, manifest};
use crate::archive::name::{
    BAG_DECLARATION, BAG_INFO, MANIFEST, PUBLIC_KEY, RAW_SIGNATURE, SSH_SIGNATURE, TAG_MANIFEST, segment_of,
};
use crate::archive::zip::{self, Entry, Window, ZipFault};
use crate::archive::{Integrity, PartName, Place, Report};
use crate::i18n::Message;
use crate::recording::inspect::Seen;
use crate::signing::{Digest, NAMESPACE, PublicKey, Signature, SshSignature};

/// No manifest is longer: [`zip::MAX_ENTRIES`] lines.
const MAX_TAG_BYTES: u64 = 32 * 1024 * 1024;

/// A part whose own files were looked at.
#[derive(Debug)]
pub struct Bag {
    /// Its file's name as given.
    pub label: String,
    pub file: File,
    /// As the folder inside is called.
    pub name: PartName,
    /// By path inside the part's folder.
    pub files: BTreeMap<String, BagFile>,
    /// SHA-256 of its tag manifest.
    pub hash: Option<Digest>,
    /// Whose signatures over it hold.
    pub signer: Option<PublicKey>,
}

/// A file in a part, as it is and as it should be.
#[derive(Clone, Debug)]
pub struct BagFile {
    pub entry: Entry,
    pub sha256: Digest,
    /// What the manifest says. Not equal: changed, and somebody has yet to say where exactly.
    pub listed: Option<Digest>,
    /// Its bytes have the CRC that its headers say.
    crc_holds: bool,
    /// Of a video beside its index: what it showed when it was held to that.
    pub seen: Option<Seen>,
}

/// A part of which only the directory was read.
#[derive(Debug)]
pub struct Listed {
    label: String,
    pub file: File,
    pub name: PartName,
    /// With their paths inside the part's folder, in the order in which they stand.
    entries: Vec<(String, Entry)>,
}

impl BagFile {
    /// Its bytes are those that were signed.
    pub fn holds(&self) -> bool {
        self.listed == Some(self.sha256)
    }

    /// The signed list has another hash for it.
    pub fn is_changed(&self) -> bool {
        self.listed.is_some_and(|listed| listed != self.sha256)
    }
}

/// The part that holds the journal.
pub fn journal_part(bags: &[Bag]) -> Option<&Bag> {
    bags.iter().find(|bag| bag.name.number() == Some(0))
}

impl Bag {
    /// Takes what was found of a part's files and notes every fault but one: files under `data/` that
    /// are not what the manifest says are left to those who know what they hold.
    pub fn of(listed: Listed, sums: Vec<io::Result<Sums>>, report: &mut Report) -> Self {
        let Listed { label, file, name, entries } = listed;
        let mut bag = Self { label, file, name, files: BTreeMap::new(), hash: None, signer: None };
        for ((path, entry), sums) in entries.into_iter().zip(sums) {
            match sums {
                Ok(Sums { crc32, sha256, seen }) => {
                    let crc_holds = crc32 == entry.crc32;
                    // A later file of the same name is found by the strict profile already.
                    let file = BagFile { entry, sha256, listed: None, crc_holds, seen };
                    bag.files.entry(path).or_insert(file);
                }
                Err(error) => {
                    let message = Message::new("archive-unreadable").with("detail", error.to_string());
                    report.fault(Integrity::CannotVerify, Place::file(&bag.label, &path), message);
                }
            }
        }
        let before = (report.faults.len(), report.more_faults);
        bag.hold_to_manifests(report);
        let payload_holds = bag.files.iter().all(|(path, file)| !path.starts_with("data/") || file.holds());
        if payload_holds && before == (report.faults.len(), report.more_faults) {
            labels::check(&mut bag, report);
        }
        labels::find_strangers(&bag, report);
        bag.hold_to_signatures(report);
        bag
    }

    /// The bytes of a small file; none if it is not there or longer than `max`.
    pub fn read(&self, path: &str, max: u64) -> io::Result<Option<Vec<u8>>> {
        self.files.get(path).map_or(Ok(None), |found| Window::whole(&self.file, &found.entry, max))
    }

    /// What is signed: its tag manifest.
    pub fn signed_bytes(&self) -> Option<Vec<u8>> {
        self.read(TAG_MANIFEST, MAX_TAG_BYTES).ok().flatten()
    }

    fn hold_to_manifests(&mut self, report: &mut Report) {
        let (tag_lines, lines) = (self.manifest(TAG_MANIFEST, report), self.manifest(MANIFEST, report));
        // A list that is there and empty lists nothing; one that can't be read may have listed all.
        let (tags_known, payload_known) = (tag_lines.is_some(), lines.is_some());
        let (tag_lines, lines) = (tag_lines.unwrap_or_default(), lines.unwrap_or_default());
        self.hash = self.files.get(TAG_MANIFEST).map(|found| found.sha256);
        for required in [BAG_DECLARATION, BAG_INFO, MANIFEST] {
            if !tag_lines.contains_key(required) && self.hash.is_some() {
                let place = Place::file(&self.label, required);
                report.fault(Integrity::Tampered, place, Message::new("archive-file-unlisted"));
            }
        }
        for (path, listed, is_payload) in tag_lines
            .iter()
            .map(|(path, listed)| (path, listed, false))
            .chain(lines.iter().map(|(path, listed)| (path, listed, true)))
        {
            let place = Place::file(&self.label, path);
            match self.files.get_mut(path) {
                // A list names its own kind of file, so that no file is judged by two.
                _ if path.starts_with("data/") != is_payload => {
                    report.fault(Integrity::Tampered, place, Message::new("archive-manifest-form"));
                }
                None => report.fault(Integrity::Tampered, place, Message::new("archive-file-removed")),
                Some(found) => {
                    found.listed = Some(*listed);
                    if !is_payload && !found.holds() {
                        report.fault(Integrity::Tampered, place, Message::new("archive-file-changed"));
                    }
                }
            }
        }
        for (path, found) in self.files.iter().filter(|(_, found)| !found.crc_holds) {
            // Where the bytes were changed, that is told; here only the headers were.
            if found.holds() {
                let place = Place::file(&self.label, path);
                report.fault(Integrity::Tampered, place, Message::new("archive-zip-crc"));
            }
        }
        for (path, found) in &self.files {
            let outside_lists = [TAG_MANIFEST, SSH_SIGNATURE, RAW_SIGNATURE, PUBLIC_KEY];
            let listable = if path.starts_with("data/") { payload_known } else { tags_known };
            let outside = outside_lists.contains(&path.as_str());
            if outside && !found.crc_holds {
                let place = Place::file(&self.label, path);
                report.fault(Integrity::Tampered, place, Message::new("archive-zip-crc"));
            }
            if found.listed.is_none() && listable && !outside {
                let place = Place::file(&self.label, path);
                report.fault(Integrity::Tampered, place, Message::new("archive-file-added"));
            }
        }
    }

    /// The lines of a manifest; none, and a fault, if it is missing or not in the form.
    fn manifest(&mut self, path: &str, report: &mut Report) -> Option<BTreeMap<String, Digest>> {
        let place = Place::file(&self.label, path);
        match self.read(path, MAX_TAG_BYTES) {
            Err(error) => {
                let message = Message::new("archive-unreadable").with("detail", error.to_string());
                report.fault(Integrity::CannotVerify, place, message);
            }
            Ok(None) => report.fault(Integrity::Tampered, place, Message::new("archive-file-removed")),
            Ok(Some(bytes)) => match manifest::parse(&bytes) {
                Some(lines) => return Some(lines),
                None => report.fault(Integrity::Tampered, place, Message::new("archive-manifest-form")),
            },
        }
        None
    }

    /// The SSH signature says by whom; the raw one and the key file have to say the same.
    fn hold_to_signatures(&mut self, report: &mut Report) {
        let Some(signed) = self.signed_bytes() else { return };
        let small = |path: &str| self.read(path, 4096).ok().flatten().unwrap_or_default();
        let (ssh, raw, pem) = (small(SSH_SIGNATURE), small(RAW_SIGNATURE), small(PUBLIC_KEY));
        let ssh: Option<SshSignature> = std::str::from_utf8(&ssh).ok().and_then(|text| text.parse().ok());
        let good_ssh = ssh.filter(|ssh| ssh.verify(NAMESPACE, &signed));
        let Some(key) = good_ssh.and_then(|ssh| ssh.key.ed25519()) else {
            let place = Place::file(&self.label, SSH_SIGNATURE);
            report.fault(Integrity::Tampered, place, Message::new("archive-signature-wrong"));
            return;
        };
        self.signer = Some(key);
        let raw: Option<[u8; 64]> = raw.try_into().ok();
        if !raw.is_some_and(|raw| key.verify(&signed, &Signature(raw))) {
            let place = Place::file(&self.label, RAW_SIGNATURE);
            report.fault(Integrity::Tampered, place, Message::new("archive-signature-wrong"));
        }
        if pem != key.pem().as_bytes() {
            let place = Place::file(&self.label, PUBLIC_KEY);
            report.fault(Integrity::Tampered, place, Message::new("archive-signature-other-key"));
        }
    }
}

impl Listed {
    /// Reads a part's directory. None: it is no part at all, which is noted.
    pub fn open(label: &str, mut file: File, report: &mut Report) -> Option<Self> {
        let place = Place::part(label);
        let found = entries(&mut file, &place, report)?;
        let prefix = match found.first().and_then(|entry| entry.name.as_str().split_once('/')) {
            Some((prefix, _)) => prefix.to_owned(),
            None => String::new(),
        };
        let Some(name) = PartName::parse(&prefix) else {
            report.fault(Integrity::CannotVerify, place, Message::new("archive-not-a-part"));
            return None;
        };
        let mut entries = Vec::with_capacity(found.len());
        for entry in found {
            let path = entry.name.as_str().strip_prefix(&prefix).and_then(|path| path.strip_prefix('/'));
            match path.map(str::to_owned) {
                Some(path) => entries.push((path, entry)),
                None => {
                    let place = Place::file(label, entry.name.as_str());
                    report.fault(Integrity::Tampered, place, Message::new("archive-file-added"));
                }
            }
        }
        Some(Self { label: label.to_owned(), file, name, entries })
    }

    /// The file at this path inside the part's folder.
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        self.entries.iter().find_map(|(other, entry)| (other == path).then_some(entry))
    }

    /// What is to be read of it: every file. Videos are held to their indexes if that is asked for.
    pub fn jobs(&self, with_indexes: bool) -> Vec<Job<'_>> {
        let by_path: HashMap<&str, &Entry> =
            self.entries.iter().map(|(path, entry)| (path.as_str(), entry)).collect();
        let index_of = |path: &str| {
            let (_, _, is_index) = segment_of(path).filter(|_| with_indexes)?;
            let stem = path.strip_suffix(".mp4").filter(|_| !is_index)?;
            by_path.get(format!("{stem}.idx").as_str()).map(|entry| (*entry).clone())
        };
        let job = |(path, entry): &(String, Entry)| (entry.clone(), index_of(path));
        self.entries.iter().map(job).map(|(entry, index)| Job { file: &self.file, entry, index }).collect()
    }
}

/// The part's entries. If it breaks the strict profile, that is noted, and what its local headers
/// still tell is looked at all the same: the hashes decide what of it is good.
pub(in crate::archive) fn entries(file: &mut File, place: &Place, report: &mut Report) -> Option<Vec<Entry>> {
    let strict = zip::read(file).and_then(|entries| zip::agrees(file, &entries).map(|()| entries));
    let fault = match strict {
        Ok(entries) if !entries.is_empty() => return Some(entries),
        Ok(_) => ZipFault::NoEnd,
        Err(fault) => fault,
    };
    if let ZipFault::Io(_) = fault {
        report.fault(Integrity::CannotVerify, place.clone(), fault.message());
        return None;
    }
    match zip::salvage(file) {
        Ok(entries) if !entries.is_empty() => {
            report.fault(Integrity::Tampered, place.clone(), fault.message());
            Some(entries)
        }
        _ if matches!(fault, ZipFault::NoEnd) => {
            report.fault(Integrity::CannotVerify, place.clone(), Message::new("archive-not-a-part"));
            None
        }
        _ => {
            report.fault(Integrity::Tampered, place.clone(), fault.message());
            None
        }
    }
}
