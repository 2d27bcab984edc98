//! Files that get their name once they are whole: a program that is killed meanwhile leaves nothing half-written
//! under it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::sync_folder;

/// The ending of a file that is being written. A crash leaves it, and the next try takes it away.
const UNFINISHED: &str = "unfinished";

/// A file that is being written beside where it will stand. Dropped, it is taken away.
#[derive(Debug)]
pub struct Unfinished {
    at: PathBuf,
    to: PathBuf,
}

impl Unfinished {
    /// `AlreadyExists` if the name is taken.
    pub fn begin(to: &Path) -> io::Result<(Self, File)> {
        if fs::symlink_metadata(to).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let at = to.with_added_extension(UNFINISHED);
        match fs::remove_file(&at) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let file = File::options().read(true).write(true).create_new(true).open(&at)?;
        Ok((Self { at, to: to.to_owned() }, file))
    }

    /// Where it is for now.
    pub fn path(&self) -> &Path {
        &self.at
    }

    /// Gives it its name, unless somebody took that meanwhile: `AlreadyExists`. What is in it is on disk by
    /// now, and on return its name is.
    pub fn finish(self) -> io::Result<()> {
        rename_new(&self.at, &self.to)?;
        sync_folder(self.to.parent().unwrap_or(Path::new(".")))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Finished, it is there no longer; else what failed says more than this would.
        let _ = fs::remove_file(&self.at);
    }
}

/// Writes a new file that everybody may read, whole or not at all.
pub fn create_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (unfinished, mut file) = Unfinished::begin(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    unfinished.finish()
}

/// Renames a file to a name that nobody has, as far as the file system can promise that; elsewhere it is
/// looked for right before.
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS) => {}
            renamed => return Ok(renamed?),
        }
    }
    match fs::symlink_metadata(to) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::rename(from, to),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_has_its_name_once_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.pdf");
        let (unfinished, mut file) = Unfinished::begin(&path).unwrap();
        file.write_all(b"half").unwrap();
        assert_eq!(names(folder.path()), ["report.pdf.unfinished"]);
        drop(unfinished);
        assert_eq!(names(folder.path()), Vec::<String>::new(), "given up, it is gone");

        // A killed program takes nothing away.
        fs::write(folder.path().join("report.pdf.unfinished"), "more than what is whole").unwrap();
        create_whole(&path, b"whole").unwrap();
        assert_eq!(names(folder.path()), ["report.pdf"]);
        assert_eq!(fs::read(&path).unwrap(), b"whole");
    }

    #[test]
    fn a_name_that_is_taken_stays_another_s() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.pdf");
        let (unfinished, _file) = Unfinished::begin(&path).unwrap();
        fs::write(&path, "meanwhile").unwrap();
        assert_eq!(unfinished.finish().unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(create_whole(&path, b"later").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"meanwhile");
        assert_eq!(names(folder.path()), ["report.pdf"]);
    }
}
