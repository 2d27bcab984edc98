//! ClamAV: its daemon `clamd`, asked through `clamdscan`.

use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use super::sample::Sample;
use super::{Product, utc_ms};
use crate::checks::asking::{SOON, ask, entries, unclear};
use crate::checks::{CheckContext, ProgramError, RunProgram};
use crate::i18n::Message;

/// The daemon may be busy with another file.
const SCAN: Duration = Duration::from_secs(20);
/// Where Debian and others keep the signatures.
const SIGNATURES: &str = "var/lib/clamav";

pub(super) fn look(context: &CheckContext, sample: Option<&Sample>) -> Option<Product> {
    let programs = context.programs.as_ref();
    let version = match ask(programs, &["clamdscan", "--version"], SOON) {
        Err(ProgramError::NotFound) => return without_daemon(programs),
        Err(error) => Err(error.message("clamdscan")),
        Ok(output) => Ok(output.out),
    };
    let running = is_running(programs);
    let signatures_ms = version.clone().and_then(|text| {
        let in_version = signatures_ms(&text);
        in_version.or_else(|| newest_ms(&context.root.join(SIGNATURES))).ok_or_else(|| unclear("clamdscan"))
    });
    let finds = match (&running, sample) {
        (Ok(true), Some(sample)) => Some(scan(programs, sample)),
        _ => None,
    };
    let version = version.unwrap_or_default().trim().trim_start_matches("ClamAV ").to_owned();
    Some(Product { name: "ClamAV", version, running, signatures_ms, finds })
}

/// Scanning by hand alone watches over nothing.
fn without_daemon(programs: &dyn RunProgram) -> Option<Product> {
    let text = match ask(programs, &["clamscan", "--version"], SOON) {
        Err(ProgramError::NotFound) => return None,
        Err(error) => Err(error.message("clamscan")),
        Ok(output) => Ok(output.out),
    };
    let signatures_ms = text.clone().and_then(|text| signatures_ms(&text).ok_or_else(|| unclear("clamscan")));
    let version = text.unwrap_or_default().trim().trim_start_matches("ClamAV ").to_owned();
    Some(Product { name: "ClamAV", version, running: Ok(false), signatures_ms, finds: None })
}

fn is_running(programs: &dyn RunProgram) -> Result<bool, Message> {
    let output = ask(programs, &["clamdscan", "--ping", "1"], SOON);
    output.map(|output| output.success()).map_err(|error| error.message("clamdscan"))
}

/// `ClamAV 1.4.6/27814/Fri Nov 20 10:45:31 2026`; the last two are those of the daily signatures.
fn signatures_ms(version: &str) -> Option<i64> {
    let line = version.lines().find(|line| line.starts_with("ClamAV "))?;
    utc_ms(line.splitn(3, '/').nth(2)?, "%a %b %e %H:%M:%S %Y")
}

/// Signatures that bear no date are as old as their newest file.
fn newest_ms(folder: &Path) -> Option<i64> {
    let is_signatures = |name: &String| {
        let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        matches!(ending, "cvd" | "cld" | "cud" | "hdb" | "hsb" | "ndb" | "ldb" | "mdb" | "msb")
    };
    let files = entries(folder).into_iter().filter(is_signatures);
    let changed = files.filter_map(|name| fs::metadata(folder.join(name)).ok()?.modified().ok());
    let newest = changed.max()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(newest.as_millis()).ok()
}

/// The daemon need not be able to read the data folder: it is sent what is in the file.
fn scan(programs: &dyn RunProgram, sample: &Sample) -> Result<bool, Message> {
    let path = sample.path();
    let output = ask(programs, &["clamdscan", "--stream", "--no-summary", &path], SCAN)
        .map_err(|error| error.message("clamdscan"))?;
    // 0 is clean, 1 is a virus, 2 is trouble.
    match output.code {
        Some(1) if output.out.contains("FOUND") => Ok(true),
        Some(0) => Ok(sample.is_taken()),
        _ if sample.is_taken() => Ok(true),
        _ => Err(ProgramError::Failed(output.text()).message("clamdscan")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signatures_date_stands_in_the_version() {
        let version = "ClamAV 1.4.6/27814/Fri Nov 20 10:45:31 2026\n";
        assert_eq!(signatures_ms(version), Some(1_795_171_531_000));
        assert_eq!(signatures_ms("ClamAV 1.0.3/27001/Sun Aug  6 07:38:01 2023\n"), Some(1_691_307_481_000));
        assert_eq!(signatures_ms("ClamAV 1.4.6\n"), None);
        assert_eq!(signatures_ms("ERROR: Could not connect to clamd\n"), None);
    }

    #[test]
    fn without_a_date_the_newest_file_of_signatures_counts() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(newest_ms(folder.path()), None);
        fs::write(folder.path().join("freshclam.dat"), "").unwrap();
        assert_eq!(newest_ms(folder.path()), None);
        fs::write(folder.path().join("own.ndb"), "").unwrap();
        assert!(newest_ms(folder.path()).is_some());
    }
}
