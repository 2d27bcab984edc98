//! The single writer: commands in, events out. Owns the day's folder, the keys, the cameras and the
//! journal; everything else is a client of it.

pub mod client;
pub mod protocol;
