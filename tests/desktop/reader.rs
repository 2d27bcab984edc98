//! A screen reader that is told what to do: it meets a window from outside, over the accessibility bus, by roles
//! and names alone. Wants `dbus-run-session` and Python's `gi` with Atspi; see `.ci/setup`.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use invigil::clock::SystemClock;
use invigil::i18n::{Language, Message, Texts};
use invigil::station::client::{Dialogue, SocketConnection};
use invigil::station::protocol;

const NOBODY: u32 = 65_534;
const SCRIPTS: [&str; 3] = ["session", "reader.py", "touchscreen.py"];

/// What the reader is told to do.
pub struct Orders {
    pub texts: Texts,
    pub lines: String,
}

impl Orders {
    pub fn new() -> Self {
        Self { texts: Texts::load(Language::Ru), lines: String::new() }
    }

    pub fn order(mut self, order: &str, role: &str, name: &str) -> Self {
        self.lines += &format!("{order}\t{role}\t{name}\n");
        self
    }

    pub fn press(self, role: &str, name: &str) -> Self {
        self.order("press", role, name)
    }

    pub fn press_id(self, role: &str, id: &str) -> Self {
        let name = self.texts.text(id);
        self.press(role, &name)
    }

    pub fn wait_id(self, role: &str, id: &str) -> Self {
        let name = self.texts.text(id);
        self.order("wait", role, &name)
    }

    pub fn touch(self, role: &str, name: &str) -> Self {
        self.order("touch", role, name)
    }

    pub fn touch_id(self, role: &str, id: &str) -> Self {
        let name = self.texts.text(id);
        self.touch(role, &name)
    }

    pub fn gone_id(self, role: &str, id: &str) -> Self {
        let name = self.texts.text(id);
        self.order("gone", role, &name)
    }

    /// Writes the text into the field of this name, whatever stood there.
    pub fn fill_id(mut self, id: &str, text: &str) -> Self {
        let name = self.texts.text(id);
        self.lines += &format!("fill\tentry\t{name}\t{text}\n");
        self
    }

    pub fn touched_pin(self, digits: &str) -> Self {
        self.digits("touch", digits)
    }

    pub fn pin(self, digits: &str) -> Self {
        self.digits("press", digits)
    }

    /// After each digit the reader hears how many there are; what is pressed in one and the same frame is
    /// taken in the order in which it stands there.
    fn digits(self, order: &str, digits: &str) -> Self {
        digits.chars().zip(1_u32..).fold(self, |orders, (digit, count)| {
            let told = orders.texts.message(&Message::new("ui-pin-entered").with("count", count));
            orders.order(order, "push button", &digit.to_string()).order("wait", "label", &told)
        })
    }
}

/// A program in a session of its own, and the reader over it.
pub struct Session {
    child: Child,
    orders: ChildStdin,
    said: PathBuf,
    told: PathBuf,
    /// How often it was waited for the reader.
    waited: usize,
}

impl Session {
    pub fn begin(session: &mut Command, program: &[&str], place: &Place) -> Self {
        session.args(["dbus-run-session", "--"]);
        session.arg(place.scripts.join("session")).arg(place.scripts.join("reader.py")).args(program);
        session.env("LIBGL_ALWAYS_SOFTWARE", "1").env_remove("WAYLAND_DISPLAY");
        session.env("XDG_RUNTIME_DIR", &place.run).env("HOME", &place.home);
        // The station outlives the session: it must not hold a pipe of ours.
        let (said, told) = (place.home.join("said"), place.home.join("told"));
        session.stdout(fs::File::create(&said).unwrap()).stderr(fs::File::create(&told).unwrap());
        let mut child = session.stdin(Stdio::piped()).spawn().expect("the programs are installed");
        let orders = child.stdin.take().expect("it was piped");
        Self { child, orders, said, told, waited: 0 }
    }

    pub fn tell(&mut self, orders: &Orders) {
        // One that has given up says why at the end.
        let _ = self.orders.write_all(orders.lines.as_bytes());
    }

    /// Waits until all orders so far are fulfilled.
    #[track_caller]
    pub fn wait(&mut self) {
        self.waited += 1;
        let _ = self.orders.write_all(b"told\n");
        loop {
            let said = fs::read_to_string(&self.said).unwrap();
            if said.lines().filter(|line| *line == "told").count() == self.waited {
                return;
            }
            if self.child.try_wait().unwrap().is_some() {
                panic!("{}", fs::read_to_string(&self.told).unwrap());
            }
            // The reader has only files to tell it by.
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until all orders are fulfilled, and kills the program with SIGKILL; what the reader said.
    #[track_caller]
    pub fn end(mut self) -> String {
        drop(self.orders);
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{}", fs::read_to_string(&self.told).unwrap());
        fs::read_to_string(&self.said).unwrap()
    }
}

/// Runs `program` in a session of its own and the reader over it; what the reader said.
#[track_caller]
pub fn read(session: &mut Command, program: &[&str], orders: &Orders, place: &Place) -> String {
    let mut session = Session::begin(session, program, place);
    session.tell(orders);
    session.end()
}

/// Where an ordinary user can run the program: for root a copy that is somebody else's.
pub struct Place {
    _folder: tempfile::TempDir,
    pub home: PathBuf,
    run: PathBuf,
    pub scripts: PathBuf,
    pub program: PathBuf,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().to_owned();
        let (run, scripts) = (home.join("run"), home.join("scripts"));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/desktop");
        for path in [&run, &scripts] {
            fs::create_dir(path).unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(0o700)).unwrap();
        }
        for file in SCRIPTS {
            fs::copy(source.join(file), scripts.join(file)).unwrap();
        }
        let program = home.join("invigil");
        fs::copy(env!("CARGO_BIN_EXE_invigil"), &program).unwrap();
        let place = Self { _folder: folder, home, run, scripts, program };
        if is_root() {
            let files = SCRIPTS.map(|file| place.scripts.join(file));
            for path in [&place.home, &place.run, &place.scripts, &place.program].into_iter().chain(&files) {
                chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
        place
    }

    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// Makes this user the owner of a folder and all that is in it.
    pub fn give(&self, folder: &Path) {
        if is_root() {
            let owner = format!("{NOBODY}:{NOBODY}");
            assert!(Command::new("chown").args(["-R", &owner]).arg(folder).status().unwrap().success());
        }
    }

    /// A file that is this user's, below the home.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.home.join(name);
        let folder = path.parent().expect("it is below the home");
        fs::create_dir_all(folder).unwrap();
        fs::write(&path, text).unwrap();
        if is_root() {
            [folder, &path].iter().for_each(|path| chown(path, Some(NOBODY), Some(NOBODY)).unwrap());
        }
    }

    /// Ends the station that the window started, and waits until it has let go of its folder: what it left is
    /// all there then.
    pub fn end_station(&self) {
        let connection = SocketConnection::open(&self.data()).unwrap();
        let mut station = Dialogue::new(Box::new(connection), Arc::new(SystemClock::new()));
        station.ask(protocol::Command::Shutdown).unwrap();
        fs::File::open(self.data().join("station.lock")).unwrap().lock_shared().unwrap();
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A command as an ordinary user, whoever runs the tests.
pub fn as_ordinary_user() -> Command {
    if !is_root() {
        return Command::new("env");
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    command
}
