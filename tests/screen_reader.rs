//! The window as a screen reader meets it: from outside, over the accessibility bus, by roles and names
//! alone. So it signs in and begins the check, and so it finds the kiosk on the whole screen under `cage`.
//! Wants `Xvfb`, `cage`, `dbus-run-session` and Python's `gi` with Atspi; see `.ci/setup`.

#![cfg(all(feature = "window", target_os = "linux"))]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use invigil::clock::SystemClock;
use invigil::day::StepState;
use invigil::i18n::{Language, Message, Texts};
use invigil::station::client::{Dialogue, SocketConnection};
use invigil::station::protocol;

const NOBODY: u32 = 65_534;

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What the reader is told to do.
struct Orders {
    texts: Texts,
    lines: String,
}

impl Orders {
    fn new() -> Self {
        Self { texts: Texts::load(Language::Ru), lines: String::new() }
    }

    fn order(mut self, order: &str, role: &str, name: &str) -> Self {
        self.lines += &format!("{order}\t{role}\t{name}\n");
        self
    }

    fn press(self, role: &str, name: &str) -> Self {
        self.order("press", role, name)
    }

    fn press_id(self, role: &str, id: &str) -> Self {
        let name = self.texts.text(id);
        self.press(role, &name)
    }

    fn wait_id(self, role: &str, id: &str) -> Self {
        let name = self.texts.text(id);
        self.order("wait", role, &name)
    }

    /// After each digit the reader hears how many there are; what is pressed in one and the same frame is
    /// taken in the order in which it stands there.
    fn pin(self, digits: &str) -> Self {
        digits.chars().zip(1_u32..).fold(self, |orders, (digit, count)| {
            let told = orders.texts.message(&Message::new("ui-pin-entered").with("count", count));
            orders.press("push button", &digit.to_string()).order("wait", "label", &told)
        })
    }
}

/// Runs `program` in a session of its own and the reader over it; what the reader said.
fn read(session: &mut Command, program: &[&str], orders: &Orders, place: &Place) -> String {
    session.args(["dbus-run-session", "--"]);
    session.arg(place.scripts.join("session")).arg(place.scripts.join("reader.py")).args(program);
    session.env("LIBGL_ALWAYS_SOFTWARE", "1").env_remove("WAYLAND_DISPLAY");
    session.env("XDG_RUNTIME_DIR", &place.run).env("HOME", &place.home);
    // The station outlives the session: it must not hold a pipe of ours.
    let (said, told) = (place.home.join("said"), place.home.join("told"));
    session.stdout(fs::File::create(&said).unwrap()).stderr(fs::File::create(&told).unwrap());
    let mut child = session.stdin(Stdio::piped()).spawn().expect("the programs are installed");
    child.stdin.take().expect("it was piped").write_all(orders.lines.as_bytes()).unwrap();
    let status = child.wait().unwrap();
    assert!(status.success(), "{}", fs::read_to_string(&told).unwrap());
    fs::read_to_string(&said).unwrap()
}

/// Where an ordinary user can run the program: for root a copy that is somebody else's.
struct Place {
    _folder: tempfile::TempDir,
    home: PathBuf,
    run: PathBuf,
    scripts: PathBuf,
    program: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().to_owned();
        let (run, scripts) = (home.join("run"), home.join("scripts"));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screen_reader");
        for path in [&run, &scripts] {
            fs::create_dir(path).unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(0o700)).unwrap();
        }
        for file in ["session", "reader.py"] {
            fs::copy(source.join(file), scripts.join(file)).unwrap();
        }
        let program = home.join("invigil");
        fs::copy(env!("CARGO_BIN_EXE_invigil"), &program).unwrap();
        let place = Self { _folder: folder, home, run, scripts, program };
        if is_root() {
            let files = ["session", "reader.py"].map(|file| place.scripts.join(file));
            for path in [&place.home, &place.run, &place.scripts, &place.program].into_iter().chain(&files) {
                chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
        place
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// Ends the station that the window started.
    fn end_station(&self) {
        let connection = SocketConnection::open(&self.data()).unwrap();
        let mut station = Dialogue::new(Box::new(connection), Arc::new(SystemClock::new()));
        station.ask(protocol::Command::Shutdown).unwrap();
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A command as an ordinary user, whoever runs the tests.
fn as_ordinary_user() -> Command {
    if !is_root() {
        return Command::new("env");
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    command
}

/// A display of its own, whose number the server chooses.
fn display() -> (Running, String) {
    let mut server = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"])
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

#[test]
fn a_screen_reader_signs_in_and_begins_the_check() {
    let place = Place::new();
    let (_server, display) = display();
    let orders = Orders::new()
        .press("radio button", "Орлов Пётр Андреевич · технический специалист")
        .pin("2580")
        .press_id("push button", "ui-sign-in-next")
        // Until then a digit belongs to the first one still.
        .wait_id("label", "ui-sign-in-again")
        .pin("2580")
        .press_id("push button", "ui-sign-in-go")
        .press_id("push button", "ui-next-plan-go")
        .press_id("push button", "ui-code-written")
        .press_id("push button", "ui-next-check-go")
        .press_id("push button", "ui-check-start")
        // The UPS: what the computer finds out, then what a person saw.
        .press_id("push button", "ui-step-run")
        // What was pressed before is on its way once this shows.
        .press_id("push button", "ui-language-other")
        .order("wait", "push button", "Русский");
    let data = place.data();
    let program =
        [place.program.to_str().unwrap(), "--windowed", "--lang", "ru", "--data", data.to_str().unwrap()];
    read(as_ordinary_user().env("DISPLAY", display), &program, &orders, &place);

    let connection = SocketConnection::open(&data).unwrap();
    let mut station = Dialogue::new(Box::new(connection), Arc::new(SystemClock::new()));
    let ran = |view: &protocol::View| {
        let day = view.day.as_ref();
        let check = day.and_then(|day| day.checks.get(&"two-hours-before".parse().unwrap()));
        let step = check.and_then(|check| check.steps.get(&"power".parse().unwrap()));
        step.is_some_and(|step| matches!(step.state, StepState::Done(_) | StepState::AwaitsConfirmation))
    };
    station.wait_for(std::time::Duration::from_secs(60), ran).unwrap();
    drop(station);
    place.end_station();
}

#[test]
fn the_kiosk_fills_the_screen_under_cage_and_ends_when_it_is_left() {
    let place = Place::new();
    let mut orders = Orders::new();
    // Nobody has a PIN yet, so nobody is asked for one.
    let leave = orders.texts.text("ui-leave");
    orders = orders.order("wait", "push button", &leave);
    orders.lines += "size\n";
    let orders = orders.press("push button", &leave);
    let data = place.data();
    let program = ["cage", "-d", "--", place.program.to_str().unwrap()];
    let program = [&program[..], &["--lang", "ru", "--data", data.to_str().unwrap()]].concat();
    let mut session = as_ordinary_user();
    session.env("WLR_BACKENDS", "headless").env("WLR_LIBINPUT_NO_DEVICES", "1");
    session.env("WLR_RENDERER", "pixman").env("KIOSK", "1").env_remove("DISPLAY");
    // The headless screen's own size: nothing is left for a frame or a bar.
    let said = read(&mut session, &program, &orders, &place);
    assert!(said.ends_with("1280 720\nleft\n"), "{said}");
    place.end_station();
}
