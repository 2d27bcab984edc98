//! Automatic checks of this computer, one file each.
//!
//! A check measures, says what it found in the person's words, and keeps what it measured as
//! evidence. What could not be measured is [`Outcome::Unknown`], never passed. Every check ends
//! within a limit: a dead disk or a hanging program costs time, not the exam.

mod antivirus;
mod asking;
mod backups;
mod clock;
mod disk_health;
mod findings;
mod free_disk;
mod memory_and_load;
mod network;
mod power_saving;
mod printers;
mod program;
mod programs;
mod scanners;
mod software;
mod target_medium;
mod temperature;
mod ups;
mod usb_media;
mod wireless;
mod words;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use serde::Serialize;

use crate::checklist::CheckKind;
use crate::clock::Clock;
use crate::i18n::{Arg, Message};
use crate::journal::{Evidence, Outcome};
use crate::point::{BackupRules, CheckRules, Profile, RequiredProgram};
use crate::time_zone::Tz;

pub use clock::compare as compare_clock;
pub use program::{ProgramError, ProgramOutput, RunProgram, SystemPrograms};
pub use software::installed;

/// The checks of this computer. That of the cameras records for some seconds, and is the station's.
pub const OF_THIS_COMPUTER: [CheckKind; 17] = [
    CheckKind::FreeDisk,
    CheckKind::DiskHealth,
    CheckKind::Clock,
    CheckKind::Programs,
    CheckKind::Software,
    CheckKind::Antivirus,
    CheckKind::MemoryAndLoad,
    CheckKind::PowerSaving,
    CheckKind::Network,
    CheckKind::Wireless,
    CheckKind::Ups,
    CheckKind::Printers,
    CheckKind::TestPage,
    CheckKind::Scanners,
    CheckKind::UsbMedia,
    CheckKind::Backups,
    CheckKind::TargetMedium,
];

/// No check may take longer, whatever the profile names.
const LONGEST: Duration = Duration::from_secs(600);

/// What the checks look at.
#[derive(Clone)]
pub struct CheckContext {
    /// Where the recordings will lie; need not exist yet.
    pub data: PathBuf,
    /// What the recordings will take to the end of the day, see `Profile::needed_bytes`.
    pub needed_bytes: u64,
    pub time_zone: Tz,
    pub required: Vec<RequiredProgram>,
    /// What the profile holds this computer to.
    pub rules: CheckRules,
    /// Where backups have to be.
    pub backup: BackupRules,
    /// The medium that the archive will be copied to.
    pub target: Option<PathBuf>,
    /// What the copy will take.
    pub target_needed_bytes: u64,
    pub clock: Arc<dyn Clock>,
    pub programs: Arc<dyn RunProgram>,
    /// Where `/sys` and `/proc` are: `/`, but in tests.
    pub root: PathBuf,
}

impl CheckContext {
    /// This computer, held to the profile.
    pub fn new(profile: &Profile, data: &Path, needed_bytes: u64, clock: Arc<dyn Clock>) -> Self {
        Self {
            data: data.to_owned(),
            needed_bytes,
            time_zone: profile.time_zone,
            required: profile.programs.clone(),
            rules: profile.checks.clone(),
            backup: profile.archive.backup.clone(),
            target: None,
            target_needed_bytes: needed_bytes,
            clock,
            programs: Arc::new(SystemPrograms),
            root: PathBuf::from("/"),
        }
    }
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckResult {
    pub outcome: Outcome,
    /// What was found and, unless all is well, what to do.
    pub finding: Message,
    pub evidence: Vec<Evidence>,
}

/// After how long a check is given up: what is done for each device or program counts for each, so that one
/// that hangs does not cost what is known of the others.
pub fn limit(kind: CheckKind, context: &CheckContext) -> Duration {
    let rules = &context.rules;
    let (printers, scanners) = (rules.printers.required.len(), rules.scanners.at_least);
    let (all_s, each_s, many) = match kind {
        CheckKind::Programs => (20, 5, context.required.len()),
        CheckKind::Printers => (20, 40, printers),
        CheckKind::TestPage => (30, 60, printers),
        CheckKind::Scanners => (30, 40, scanners),
        // The first question may load all signatures.
        CheckKind::Antivirus => (120, 0, 0),
        // Several disks, each of which may have to spin up; a slow stick.
        CheckKind::DiskHealth | CheckKind::TargetMedium | CheckKind::Backups => (120, 0, 0),
        _ => (60, 0, 0),
    };
    let each_s = u64::try_from(many).unwrap_or(u64::MAX).saturating_mul(each_s);
    Duration::from_secs(each_s.saturating_add(all_s)).min(LONGEST)
}

/// Runs a check in a thread of its own and waits for it, as long as its [`limit`] at most.
pub fn run(kind: CheckKind, context: &CheckContext) -> CheckResult {
    within(limit(kind, context), context.clone(), move |context| match kind {
        CheckKind::FreeDisk => free_disk::run(context),
        CheckKind::Clock => clock::run(context),
        CheckKind::Programs => programs::run(context),
        CheckKind::MemoryAndLoad => memory_and_load::run(context),
        CheckKind::DiskHealth => disk_health::run(context),
        CheckKind::PowerSaving => power_saving::run(context),
        CheckKind::Network => network::run(context),
        CheckKind::Wireless => wireless::run(context),
        CheckKind::Ups => ups::run(context),
        CheckKind::Printers => printers::run(context),
        CheckKind::TestPage => printers::run_test_page(context),
        CheckKind::Scanners => scanners::run(context),
        CheckKind::Backups => backups::run(context),
        CheckKind::Software => software::run(context),
        CheckKind::Antivirus => antivirus::run(context),
        CheckKind::UsbMedia => usb_media::run(context),
        CheckKind::TargetMedium => target_medium::run(context),
        CheckKind::Cameras | CheckKind::References => {
            CheckResult::unknown(Message::new("checks-cameras-elsewhere"))
        }
    })
}

/// What hangs is left behind: a thread that waits for a dead disk can't be ended from outside.
fn within(
    limit: Duration,
    context: CheckContext,
    check: impl FnOnce(&CheckContext) -> CheckResult + Send + 'static,
) -> CheckResult {
    let (sender, receiver) = sync_channel(1);
    let work = move || {
        // Nobody waits any more when this fails.
        let _ = sender.send(check(&context));
    };
    if let Err(error) = thread::Builder::new().name("check".into()).spawn(work) {
        return CheckResult::unknown(Message::new("checks-no-thread").with("detail", error.to_string()));
    }
    receiver.recv_timeout(limit).unwrap_or_else(|error| match error {
        RecvTimeoutError::Timeout => {
            CheckResult::unknown(Message::new("checks-too-long").with("seconds", limit.as_secs()))
        }
        RecvTimeoutError::Disconnected => CheckResult::unknown(Message::new("checks-broke-off")),
    })
}

impl CheckResult {
    fn new(outcome: Outcome, finding: Message) -> Self {
        Self { outcome, finding, evidence: Vec::new() }
    }

    fn passed(finding: Message) -> Self {
        Self::new(Outcome::Passed, finding)
    }

    fn failed(finding: Message) -> Self {
        Self::new(Outcome::Failed, finding)
    }

    fn unknown(finding: Message) -> Self {
        Self::new(Outcome::Unknown, finding)
    }

    /// Adds a measured value; `name` ends in its unit.
    fn measured(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.evidence.push(Evidence { name: name.to_owned(), value: value.into() });
        self
    }
}

/// Adds bytes as gigabytes with one decimal, as two numbers: `name` and `name_tenth`. Each
/// language puts its own decimal sign between.
fn gigabytes(message: Message, name: &str, bytes: u64) -> Message {
    let tenths = bytes / 100_000_000;
    message.with(name, tenths / 10).with(&format!("{name}_tenth"), tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;
    use crate::i18n::{Language, Texts};

    /// Recorded answers: what a command line that begins so says on its standard output. Whatever else is
    /// asked for is not installed.
    pub(super) struct Recorded(Vec<(String, String)>);

    impl Recorded {
        pub fn one(command: &str, says: &str) -> Arc<dyn RunProgram> {
            Self::all(&[(command, says)])
        }

        pub fn all(answers: &[(&str, &str)]) -> Arc<dyn RunProgram> {
            let own = |(command, says): &(&str, &str)| ((*command).to_owned(), (*says).to_owned());
            Arc::new(Self(answers.iter().map(own).collect()))
        }
    }

    impl RunProgram for Recorded {
        fn run(&self, command: &[String], _limit: Duration) -> Result<ProgramOutput, ProgramError> {
            let line = command.join(" ");
            let (_, says) =
                self.0.iter().find(|(known, _)| line.starts_with(known)).ok_or(ProgramError::NotFound)?;
            Ok(ProgramOutput { code: Some(0), out: says.clone(), ..ProgramOutput::default() })
        }
    }

    /// A context for tests: this computer, a folder that the test owns, no rules.
    pub(super) fn context(data: &std::path::Path) -> CheckContext {
        CheckContext {
            data: data.to_owned(),
            needed_bytes: 1000,
            time_zone: "UTC".parse().unwrap(),
            required: Vec::new(),
            rules: CheckRules::default(),
            backup: BackupRules::default(),
            target: None,
            target_needed_bytes: 1000,
            clock: Arc::new(SystemClock::new()),
            programs: Arc::new(SystemPrograms),
            root: PathBuf::from("/"),
        }
    }

    #[test]
    fn every_check_of_this_computer_ends_with_a_finding_in_words() {
        let folder = tempfile::tempdir().unwrap();
        for kind in OF_THIS_COMPUTER {
            let result = run(kind, &context(folder.path()));
            for texts in Language::ALL.map(Texts::load) {
                let text = texts.message(&result.finding);
                assert!(!text.contains("{$") && text != result.finding.id, "{kind:?}: {text}");
            }
        }
    }

    #[test]
    fn each_device_has_its_own_time_and_no_check_goes_on_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let mut context = context(folder.path());
        let seconds = |kind, context: &CheckContext| limit(kind, context).as_secs();
        assert_eq!(seconds(CheckKind::Network, &context), 60);
        context.rules.scanners.at_least = 3;
        // Looking for them, and three slow pages.
        assert!(seconds(CheckKind::Scanners, &context) >= 20 + 3 * 35);
        context.rules.printers.required = vec![String::new(); 2];
        // Four questions about each, ten seconds at most each.
        assert!(seconds(CheckKind::Printers, &context) >= 2 * 40);
        context.rules.printers.required = vec![String::new(); 1_000];
        assert_eq!(seconds(CheckKind::TestPage, &context), LONGEST.as_secs());
    }

    struct Hanging;

    impl RunProgram for Hanging {
        fn run(&self, _command: &[String], _limit: Duration) -> Result<ProgramOutput, ProgramError> {
            Err(ProgramError::TooLong)
        }
    }

    #[test]
    fn where_a_program_hangs_the_check_neither_passed_nor_failed() {
        let folder = tempfile::tempdir().unwrap();
        let mut context = context(folder.path());
        context.programs = Arc::new(Hanging);
        context.required = crate::point::demo().programs;
        context.rules.clock.must_be_kept = true;
        context.rules.ups.name = Some("ups".into());
        context.rules.printers.required = vec!["HP".into()];
        context.rules.scanners.at_least = 1;
        context.rules.network.expected = crate::point::NetworkState::On;
        context.rules.software.forbidden = vec!["anydesk*".parse().unwrap()];
        for kind in [
            CheckKind::Clock,
            CheckKind::DiskHealth,
            CheckKind::Programs,
            CheckKind::Software,
            CheckKind::Antivirus,
            CheckKind::Network,
            CheckKind::Ups,
            CheckKind::Printers,
            CheckKind::TestPage,
            CheckKind::Scanners,
        ] {
            let result = run(kind, &context);
            assert_eq!(result.outcome, Outcome::Unknown, "{kind:?}: {result:?}");
        }
    }

    #[test]
    fn a_check_that_hangs_or_breaks_is_unknown() {
        let folder = tempfile::tempdir().unwrap();
        let (_keep, never) = sync_channel::<()>(1);
        let hung = within(Duration::from_millis(50), context(folder.path()), move |_| {
            let _ = never.recv();
            CheckResult::passed(Message::new("checks-clock-ok"))
        });
        assert_eq!((hung.outcome, hung.finding.id.as_str()), (Outcome::Unknown, "checks-too-long"));
        let broken = within(LONGEST, context(folder.path()), |_| panic!("on purpose"));
        assert_eq!((broken.outcome, broken.finding.id.as_str()), (Outcome::Unknown, "checks-broke-off"));
    }
}
