//! Printing through a real CUPS of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use invigil::checks::{ProgramError, ProgramOutput, RunProgram};
use invigil::station::printing::{PrintError, printers};

use super::cups::{Cups, until};
use super::{pages, said};

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

fn print(cups: &Cups, data: &Path, printer: &[&str]) -> Output {
    let mut command = cups.command(env!("CARGO_BIN_EXE_invigil"));
    command.args(["--lang", "en", "--data"]).arg(data).args(["form", "print", "access-log-b"]);
    command.args(printer).output().unwrap()
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
        let output = print(&cups, day, printer);
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
    let waits = print(&cups, day, &["--printer", "paper"]);
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
    let usual = print(&cups, day, &[]);
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
    let dead = print(&cups, day, &["--printer", "paper"]);
    assert_eq!(dead.status.code(), Some(38), "{dead:?}");
    assert!(told(&dead).contains("The print service does not answer"), "{}", told(&dead));
}
