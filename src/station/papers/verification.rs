//! The report on a verification: what an archive is worth, for a file.

use super::facts::{DayFacts, day_fields};
use crate::archive::{Coverage, Integrity, Place, Provenance, Report};
use crate::forms::{Catalogue, Cell, FormData, Kind, TableEntry};
use crate::i18n::Message;
use crate::signing::SignerRole;

pub static CATALOGUE: Catalogue = Catalogue {
    id: super::VERIFICATION,
    fields: day_fields! {
        ("integrity", Kind::Word),
        ("provenance", Kind::Word),
        ("signer", Kind::Text),
        ("opening_code", Kind::Text),
        ("closing_code", Kind::Text),
        ("restarts", Kind::Number),
        ("records", Kind::Number),
        ("parts", Kind::Number),
        ("segments", Kind::Number),
        ("intact_segments", Kind::Number),
        ("faults", Kind::Number),
        ("warnings", Kind::Number),
    },
    tables: &[
        TableEntry {
            id: "cameras",
            columns: &[
                ("camera", Kind::Text),
                ("signed", Kind::Number),
                ("changed", Kind::Number),
                ("missing", Kind::Number),
                ("admitted", Kind::Number),
                ("kept", Kind::Number),
            ],
        },
        TableEntry {
            id: "notes",
            columns: &[
                ("kind", Kind::Word),
                ("what", Kind::Text),
                ("camera", Kind::Text),
                ("from", Kind::Moment),
                ("to", Kind::Moment),
                ("record", Kind::Number),
                ("part", Kind::Text),
                ("file", Kind::Text),
            ],
        },
        TableEntry {
            id: "signatures",
            columns: &[
                ("role", Kind::Word),
                ("signed", Kind::Word),
                ("key", Kind::Text),
                ("file", Kind::Text),
            ],
        },
        TableEntry {
            id: "parts",
            columns: &[
                ("file", Kind::Text),
                ("bytes", Kind::Number),
                ("intact", Kind::YesNo),
                ("sha256", Kind::Text),
            ],
        },
    ],
    words: &[
        "valid",
        "incomplete",
        "cannot-verify",
        "tampered",
        "anchored",
        "known-key",
        "unchecked",
        "untrusted-key",
        "warning",
        "station",
        "head",
        "member",
        "trusted",
        "untrusted",
        "wrong",
        "not-checked-here",
    ],
};

/// Of a day that was read from an archive.
pub fn report(facts: &DayFacts) -> Option<FormData> {
    let report = facts.archived.as_deref()?;
    let mut form = facts.form(&CATALOGUE);
    form.set("integrity", Cell::Word(integrity(report.integrity)));
    form.set("provenance", Cell::Word(provenance(report.provenance)));
    form.set("signer", report.signer.as_deref().unwrap_or_default());
    form.set("opening_code", report.opening_code.as_deref().unwrap_or_default());
    form.set("closing_code", report.closing_code.as_deref().unwrap_or_default());
    if let Some(restarts) = report.restarts {
        form.set("restarts", restarts);
    }
    form.set("records", report.records);
    form.set("parts", report.parts.len());
    form.set("segments", report.recordings.len());
    form.set("intact_segments", report.intact_segments);
    form.set("faults", report.faults.len() as u64 + report.more_faults);
    form.set("warnings", report.warnings.len() as u64 + report.more_warnings);
    push_cameras(report, &mut form);
    for fault in &report.faults {
        push_note(facts, &mut form, integrity(fault.effect), &fault.place, &fault.message);
    }
    for warning in &report.warnings {
        push_note(facts, &mut form, "warning", &warning.place, &warning.message);
    }
    for found in &report.countersignatures {
        let role = match found.role {
            SignerRole::Station => "station",
            SignerRole::Head => "head",
            SignerRole::Member => "member",
        };
        let key = found.key.as_deref().unwrap_or_default().into();
        form.push(
            "signatures",
            [Cell::Word(role), Cell::Word(found.signed.word()), key, found.file.as_str().into()],
        );
    }
    for part in &report.parts {
        let sha256 = part.sha256.as_deref().unwrap_or_default().into();
        form.push("parts", [part.file.as_str().into(), part.bytes.into(), part.intact.into(), sha256]);
    }
    Some(form)
}

/// Whole seconds.
fn push_cameras(report: &Report, form: &mut FormData) {
    let seconds = |coverage: &Coverage| Cell::from(coverage.ms / 1_000);
    for camera in &report.cameras {
        let name = if camera.name.is_empty() { camera.camera.as_str() } else { &camera.name };
        let row = [
            Cell::text(name),
            seconds(&camera.signed),
            seconds(&camera.changed),
            seconds(&camera.missing),
            seconds(&camera.admitted),
            seconds(&camera.kept),
        ];
        form.push("cameras", row);
    }
}

fn push_note(facts: &DayFacts, form: &mut FormData, kind: &'static str, at: &Place, message: &Message) {
    let moment = |utc_ms: Option<i64>| utc_ms.map_or(Cell::Empty, |utc_ms| facts.at(utc_ms).into());
    let row = [
        Cell::Word(kind),
        facts.named(message.clone()).into(),
        at.camera.as_ref().map_or(Cell::Empty, |camera| facts.camera(camera).0),
        moment(at.from_ms),
        moment(at.to_ms),
        at.record.map_or(Cell::Empty, Cell::from),
        at.part.as_deref().unwrap_or_default().into(),
        at.file.as_deref().unwrap_or_default().into(),
    ];
    form.push("notes", row);
}

fn integrity(integrity: Integrity) -> &'static str {
    match integrity {
        Integrity::Valid => "valid",
        Integrity::Incomplete => "incomplete",
        Integrity::CannotVerify => "cannot-verify",
        Integrity::Tampered => "tampered",
    }
}

fn provenance(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Anchored => "anchored",
        Provenance::KnownKey => "known-key",
        Provenance::Unchecked => "unchecked",
        Provenance::UntrustedKey => "untrusted-key",
    }
}
