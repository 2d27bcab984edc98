//! Copies made while the day is recorded, and on media that fill up or vanish.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::Arc;

use invigil::archive::{Integrity, closing_act};
use invigil::camera;
use invigil::day::{Handover, Stage};
use invigil::point::BackupRules;
use invigil::signing::SignerRole;
use invigil::station::Station;
use invigil::station::client::Dialogue;
use invigil::station::protocol::{Command, CopyLive, CopyState, Passphrase, View};

use crate::killed::{Running, dial, launch};
use crate::point::*;

/// A station whose parts close every few seconds, recording.
fn recording_small_parts(data: &Path) -> (Station, Dialogue) {
    let mut profile = profile();
    profile.recording.part_max_bytes = 300_000;
    let station = start_with(data, profile, TestClock::new(), Arc::new(camera::open));
    let client = recording(&station);
    (station, client)
}

fn copy_to(client: &mut Dialogue, target: &Path) -> PathBuf {
    client.ask(Command::CopyTo { target: target.display().to_string() }).unwrap();
    let day = client.view().unwrap().day.as_ref().unwrap().id.clone();
    target.join(day.as_str())
}

/// Waits until the copy there is so.
fn copy_is(client: &mut Dialogue, folder: &Path, so: impl Fn(&CopyLive) -> bool) -> CopyLive {
    let ours = |view: &View| {
        let here = |copy: &&CopyLive| Path::new(&copy.target) == folder;
        view.live.copies.iter().find(here).filter(|copy| so(copy)).cloned()
    };
    let view = client.wait_for(PATIENCE, |view| ours(view).is_some()).unwrap();
    ours(view).unwrap()
}

#[test]
fn parts_are_copied_while_recording_goes_on_and_the_rest_after_the_seal() {
    let folder = tempfile::tempdir().unwrap();
    let (station, mut client) = recording_small_parts(folder.path());
    let copy = copy_to(&mut client, &folder.path().join("stick"));
    copy_is(&mut client, &copy, |copy| copy.files >= 2);
    let day = client.view().unwrap().day.clone().unwrap();
    assert_eq!(day.stage, Stage::Recording);
    let refused = client.ask(Command::CopyTo { target: folder.path().join("stick").display().to_string() });
    assert!(refused.unwrap_err().to_string().contains("refused-copy-runs"));

    stop_and_seal(&mut client);
    let copied = copy_is(&mut client, &copy, |copy| copy.state == CopyState::Verified);
    assert_eq!(copied.files as usize, fs::read_dir(&copy).unwrap().count());
    let report = verified(&copy);
    assert_eq!(report.integrity, Integrity::Valid, "{report:#?}");
    let day = client.view().unwrap().day.clone().unwrap();
    let parts = &day.copies[&copy.display().to_string()];
    assert!(parts.len() >= 2, "{parts:?}");
    end(station);
}

#[test]
fn an_interrupted_copy_is_taken_up_by_the_next_station() {
    let folder = tempfile::tempdir().unwrap();
    let (station, mut client) = recording_small_parts(folder.path());
    let copy = copy_to(&mut client, &folder.path().join("stick"));
    copy_is(&mut client, &copy, |copy| copy.files >= 1);
    drop(client);
    end(station);

    // It goes on by itself, before anybody signs in.
    let station = start(folder.path());
    let mut client = connect(&station);
    copy_is(&mut client, &copy, |copy| copy.files >= 1 && copy.runs());
    sign_in(&mut client);
    explain_outages(&mut client);
    stop(&mut client);
    explain_outages(&mut client);
    seal(&mut client);
    copy_is(&mut client, &copy, |copy| copy.state == CopyState::Verified);
    assert_eq!(verified(&copy).integrity, Integrity::Valid);
    let handover = client.view().unwrap().handover.clone().unwrap();
    assert_eq!((handover.copies.len(), handover.media()), (1, 0), "the recorder's own disk is no medium");
    end(station);

    // What is whole is not begun again.
    let station = start(folder.path());
    let mut client = connect(&station);
    client.wait_for(PATIENCE, |view| view.live.disk.is_some()).unwrap();
    assert!(client.view().unwrap().live.copies.is_empty());
    end(station);
}

#[test]
fn a_countersignature_follows_the_copies_whose_media_are_in() {
    let folder = tempfile::tempdir().unwrap();
    let (station, mut client) = recording_small_parts(&folder.path().join("data"));
    let [here, away] = ["here", "away"].map(|name| folder.path().join(name));
    let [here, away] = [here, away].map(|medium| copy_to(&mut client, &medium));
    stop_and_seal(&mut client);
    for copy in [&here, &away] {
        copy_is(&mut client, copy, |copy| copy.state == CopyState::Verified);
    }
    let whole = fs::read_dir(&here).unwrap().count();
    let out = away.with_extension("pulled");
    fs::rename(&away, &out).unwrap();

    let key = folder.path().join("head-key");
    let made = Process::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    assert!(made.expect("ssh-keygen is installed").success());
    let file = key.display().to_string();
    let passphrase = Passphrase(String::new());
    client.ask(Command::Countersign { role: SignerRole::Head, file, passphrase }).unwrap();
    // The signature, and the station's note of it.
    let signed = |copy: &CopyLive| copy.state == CopyState::Verified && copy.files as usize == whole + 2;
    copy_is(&mut client, &here, signed);
    assert_eq!(fs::read_dir(&here).unwrap().count(), whole + 2);
    assert_eq!(verified(&here).countersignatures.len(), 1);
    let behind = away.display().to_string();
    client.wait_for(PATIENCE, |view| view.live.copies_behind == [behind.clone()]).unwrap();
    assert!(!away.exists(), "nothing is made where its medium is not");
    drop(client);
    end(station);

    // The next station finds the medium in again.
    fs::rename(&out, &away).unwrap();
    let station = start(&folder.path().join("data"));
    let mut client = connect(&station);
    copy_is(&mut client, &away, signed);
    client.wait_for(PATIENCE, |view| view.live.copies_behind.is_empty()).unwrap();
    assert_eq!(verified(&away).integrity, Integrity::Valid);
    end(station);
}

#[test]
fn the_closing_act_names_the_parts_that_were_copied_by_then() {
    let folder = tempfile::tempdir().unwrap();
    let (station, mut client) = recording_small_parts(folder.path());
    let copy = copy_to(&mut client, &folder.path().join("stick"));
    copy_is(&mut client, &copy, |copy| copy.files >= 2);
    stop_and_seal(&mut client);
    let archive = PathBuf::from(client.view().unwrap().live.archive_folder.clone());
    let id = client.view().unwrap().day.as_ref().unwrap().id.clone();
    let act = closing_act(&archive.join(format!("{id}-after-1.zip"))).unwrap();
    let [told] = act.copies.as_slice() else { panic!("{:?}", act.copies) };
    assert_eq!(Path::new(&told.target), copy);
    assert!(told.files.len() >= 2 && told.verified_at_ms > 0, "{told:?}");
    assert!(told.files.iter().all(|file| act.parts.iter().any(|part| part.file == *file)), "{told:?}");
    assert!(act.text().contains(&format!("copy {}: {}", told.target, told.files.join(" "))));
    assert_eq!(verified(&archive).integrity, Integrity::Valid);
    end(station);
}

/// Runs itself again in a mount namespace of its own, with media in memory.
#[test]
fn two_media_are_asked_for_and_a_bad_one_harms_nothing() {
    const INNER: &str = "INVIGIL_TEST_MEDIA";
    if let Some(folder) = std::env::var_os(INNER) {
        return with_media(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    for medium in ["one", "two", "small", "pulled"] {
        fs::create_dir(folder.path().join(medium)).unwrap();
    }
    let mut again = Process::new("unshare");
    again.args(["--map-root-user", "--mount", "sh", "-c"]);
    again.arg(
        "cd \"$0\" && for m in one two pulled; do mount -t tmpfs -o size=64m tmpfs $m || exit; done
         mount -t tmpfs -o size=64k tmpfs small && exec \"$@\"",
    );
    again.arg(folder.path()).arg(std::env::current_exe().unwrap()).args(["--exact", "--nocapture"]);
    again.arg("copies::two_media_are_asked_for_and_a_bad_one_harms_nothing");
    let output = again.env(INNER, folder.path()).output().expect("unshare is installed");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn with_media(folder: &Path) {
    let (station, mut client) = recording_small_parts(&folder.join("data"));
    let [one, two, small, pulled] =
        ["one", "two", "small", "pulled"].map(|medium| copy_to(&mut client, &folder.join(medium)));
    let failed = |copy: &CopyLive| matches!(copy.state, CopyState::Failed(_));
    let cause = |copy: CopyLive| match copy.state {
        CopyState::Failed(cause) => cause.id,
        other => format!("{other:?}"),
    };
    let full = copy_is(&mut client, &small, failed);
    assert_eq!(cause(full), "archive-disk-full");

    copy_is(&mut client, &pulled, |copy| copy.files >= 1);
    assert!(Process::new("umount").arg("--lazy").arg(folder.join("pulled")).status().unwrap().success());
    let gone = copy_is(&mut client, &pulled, failed);
    assert_eq!(cause(gone), "archive-copy-gone");
    assert_eq!(fs::read_dir(folder.join("pulled")).unwrap().count(), 0, "nothing was written below it");

    stop_and_seal(&mut client);
    copy_is(&mut client, &one, |copy| copy.state == CopyState::Verified);
    copy_is(&mut client, &two, |copy| copy.state == CopyState::Verified);
    for copy in [&one, &two] {
        assert_eq!(verified(copy).integrity, Integrity::Valid);
    }
    assert_eq!(client.view().unwrap().handover.as_ref().map(Handover::media), Some(2));
    client.ask(Command::HandOver { reason: String::new() }).unwrap();
    let handed_over = |view: &View| view.handover.as_ref().is_some_and(|copies| copies.handed_over.is_some());
    client.wait_for(PATIENCE, handed_over).unwrap();
    end(station);
}

#[test]
fn one_medium_alone_is_handed_over_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = recording(&station);
    wait_for_frames(&mut client, 20);
    let hand_over = |reason: &str| Command::HandOver { reason: reason.into() };
    let refused = client.ask(hand_over("so")).unwrap_err();
    assert!(refused.to_string().contains("refused-not-sealed"), "{refused}");
    stop_and_seal(&mut client);
    let refused = client.ask(hand_over(" ")).unwrap_err();
    assert!(refused.to_string().contains("refused-handover-reason"), "{refused}");
    client.ask(hand_over("флешка одна")).unwrap();
    drop(client);
    end(station);

    // The point's journal tells the next station.
    let station = start(folder.path());
    let mut client = connect(&station);
    let handover = client.view().unwrap().handover.clone().unwrap();
    assert_eq!(handover.handed_over.unwrap().reason, "флешка одна");
    end(station);
}

#[test]
fn with_recipients_every_copy_is_encrypted_and_opens_to_the_same_parts() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("centre");
    assert!(
        Process::new("age-keygen").arg("-o").arg(&key).output().expect("age is installed").status.success()
    );
    let text = fs::read_to_string(&key).unwrap();
    let recipient = text.lines().find_map(|line| line.strip_prefix("# public key: ")).unwrap();
    let mut profile = profile();
    profile.recording.part_max_bytes = 300_000;
    profile.archive.recipients = vec![recipient.parse().unwrap()];
    let station = start_with(&folder.path().join("data"), profile, TestClock::new(), Arc::new(camera::open));
    let mut client = recording(&station);
    assert!(client.view().unwrap().point.confidential);
    let copy = copy_to(&mut client, &folder.path().join("stick"));
    copy_is(&mut client, &copy, |copy| copy.files >= 1);
    stop_and_seal(&mut client);
    let copied = copy_is(&mut client, &copy, |copy| copy.state == CopyState::Verified);
    assert!(copied.encrypted);

    let archive = PathBuf::from(client.view().unwrap().live.archive_folder.clone());
    let opened = folder.path().join("opened");
    fs::create_dir(&opened).unwrap();
    for entry in fs::read_dir(&copy).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(path.extension().and_then(|ending| ending.to_str()), Some("age"), "nothing plain");
        let to = opened.join(path.file_stem().unwrap());
        let mut age = Process::new("age");
        assert!(age.arg("-d").arg("-i").arg(&key).arg("-o").arg(&to).arg(&path).status().unwrap().success());
        assert_eq!(fs::read(&to).unwrap(), fs::read(archive.join(path.file_stem().unwrap())).unwrap());
    }
    let report = verified(&opened);
    assert_eq!(report.integrity, Integrity::Valid, "{report:#?}");
    end(station);
}

#[test]
fn backups_hold_the_last_day_and_all_days_and_a_failed_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (daily, cumulative) = (folder.path().join("daily"), folder.path().join("cumulative"));
    // A file where the folder should be.
    fs::write(&cumulative, b"").unwrap();
    let mut profile = profile();
    profile.cameras[0].delivered = false;
    profile.archive.backup = BackupRules { daily: Some(daily.clone()), cumulative: Some(cumulative.clone()) };
    let former = daily.join("77-0101-2020-05-29-main");
    fs::create_dir_all(&former).unwrap();
    fs::write(former.join("77-0101-2020-05-29-main-00.zip"), b"x").unwrap();

    let station = start_with(&folder.path().join("data"), profile, TestClock::new(), Arc::new(camera::open));
    let mut client = recording(&station);
    wait_for_frames(&mut client, 20);
    stop_and_seal(&mut client);
    let day = client.view().unwrap().day.as_ref().unwrap().id.clone();
    let failed =
        |view: &View| view.handover.as_ref().is_some_and(|copies| copies.backups_failed().count() == 1);
    client.wait_for(PATIENCE, failed).unwrap();
    copy_is(&mut client, &daily.join(day.as_str()), |copy| copy.state == CopyState::Verified);
    assert!(!former.exists(), "the daily backup holds the last day alone");
    let parts = fs::read_dir(daily.join(day.as_str())).unwrap().count();
    assert_eq!(parts, 4, "delivered and kept video, the journal, the closing act");

    fs::remove_file(&cumulative).unwrap();
    client.ask(Command::BackUp).unwrap();
    copy_is(&mut client, &cumulative.join(day.as_str()), |copy| copy.state == CopyState::Verified);
    assert_eq!(verified(&cumulative.join(day.as_str())).integrity, Integrity::Valid);
    let mended =
        |view: &View| view.handover.as_ref().is_some_and(|copies| copies.backups_failed().count() == 0);
    client.wait_for(PATIENCE, mended).unwrap();
    end(station);
}

fn command(data: &Path, arguments: &[&str], folder: &Path) -> Process {
    let mut command = Process::new(env!("CARGO_BIN_EXE_invigil"));
    command.args(["--lang", "en", "--data"]).arg(data).args(arguments);
    if arguments.contains(&"--to") {
        command.arg(folder);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The command's output; it is given the technician's PIN.
fn said(data: &Path, arguments: &[&str], folder: &Path) -> (i32, String) {
    let mut child = command(data, arguments, folder).spawn().unwrap();
    // One that asks for no PIN may have ended before.
    let _ = child.stdin.take().unwrap().write_all(b"2580\n");
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

#[test]
fn a_copy_by_command_outlives_the_command_and_the_station() {
    let folder = tempfile::tempdir().unwrap();
    let (data, stick) = (folder.path().join("data"), folder.path().join("stick"));
    fs::create_dir(&data).unwrap();
    fs::write(data.join("profile.toml"), profile_text()).unwrap();
    let station = launch(&data);
    let mut client = dial(&data);
    begin_day(&mut client);
    record(&mut client);
    wait_for_frames(&mut client, 20);
    let copy = ["copy", "--person", "technician", "--whole", "--to"];
    let mut waiting = Running(command(&data, &copy, &stick).spawn().unwrap());
    waiting.0.stdin.take().unwrap().write_all(b"2580\n").unwrap();
    let target = stick.join(client.view().unwrap().day.as_ref().unwrap().id.as_str());
    copy_is(&mut client, &target, |copy| copy.state == CopyState::Waiting);
    // Begun is on disk by now: its record is written before the next view.
    let begun = |view: &View| view.handover.as_ref().is_some_and(|copies| copies.copies.len() == 1);
    client.wait_for(PATIENCE, begun).unwrap();
    // SIGKILL for both.
    drop(waiting);
    drop(station);
    drop(client);

    let station = launch(&data);
    let mut client = dial(&data);
    copy_is(&mut client, &target, CopyLive::runs);
    sign_in(&mut client);
    explain_outages(&mut client);
    stop_and_seal(&mut client);
    // Whoever asks for it again is told of the one that runs, or of one that is whole.
    let (code, told) = said(&data, &copy, &stick);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("verified"), "{told}");
    assert_eq!(verified(&target).integrity, Integrity::Valid);

    let (code, told) = said(&data, &["copy", "--json"], &stick);
    assert_eq!(code, 0, "{told}");
    let state: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!((&state["media"], &state["handover"]["copies"][0]["encrypted"]), (&0.into(), &false.into()));
    let over = ["copy", "--person", "technician", "--hand-over"];
    let (code, told) = said(&data, &over, &stick);
    assert_eq!(code, 38, "fewer than two media take a reason: {told}");
    let (code, told) = said(&data, &[&over[..], &["--reason", "одна папка"]].concat(), &stick);
    assert_eq!(code, 0, "{told}");
    client.ask(Command::Shutdown).unwrap();
    drop(station);
}
