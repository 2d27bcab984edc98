//! Are there scanners enough, and does each scan a page?

mod sane;
mod windows;

use super::findings::Findings;
use super::words::{listed, plain};
use super::{CheckContext, CheckResult};
use crate::i18n::Message;

pub(super) fn run(context: &CheckContext) -> CheckResult {
    let rules = &context.rules.scanners;
    if rules.at_least == 0 {
        return CheckResult::passed(Message::new("checks-scanners-not-asked"));
    }
    let found = if cfg!(windows) { windows::list(context) } else { sane::list(context) };
    let scanners = match found {
        Ok(scanners) => scanners,
        Err(why) => return CheckResult::unknown(why),
    };
    let mut findings = Findings::default();
    findings.measured("scanners", listed(scanners.iter().map(String::as_str)));
    if scanners.len() < rules.at_least {
        let few = Message::new("checks-scanners-few").with("count", scanners.len());
        findings.failed(few.with("needed", rules.at_least));
    }
    // No command of Windows scans: a person does.
    if rules.test_scan && !cfg!(windows) {
        for scanner in scanners.iter().take(rules.at_least) {
            let Some(scanned) = findings.known(sane::scan(context, scanner)) else { continue };
            match scanned {
                Ok((width, height)) => {
                    findings.measured(&format!("{scanner}_page_pixels"), format!("{width}x{height}"));
                }
                Err(why) => {
                    let name = plain(scanner, 80);
                    findings
                        .failed(Message::new("checks-scanners-fails").with("name", name).with("detail", why));
                }
            }
        }
    }
    findings.into_result(Message::new("checks-scanners-ok").with("count", scanners.len()))
}
