//! `invigil check`: runs the automatic checks of this computer.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Context, configured};
use crate::camera;
use crate::checklist::CheckKind;
use crate::checks::{self, CheckContext, CheckResult, SystemPrograms};
use crate::clock::{Clock, SystemClock};
use crate::journal::Outcome;
use crate::recording::CameraOpener;
use crate::station::{Pace, try_cameras};

/// Check this computer: disk, clock, programs, memory, medium for the copy, and every camera
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: invigil check --target /media/usb\nExit code 1 if anything is not fine or unknown."
)]
pub struct Args {
    /// Print results and evidence as JSON
    #[arg(long)]
    json: bool,
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
    let profile = configured::profile(context)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let now_ms = clock.now().utc_ms;
    let today = DateTime::<Utc>::from_timestamp_millis(now_ms).unwrap_or_default();
    let plan = profile.plan(today.with_timezone(&profile.time_zone).date_naive());
    // Today's recording from its first phase on, whatever the hour: the check may come the day before.
    let begin_ms = plan.phases.iter().map(|phase| phase.at_ms).min().unwrap_or(plan.exam_start_ms);
    let needed_bytes = profile.needed_bytes(begin_ms, plan.record_until_ms);
    let look = CheckContext {
        data: context.data()?.to_owned(),
        needed_bytes,
        time_zone: profile.time_zone,
        required: profile.programs.clone(),
        target: args.target.clone(),
        target_needed_bytes: needed_bytes,
        clock: Arc::clone(&clock),
        programs: Arc::new(SystemPrograms),
    };
    let mut lines = Vec::new();
    for check in checks::OF_THIS_COMPUTER {
        if check == CheckKind::TargetMedium && look.target.is_none() {
            continue;
        }
        lines.push(tell(check, checks::run(check, &look), &args, context)?);
    }
    // Three seconds of each camera, decoded back; nothing of it stays.
    let folder = context.open_data()?.join("trials");
    let opener: CameraOpener = Arc::new(camera::open);
    let result = try_cameras(&profile.cameras, &folder, &opener, &clock, Pace::REAL.trial_ms);
    lines.push(tell(CheckKind::Cameras, result, &args, context)?);
    if args.json {
        context.say_json(&lines)?;
    }
    let fine = lines.iter().all(|line| line.result.outcome == Outcome::Passed);
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "outcome-passed",
        Outcome::Failed => "outcome-failed",
        Outcome::Unknown => "outcome-unknown",
    }
}
