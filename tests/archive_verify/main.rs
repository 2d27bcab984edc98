//! A sealed day, what is said of it, and what comes out of it.

mod cli;
mod compare;
mod countersign;
mod day;
mod excerpt;
mod extract;
mod incidents;
mod manipulations;
mod rotated;
mod rotation;
mod stations;
mod takeover;
