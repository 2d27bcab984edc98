//! Software that no package manager lists, and what is running.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Process, Stray};
use crate::checks::asking::{entries, value};

/// Where people keep AppImages, within a home folder.
const AT_HOME: [&str; 8] =
    ["", "Applications", "Downloads", "Загрузки", "Desktop", "Рабочий стол", "bin", ".local/bin"];
/// And outside of one.
const ELSEWHERE: [&str; 3] = ["opt", "usr/local/bin", "srv"];
/// Folders that a plain user can write to, or that come from outside.
const ANYBODYS: [&str; 9] =
    ["/home/", "/root/", "/tmp/", "/var/tmp/", "/dev/shm/", "/media/", "/mnt/", "/run/media/", "/run/user/"];
/// What an AppImage has in its ELF head.
const APPIMAGE: &[u8] = b"AI";

/// AppImages, flatpaks and snaps.
pub(super) fn strays(root: &Path) -> Vec<Stray> {
    let homes = entries(&root.join("home")).into_iter().map(|name| root.join("home").join(name));
    let homes: Vec<PathBuf> = homes.chain([root.join("root")]).collect();
    let at_home = homes.iter().flat_map(|home| AT_HOME.map(|folder| home.join(folder)));
    let folders = at_home.chain(ELSEWHERE.map(|folder| root.join(folder)));
    let mut strays: Vec<Stray> = folders.flat_map(|folder| appimages(&folder)).collect();
    let flatpaks = homes.iter().map(|home| home.join(".local/share/flatpak/app"));
    for folder in flatpaks.chain([root.join("var/lib/flatpak/app")]) {
        strays.extend(entries(&folder).into_iter().map(|name| stray(&folder, name)));
    }
    let snaps = root.join("var/lib/snapd/snaps");
    strays.extend(entries(&snaps).into_iter().filter_map(|file| {
        // `firefox_4848.snap`; each of its versions is one.
        let name = file.strip_suffix(".snap")?.split('_').next()?.to_owned();
        Some(Stray { place: snaps.join(&file).display().to_string(), name })
    }));
    strays
}

fn stray(folder: &Path, name: String) -> Stray {
    Stray { place: folder.join(&name).display().to_string(), name }
}

fn appimages(folder: &Path) -> Vec<Stray> {
    let is_one = |name: &String| {
        let path = folder.join(name);
        // Asked first: opening a pipe would wait for somebody to write into it.
        let is_file = fs::metadata(&path).is_ok_and(|found| found.is_file());
        is_file && (name.to_lowercase().ends_with(".appimage") || has_mark(&path))
    };
    entries(folder).into_iter().filter(is_one).map(|name| stray(folder, name)).collect()
}

fn has_mark(path: &Path) -> bool {
    let mut head = [0; 10];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head.starts_with(b"\x7fELF") && &head[8..] == APPIMAGE
}

pub(super) fn processes(root: &Path) -> Vec<Process> {
    let proc = root.join("proc");
    // A window and a station of this program are the same file.
    let own = fs::read_link(proc.join("self/exe")).ok();
    let is_process = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
    let process = |id: String| {
        let name = value(&proc.join(&id).join("comm"))?;
        // Another user's file is only told to an administrator.
        let file = fs::read_link(proc.join(&id).join("exe")).ok();
        let is_own = file.is_some() && file == own;
        let file = file.map(|file| file.display().to_string());
        let anybodys = |file: &String| ANYBODYS.iter().any(|folder| file.starts_with(folder));
        Some(Process { from_anywhere: !is_own && file.as_ref().is_some_and(anybodys), name, file })
    };
    entries(&proc).into_iter().filter(is_process).filter_map(process).collect()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn appimages_flatpaks_and_snaps_are_found_where_people_put_them() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let write = |name: &str, bytes: &[u8]| {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        };
        write("home/u/Загрузки/Game.AppImage", b"");
        write("home/u/Applications/renamed", b"\x7fELF\x02\x01\x01\x00AI\x02and more");
        write("home/u/bin/plain", b"\x7fELF\x02\x01\x01\x00\x00\x00\x00and more");
        write("home/u/notes.txt", b"AppImage");
        write("var/lib/flatpak/app/org.telegram.desktop/x", b"");
        write("var/lib/snapd/snaps/firefox_4848.snap", b"");
        let names: Vec<_> = strays(root).into_iter().map(|stray| stray.name).collect();
        assert_eq!(names, ["renamed", "Game.AppImage", "org.telegram.desktop", "firefox"]);
    }

    #[test]
    fn what_runs_from_a_users_folder_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let proc = folder.path().join("proc");
        let process = |id: &str, name: &str, file: Option<&str>| {
            fs::create_dir_all(proc.join(id)).unwrap();
            fs::write(proc.join(id).join("comm"), format!("{name}\n")).unwrap();
            if let Some(file) = file {
                symlink(file, proc.join(id).join("exe")).unwrap();
            }
        };
        process("1", "init", None);
        process("7", "xmrig", Some("/tmp/.x/xmrig"));
        process("8", "invigil", Some("/home/kiosk/invigil"));
        process("self", "invigil", Some("/home/kiosk/invigil"));
        let found: Vec<_> = processes(folder.path()).into_iter().map(|p| (p.name, p.from_anywhere)).collect();
        assert_eq!(found, [("init".into(), false), ("xmrig".into(), true), ("invigil".into(), false)]);
    }
}
