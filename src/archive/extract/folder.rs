//! A folder that files are put into and never beside: every name is looked up from the folder's own
//! handle, one step at a time, and no link is followed.
//!
//! The Windows twin has never been built.

pub use system::Folder;

#[cfg(unix)]
mod system {
    use std::fs::{self, File};
    use std::io;
    use std::path::Path;

    use rustix::fs::{AtFlags, Mode, OFlags, mkdirat, openat, renameat, unlinkat};
    use rustix::io::Errno;

    /// An open folder. It stays the same one, whatever becomes of its name.
    #[derive(Debug)]
    pub struct Folder(File);

    impl Folder {
        /// The folder that a person chose; made if it is missing.
        pub fn create(path: &Path) -> io::Result<Self> {
            fs::create_dir_all(path)?;
            File::open(path).map(Self)
        }

        /// The same folder, held once more.
        pub fn again(&self) -> io::Result<Self> {
            self.0.try_clone().map(Self)
        }

        /// The folder of this name in it, made if it is missing. A link in its place is an error.
        pub fn below(&self, name: &str) -> io::Result<Self> {
            match mkdirat(&self.0, name, Mode::from_raw_mode(0o755)) {
                Ok(()) | Err(Errno::EXIST) => {}
                Err(error) => return Err(error.into()),
            }
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            Ok(Self(openat(&self.0, name, flags, Mode::empty())?.into()))
        }

        /// The file of this name in it, to be read; none if there is none. A link or anything else in
        /// its place is an error.
        pub fn open(&self, name: &str) -> io::Result<Option<File>> {
            let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let file: File = match openat(&self.0, name, flags, Mode::empty()) {
                Ok(file) => file.into(),
                Err(Errno::NOENT) => return Ok(None),
                Err(error) => return Err(error.into()),
            };
            match file.metadata()?.is_file() {
                true => Ok(Some(file)),
                false => Err(io::ErrorKind::AlreadyExists.into()),
            }
        }

        /// A new file of this name. One that is there is never opened.
        pub fn create_file(&self, name: &str) -> io::Result<File> {
            let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            Ok(openat(&self.0, name, flags, Mode::from_raw_mode(0o644))?.into())
        }

        /// Takes the file of this name away; none is no error.
        pub fn remove_file(&self, name: &str) -> io::Result<()> {
            match unlinkat(&self.0, name, AtFlags::empty()) {
                Ok(()) | Err(Errno::NOENT) => Ok(()),
                Err(error) => Err(error.into()),
            }
        }

        /// Gives a file its final name. One that bears it already is never replaced, where the file
        /// system can promise that; elsewhere it is looked for right before.
        pub fn rename(&self, from: &str, to: &str) -> io::Result<()> {
            #[cfg(target_os = "linux")]
            {
                use rustix::fs::{RenameFlags, renameat_with};
                match renameat_with(&self.0, from, &self.0, to, RenameFlags::NOREPLACE) {
                    Err(Errno::INVAL | Errno::NOSYS) => {}
                    renamed => return Ok(renamed?),
                }
            }
            match self.open(to)? {
                Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
                None => Ok(renameat(&self.0, from, &self.0, to)?),
            }
        }

        /// Returns once the names in it are on disk.
        pub fn sync(&self) -> io::Result<()> {
            self.0.sync_all()
        }
    }
}

#[cfg(windows)]
mod system {
    use std::fs::{self, File, OpenOptions};
    use std::io;
    use std::path::{Path, PathBuf};

    /// A folder by its path: there is no opening relative to a handle without unsafe code. Links and
    /// junctions are looked for at every step.
    #[derive(Debug)]
    pub struct Folder(PathBuf);

    impl Folder {
        /// The folder that a person chose; made if it is missing.
        pub fn create(path: &Path) -> io::Result<Self> {
            fs::create_dir_all(path)?;
            Ok(Self(path.canonicalize()?))
        }

        /// The same folder, held once more.
        pub fn again(&self) -> io::Result<Self> {
            Ok(Self(self.0.clone()))
        }

        /// The folder of this name in it, made if it is missing. A link in its place is an error.
        pub fn below(&self, name: &str) -> io::Result<Self> {
            let path = self.0.join(name);
            match fs::create_dir(&path) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
            // A junction is neither a folder nor a file to this question.
            match fs::symlink_metadata(&path)?.file_type().is_dir() {
                true => Ok(Self(path)),
                false => Err(io::ErrorKind::NotADirectory.into()),
            }
        }

        /// The file of this name in it, to be read; none if there is none. A link or anything else in
        /// its place is an error.
        pub fn open(&self, name: &str) -> io::Result<Option<File>> {
            let path = self.0.join(name);
            match fs::symlink_metadata(&path) {
                Ok(data) if data.file_type().is_file() => File::open(&path).map(Some),
                Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error),
            }
        }

        /// A new file of this name. One that is there is never opened.
        pub fn create_file(&self, name: &str) -> io::Result<File> {
            OpenOptions::new().write(true).create_new(true).open(self.0.join(name))
        }

        /// Takes the file of this name away; none is no error.
        pub fn remove_file(&self, name: &str) -> io::Result<()> {
            match fs::remove_file(self.0.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            }
        }

        /// Gives a file its final name. One that bears it already is looked for right before.
        pub fn rename(&self, from: &str, to: &str) -> io::Result<()> {
            match self.open(to)? {
                Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
                None => fs::rename(self.0.join(from), self.0.join(to)),
            }
        }

        /// NTFS journals its names itself.
        pub fn sync(&self) -> io::Result<()> {
            Ok(())
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Write;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn no_link_leads_out_of_it() {
        let outside = tempfile::tempdir().unwrap();
        let inside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("file"), "theirs").unwrap();
        symlink(outside.path(), inside.path().join("folder")).unwrap();
        symlink(outside.path().join("file"), inside.path().join("file")).unwrap();
        symlink(outside.path().join("new"), inside.path().join("new")).unwrap();
        let folder = Folder::create(inside.path()).unwrap();
        assert!(folder.below("folder").is_err());
        assert!(folder.open("file").is_err());
        assert!(folder.create_file("new").is_err());
        let mut written = folder.create_file("ours~").unwrap();
        written.write_all(b"ours").unwrap();
        assert!(folder.rename("ours~", "new").is_err());
        assert!(folder.rename("ours~", "file").is_err());
        assert_eq!(std::fs::read(outside.path().join("file")).unwrap(), b"theirs");
        assert!(!outside.path().join("new").exists());
        folder.rename("ours~", "ours").unwrap();
        assert_eq!(std::fs::read(inside.path().join("ours")).unwrap(), b"ours");
    }
}
