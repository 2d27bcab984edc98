//! The station as its clients see it: in this process, and as a process that is killed.

mod day;
mod killed;
mod point;
mod refusals;
