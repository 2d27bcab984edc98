//! No subcommand: the kiosk window over the station of the data folder.

use std::process::ExitCode;
use std::sync::Arc;

use eframe::egui::{self, ViewportBuilder};

use super::{Context, Failure};
use crate::clock::SystemClock;
use crate::i18n::Message;
use crate::station::DataFolder;
use crate::station::client::connect_or_start;
use crate::ui::kept::Keeper;
use crate::ui::siren::{Silence, Siren, Speaker};
use crate::ui::{App, Link, Setup};

/// How the window was left, in the data folder.
const LEFT: &str = "window.json";

/// Opens the window; returns when it was closed. Without a station it opens too, and says why.
pub fn run(context: &Context) -> anyhow::Result<ExitCode> {
    let data = context.open_data()?;
    let program = std::env::current_exe()?;
    let link = match connect_or_start(data, &program, context.texts.language()) {
        Ok(connection) => Link::Station(Box::new(connection)),
        Err(error) => {
            tracing::error!(%error, "no station");
            Link::Failed(error.message())
        }
    };
    let days = DataFolder::open(data).ok().map(|folder| folder.days());
    let keeper = Keeper::open(data.join(LEFT));
    let setup = Setup {
        link,
        clock: Arc::new(SystemClock::new()),
        language: context.asked.or(keeper.kept().language).unwrap_or(context.texts.language()),
        review: None,
        days,
        home: std::env::home_dir(),
        kiosk: !context.windowed,
        keeper: Some(keeper),
        siren: siren(),
    };
    open(context, setup)
}

/// The computer's loudspeaker; alarms are seen all the same if it can't be had.
fn siren() -> Box<dyn Siren> {
    match Speaker::start() {
        Ok(speaker) => Box::new(speaker),
        Err(error) => {
            tracing::warn!(%error, "no thread for sound");
            Box::new(Silence)
        }
    }
}

/// Shows the window, the whole screen unless told otherwise.
pub(super) fn open(context: &Context, setup: Setup) -> anyhow::Result<ExitCode> {
    show(context, |ctx| Box::new(App::new(ctx, setup)))
}

/// Shows what `make` makes, in such a window.
pub(super) fn show(
    context: &Context,
    make: impl FnOnce(&egui::Context) -> Box<dyn eframe::App>,
) -> anyhow::Result<ExitCode> {
    let viewport = ViewportBuilder::default()
        .with_title(context.texts.text("ui-title"))
        .with_app_id("invigil")
        .with_inner_size([1366.0, 768.0])
        .with_min_inner_size([1024.0, 700.0]);
    let viewport =
        if context.windowed { viewport } else { viewport.with_fullscreen(true).with_decorations(false) };
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    eframe::run_native("invigil", options, Box::new(|cc| Ok(make(&cc.egui_ctx))))
        .map_err(|error| Failure::new(1, Message::new("ui-no-display").with("detail", error.to_string())))?;
    Ok(ExitCode::SUCCESS)
}
