//! `invigil station`: the process that owns the exam day; windows and commands are its clients.

use std::process::ExitCode;
use std::sync::Arc;

use super::{Context, Failure, code, configured, inherited};
use crate::clock::SystemClock;
use crate::i18n::Message;
use crate::signing::memory;
use crate::station::client::READY;
use crate::station::{DataFolder, Pace, Station, StationConfig, equipment_of_this_computer};

/// Run the station: cameras, journal and archive of this computer, for windows to connect to
///
/// Prints `ready` once clients may connect. Ends on SIGTERM or Ctrl+C; a recording goes on at the next start.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil --data /srv/invigil station")]
pub struct Args {}

pub fn run(_args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    inherited::close();
    let root = context.open_data()?;
    let data = DataFolder::open(root).map_err(|error| {
        let message = Message::new("station-data-folder")
            .with("folder", root.display().to_string())
            .with("detail", error.to_string());
        Failure::new(code::DATA_FOLDER, message)
    })?;
    let data = data.with_sealer(context.sealer());
    match memory::lock() {
        memory::Locked::Yes => {}
        not => tracing::info!(?not, "keys may be swapped out"),
    }
    let failed = |error| Failure::station(&error, root);
    let (open_camera, find_cameras) = configured::cameras();
    let (profile, profile_file) = configured::profile(context)?;
    let mut station = Station::start(StationConfig {
        data: data.clone(),
        profile,
        profile_file,
        checklists: configured::checklists(root)?,
        clock: Arc::new(SystemClock::new()),
        open_camera,
        find_cameras,
        look_at_equipment: equipment_of_this_computer(),
        pace: Pace::REAL,
        targets: Vec::new(),
    })
    .map_err(failed)?;
    station.listen(&data).map_err(failed)?;
    let handle = station.handle();
    ctrlc::set_handler(move || handle.terminate())?;
    context.say(READY)?;
    station.join().map_err(failed)?;
    Ok(ExitCode::SUCCESS)
}
