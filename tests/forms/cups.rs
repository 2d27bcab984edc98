//! A real CUPS of its own, whose printer (cups-pdf's description) writes into a file.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::reading::said;

/// A print server on a socket in a folder of its own; ends with it.
pub struct Cups {
    pub folder: tempfile::TempDir,
    pub server: Child,
}

impl Cups {
    pub fn start() -> Self {
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

    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("CUPS_SERVER", self.folder.path().join("cups.sock")).env("LC_ALL", "C");
        command
    }

    pub fn run(&self, program: &str, arguments: &[&str]) -> Output {
        self.command(program).args(arguments).output().unwrap()
    }

    pub fn tell(&self, program: &str, arguments: &[&str]) {
        said(self.command(program).args(arguments));
    }

    /// Where the printer puts PostScript.
    pub fn paper(&self) -> PathBuf {
        self.folder.path().join("out/paper.ps")
    }

    pub fn jobs_done(&self) -> usize {
        let listed = self.run("lpstat", &["-W", "completed", "-o"]).stdout;
        String::from_utf8_lossy(&listed).lines().count()
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
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(120), "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
