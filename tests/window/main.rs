//! The window driven by role and name, without a screen; the pictures of it are in `pictures`.

mod briefings;
mod checklists;
mod driver;
mod evidence;
mod fake;
mod inventory;
mod older_days;
mod papers;
mod pictures;
mod real_day;
mod screens;
mod takeover;
mod views;
mod whole_day;
