//! What is said of the signatures beside part 00.

use std::fs;
use std::path::PathBuf;

use invigil::archive::verify::VerifyOptions;
use invigil::archive::{
    COUNTERSIGNATURE_FORMAT, CountersignatureName, CountersignatureNote, Integrity, Provenance, Report,
    Signed, write_countersignature,
};
use invigil::signing::{AllowedSigners, DeviceKey, Digest, NAMESPACE, SignerRole, SshSignature};

use crate::day::*;

const ROLES: [SignerRole; 2] = SignerRole::COUNTERSIGNERS;

fn file(archive: &Archive, role: SignerRole, national: bool) -> PathBuf {
    archive.folder.path().join(CountersignatureName { day: day(), role, national }.to_string())
}

/// What a countersignature is over.
fn signed_bytes(archive: &Archive) -> Vec<u8> {
    let files = files_of(&archive.part(0));
    files.into_iter().find(|(name, _)| name.ends_with("/tagmanifest-sha256.txt")).unwrap().1
}

fn sign(archive: &Archive, role: SignerRole, key: &DeviceKey) {
    let signature = SshSignature::make(NAMESPACE, &signed_bytes(archive), key);
    fs::write(file(archive, role, false), signature.to_string()).unwrap();
}

/// A list with the station and these, each with its options.
fn listing(archive: &Archive, others: &[(&str, &DeviceKey)]) -> AllowedSigners {
    let mut list = format!("station@77-0101 {}\n", archive.key.public());
    others.iter().for_each(|(who, key)| list += &format!("{who} {}\n", key.public()));
    AllowedSigners::parse(&list).unwrap()
}

fn with(archive: &Archive, signers: AllowedSigners) -> Report {
    check(&archive.paths(), &VerifyOptions { signers: Some(signers), ..options() })
}

fn faults(report: &Report) -> Vec<&str> {
    report.faults.iter().map(|fault| fault.message.id.as_str()).collect()
}

fn warnings(report: &Report) -> Vec<&str> {
    report.warnings.iter().map(|warning| warning.message.id.as_str()).collect()
}

fn states(report: &Report) -> Vec<Signed> {
    report.countersignatures.iter().map(|found| found.signed).collect()
}

#[test]
fn two_countersignatures_by_known_keys_are_trusted() {
    let archive = seal_day(None);
    let (head, member) = (new_key(), new_key());
    sign(&archive, SignerRole::Head, &head);
    sign(&archive, SignerRole::Member, &member);
    let unchecked = archive.verify();
    assert_eq!((unchecked.exit_code(), unchecked.provenance), (0, Provenance::Unchecked));
    assert_eq!(states(&unchecked), [Signed::Unchecked; 2]);

    let list = listing(&archive, &[("head@77-0101", &head), ("member@77-*", &member)]);
    let report = with(&archive, list);
    assert_eq!((faults(&report), warnings(&report)), (vec![], vec![]));
    assert_eq!((report.exit_code(), report.provenance), (0, Provenance::KnownKey));
    assert_eq!(states(&report), [Signed::Trusted; 2]);
    assert_eq!(report.countersignatures[0].key, Some(head.public().fingerprint()));

    // The role that the list gives is the one that counts, not the one that the file's name claims.
    let swapped = listing(&archive, &[("member@77-0101", &head), ("head@77-0101", &member)]);
    let report = with(&archive, swapped);
    assert_eq!((report.integrity, report.exit_code()), (Integrity::Valid, 3));
    assert_eq!(states(&report), [Signed::Untrusted; 2]);
}

#[test]
fn a_changed_or_foreign_countersignature_is_none() {
    let archive = seal_day(None);
    let head = new_key();
    sign(&archive, SignerRole::Head, &head);
    let path = file(&archive, SignerRole::Head, false);
    let good = fs::read(&path).unwrap();
    for at in (0..good.len()).step_by(5) {
        let mut changed = good.clone();
        changed[at] ^= 1 << (at % 8);
        fs::write(&path, &changed).unwrap();
        let report = archive.verify();
        // A changed name of the kind of key is a kind that is not known here.
        assert_ne!(report.integrity, Integrity::Valid, "byte {at}");
        assert!(matches!(states(&report)[..], [Signed::Wrong | Signed::NotCheckedHere]), "byte {at}");
    }
    let other = seal_day(None);
    sign(&other, SignerRole::Head, &head);
    fs::copy(file(&other, SignerRole::Head, false), &path).unwrap();
    let report = archive.verify();
    assert_eq!(
        (report.integrity, faults(&report)),
        (Integrity::Tampered, vec!["archive-countersignature-wrong"])
    );
    let foreign = SshSignature::make("file", &signed_bytes(&archive), &head);
    fs::write(&path, foreign.to_string()).unwrap();
    let report = archive.verify();
    assert_eq!(faults(&report), ["archive-countersignature-namespace"]);
    assert_eq!(report.integrity, Integrity::Tampered);
}

#[test]
fn a_key_counts_only_while_and_as_the_list_says() {
    let archive = seal_day(None);
    let head = new_key();
    sign(&archive, SignerRole::Head, &head);
    for (line, why) in [
        ("head@77-0101 valid-before=\"20260529Z\"", "expired"),
        ("head@77-0101 valid-after=\"20260601Z\"", "not-yet-valid"),
        ("head@77-0101 namespaces=\"file\"", "other-namespace"),
        ("head@77-0102", "other-principal"),
    ] {
        let report = with(&archive, listing(&archive, &[(line, &head)]));
        assert_eq!((report.exit_code(), states(&report)), (3, vec![Signed::Untrusted]), "{line}");
        assert_eq!(warnings(&report), ["archive-warning-signer-untrusted"], "{line}");
        assert_eq!(report.warnings[0].message.args["why"], why.into());
    }
    let report = with(&archive, listing(&archive, &[]));
    assert_eq!(report.warnings[0].message.args["why"], "not-listed".into());

    for (key, whose) in [(&head, SignerRole::Head), (&*archive.key, SignerRole::Station)] {
        let mut signers = listing(&archive, &[("head@77-0101", &head)]);
        signers.revoke(format!("{}\n", key.public()).as_bytes()).unwrap();
        let report = with(&archive, signers);
        assert_eq!((report.integrity, report.exit_code()), (Integrity::Valid, 3), "{whose}");
        assert_eq!(report.warnings[0].message.args["why"], "revoked".into());
    }
}

#[test]
fn one_key_in_two_roles_is_one_signature() {
    let archive = seal_day(None);
    let head = new_key();
    ROLES.iter().for_each(|role| sign(&archive, *role, &head));
    let report = archive.verify();
    assert_eq!((report.exit_code(), states(&report)), (3, vec![Signed::Unchecked, Signed::Untrusted]));
    assert_eq!(warnings(&report), ["archive-warning-two-roles"]);

    let archive = seal_day(None);
    sign(&archive, SignerRole::Head, &archive.key);
    let report = with(&archive, listing(&archive, &[("head@77-0101", &archive.key)]));
    assert_eq!((report.exit_code(), states(&report)), (3, vec![Signed::Untrusted]));
}

#[test]
fn what_the_journal_asks_for_is_missed() {
    let archive = seal_day_due(&ROLES);
    sign(&archive, SignerRole::Member, &new_key());
    let report = archive.verify();
    assert_eq!((report.integrity, report.exit_code()), (Integrity::Incomplete, 1));
    assert_eq!(faults(&report), ["archive-countersignature-missing"]);
    assert!(report.faults[0].place.record.is_some());
    sign(&archive, SignerRole::Head, &new_key());
    assert_eq!(archive.verify().integrity, Integrity::Valid);
    // A national signature does for it: somebody has to look at it with another program.
    fs::rename(file(&archive, SignerRole::Head, false), file(&archive, SignerRole::Head, true)).unwrap();
    let report = archive.verify();
    assert_eq!((report.integrity, warnings(&report)), (Integrity::Valid, vec!["archive-warning-national"]));
    assert_eq!(states(&report), [Signed::NotCheckedHere, Signed::Unchecked]);
}

#[test]
fn what_the_station_saw_can_t_be_taken_away_or_replaced() {
    let archive = seal_day(None);
    let head = new_key();
    sign(&archive, SignerRole::Head, &head);
    let path = file(&archive, SignerRole::Head, false);
    let note = CountersignatureNote {
        format: COUNTERSIGNATURE_FORMAT,
        day: day(),
        role: SignerRole::Head,
        key: head.public().fingerprint(),
        sha256: Digest::of(&fs::read(&path).unwrap()),
        at_ms: START_MS,
    };
    write_countersignature(archive.folder.path(), 2, &note, &info(), &archive.key).unwrap();
    let report = archive.verify();
    assert_eq!((faults(&report), states(&report)), (vec![], vec![Signed::Unchecked]));
    sign(&archive, SignerRole::Head, &new_key());
    let report = archive.verify();
    assert_eq!(
        (report.integrity, faults(&report)),
        (Integrity::Tampered, vec!["archive-countersignature-other"])
    );
    fs::remove_file(&path).unwrap();
    let report = archive.verify();
    assert_eq!(
        (report.integrity, faults(&report)),
        (Integrity::Incomplete, vec!["archive-countersignature-missing"])
    );
}

#[test]
fn lines_that_count_for_nobody_are_told() {
    let archive = seal_day(None);
    let list = format!("station {0}\n* cert-authority {0}\n", archive.key.public());
    let report = with(&archive, AllowedSigners::parse(&list).unwrap());
    assert_eq!((report.exit_code(), warnings(&report)), (0, vec!["archive-warning-signers-line"]));
}

#[test]
fn a_countersignature_alone_or_of_another_day_is_not_judged() {
    let archive = seal_day(None);
    sign(&archive, SignerRole::Head, &new_key());
    let path = file(&archive, SignerRole::Head, false);
    let report = check(&[archive.part(1), path.clone()], &options());
    assert_eq!((report.exit_code(), states(&report)), (1, vec![Signed::NotCheckedHere]));
    let other = path.with_file_name("77-0101-2026-05-30-main-00.head.sshsig");
    fs::rename(&path, other).unwrap();
    let report = archive.verify();
    assert_eq!((report.integrity, faults(&report)), (Integrity::CannotVerify, vec!["archive-other-day"]));
}
