//! The window driven by role and name, without a screen; the pictures of it are in `pictures`.

mod archive_review;
mod briefings;
mod checklists;
#[path = "../archive_verify/day.rs"]
#[allow(dead_code)]
mod day;
mod driver;
mod evidence;
mod fake;
mod inventory;
mod older_days;
mod papers;
mod people;
mod pictures;
mod real_day;
mod screens;
mod stills;
mod takeover;
mod views;
mod whole_day;
