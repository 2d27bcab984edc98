//! Alarms that are heard: the longer nobody has seen one, the louder. Never waits, and a computer without a
//! loudspeaker is told of once.

mod speaker;
mod tone;

use super::model::{Model, Station};
use crate::day::Severity;
use crate::i18n::Message;

pub use speaker::Speaker;

/// How an alarm sounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loudness {
    #[default]
    Quiet,
    /// Two soft beeps now and then.
    Technician,
    /// For the head too.
    Head,
    /// Without a pause.
    Limit,
}

/// What sounds.
pub trait Siren {
    /// From now on so; costs nothing when it is so already.
    fn sound(&mut self, loudness: Loudness);
    /// Once, to hear whether it can be heard.
    fn try_out(&mut self);
    /// Why nothing can be heard; told once.
    fn trouble(&mut self) -> Option<Message>;
}

/// A window that makes no sound.
pub struct Silence;

impl Siren for Silence {
    fn sound(&mut self, _loudness: Loudness) {}
    fn try_out(&mut self) {}
    fn trouble(&mut self) -> Option<Message> {
        None
    }
}

/// As loud as the worst alarm that nobody has seen; warnings make no sound.
pub fn loudness(model: &Model) -> Loudness {
    let day = model.day().filter(|_| model.station == Station::Here);
    let unseen = day.into_iter().flat_map(|day| &day.alarms).filter(|alarm| !alarm.acknowledged);
    unseen.map(|alarm| of(alarm.severity)).max().unwrap_or_default()
}

fn of(severity: Severity) -> Loudness {
    match severity {
        Severity::Warning => Loudness::Quiet,
        Severity::Alarm => Loudness::Technician,
        Severity::Head => Loudness::Head,
        Severity::Limit => Loudness::Limit,
    }
}
