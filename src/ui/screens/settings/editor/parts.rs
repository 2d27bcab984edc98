//! The parts of the profile, and what is shown of each.

use super::groups::{self, Group};
use super::lists::{self, List};
use crate::point::draft::is_under;

/// What of the profile is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    Point,
    Rooms,
    Cameras,
    People,
    Rights,
    Times,
    /// What the access log and the requests can be about.
    Words,
    /// How it is recorded, and what becomes of it.
    Limits,
    /// When a picture counts as of no use.
    Pictures,
    /// What the checks hold this computer to.
    Checks,
    /// What has to be installed, and what must not be.
    Programs,
    Text,
    /// What was changed, and the button that saves it.
    Review,
}

/// A card of a part.
pub enum Piece {
    Group(&'static Group),
    List(&'static List),
    Zones,
    Rights,
}

impl Part {
    pub const ALL: [Self; 12] = [
        Self::Point,
        Self::Rooms,
        Self::Cameras,
        Self::People,
        Self::Rights,
        Self::Times,
        Self::Words,
        Self::Limits,
        Self::Pictures,
        Self::Checks,
        Self::Programs,
        Self::Text,
    ];

    pub fn text_id(self) -> &'static str {
        match self {
            Self::Point => "ui-profile-point",
            Self::Rooms => "ui-profile-rooms",
            Self::Cameras => "ui-profile-cameras",
            Self::People => "ui-profile-people",
            Self::Rights => "ui-profile-rights",
            Self::Times => "ui-profile-times",
            Self::Words => "ui-profile-words",
            Self::Limits => "ui-profile-limits",
            Self::Pictures => "ui-profile-pictures",
            Self::Checks => "ui-profile-checks",
            Self::Programs => "ui-profile-programs",
            Self::Text => "ui-profile-text",
            Self::Review => "ui-profile-review",
        }
    }

    /// From its top to its end; the whole text and what was changed have none.
    pub fn pieces(self) -> Vec<Piece> {
        let all = |groups: &'static [Group]| groups.iter().map(Piece::Group);
        match self {
            Self::Point => all(groups::POINT).collect(),
            Self::Rooms => vec![Piece::List(&lists::ROOMS), Piece::Zones],
            Self::Cameras => vec![Piece::List(&lists::CAMERAS)],
            Self::People => [Piece::List(&lists::PEOPLE)].into_iter().chain(all(groups::SIGN_IN)).collect(),
            Self::Rights => vec![Piece::Rights],
            Self::Times => all(groups::TIMES).chain([Piece::List(&lists::PHASES)]).collect(),
            Self::Words => vec![Piece::List(&lists::ACTIONS), Piece::List(&lists::REQUESTS)],
            Self::Limits => all(groups::LIMITS).collect(),
            Self::Pictures => all(groups::PICTURES).collect(),
            Self::Checks => all(groups::CHECKS).collect(),
            Self::Programs => {
                let lists = [Piece::List(&lists::PACKAGES), Piece::List(&lists::PROGRAMS)];
                all(groups::SOFTWARE).chain(lists).collect()
            }
            Self::Text | Self::Review => Vec::new(),
        }
    }

    /// What is wrong with this key is told there.
    pub fn holds(self, key: &str) -> bool {
        self.pieces().iter().any(|piece| piece.holds(key))
    }
}

impl Piece {
    fn holds(&self, key: &str) -> bool {
        match self {
            Self::Group(group) => key == group.table || group.keys().any(|field| is_under(key, &field)),
            Self::List(list) => {
                is_under(key, list.key) || list.beside.is_some_and(|beside| is_under(key, beside))
            }
            Self::Zones => is_under(key, "zones") || is_under(key, "timetable.start"),
            Self::Rights => is_under(key, "rights"),
        }
    }
}
