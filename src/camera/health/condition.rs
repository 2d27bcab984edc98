//! From what is seen at each look to what is told: nothing before it has lasted, nothing twice.

use crate::clock::Stamp;

/// What one look says of an ailment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Ails,
    Well,
    /// This picture can't tell.
    Unknown,
}

/// What changed by a look; the instants are those of looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It has lasted long enough, from this look on.
    Began(Stamp),
    /// It stood from the first look to the second, which was the first one that was well.
    Ended(Stamp, Stamp),
}

/// One ailment over time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Condition {
    /// The first and the last of the looks that say that it ails.
    since: Option<Stamp>,
    seen_ms: u64,
    /// It was told.
    stands: bool,
    /// The first of the looks that say that it is well again.
    well_since: Option<Stamp>,
}

impl Condition {
    pub fn stands(&self) -> bool {
        self.stands
    }

    /// Takes a look at `now`. `began` is when it began, if it shows for the first time.
    pub fn look(
        &mut self,
        verdict: Verdict,
        (began, now): (Stamp, Stamp),
        (patience_ms, well_ms): (u64, u64),
    ) -> Option<Turn> {
        match verdict {
            Verdict::Ails => {
                self.well_since = None;
                let since = *self.since.get_or_insert(began);
                self.seen_ms = now.mono_ms;
                if !self.stands && now.mono_ms.saturating_sub(since.mono_ms) >= patience_ms {
                    self.stands = true;
                    return Some(Turn::Began(since));
                }
                None
            }
            Verdict::Well if !self.stands => {
                self.since = None;
                None
            }
            Verdict::Well => {
                let well = *self.well_since.get_or_insert(now);
                if now.mono_ms.saturating_sub(well.mono_ms) < well_ms {
                    return None;
                }
                self.end(well)
            }
            Verdict::Unknown => {
                // A suspicion that nothing confirms is dropped.
                let unconfirmed_ms = now.mono_ms.saturating_sub(self.seen_ms);
                if !self.stands && unconfirmed_ms > patience_ms / 2 {
                    self.since = None;
                }
                None
            }
        }
    }

    /// Nothing more is known from `at` on.
    pub fn end(&mut self, at: Stamp) -> Option<Turn> {
        let before = std::mem::take(self);
        before
            .since
            .filter(|_| before.stands)
            .map(|since| Turn::Ended(since, before.well_since.unwrap_or(at)))
    }
}
