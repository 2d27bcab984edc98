//! The window driven by role and name, without a screen; the pictures of it are in `album`, and what is
//! looked for in them is in `legible`.

mod alarms;
mod album;
mod archive_review;
mod archives;
mod bench;
mod briefings;
mod checklists;
mod controls;
#[cfg(target_os = "linux")]
#[path = "../forms/cups.rs"]
#[allow(dead_code)]
mod cups;
#[path = "../archive_verify/day.rs"]
#[allow(dead_code)]
mod day;
mod driver;
mod evidence;
mod fake;
mod focus;
mod gallery;
mod inventory;
mod kept_day;
mod left;
mod legible;
mod matrix;
mod older_days;
mod painter;
mod papers;
mod people;
mod pictures;
#[cfg(target_os = "linux")]
mod printing;
#[cfg(target_os = "linux")]
#[path = "../forms/reading.rs"]
#[allow(dead_code)]
mod reading;
mod real_day;
mod screens;
mod settings;
mod stills;
mod takeover;
mod tampered;
mod timeline;
mod views;
mod walk;
mod whole_day;
