//! What the window itself makes of an archive in Review: killed meanwhile, it leaves nothing half-written under a
//! final name, and the next window makes it anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use crate::desktop::{Running, display};
use crate::reader::{Orders, Place, as_ordinary_user, read};
use crate::{files, verdict_of};

/// A computer with an archive, which Review shows.
struct Desk {
    place: Place,
    /// Where what is made of it is put.
    kept: PathBuf,
    archive: PathBuf,
    display: String,
    _server: Running,
}

impl Desk {
    fn new() -> Self {
        let (server, display) = display();
        let place = Place::new();
        let archive = rehearsed(&place);
        let kept = place.home.join("kept");
        fs::create_dir(&kept).unwrap();
        place.give(&kept);
        Self { place, kept, archive, display, _server: server }
    }

    /// Review over the archive, as the words of a command.
    fn review(&self) -> [&str; 6] {
        let [program, archive] = [&self.place.program, &self.archive].map(|path| path.to_str().unwrap());
        [program, "--lang", "ru", "--windowed", "review", archive]
    }

    /// Asks for one of what Review keeps, which is chosen by these words.
    fn save(&self, what: &str) -> Orders {
        Orders::new()
            .press_id("push button", "ui-review-save")
            .press_id("radio button", what)
            .fill_id("ui-save-folder", self.kept.to_str().unwrap())
            .press_id("push button", "ui-save-go")
    }

    /// Asks for it in a window that is killed when it begins this call to the system, the so manieth of its kind.
    fn killed_at(&self, call: &str, count: usize, what: &str) {
        let (traced, injected) =
            (format!("trace={call}"), format!("inject={call}:signal=SIGKILL:when={count}"));
        let killing = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", &traced, "-e", &injected];
        let mut session = as_ordinary_user();
        let session = session.env("DISPLAY", &self.display).env("KIOSK", "1");
        let said = read(session, &[&killing[..], &self.review()].concat(), &self.save(what), &self.place);
        assert!(said.ends_with("left\n"), "{said}");
    }

    /// Asks for it in a window that is left alone until it says what came of it.
    fn done(&self, what: &str) {
        let orders = self.save(what).wait_id("push button", "ui-understood");
        let mut session = as_ordinary_user();
        read(session.env("DISPLAY", &self.display), &self.review(), &orders, &self.place);
    }

    /// The files that are there, each with its bytes.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files(&self.kept).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    }

    /// The only file that is there.
    fn only_file(&self) -> PathBuf {
        let files: Vec<PathBuf> = self.files().into_keys().collect();
        let [file] = &files[..] else { panic!("{files:?}") };
        file.clone()
    }
}

/// An archive of a few seconds below the place's home.
fn rehearsed(place: &Place) -> PathBuf {
    let mut rehearsal = as_ordinary_user();
    rehearsal.arg(&place.program).args(["--lang", "en", "--data"]).arg(place.home.join("data"));
    rehearsal.args(["rehearse", "--seconds", "5", "--cameras", "pattern", "--json", "--out"]);
    let output = rehearsal.arg(place.home.join("out")).env("HOME", &place.home).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    PathBuf::from(told["archive"].as_str().unwrap())
}

fn ends_with(path: &Path, ending: &str) -> bool {
    path.to_str().unwrap().ends_with(ending)
}

#[test]
fn a_report_has_its_name_once_it_is_whole() {
    let desk = Desk::new();
    // As soon as its bytes are to be brought to the disk.
    desk.killed_at("fsync", 1, "ui-save-pdf");
    let half = desk.only_file();
    assert!(ends_with(&half, "-verification.pdf.unfinished"), "{half:?}");

    desk.done("ui-save-pdf");
    let whole = desk.only_file();
    assert!(ends_with(&whole, "-verification.pdf"), "{whole:?}");
    assert!(Process::new("pdfinfo").arg(whole).output().unwrap().status.success());
}

#[test]
fn an_excerpt_has_its_name_once_it_is_judged() {
    let desk = Desk::new();
    // It is written and not yet verified.
    desk.killed_at("fsync", 1, "ui-save-excerpt");
    let half = desk.only_file();
    assert!(ends_with(&half, ".excerpt.zip.unfinished"), "{half:?}");

    desk.done("ui-save-excerpt");
    let whole = desk.only_file();
    assert!(ends_with(&whole, ".excerpt.zip"), "{whole:?}");
    assert_eq!(verdict_of(whole), "VALID");
}

#[test]
fn files_taken_out_of_an_archive_have_their_names_once_they_are_whole() {
    let desk = Desk::new();
    // Each file is brought to the disk, then its name: the third one is half done.
    desk.killed_at("fsync", 5, "ui-save-files");
    let (half, named): (BTreeMap<_, _>, BTreeMap<_, _>) =
        desk.files().into_iter().partition(|(path, _)| ends_with(path, "~"));
    assert_eq!((half.len(), named.len()), (1, 2), "{:?} {:?}", half.keys(), named.keys());

    desk.done("ui-save-files");
    let all = desk.files();
    assert!(!all.keys().any(|path| ends_with(path, "~")), "{:?}", all.keys());
    assert!(named.iter().all(|(path, bytes)| all.get(path) == Some(bytes)));
    let bags: Vec<&Path> =
        all.keys().filter(|path| path.ends_with("bagit.txt")).filter_map(|path| path.parent()).collect();
    let [bag] = bags[..] else { panic!("{bags:?}") };
    let mut sums = Process::new("sha256sum");
    sums.args(["-c", "--strict", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"]);
    let judged = sums.current_dir(bag).output().unwrap();
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
}
