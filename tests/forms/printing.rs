//! Printing through a real CUPS of its own, whose printer (cups-pdf's description) writes into a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use invigil::checks::{ProgramError, ProgramOutput, RunProgram};
use invigil::station::printing::{PrintError, printers};

use super::{pages, said};

/// A print server on a socket in a folder of its own; ends with it.
struct Cups {
    folder: tempfile::TempDir,
    server: Child,
}

impl Cups {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().display();
        for name in ["spool", "cache", "state", "tmp", "out", "log"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        // The filters run as another user.
        said(Command::new("chmod").args(["-R", "a+rwX"]).arg(folder.path()));
        let files = format!(
            "ServerRoot {root}\nRequestRoot {root}/spool\nCacheDir {root}/cache\nStateDir {root}/state\n\
             TempDir {root}/tmp\nAccessLog {root}/log/access\nErrorLog {root}/log/error\n\
             PageLog {root}/log/page\nSystemGroup root\nSandboxing relaxed\nFatalErrors none\nFileDevice Yes\n"
        );
        let server = format!(
            "Listen {root}/cups.sock\nWebInterface No\nBrowsing Off\n<Location />\nOrder allow,deny\n</Location>\n\
             <Policy default>\n<Limit All>\nOrder allow,deny\n</Limit>\n</Policy>\n"
        );
        for (name, text) in [("cups-files.conf", files), ("cupsd.conf", server)] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let server = Command::new("/usr/sbin/cupsd")
            .args(["-f", "-c"])
            .arg(folder.path().join("cupsd.conf"))
            .arg("-s")
            .arg(folder.path().join("cups-files.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let cups = Self { folder, server };
        // lpstat succeeds whether it runs or not.
        let runs = || String::from_utf8_lossy(&cups.run("lpstat", &["-r"]).stdout).contains("is running");
        until("the server answers", runs);
        let device = format!("file:{}", cups.paper().display());
        let ppd = "/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd";
        cups.tell("lpadmin", &["-p", "paper", "-v", &device, "-P", ppd, "-E"]);
        cups
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("CUPS_SERVER", self.folder.path().join("cups.sock")).env("LC_ALL", "C");
        command
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        self.command(program).args(arguments).output().unwrap()
    }

    fn tell(&self, program: &str, arguments: &[&str]) {
        said(self.command(program).args(arguments));
    }

    fn print(&self, data: &Path, printer: &[&str]) -> Output {
        let mut command = self.command(env!("CARGO_BIN_EXE_invigil"));
        command.args(["--lang", "en", "--data"]).arg(data).args(["form", "print", "access-log-b"]);
        command.args(printer).output().unwrap()
    }

    /// Where the printer puts PostScript.
    fn paper(&self) -> PathBuf {
        self.folder.path().join("out/paper.ps")
    }

    fn jobs_done(&self) -> usize {
        let listed = self.run("lpstat", &["-W", "completed", "-o"]).stdout;
        String::from_utf8_lossy(&listed).lines().count()
    }
}

/// Asks the server on this socket, whatever else the computer has.
struct Asking(PathBuf);

impl RunProgram for Asking {
    fn run(&self, command: &[String], _: Duration) -> Result<ProgramOutput, ProgramError> {
        let mut asked = Command::new(&command[0]);
        let output = asked.args(&command[1..]).env("CUPS_SERVER", &self.0).env("LC_ALL", "C").output();
        let output = output.map_err(|_| ProgramError::NotFound)?;
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        Ok(ProgramOutput { code: output.status.code(), out, err, cut: false })
    }
}

impl Drop for Cups {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Another program's state can only be asked for again and again.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(120), "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

pub fn a_form_is_printed_or_refused_with_a_reason(day: &Path) {
    let mut cups = Cups::start();
    let told = |output: &Output| {
        let text = if output.status.success() { &output.stdout } else { &output.stderr };
        String::from_utf8_lossy(text).into_owned()
    };
    let asking = Asking(cups.folder.path().join("cups.sock"));
    assert_eq!(printers(&asking), Ok(vec!["paper".to_owned()]));
    let refused = |printer: &[&str], reason: &str| {
        let output = cups.print(day, printer);
        assert_eq!(output.status.code(), Some(38), "{output:?}");
        assert!(told(&output).contains(reason), "{reason}: {}", told(&output));
    };
    refused(&[], "No printer is set up as the usual one");
    refused(&["--printer", "nowhere"], "no printer “nowhere”");
    refused(&["--printer=-o"], "no printer “-o”");
    cups.tell("cupsreject", &["paper"]);
    refused(&["--printer", "paper"], "not accepting jobs");
    cups.tell("cupsaccept", &["paper"]);

    cups.tell("cupsdisable", &["paper"]);
    let waits = cups.print(day, &["--printer", "paper"]);
    assert!(told(&waits).contains("The printer is not printing now"), "{}", told(&waits));
    assert_eq!((cups.jobs_done(), cups.paper().exists()), (0, false));
    cups.tell("cupsenable", &["paper"]);
    until("the form comes out", || cups.jobs_done() == 1);
    let read = cups.folder.path().join("read.pdf");
    said(Command::new("ps2pdf").arg(cups.paper()).arg(&read));
    // Letters are shapes by now; the code on the paper still says which form it is.
    let codes = pages(&read, cups.folder.path())[0].codes();
    assert!(codes[0].starts_with("form access-log-b\nof 77-0101-"), "{codes:?}");

    cups.tell("lpadmin", &["-d", "paper"]);
    let usual = cups.print(day, &[]);
    assert!(told(&usual).contains("print queue: paper-"), "{}", told(&usual));
    until("the second form comes out", || cups.jobs_done() == 2);
    let left = fs::read_dir(day)
        .unwrap()
        .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with("print-"));
    assert_eq!(left.count(), 0, "nothing is left in the data folder");
    cups.tell("lpadmin", &["-x", "paper"]);
    assert_eq!(printers(&asking), Ok(Vec::new()));

    // Nothing answers on its socket any more.
    cups.server.kill().unwrap();
    cups.server.wait().unwrap();
    assert_eq!(printers(&asking), Err(PrintError::NoService));
    let dead = cups.print(day, &["--printer", "paper"]);
    assert_eq!(dead.status.code(), Some(38), "{dead:?}");
    assert!(told(&dead).contains("The print service does not answer"), "{}", told(&dead));
}
