//! An archive in memory: parts as lists of files, sealed by hand as RFC 8493 and the docs say.

use std::fs;
use std::path::Path;

use ed25519_dalek::SigningKey;
use invigil::archive::{CLOSING_ACT_FORMAT, ClosingAct};
use invigil::journal::{DayDocument, Group, SealedPart, check_journal};
use invigil::signing::Digest;

use crate::day::Day;
use crate::keys::{SshSig, key, public, sign};
use crate::raw_zip::RawZip;
use crate::script::{DEVICE, Journal};

pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";

#[derive(Clone)]
pub struct Part {
    /// `<day>-01`.
    pub name: String,
    pub kept: bool,
    /// By path inside the part, data first.
    pub files: Vec<(String, Vec<u8>)>,
    /// Who signs it.
    pub signer: &'static str,
    pub change_zip: fn(&mut RawZip),
    pub change_bytes: fn(&mut Vec<u8>),
}

#[derive(Clone)]
pub struct Archive {
    pub day: Day,
    /// How many there are to be intact.
    pub segments: usize,
    pub parts: Vec<Part>,
    /// What is typed in from the paper acts.
    pub act: Option<String>,
    pub signers: Option<String>,
    pub revoked: String,
    /// Countersignatures, by their files' names.
    pub beside: Vec<(String, String)>,
}

/// From where on everything is made anew with the device's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Payload was changed: manifest, tag manifest and signatures.
    Data,
    /// The manifest or another tag file was changed: tag manifest and signatures.
    Tags,
    /// The tag manifest was changed: the signatures.
    TagManifest,
    /// Nothing stands above it that could be made anew.
    Outside,
}

impl Part {
    pub fn new(name: String) -> Self {
        Self {
            name,
            kept: false,
            files: Vec::new(),
            signer: DEVICE,
            change_zip: |_| {},
            change_bytes: |_| {},
        }
    }

    pub fn put(&mut self, path: &str, bytes: &[u8]) {
        match self.files.iter_mut().find(|(name, _)| name == path) {
            Some((_, old)) => *old = bytes.to_vec(),
            None => self.files.push((path.to_owned(), bytes.to_vec())),
        }
    }

    pub fn put_journal(&mut self, journal: &Journal) {
        self.put("data/day.json", &journal.document);
        self.put("data/journal/records.jsonl", &journal.records.concat());
        self.put("data/journal/checkpoints.txt", journal.notes.concat().as_bytes());
    }

    /// The file whose path, with a slash before it, ends so.
    pub fn file(&mut self, end: &str) -> &mut Vec<u8> {
        let found = self.files.iter_mut().find(|(name, _)| format!("/{name}").ends_with(end));
        &mut found.unwrap_or_else(|| panic!("no {end}")).1
    }

    pub fn edit(&mut self, end: &str, change: impl FnOnce(String) -> String) {
        let file = self.file(end);
        let text = String::from_utf8(std::mem::take(file)).unwrap();
        *file = change(text.clone()).into_bytes();
        assert!(*file != text.into_bytes(), "{end}: the case changes nothing");
    }

    pub fn replace(&mut self, end: &str, from: &str, to: &str) {
        self.edit(end, |text| text.replacen(from, to, 1));
    }

    /// Lines with their ends.
    pub fn lines(&mut self, end: &str, change: impl FnOnce(&mut Vec<String>)) {
        self.edit(end, |text| {
            let mut lines = text.split_inclusive('\n').map(str::to_owned).collect();
            change(&mut lines);
            lines.concat()
        });
    }

    pub fn remove(&mut self, end: &str) {
        let before = self.files.len();
        self.files.retain(|(name, _)| !format!("/{name}").ends_with(end));
        assert!(self.files.len() < before);
    }

    pub fn flip(&mut self, end: &str, at: usize) {
        self.file(end)[at] ^= 1;
    }

    pub fn hash(&self) -> Digest {
        let (_, bytes) = self.files.iter().find(|(name, _)| name == TAG_MANIFEST).unwrap();
        Digest::of(bytes)
    }

    pub fn seal(&mut self, key: &SigningKey) {
        self.seal_from(Layer::Data, key);
    }

    pub fn seal_from(&mut self, layer: Layer, key: &SigningKey) {
        if layer <= Layer::Data {
            self.write_tags(key);
        }
        if layer <= Layer::Tags {
            let listed = |name: &str| !name.starts_with("data/") && !name.starts_with("sig/");
            let tags = self.files.iter().filter(|(name, _)| listed(name) && name != TAG_MANIFEST);
            let lines: String = tags.map(|(name, bytes)| manifest_line(name, bytes)).collect();
            self.put(TAG_MANIFEST, lines.as_bytes());
        }
        if layer <= Layer::TagManifest {
            let signed = self.file(TAG_MANIFEST).clone();
            self.put("sig/station.sshsig", SshSig::HONEST.make(key, &signed).as_bytes());
            self.put("sig/station.ed25519", &sign(key, &signed));
            self.put("sig/station.pem", public(key).pem().as_bytes());
        }
    }

    fn write_tags(&mut self, key: &SigningKey) {
        let data: Vec<_> = self.files.iter().filter(|(name, _)| name.starts_with("data/")).collect();
        let oxum: usize = data.iter().map(|(_, bytes)| bytes.len()).sum();
        let manifest: String = data.iter().map(|(name, bytes)| manifest_line(name, bytes)).collect();
        let (name, day) = (self.name.clone(), self.name[..self.name.len() - 3].trim_end_matches("-after"));
        let group = if self.kept { "kept" } else { "delivered" };
        let info = format!(
            "Source-Organization: 77-0101\nExternal-Identifier: {name}\nBag-Group-Identifier: {}\n\
             Bagging-Date: 2026-05-29\nPayload-Oxum: {oxum}.{}\nBag-Software-Agent: invigil test\n\
             Invigil-Format: 1\nInvigil-Group: {group}\n",
            if name.ends_with("-after-1") { &name[..name.len() - 8] } else { day },
            data.len(),
        );
        let how_to = include_str!("../../assets/archive/verify.txt")
            .replace("{part}", &name)
            .replace("{fingerprint}", &public(key).fingerprint())
            .replace("{key}", &public(key).to_string());
        self.put("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        self.put("bag-info.txt", info.as_bytes());
        self.put("manifest-sha256.txt", manifest.as_bytes());
        self.put("verify.txt", how_to.as_bytes());
    }

    /// The part's file, manipulations of the container included.
    pub fn zip_bytes(&self) -> Vec<u8> {
        let name = |path: &str| format!("{}/{path}", self.name);
        let files: Vec<_> = self.files.iter().map(|(path, bytes)| (name(path), bytes.clone())).collect();
        let mut zip = RawZip::of(&files);
        (self.change_zip)(&mut zip);
        let mut bytes = zip.bytes();
        (self.change_bytes)(&mut bytes);
        bytes
    }
}

fn manifest_line(name: &str, bytes: &[u8]) -> String {
    format!("{}  {name}\n", Digest::of(bytes))
}

impl Archive {
    /// The part whose name ends so: `00` to `03`, `after-1`.
    pub fn part(&mut self, end: &str) -> &mut Part {
        let end = format!("-{end}");
        self.parts.iter_mut().find(|part| part.name.ends_with(&end)).unwrap()
    }

    /// Puts a journal written anew in the place of the day's.
    pub fn rewrite_journal(&mut self) {
        let journal = self.day.script.write();
        self.part("00").put_journal(&journal);
    }

    /// Somebody signs part 00 as it is now.
    pub fn countersign(&mut self, role: &str, key_name: &str, kind: SshSig) {
        let signed = self.part("00").file(TAG_MANIFEST).clone();
        let name = format!("{}-00.{role}.sshsig", self.day.script.document.day);
        self.beside.retain(|(other, _)| *other != name);
        self.beside.push((name, kind.make(&key(key_name), &signed)));
    }

    /// Seals everything, the closing act of what is there among it.
    pub fn seal(&mut self) {
        self.seal_from(Layer::Data);
    }

    pub fn seal_from(&mut self, layer: Layer) {
        if layer == Layer::Outside {
            return;
        }
        for part in self.parts.iter_mut().filter(|part| !part.name.ends_with("after-1")) {
            part.seal_from(layer, &key(part.signer));
        }
        let days = self.parts.iter().filter_map(|part| Some(part.name.strip_suffix("-after-1")?.to_owned()));
        for day in days.collect::<Vec<_>>() {
            self.seal_closing_act(&day);
        }
    }

    fn seal_closing_act(&mut self, day: &str) {
        let name = format!("{day}-after-1");
        let Some(act) = self.closing_act_of(day) else {
            // An act of nothing would only betray the thief.
            return self.parts.retain(|part| part.name != name);
        };
        let json = serde_json::to_vec_pretty(&act).unwrap();
        let Some(after) = self.parts.iter_mut().find(|part| part.name == name) else { return };
        after.put("data/closing-act.json", &[&json[..], b"\n"].concat());
        after.put("data/closing-act.txt", act.text().as_bytes());
        let signer = key(after.signer);
        after.seal(&signer);
    }

    /// What the closing act says of these parts; none if there is no closed journal.
    pub fn closing_act(&self) -> Option<ClosingAct> {
        self.closing_act_of(self.day.script.document.day.as_str())
    }

    /// The same of one station's parts.
    pub fn closing_act_of(&self, day: &str) -> Option<ClosingAct> {
        let own =
            || self.parts.iter().filter(|part| part.name.rsplit_once('-').is_some_and(|(of, _)| of == day));
        let sealed = |part: &Part| {
            let number = part.name[part.name.len() - 2..].parse().ok()?;
            let group = if part.kept { Group::Kept } else { Group::Delivered };
            let (file, bytes) = (format!("{}.zip", part.name), part.zip_bytes().len() as u64);
            Some(SealedPart { part: number, group, file, bytes, sha256: part.hash() })
        };
        let parts = own().filter_map(sealed).collect();
        let journal = own().find(|part| part.name.ends_with("-00"))?;
        let file = |end: &str| journal.files.iter().find(|(name, _)| name.ends_with(end));
        let (_, document) = file("day.json")?;
        let ((_, records), (_, checkpoints)) = (file("records.jsonl")?, file("checkpoints.txt")?);
        let report =
            check_journal::<DayDocument>(document, &mut &records[..], checkpoints, &mut |_| {}).unwrap();
        Some(ClosingAct {
            format: CLOSING_ACT_FORMAT,
            day: report.document.as_ref()?.day.clone(),
            opening_code: report.opening_code()?,
            closing_code: report.closing_code()?,
            restarts: report.restarts,
            records: report.records,
            parts,
            copies: Vec::new(),
        })
    }

    /// Writes it as a folder of files.
    pub fn write(&self, folder: &Path) {
        for (number, part) in self.parts.iter().enumerate() {
            let mut path = folder.join(format!("{}.zip", part.name));
            if path.exists() {
                path = folder.join(format!("{}-{number}.zip", part.name));
            }
            fs::write(path, part.zip_bytes()).unwrap();
        }
        for (name, text) in &self.beside {
            fs::write(folder.join(name), text).unwrap();
        }
    }
}
