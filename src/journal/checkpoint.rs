//! Checkpoints: signed statements of what the journal holds, in the format of transparency logs
//! (C2SP tlog-checkpoint and signed-note).
//!
//! ```text
//! invigil/77-0101-2026-05-29-main
//! 18
//! <RFC 6962 root over the records' lines, base 64>
//! epoch 3
//! utc_ms 1780048800000
//! start linked                      ← first checkpoint of a run of the station only
//! next ssh-ed25519 AAAA…            ← or `end`: nothing follows
//!
//! — invigil/77-0101-2026-05-29-main <epoch key's signature>
//! — invigil/77-0101-2026-05-29-main/device <device key's signature>
//!
//! ```
//!
//! `checkpoints.txt` is a sequence of these, each closed by an empty line. Which signatures have
//! to be there: [`Checkpoint::signers`].

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::document::JournalHead;
use super::event::Link;
use crate::signing::{Digest, Hasher, PaperCode, PublicKey, Signature};

/// Begins a signature line.
const DASH: &[u8] = "— ".as_bytes();

/// What a checkpoint says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Counts the journal's checkpoints from 0; each is signed with a key of its own.
    pub epoch: u64,
    /// Records that it covers, from the first on.
    pub size: u64,
    /// RFC 6962 root over the lines of these records, each with its LF.
    pub root: Digest,
    pub utc_ms: i64,
    /// In the first checkpoint of each run of the station.
    pub start: Option<Link>,
    pub then: Then,
}

/// What follows a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Another one, signed with this key.
    Next(PublicKey),
    /// Nothing: the journal is closed.
    End,
}

/// Who has to have signed a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signers {
    pub epoch: bool,
    pub device: bool,
}

/// A signature with the key id of the signed-note format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoteSignature {
    key_id: [u8; 4],
    signature: Signature,
}

/// A checkpoint with its signatures, none of which is verified by reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub checkpoint: Checkpoint,
    pub epoch: Option<NoteSignature>,
    pub device: Option<NoteSignature>,
}

/// A text that is no checkpoint of this journal, byte for byte as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a checkpoint of this journal")]
pub struct BadNote;

impl Checkpoint {
    /// The head that people write on paper: the first 80 bits of the root.
    pub fn code(&self) -> PaperCode {
        PaperCode::of(&self.root)
    }

    /// The device key signs at the start of every run and at the end; the epoch key always, unless
    /// it was lost.
    pub fn signers(&self) -> Signers {
        Signers {
            epoch: self.start != Some(Link::Unlinked),
            device: self.start.is_some() || self.then == Then::End,
        }
    }

    /// The signed bytes.
    pub(super) fn text(&self, head: &JournalHead) -> String {
        let root = STANDARD.encode(self.root.0);
        let mut text =
            format!("{}\n{}\n{root}\nepoch {}\nutc_ms {}\n", head.origin, self.size, self.epoch, self.utc_ms);
        if let Some(link) = self.start {
            text.push_str(&format!("start {}\n", start_word(link)));
        }
        match self.then {
            Then::Next(key) => text.push_str(&format!("next {key}\n")),
            Then::End => text.push_str("end\n"),
        }
        text
    }
}

impl NoteSignature {
    pub(super) fn of_epoch(head: &JournalHead, key: &PublicKey, signature: Signature) -> Self {
        Self { key_id: key_id(&head.origin, key), signature }
    }

    pub(super) fn of_device(head: &JournalHead, signature: Signature) -> Self {
        Self { key_id: key_id(&device_name(head), head.device()), signature }
    }

    fn render(&self, name: &str) -> String {
        let bytes = [&self.key_id[..], &self.signature.0[..]].concat();
        format!("— {name} {}\n", STANDARD.encode(bytes))
    }

    fn parse(line: &str, name: &str) -> Option<Self> {
        let text = line.strip_prefix("— ")?.strip_prefix(name)?.strip_prefix(' ')?;
        let bytes = STANDARD.decode(text).ok()?;
        let (key_id, signature) = bytes.split_first_chunk()?;
        Some(Self { key_id: *key_id, signature: Signature(signature.try_into().ok()?) })
    }
}

impl Note {
    pub(super) fn render(&self, head: &JournalHead) -> String {
        let mut note = self.checkpoint.text(head);
        note.push('\n');
        if let Some(signature) = &self.epoch {
            note.push_str(&signature.render(&head.origin));
        }
        if let Some(signature) = &self.device {
            note.push_str(&signature.render(&device_name(head)));
        }
        note.push('\n');
        note
    }

    /// Reads exactly what [`render`](Self::render) writes.
    pub(super) fn parse(text: &str, head: &JournalHead) -> Result<Self, BadNote> {
        let note = Self::read(text, head).ok_or(BadNote)?;
        if note.render(head) == text { Ok(note) } else { Err(BadNote) }
    }

    fn read(text: &str, head: &JournalHead) -> Option<Self> {
        let (body, signatures) = text.split_once("\n\n")?;
        let mut lines = body.split('\n');
        if lines.next()? != head.origin {
            return None;
        }
        let size = lines.next()?.parse().ok()?;
        let root = Digest(STANDARD.decode(lines.next()?).ok()?.try_into().ok()?);
        let epoch = lines.next()?.strip_prefix("epoch ")?.parse().ok()?;
        let utc_ms = lines.next()?.strip_prefix("utc_ms ")?.parse().ok()?;
        let mut last = lines.next()?;
        let mut start = None;
        if let Some(word) = last.strip_prefix("start ") {
            let links = [Link::First, Link::Linked, Link::Unlinked];
            start = Some(links.into_iter().find(|link| start_word(*link) == word)?);
            last = lines.next()?;
        }
        let then = match last.strip_prefix("next ") {
            Some(key) => Then::Next(key.parse().ok()?),
            None if last == "end" => Then::End,
            None => return None,
        };
        let mut note = Self {
            checkpoint: Checkpoint { epoch, size, root, utc_ms, start, then },
            epoch: None,
            device: None,
        };
        for line in signatures.trim_end_matches('\n').split('\n') {
            if let Some(signature) = NoteSignature::parse(line, &head.origin) {
                note.epoch = Some(signature);
            } else {
                note.device = Some(NoteSignature::parse(line, &device_name(head))?);
            }
        }
        Some(note)
    }

    /// Whether the epoch's key signed it.
    pub(super) fn signed_by_epoch(&self, head: &JournalHead, key: &PublicKey) -> bool {
        self.signed(&self.epoch, head, &head.origin, key)
    }

    /// Whether the device key signed it, or one that took its place.
    pub(super) fn signed_by_device(&self, head: &JournalHead) -> bool {
        let mut keys = std::iter::once(&head.device_key).chain(&head.successors);
        keys.any(|key| self.signed(&self.device, head, &device_name(head), key))
    }

    fn signed(
        &self,
        signature: &Option<NoteSignature>,
        head: &JournalHead,
        name: &str,
        key: &PublicKey,
    ) -> bool {
        signature.is_some_and(|signature| {
            signature.key_id == key_id(name, key)
                && key.verify(self.checkpoint.text(head).as_bytes(), &signature.signature)
        })
    }
}

/// Cuts a file of checkpoints where notes end; the pieces together are the whole file.
pub(super) fn split_notes(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        // After an empty line come signatures, torn ones perhaps, or the next note.
        let ends = |at: &usize| {
            let after = &rest[*at..];
            rest[..*at].ends_with(b"\n\n") && !after.starts_with(DASH) && !DASH.starts_with(after)
        };
        let end = (1..rest.len()).find(ends).unwrap_or(rest.len());
        let (note, after) = rest.split_at(end);
        rest = after;
        (!note.is_empty()).then_some(note)
    })
}

fn start_word(link: Link) -> &'static str {
    match link {
        Link::First => "first",
        Link::Linked => "linked",
        Link::Unlinked => "unlinked",
    }
}

fn device_name(head: &JournalHead) -> String {
    format!("{}/device", head.origin)
}

/// C2SP signed-note: the first four bytes of SHA-256 over name, LF, the byte 1 (Ed25519), key.
fn key_id(name: &str, key: &PublicKey) -> [u8; 4] {
    let mut hasher = Hasher::new();
    hasher.update(name.as_bytes());
    hasher.update(b"\n\x01");
    hasher.update(&key.0);
    let Digest([a, b, c, d, ..]) = hasher.finish();
    [a, b, c, d]
}
