//! Files that have to outlive a power cut, and files that only their owner may read.
//!
//! What only one system has stands in [`system`], with its twin for the other beside it. The
//! Windows twin has never been built.

mod medium;
mod whole;

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

pub use medium::{serial, serial_above};
pub use system::{
    DiskSync, create_private_folder, create_public_folder, give_way, preallocate, sync_folder, volume,
};
pub use whole::{Unfinished, create_whole};

/// Writes a new file that only its owner may read, and returns once it and its name are on disk.
/// A file that is already there is never touched: `AlreadyExists`.
pub fn create_private(path: &Path, bytes: &[u8]) -> io::Result<File> {
    let mut file = system::private_options().write(true).read(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))?;
    Ok(file)
}

/// Writes a file that only its owner may read, whole or not at all: after a crash there is either
/// what was there before or `bytes`. The caller keeps two writers apart.
pub fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(path, bytes, |_| Ok(()))
}

/// As [`replace_private`], for a file that everybody may read who gets to its folder.
pub fn replace_public(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(path, bytes, system::let_read)
}

fn replace(path: &Path, bytes: &[u8], share: impl FnOnce(&File) -> io::Result<()>) -> io::Result<()> {
    let unfinished = path.with_added_extension("new");
    let mut file = system::private_options().write(true).create(true).truncate(true).open(&unfinished)?;
    share(&file)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))
}

/// Renames a file over another; after a crash there is either of the two. What stood there is then
/// overwritten, as far as a disk lets that be done, and whoever does it may.
pub fn take_place(from: &Path, to: &Path) -> io::Result<()> {
    let replaced = fs::OpenOptions::new().write(true).open(to);
    fs::rename(from, to)?;
    sync_folder(to.parent().unwrap_or(Path::new(".")))?;
    match replaced {
        Ok(mut file) => {
            let length = usize::try_from(file.metadata()?.len()).unwrap_or(0).min(MOST_OVERWRITTEN);
            file.write_all(&vec![0; length])?;
            file.sync_all()
        }
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => Ok(()),
            _ => Err(error),
        },
    }
}

/// Files that are worth it are small.
const MOST_OVERWRITTEN: usize = 64 << 10;

/// Makes this process the file's only holder until `file` is dropped; false if another one is. Whoever
/// starts a program hands it a copy of every open file until it has begun, so that a lock that was let go
/// of can still be held for a moment: it is asked for again within a second.
pub fn hold(file: &File) -> io::Result<bool> {
    const TRIES: u32 = 50;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(20)),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(false)
}

/// What ails a disk that can't be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskFault {
    Full,
    /// Nothing may be written any more: the system does that to a disk whose errors it saw.
    ReadOnly,
    /// The device itself reports an error.
    Failing,
    /// It, or the folder on it, is no longer there.
    Gone,
    Other,
}

impl DiskFault {
    pub fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::NotFound | io::ErrorKind::StaleNetworkFileHandle => Self::Gone,
            _ => match error.raw_os_error() {
                Some(code) if system::DEVICE_ERRORS.contains(&code) => Self::Failing,
                Some(code) if system::NO_DEVICE.contains(&code) => Self::Gone,
                _ => Self::Other,
            },
        }
    }
}

/// A disk as the system tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiskState {
    pub free_bytes: u64,
    /// Mounted so, or locked by the system after an error.
    pub read_only: bool,
    /// The same for as long as the same disk is there; 0 where the system has no such number.
    pub device: u64,
}

impl DiskState {
    /// Of the disk that `folder` is on.
    pub fn of(folder: &Path) -> io::Result<Self> {
        system::disk_state(folder)
    }
}

#[cfg(unix)]
mod system {
    use std::fs::{DirBuilder, File, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    /// EIO.
    pub(super) const DEVICE_ERRORS: &[i32] = &[5];
    /// ENXIO and ENODEV.
    pub(super) const NO_DEVICE: &[i32] = &[6, 19];

    pub(super) fn private_options() -> OpenOptions {
        let mut options = OpenOptions::new();
        options.mode(0o600);
        options
    }

    /// Makes a folder, and those above it that are missing, that only its owner may enter.
    pub fn create_private_folder(folder: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)
    }

    /// Returns once the names that stand in `folder` are on disk.
    pub fn sync_folder(folder: &Path) -> io::Result<()> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder)?.sync_all()
    }

    /// Makes a folder that everybody may look into who gets to the one above it; one that is there stays
    /// as it is.
    pub fn create_public_folder(folder: &Path) -> io::Result<()> {
        match DirBuilder::new().create(folder) {
            Ok(()) => std::fs::set_permissions(folder, Permissions::from_mode(0o755)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
    }

    pub(super) fn let_read(file: &File) -> io::Result<()> {
        file.set_permissions(Permissions::from_mode(0o644))
    }

    pub(super) fn disk_state(folder: &Path) -> io::Result<super::DiskState> {
        let device = std::os::unix::fs::MetadataExt::dev(&std::fs::metadata(folder)?);
        #[cfg(target_os = "linux")]
        let read_only = {
            use rustix::fs::{StatVfsMountFlags, statvfs};
            statvfs(folder)?.f_flag.contains(StatVfsMountFlags::RDONLY)
        };
        #[cfg(not(target_os = "linux"))]
        let read_only = false;
        Ok(super::DiskState { free_bytes: fs4::available_space(folder)?, read_only, device })
    }

    /// What the file system that `folder` is on calls itself, the same wherever its medium is plugged in:
    /// on Linux as `/dev/disk/by-uuid` has it. None: it has no such name, or nobody keeps the list.
    pub fn volume(folder: &Path) -> io::Result<Option<String>> {
        use std::os::unix::fs::MetadataExt;
        let device = std::fs::metadata(folder)?.dev();
        let Ok(names) = std::fs::read_dir("/dev/disk/by-uuid") else { return Ok(None) };
        let is_it = |path: &Path| std::fs::metadata(path).is_ok_and(|file| file.rdev() == device);
        let named = names.filter_map(Result::ok).find(|name| is_it(&name.path()));
        Ok(named.and_then(|name| name.file_name().into_string().ok()))
    }

    /// From now on every other thread's work goes before this thread's, reading and writing included. On
    /// Linux a thread has a priority of its own, and that of its reading and writing follows it
    /// (`ioprio_set(2)`); where it is the process's, nothing changes.
    pub fn give_way() {
        #[cfg(target_os = "linux")]
        {
            // It may be forbidden; then it is as it was.
            let _ = rustix::process::setpriority_process(None, 19);
        }
    }

    /// Syncs whatever was written to one disk.
    pub struct DiskSync(File);

    impl DiskSync {
        /// The disk that `folder` is on.
        pub fn open(folder: &Path) -> io::Result<Self> {
            File::open(folder).map(Self)
        }

        /// Returns once everything that was written to the files is on the disk, their names included.
        /// On Linux one call for the whole disk (`syncfs(2)`, which tells write errors since 5.8).
        pub fn sync(&self, files: &[File]) -> io::Result<()> {
            #[cfg(target_os = "linux")]
            {
                let _ = files;
                Ok(rustix::fs::syncfs(&self.0)?)
            }
            #[cfg(not(target_os = "linux"))]
            {
                files.iter().try_for_each(File::sync_data)?;
                self.0.sync_all()
            }
        }
    }

    /// Reserves disk for the file's first `bytes` without changing its length, so that it can grow
    /// to there on a full disk. A file system that can't reserve is no error: false.
    pub fn preallocate(file: &File, bytes: u64) -> io::Result<bool> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{FallocateFlags, fallocate};
            use rustix::io::Errno;
            match fallocate(file, FallocateFlags::KEEP_SIZE, 0, bytes) {
                Ok(()) => Ok(true),
                Err(Errno::OPNOTSUPP | Errno::NOSYS) => Ok(false),
                Err(error) => Err(error.into()),
            }
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = (file, bytes);
            Ok(false)
        }
    }
}

#[cfg(windows)]
mod system {
    use std::fs::{File, OpenOptions};
    use std::io;
    use std::path::Path;

    /// ERROR_CRC, ERROR_WRITE_FAULT, ERROR_GEN_FAILURE, ERROR_IO_DEVICE.
    pub(super) const DEVICE_ERRORS: &[i32] = &[23, 29, 31, 1117];
    /// ERROR_NOT_READY, ERROR_DEV_NOT_EXIST, ERROR_DEVICE_NOT_CONNECTED.
    pub(super) const NO_DEVICE: &[i32] = &[21, 55, 1167];

    /// Windows files take their rights from the folder, which the installer makes private.
    pub(super) fn private_options() -> OpenOptions {
        OpenOptions::new()
    }

    /// Makes a folder and those above it that are missing; its rights are those of the folder above.
    pub fn create_private_folder(folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)
    }

    pub fn create_public_folder(folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)
    }

    /// The folder's rights hold for it.
    pub(super) fn let_read(_file: &File) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn disk_state(folder: &Path) -> io::Result<super::DiskState> {
        let read_only = std::fs::metadata(folder)?.permissions().readonly();
        Ok(super::DiskState { free_bytes: fs4::available_space(folder)?, read_only, device: 0 })
    }

    /// A volume's serial number is not asked for.
    pub fn volume(_folder: &Path) -> io::Result<Option<String>> {
        Ok(None)
    }

    /// Nothing changes.
    pub fn give_way() {}

    /// NTFS journals its names itself; a folder can't be synced.
    pub fn sync_folder(_folder: &Path) -> io::Result<()> {
        Ok(())
    }

    /// Syncs whatever was written to one disk.
    pub struct DiskSync;

    impl DiskSync {
        pub fn open(_folder: &Path) -> io::Result<Self> {
            Ok(Self)
        }

        /// Returns once everything that was written to the files is on the disk.
        pub fn sync(&self, files: &[File]) -> io::Result<()> {
            files.iter().try_for_each(File::sync_data)
        }
    }

    /// Nothing is reserved.
    pub fn preallocate(_file: &File, _bytes: u64) -> io::Result<bool> {
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_file_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        create_private(&path, b"first").unwrap();
        assert_eq!(create_private(&path, b"second").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
    }

    #[test]
    fn a_replaced_file_is_whole_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pins.json");
        fs::write(folder.path().join("pins.json.new"), "a longer text that a crash left").unwrap();
        replace_private(&path, b"one").unwrap();
        replace_private(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_private_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        create_private_folder(&inner).unwrap();
        let file = create_private(&inner.join("key"), b"x").unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(inner.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[cfg(unix)]
    #[test]
    fn a_public_file_is_for_others_too() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        create_public_folder(&keys).unwrap();
        create_public_folder(&keys).unwrap();
        replace_public(&keys.join("0001.json"), b"{}").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&keys), mode(&keys.join("0001.json"))), (0o755, 0o644));
    }

    #[test]
    fn what_takes_a_place_leaves_nothing_of_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("key"), folder.path().join("key.next"));
        fs::write(&old, "secret").unwrap();
        fs::write(&new, "new").unwrap();
        let before = File::open(&old).unwrap();
        take_place(&new, &old).unwrap();
        assert_eq!(fs::read(&old).unwrap(), b"new");
        assert_eq!(io::read_to_string(before).unwrap(), "\0".repeat(6));
        assert!(!new.exists());
        fs::write(&new, "newest").unwrap();
        fs::remove_file(&old).unwrap();
        take_place(&new, &old).unwrap();
        assert_eq!(fs::read(&old).unwrap(), b"newest");
    }

    #[test]
    fn reserved_disk_does_not_lengthen_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = create_private(&folder.path().join("journal"), b"line\n").unwrap();
        preallocate(&file, 1 << 20).unwrap();
        assert_eq!(file.metadata().unwrap().len(), 5);
    }
}
