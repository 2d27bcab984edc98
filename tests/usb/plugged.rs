//! A camera that is plugged in while a station records; the station runs in the camera VM.

use std::path::Path;
use std::process::{Child, Command};
use std::sync::Arc;
use std::time::{Duration, Instant};

use invigil::camera::Cameras;
use invigil::camera::usb::FoundCamera;
use invigil::clock::Clock;
use invigil::day::{CameraDay, CameraState, Happening};
use invigil::journal::{Change, ThingKind};
use invigil::point::{Profile, Source};
use invigil::station::client::Dialogue;
use invigil::station::protocol::{Command as Ask, View};
use invigil::station::{Station, equipment_of_this_computer};

use crate::camera_vm::in_the_vm;
use crate::shade;
use crate::vm_station::{self, PATIENCE, choose_pins, connect, end, record, sign_in};

/// The test runs itself again in the VM, with this naming its folder.
pub const IN_THE_VM: &str = "INVIGIL_TEST_IN_THE_VM";

#[test]
fn a_camera_that_is_plugged_in_is_offered_and_takes_a_lost_ones_place() {
    if let Some(folder) = std::env::var_os(IN_THE_VM) {
        return with_real_devices(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    shade(&folder.path().join("dark.jpg"), "0x202020");
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "--nocapture"]);
    again.arg("plugged::a_camera_that_is_plugged_in_is_offered_and_takes_a_lost_ones_place");
    in_the_vm(folder.path(), again.env(IN_THE_VM, folder.path()));
    let done = std::fs::read_to_string(folder.path().join("done"));
    eprintln!("{}", done.expect("the test ran in the VM to its end"));
}

/// A webcam in a port of the VM; unplugged when dropped.
pub struct Webcam(Child);

impl Webcam {
    pub fn plug_in(folder: &Path, port: &str, node: &str) -> Self {
        let mut command = Command::new("tests/camera-vm/webcam");
        command.args(["--port", port, "--serial", port]).arg(folder.join("dark.jpg"));
        let webcam = Self(command.spawn().unwrap());
        let begin = Instant::now();
        while !Path::new(node).exists() {
            assert!(begin.elapsed() < PATIENCE, "{node} does not come");
            std::thread::park_timeout(Duration::from_millis(20));
        }
        webcam
    }
}

impl Drop for Webcam {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// One USB camera.
fn profile() -> Profile {
    let mut profile = vm_station::profile();
    profile.cameras[0].source = "usb:usb-vhci_hcd.0-1".parse().unwrap();
    profile
}

fn start(folder: &Path) -> Station {
    let cameras = Arc::new(Cameras::default());
    let all = Arc::clone(&cameras);
    let find = move |used: &[Source], before: &[FoundCamera]| cameras.spare(used, before);
    vm_station::start(
        folder,
        profile(),
        Arc::new(move |source, wanted, clock: Arc<dyn Clock>| all.open(source, wanted, clock)),
        Arc::new(find),
        equipment_of_this_computer(),
    )
}

fn with_real_devices(folder: &Path) {
    let data = tempfile::tempdir().unwrap();
    let lost_one = Webcam::plug_in(folder, "0", "/dev/video1");
    let station = start(data.path());
    let mut client = connect(&station);
    choose_pins(&mut client, &["technician"]);
    sign_in(&mut client);
    record(&mut client);
    wait_for_camera(&mut client, |camera| camera.state == CameraState::Works);
    // vivid is plugged in from the start; the one that records is not offered.
    let offered = |view: &View| view.live.plugged.iter().map(|one| one.source.clone()).collect::<Vec<_>>();
    client.wait_for(PATIENCE, |view| offered(view) == ["usb:vivid.0"]).unwrap();

    let _new_one = Webcam::plug_in(folder, "1", "/dev/video3");
    let plugged_in = Instant::now();
    let both = ["usb:vivid.0", "usb:usb-vhci_hcd.0-2"];
    let view = client.wait_for(PATIENCE, |view| offered(view) == both).unwrap();
    let waited = plugged_in.elapsed();
    let formats = view.live.plugged[1].formats.clone();
    assert!(formats.iter().any(|format| format == "MJPEG 640x480 30/s"), "{formats:?}");

    // Nobody has opened an access: it stands there until somebody says who plugged it in.
    let new = |what: &Happening| matches!(what, Happening::Equipment(told) if told.kind == ThingKind::Usb && told.change == Change::Appeared);
    let incidents = |view: &View| view.day.as_ref().map(|day| day.incidents.clone()).unwrap_or_default();
    let view = client.wait_for(PATIENCE, |view| incidents(view).unexplained().any(|one| new(&one.what)));
    let told = incidents(view.unwrap());

    drop(lost_one);
    let gone = |what: &Happening| matches!(what, Happening::Equipment(told) if told.kind == ThingKind::Usb && told.change == Change::Gone);
    client.wait_for(PATIENCE, |view| incidents(view).unexplained().any(|one| gone(&one.what))).unwrap();
    wait_for_camera(&mut client, |camera| matches!(camera.state, CameraState::Lost { .. }));
    let camera = profile().cameras[0].id.clone();
    let source = "usb:usb-vhci_hcd.0-2".to_owned();
    client.ask(Ask::ReplaceSource { camera, source, reason: "the cable is torn".into() }).unwrap();
    let recorded = |camera: &CameraDay| {
        camera.state == CameraState::Works && camera.detail == "MJPEG 640x480 5/s, /dev/video3"
    };
    wait_for_camera(&mut client, recorded);
    client.wait_for(PATIENCE, |view| offered(view) == ["usb:vivid.0"]).unwrap();
    end(client, station);
    let told = format!("offered {} ms after its node was there; {told:?}", waited.as_millis());
    std::fs::write(folder.join("done"), told).unwrap();
}

fn wait_for_camera(client: &mut Dialogue, wanted: impl Fn(&CameraDay) -> bool) {
    let is_so = |view: &View| view.day.iter().flat_map(|day| day.cameras.values()).all(&wanted);
    client.wait_for(PATIENCE, |view| view.day.is_some() && is_so(view)).unwrap();
}
