//! The station as its clients see it: in this process, and as a process that is killed.
#![cfg(feature = "station")]

mod automatic;
mod briefings;
mod checklists;
mod codes;
mod copies;
mod day;
mod due;
mod equipment;
mod evidence;
mod inventory;
mod killed;
mod observer;
mod older_days;
mod outages;
mod papers;
mod people;
mod pictures;
mod point;
mod profile;
#[path = "../forms/reading.rs"]
mod reading;
mod refusals;
mod requests;
mod rotation;
#[cfg(target_os = "linux")]
mod seal_bench;
mod secrets;
mod small_disk;
#[cfg(unix)]
mod socket;
mod spare;
mod takeover;
mod two_persons;
