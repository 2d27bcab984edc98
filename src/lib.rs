//! The exam-point technical support kiosk: guides the technician through the checks before the
//! exam, records the cameras, keeps the log of access to the equipment, and leaves a signed
//! archive that anyone can verify without it.
//!
//! One idea: **the journal is the state**. Everything that happens is an event appended to one
//! hash-chained, signed journal; what the screens show is a fold of it. Two processes, one
//! binary: `invigil station` is the single writer, the window and every other subcommand are
//! clients that send commands and get updates.
//!
//! Rooms and who may import whom (held by `tests/architecture.rs`):
//!
//! | room | what lives there | may import |
//! |---|---|---|
//! | [`clock`], [`durable`], [`i18n`], [`tables`], [`time_zone`], [`point`], [`checklist`], [`briefing`], [`signing`], [`qr`] | the ground | the ground |
//! | [`journal`] | records, hash chain, checkpoints, the file | the ground |
//! | [`camera`] | where pictures and sound come from | the ground |
//! | [`checks`] | automatic checks of this computer | the ground, `journal`'s event types |
//! | [`day`] | the exam day as a pure fold of events | the ground, `journal`'s event types |
//! | [`forms`] | printed forms: definitions in data, PDF, XLSX | the ground |
//! | [`recording`] | overlay, encoding, segments, their index | the ground, `camera`, `journal`'s event types |
//! | [`archive`] | parts, strict ZIP, seal, verify | the ground, `journal`, `recording::{index, inspect}` |
//! | [`playback`] | pictures back out of an archive's parts | the ground, `recording`, `archive` |
//! | [`station`] | the single writer, its protocol and clients | all above |
//! | [`review`] | an archive that somebody looks at: verified, searched, and what is made of it | `archive`, `journal`, `forms`, `station`'s papers, printing and wording of events, the ground |
//! | [`ui`] | the window | `station::{client, protocol}` and its wording of events, `day`, `journal`'s event and record types, `archive`'s verdict and verifier, `playback`, `review`, the ground |
//! | [`cli`] | a file a subcommand | anything |
//!
//! The features `window`, `cameras` and `station` are all on by default; without them the package
//! is the auditor's tool, with a crate tree small enough to read.

// The program itself keeps stricter rules than its tests; reasons stand in clippy.toml.
#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::panic, clippy::todo, clippy::disallowed_methods),
    warn(clippy::print_stdout, clippy::print_stderr, clippy::exit)
)]

pub mod archive;
pub mod briefing;
pub mod camera;
pub mod checklist;
#[cfg(feature = "station")]
pub mod checks;
pub mod cli;
pub mod clock;
pub mod day;
pub mod durable;
#[cfg(feature = "station")]
pub mod forms;
pub mod i18n;
pub mod journal;
#[cfg(feature = "window")]
pub mod playback;
pub mod point;
#[cfg(feature = "station")]
pub mod qr;
pub mod recording;
#[cfg(feature = "window")]
pub mod review;
pub mod signing;
#[cfg(feature = "station")]
pub mod station;
pub mod tables;
pub mod time_zone;
#[cfg(feature = "window")]
pub mod ui;
