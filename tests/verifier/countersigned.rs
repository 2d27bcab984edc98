//! Countersignatures beside part 00, made by OpenSSH itself: the page checks every kind that the program does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use invigil::archive::verify::VerifyOptions;
use invigil::signing::AllowedSigners;
use serde_json::Value;

use crate::browser::{Browser, files_in};
use crate::day::*;

/// A new key of this kind; gives its file, and the public key's line beside it.
fn made(folder: &Path, name: &str, kind: &[&str]) -> PathBuf {
    let path = folder.join(name);
    let mut command = Command::new("ssh-keygen");
    command.args(["-q", "-N", "", "-C", "", "-t"]).args(kind).arg("-f").arg(&path);
    assert!(command.status().unwrap().success());
    path
}

fn public(key: &Path) -> String {
    fs::read_to_string(key.with_extension("pub")).unwrap().trim().to_owned()
}

/// Signs part 00's tag manifest as `role`, for a namespace.
fn sign(day: &Archive, role: &str, key: &Path, namespace: &str) {
    let signed =
        files_of(&day.part(0)).into_iter().find(|(name, _)| name.ends_with("/tagmanifest-sha256.txt"));
    let message = key.with_extension("message");
    fs::write(&message, signed.unwrap().1).unwrap();
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "sign", "-n", namespace, "-f"]).arg(key).arg(&message);
    assert!(command.stderr(Stdio::null()).status().unwrap().success());
    let signature = format!("{}.sig", message.display());
    fs::copy(&signature, beside(day, role)).unwrap();
    fs::remove_file(signature).unwrap();
}

fn beside(day: &Archive, role: &str) -> PathBuf {
    day.folder.path().join(format!("{}-00.{role}.sshsig", crate::day::day()))
}

/// Holds what the page says of the countersignatures to what the program says.
fn compare(browser: &mut Browser, name: &str, day: &Archive, list: &Path) -> Value {
    let text = fs::read_to_string(list).unwrap();
    let signers = Some(AllowedSigners::parse(&text).unwrap());
    let program = serde_json::to_value(check(&day.paths(), &VerifyOptions { signers, ..options() })).unwrap();
    let page = browser.verification(&files_in(day.folder.path()), Some(list), "")["report"].clone();
    for key in ["integrity", "provenance", "countersignatures", "faults", "warnings"] {
        assert_eq!(page[key], program[key], "{name}: {key}, the page's first");
    }
    page
}

#[test]
fn countersignatures_of_every_kind_are_judged_alike() {
    let keys = tempfile::tempdir().unwrap();
    let made = |name: &str, kind: &[&str]| made(keys.path(), name, kind);
    let kinds: [(&str, &[&str]); 4] = [
        ("ed25519", &["ed25519"]),
        ("p256", &["ecdsa", "-b", "256"]),
        ("p384", &["ecdsa", "-b", "384"]),
        ("rsa", &["rsa", "-b", "2048"]),
    ];
    let kinds = kinds.map(|(name, kind)| (name, made(name, kind)));
    let head = &kinds[0].1;
    let (mut browser, list) = (Browser::new(), keys.path().join("list"));
    for (name, member) in &kinds[1..] {
        let day = seal_day(None);
        sign(&day, "head", head, "invigil-archive");
        sign(&day, "member", member, "invigil-archive");
        let station = day.key.public();
        let known = format!(
            "station@77-0101 {station}\nhead@77-* {}\nmember@77-0101 {}\n",
            public(head),
            public(member)
        );
        fs::write(&list, &known).unwrap();
        let page = compare(&mut browser, name, &day, &list);
        assert_eq!(
            (&page["integrity"], &page["provenance"]),
            (&"VALID".into(), &"KNOWN_KEY".into()),
            "{name}"
        );
        assert_eq!(page["countersignatures"][1]["signed"], "trusted", "{name}: {page}");

        // The list says what a key may sign as.
        fs::write(&list, known.replace("member@77-0101", "member@78-0101")).unwrap();
        assert_eq!(compare(&mut browser, "another point", &day, &list)["provenance"], "UNTRUSTED_KEY");
        fs::write(&list, &known).unwrap();
        sign(&day, "member", head, "invigil-archive");
        assert_eq!(compare(&mut browser, "one key in two roles", &day, &list)["provenance"], "UNTRUSTED_KEY");
        sign(&day, "member", member, "file");
        assert_eq!(compare(&mut browser, "another purpose", &day, &list)["integrity"], "TAMPERED");
        let other = seal_day(None);
        sign(&other, "member", member, "invigil-archive");
        fs::copy(beside(&other, "member"), beside(&day, "member")).unwrap();
        assert_eq!(compare(&mut browser, "of another archive", &day, &list)["integrity"], "TAMPERED");
        let path = beside(&day, "member");
        flip(&path, 120, 0);
        assert_eq!(compare(&mut browser, "a flipped bit", &day, &list)["integrity"], "TAMPERED");
        fs::rename(&path, path.with_extension("p7s")).unwrap();
        assert_eq!(compare(&mut browser, "a national one", &day, &list)["integrity"], "VALID");
    }
}
