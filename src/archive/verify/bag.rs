//! One part by itself: is it a strict ZIP, does every file have the hash that the manifests say, and
//! did one key sign them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;

use super::manifest;
use super::progress::Meter;
use crate::archive::name::{
    BAG_DECLARATION, BAG_INFO, MANIFEST, PUBLIC_KEY, RAW_SIGNATURE, SSH_SIGNATURE, TAG_MANIFEST,
};
use crate::archive::zip::{self, Entry, ZipFault};
use crate::archive::{Integrity, PartName, Place, Report};
use crate::i18n::Message;
use crate::signing::{Digest, Hasher, NAMESPACE, PublicKey, Signature, SshSignature};

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
}

impl BagFile {
    /// Its bytes are those that were signed.
    pub fn holds(&self) -> bool {
        self.listed == Some(self.sha256)
    }
}

impl Bag {
    /// Reads all of a part and notes every fault but one: files under `data/` that are not what the
    /// manifest says are left to those who know what they hold. None: it is no part at all, which is
    /// noted too. Breaks off when the meter says so.
    pub fn open(
        label: &str,
        mut file: File,
        report: &mut Report,
        meter: &mut Meter,
    ) -> ControlFlow<(), Option<Self>> {
        let place = Place::part(label);
        let Some(entries) = entries(&mut file, &place, report) else { return ControlFlow::Continue(None) };
        let prefix = match entries.first().and_then(|entry| entry.name.as_str().split_once('/')) {
            Some((prefix, _)) => prefix.to_owned(),
            None => String::new(),
        };
        let Some(name) = PartName::parse(&prefix) else {
            report.fault(Integrity::CannotVerify, place, Message::new("archive-not-a-part"));
            return ControlFlow::Continue(None);
        };
        let (label, files) = (label.to_owned(), BTreeMap::new());
        let mut bag = Self { label, file, name, files, hash: None, signer: None };
        for entry in entries {
            let Some(path) =
                entry.name.as_str().strip_prefix(&prefix).and_then(|path| path.strip_prefix('/'))
            else {
                let place = Place::file(&bag.label, entry.name.as_str());
                report.fault(Integrity::Tampered, place, Message::new("archive-file-added"));
                continue;
            };
            let path = path.to_owned();
            match checksums(&mut bag.file, &entry, meter)? {
                Ok((crc32, sha256)) => {
                    let crc_holds = crc32 == entry.crc32;
                    // A later file of the same name is found by the strict profile already.
                    bag.files.entry(path).or_insert(BagFile { entry, sha256, listed: None, crc_holds });
                }
                Err(error) => {
                    let message = Message::new("archive-unreadable").with("detail", error.to_string());
                    report.fault(Integrity::CannotVerify, Place::file(&bag.label, &path), message);
                }
            }
        }
        bag.hold_to_manifests(report);
        bag.hold_to_signatures(report);
        ControlFlow::Continue(Some(bag))
    }

    /// The bytes of a small file; none if it is not there or longer than `max`.
    pub fn read(&mut self, path: &str, max: u64) -> io::Result<Option<Vec<u8>>> {
        let Some(found) = self.files.get(path).filter(|found| found.entry.bytes <= max) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        zip::contents(&mut self.file, &found.entry)?.read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// What is signed: its tag manifest.
    pub fn signed_bytes(&mut self) -> Option<Vec<u8>> {
        self.read(TAG_MANIFEST, MAX_TAG_BYTES).ok().flatten()
    }

    fn hold_to_manifests(&mut self, report: &mut Report) {
        let tag_lines = self.manifest(TAG_MANIFEST, report);
        let lines = self.manifest(MANIFEST, report);
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
            let listable = if path.starts_with("data/") { !lines.is_empty() } else { !tag_lines.is_empty() };
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
    fn manifest(&mut self, path: &str, report: &mut Report) -> BTreeMap<String, Digest> {
        let place = Place::file(&self.label, path);
        match self.read(path, MAX_TAG_BYTES) {
            Err(error) => {
                let message = Message::new("archive-unreadable").with("detail", error.to_string());
                report.fault(Integrity::CannotVerify, place, message);
            }
            Ok(None) => report.fault(Integrity::Tampered, place, Message::new("archive-file-removed")),
            Ok(Some(bytes)) => match manifest::parse(&bytes) {
                Some(lines) => return lines,
                None => report.fault(Integrity::Tampered, place, Message::new("archive-manifest-form")),
            },
        }
        BTreeMap::new()
    }

    /// The SSH signature says by whom; the raw one and the key file have to say the same.
    fn hold_to_signatures(&mut self, report: &mut Report) {
        let Some(signed) = self.signed_bytes() else { return };
        let mut small = |path: &str| self.read(path, 4096).ok().flatten().unwrap_or_default();
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
    match zip::walk(file) {
        Ok((entries, _)) if !entries.is_empty() => {
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

/// CRC-32 and SHA-256 of an entry's bytes.
pub(in crate::archive) fn checksums(
    file: &mut File,
    entry: &Entry,
    meter: &mut Meter,
) -> ControlFlow<(), io::Result<(u32, Digest)>> {
    let mut source = match zip::contents(file, entry) {
        Ok(source) => source,
        Err(error) => return ControlFlow::Continue(Err(error)),
    };
    let (mut hasher, mut crc) = (Hasher::new(), crc32fast::Hasher::new());
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => {
                hasher.update(&buffer[..read]);
                crc.update(&buffer[..read]);
                meter.add(read as u64)?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return ControlFlow::Continue(Err(error)),
        }
    }
    ControlFlow::Continue(Ok((crc.finalize(), hasher.finish())))
}
