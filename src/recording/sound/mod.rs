//! Sound on its way into a file: one steady line of samples, how loud it is, and Opus.

mod line;
mod meter;
mod voice;

pub use meter::{Finding, Level, Meter};
pub use voice::{Packet, Voice};
