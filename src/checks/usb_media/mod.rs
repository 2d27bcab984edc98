//! Which USB sticks, disks and memory cards are plugged in, and may they be?

mod linux;
mod windows;

use super::findings::Findings;
use super::words::{listed, plain};
use super::{CheckContext, CheckResult};
use crate::i18n::Message;
use crate::point::UsbMediaRules;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Medium {
    /// As the system calls it, such as `sdb`.
    device: String,
    /// Maker, model and serial number, as far as it tells them.
    description: String,
    bytes: u64,
}

pub(super) fn run(context: &CheckContext) -> CheckResult {
    match if cfg!(windows) { windows::look(context) } else { linux::look(context) } {
        Ok(media) => judge(&media, &context.rules.usb_media),
        Err(why) => CheckResult::unknown(why),
    }
}

fn judge(media: &[Medium], rules: &UsbMediaRules) -> CheckResult {
    let mut findings = Findings::default();
    for medium in media {
        let gigabytes = medium.bytes / 1_000_000_000;
        let text = format!("{}, {gigabytes} GB", plain(&medium.description, 120));
        findings.measured(&format!("{}_medium", medium.device), text);
    }
    if let Some(allowed) = &rules.allowed {
        let strange = media.iter().filter(|medium| !medium.is_one_of(allowed));
        let strange: Vec<&str> = strange.map(|medium| medium.description.as_str()).collect();
        if !strange.is_empty() {
            findings.failed(Message::new("checks-usb-strange").with("media", listed(strange)));
        }
    }
    if media.len() < rules.at_least {
        let few = Message::new("checks-usb-few").with("count", media.len());
        findings.failed(few.with("needed", rules.at_least));
    }
    let fine = match media {
        [] => Message::new("checks-usb-none"),
        _ => {
            let media = listed(media.iter().map(|medium| medium.description.as_str()));
            Message::new("checks-usb-there").with("media", media)
        }
    };
    findings.into_result(fine)
}

impl Medium {
    fn is_one_of(&self, allowed: &[String]) -> bool {
        let own = self.description.to_lowercase();
        allowed.iter().any(|name| own.contains(&name.to_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Outcome;

    fn check(media: &[&str], allowed: Option<&[&str]>, at_least: usize) -> (Outcome, String) {
        let medium = |name: &&str| Medium {
            device: "sdb".into(),
            description: (*name).to_owned(),
            bytes: 16_000_000_000,
        };
        let media: Vec<_> = media.iter().map(medium).collect();
        let allowed = allowed.map(|names| names.iter().map(ToString::to_string).collect());
        let result = judge(&media, &UsbMediaRules { allowed, at_least });
        (result.outcome, result.finding.id)
    }

    #[test]
    fn strange_media_and_too_few_fail() {
        assert_eq!(check(&[], None, 0), (Outcome::Passed, "checks-usb-none".into()));
        assert_eq!(check(&["Kingston DT 0019"], None, 0), (Outcome::Passed, "checks-usb-there".into()));
        assert_eq!(check(&["Kingston DT 0019"], Some(&["dt 0019"]), 1).0, Outcome::Passed);
        assert_eq!(check(&["Kingston DT"], Some(&[]), 0), (Outcome::Failed, "checks-usb-strange".into()));
        assert_eq!(check(&["Kingston DT"], None, 2), (Outcome::Failed, "checks-usb-few".into()));
    }
}
