//! What a window starts from.

use std::path::PathBuf;
use std::sync::Arc;

use super::kept::Keeper;
use super::siren::Siren;
use crate::clock::Clock;
use crate::i18n::{Language, Message};
use crate::station::client::Connection;

/// The station that a window belongs to.
pub enum Link {
    /// None: archives are looked at, and nothing else.
    None,
    /// There should be one, and this is why there is none.
    Failed(Message),
    Station(Box<dyn Connection>),
}

pub struct Setup {
    pub link: Link,
    pub clock: Arc<dyn Clock>,
    pub language: Language,
    /// An archive to show at once.
    pub review: Option<PathBuf>,
    /// Where the archives of this computer's exam days are looked for.
    pub days: Option<PathBuf>,
    /// Whose window it is, to find that person's keys.
    pub home: Option<PathBuf>,
    /// How it was left the last time; none: it looks as ever, and forgets how it was left.
    pub keeper: Option<Keeper>,
    /// It holds the whole screen: leaving it takes somebody who may supervise.
    pub kiosk: bool,
    /// What alarms are heard by.
    pub siren: Box<dyn Siren>,
}
