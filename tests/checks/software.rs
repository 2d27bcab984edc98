//! dpkg's real list, and a program that is started under a forbidden name.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};

use crate::place::Place;

/// Ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn check(rules: &str) -> (String, String, String) {
    let said = Place::new(&format!("[checks.software]\n{rules}")).check(&[], "software", &[]);
    (said.outcome, said.finding, said.text)
}

#[test]
fn the_packages_of_this_computer_are_held_to_the_standard_set() {
    let (outcome, finding, _) =
        check("forbidden = [\"anydesk*\"]\nrequired = [{ name = \"dpkg\", min_version = \"1.2\" }]");
    assert_eq!((outcome.as_str(), finding.as_str()), ("passed", "checks-software-told"));
    let (outcome, finding, text) = check("forbidden = [\"COREUT*\"]");
    assert_eq!((outcome.as_str(), finding.as_str()), ("failed", "checks-software-forbidden"));
    assert!(text.contains("coreutils"), "{text}");
    assert_eq!(check("required = [{ name = \"dpkg\", max_version = \"0.9\" }]").1, "checks-software-version");
    assert_eq!(check("required = [{ name = \"no-such-package\" }]").1, "checks-software-missing");
    let (outcome, finding, _) = check("approved = [\"dpkg\"]");
    assert_eq!((outcome.as_str(), finding.as_str()), ("failed", "checks-software-unapproved"));
}

#[test]
fn the_list_of_what_is_installed_is_a_list_of_what_is_approved() {
    let folder = tempfile::tempdir().unwrap();
    let list =
        Command::new(env!("CARGO_BIN_EXE_invigil")).args(["check", "--list-software"]).output().unwrap();
    let file = folder.path().join("standard.txt");
    fs::write(&file, &list.stdout).unwrap();
    // Processes of other tests run from folders that anybody can write to.
    let rules =
        format!("approved = [\"*invigil*\", \"forbidden-game\", \"checks-*\"]\napproved_file = {file:?}");
    let (_, finding, text) = check(&rules);
    assert_ne!(finding, "checks-software-unapproved", "{text}");
    let less: String = String::from_utf8(list.stdout)
        .unwrap()
        .lines()
        .filter(|l| *l != "dpkg")
        .map(|l| format!("{l}\n"))
        .collect();
    fs::write(&file, less).unwrap();
    let (outcome, finding, text) = check(&rules);
    assert_eq!((outcome.as_str(), finding.as_str()), ("failed", "checks-software-unapproved"));
    assert!(text.contains("1 programs") && text.contains("dpkg"), "{text}");
    fs::remove_file(&file).unwrap();
    assert_eq!(check(&rules).0, "unknown");
}

#[test]
fn a_forbidden_program_is_seen_while_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("forbidden-game");
    fs::copy("/bin/sleep", &program).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let rules = "forbidden = [\"forbidden-game\"]";
    assert_eq!(check(rules).0, "passed");
    let running = Running(Command::new(&program).arg("600").stdin(Stdio::null()).spawn().unwrap());
    let (outcome, finding, _) = check(rules);
    assert_eq!((outcome.as_str(), finding.as_str()), ("failed", "checks-software-running"));
    drop(running);
    assert_eq!(check(rules).0, "passed");
}
