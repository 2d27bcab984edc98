//! The equipment watch on a real kernel: a device that is plugged in and out of the camera VM.

use std::path::Path;
use std::process::Command;

use invigil::journal::ThingKind;
use invigil::station::{SeenThing, equipment_of_this_computer};

use crate::camera_vm::in_the_vm;
use crate::plugged::{IN_THE_VM, Webcam};
use crate::shade;
use crate::vm_station::PATIENCE;

#[test]
fn a_device_is_seen_as_it_comes_and_goes() {
    if let Some(folder) = std::env::var_os(IN_THE_VM) {
        return with_a_real_device(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    shade(&folder.path().join("dark.jpg"), "0x202020");
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "--nocapture", "equipment::a_device_is_seen_as_it_comes_and_goes"]);
    in_the_vm(folder.path(), again.env(IN_THE_VM, folder.path()));
    let done = std::fs::read_to_string(folder.path().join("done"));
    eprintln!("{}", done.expect("the test ran in the VM to its end"));
}

fn with_a_real_device(folder: &Path) {
    let look = equipment_of_this_computer();
    let begin = std::time::Instant::now();
    let until = |what: &str, holds: &dyn Fn(&[SeenThing]) -> bool| loop {
        let seen = look().expect("this computer can be watched");
        if holds(&seen) {
            return seen;
        }
        assert!(begin.elapsed() < 3 * PATIENCE, "{what}: {seen:#?}");
    };
    let is_usb = |seen: &&SeenThing| seen.thing.kind == ThingKind::Usb;
    let devices = |seen: &[SeenThing]| seen.iter().filter(is_usb).count();
    let before = devices(&until("a reading", &|_| true));
    let webcam = Webcam::plug_in(folder, "0", "/dev/video1");
    let seen = until("it comes", &|seen| devices(seen) == before + 1);
    let told: Vec<&SeenThing> = seen.iter().filter(is_usb).collect();
    let has_name = |seen: &&SeenThing| !seen.thing.name.is_empty() && seen.thing.ident.contains(':');
    assert!(told.iter().all(has_name), "{told:#?}");
    let run = told.last().map(|seen| seen.run);
    drop(webcam);
    until("it goes", &|seen| devices(seen) == before);
    let _again = Webcam::plug_in(folder, "0", "/dev/video1");
    let back = until("it is back", &|seen| devices(seen) == before + 1);
    let back: Vec<&SeenThing> = back.iter().filter(is_usb).collect();
    assert_ne!(back.last().map(|seen| seen.run), run, "another number, though it is the same device");
    std::fs::write(folder.join("done"), format!("{told:?}")).unwrap();
}
