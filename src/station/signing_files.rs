//! Files that somebody could countersign with: looked for beside the station's thread, in few places and
//! not deep, since what hangs or is endless there is none of ours.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;
use std::thread;

use super::Inbox;
use super::protocol::{SigningFile, SigningFileKind};
use crate::signing::{OpenSshKey, SshSignature};

/// More would not be looked through on a screen.
const MOST_FILES: usize = 16;
/// Folders and files that are looked at in one place.
const MOST_ENTRIES: usize = 4_000;
/// Below the root of a medium.
const MEDIUM_DEPTH: usize = 3;
/// Longer paths would not fit into a view; nobody could read them either.
const MOST_PATH_BYTES: usize = 400;
/// A national signature carries its certificates.
const MAX_FILE_BYTES: u64 = 1 << 20;
/// Where people keep files at home, by the names that desktops give these folders.
const HOME_PLACES: [&str; 8] =
    ["", ".ssh", "Desktop", "Downloads", "Documents", "Рабочий стол", "Загрузки", "Документы"];

/// What was found so far.
pub(super) struct SigningFilesTold {
    pub files: Vec<SigningFile>,
    /// Every place was looked at.
    pub done: bool,
}

/// Looks for them and tells after each place.
pub(super) fn look(media: Vec<PathBuf>, home: Option<PathBuf>, inbox: SyncSender<Inbox>) -> io::Result<()> {
    thread::Builder::new().name("signing-files".into()).spawn(move || {
        let at_home = home.iter().flat_map(|home| HOME_PLACES.map(|place| (home.join(place), 1)));
        let places: Vec<_> = media.into_iter().map(|root| (root, MEDIUM_DEPTH)).chain(at_home).collect();
        let (mut files, last) = (Vec::new(), places.len());
        for (at, (place, depth)) in places.iter().enumerate() {
            files.extend(files_in(place, *depth));
            files.truncate(MOST_FILES);
            let told = SigningFilesTold { files: files.clone(), done: at + 1 == last };
            if inbox.send(Inbox::SigningFiles(told)).is_err() {
                return;
            }
        }
        if places.is_empty() {
            // The station is gone: nobody waits.
            let _ = inbox.send(Inbox::SigningFiles(SigningFilesTold { files, done: true }));
        }
    })?;
    Ok(())
}

/// Those in a folder, and in folders in it down to the depth; no link is followed. Sorted.
fn files_in(root: &Path, depth: usize) -> Vec<SigningFile> {
    let (mut found, mut left) = (Vec::new(), MOST_ENTRIES);
    let mut folders = vec![(root.to_owned(), depth)];
    while let Some((folder, depth)) = folders.pop() {
        // What can't be read holds nothing for us.
        let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        for entry in entries {
            let Some(fewer) = left.checked_sub(1) else { return found };
            left = fewer;
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth > 1 => folders.push((entry.path(), depth - 1)),
                Ok(kind) if kind.is_file() => found.extend(signing_file(&entry.path())),
                _ => {}
            }
        }
    }
    found.sort();
    found.truncate(MOST_FILES);
    found
}

/// By what it begins with, and `.p7s` by its name: as it will be read.
fn signing_file(path: &Path) -> Option<SigningFile> {
    let bytes = fs::metadata(path).ok()?.len();
    let shown = path.to_str().filter(|shown| shown.len() <= MOST_PATH_BYTES)?;
    if bytes == 0 || bytes > MAX_FILE_BYTES {
        return None;
    }
    let kind = if path.extension().is_some_and(|ending| ending == "p7s") {
        SigningFileKind::National
    } else {
        let mut begin = Vec::new();
        File::open(path).ok()?.take(64).read_to_end(&mut begin).ok()?;
        match begin.as_slice() {
            key if OpenSshKey::looks_like(key) => SigningFileKind::Key,
            signature if SshSignature::looks_like(signature) => SigningFileKind::Signature,
            _ => return None,
        }
    };
    Some(SigningFile { path: shown.to_owned(), kind })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    const KEY: &str = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl";
    const SIGNATURE: &str = "-----BEGIN SSH SIGNATURE-----\nU1NI";

    fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn keys_and_signatures_are_found_where_people_put_them_and_nothing_else() {
        let (medium, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let wanted = [
            (write(medium.path(), "a/b/head.sshsig", SIGNATURE), SigningFileKind::Signature),
            (write(medium.path(), "a/member.p7s", "DER"), SigningFileKind::National),
            (write(medium.path(), "key without a name of its own", KEY), SigningFileKind::Key),
            (write(home.path(), ".ssh/id_ed25519", KEY), SigningFileKind::Key),
            (write(home.path(), "Загрузки/tag.sig", SIGNATURE), SigningFileKind::Signature),
        ];
        for (folder, name) in [(&medium, "a/b/c/too-deep.sshsig"), (&home, "other/id_ed25519")] {
            write(folder.path(), name, SIGNATURE);
        }
        write(medium.path(), "id_ed25519.pub", "ssh-ed25519 AAAA");
        write(medium.path(), "empty.p7s", "");
        write(medium.path(), "holiday.zip", "PK");
        #[cfg(unix)]
        std::os::unix::fs::symlink("/", medium.path().join("everything")).unwrap();

        let (inbox, heard) = sync_channel(16);
        let (media, home) = (vec![medium.path().to_owned()], Some(home.path().to_owned()));
        look(media, home, inbox).unwrap();
        let told = heard.iter().find_map(|told| match told {
            Inbox::SigningFiles(told) => told.done.then_some(told.files),
            _ => panic!("only the search speaks here"),
        });
        let found: Vec<_> =
            told.unwrap().into_iter().map(|file| (PathBuf::from(file.path), file.kind)).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_folder_of_thousands_is_not_walked_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..100 {
            write(folder.path(), &format!("{number:03}.sshsig"), SIGNATURE);
        }
        assert_eq!(files_in(folder.path(), 1).len(), MOST_FILES);
    }
}
