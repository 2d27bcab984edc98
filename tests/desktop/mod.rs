//! A display of its own, and programs on it that end with the test. Wants `Xvfb`; see `.ci/setup`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

pub const SIZE: (u32, u32) = (1366, 768);

/// A program that is killed when the test is done with it.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display whose number the server chooses: the server, and what programs find in `DISPLAY`.
pub fn display() -> (Running, String) {
    let screen = format!("{}x{}x24", SIZE.0, SIZE.1);
    let mut server = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb is installed");
    let stdout = server.stdout.take().expect("it was piped");
    let server = Running(server);
    let mut number = String::new();
    BufReader::new(stdout).read_line(&mut number).expect("Xvfb says its number");
    (server, format!(":{}", number.trim()))
}

/// The program, to be opened as a window on this display.
pub fn window_on(display: &str) -> Command {
    let mut window = Command::new(env!("CARGO_BIN_EXE_invigil"));
    window.env("DISPLAY", display).env_remove("WAYLAND_DISPLAY").env("LIBGL_ALWAYS_SOFTWARE", "1");
    window.stdout(Stdio::null());
    window
}
