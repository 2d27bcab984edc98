//! How long nobody may try a PIN after wrong ones: longer with every failure, whatever the wall clock says.
//!
//! The failures in a row stand in one private file. Who starts the station anew waits anew: how long it was
//! off nobody can know, since the wall clock can be set.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use crate::clock::Stamp;
use crate::durable;
use crate::point::PersonId;

/// So many failures in a row cost nothing.
const FREE: u32 = 2;
const FIRST_PAUSE_S: u32 = 30;
/// Long enough against guessing, and short enough for somebody who is needed at an exam.
const LONGEST_PAUSE_S: u32 = 900;

pub struct Pauses {
    path: PathBuf,
    failures: BTreeMap<PersonId, u32>,
    /// On the monotonic clock.
    until_ms: BTreeMap<PersonId, u64>,
}

impl Pauses {
    /// What can't be read is no reason not to record: then nobody waits.
    pub fn open(path: PathBuf, now: Stamp) -> Self {
        let failures: BTreeMap<PersonId, u32> = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!(%error, path = %path.display(), "failed sign-ins are not known");
                BTreeMap::new()
            }),
            Err(error) => {
                if error.kind() != io::ErrorKind::NotFound {
                    tracing::warn!(%error, path = %path.display(), "failed sign-ins are not known");
                }
                BTreeMap::new()
            }
        };
        let until = |(person, count): (&PersonId, &u32)| {
            let seconds = pause_s(*count)?;
            Some((person.clone(), now.mono_ms + u64::from(seconds) * 1_000))
        };
        Self { path, until_ms: failures.iter().filter_map(until).collect(), failures }
    }

    /// How long this person still has to wait; none if they need not.
    pub fn left_ms(&self, person: &PersonId, now: Stamp) -> Option<u64> {
        self.until_ms.get(person).and_then(|until| until.checked_sub(now.mono_ms)).filter(|left| *left > 0)
    }

    /// One more failure in a row: how many there are, and for how many seconds the next try has to wait.
    pub fn failed(&mut self, person: &PersonId, now: Stamp) -> (u32, Option<u32>) {
        let count = self.failures.get(person).map_or(1, |count| count.saturating_add(1));
        self.failures.insert(person.clone(), count);
        let pause = pause_s(count);
        if let Some(seconds) = pause {
            self.until_ms.insert(person.clone(), now.mono_ms + u64::from(seconds) * 1_000);
        }
        self.store();
        (count, pause)
    }

    /// The right PIN, or a new one: nothing is held against this person any more.
    pub fn forgive(&mut self, person: &PersonId) {
        self.until_ms.remove(person);
        if self.failures.remove(person).is_some() {
            self.store();
        }
    }

    fn store(&self) {
        let written = serde_json::to_vec_pretty(&self.failures).map_err(io::Error::from);
        if let Err(error) = written.and_then(|bytes| durable::replace_private(&self.path, &bytes)) {
            tracing::warn!(%error, "failed sign-ins are kept in memory alone");
        }
    }
}

fn pause_s(failures: u32) -> Option<u32> {
    let doublings = failures.checked_sub(FREE + 1)?;
    Some(
        FIRST_PAUSE_S
            .checked_shl(doublings)
            .filter(|_| doublings < 16)
            .map_or(LONGEST_PAUSE_S, |seconds| seconds.min(LONGEST_PAUSE_S)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(mono_ms: u64, utc_ms: i64) -> Stamp {
        Stamp { utc_ms, mono_ms, offset_min: 0 }
    }

    #[test]
    fn pauses_grow_to_a_quarter_of_an_hour() {
        let pauses: Vec<_> = [1, 2, 3, 4, 5, 6, 7, 8, 9, 40, u32::MAX].map(pause_s).into();
        let seconds = [30, 60, 120, 240, 480, 900, 900, 900, 900].map(Some);
        assert_eq!(pauses, [&[None, None][..], &seconds].concat());
    }

    #[test]
    fn neither_the_wall_clock_nor_a_restart_shortens_a_pause() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pauses.json");
        let (anna, boris): (PersonId, PersonId) = ("anna".parse().unwrap(), "boris".parse().unwrap());
        let mut pauses = Pauses::open(path.clone(), at(0, 0));
        assert_eq!(pauses.failed(&anna, at(0, 0)), (1, None));
        assert_eq!(pauses.failed(&anna, at(0, 0)), (2, None));
        assert_eq!(pauses.failed(&anna, at(1_000, 0)), (3, Some(30)));
        assert_eq!(pauses.left_ms(&anna, at(2_000, 86_400_000)), Some(29_000));
        assert_eq!(pauses.left_ms(&boris, at(2_000, 0)), None);

        let mut pauses = Pauses::open(path.clone(), at(7, 0));
        assert_eq!(pauses.left_ms(&anna, at(10_007, 0)), Some(20_000));
        assert_eq!(pauses.left_ms(&anna, at(30_007, 0)), None);
        assert_eq!(pauses.failed(&anna, at(31_000, 0)), (4, Some(60)));
        pauses.forgive(&anna);
        assert_eq!(pauses.left_ms(&anna, at(31_000, 0)), None);
        assert_eq!(Pauses::open(path.clone(), at(0, 0)).left_ms(&anna, at(0, 0)), None);

        fs::write(&path, "[torn").unwrap();
        assert_eq!(Pauses::open(path, at(0, 0)).failed(&anna, at(0, 0)), (1, None));
    }
}
