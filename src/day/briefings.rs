//! Who signed which briefing: a fold of the point's journal.

use std::collections::BTreeMap;

use crate::briefing::Briefing;
use crate::journal::{Event, Record};
use crate::point::{BriefingId, PersonId};
use crate::signing::Digest;

const DAY_MS: i64 = 86_400_000;

/// The newest signature of everybody under everything.
#[derive(Clone, Debug, Default)]
pub struct Signatures {
    signed: BTreeMap<(BriefingId, PersonId), Signature>,
}

/// What a person signed, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub at_ms: i64,
    pub version: u32,
    /// Of the very text.
    pub sha256: Digest,
    /// The point's record of it.
    pub record: u64,
}

impl Signatures {
    /// Takes the next record of the point's journal.
    pub fn apply(&mut self, record: &Record) {
        if let Event::BriefingSigned(told) = &record.event {
            let (at_ms, version, sha256) = (record.utc_ms, told.version, told.sha256);
            let key = (told.briefing.clone(), told.person.clone());
            self.signed.insert(key, Signature { at_ms, version, sha256, record: record.n });
        }
    }

    /// When the person signed this very text, whose hash is `sha256`, if that still counts.
    pub fn of(&self, (briefing, sha256): &(Briefing, Digest), person: &PersonId, now_ms: i64) -> Option<i64> {
        let signature = self.newest(&briefing.id, person)?;
        let same = signature.version == briefing.version && signature.sha256 == *sha256;
        (same && now_ms < signature.until_ms(briefing)).then_some(signature.at_ms)
    }

    /// The person's newest signature under any text of that briefing, whether it still counts or not.
    pub fn newest(&self, briefing: &BriefingId, person: &PersonId) -> Option<&Signature> {
        self.signed.get(&(briefing.clone(), person.clone()))
    }
}

impl Signature {
    /// From when on it counts no more.
    pub fn until_ms(&self, briefing: &Briefing) -> i64 {
        self.at_ms.saturating_add(i64::from(briefing.valid_days) * DAY_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::of_the_point;
    use crate::day::trial::record;
    use crate::journal::BriefingSigned;

    #[test]
    fn a_signature_counts_for_one_text_and_for_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let mut briefing = of_the_point(folder.path()).unwrap().remove(0);
        let hashed = (briefing.clone(), briefing.sha256());
        let person: PersonId = "technician".parse().unwrap();
        let mut signatures = Signatures::default();
        assert_eq!(signatures.of(&hashed, &person, 0), None);
        let (id, version, sha256) = (briefing.id.clone(), briefing.version, briefing.sha256());
        let told = BriefingSigned { briefing: id, version, sha256, person: person.clone() };
        signatures.apply(&record(0, "technician", 5, Event::BriefingSigned(told)));
        let end_ms = 5 + i64::from(briefing.valid_days) * DAY_MS;
        assert_eq!(signatures.of(&hashed, &person, end_ms - 1), Some(5));
        assert_eq!(signatures.of(&hashed, &person, end_ms), None);
        assert_eq!(signatures.of(&hashed, &"observer".parse().unwrap(), 6), None);
        // Another text under the same number is another text.
        briefing.title.en.push('!');
        let sha256 = briefing.sha256();
        assert_eq!(signatures.of(&(briefing, sha256), &person, 6), None);
    }
}
