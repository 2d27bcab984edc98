//! The day as a view holds it: small however long the day was.

use super::{Access, AccessCorrection, AccessEnd, CheckDay, Day, Explanation, Outage, StepDay, StepState};

/// So many of a long list stand in a view.
const MOST_SHOWN: usize = 12;
/// Of the access log, besides the entries that are open.
const MOST_ACCESSES: usize = 16;
/// Longer texts are cut.
pub(super) const MOST_CHARS: usize = 120;

impl Day {
    /// Of lists that grow all day the end that needs a person, and how long they are. The whole is asked for
    /// by range, or read from the journal.
    pub fn shown(&self) -> Self {
        let before = self.accesses.len().saturating_sub(MOST_ACCESSES);
        let accesses = self.accesses.iter().enumerate();
        let accesses = accesses.filter(|(at, access)| *at >= before || access.is_open());
        Self {
            accesses: accesses.map(|(_, access)| access.shown()).collect(),
            checks: self.checks.iter().map(|(id, check)| (id.clone(), shown_check(check))).collect(),
            outages: self.outages.iter().map(shown_outage).collect(),
            incidents: self.incidents.shown(MOST_SHOWN),
            requests: self.requests.shown(MOST_SHOWN),
            alarm_log: self.alarm_log.shown(),
            ..self.clone()
        }
    }
}

/// The beginning of a long text.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

impl Access {
    /// With its last corrections, and the beginnings of long texts.
    pub fn shown(&self) -> Self {
        let end = match &self.end {
            AccessEnd::Open => AccessEnd::Open,
            AccessEnd::Closed { at_ms, time_to, result } => {
                AccessEnd::Closed { at_ms: *at_ms, time_to: time_to.clone(), result: short(result) }
            }
            AccessEnd::Explained { at_ms, text } => AccessEnd::Explained { at_ms: *at_ms, text: short(text) },
        };
        let correction = |one: &AccessCorrection| AccessCorrection {
            record: one.record,
            text: short(&one.text),
            reason: short(&one.reason),
        };
        let corrections = self.corrections.iter().rev().take(2).rev().map(correction).collect();
        Self { reason: short(&self.reason), end, corrections, ..self.clone() }
    }
}

/// What was measured stays: it is as long as the program made it.
fn shown_check(check: &CheckDay) -> CheckDay {
    let steps = check.steps.iter().map(|(id, step)| {
        let state = match &step.state {
            StepState::Waived { by, reason } => StepState::Waived { by: by.clone(), reason: short(reason) },
            state => state.clone(),
        };
        (id.clone(), StepDay { state, note: short(&step.note), ..step.clone() })
    });
    CheckDay { steps: steps.collect(), ..check.clone() }
}

fn shown_outage(outage: &Outage) -> Outage {
    let explained = outage.explained.as_ref();
    let explained = explained.map(|told| Explanation { text: short(&told.text), ..told.clone() });
    Outage { explained, ..outage.clone() }
}

#[cfg(test)]
mod tests {
    use crate::day::trial::{Trial, access_opened, trial_day};
    use crate::journal::{Change, EquipmentChanged, Event, Noticed, RequestMade, ThingKind};

    #[test]
    fn the_longest_day_in_the_longest_words_leaves_a_view_half_empty() {
        let long = "\u{202b}שלום 🖨 Берёзкина ".repeat(120);
        let mut trial = Trial::new(trial_day());
        for n in 1..=300_u32 {
            let at_ms = i64::from(n);
            trial.at(at_ms, access_opened(n));
            // Two are left open.
            if n > 2 {
                let (result, time_to) = (long.clone(), "08:10".into());
                trial.at(at_ms, Event::AccessClosed { access: n, result, time_to });
                let (text, reason) = (long.clone(), long.clone());
                trial.at(at_ms, Event::Corrected { record: trial.day.records - 2, text, reason });
            }
            let request = RequestMade {
                request: n,
                room: "0001".parse().unwrap(),
                category: "printer".into(),
                text: long.clone(),
                due_ms: 0,
                head_due_ms: 0,
            };
            trial.at(at_ms, Event::RequestMade(request));
            trial.at(
                at_ms,
                Event::EquipmentChanged(EquipmentChanged {
                    kind: ThingKind::Usb,
                    place: format!("1-{n}"),
                    name: "🖨".repeat(80),
                    ident: "🖨".repeat(80),
                    change: Change::Appeared,
                    on: true,
                    times: 1,
                    from_ms: 0,
                    to_ms: at_ms,
                    noticed: Noticed::AtOnce,
                }),
            );
        }
        let shown = trial.day.shown();
        let numbers: Vec<u32> = shown.accesses.iter().map(|access| access.access).collect();
        assert_eq!((numbers[..3].to_vec(), numbers.len()), (vec![1, 2, 285], 18));
        assert_eq!((shown.requests.total, shown.incidents.total), (300, 300));
        let bytes = serde_json::to_vec(&shown).unwrap().len();
        assert!(bytes < 48_000, "{bytes}");
    }
}
