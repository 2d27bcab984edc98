//! Pictures back out of sealed recordings: any moment of several cameras, at the same time.
//!
//! A [`Footage`] says where a camera's video lies in the parts of an archive. A [`Projector`] decodes one
//! camera's; a [`Player`] keeps several at one moment, on a thread of its own. Everything is read straight
//! from the parts, a fragment at a time; what is damaged is told and passed over. [`still`] brings a picture that
//! was taken as evidence.

mod footage;
mod player;
mod projector;
mod reel;
mod still;
#[cfg(test)]
mod trial;

pub use footage::{Footage, Stretch};
pub use player::{Player, Seen, Shown, Speed};
pub use projector::{Direction, Projector};
pub use reel::PlayError;
pub use still::still;

pub use crate::recording::Preview;
