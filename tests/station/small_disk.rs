//! The whole station on a disk that becomes full.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command as Process;
use std::sync::Arc;

use invigil::archive::Integrity;
use invigil::camera;
use invigil::day::AlarmKind;
use invigil::journal::DiskLevel;
use invigil::station::protocol::View;

use crate::point::*;

/// Runs itself again in a mount namespace of its own, on a file system of 160 megabytes, most of which
/// the journals reserve.
#[test]
fn a_full_disk_is_told_at_once_and_is_forgotten_when_there_is_room() {
    const INNER: &str = "INVIGIL_TEST_SMALL_STATION";
    if let Some(folder) = std::env::var_os(INNER) {
        return on_a_small_disk(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mut again = Process::new("unshare");
    again.args(["--map-root-user", "--mount", "sh", "-c"]);
    again.arg("mount -t tmpfs -o size=160m tmpfs \"$0\" && exec \"$@\"").arg(&disk);
    again.arg(std::env::current_exe().unwrap()).args(["--exact", "--nocapture"]);
    again.arg("small_disk::a_full_disk_is_told_at_once_and_is_forgotten_when_there_is_room");
    let output = again.env(INNER, &disk).output().expect("unshare is installed");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn on_a_small_disk(disk: &Path) {
    let mut profile = profile();
    profile.recording.part_max_bytes = 1 << 20;
    // Ten minutes of both fit many times into what is free.
    profile.cameras.iter_mut().for_each(|camera| camera.bits_per_second = 64_000);
    let data = disk.join("data");
    let station = start_with(&data, profile, TestClock::new(), Arc::new(camera::open));
    let mut client = recording(&station);
    wait_for_frames(&mut client, 45);

    let path = disk.join("ballast");
    let mut ballast = File::create(&path).unwrap();
    for block in [1 << 20, 4096] {
        while ballast.write_all(&vec![1; block]).is_ok() {}
    }
    let alarms = |view: &View| {
        let alarms = view.day.iter().flat_map(|day| day.alarms.clone());
        alarms.map(|alarm| alarm.kind).collect::<Vec<_>>()
    };
    let full = |kind: &AlarmKind| matches!(kind, AlarmKind::RecordingFault { cause, .. } if cause.id == "recording-disk-full");
    let critical = AlarmKind::Disk { level: DiskLevel::Critical };
    let told = |view: &View| {
        let alarms = alarms(view);
        alarms.iter().filter(|kind| full(kind)).count() == 2 && alarms.contains(&critical)
    };
    let view = client.wait_for(PATIENCE, told).unwrap();
    assert_eq!(view.live.fault, None, "the journal has its reserve");

    drop(ballast);
    std::fs::remove_file(&path).unwrap();
    client.wait_for(PATIENCE, |view| alarms(view).is_empty()).unwrap();
    let frames = client.view().unwrap().live.cameras.values().map(|camera| camera.frames).max().unwrap();
    wait_for_frames(&mut client, frames + 45);
    stop(&mut client);
    explain_outages(&mut client);
    seal(&mut client);
    let view = client.view().unwrap();
    let lost = view.day.as_ref().unwrap().outages.iter().map(|outage| outage.camera.as_str());
    assert_eq!(lost.collect::<std::collections::BTreeSet<_>>().len(), 2, "both lost some video");
    let report = verified(Path::new(&view.live.archive_folder));
    assert_eq!(report.integrity, Integrity::Valid, "{report:#?}");

    // The medium is pulled out from under the station.
    assert!(Process::new("umount").arg("--lazy").arg(disk).status().unwrap().success());
    let gone = |view: &View| {
        let trouble = view.live.disk.as_ref().and_then(|disk| disk.trouble.as_ref());
        trouble.is_some_and(|trouble| trouble.id == "disk-gone")
    };
    client.wait_for(PATIENCE, gone).unwrap();
    end(station);
}
