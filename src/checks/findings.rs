//! What a check found, gathered until it is judged.

use super::CheckResult;
use super::words::plain;
use crate::i18n::{Arg, Message};
use crate::journal::{Evidence, Outcome};

/// Pieces of evidence that a record keeps.
const MOST_EVIDENCE: usize = 16;
/// Characters of one.
const EVIDENCE_CHARS: usize = 200;

#[derive(Debug, Default)]
pub(super) struct Findings {
    failed: Vec<Message>,
    unknown: Vec<Message>,
    evidence: Vec<Evidence>,
}

impl Findings {
    pub fn failed(&mut self, fault: Message) {
        self.failed.push(fault);
    }

    pub fn unknown(&mut self, why: Message) {
        self.unknown.push(why);
    }

    /// The value, or the reason why there is none.
    pub fn known<T>(&mut self, learned: Result<T, Message>) -> Option<T> {
        learned.map_err(|why| self.unknown(why)).ok()
    }

    /// Keeps a measured value; `name` ends in its unit.
    pub fn measured(&mut self, name: &str, value: impl Into<Arg>) {
        if self.evidence.len() < MOST_EVIDENCE {
            let value = match value.into() {
                Arg::Text(text) => Arg::Text(plain(&text, EVIDENCE_CHARS)),
                number => number,
            };
            self.evidence.push(Evidence { name: plain(name, EVIDENCE_CHARS), value });
        }
    }

    /// The first fault is what is told, with how many more there are in the evidence; without one, the
    /// first thing that could not be learned; without that, `fine`.
    pub fn into_result(mut self, fine: Message) -> CheckResult {
        let more = (self.failed.len() + self.unknown.len()).saturating_sub(1);
        if more > 0 {
            self.measured("further_faults", more);
        }
        let failed = self.failed.into_iter().next().map(|fault| (Outcome::Failed, fault));
        let unknown = self.unknown.into_iter().next().map(|why| (Outcome::Unknown, why));
        let (outcome, finding) = failed.or(unknown).unwrap_or((Outcome::Passed, fine));
        CheckResult { outcome, finding, evidence: self.evidence }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_goes_before_what_is_unknown_and_nothing_unknown_passes() {
        let fine = || Message::new("fine");
        assert_eq!(Findings::default().into_result(fine()).outcome, Outcome::Passed);
        let mut findings = Findings::default();
        findings.known::<()>(Err(Message::new("silent")));
        findings.failed(Message::new("broken"));
        let result = findings.into_result(fine());
        assert_eq!((result.outcome, result.finding.id.as_str()), (Outcome::Failed, "broken"));
        assert_eq!(result.evidence[0].value, 1_u64.into());
        let mut findings = Findings::default();
        findings.unknown(Message::new("silent"));
        assert_eq!(findings.into_result(fine()).outcome, Outcome::Unknown);
    }
}
