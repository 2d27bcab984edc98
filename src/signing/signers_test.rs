//! The list of signers, line by line; `ssh-keygen` reads the same list and says the same.

use std::fs;
use std::process::{Command, Stdio};

use ring::rand::SystemRandom;

use super::*;

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM";
/// 2026-05-29T10:00:00Z.
const NOON_MS: i64 = 1_780_048_800_000;

fn key() -> SshKey {
    SshKey::from_openssh_line(KEY).unwrap()
}

fn principal(role: SignerRole) -> Principal {
    Principal { role, place: "77-0101".to_owned() }
}

fn standing(line: &str, role: SignerRole, namespace: &str, at_ms: i64) -> Standing {
    let signers = AllowedSigners::parse(&format!("# known\n\n{line}\n")).unwrap();
    signers.standing(&key(), &principal(role), namespace, at_ms)
}

fn station(options: &str, namespace: &str, at_ms: i64) -> Standing {
    standing(&format!("station,kiosk {options} {KEY} x y"), SignerRole::Station, namespace, at_ms)
}

#[test]
fn a_key_is_trusted_for_its_namespaces_and_time() {
    use Standing::*;
    for (options, expected) in [
        ("", Trusted),
        (r#"namespaces="file,invigil-*""#, Trusted),
        (r#"namespaces="file""#, OtherNamespace),
        (r#"namespaces="*,!invigil-archive""#, OtherNamespace),
        (r#"valid-after="20260529Z",valid-before="202605291001Z""#, Trusted),
        (r#"valid-after="20260529100001Z""#, NotYetValid),
        (r#"valid-before="20260529100000Z""#, Expired),
    ] {
        assert_eq!(station(options, NAMESPACE, NOON_MS), expected, "{options}");
    }
}

#[test]
fn a_key_signs_as_its_line_says_and_where_it_says() {
    use SignerRole::*;
    for (principals, role, expected) in [
        ("head@77-0101", Head, Standing::Trusted),
        ("member@77-*,head@77-*", Member, Standing::Trusted),
        ("\"head@77-0101\"", Head, Standing::Trusted),
        ("*", Member, Standing::Trusted),
        ("*", Station, Standing::Trusted),
        ("school-101", Station, Standing::Trusted),
        ("school-101", Head, Standing::OtherPrincipal),
        ("head@77-0101", Member, Standing::OtherPrincipal),
        ("head@77-0101", Station, Standing::OtherPrincipal),
        ("head@77-0102", Head, Standing::OtherPrincipal),
        ("*,!head@*", Head, Standing::OtherPrincipal),
        ("station@77-0101", Station, Standing::Trusted),
    ] {
        let line = format!("{principals} {KEY}");
        assert_eq!(standing(&line, role, NAMESPACE, NOON_MS), expected, "{principals} {role}");
    }
    let two = format!("head@77-0101 valid-before=\"20260101Z\" {KEY}\nhead@77-0101 {KEY}");
    assert_eq!(standing(&two, Head, NAMESPACE, NOON_MS), Standing::Trusted);
}

#[test]
fn a_revoked_key_is_trusted_by_no_line() {
    let mut signers = AllowedSigners::parse(&format!("* {KEY}")).unwrap();
    let standing =
        |signers: &AllowedSigners| signers.standing(&key(), &principal(SignerRole::Head), NAMESPACE, NOON_MS);
    signers.revoke(b"# nobody\nssh-dss AAAA\n").unwrap();
    assert_eq!(standing(&signers), Standing::Trusted);
    signers.revoke(format!("{KEY} lost on 1 June\n").as_bytes()).unwrap();
    assert_eq!(standing(&signers), Standing::Revoked);
    let bad = |list: &[u8]| AllowedSigners::default().revoke(list).unwrap_err();
    assert_eq!(bad(b"SSHKRL\n\0\0").fault, SignersFault::BinaryList);
    assert_eq!(bad(b"\nhead ssh-ed25519"), BadSigners { line: 2, fault: SignersFault::Malformed });
    assert_eq!(bad(b"\xff").fault, SignersFault::Malformed);
}

#[test]
fn another_key_and_an_authority_are_not_trusted() {
    let signers = AllowedSigners::parse(&format!("* cert-authority {KEY}\na ssh-dss AAAA\n")).unwrap();
    assert_eq!(signers.unsupported, [(1, "cert-authority".to_owned()), (2, "ssh-dss".to_owned())]);
    assert!(signers.is_empty());
    let at = principal(SignerRole::Station);
    assert_eq!(signers.standing(&key(), &at, NAMESPACE, NOON_MS), Standing::NotListed);
    let signers = AllowedSigners::parse(&format!("\"head of point\" {KEY}")).unwrap();
    let other = PublicKey([0; 32]).into();
    assert_eq!(signers.standing(&other, &at, NAMESPACE, NOON_MS), Standing::NotListed);
}

#[test]
fn a_wrong_line_is_named() {
    let fault = |line: &str| AllowedSigners::parse(&format!("#\n{line}")).unwrap_err();
    for line in ["station", "station ssh-ed25519", "station ssh-ed25519 ????", &format!("\"a {KEY}")] {
        assert_eq!(fault(line), BadSigners { line: 2, fault: SignersFault::Malformed }, "{line}");
    }
    assert!(matches!(fault(&format!("a touch {KEY}")).fault, SignersFault::UnknownOption(o) if o == "touch"));
    for time in ["20260529", "20261329Z", "2026Z", "+0260529Z"] {
        let line = format!("a valid-after=\"{time}\" {KEY}");
        assert!(matches!(fault(&line).fault, SignersFault::BadTime(t) if t == time));
    }
}

#[test]
fn patterns_match_as_in_openssh() {
    for (pattern, text, expected) in
        [("*", "x", true), ("a*c", "abbc", true), ("a?c", "ac", false), ("*b*d", "abcbd", true)]
    {
        let trusted = station(&format!("namespaces=\"{pattern}\""), text, NOON_MS) == Standing::Trusted;
        assert_eq!(trusted, expected, "{pattern} {text}");
    }
}

#[test]
fn ssh_keygen_trusts_the_same_principals_and_revokes_the_same_keys() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let device = DeviceKey::create(&path("key"), &SystemRandom::new()).unwrap();
    let line = device.public().to_string();
    fs::write(path("sig"), SshSignature::make(NAMESPACE, b"part 00", &device).to_string()).unwrap();
    fs::write(path("message"), "part 00").unwrap();
    fs::write(path("revoked"), format!("{line} stolen\n")).unwrap();
    fs::write(path("nobody"), format!("{KEY}\n")).unwrap();
    for (principals, role, revoked, expected) in [
        ("head@77-0101", SignerRole::Head, "nobody", true),
        ("head@77-*,station@77-0101", SignerRole::Head, "nobody", true),
        ("head@77-*,!head@77-0101", SignerRole::Head, "nobody", false),
        ("head@77-0101", SignerRole::Member, "nobody", false),
        ("head@77-0101", SignerRole::Head, "revoked", false),
    ] {
        let list = format!("{principals} namespaces=\"invigil-*\" {line}\n");
        fs::write(path("signers"), &list).unwrap();
        let who = principal(role);
        let theirs = Command::new("ssh-keygen")
            .args([
                "-Y",
                "verify",
                "-f",
                "signers",
                "-I",
                &who.to_string(),
                "-n",
                NAMESPACE,
                "-s",
                "sig",
                "-r",
            ])
            .arg(revoked)
            .current_dir(folder.path())
            .stdin(fs::File::open(path("message")).unwrap())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap()
            .success();
        let mut signers = AllowedSigners::parse(&list).unwrap();
        signers.revoke(&fs::read(path(revoked)).unwrap()).unwrap();
        let standing = signers.standing(&device.public().into(), &who, NAMESPACE, NOON_MS);
        assert_eq!((standing == Standing::Trusted, theirs), (expected, expected), "{list}");
    }
}
