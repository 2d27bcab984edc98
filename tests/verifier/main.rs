//! The page that checks archives without the program, in a real browser: the same verdict for the same bytes.

mod alone;
mod browser;
mod countersigned;
#[path = "../archive_verify/day.rs"]
#[allow(dead_code)]
mod day;
mod excerpts;
#[path = "../archive_verify/incidents.rs"]
#[allow(dead_code)]
mod incidents;
#[path = "../judges/mod.rs"]
#[allow(dead_code)]
mod judges;
mod limits;
mod logs;
mod long_log;
mod manipulations;
mod played;
#[path = "../raw_zip/mod.rs"]
mod raw_zip;
#[path = "../archive_verify/rotated.rs"]
#[allow(dead_code)]
mod rotated;
mod rotation;
mod sources;
#[path = "../archive_verify/stations.rs"]
#[allow(dead_code)]
mod stations;
mod takeover;
