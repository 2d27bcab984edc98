//! A sealed key under a real service manager: systemd opens it for the service (`LoadCredentialEncrypted=`), which
//! then needs no way to the computer's own key.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use invigil::signing::DeviceKey;
use ring::rand::SystemRandom;

/// systemd as a user's manager, in a mount namespace of its own so that this computer does not notice; in it
/// a transient service, with the rest of the arguments as systemd-run takes them.
const IN_A_SERVICE: &str = r#"
mount --make-rshared / && mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system /run/user/0 || exit 99
chmod 700 /run/user/0
export XDG_RUNTIME_DIR=/run/user/0
/lib/systemd/systemd --user --log-target=console 2>/run/log & manager=$!
until systemctl --user show-environment >/dev/null 2>&1; do
    kill -0 $manager || { cat /run/log >&2; exit 99; }
    sleep .05
done
code=0
systemd-run --user --quiet --wait --collect --pipe "$@" || code=$?
kill $manager
wait $manager
exit $code
"#;

fn service(properties: &[&str], data: &Path) -> Output {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--propagation", "private", "bash", "-c", IN_A_SERVICE, "bash"]);
    command.args(properties).arg(env!("CARGO_BIN_EXE_invigil")).args(["--lang", "en", "--data"]).arg(data);
    command.args(["keys", "show"]).output().expect("unshare is installed")
}

#[test]
fn a_service_has_its_key_opened_by_systemd() {
    let folder = tempfile::tempdir().unwrap();
    let path = DeviceKey::path_in(folder.path());
    let key = DeviceKey::create(&path, &SystemRandom::new()).unwrap().public().fingerprint();
    let mut seal = Command::new(env!("CARGO_BIN_EXE_invigil"));
    let sealed = seal.arg("--data").arg(folder.path()).args(["keys", "seal"]).output().unwrap();
    if !sealed.status.success() {
        // Only the administrator reaches the computer's own key.
        return assert_eq!(sealed.status.code(), Some(35), "{sealed:?}");
    }
    // The program itself can't find it, nor open what it finds.
    let aside = folder.path().join("sealed");
    fs::rename(&path, &aside).unwrap();
    fs::write(&path, "bm8gc2VhbA==\n").unwrap();
    let credential = format!("LoadCredentialEncrypted=invigil-device-key:{}", aside.display());
    let shown = service(&["-p", &credential], folder.path());
    assert!(shown.status.success() && String::from_utf8_lossy(&shown.stdout).contains(&key), "{shown:?}");
    let alone = service(&[], folder.path());
    assert_eq!(alone.status.code(), Some(35), "{alone:?}");
}
