//! `invigil check`: runs the automatic checks of this computer.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Context, configured};
use crate::camera;
use crate::checklist::CheckKind;
use crate::checks::{self, CheckContext, CheckResult};
use crate::clock::{Clock, SystemClock};
use crate::journal::Outcome;
use crate::recording::CameraOpener;
use crate::station::{Pace, try_cameras};

/// Check this computer: disk, clock, programs, power, network, media and every camera
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: invigil check --target /media/usb\nExit code 1 if anything is not fine or unknown."
)]
pub struct Args {
    /// Run these checks alone, such as network or disk_health
    #[arg(value_name = "CHECK", value_parser = known())]
    checks: Vec<String>,
    /// Print results and evidence as JSON
    #[arg(long)]
    json: bool,
    /// List the software that is installed, one name a line, to make a list of what is approved
    #[arg(long, conflicts_with_all = ["json", "target", "checks"])]
    list_software: bool,
    /// Also check this folder as the target of the archive's copy
    #[arg(long, value_name = "DIR")]
    target: Option<PathBuf>,
}

/// One check's result with its text.
#[derive(Serialize)]
struct Line {
    check: CheckKind,
    text: String,
    #[serde(flatten)]
    result: CheckResult,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let (profile, _) = configured::profile(context)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let now_ms = clock.now().utc_ms;
    let today = DateTime::<Utc>::from_timestamp_millis(now_ms).unwrap_or_default();
    let plan = profile.plan(today.with_timezone(&profile.time_zone).date_naive());
    // Today's recording from its first phase on, whatever the hour: the check may come the day before.
    let begin_ms = plan.phases.iter().map(|phase| phase.at_ms).min().unwrap_or(plan.exam_start_ms);
    let needed_bytes = profile.needed_bytes(begin_ms, plan.record_until_ms);
    let look = CheckContext {
        target: args.target.clone(),
        ..CheckContext::new(&profile, context.data()?, needed_bytes, Arc::clone(&clock))
    };
    if args.list_software {
        return list_software(&look, context);
    }
    let mut lines = Vec::new();
    let is_wanted =
        |check: CheckKind| args.checks.is_empty() || args.checks.iter().any(|word| word == check.word());
    for check in checks::OF_THIS_COMPUTER.into_iter().filter(|check| is_wanted(*check)) {
        // Without a medium there is nothing to try, and paper is not used up unasked.
        let not_asked = match check {
            CheckKind::TargetMedium => look.target.is_none(),
            CheckKind::TestPage => true,
            _ => false,
        };
        if not_asked && args.checks.is_empty() {
            continue;
        }
        lines.push(tell(check, checks::run(check, &look), &args, context)?);
    }
    if is_wanted(CheckKind::Cameras) {
        // Three seconds of each camera, decoded back; nothing of it stays.
        let folder = context.open_data()?.join("trials");
        let opener: CameraOpener = Arc::new(camera::open);
        let result = try_cameras(&profile.cameras, &folder, &opener, &clock, Pace::REAL.trial_ms);
        lines.push(tell(CheckKind::Cameras, result, &args, context)?);
    }
    if args.json {
        context.say_json(&lines)?;
    }
    let fine = lines.iter().all(|line| line.result.outcome == Outcome::Passed);
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn list_software(look: &CheckContext, context: &Context) -> anyhow::Result<ExitCode> {
    match checks::installed(look) {
        Ok(names) => {
            names.iter().try_for_each(|name| context.say(name))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(why) => {
            context.say_message(&why)?;
            Ok(ExitCode::FAILURE)
        }
    }
}

/// What can be asked for by name.
fn known() -> clap::builder::PossibleValuesParser {
    let here = checks::OF_THIS_COMPUTER.into_iter().chain([CheckKind::Cameras]);
    here.map(CheckKind::word).collect::<Vec<_>>().into()
}

fn tell(check: CheckKind, result: CheckResult, args: &Args, context: &Context) -> anyhow::Result<Line> {
    let text = context.texts.message(&result.finding);
    if !args.json {
        let mark = match result.outcome {
            Outcome::Passed => "+",
            Outcome::Failed => "!",
            Outcome::Unknown => "?",
        };
        let name = context.texts.text(name(check));
        let outcome = context.texts.text(outcome(result.outcome));
        context.say(format_args!("{mark} {name:<20} {outcome:<14} {text}"))?;
    }
    Ok(Line { check, text, result })
}

fn name(check: CheckKind) -> &'static str {
    match check {
        CheckKind::FreeDisk => "check-free-disk",
        CheckKind::Clock => "check-clock",
        CheckKind::Cameras => "check-cameras",
        CheckKind::Programs => "check-programs",
        CheckKind::MemoryAndLoad => "check-memory-and-load",
        CheckKind::TargetMedium => "check-target-medium",
        CheckKind::References => "check-references",
        CheckKind::DiskHealth => "check-disk-health",
        CheckKind::PowerSaving => "check-power-saving",
        CheckKind::Network => "check-network",
        CheckKind::Wireless => "check-wireless",
        CheckKind::UsbMedia => "check-usb-media",
        CheckKind::Software => "check-software",
        CheckKind::Antivirus => "check-antivirus",
        CheckKind::Ups => "check-ups",
        CheckKind::Printers => "check-printers",
        CheckKind::TestPage => "check-test-page",
        CheckKind::Scanners => "check-scanners",
        CheckKind::Backups => "check-backups",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "outcome-passed",
        Outcome::Failed => "outcome-failed",
        Outcome::Unknown => "outcome-unknown",
    }
}
