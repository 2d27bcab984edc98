//! The window: shows the day as the station tells it, and sends what people ask for.
//!
//! Nothing here changes the day: a screen pushes [`model::Wish`]es, the [`app::App`] handles them once a
//! frame after drawing, and what came of them is seen in the next view. Every text comes from `ui.ftl`,
//! every colour and size from [`theme`].

pub mod app;
mod bar;
mod dialogs;
mod due;
mod gallery;
mod help;
mod incident_words;
pub mod kept;
mod keys;
mod line;
pub mod model;
mod next;
mod notices;
mod outage_words;
mod pace;
mod pictures;
mod presence;
mod rail;
mod screens;
mod setup;
pub mod siren;
mod taps;
pub mod theme;
mod toasts;
mod trouble;
pub mod widgets;
pub mod words;

pub use app::App;
pub use gallery::Gallery;
pub use setup::{Link, Setup};
