//! Are the point's printers there, ready, and full enough; and does a test page come out?

mod cups;
mod test_page;
mod windows;

use super::findings::Findings;
use super::words::plain;
use super::{CheckContext, CheckResult};
use crate::i18n::Message;
use crate::point::PrinterRules;

pub(super) use test_page::run as run_test_page;

/// What the system tells of one printer.
#[derive(Debug, Default, PartialEq, Eq)]
struct Printer {
    /// It prints what it is given.
    enabled: bool,
    /// It takes jobs into its queue.
    accepting: bool,
    /// What it complains of, in its own words.
    complaints: Vec<String>,
    /// Toner or ink in percent, as far as it tells.
    supplies_percent: Vec<u32>,
}

/// What came of looking for one.
#[derive(Debug, PartialEq, Eq)]
enum Known {
    Printer(Printer),
    Missing,
    /// What manages all printers does not run.
    NoService,
}

pub(super) fn run(context: &CheckContext) -> CheckResult {
    let rules = &context.rules.printers;
    if rules.required.is_empty() {
        return CheckResult::passed(Message::new("checks-printers-not-asked"));
    }
    let mut findings = Findings::default();
    for name in &rules.required {
        let known = if cfg!(windows) { windows::look(context, name) } else { cups::look(context, name) };
        if let Some(known) = findings.known(known) {
            judge(name, &known, rules, &mut findings);
        }
    }
    findings.into_result(Message::new("checks-printers-ok").with("count", rules.required.len()))
}

fn judge(name: &str, known: &Known, rules: &PrinterRules, findings: &mut Findings) {
    let about = |id: &str| Message::new(id).with("name", plain(name, 60));
    let printer = match known {
        Known::NoService => return findings.failed(Message::new("checks-printers-no-service")),
        Known::Missing => {
            findings.measured(&format!("{name}_state"), "missing");
            return findings.failed(about("checks-printers-missing"));
        }
        Known::Printer(printer) => printer,
    };
    let state = if printer.enabled && printer.accepting { "ready" } else { "stopped" };
    findings.measured(&format!("{name}_state"), state);
    if !printer.enabled {
        findings.failed(about("checks-printers-stopped"));
    }
    if !printer.accepting {
        findings.failed(about("checks-printers-refuses"));
    }
    if !printer.complaints.is_empty() {
        let complaints = printer.complaints.join(", ");
        findings.measured(&format!("{name}_complaints"), complaints.as_str());
        findings.failed(about("checks-printers-complains").with("complaints", plain(&complaints, 200)));
    }
    if let Some(percent) = printer.supplies_percent.iter().min() {
        findings.measured(&format!("{name}_supplies_percent"), *percent);
        if *percent < rules.min_supply_percent {
            findings.failed(about("checks-printers-supply").with("percent", *percent));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Outcome;

    fn check(printer: Printer) -> (Outcome, String) {
        let mut findings = Findings::default();
        judge("HP", &Known::Printer(printer), &PrinterRules::default(), &mut findings);
        let result = findings.into_result(Message::new("fine"));
        (result.outcome, result.finding.id)
    }

    fn ready() -> Printer {
        Printer { enabled: true, accepting: true, ..Printer::default() }
    }

    #[test]
    fn each_thing_that_can_be_wrong_is_found() {
        assert_eq!(check(ready()), (Outcome::Passed, "fine".into()));
        assert_eq!(check(Printer { enabled: false, ..ready() }).1, "checks-printers-stopped");
        assert_eq!(check(Printer { accepting: false, ..ready() }).1, "checks-printers-refuses");
        assert_eq!(
            check(Printer { complaints: vec!["media-jam".into()], ..ready() }).1,
            "checks-printers-complains"
        );
        assert_eq!(check(Printer { supplies_percent: vec![80, 9], ..ready() }).1, "checks-printers-supply");
        assert_eq!(check(Printer { supplies_percent: vec![80, 10], ..ready() }).0, Outcome::Passed);
        let mut findings = Findings::default();
        judge("HP", &Known::Missing, &PrinterRules::default(), &mut findings);
        assert_eq!(findings.into_result(Message::new("fine")).finding.id, "checks-printers-missing");
    }
}
