//! The small emulated computer that has what a test machine lacks.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

/// One emulated computer at a time: it is slow enough.
static VM: Mutex<()> = Mutex::new(());

/// Runs the command in the camera VM, where it has to end well; what it writes to `folder` stays.
pub fn in_the_vm(folder: &Path, command: &mut Command) {
    let _alone = VM.lock();
    let mut vm = Command::new("tests/camera-vm/run");
    vm.arg(folder).arg("420").arg(command.get_program()).args(command.get_args());
    vm.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let played = vm.status().expect("tests/camera-vm/run runs");
    assert!(played.success(), "{played}: was tests/camera-vm/build run?");
}
