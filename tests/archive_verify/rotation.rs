//! Whether a day that a newer key signed is trusted by those who know the older one.

use invigil::archive::verify::VerifyOptions;
use invigil::archive::{Integrity, Provenance, Report};
use invigil::i18n::Arg;
use invigil::signing::AllowedSigners;

use crate::day::*;
use crate::rotated::{Keys, cases};

fn warnings(report: &Report) -> Vec<String> {
    let told = report.warnings.iter().map(|warning| match warning.message.args.get("why") {
        Some(Arg::Text(why)) => format!("{} {why}", warning.message.id),
        _ => warning.message.id.clone(),
    });
    told.collect()
}

#[test]
fn a_newer_key_is_trusted_by_a_whole_row_of_statements_alone() {
    for case in cases() {
        let signers = Some(AllowedSigners::parse(&case.list).unwrap());
        let report = check(&case.day.paths(), &VerifyOptions { signers, ..options() });
        assert_eq!(
            (report.integrity, report.provenance),
            (Integrity::Valid, case.provenance),
            "{}",
            case.name
        );
        assert_eq!(warnings(&report), case.warnings, "{}", case.name);
    }
}

#[test]
fn an_excerpt_is_trusted_as_the_whole_archive_is() {
    for case in cases() {
        let folder = tempfile::tempdir().unwrap();
        let excerpt = case.excerpt(folder.path());
        let signers = Some(AllowedSigners::parse(&case.list).unwrap());
        let report = check(&[excerpt], &VerifyOptions { signers, ..options() });
        assert_eq!(
            (report.integrity, report.provenance),
            (Integrity::Valid, case.provenance),
            "{}",
            case.name
        );
        assert_eq!(warnings(&report), case.warnings, "{}", case.name);
    }
}

#[test]
fn no_statement_of_a_revoked_key_counts_nor_one_behind_it() {
    let keys = Keys::new();
    let day = keys.day(&[keys.names(0, 1), keys.names(1, 2)]);
    let judged = |revoked: usize| {
        let mut signers = AllowedSigners::parse(&keys.line(0, "")).unwrap();
        signers.revoke(keys.public(revoked).as_bytes()).unwrap();
        check(&day.paths(), &VerifyOptions { signers: Some(signers), ..options() })
    };
    assert_eq!(judged(3).provenance, Provenance::KnownKey);
    for revoked in [0, 1] {
        let report = judged(revoked);
        assert_eq!(report.provenance, Provenance::UntrustedKey, "key {revoked}");
        assert_eq!(warnings(&report)[0], "archive-warning-rotation-broken revoked", "key {revoked}");
    }
    assert_eq!(warnings(&judged(2)), ["archive-warning-signer-untrusted revoked"]);
}
