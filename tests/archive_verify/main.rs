//! A sealed day, and what is said of it.

mod cli;
mod day;
mod manipulations;
