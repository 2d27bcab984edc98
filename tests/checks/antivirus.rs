//! ClamAV's daemon with two signatures of its own: started, stopped, grown old and blinded.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use invigil::checklist::CheckKind;
use invigil::checks::{
    self, CheckContext, CheckResult, ProgramError, ProgramOutput, RunProgram, SystemPrograms,
};
use invigil::clock::SystemClock;
use invigil::journal::Outcome;
use invigil::point::demo;

/// `clamdscan` with the test's settings instead of the computer's.
struct WithSettings(String);

impl RunProgram for WithSettings {
    fn run(&self, command: &[String], limit: Duration) -> Result<ProgramOutput, ProgramError> {
        let mut command = command.to_vec();
        if command[0].ends_with("clamdscan") {
            command.insert(1, format!("--config-file={}", self.0));
        }
        SystemPrograms.run(&command, limit)
    }
}

/// What it says goes on being read, so that it can go on saying it.
struct Daemon(Child, #[expect(dead_code)] BufReader<ChildStdout>);

impl Daemon {
    /// Waits until it says that it listens.
    fn start(folder: &Path) -> Self {
        let settings = folder.join("clamd.conf");
        let text = format!(
            "Foreground yes\nLocalSocket {0}/clamd.sock\nDatabaseDirectory {0}/var/lib/clamav\nTemporaryDirectory {0}\n\
             LogVerbose yes\nSelfCheck 0\n",
            folder.display()
        );
        fs::write(&settings, text).unwrap();
        let mut child = Command::new("/usr/sbin/clamd")
            .arg(format!("--config-file={}", settings.display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("clamd (package clamav-daemon)");
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        // The last thing that it says before it listens.
        while !line.contains("Self checking disabled") {
            line.clear();
            assert_ne!(said.read_line(&mut line).unwrap(), 0, "clamd ended");
        }
        Self(child, said)
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn check(folder: &Path) -> CheckResult {
    let settings = folder.join("clamd.conf").display().to_string();
    let data = folder.join("data");
    let context = CheckContext {
        programs: Arc::new(WithSettings(settings)),
        root: folder.to_owned(),
        ..CheckContext::new(&demo(), &data, 0, Arc::new(SystemClock::new()))
    };
    let result = checks::run(CheckKind::Antivirus, &context);
    assert_eq!(fs::read_dir(data).unwrap().count(), 0, "the test file is taken away again");
    result
}

/// The file's own signature: a name, and what it begins with in hexadecimal.
fn sign(database: &Path, name: &str, text: &str) {
    fs::create_dir_all(database).unwrap();
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    fs::write(database.join("own.ndb"), format!("{name}:0:0:{hex}\n")).unwrap();
}

#[test]
fn an_antivirus_is_seen_to_run_to_stop_to_grow_old_and_to_be_blind() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let database = folder.join("var/lib/clamav");
    sign(&database, "Own.Eicar", r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR");
    let finding = |result: CheckResult| (result.outcome, result.finding.id);
    {
        let _daemon = Daemon::start(folder);
        assert_eq!(finding(check(folder)), (Outcome::Passed, "checks-antivirus-ok".into()));
        let file = File::options().write(true).open(database.join("own.ndb")).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(20 * 86_400)).unwrap();
        let result = check(folder);
        let days = result.evidence.iter().find(|measured| measured.name == "signatures_age_days").unwrap();
        assert_eq!(days.value, 20_i64.into());
        assert_eq!(finding(result), (Outcome::Failed, "checks-antivirus-old".into()));
    }
    assert_eq!(finding(check(folder)), (Outcome::Failed, "checks-antivirus-stopped".into()));
    sign(&database, "Own.Other", "something else altogether");
    let _daemon = Daemon::start(folder);
    assert_eq!(finding(check(folder)), (Outcome::Failed, "checks-antivirus-blind".into()));
}
