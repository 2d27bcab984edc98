//! The station as its clients see it: in this process, and as a process that is killed.
#![cfg(feature = "station")]

mod checklists;
mod codes;
mod copies;
mod day;
mod equipment;
mod due;
mod killed;
mod outages;
mod pictures;
mod point;
mod refusals;
#[cfg(target_os = "linux")]
mod seal_bench;
mod secrets;
mod small_disk;
mod spare;
mod takeover;
