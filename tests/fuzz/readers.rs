//! What reads bytes from outside, each with what has to hold whatever the bytes are.

#![allow(dead_code, reason = "each target uses one of them")]

use std::fs;
use std::io::{Cursor, Read};
use std::path::PathBuf;

use invigil::archive::zip;
use invigil::journal::{DayDocument, check_journal, decode_line};
use invigil::recording::index::{Index, Line};
use invigil::recording::inspect::inspect;
use invigil::recording::repair::repair as mend;
use invigil::signing::{AllowedSigners, NAMESPACE, Principal, PublicKey, SignerRole, SshSignature, Standing};

const DOCUMENT: &[u8] = include_bytes!("../vectors/journal/sound-closed/day.json");
const RECORDS: &[u8] = include_bytes!("../vectors/journal/sound-closed/records.jsonl");

/// What the strict profile accepts, the `zip` crate reads the same.
pub fn zip(data: &[u8]) {
    let mut file = Cursor::new(data);
    let whole = zip::walk(&mut file).unwrap().0;
    let told = zip::salvage(&mut file).unwrap();
    assert!(told.starts_with(&whole));
    for entry in &told {
        assert!(entry.end() <= data.len() as u64);
    }
    let Ok(entries) = zip::read(&mut file) else { return };
    zip::agrees(&mut file, &entries).unwrap();
    for entry in &entries {
        let mut bytes = Vec::new();
        zip::contents(&mut file, entry).unwrap().read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes.len() as u64, entry.bytes);
    }
}

/// A line that is read is the only way to write that record.
pub fn journal(data: &[u8]) {
    if let Ok(record) = decode_line(data) {
        let mut line = serde_json_line(&record);
        line.push(b'\n');
        assert_eq!(line, data);
    }
    let mut readable = 0;
    let report = check_journal::<DayDocument>(DOCUMENT, &mut &data[..], b"", &mut |_| readable += 1).unwrap();
    assert!(readable <= report.records && report.covered == 0);
}

fn serde_json_line(record: &invigil::journal::Record) -> Vec<u8> {
    serde_json::to_vec(record).unwrap()
}

/// The lines that are read are those that stand there, without a hole between their spans.
pub fn idx(data: &[u8]) {
    let (index, error) = Index::parse_prefix(data);
    let written: Vec<u8> = index.lines().iter().flat_map(Line::to_bytes).collect();
    assert!(data.starts_with(&written) && (error.is_some() || written == data));
    assert!(index.lines().windows(2).all(|pair| pair[0].end() == pair[1].offset));
    let _ = inspect(&mut Cursor::new(data), &index);
}

/// Checkpoints of anybody cover nothing but what was signed.
pub fn checkpoint(data: &[u8]) {
    let report = check_journal::<DayDocument>(DOCUMENT, &mut &RECORDS[..], data, &mut |_| {}).unwrap();
    assert!(report.covered <= report.records);
    if report.closed {
        assert!(report.checkpoints.last().unwrap().sound);
    }
}

pub fn sshsig(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(signature) = text.parse::<SshSignature>() {
        // Nobody signs a message that only this program knows.
        assert!(!signature.verify(NAMESPACE, b"a message that nobody signed"));
        assert_eq!(signature.to_string().parse::<SshSignature>().as_ref(), Ok(&signature));
    }
}

/// A list that nobody is on trusts nobody.
pub fn signers(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let key = PublicKey([7; 32]);
    if let Ok(signers) = AllowedSigners::parse(text)
        && signers.is_empty()
    {
        let head = Principal { role: SignerRole::Head, place: "77-0101".to_owned() };
        assert_ne!(signers.standing(&key.into(), &head, NAMESPACE, 0), Standing::Trusted);
    }
}

/// A file after a crash: `data` is an index, two bytes that say how long it is, and the video.
pub fn repair(data: &[u8]) {
    let Some((length, rest)) = data.split_first_chunk::<2>() else { return };
    let (index, video) = rest.split_at(rest.len().min(u16::from_le_bytes(*length).into()));
    let folder = folder();
    let [mp4, idx] = ["000000.mp4", "000000.idx"].map(|name| folder.join(name));
    fs::write(&mp4, video).unwrap();
    fs::write(&idx, index).unwrap();
    let camera = "c".parse().unwrap();
    if let Ok(done) = mend(&folder, &camera, 0)
        && done.finished.is_some()
    {
        // What was closed is whole, and closing it again changes nothing.
        let index = Index::parse(&fs::read(&idx).unwrap()).unwrap();
        let bytes = fs::read(&mp4).unwrap();
        assert!(inspect(&mut Cursor::new(&bytes), &index).unwrap().is_whole());
        let again = mend(&folder, &camera, 0).unwrap();
        assert_eq!(again.cut_bytes, 0);
        assert_eq!(fs::read(&mp4).unwrap(), bytes);
    }
    fs::remove_dir_all(folder).unwrap();
}

/// A new empty folder, in memory where that is a place.
fn folder() -> PathBuf {
    let place =
        if fs::exists("/dev/shm").unwrap_or(false) { "/dev/shm".into() } else { std::env::temp_dir() };
    let folder = place.join(format!("invigil-fuzz-{}-{:?}", std::process::id(), std::thread::current().id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).unwrap();
    folder
}
