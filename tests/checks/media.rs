//! A real medium: a file system in a file, mounted as a loop device.

use std::process::Command;

use crate::place::Place;

/// Makes a file system of so many megabytes and mounts it, then runs what follows.
fn within(folder: &str, megabytes: u32, options: &str) -> Vec<String> {
    let prepare = format!(
        "set -e; rm -f {folder}/disk; truncate -s {megabytes}M {folder}/disk; mkfs.ext4 -q -m 0 {folder}/disk; \
         mkdir -p {folder}/at; mount -o loop{options} {folder}/disk {folder}/at; exec \"$@\""
    );
    ["unshare", "-m", "sh", "-c", &prepare, "sh"].map(str::to_owned).to_vec()
}

#[test]
fn a_medium_that_is_full_slow_or_protected_is_noticed() {
    if !rustix::process::getuid().is_root() {
        return eprintln!("skipped: only root mounts a loop device");
    }
    // Whether this computer has loop devices at all.
    assert!(Command::new("losetup").arg("-f").output().unwrap().status.success());
    let check = |rules: &str, megabytes, options: &str| {
        let place = Place::new(&format!("[checks.target_medium]\n{rules}"));
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().to_str().unwrap();
        let before = within(folder, megabytes, options);
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        let said = place.check(&before, "target_medium", &["--target", &format!("{folder}/at")]);
        (said.outcome, said.finding)
    };
    let failed = |finding: &str| ("failed".to_owned(), finding.to_owned());
    // Room for the test file, and not for a day.
    assert_eq!(check("min_kb_per_second = 0", 64, ""), failed("checks-target-short"));
    assert_eq!(check("min_kb_per_second = 1000000", 64, ",sync"), failed("checks-target-slow"));
    assert_eq!(check("", 64, ",ro"), failed("checks-target-unwritable"));
    assert_eq!(check("", 8, ""), failed("checks-target-unwritable"));
}
