//! What a program is handed by whoever started it, besides its three standard streams.

/// Closes it. A station that a window started outlives that window, and must not hold what belonged to the
/// window's surroundings: `cage` ends when the last holder of its pipe is gone.
///
/// To be called first of all, before anything else is opened.
#[cfg(target_os = "linux")]
pub fn close() {
    let Ok(entries) = std::fs::read_dir("/proc/self/fd") else { return };
    let number = |entry: std::io::Result<std::fs::DirEntry>| entry.ok()?.file_name().to_str()?.parse().ok();
    let open: Vec<i32> = entries.filter_map(number).filter(|number| *number > 2).collect();
    for number in open {
        // The one that the folder was read through is closed already.
        let _ = nix::unistd::close(number);
    }
}

/// Elsewhere nothing is inherited unless it was marked so.
#[cfg(not(target_os = "linux"))]
pub fn close() {}
