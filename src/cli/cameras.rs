//! `invigil cameras`: lists the USB cameras and what they offer.

use std::process::ExitCode;

use super::Context;
use crate::camera::usb::{self, FoundCamera, Offer};
use crate::i18n::Message;

/// List the USB cameras of this computer and what can be recorded from them
///
/// Each by the sources that a profile may name: its number, which may change when it is plugged in
/// again, and the port that it is plugged into.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil cameras --json")]
pub struct Args {
    /// Print the list as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let found = usb::list();
    if args.json {
        context.say_json(&found)?;
    } else if found.is_empty() {
        context.say_message(&Message::new("cameras-none"))?;
    }
    for camera in found.iter().filter(|_| !args.json) {
        say_camera(camera, context)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn say_camera(camera: &FoundCamera, context: &Context) -> anyhow::Result<()> {
    let serial = camera.serial.as_ref().map(|serial| format!("  S/N {serial}")).unwrap_or_default();
    let (index, name, bus, path) = (camera.index, &camera.name, &camera.bus, &camera.path);
    context.say(format_args!("usb:{index}  {name}  usb:{bus}  {path}{serial}"))?;
    // One line for a size: its rates follow each other in the list.
    for same_size in camera.formats.chunk_by(same_picture) {
        let Some((first, rest)) = same_size.split_first() else { continue };
        let rates: String = rest.iter().map(|offer| format!(", {}/s", offer.frames_per_second)).collect();
        context.say(format_args!("    {first}{rates}"))?;
    }
    if let Some(problem) = &camera.problem {
        context.say_message(&Message::new("cameras-problem").with("detail", problem.as_str()))?;
    } else if camera.formats.is_empty() {
        context.say_message(&Message::new("cameras-no-format"))?;
    }
    Ok(())
}

fn same_picture(a: &Offer, b: &Offer) -> bool {
    (a.pixels, a.width, a.height) == (b.pixels, b.width, b.height)
}
