//! `invigil keys show`: its forms are read by the tools that they are for.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use invigil::signing::DeviceKey;
use ring::rand::SystemRandom;

fn keys_show(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_invigil"));
    command.args(["keys", "show", "--lang", "en", "--data"]).arg(data).args(arguments).output().unwrap()
}

/// What a program prints, once it has ended well.
fn printed(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn openssh_and_openssl_read_what_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let key = DeviceKey::create(&DeviceKey::path_in(data), &SystemRandom::new()).unwrap();
    let output = keys_show(data, &["--json"]);
    assert!(output.status.success());
    let forms: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let form = |name: &str| forms[name].as_str().unwrap();
    fs::write(data.join("key.pub"), form("openssh")).unwrap();
    fs::write(data.join("key.pem"), form("pem")).unwrap();

    let list = printed("ssh-keygen", &["-l", "-f", "key.pub"], data);
    assert!(list.contains(form("fingerprint")) && list.ends_with("(ED25519)\n"), "{list}");
    let text = printed("openssl", &["pkey", "-pubin", "-in", "key.pem", "-noout", "-text"], data);
    let digits = text.lines().filter(|line| line.starts_with("    ")).flat_map(|line| line.trim().split(':'));
    let bytes: Vec<u8> =
        digits.filter(|pair| !pair.is_empty()).map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect();
    assert_eq!(bytes, key.public().0);

    let shown = String::from_utf8(keys_show(data, &[]).stdout).unwrap();
    for name in ["fingerprint", "openssh", "pem"] {
        assert!(shown.contains(form(name).trim_end()), "{shown}");
    }
}

#[test]
fn a_missing_and_a_damaged_key_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = DeviceKey::path_in(folder.path());
    let missing = keys_show(folder.path(), &[]);
    assert_eq!(missing.status.code(), Some(35));
    assert!(missing.stdout.is_empty());
    assert!(String::from_utf8(missing.stderr).unwrap().contains("is not there"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "no key").unwrap();
    let damaged = keys_show(folder.path(), &[]);
    assert_eq!(damaged.status.code(), Some(35));
    assert!(String::from_utf8(damaged.stderr).unwrap().contains("is damaged"));
}
