//! The equipment watch: what of the computer itself changes while an exam day is open. USB devices,
//! disks, network links, log-ins, power, lid, reboots.
//!
//! A thread looks, one reading after the other; the [`Ledger`] compares them and says what is worth a
//! record, so that a link that comes and goes all day can't flood the journal.

mod ledger;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(any(windows, test))]
mod windows;

use std::io;
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Weak};
use std::thread;

use super::Inbox;
use crate::journal::{Thing, ThingKind};

pub(super) use ledger::{Known, Ledger};

/// As many things are watched; a computer hardly has more.
const MOST: usize = 64;
/// Longest name in characters: a device may call itself anything.
const MOST_CHARS: usize = 80;

/// Waits until something may have changed, for about a second at most, and gives what is there; none if
/// this computer can't be watched.
pub type EquipmentLook = Arc<dyn Fn() -> Option<Vec<SeenThing>> + Send + Sync>;

/// A thing as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenThing {
    pub thing: Thing,
    /// Another number: it was taken away and put back, or another one just like it.
    pub run: u64,
}

/// This computer's own equipment.
pub fn of_this_computer() -> EquipmentLook {
    #[cfg(target_os = "linux")]
    return linux::look();
    #[cfg(windows)]
    return windows::look();
    #[cfg(not(any(target_os = "linux", windows)))]
    Arc::new(|| None)
}

/// Lets the thread end with it.
pub(super) struct EquipmentWatch {
    _alive: Arc<()>,
}

impl EquipmentWatch {
    /// Starts the thread, which tells the inbox of every reading that differs from the one before.
    pub fn start(look: EquipmentLook, inbox: SyncSender<Inbox>) -> io::Result<Self> {
        let alive = Arc::new(());
        let lives = Arc::downgrade(&alive);
        thread::Builder::new().name("equipment".into()).spawn(move || watch(&look, &lives, &inbox))?;
        Ok(Self { _alive: alive })
    }
}

fn watch(look: &EquipmentLook, lives: &Weak<()>, inbox: &SyncSender<Inbox>) {
    let mut before = None;
    while let Some(mut seen) = look() {
        if lives.strong_count() == 0 {
            return;
        }
        seen.sort_by(|a, b| (a.thing.kind, &a.thing.place).cmp(&(b.thing.kind, &b.thing.place)));
        seen.dedup_by(|a, b| (a.thing.kind, &a.thing.place) == (b.thing.kind, &b.thing.place));
        seen.truncate(MOST);
        if before.as_ref() != Some(&seen) {
            if inbox.send(Inbox::Equipment(seen.clone())).is_err() {
                return;
            }
            before = Some(seen);
        }
    }
    tracing::warn!("this computer's equipment is not watched");
}

/// What a device or the system calls something, fit to be shown for years.
fn plain(text: &str) -> String {
    let shown = text.chars().map(|c| if c.is_control() || turns_text(c) { ' ' } else { c });
    let words: String = shown.take(MOST_CHARS).collect();
    words.trim().to_owned()
}

/// Marks that make the text after them run the other way.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn thing(kind: ThingKind, place: &str, name: &str, ident: &str, on: bool) -> Thing {
    Thing { kind, place: plain(place), name: plain(name), ident: plain(ident), on }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_a_device_is_short_and_has_nothing_that_turns_or_breaks_a_line() {
        let hostile = format!("\u{202e}Клавиатура\n\u{7}⌨️{}", "я".repeat(300));
        let shown = plain(&hostile);
        assert!(shown.starts_with("Клавиатура") && shown.chars().count() <= MOST_CHARS, "{shown:?}");
        assert!(!shown.chars().any(|c| c.is_control() || turns_text(c)));
        assert!(shown.contains('⌨'));
    }
}
