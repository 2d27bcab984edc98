//! What others hear in a recording: ffmpeg decodes.

use std::path::Path;
use std::process::Command;

/// Samples a second of [`heard`].
pub const RATE: usize = 48_000;

/// The sound as one channel, from the film's beginning on.
pub fn heard(mp4: &Path) -> Vec<i16> {
    let bytes = ffmpeg(
        mp4,
        &["-map", "0:a", "-af", "aresample=async=1:first_pts=0", "-f", "s16le", "-ar", "48000", "-ac", "1"],
    );
    bytes.chunks_exact(2).map(|bytes| i16::from_le_bytes([bytes[0], bytes[1]])).collect()
}

/// What ffmpeg makes of a file, without a complaint.
pub fn ffmpeg(mp4: &Path, output: &[&str]) -> Vec<u8> {
    let mut command = Command::new("ffmpeg");
    let output = command.args(["-v", "error", "-i"]).arg(mp4).args(output).arg("-").output();
    let output = output.expect("ffmpeg is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{}: {said}", mp4.display());
    output.stdout
}
