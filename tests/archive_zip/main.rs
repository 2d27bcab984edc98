//! The strict ZIP profile: what it accepts reads alike everywhere, and nothing else is accepted.

mod ambiguous;
mod bounded;
mod found;
mod profile;
#[path = "../raw_zip/mod.rs"]
mod raw_zip;
