//! The station as a process of its own, killed with -9 while it records.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, Stdio};
use std::sync::Arc;

use invigil::archive::Integrity;
use invigil::clock::SystemClock;
use invigil::day::CameraState;
use invigil::station::client::{Dialogue, READY, SocketConnection};
use invigil::station::protocol::{Command, View};

use crate::point::*;

/// Kills its process when the test is over, however it ends.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn launch(data: &Path) -> Running {
    let mut child = Process::new(env!("CARGO_BIN_EXE_invigil"))
        .args(["--lang", "en", "--data"])
        .arg(data)
        .arg("station")
        .env("INVIGIL_LOG", "trace")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let running = Running(child);
    assert_eq!(line.trim(), READY);
    running
}

pub fn dial(data: &Path) -> Dialogue {
    Dialogue::new(Box::new(SocketConnection::open(data).unwrap()), Arc::new(SystemClock::new()))
}

#[test]
fn a_killed_station_goes_on_recording_and_its_day_still_verifies() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("profile.toml"), profile_text()).unwrap();
    let station = launch(folder.path());
    let mut client = dial(folder.path());
    begin_day(&mut client);
    record(&mut client);
    wait_for_frames(&mut client, 60);
    let before = client.view().unwrap().day.clone().unwrap();

    // SIGKILL.
    drop(station);
    assert!(client.ask(Command::SignOut).is_err());
    let station = launch(folder.path());
    let mut client = dial(folder.path());
    let view = client.view().unwrap();
    let day = view.day.clone().unwrap();
    assert_eq!(day.recording().count(), 2, "recording goes on without anybody");
    assert_eq!((day.restarts, day.unlinked), (1, false));
    assert!(day.records > before.records);

    let working = |view: &View| {
        view.day
            .iter()
            .flat_map(|day| day.cameras.values())
            .all(|camera| camera.state == CameraState::Works && camera.gaps == 1)
    };
    client.wait_for(PATIENCE, working).unwrap();
    wait_for_frames(&mut client, 40);
    sign_in(&mut client);
    explain_outages(&mut client);
    stop_and_seal(&mut client);
    let archive = PathBuf::from(client.view().unwrap().live.archive_folder.clone());
    let report = verified(&archive);
    assert_eq!(report.integrity, Integrity::Valid, "{report:#?}");
    assert_eq!(report.restarts, Some(1));
    assert!(!report.warnings.is_empty(), "a restart and its gaps are told");
    // What was finished before the kill is all there.
    let frames: u64 = report.recordings.iter().map(|recording| recording.frames).sum();
    let finished: u64 = before.cameras.values().map(|camera| camera.frames).sum();
    assert!(frames >= finished + 2 * 40, "{frames} of at least {finished} + 80");
    client.ask(Command::Shutdown).unwrap();
    drop(station);
}

#[test]
fn a_second_station_on_the_same_folder_says_so_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let _station = launch(folder.path());
    let second = Process::new(env!("CARGO_BIN_EXE_invigil"))
        .args(["--lang", "en", "--data"])
        .arg(folder.path())
        .arg("station")
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(32));
    assert!(String::from_utf8_lossy(&second.stderr).contains("Another station"), "{second:?}");
}

#[test]
fn a_cameras_password_stays_in_the_profile() {
    const PASSWORD: &str = "Gehe1m-4711";
    let folder = tempfile::tempdir().unwrap();
    // Nobody listens there; the second one carries its password in the path, as some cameras want.
    let cameras = [
        format!("rtsp://operator:{PASSWORD}@127.0.0.1:9/live"),
        format!("rtsp://127.0.0.1:9/user=operator_password={PASSWORD}_channel=1"),
    ];
    let text =
        profile_text().replace("pattern:corridor", &cameras[0]).replace("pattern:entrance", &cameras[1]);
    let profile = folder.path().join("profile.toml");
    std::fs::write(&profile, text).unwrap();
    let station = launch(folder.path());
    let mut client = dial(folder.path());
    begin_day(&mut client);
    record(&mut client);
    let lost = |view: &View| {
        let cameras = view.day.iter().flat_map(|day| day.cameras.values());
        cameras.filter(|camera| matches!(camera.state, CameraState::Lost { .. })).count() == 2
    };
    client.wait_for(PATIENCE, lost).unwrap();
    let view = serde_json::to_string(client.view().unwrap()).unwrap();
    assert!(view.contains("rtsp://127.0.0.1:9/live") && !view.contains(PASSWORD), "{view}");
    stop_and_seal(&mut client);
    drop(station);

    std::fs::remove_file(profile).unwrap();
    let mut folders = vec![folder.path().to_owned()];
    let mut logged = false;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let Ok(bytes) = std::fs::read(&path) else {
                folders.extend(path.is_dir().then_some(path));
                continue;
            };
            let text = String::from_utf8_lossy(&bytes);
            logged |= path.ends_with("log/invigil.log") && text.contains("127.0.0.1:9");
            for secret in [PASSWORD, "operator"] {
                assert!(!text.contains(secret), "{}", path.display());
            }
        }
    }
    assert!(logged, "the log tells which camera is lost");
}
