//! A journal written by hand from the description in `journal`'s docs, so that the reader is held to
//! that and not to our writer, and so that a forger's journals can be written too.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use invigil::journal::{Actor, DayDocument, Event, HeadDocument, Link, Record};
use invigil::signing::merkle::MerkleTree;
use invigil::signing::{Digest, PublicKey};

use crate::keys::{key, public, sign};

#[derive(Clone)]
pub enum Step {
    Record(Draft),
    Sign(Sign),
}

/// A record before it is chained.
#[derive(Clone)]
pub struct Draft {
    pub boot: &'static str,
    pub mono_ms: u64,
    pub utc_ms: i64,
    pub event: Event,
}

/// A checkpoint before it is signed.
#[derive(Clone)]
pub struct Sign {
    pub utc_ms: i64,
    pub start: Option<Link>,
    pub end: bool,
    /// Which epoch's key, and whose: the one announced, unless said otherwise.
    pub epoch_key: EpochKey,
    /// Whose key it announces.
    pub next: &'static str,
    /// The device key that signs where one has to.
    pub device: Option<&'static str>,
}

#[derive(Clone, PartialEq)]
pub enum EpochKey {
    Announced,
    Of(u64, &'static str),
    None,
}

pub const STATION: &str = "station";
pub const DEVICE: &str = "device";

#[derive(Clone)]
pub struct Script {
    pub document: DayDocument,
    pub steps: Vec<Step>,
}

/// The three files.
pub struct Journal {
    pub document: Vec<u8>,
    pub records: Vec<Vec<u8>>,
    pub notes: Vec<String>,
}

impl Sign {
    pub fn at(utc_ms: i64) -> Self {
        Self {
            utc_ms,
            start: None,
            end: false,
            epoch_key: EpochKey::Announced,
            next: STATION,
            device: Some(DEVICE),
        }
    }
}

/// Moves a step by the wall clock.
pub fn shift(step: &mut Step, by_ms: i64) {
    match step {
        Step::Record(draft) => draft.utc_ms += by_ms,
        Step::Sign(sign) => sign.utc_ms += by_ms,
    }
}

/// The key of an epoch, made by the station or by somebody else.
pub fn epoch_key(epoch: u64, whose: &str) -> SigningKey {
    key(&format!("{whose} epoch {epoch}"))
}

impl Script {
    /// Numbers, chains and signs everything.
    pub fn write(&self) -> Journal {
        let document = self.document.to_bytes();
        let origin = format!("invigil/{}", self.document.day);
        let (mut records, mut notes) = (Vec::new(), Vec::new());
        let mut tree = MerkleTree::new();
        let mut prev = Digest::of(&document);
        let mut announced = STATION;
        for step in &self.steps {
            match step {
                Step::Record(draft) => {
                    let line = line(draft, tree.size(), prev);
                    prev = Digest::of(&line);
                    tree.push(&line);
                    records.push(line);
                }
                Step::Sign(sign) => {
                    notes.push(note(&origin, sign, notes.len() as u64, &tree, announced));
                    announced = sign.next;
                }
            }
        }
        Journal { document, records, notes }
    }

    /// Where the record of this kind stands among the steps.
    pub fn find(&self, wanted: impl Fn(&Event) -> bool) -> usize {
        let is = |step: &Step| matches!(step, Step::Record(draft) if wanted(&draft.event));
        self.steps.iter().position(is).unwrap()
    }

    /// Where the checkpoint of this number stands among the steps.
    pub fn find_sign(&self, number: usize) -> usize {
        let signs = self.steps.iter().enumerate().filter(|(_, step)| matches!(step, Step::Sign(_)));
        signs.map(|(at, _)| at).nth(number).unwrap()
    }
}

pub fn line(draft: &Draft, n: u64, prev: Digest) -> Vec<u8> {
    let record = Record {
        n,
        boot: draft.boot.to_owned(),
        mono_ms: draft.mono_ms,
        utc_ms: draft.utc_ms,
        offset_min: 180,
        actor: Actor::STATION,
        event: draft.event.clone(),
        salt: Digest::of(&n.to_be_bytes()).to_string()[..32].to_owned(),
        prev,
    };
    rendered(&record)
}

pub fn rendered(record: &Record) -> Vec<u8> {
    let mut line = serde_json::to_vec(record).unwrap();
    line.push(b'\n');
    line
}

fn note(origin: &str, step: &Sign, epoch: u64, tree: &MerkleTree, announced: &str) -> String {
    let root = STANDARD.encode(tree.root().0);
    let mut text = format!("{origin}\n{}\n{root}\nepoch {epoch}\nutc_ms {}\n", tree.size(), step.utc_ms);
    match step.start {
        None => {}
        Some(Link::First) => text += "start first\n",
        Some(Link::Linked) => text += "start linked\n",
        Some(Link::Unlinked) => text += "start unlinked\n",
    }
    match step.end {
        true => text += "end\n",
        false => text += &format!("next {}\n", public(&epoch_key(epoch + 1, step.next))),
    }
    let signer = match &step.epoch_key {
        EpochKey::Announced => Some(epoch_key(epoch, announced)),
        EpochKey::Of(epoch, whose) => Some(epoch_key(*epoch, whose)),
        EpochKey::None => None,
    };
    let mut note = format!("{text}\n");
    if let Some(key) = signer {
        note += &signature(origin, &key, &text);
    }
    if let Some(device) = step.device.filter(|_| step.start.is_some() || step.end) {
        note += &signature(&format!("{origin}/device"), &key(device), &text);
    }
    note + "\n"
}

/// A line of C2SP signed-note.
fn signature(name: &str, key: &SigningKey, text: &str) -> String {
    let PublicKey(public) = public(key);
    let id = Digest::of(&[name.as_bytes(), b"\n\x01", &public].concat());
    let bytes = [&id.0[..4], &sign(key, text.as_bytes())].concat();
    format!("— {name} {}\n", STANDARD.encode(bytes))
}
