//! What can ail a camera's picture, and from when on it counts.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::tables::Section;

/// What ails a picture that still comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ailment {
    /// Fewer frames than asked for.
    Slow,
    /// The same picture again and again, without even a sensor's noise.
    Frozen,
    Black,
    Overexposed,
    /// Nothing but an even surface is seen.
    Covered,
    Blurred,
    /// Not the view that was approved.
    Moved,
}

impl Ailment {
    pub const ALL: [Self; 7] =
        [Self::Slow, Self::Frozen, Self::Black, Self::Overexposed, Self::Covered, Self::Blurred, Self::Moved];

    /// As the journal, file names and texts call it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Frozen => "frozen",
            Self::Black => "black",
            Self::Overexposed => "overexposed",
            Self::Covered => "covered",
            Self::Blurred => "blurred",
            Self::Moved => "moved",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ailment| ailment.id() == id)
    }
}

/// `[recording.health]` of a profile; what it leaves out has these defaults. Luma goes from 16 for black
/// to 235 for white.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HealthRules {
    /// Slow: less than this share of the asked rate…
    pub slow_percent: u32,
    /// …for so long.
    pub slow_seconds: u32,
    pub frozen_seconds: u32,
    /// Black: nineteen twentieths of the picture are darker than this…
    pub black_luma: u32,
    pub black_seconds: u32,
    /// Overexposed: this share of the picture is blown out…
    pub overexposed_percent: u32,
    pub overexposed_seconds: u32,
    /// Covered: at most this share of the structure is left that the camera used to see…
    pub covered_percent: u32,
    pub covered_seconds: u32,
    /// Blurred: edges have at most this share of the sharpness they used to have…
    pub blurred_percent: u32,
    pub blurred_seconds: u32,
    /// Moved: things stand elsewhere than in the reference, on average by at least so many thousandths of
    /// the picture's width…
    pub moved_permille: u32,
    pub moved_seconds: u32,
    /// A finding ends when the picture has been well for so long.
    pub well_seconds: u32,
    /// Stills kept of one camera in a day; later findings have none.
    pub stills_a_day: u32,
}

impl Default for HealthRules {
    fn default() -> Self {
        Self {
            slow_percent: 70,
            slow_seconds: 10,
            frozen_seconds: 10,
            black_luma: 36,
            black_seconds: 10,
            overexposed_percent: 50,
            overexposed_seconds: 10,
            covered_percent: 15,
            covered_seconds: 10,
            blurred_percent: 60,
            blurred_seconds: 20,
            moved_permille: 25,
            moved_seconds: 20,
            well_seconds: 5,
            stills_a_day: 50,
        }
    }
}

impl HealthRules {
    /// How long an ailment has to last before it is told.
    pub fn patience_ms(&self, ailment: Ailment) -> u64 {
        let seconds = match ailment {
            Ailment::Slow => self.slow_seconds,
            Ailment::Frozen => self.frozen_seconds,
            Ailment::Black => self.black_seconds,
            Ailment::Overexposed => self.overexposed_seconds,
            Ailment::Covered => self.covered_seconds,
            Ailment::Blurred => self.blurred_seconds,
            Ailment::Moved => self.moved_seconds,
        };
        u64::from(seconds) * 1_000
    }

    pub fn well_ms(&self) -> u64 {
        u64::from(self.well_seconds) * 1_000
    }
}

/// Reads the table; every key may be absent.
pub(super) fn read(section: &mut Section<'_>) -> Option<HealthRules> {
    const PERCENT: RangeInclusive<u32> = 5..=95;
    const SECONDS: RangeInclusive<u32> = 2..=600;
    let mut number = |key: &str, default: u32, range: RangeInclusive<u32>| match section.optional(key) {
        Some(item) => item.integer(range),
        None => Some(default),
    };
    let default = HealthRules::default();
    // All are read before any is missed, so that every fault is told.
    let slow_percent = number("slow_percent", default.slow_percent, PERCENT);
    let slow_seconds = number("slow_seconds", default.slow_seconds, SECONDS);
    let frozen_seconds = number("frozen_seconds", default.frozen_seconds, SECONDS);
    let black_luma = number("black_luma", default.black_luma, 17..=80);
    let black_seconds = number("black_seconds", default.black_seconds, SECONDS);
    let overexposed_percent = number("overexposed_percent", default.overexposed_percent, PERCENT);
    let overexposed_seconds = number("overexposed_seconds", default.overexposed_seconds, SECONDS);
    let covered_percent = number("covered_percent", default.covered_percent, 1..=60);
    let covered_seconds = number("covered_seconds", default.covered_seconds, SECONDS);
    let blurred_percent = number("blurred_percent", default.blurred_percent, PERCENT);
    let blurred_seconds = number("blurred_seconds", default.blurred_seconds, SECONDS);
    let moved_permille = number("moved_permille", default.moved_permille, 15..=300);
    let moved_seconds = number("moved_seconds", default.moved_seconds, SECONDS);
    let well_seconds = number("well_seconds", default.well_seconds, 1..=600);
    let stills_a_day = number("stills_a_day", default.stills_a_day, 0..=500);
    Some(HealthRules {
        slow_percent: slow_percent?,
        slow_seconds: slow_seconds?,
        frozen_seconds: frozen_seconds?,
        black_luma: black_luma?,
        black_seconds: black_seconds?,
        overexposed_percent: overexposed_percent?,
        overexposed_seconds: overexposed_seconds?,
        covered_percent: covered_percent?,
        covered_seconds: covered_seconds?,
        blurred_percent: blurred_percent?,
        blurred_seconds: blurred_seconds?,
        moved_permille: moved_permille?,
        moved_seconds: moved_seconds?,
        well_seconds: well_seconds?,
        stills_a_day: stills_a_day?,
    })
}
