//! The countersignatures beside part 00: are they over it, who made them, is one missing.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};

use super::VerifyOptions;
use super::bag::{Bag, journal_part};
use super::facts::Facts;
use super::source::Source;
use crate::archive::after::{COUNTERSIGNATURE_FORMAT, CountersignatureNote};
use crate::archive::name::COUNTERSIGNATURE;
use crate::archive::{Countersignature, CountersignatureName, Integrity, Place, Report, Signed};
use crate::i18n::Message;
use crate::point::DayId;
use crate::signing::{
    BadSshSignature, Digest, MAX_ARMORED_BYTES, NAMESPACE, Principal, PublicKey, SignerRole, SshKey,
    SshSignature, Standing,
};

const MAX_NOTE_BYTES: u64 = 64 << 10;
/// A list of signers with more lines that can't be used is told of that far.
const MAX_LINES_TOLD: usize = 20;

/// What the countersignatures say of the archive's provenance.
#[derive(Default)]
pub struct Countersigned {
    /// One was made with a key that may not sign so.
    pub untrusted: bool,
}

/// Judges every countersignature, and misses those that the journal or the station's notes name.
pub fn check(
    files: &[(CountersignatureName, Source)],
    bags: &mut [Bag],
    day: &DayId,
    facts: Option<&Facts>,
    station: Option<PublicKey>,
    options: &VerifyOptions,
    report: &mut Report,
) -> Countersigned {
    let notes = notes(bags, day, report);
    let signed = journal_part(bags).and_then(Bag::signed_bytes);
    let mut found = Found { day, signed, station, options, report, keys: Vec::new(), untrusted: false };
    let mut hashes: BTreeMap<SignerRole, Vec<Digest>> = BTreeMap::new();
    for (name, source) in files {
        if name.day != *day {
            let message = Message::new("archive-other-day").with("day", name.day.as_str());
            found.report.fault(Integrity::CannotVerify, Place::part(&source.label), message);
            continue;
        }
        if let Some(hash) = found.judge(name, source) {
            hashes.entry(name.role).or_default().push(hash);
        }
    }
    found.hold_to_notes(&notes, &hashes);
    found.miss_due(facts, &notes, &hashes);
    Countersigned { untrusted: found.untrusted }
}

/// Says which lines of the list of signers count for nobody.
pub fn tell_unused_lines(options: &VerifyOptions, report: &mut Report) {
    let Some(signers) = &options.signers else { return };
    for (line, kind) in signers.unsupported.iter().take(MAX_LINES_TOLD) {
        let message =
            Message::new("archive-warning-signers-line").with("line", *line).with("kind", kind.as_str());
        report.warn(Place::default(), message);
    }
}

/// What the list of signers says of a key, if it does not trust it.
pub fn mistrust(key: &SshKey, role: SignerRole, day: &DayId, options: &VerifyOptions) -> Option<Standing> {
    options.signers.as_ref()?;
    let standing = standing(key, role, day, NAMESPACE, options.at_ms, options);
    (standing != Standing::Trusted).then_some(standing)
}

/// What it says of a signature for `namespace` as of `at_ms`.
pub fn standing(
    key: &SshKey,
    role: SignerRole,
    day: &DayId,
    namespace: &str,
    at_ms: i64,
    options: &VerifyOptions,
) -> Standing {
    let list = options.signers.as_ref();
    list.map_or(Standing::NotListed, |list| list.standing(key, &principal(role, day), namespace, at_ms))
}

/// The warning for a key that the list of signers does not trust.
pub fn mistrusted(key: &SshKey, role: SignerRole, day: &DayId, why: Standing) -> Message {
    Message::new("archive-warning-signer-untrusted")
        .with("key", key.fingerprint())
        .with("principal", principal(role, day).to_string())
        .with("why", why.word())
}

/// Region and point are the first two words of a day's name.
fn principal(role: SignerRole, day: &DayId) -> Principal {
    let words: Vec<&str> = day.as_str().splitn(3, '-').take(2).collect();
    Principal { role, place: words.join("-") }
}

/// What the stations noted, the newest of each role.
fn notes(bags: &mut [Bag], day: &DayId, report: &mut Report) -> BTreeMap<SignerRole, CountersignatureNote> {
    let mut notes = BTreeMap::new();
    let mut after: Vec<&mut Bag> = bags.iter_mut().filter(|bag| bag.name.number().is_none()).collect();
    after.sort_by(|a, b| a.name.cmp(&b.name));
    for bag in after.into_iter().filter(|bag| bag.files.contains_key(COUNTERSIGNATURE)) {
        let bytes = bag.read(COUNTERSIGNATURE, MAX_NOTE_BYTES).ok().flatten();
        let note: Option<CountersignatureNote> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        match note.filter(|note| note.format == COUNTERSIGNATURE_FORMAT && note.day == *day) {
            Some(note) => drop(notes.insert(note.role, note)),
            None => report.fault(
                Integrity::CannotVerify,
                Place::file(&bag.label, COUNTERSIGNATURE),
                Message::new("archive-countersignature-note"),
            ),
        }
    }
    notes
}

struct Found<'a> {
    day: &'a DayId,
    /// What is signed: part 00's tag manifest.
    signed: Option<Vec<u8>>,
    station: Option<PublicKey>,
    options: &'a VerifyOptions,
    report: &'a mut Report,
    /// Of the countersignatures that hold.
    keys: Vec<(SignerRole, SshKey)>,
    untrusted: bool,
}

impl Found<'_> {
    /// The file's hash, unless it can't be read.
    fn judge(&mut self, name: &CountersignatureName, source: &Source) -> Option<Digest> {
        let place = Place::part(&source.label);
        let (digest, text) = match read(source) {
            Ok(read) => read,
            Err(error) => {
                let message = Message::new("archive-unreadable").with("detail", error.to_string());
                self.report.fault(Integrity::CannotVerify, place, message);
                return None;
            }
        };
        let (key, signed) = if name.national {
            self.report.warn(place, Message::new("archive-warning-national").with("role", name.role.word()));
            (None, Signed::NotCheckedHere)
        } else {
            self.judge_text(name, &text, place)
        };
        self.report.countersignatures.push(Countersignature {
            file: source.label.clone(),
            role: name.role,
            key: key.map(|key| key.fingerprint()),
            signed,
        });
        Some(digest)
    }

    fn judge_text(
        &mut self,
        name: &CountersignatureName,
        text: &[u8],
        place: Place,
    ) -> (Option<SshKey>, Signed) {
        let parsed = std::str::from_utf8(text).map_err(|_| BadSshSignature::Malformed).and_then(str::parse);
        let signature: SshSignature = match parsed {
            Ok(signature) => signature,
            Err(BadSshSignature::Malformed) => {
                self.report.fault(Integrity::Tampered, place, Message::new("archive-countersignature-form"));
                return (None, Signed::Wrong);
            }
            Err(BadSshSignature::UnsupportedKey(kind)) => {
                let message = Message::new("archive-countersignature-kind").with("kind", kind);
                self.report.fault(Integrity::CannotVerify, place, message);
                return (None, Signed::NotCheckedHere);
            }
        };
        let key = signature.key.clone();
        let Some(signed) = &self.signed else { return (Some(key), Signed::NotCheckedHere) };
        if signature.namespace != NAMESPACE {
            let namespace: String = signature.namespace.chars().take(80).collect();
            let message = Message::new("archive-countersignature-namespace").with("namespace", namespace);
            self.report.fault(Integrity::Tampered, place, message);
            return (Some(key), Signed::Wrong);
        }
        if !signature.verify(NAMESPACE, signed) {
            self.report.fault(Integrity::Tampered, place, Message::new("archive-countersignature-wrong"));
            return (Some(key), Signed::Wrong);
        }
        if signature.untouched() {
            self.report.warn(place.clone(), Message::new("archive-warning-untouched"));
        }
        let state = self.trust(name.role, &key, place);
        self.keys.push((name.role, key.clone()));
        (Some(key), state)
    }

    fn trust(&mut self, role: SignerRole, key: &SshKey, place: Place) -> Signed {
        let other = self.keys.iter().any(|(other, used)| *other != role && used == key);
        if other || self.station.is_some_and(|station| SshKey::from(station) == *key) {
            let message = Message::new("archive-warning-two-roles").with("key", key.fingerprint());
            self.report.warn(place, message);
            self.untrusted = true;
            return Signed::Untrusted;
        }
        match mistrust(key, role, self.day, self.options) {
            Some(why) => {
                self.report.warn(place, mistrusted(key, role, self.day, why));
                self.untrusted = true;
                Signed::Untrusted
            }
            None if self.options.signers.is_some() => Signed::Trusted,
            None => Signed::Unchecked,
        }
    }

    /// The file that the station saw is the one that lies there.
    fn hold_to_notes(
        &mut self,
        notes: &BTreeMap<SignerRole, CountersignatureNote>,
        hashes: &BTreeMap<SignerRole, Vec<Digest>>,
    ) {
        for (role, note) in notes {
            match hashes.get(role) {
                Some(hashes) if hashes.contains(&note.sha256) => {}
                Some(_) => {
                    let place = Place::part(&self.file(*role));
                    let message =
                        Message::new("archive-countersignature-other").with("key", note.key.as_str());
                    self.report.fault(Integrity::Tampered, place, message);
                }
                None => self.missing(*role, Place::part(&self.file(*role))),
            }
        }
    }

    fn miss_due(
        &mut self,
        facts: Option<&Facts>,
        notes: &BTreeMap<SignerRole, CountersignatureNote>,
        hashes: &BTreeMap<SignerRole, Vec<Digest>>,
    ) {
        let Some((record, roles)) = facts.and_then(|facts| facts.countersigners.as_ref()) else { return };
        for role in roles.iter().filter(|role| !hashes.contains_key(role) && !notes.contains_key(role)) {
            let place = Place { record: Some(*record), ..Place::part(&self.file(*role)) };
            self.missing(*role, place);
        }
    }

    fn missing(&mut self, role: SignerRole, place: Place) {
        let message = Message::new("archive-countersignature-missing").with("role", role.word());
        self.report.fault(Integrity::Incomplete, place, message);
    }

    fn file(&self, role: SignerRole) -> String {
        CountersignatureName { day: self.day.clone(), role, national: false }.to_string()
    }
}

/// The file's hash, and its beginning as far as a signature may reach.
fn read(source: &Source) -> io::Result<(Digest, Vec<u8>)> {
    let mut text = Vec::new();
    File::open(&source.path)?.take(MAX_ARMORED_BYTES as u64 + 1).read_to_end(&mut text)?;
    let (digest, _) = Digest::of_reader(&mut File::open(&source.path)?)?;
    Ok((digest, text))
}
