//! `invigil rehearse`: a whole exam day without a window, through the same station.

mod checks;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use chrono::DateTime;
use serde::Serialize;

use super::{Context, Failure, code, configured};
use crate::archive::Report;
use crate::archive::verify::{VerifyOptions, verify};
use crate::clock::{Clock, SystemClock};
use crate::day::Stage;
use crate::i18n::Message;
use crate::journal::RoomRange;
use crate::point::{CameraId, FirstPinRule, PersonId, Profile, Right, Source};
use crate::station::client::{Dialogue, DialogueError, LocalConnection};
use crate::station::papers::FOLDER;
use crate::station::protocol::{Approval, Command, CopyState, Pin, View, WorkKind};
use crate::station::{DataFolder, Pace, Station, StationConfig, equipment_of_this_computer};
use crate::tables;

/// A region has fewer of its own.
const MOST_FILES: usize = 100;
/// Where a region's own briefings lie in a data folder.
const BRIEFINGS: &str = "briefings";

/// Go through a whole exam day with this computer's own means and leave a signed archive
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil rehearse --seconds 20 --out rehearsal")]
pub struct Args {
    /// Where the archive is copied to [default: `rehearsal` in the data folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// How long to record
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(5..=86_400))]
    seconds: u32,
    /// Which cameras: all of the profile and every USB camera found, or moving patterns alone
    #[arg(long, value_enum, default_value_t = Cameras::All)]
    cameras: Cameras,
    /// Rehearse at this built-in exam point, with its moving patterns, instead of the data folder's
    #[arg(long, value_name = "NAME", value_parser = super::examples())]
    example: Option<String>,
    /// Go through the checklists of every phase, from the days before to the handover, not the main check alone
    #[arg(long)]
    all_checklists: bool,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Cameras {
    All,
    Pattern,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let root = context.open_data()?;
    let profile = rehearsal_profile(context, &args, clock.now().utc_ms)?;
    let folder = root.join("rehearsals").join(profile.station.as_str());
    let out = args.out.clone().unwrap_or_else(|| root.join("rehearsal"));
    std::fs::create_dir_all(&out).with_context(|| out.display().to_string())?;
    let out = std::path::absolute(out)?;

    let data = DataFolder::open(&folder).with_context(|| folder.display().to_string())?;
    take_along(args.example.as_deref(), root, &folder)?;
    let failed = |error| Failure::station(&error, &folder);
    let (open_camera, find_cameras) = configured::cameras();
    let station = Station::start(StationConfig {
        data: data.clone(),
        checklists: configured::checklists(root)?,
        profile: profile.clone(),
        profile_file: None,
        clock: Arc::clone(&clock),
        open_camera,
        find_cameras,
        look_at_equipment: equipment_of_this_computer(),
        pace: Pace { compressed_ms: Some(i64::from(args.seconds) * 1_000), ..Pace::REAL },
        targets: vec![out.clone()],
    })
    .map_err(failed)?;

    let connection = LocalConnection::open(&station.handle());
    let mut rehearsal = Rehearsal {
        station: Dialogue::new(Box::new(connection), Arc::clone(&clock)),
        profile: &profile,
        context,
        clock: Arc::clone(&clock),
        quiet: args.json,
        all_checklists: args.all_checklists,
        phases: Vec::new(),
    };
    let gone_through = rehearsal.day(args.seconds, &out);
    let phases = rehearsal.phases;
    station.handle().terminate();
    station.join().map_err(failed)?;
    let archive = gone_through?;
    let options = VerifyOptions { signers: None, act: None, at_ms: clock.now().utc_ms };
    let report = verify(std::slice::from_ref(&archive), &options, &mut |_, _| ControlFlow::Continue(()));
    tell_result(&args, context, phases, &archive, &report)?;
    Ok(ExitCode::from(report.exit_code()))
}

fn tell_result(
    args: &Args,
    context: &Context,
    phases: Vec<Phase>,
    archive: &Path,
    report: &Report,
) -> anyhow::Result<()> {
    if args.json {
        #[derive(Serialize)]
        struct Result<'a> {
            phases: Vec<Phase>,
            archive: &'a Path,
            report: &'a Report,
        }
        context.say_json(&Result { phases, archive, report })?;
        return Ok(());
    }
    let path = archive.display().to_string();
    context.say_message(&Message::new("cli-rehearse-archive").with("path", path))?;
    context.say(report.headline(&|message| context.texts.message(message)))?;
    Ok(())
}

/// A region's own forms and briefings are tried too: those of the example, or of the data folder.
fn take_along(example: Option<&str>, root: &Path, folder: &Path) -> anyhow::Result<()> {
    if let Some(example) = example {
        return write_files(&folder.join(FOLDER), super::example_forms(example));
    }
    for name in [FOLDER, BRIEFINGS] {
        for file in tables::files_in(&root.join(name), MOST_FILES)? {
            let text = tables::read_text(&file)?;
            let name_of = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            write_files(&folder.join(name), &[(name_of, text.as_str())])?;
        }
    }
    Ok(())
}

fn write_files(folder: &Path, files: &[(&str, &str)]) -> anyhow::Result<()> {
    for (name, text) in files {
        std::fs::create_dir_all(folder)?;
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// The point's profile, or the demo one, for a station of its own with short segments.
fn rehearsal_profile(context: &Context, args: &Args, now_ms: i64) -> anyhow::Result<Profile> {
    let mut profile = match &args.example {
        Some(name) => {
            let read = Profile::read(super::example(name), name);
            read.expect("the embedded profiles are right (tested)")
        }
        None => configured::profile(context)?.0,
    };
    if args.cameras == Cameras::Pattern {
        profile.cameras.retain(|camera| matches!(camera.source, Source::Pattern(_)));
    }
    if profile.cameras.is_empty() {
        return Err(Failure::new(code::PROFILE, Message::new("cli-rehearse-no-cameras")).into());
    }
    // A name of its own for every rehearsal: none ever mixes with another or with a real day.
    profile.station = format!("r{:x}", now_ms / 1_000).parse()?;
    // Nobody's own PIN or code is asked for.
    profile.sign_in.first_pin = FirstPinRule::Free;
    profile.people.iter_mut().for_each(|person| person.first_pin_code = None);
    // Everything is started by hand, so that each phase is gone through whatever the timetable says.
    profile.timetable.start.clear();
    profile.recording.segment_seconds = (args.seconds / 4).clamp(2, 600);
    Ok(profile)
}

/// A phase gone through, with what came of it.
#[derive(Debug, Serialize)]
struct Phase {
    phase: &'static str,
    text: String,
}

struct Rehearsal<'a> {
    station: Dialogue,
    profile: &'a Profile,
    context: &'a Context,
    clock: Arc<dyn Clock>,
    quiet: bool,
    all_checklists: bool,
    phases: Vec<Phase>,
}

impl Rehearsal<'_> {
    /// Goes through the day; gives the folder that the archive was copied to.
    fn day(&mut self, seconds: u32, out: &Path) -> anyhow::Result<PathBuf> {
        for person in self.profile.people.iter().map(|person| person.id.clone()) {
            self.ask(Command::SetPin { person, pin: pin() })?;
        }
        let technician = self.somebody_who_may(Right::Check)?;
        self.ask(Command::SignIn { person: technician, pin: pin() })?;
        self.before_the_day()?;
        self.ask_as(Right::Plan, Command::PlanDay)?;
        let day = self.view()?.day.as_ref().map(|day| day.id.to_string()).unwrap_or_default();
        self.tell("plan", Message::new("cli-rehearse-plan").with("day", day.as_str()))?;

        self.main_check()?;
        self.ask_as(Right::Start, Command::StartRecording { cameras: Vec::new() })?;
        let begun = |view: &View| {
            let working = |id: &CameraId| view.live.cameras.get(id).is_some_and(|camera| camera.frames > 0);
            view.day.as_ref().is_some_and(|day| day.cameras.keys().all(working))
        };
        self.station.wait_for(Duration::from_secs(30), begun)?;
        let cameras = self.profile.cameras.len();
        self.tell(
            "start",
            Message::new("cli-rehearse-start").with("cameras", cameras).with("seconds", seconds),
        )?;

        self.access()?;
        self.write_code()?;
        self.during_the_exam()?;
        self.clock.sleep(Duration::from_secs(seconds.into()));
        self.stop_and_seal()?;
        self.copy(out)?;
        self.after_the_day()?;
        Ok(out.join(day))
    }

    fn access(&mut self) -> anyhow::Result<()> {
        let room = self.profile.cameras[0].room.clone();
        let action = self.profile.access.actions.first().map(|action| action.id.clone()).unwrap_or_default();
        let rooms = RoomRange { first: room.clone(), last: room };
        let reason = self.context.texts.text("cli-rehearse-access-reason");
        let time_from = self.local_time()?;
        self.ask_as(Right::SecondSign, Command::OpenAccess { rooms, action, reason, time_from })?;
        let time_to = self.local_time()?;
        let result = self.context.texts.text("cli-rehearse-access-result");
        self.ask(Command::CloseAccess { access: 1, result, time_to })?;
        self.tell("access", Message::new("cli-rehearse-access"))
    }

    fn write_code(&mut self) -> anyhow::Result<()> {
        let shown = |view: &View| view.day.as_ref().is_some_and(|day| day.code.is_some());
        let view = self.station.wait_for(Duration::from_secs(10), shown)?;
        let code = view.day.as_ref().and_then(|day| day.code.as_ref()).map(|code| code.code.clone());
        let code = code.unwrap_or_default();
        self.ask_as(Right::WriteCode, Command::CodeWritten { code: code.clone() })?;
        self.tell("code", Message::new("cli-rehearse-code").with("code", code))
    }

    fn stop_and_seal(&mut self) -> anyhow::Result<()> {
        let stop = Command::StopRecording { cameras: Vec::new(), handover_done: true, reason: String::new() };
        self.ask_as(Right::Stop, stop)?;
        let stopped = |view: &View| view.day.as_ref().is_some_and(|day| day.stage == Stage::Stopped);
        let view = self.station.wait_for(Duration::from_secs(30), stopped)?;
        let frames: u64 =
            view.day.iter().flat_map(|day| day.cameras.values()).map(|camera| camera.frames).sum();
        self.tell("stop", Message::new("cli-rehearse-stop").with("frames", frames))?;

        self.explain_outages()?;
        self.end_of_the_exam()?;
        self.ask_as(Right::Seal, Command::Seal)?;
        self.work(WorkKind::Seal)?;
        let parts = self.view()?.day.as_ref().map_or(0, |day| day.sealed_parts.len() + 1);
        self.tell("seal", Message::new("cli-rehearse-seal").with("parts", parts))
    }

    /// A camera may have dropped out in a rehearsal too.
    fn explain_outages(&mut self) -> anyhow::Result<()> {
        let day = self.view()?.day.as_ref();
        let records: Vec<u64> =
            day.iter().flat_map(|day| day.unexplained()).map(|outage| outage.record).collect();
        if records.is_empty() {
            return Ok(());
        }
        let outages = records.len();
        let text = self.context.texts.text("cli-rehearse-access-reason");
        self.ask(Command::ExplainOutages { records, text })?;
        self.tell("outages", Message::new("cli-rehearse-outages").with("count", outages))
    }

    fn copy(&mut self, out: &Path) -> anyhow::Result<()> {
        let target = out.display().to_string();
        self.ask_as(Right::Seal, Command::CopyTo { target: target.clone() })?;
        let ended = |view: &View| view.live.copies.first().is_some_and(|copy| !copy.runs());
        let view = self.station.wait_for(Duration::from_secs(600), ended)?;
        if let Some(CopyState::Failed(failed)) = view.live.copies.first().map(|copy| copy.state.clone()) {
            return Err(Failure::new(code::FILES, failed).into());
        }
        self.tell("copy", Message::new("cli-rehearse-copy").with("target", target))
    }

    /// Waits for long work to end well.
    fn work(&mut self, kind: WorkKind) -> anyhow::Result<()> {
        let ended = |view: &View| {
            view.live
                .work
                .as_ref()
                .is_some_and(|work| work.kind == kind && (work.finished || work.failed.is_some()))
        };
        let view = self.station.wait_for(Duration::from_secs(600), ended)?;
        match view.live.work.as_ref().and_then(|work| work.failed.clone()) {
            Some(failed) => Err(Failure::new(code::FILES, failed).into()),
            None => Ok(()),
        }
    }

    /// The point's local time as a person would type it.
    fn local_time(&mut self) -> Result<String, DialogueError> {
        let offset_ms = i64::from(self.view()?.point.offset_min) * 60_000;
        let local = DateTime::from_timestamp_millis(self.clock.now().utc_ms + offset_ms).unwrap_or_default();
        Ok(local.format("%H:%M").to_string())
    }

    fn view(&mut self) -> Result<&View, DialogueError> {
        self.station.view()
    }

    fn ask(&mut self, command: Command) -> anyhow::Result<()> {
        self.asked(command, None)
    }

    /// Asks with the approval of somebody else who has the right.
    fn ask_as(&mut self, right: Right, command: Command) -> anyhow::Result<()> {
        let signed_in = self.view()?.signed_in.clone();
        let approver = self.profile.people.iter().find(|person| {
            Some(&person.id) != signed_in.as_ref() && self.profile.rights.allows(person.role, right)
        });
        let approval = approver.map(|person| Approval { person: person.id.clone(), pin: pin() });
        self.asked(command, approval)
    }

    fn asked(&mut self, command: Command, approval: Option<Approval>) -> anyhow::Result<()> {
        match self.station.ask_with(command, approval) {
            Ok(_) => Ok(()),
            Err(DialogueError::Refused(message)) => Err(Failure::new(code::REFUSED, message).into()),
            Err(error) => Err(error.into()),
        }
    }

    fn somebody_who_may(&self, right: Right) -> anyhow::Result<PersonId> {
        let may = |role| self.profile.rights.allows(role, right);
        let person = self.profile.people.iter().find(|person| may(person.role));
        person.map(|person| person.id.clone()).context("the profile lets nobody do the check")
    }

    fn tell(&mut self, phase: &'static str, message: Message) -> anyhow::Result<()> {
        let text = self.context.texts.message(&message);
        if !self.quiet {
            self.context.say(&text)?;
        }
        self.phases.push(Phase { phase, text });
        Ok(())
    }
}

/// The PIN that everybody has in a rehearsal, whose keys and folder serve nothing else.
fn pin() -> Pin {
    Pin("0000".into())
}
