//! Keeping what is secret in memory off the disk: no image of a crashed process, no swap. What only one
//! system has stands in [`system`], with its twin for the others beside it.

pub use system::forbid_dumps;
#[cfg(feature = "station")]
pub use system::lock;

/// What became of locking the memory.
#[derive(Debug)]
pub enum Locked {
    Yes,
    /// The system limits how much may be locked, and a locked process over its limit would get no more
    /// memory at all: it goes on unlocked.
    Limited,
    Refused(std::io::Error),
}

#[cfg(target_os = "linux")]
mod system {
    use std::io;

    #[cfg(feature = "station")]
    use nix::sys::mman::{MlockAllFlags, mlockall};
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    #[cfg(feature = "station")]
    use {super::Locked, rustix::process::getrlimit};

    /// `MCL_ONFAULT` of <asm-generic/mman.h>: memory that is reserved and never used stays unused.
    #[cfg(feature = "station")]
    const ON_FAULT: MlockAllFlags = MlockAllFlags::from_bits_retain(4);

    /// From now on this process leaves no image when it crashes, nor do those that it starts; and others
    /// of the same user can't look into its memory.
    pub fn forbid_dumps() -> io::Result<()> {
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
        Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
    }

    /// From now on nothing of this process is swapped out, if the system lets it.
    #[cfg(feature = "station")]
    pub fn lock() -> Locked {
        let unlimited = Rlimit { current: None, maximum: None };
        // Root and services may raise it; whoever may not has the limit that was set.
        let _ = setrlimit(Resource::Memlock, unlimited);
        if getrlimit(Resource::Memlock).current.is_some() {
            return Locked::Limited;
        }
        match mlockall(MlockAllFlags::MCL_CURRENT | MlockAllFlags::MCL_FUTURE | ON_FAULT) {
            Ok(()) => Locked::Yes,
            Err(error) => Locked::Refused(error.into()),
        }
    }
}

/// Windows writes no image of a crashed process unless it was set up to, and locks memory page by page.
/// Never built or tried.
#[cfg(not(target_os = "linux"))]
mod system {
    use std::io;

    pub fn forbid_dumps() -> io::Result<()> {
        Ok(())
    }

    #[cfg(feature = "station")]
    pub fn lock() -> super::Locked {
        super::Locked::Limited
    }
}
