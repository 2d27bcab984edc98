//! SANE, through `scanimage`.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::checks::asking::{ask, unreadable};
use crate::checks::words::plain;
use crate::checks::{CheckContext, ProgramError};
use crate::i18n::Message;

const PROGRAM: &str = "scanimage";
/// Looking for scanners goes out into the network too.
const LIST: Duration = Duration::from_secs(20);
/// A page of a slow flatbed.
const SCAN: Duration = Duration::from_secs(35);
const FILE: &str = "test-scan.pnm";
/// The head of the picture is no longer than this.
const HEAD_BYTES: u64 = 512;

pub(super) fn list(context: &CheckContext) -> Result<Vec<String>, Message> {
    let output = ask(context.programs.as_ref(), &[PROGRAM, "-f", "%d%n"], LIST);
    let output = output.map_err(|error| error.message(PROGRAM))?;
    if !output.success() {
        return Err(ProgramError::Failed(output.text()).message(PROGRAM));
    }
    Ok(output.out.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// It is there until it is dropped.
struct Picture(PathBuf);

impl Drop for Picture {
    fn drop(&mut self) {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(file = %self.0.display(), %error, "the test scan stays");
            }
            _ => {}
        }
    }
}

/// Width and height of a page that it scanned, or what it says is wrong; or why that is not known.
pub(super) fn scan(context: &CheckContext, scanner: &str) -> Result<Result<(u32, u32), String>, Message> {
    if let Err(error) = fs::create_dir_all(&context.data) {
        return Err(unreadable(&context.data, &error));
    }
    let picture = Picture(context.data.join(FILE));
    let path = picture.0.display().to_string();
    let command = [PROGRAM, "-d", scanner, "--format=pnm", "-o", &path];
    let output = ask(context.programs.as_ref(), &command, SCAN).map_err(|error| error.message(PROGRAM))?;
    if !output.success() {
        return Ok(Err(plain(&output.text(), 200)));
    }
    Ok(size(&picture.0).ok_or_else(|| "no picture".to_owned()))
}

/// A PNM begins with its kind, remarks, width and height, and holds a byte for eight points at least.
fn size(path: &Path) -> Option<(u32, u32)> {
    let file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    let mut head = Vec::new();
    file.take(HEAD_BYTES).read_to_end(&mut head).ok()?;
    let head = String::from_utf8_lossy(&head);
    let mut words = head.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    let known = matches!(words.next()?, "P4" | "P5" | "P6");
    let (width, height): (u32, u32) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let least = u64::from(width) * u64::from(height) / 8;
    (known && least > 0 && length > least).then_some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_a_head_and_a_body() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scan.pnm");
        let size_of = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            size(&path)
        };
        let whole = [b"P5\n# SANE data follows\n16 8\n255\n".as_slice(), &[200; 128]].concat();
        assert_eq!(size_of(&whole), Some((16, 8)));
        assert_eq!(size_of(b"P5\n# SANE data follows\n1600 800\n255\n"), None);
        assert_eq!(size_of(b""), None);
        assert_eq!(size_of(b"P5\n0 0\n255\n"), None);
        assert_eq!(size_of(b"\xff\xd8\xff"), None);
    }
}
