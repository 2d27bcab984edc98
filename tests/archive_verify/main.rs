//! A sealed day, what is said of it, and what comes out of it.

mod cli;
mod day;
mod extract;
mod manipulations;
