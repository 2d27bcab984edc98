//! chrony, which sets no clock here: one daemon that follows nobody, another that follows it.

use std::fs;
use std::net::UdpSocket;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use invigil::checklist::CheckKind;
use invigil::checks::{self, CheckContext, ProgramError, ProgramOutput, RunProgram, SystemPrograms};
use invigil::clock::SystemClock;
use invigil::journal::Outcome;
use invigil::point::demo;

/// chrony's client asks the test's daemon; systemd has nothing to say.
struct Chrony(PathBuf);

impl RunProgram for Chrony {
    fn run(&self, command: &[String], limit: Duration) -> Result<ProgramOutput, ProgramError> {
        if command[0] != "chronyc" {
            return Err(ProgramError::NotFound);
        }
        let socket = ["-h".to_owned(), self.0.display().to_string()];
        SystemPrograms.run(&[&command[..1], &socket, &command[1..]].concat(), limit)
    }
}

/// Ends with the test.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(folder: &Path, settings: &str) -> Daemon {
    fs::create_dir(folder).unwrap();
    // chrony keeps its socket nowhere else.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    let at = folder.display();
    let common = format!("bindcmdaddress {at}/sock\ncmdport 0\npidfile {at}/pid\n");
    fs::write(folder.join("chrony.conf"), format!("{settings}\n{common}")).unwrap();
    let mut daemon = Command::new("/usr/sbin/chronyd");
    daemon.args(["-x", "-d", "-u", "root", "-f"]).arg(folder.join("chrony.conf"));
    Daemon(daemon.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("chrony is installed"))
}

#[test]
fn a_clock_that_follows_a_source_is_told_from_one_that_follows_itself() {
    if !rustix::process::getuid().is_root() {
        return eprintln!("skipped: chrony wants to be started by root");
    }
    let folder = tempfile::tempdir().unwrap();
    // Nobody else has it while the test takes it.
    let port = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (alone, following) = (folder.path().join("a"), folder.path().join("b"));
    let server = format!("local stratum 3\nallow 127.0.0.1\nbindaddress 127.0.0.1\nport {port}");
    let _server = start(&alone, &server);
    let client = format!("server 127.0.0.1 port {port} iburst minpoll -4 maxpoll -4\nport 0");
    let _client = start(&following, &client);
    let mut profile = demo();
    // The computer's own, whatever it is: only who keeps it right is looked at.
    profile.time_zone = "UTC".parse().unwrap();
    profile.checks.clock.must_be_kept = true;
    let check = |daemon: &Path| {
        let clock: Arc<dyn invigil::clock::Clock> = Arc::new(SystemClock::new());
        let context = CheckContext {
            programs: Arc::new(Chrony(daemon.join("sock"))),
            ..CheckContext::new(&profile, folder.path(), 0, clock)
        };
        let result = checks::run(CheckKind::Clock, &context);
        let kept = result.evidence.iter().find(|measured| measured.name == "synchronised").unwrap();
        (result.outcome, kept.value.clone())
    };
    // The first answers of the source take a moment.
    let follows = || check(&following).1 == "yes".into();
    assert!((0..600).any(|_| follows() || {
        std::thread::sleep(Duration::from_millis(100));
        false
    }));
    assert_ne!(check(&alone).0, Outcome::Passed);
    assert_eq!(check(&alone).1, "no".into());
}
