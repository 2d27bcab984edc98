//! CUPS with a queue into a file, SANE's test backend, NUT's dummy UPS: with settings of their own, started
//! and stopped by the test.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use invigil::checklist::CheckKind;
use invigil::checks::{
    self, CheckContext, CheckResult, ProgramError, ProgramOutput, RunProgram, SystemPrograms,
};
use invigil::clock::SystemClock;
use invigil::journal::Outcome;
use invigil::point::{CheckRules, demo};

/// Every program is told where the test's service is.
struct WithEnvironment(String);

impl RunProgram for WithEnvironment {
    fn run(&self, command: &[String], limit: Duration) -> Result<ProgramOutput, ProgramError> {
        let before = ["env".to_owned(), self.0.clone()];
        SystemPrograms.run(&[before.as_slice(), command].concat(), limit)
    }
}

/// Ends with the test.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn check(kind: CheckKind, data: &Path, environment: &str, rules: CheckRules) -> CheckResult {
    let context = CheckContext {
        rules,
        programs: Arc::new(WithEnvironment(environment.to_owned())),
        ..CheckContext::new(&demo(), data, 0, Arc::new(SystemClock::new()))
    };
    checks::run(kind, &context)
}

fn told(result: CheckResult) -> (Outcome, String) {
    (result.outcome, result.finding.id)
}

/// Services of the system refuse to run as anybody else.
fn is_root() -> bool {
    let is_root = rustix::process::getuid().is_root();
    if !is_root {
        eprintln!("skipped: CUPS and NUT want to be started by root");
    }
    is_root
}

/// Waits for what a service says once it is ready.
fn ready(mut said: impl Read, word: &str) {
    let mut said = BufReader::new(&mut said);
    let mut line = String::new();
    while !line.contains(word) {
        line.clear();
        assert_ne!(said.read_line(&mut line).unwrap(), 0, "it ended before it said {word:?}");
    }
}

/// Asks until there is an answer; a minute at the longest, which only a failing test waits for.
fn patiently<T>(ask: impl Fn() -> Option<T>) -> Option<T> {
    (0..1200).find_map(|_| {
        let answer = ask();
        if answer.is_none() {
            std::thread::sleep(Duration::from_millis(50));
        }
        answer
    })
}

#[test]
fn a_ups_on_its_battery_or_too_weak_is_noticed() {
    if !is_root() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let state = folder.join("ups.dev");
    let set = |status: &str, charge: u32, seconds: u32| {
        let text = format!("ups.status: {status}\nbattery.charge: {charge}\nbattery.runtime: {seconds}\n");
        fs::write(&state, text).unwrap();
    };
    set("OL", 100, 1800);
    // Nobody else has it while the test takes it.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let ups = format!(
        "[ups]\ndriver = dummy-ups\nport = {}\nmode = dummy-loop\npollinterval = 1\n",
        state.display()
    );
    fs::write(folder.join("ups.conf"), ups).unwrap();
    fs::write(folder.join("upsd.conf"), format!("LISTEN 127.0.0.1 {port}\n")).unwrap();
    fs::write(folder.join("upsd.users"), "").unwrap();
    let start = |program: &str, arguments: &[&str], ready_word: &str| {
        let mut child = Command::new(format!("/lib/nut/{program}"))
            .args(arguments)
            .args(["-u", "root", "-F", "-D"])
            .envs(
                ["NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH", "NUT_PIDPATH"].map(|name| (name, folder)),
            )
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("nut-server is installed");
        let said = child.stderr.take().unwrap();
        let service = Service(child);
        ready_then_drain(said, ready_word);
        service
    };
    let _driver = start("dummy-ups", &["-a", "ups"], "upsdrv_updateinfo");
    patiently(|| folder.join("dummy-ups-ups").exists().then_some(())).unwrap();
    let server = start("upsd", &[], "Running as foreground");

    let mut rules = CheckRules::default();
    rules.ups.name = Some(format!("ups@127.0.0.1:{port}"));
    let now = || told(check(CheckKind::Ups, folder, "LC_ALL=C", rules.clone()));
    // The driver reads its file every second or two: asked again until it has.
    let until = |finding: &str| patiently(|| Some(now()).filter(|(_, id)| id == finding));
    assert_eq!(until("checks-ups-ok").unwrap().0, Outcome::Passed);
    for (status, charge, seconds, finding) in [
        ("OB", 100, 1800, "checks-ups-battery"),
        ("OL", 30, 1800, "checks-ups-charge"),
        ("OL", 100, 120, "checks-ups-short"),
        ("OL RB", 100, 1800, "checks-ups-replace"),
    ] {
        set(status, charge, seconds);
        assert_eq!(until(finding).map(|found| found.0), Some(Outcome::Failed), "{finding}");
    }
    drop(server);
    assert_eq!(now().0, Outcome::Unknown);
}

/// What it says later is read on, so that it can go on saying it.
fn ready_then_drain(mut said: impl Read + Send + 'static, word: &str) {
    ready(&mut said, word);
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
}

#[test]
fn scanners_are_counted_and_each_scans_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("sane");
    fs::create_dir(&settings).unwrap();
    fs::write(settings.join("dll.conf"), "test\n").unwrap();
    let test = "number_of_devices 1\nmode Gray\nresolution 50.0\n";
    fs::write(settings.join("test.conf"), test).unwrap();
    let data = folder.path().join("data");
    let environment = format!("SANE_CONFIG_DIR={}", settings.display());
    let now = |at_least| {
        let mut rules = CheckRules::default();
        rules.scanners.at_least = at_least;
        check(CheckKind::Scanners, &data, &environment, rules)
    };
    let result = now(1);
    assert_eq!(result.evidence[0].value, "test:0".into());
    assert!(result.evidence.iter().any(|measured| measured.name == "test:0_page_pixels"), "{result:?}");
    assert_eq!(told(result), (Outcome::Passed, "checks-scanners-ok".into()));
    assert_eq!(fs::read_dir(&data).unwrap().count(), 0, "the page is not kept");
    assert_eq!(told(now(2)), (Outcome::Failed, "checks-scanners-few".into()));
    // A scanner that breaks off.
    let jammed = format!("{test}read-status-code \"SANE_STATUS_JAMMED\"\n");
    fs::write(settings.join("test.conf"), jammed).unwrap();
    assert_eq!(told(now(1)), (Outcome::Failed, "checks-scanners-fails".into()));
    fs::write(settings.join("dll.conf"), "").unwrap();
    assert_eq!(told(now(1)).0, Outcome::Failed);
}

/// A CUPS of the test's own.
struct Cups {
    folder: tempfile::TempDir,
    _service: Service,
}

impl Cups {
    fn start() -> Self {
        // Its socket's path has to be short, and its filters run as another user.
        let folder = tempfile::Builder::new().prefix("cups").tempdir_in("/tmp").unwrap();
        let at = folder.path();
        fs::set_permissions(at, fs::Permissions::from_mode(0o755)).unwrap();
        for name in ["etc", "spool", "cache", "state", "log"] {
            fs::create_dir(at.join(name)).unwrap();
        }
        let here = at.display().to_string();
        let all = "Order allow,deny\nAllow all\n";
        let settings = format!(
            "Listen {here}/sock\n<Location />\n{all}</Location>\n<Location /admin>\n{all}</Location>\n\
             <Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n"
        );
        let files = format!(
            "ServerRoot {here}/etc\nRequestRoot {here}/spool\nCacheDir {here}/cache\nStateDir {here}/state\n\
             ErrorLog {here}/log/error\nAccessLog {here}/log/access\nPageLog {here}/log/page\nTempDir {here}/spool\n\
             User lp\nGroup lp\nSystemGroup root\nFileDevice Yes\n"
        );
        fs::write(at.join("etc/cupsd.conf"), settings).unwrap();
        fs::write(at.join("etc/cups-files.conf"), files).unwrap();
        let service = Command::new("/usr/sbin/cupsd")
            .arg("-f")
            .arg("-c")
            .arg(at.join("etc/cupsd.conf"))
            .arg("-s")
            .arg(at.join("etc/cups-files.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("cups is installed");
        let cups = Self { folder, _service: Service(service) };
        let runs = || cups.run(&["lpstat", "-r"]).contains("scheduler is running").then_some(());
        patiently(runs).expect("cupsd runs");
        let printed = format!("file:{here}/printed.ps");
        let ppd = "/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd";
        cups.run(&["lpadmin", "-p", "Page", "-E", "-v", &printed, "-P", ppd]);
        cups
    }

    fn environment(&self) -> String {
        format!("CUPS_SERVER={}/sock", self.folder.path().display())
    }

    fn run(&self, command: &[&str]) -> String {
        let output = Command::new("env").arg(self.environment()).args(command).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn check(&self, kind: CheckKind, printer: &str) -> (Outcome, String) {
        let mut rules = CheckRules::default();
        rules.printers.required = vec![printer.to_owned()];
        told(check(kind, &self.folder.path().join("data"), &self.environment(), rules))
    }
}

#[test]
fn a_printer_that_is_away_stopped_or_refuses_is_noticed_and_a_good_one_prints_the_page() {
    if !is_root() {
        return;
    }
    let cups = Cups::start();
    assert_eq!(cups.check(CheckKind::Printers, "Page"), (Outcome::Passed, "checks-printers-ok".into()));
    assert_eq!(cups.check(CheckKind::Printers, "Other").1, "checks-printers-missing");
    assert_eq!(cups.check(CheckKind::TestPage, "Page"), (Outcome::Passed, "checks-test-page-printed".into()));
    let printed = fs::read(cups.folder.path().join("printed.ps")).unwrap();
    assert!(printed.starts_with(b"%!PS-Adobe"), "{} bytes", printed.len());

    cups.run(&["cupsreject", "Page"]);
    assert_eq!(cups.check(CheckKind::Printers, "Page"), (Outcome::Failed, "checks-printers-refuses".into()));
    assert_eq!(cups.check(CheckKind::TestPage, "Page").1, "checks-test-page-refused");
    cups.run(&["cupsaccept", "Page"]);
    cups.run(&["cupsdisable", "Page"]);
    assert_eq!(cups.check(CheckKind::Printers, "Page"), (Outcome::Failed, "checks-printers-stopped".into()));
    let environment = cups.environment();
    drop(cups);
    let mut rules = CheckRules::default();
    rules.printers.required = vec!["Page".to_owned()];
    let folder = tempfile::tempdir().unwrap();
    for kind in [CheckKind::Printers, CheckKind::TestPage] {
        let gone = told(check(kind, folder.path(), &environment, rules.clone()));
        assert_eq!(gone, (Outcome::Failed, "checks-printers-no-service".into()), "{kind:?}");
    }
}
