//! Through CUPS: `lp` takes the file, `lpstat` tells whether the printer prints.

use std::path::Path;

use super::{LIMIT, PrintError, Queued, first_line};
use crate::checks::RunProgram;

pub(super) fn print(
    programs: &dyn RunProgram,
    file: &Path,
    title: &str,
    printer: Option<&str>,
) -> Result<Queued, PrintError> {
    let mut command = vec!["lp".to_owned()];
    if let Some(printer) = printer {
        command.extend(["-d".to_owned(), printer.to_owned()]);
    }
    command.extend(["-t".to_owned(), title.to_owned(), "--".to_owned(), file.display().to_string()]);
    let said = programs.run(&command, LIMIT)?;
    if !said.success() {
        return Err(match is_dead(programs) {
            true => PrintError::NoService,
            false => refusal(&said.text(), printer),
        });
    }
    let job = job(&said.text()).unwrap_or_default();
    let stopped = match job.rsplit_once('-') {
        Some((printer, _)) => stopped(programs, printer),
        None => None,
    };
    Ok(Queued { job, stopped })
}

/// A name a line.
pub(super) fn printers(programs: &dyn RunProgram) -> Result<String, PrintError> {
    let said = programs.run(&["lpstat".to_owned(), "-e".to_owned()], LIMIT)?;
    // Where there are none, it says so on the other output and fails.
    let none = said.err.to_lowercase().contains("no destinations");
    if said.out.trim().is_empty() && is_dead(programs) {
        return Err(PrintError::NoService);
    }
    if said.success() || none { Ok(said.out) } else { Err(PrintError::Refused(first_line(&said.text()))) }
}

/// A scheduler that does not run answers as if it had no printers, and this alone tells.
fn is_dead(programs: &dyn RunProgram) -> bool {
    let said = programs.run(&["lpstat".to_owned(), "-r".to_owned()], LIMIT);
    said.is_ok_and(|said| said.text().contains("scheduler is not running"))
}

/// `lp` speaks English here: programs are run so.
fn refusal(text: &str, printer: Option<&str>) -> PrintError {
    match printer {
        None if text.to_lowercase().contains("no default destination") => PrintError::NoPrinter,
        Some(printer) if text.contains("does not exist") => PrintError::NoSuchPrinter(printer.to_owned()),
        _ => PrintError::Refused(first_line(text)),
    }
}

/// Of `request id is Brother-12 (1 file(s))`.
fn job(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("request id is ")?;
    Some(rest.split_whitespace().next()?.chars().take(200).collect())
}

/// Of `printer Brother disabled since Fri 29 May 2026 08:12:03 AM -` and the reason in the next line.
fn stopped(programs: &dyn RunProgram, printer: &str) -> Option<String> {
    let command = ["lpstat".to_owned(), "-p".to_owned(), printer.to_owned()];
    // That it is in the queue is known, whatever this one says.
    let text = programs.run(&command, LIMIT).ok()?.text();
    let (_, after) = text.split_once(" disabled since ")?;
    let reason = after.lines().nth(1).map(str::trim).filter(|reason| !reason.is_empty());
    Some(first_line(reason.unwrap_or("disabled")))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use super::super::print;
    use super::*;
    use crate::checks::{ProgramError, ProgramOutput};

    /// Answers in a row, and what was asked.
    struct Recorded {
        answers: Mutex<Vec<Result<ProgramOutput, ProgramError>>>,
        asked: Mutex<Vec<Vec<String>>>,
    }

    impl RunProgram for Recorded {
        fn run(&self, command: &[String], _: Duration) -> Result<ProgramOutput, ProgramError> {
            self.asked.lock().unwrap().push(command.to_vec());
            self.answers.lock().unwrap().remove(0)
        }
    }

    fn said(code: i32, out: &str, err: &str) -> Result<ProgramOutput, ProgramError> {
        Ok(ProgramOutput { code: Some(code), out: out.into(), err: err.into(), cut: false })
    }

    fn with(
        answers: Vec<Result<ProgramOutput, ProgramError>>,
        printer: Option<&str>,
    ) -> Result<Queued, PrintError> {
        let recorded = Recorded { answers: Mutex::new(answers), asked: Mutex::default() };
        print(&recorded, Path::new("/x/form.pdf"), "Журнал", printer)
    }

    #[test]
    fn what_lp_says_is_understood() {
        let taken = || said(0, "request id is PDF-room-12 (1 file(s))\n", "");
        let idle = said(0, "printer PDF-room is idle.  enabled since Sun 22 Nov 2026\n", "");
        let queued = Queued { job: "PDF-room-12".into(), stopped: None };
        assert_eq!(with(vec![taken(), idle], None), Ok(queued));
        let disabled = said(0, "printer PDF-room disabled since Sun 22 Nov 2026 -\n\tPaper jam\n", "");
        let stopped = with(vec![taken(), disabled], Some("PDF-room")).unwrap();
        assert_eq!(stopped.stopped.as_deref(), Some("Paper jam"));
        let silent = with(vec![taken(), Err(ProgramError::TooLong)], None).unwrap();
        assert_eq!(silent.job, "PDF-room-12");
    }

    #[test]
    fn the_printers_are_those_that_lpstat_names() {
        let asked = |answer| {
            let answers = Mutex::new(vec![answer, said(0, "scheduler is running\n", "")]);
            super::super::printers(&Recorded { answers, asked: Mutex::default() })
        };
        let named = said(0, "Brother\nHP-Laser_2\n-o\n\n", "");
        assert_eq!(asked(named), Ok(vec!["Brother".to_owned(), "HP-Laser_2".to_owned()]));
        assert_eq!(asked(said(1, "", "lpstat: No destinations added.\n")), Ok(Vec::new()));
        let dead = said(1, "", "lpstat: Transport endpoint is not connected\n");
        assert!(matches!(asked(dead), Err(PrintError::Refused(_))));
        assert_eq!(asked(Err(ProgramError::NotFound)), Err(PrintError::NoProgram));
    }

    #[test]
    fn a_print_service_that_does_not_run_is_no_missing_printer() {
        let dead = || said(0, "scheduler is not running\n", "");
        let answers = Mutex::new(vec![said(0, "", ""), dead()]);
        let found = super::super::printers(&Recorded { answers, asked: Mutex::default() });
        assert_eq!(found, Err(PrintError::NoService));
        let none = || said(1, "", "lp: Error - The printer or class does not exist.\n");
        assert_eq!(with(vec![none(), dead()], Some("x")), Err(PrintError::NoService));
    }

    #[test]
    fn a_printer_that_takes_nothing_is_told_by_its_reason() {
        let runs = || said(0, "scheduler is running\n", "");
        let no_default = said(1, "", "lp: Error - No default destination.\n");
        assert_eq!(with(vec![no_default, runs()], None), Err(PrintError::NoPrinter));
        let none = said(1, "", "lp: The printer or class does not exist.\n");
        assert_eq!(with(vec![none, runs()], Some("x")), Err(PrintError::NoSuchPrinter("x".into())));
        let rejects = said(1, "", "lp: Destination \"x\" is not accepting jobs.\n");
        let refused = PrintError::Refused("lp: Destination \"x\" is not accepting jobs.".into());
        assert_eq!(with(vec![rejects, runs()], Some("x")), Err(refused));
        assert_eq!(with(vec![Err(ProgramError::NotFound)], None), Err(PrintError::NoProgram));
        assert_eq!(with(vec![], Some("-o")), Err(PrintError::NoSuchPrinter("-o".into())));
    }
}
