//! Station keys that took each other's place: whether the statements in part 00, or in an excerpt, lead
//! from a key that the list of signers trusts to the one that signed the day.

use super::bag::{Bag, journal_part};
use super::{VerifyOptions, countersign};
use crate::archive::name::rotation_paths;
use crate::archive::{Place, Report};
use crate::i18n::Message;
use crate::point::DayId;
use crate::signing::{
    MAX_ARMORED_BYTES, MAX_ROTATIONS, MAX_STATEMENT_BYTES, NAMESPACE, PublicKey, ROTATION_NAMESPACE,
    Rotation, SignerRole, Standing, succession,
};

/// The statements of part 00 that hold; of others a reader is told.
pub fn read(bags: &[Bag], report: &mut Report) -> Vec<Rotation> {
    let Some(bag) = journal_part(bags) else { return Vec::new() };
    let label = bag.label.clone();
    let mut bytes = |path: &str, max: usize| {
        let is_there = bag.files.contains_key(path);
        is_there.then(|| bag.read(path, max as u64).ok().flatten().unwrap_or_default())
    };
    read_row(&label, "data/", &mut bytes, report)
}

/// The same of any file. `bytes` gives those of a path if it is there, none of them if they can't be read
/// or are more than asked for.
pub(in crate::archive) fn read_row(
    label: &str,
    before: &str,
    bytes: &mut dyn FnMut(&str, usize) -> Option<Vec<u8>>,
    report: &mut Report,
) -> Vec<Rotation> {
    let mut found = Vec::new();
    for number in 1..=MAX_ROTATIONS {
        let (statement, signature) = rotation_paths(before, number);
        let Some(text) = bytes(&statement, MAX_STATEMENT_BYTES) else { break };
        let armored = bytes(&signature, MAX_ARMORED_BYTES).unwrap_or_default();
        match Rotation::read(&text, &armored) {
            Ok(rotation) => found.push(rotation),
            Err(_) => {
                let place = Place::file(label, &statement);
                report.warn(place, Message::new("archive-warning-rotation-unread"));
            }
        }
    }
    found
}

/// Whether the list of signers trusts neither the station's key nor one whose place it took; why not, is
/// noted.
pub fn is_mistrusted(
    key: PublicKey,
    rotations: &[Rotation],
    day: &DayId,
    options: &VerifyOptions,
    report: &mut Report,
) -> bool {
    let Some(why) = countersign::mistrust(&key.into(), SignerRole::Station, day, options) else {
        return false;
    };
    if why == Standing::NotListed && inherits(key, rotations, day, options, report) {
        return false;
    }
    let message = countersign::mistrusted(&key.into(), SignerRole::Station, day, why);
    report.warn(Place::default(), message);
    true
}

/// Whether a key that the list itself does not have took the place of one that it trusts. What was found
/// is told either way.
fn inherits(
    key: PublicKey,
    rotations: &[Rotation],
    day: &DayId,
    options: &VerifyOptions,
    report: &mut Report,
) -> bool {
    let broken = |why: &'static str| {
        let message = Message::new("archive-warning-rotation-broken").with("key", key.fingerprint());
        message.with("why", why)
    };
    let found = match succession(rotations, key) {
        Ok(row) => {
            let standing = |old: PublicKey, namespace: &str, at_ms: i64| {
                countersign::standing(&old.into(), SignerRole::Station, day, namespace, at_ms, options)
            };
            let now = |old: PublicKey| standing(old, NAMESPACE, options.at_ms);
            // The newest that the list has, or has revoked, decides.
            let listed =
                row.iter().zip(1_usize..).find(|(statement, _)| now(statement.old) != Standing::NotListed);
            let Some((statement, count)) = listed else { return false };
            let old = statement.old;
            let all = [
                now(old),
                standing(old, ROTATION_NAMESPACE, options.at_ms),
                standing(old, ROTATION_NAMESPACE, statement.at_ms),
            ];
            match all.into_iter().find(|standing| *standing != Standing::Trusted) {
                Some(why) => Err(broken(why.word())),
                None => Ok((old, count)),
            }
        }
        Err(why) => Err(broken(why.word())),
    };
    let (inherits, message) = match found {
        Ok((old, count)) => {
            let message = Message::new("archive-warning-rotated").with("key", key.fingerprint());
            (true, message.with("known", old.fingerprint()).with("count", count))
        }
        Err(message) => (false, message),
    };
    report.warn(Place::default(), message);
    inherits
}
