//! A disk that reports errors while a station records to it; it runs in the camera VM.
#![cfg(all(feature = "station", target_os = "linux"))]

mod camera_vm;
mod vm_station;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use invigil::archive::Integrity;
use invigil::archive::verify::{VerifyOptions, verify};
use invigil::camera;
use invigil::day::{AlarmKind, Severity, Stage};
use invigil::station::Station;
use invigil::station::client::Dialogue;
use invigil::station::protocol::{Approval, Command as Ask, View, WorkKind};
use vm_station::{PATIENCE, choose_pins, connect, end, pin, profile, record, sign_in};

/// The test runs itself again in the VM, with this naming its folder.
const IN_THE_VM: &str = "INVIGIL_TEST_IN_THE_VM";

#[test]
fn a_disk_that_reports_errors_is_an_alarm_at_once_and_the_day_goes_on_after_it() {
    if let Some(folder) = std::env::var_os(IN_THE_VM) {
        return with_a_failing_disk(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "--nocapture"]);
    again.arg("a_disk_that_reports_errors_is_an_alarm_at_once_and_the_day_goes_on_after_it");
    camera_vm::in_the_vm(folder.path(), again.env(IN_THE_VM, folder.path()));
    let done = std::fs::read_to_string(folder.path().join("done"));
    eprintln!("{}", done.expect("the test ran in the VM to its end"));
}

fn shell(script: &str) {
    let status = Command::new("sh").args(["-euc", script]).status().unwrap();
    assert!(status.success(), "{script}");
}

/// 600 MB with a file system as Debian makes it, whose blocks can be made to fail.
fn make_disk() {
    shell(
        "modprobe -a loop dm_mod crc32c_generic ext4
        truncate -s 600M /tmp/blocks
        losetup /dev/loop0 /tmp/blocks
        dmsetup create --noudevrules --noudevsync tried --table '0 1228800 linear /dev/loop0 0'
        mkfs.ext4 -q /dev/dm-0
        mkdir -p /tmp/disk",
    );
}

fn mount() {
    shell("mount /dev/dm-0 /tmp/disk");
}

/// From now on every block is served so.
fn serve_blocks(target: &str) {
    shell(&format!(
        "dmsetup suspend --noudevsync --nolockfs tried
        dmsetup reload tried --table '0 1228800 {target}'
        dmsetup resume --noudevrules --noudevsync tried"
    ));
}

/// It records a pattern.
fn start() -> Station {
    let mut profile = profile();
    profile.recording.segment_seconds = 2;
    let data = Path::new("/tmp/disk/data");
    let open = Arc::new(camera::open);
    vm_station::start(data, profile, open, Arc::new(|_, _| Vec::new()), Arc::new(|| None))
}

fn wait_for_segments(client: &mut Dialogue, count: u32) {
    let recorded = |view: &View| {
        view.day.as_ref().is_some_and(|day| day.cameras.values().all(|camera| camera.segments >= count))
    };
    client.wait_for(PATIENCE, recorded).unwrap();
}

fn with_a_failing_disk(folder: &Path) {
    make_disk();
    mount();
    let station = start();
    let mut client = connect(&station);
    choose_pins(&mut client, &["technician", "point-head"]);
    sign_in(&mut client);
    record(&mut client);
    wait_for_segments(&mut client, 2);

    serve_blocks("error");
    let failing = |kind: &AlarmKind| matches!(kind, AlarmKind::DiskFailing { cause } if cause.id == "recording-disk-failing");
    let told = |view: &View| {
        let alarms = view.day.iter().flat_map(|day| day.alarms.iter());
        alarms.filter(|alarm| failing(&alarm.kind) && alarm.severity == Severity::Head).count() == 1
    };
    let view = client.wait_for(PATIENCE, told).unwrap();
    let segments_before =
        view.day.as_ref().unwrap().cameras.values().map(|camera| camera.segments).sum::<u32>();
    // Nothing that can't be kept is acknowledged.
    client
        .wait_for(PATIENCE, |view| view.live.fault.as_ref().is_some_and(|fault| fault.id == "journal-io"))
        .unwrap();
    let refusal = client.ask(Ask::StartRecording { cameras: Vec::new() }).unwrap_err();
    end(client, station);

    // The disk is brought back by somebody who knows how; the station takes the day up.
    shell("umount /tmp/disk");
    serve_blocks("linear /dev/loop0 0");
    shell("fsck.ext4 -p /dev/dm-0 || [ $? -le 2 ]");
    mount();
    let station = start();
    let mut client = connect(&station);
    wait_for_segments(&mut client, segments_before + 2);
    sign_in(&mut client);
    let head = Approval { person: "point-head".parse().unwrap(), pin: pin() };
    let stop = Ask::StopRecording { cameras: Vec::new(), handover_done: true, reason: String::new() };
    client.ask_with(stop, Some(head)).unwrap();
    let stopped = |view: &View| view.day.as_ref().is_some_and(|day| day.stage == Stage::Stopped);
    let view = client.wait_for(PATIENCE, stopped).unwrap();
    let records = view.day.as_ref().unwrap().unexplained().map(|outage| outage.record).collect::<Vec<_>>();
    assert!(!records.is_empty(), "the time without a disk is an outage");
    client.ask(Ask::ExplainOutages { records, text: "the disk failed".into() }).unwrap();
    client.ask(Ask::Seal).unwrap();
    let ended =
        |view: &View| view.live.work.as_ref().is_some_and(|work| work.kind == WorkKind::Seal && !work.runs());
    let view = client.wait_for(PATIENCE, ended).unwrap();
    assert_eq!(view.live.work.as_ref().and_then(|work| work.failed.clone()), None);
    let options = VerifyOptions { signers: None, act: None, at_ms: 0 };
    let archive = PathBuf::from(&view.live.archive_folder);
    let report = verify(&[archive], &options, &mut |_, _| ControlFlow::Continue(()));
    assert_eq!(report.integrity, Integrity::Valid, "{report:#?}");
    end(client, station);
    std::fs::write(folder.join("done"), format!("refused meanwhile: {refusal:?}")).unwrap();
}
