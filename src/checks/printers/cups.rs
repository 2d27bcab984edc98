//! CUPS, through `lpstat` and `lpoptions`.

use super::{Known, Printer};
use crate::checks::asking::{SOON, ask, said, unclear};
use crate::checks::{CheckContext, ProgramError, RunProgram};
use crate::i18n::Message;

pub(super) fn look(context: &CheckContext, name: &str) -> Result<Known, Message> {
    let programs = context.programs.as_ref();
    if !runs(programs)? {
        return Ok(Known::NoService);
    }
    let Some(state) = status(programs, "-p", name)? else { return Ok(Known::Missing) };
    let accepts = status(programs, "-a", name)?.unwrap_or_default();
    let options = said(programs, &["lpoptions", "-p", name])?;
    Ok(Known::Printer(Printer {
        enabled: is_enabled(&state, name).ok_or_else(|| unclear("lpstat"))?,
        accepting: accepts.lines().any(|line| line.starts_with(&format!("{name} accepting requests"))),
        complaints: complaints(value(&options, "printer-state-reasons").unwrap_or_default()),
        supplies_percent: levels(value(&options, "marker-levels").unwrap_or_default()),
    }))
}

/// A scheduler that does not run answers as if it had no printers, and this alone tells.
pub(super) fn runs(programs: &dyn RunProgram) -> Result<bool, Message> {
    let answer = ask(programs, &["lpstat", "-r"], SOON).map_err(|error| error.message("lpstat"))?;
    Ok(answer.out.contains("scheduler is running"))
}

/// None when the scheduler answers that it has no such printer.
fn status(programs: &dyn RunProgram, question: &str, name: &str) -> Result<Option<String>, Message> {
    let output = ask(programs, &["lpstat", question, name], SOON).map_err(|error| error.message("lpstat"))?;
    match output.success() {
        true => Ok(Some(output.out)),
        false if output.err.contains("Invalid destination name") => Ok(None),
        false => Err(ProgramError::Failed(output.text()).message("lpstat")),
    }
}

/// `printer HP is idle.  enabled since …`, `printer HP now printing HP-3.  enabled since …`,
/// `printer HP disabled since … -`.
fn is_enabled(text: &str, name: &str) -> Option<bool> {
    let line = text.lines().find(|line| line.starts_with(&format!("printer {name} ")))?;
    Some(!line.contains(" disabled since "))
}

/// The value of one of the options, which stand on one line; a value with spaces is quoted.
fn value<'a>(options: &'a str, key: &str) -> Option<&'a str> {
    let mut from = 0;
    loop {
        let at = from + options[from..].find(key)?;
        from = at + key.len();
        let begins = at == 0 || options[..at].ends_with(char::is_whitespace);
        if let Some(rest) = options[from..].strip_prefix('=').filter(|_| begins) {
            let ends = rest.find(char::is_whitespace).unwrap_or(rest.len());
            return Some(&rest[..ends]);
        }
    }
}

/// Of the reasons for its state, those that are no mere report.
fn complaints(reasons: &str) -> Vec<String> {
    let quiet = |reason: &&str| {
        !matches!(*reason, "" | "none") && !reason.ends_with("-report") && !reason.starts_with("cups-")
    };
    reasons.trim_matches('\'').split(',').map(str::trim).filter(quiet).map(str::to_owned).collect()
}

/// `80,100`; what a printer does not know is negative.
fn levels(text: &str) -> Vec<u32> {
    text.trim_matches('\'')
        .split(',')
        .filter_map(|level| level.trim().parse().ok())
        .filter(|l| *l <= 100)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{Recorded, context};

    const OPTIONS: &str = "copies=1 device-uri=usb://HP/LaserJet marker-change-time=1 marker-levels=7,-1 \
        marker-names='Black\\ Cartridge,Drum' printer-info='HP LaserJet' printer-state=3 \
        printer-state-reasons=toner-low-warning,connected-report printer-type=12308\n";

    #[test]
    fn what_cups_says_is_read() {
        let mut context = context(std::path::Path::new("."));
        context.programs = Recorded::all(&[
            ("lpstat -r", "scheduler is running\n"),
            ("lpstat -p HP", "printer HP disabled since Fri Nov 20 10:00:00 2026 -\n\tPaused\n"),
            (
                "lpstat -a HP",
                "HP not accepting requests since Fri Nov 20 10:00:00 2026 -\n\tRejecting Jobs\n",
            ),
            ("lpoptions -p HP", OPTIONS),
        ]);
        let printer = Printer {
            enabled: false,
            accepting: false,
            complaints: vec!["toner-low-warning".into()],
            supplies_percent: vec![7],
        };
        assert_eq!(look(&context, "HP").unwrap(), Known::Printer(printer));
        assert!(look(&context, "other").is_err(), "lpstat says nothing of it");
        context.programs = Recorded::one("lpstat -r", "scheduler is not running\n");
        assert_eq!(look(&context, "HP").unwrap(), Known::NoService);
    }

    #[test]
    fn options_are_found_whole() {
        assert_eq!(value(OPTIONS, "marker-levels"), Some("7,-1"));
        assert_eq!(value(OPTIONS, "printer-state"), Some("3"));
        assert_eq!(value(OPTIONS, "state"), None);
        assert_eq!(is_enabled("printer HP is idle.  enabled since x\n", "HP"), Some(true));
        assert_eq!(is_enabled("printer HPX is idle.  enabled since x\n", "HP"), None);
        assert!(complaints("none").is_empty());
    }
}
