//! What a verdict means for whoever has to decide, and what they do now.

use super::Finding;
use crate::archive::{Integrity, Provenance, Report};
use crate::i18n::Message;

/// Two sentences for a person who is no expert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    pub means: Message,
    /// None: nothing is to be done, or the finding itself says it.
    pub todo: Option<Message>,
}

impl Advice {
    /// By the worst finding.
    pub fn of(report: &Report, worst: Option<&Finding>) -> Self {
        let Some(worst) = worst else { return Self::of_whole(report) };
        let (means, todo) = match worst.effect {
            Integrity::Tampered => tampered(worst),
            Integrity::Incomplete => incomplete(&worst.message.id),
            Integrity::CannotVerify => unreadable(&worst.message.id),
            Integrity::Valid => (None, None),
        };
        Self {
            means: means.map_or_else(|| worst.effect.message(), Message::new),
            todo: todo.map(Message::new),
        }
    }

    /// Nothing is wrong; it may still be somebody else's.
    fn of_whole(report: &Report) -> Self {
        let todo = match report.provenance {
            Provenance::Anchored | Provenance::KnownKey => None,
            Provenance::Unchecked => Some("verdict-do-compare"),
            Provenance::UntrustedKey => Some("verdict-do-ask-key"),
        };
        Self { means: report.integrity.message(), todo: todo.map(Message::new) }
    }
}

type Ids = (Option<&'static str>, Option<&'static str>);

fn tampered(worst: &Finding) -> Ids {
    let id = worst.message.id.as_str();
    let means = match id {
        "archive-act-opening" | "archive-act-closing" | "archive-act-restarts" => {
            return (Some("verdict-means-paper"), Some("verdict-do-paper"));
        }
        "archive-segment-removed" | "archive-file-removed" => "verdict-means-removed",
        "archive-video-frame-changed" => "verdict-means-header",
        "archive-countersignature-wrong" | "archive-countersignature-other" => "verdict-means-signature",
        _ if id.starts_with("journal-fault") => "verdict-means-journal",
        _ if worst.place.camera.is_some() && worst.place.from_ms.is_some() => "verdict-means-video",
        _ => return (None, Some("verdict-do-second-copy")),
    };
    (Some(means), Some("verdict-do-second-copy"))
}

fn incomplete(id: &str) -> Ids {
    match id {
        "archive-part-missing" => (Some("verdict-means-part"), Some("verdict-do-part")),
        "archive-journal-missing" => (Some("verdict-means-no-journal"), Some("verdict-do-part")),
        "archive-restart-unlinked" => (None, Some("verdict-do-compare")),
        "archive-countersignature-missing" => {
            (Some("verdict-means-unsigned"), Some("verdict-do-countersign"))
        }
        "archive-video-hidden-gap" => (Some("verdict-means-hidden"), Some("verdict-do-explain")),
        _ => (None, Some("verdict-do-explain")),
    }
}

fn unreadable(id: &str) -> Ids {
    match id {
        // They say themselves what to do.
        "archive-no-parts" | "archive-encrypted" | "archive-encrypted-all" | "archive-other-day" => {
            (None, None)
        }
        "archive-verify-stopped" => (None, Some("verdict-do-again")),
        _ => (Some("verdict-means-unreadable"), Some("verdict-do-other-medium")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Place;
    use crate::i18n::{Language, Texts};
    use crate::review::findings;

    /// Every finding that the words below name is told with words that exist, in both languages.
    #[test]
    fn every_verdict_is_told_with_what_it_means_and_what_to_do() {
        use Integrity::{CannotVerify, Incomplete, Tampered};
        let cases = [
            (Tampered, "archive-video-changed", "verdict-means-video"),
            (Tampered, "archive-segment-removed", "verdict-means-removed"),
            (Tampered, "archive-act-closing", "verdict-means-paper"),
            (Tampered, "journal-fault-record-changed", "verdict-means-journal"),
            (Tampered, "archive-countersignature-wrong", "verdict-means-signature"),
            (Tampered, "archive-video-frame-changed", "verdict-means-header"),
            (Tampered, "archive-file-added", "archive-integrity-tampered"),
            (Incomplete, "archive-part-missing", "verdict-means-part"),
            (Incomplete, "archive-journal-missing", "verdict-means-no-journal"),
            (Incomplete, "archive-video-hidden-gap", "verdict-means-hidden"),
            (Incomplete, "archive-countersignature-missing", "verdict-means-unsigned"),
            (Incomplete, "archive-restart-unlinked", "archive-integrity-incomplete"),
            (CannotVerify, "archive-unreadable", "verdict-means-unreadable"),
            (CannotVerify, "archive-verify-stopped", "archive-integrity-cannot-verify"),
        ];
        for (effect, id, means) in cases {
            let mut report = Report::new();
            let video = Place {
                camera: Some("entrance-1".parse().unwrap()),
                from_ms: Some(0),
                to_ms: Some(2_000),
                ..Place::default()
            };
            let place = if id.starts_with("archive-video") { video } else { Place::default() };
            report.fault(effect, place, Message::new(id));
            let advice = Advice::of(&report, findings(&report).first());
            assert_eq!(advice.means.id, means, "{id}");
            let todo = advice.todo.expect("something is to be done");
            for texts in Language::ALL.map(Texts::load) {
                for message in [&advice.means, &todo] {
                    assert_ne!(texts.message(message), message.id, "{id}");
                }
            }
        }
    }

    #[test]
    fn a_whole_archive_that_nobody_vouches_for_asks_for_the_papers() {
        let whole = |provenance| {
            let report = Report { provenance, ..Report::new() };
            Advice::of(&report, None).todo.map(|todo| todo.id)
        };
        assert_eq!(whole(Provenance::Anchored), None);
        assert_eq!(whole(Provenance::Unchecked).as_deref(), Some("verdict-do-compare"));
        assert_eq!(whole(Provenance::UntrustedKey).as_deref(), Some("verdict-do-ask-key"));
    }
}
