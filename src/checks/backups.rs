//! Are the backups that the profile asks for there, whole, and with room for today?

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

use super::asking::entries;
use super::findings::Findings;
use super::{CheckContext, CheckResult, gigabytes};
use crate::i18n::Message;

const TEST_FILE: &str = "invigil-write-test.tmp";

pub(super) fn run(context: &CheckContext) -> CheckResult {
    let rules = &context.backup;
    let folders = [(&rules.daily, false), (&rules.cumulative, true)];
    let folders: Vec<(&Path, bool)> =
        folders.into_iter().filter_map(|(folder, all)| Some((folder.as_deref()?, all))).collect();
    if folders.is_empty() {
        return CheckResult::passed(Message::new("checks-backups-not-asked"));
    }
    let days = packed_days(&context.data.join("days"));
    let mut findings = Findings::default();
    findings.measured("packed_days", days.len());
    for (folder, all) in folders {
        let expected =
            if all { days.as_slice() } else { days.get(days.len().saturating_sub(1)..).unwrap_or_default() };
        look(folder, expected, context.needed_bytes, &mut findings);
    }
    let fine = Message::new("checks-backups-ok").with("count", days.len());
    findings.into_result(fine)
}

/// A packed day: its name, and its files with their lengths.
struct PackedDay {
    name: String,
    files: Vec<(String, u64)>,
}

/// By their names, which are by their dates. A day whose journal's part is not there is not packed yet.
fn packed_days(days: &Path) -> Vec<PackedDay> {
    let packed = |name: String| {
        let archive = days.join(&name).join("archive");
        let length = |file: String| Some((archive.join(&file).metadata().ok()?.len(), file));
        let files: Vec<(String, u64)> =
            entries(&archive).into_iter().filter_map(length).map(|(length, file)| (file, length)).collect();
        let journal = format!("{name}-00.zip");
        files.iter().any(|(file, _)| *file == journal).then_some(PackedDay { name, files })
    };
    entries(days).into_iter().filter_map(packed).collect()
}

fn look(folder: &Path, expected: &[PackedDay], needed_bytes: u64, findings: &mut Findings) {
    let about = |id: &str| Message::new(id).with("folder", folder.display().to_string());
    if !folder.is_dir() {
        return findings.failed(about("checks-backups-missing"));
    }
    for day in expected {
        let is_there = |(file, length): &(String, u64)| {
            folder
                .join(&day.name)
                .join(file)
                .metadata()
                .is_ok_and(|found| found.is_file() && found.len() == *length)
        };
        let there = day.files.iter().filter(|file| is_there(file)).count();
        findings.measured(&format!("{}_files_of_{}", day.name, day.files.len()), there);
        if there < day.files.len() {
            findings.failed(about("checks-backups-stale").with("day", day.name.as_str()));
        }
    }
    if let Err(error) = write(folder) {
        findings.failed(about("checks-backups-unwritable").with("detail", error.to_string()));
    }
    match fs4::available_space(folder) {
        Ok(free) if free < needed_bytes => {
            let full = gigabytes(about("checks-backups-full"), "free", free);
            findings.failed(gigabytes(full, "needed", needed_bytes));
        }
        Ok(free) => findings.measured("free_bytes", free),
        Err(error) => findings.unknown(about("checks-target-unknown").with("detail", error.to_string())),
    }
}

fn write(folder: &Path) -> io::Result<()> {
    let path = folder.join(TEST_FILE);
    if path.symlink_metadata().is_ok_and(|found| found.is_file()) {
        fs::remove_file(&path)?;
    }
    OpenOptions::new().write(true).create_new(true).open(&path)?.sync_all()?;
    fs::remove_file(&path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::context;
    use crate::journal::Outcome;

    #[test]
    fn a_backup_that_lacks_a_day_or_a_piece_of_it_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let (data, daily, all) =
            (folder.path().join("data"), folder.path().join("daily"), folder.path().join("all"));
        let mut context = context(&data);
        assert_eq!(run(&context).finding.id, "checks-backups-not-asked");
        context.backup.daily = Some(daily.clone());
        context.backup.cumulative = Some(all.clone());
        context.needed_bytes = 0;
        let check = || {
            let result = run(&context);
            (result.outcome, result.finding.id)
        };
        assert_eq!(check(), (Outcome::Failed, "checks-backups-missing".into()));
        let make = |at: &Path, file: &str, bytes: &[u8]| {
            fs::create_dir_all(at).unwrap();
            fs::write(at.join(file), bytes).unwrap();
        };
        fs::create_dir_all(&daily).unwrap();
        fs::create_dir_all(&all).unwrap();
        assert_eq!(check(), (Outcome::Passed, "checks-backups-ok".into()));

        let (first, last) = ("77-0101-2026-05-28-main", "77-0101-2026-05-29-main");
        for day in [first, last] {
            let archive = data.join("days").join(day).join("archive");
            make(&archive, &format!("{day}-00.zip"), b"journal");
            make(&archive, &format!("{day}-01.zip"), b"video");
            make(&all.join(day), &format!("{day}-00.zip"), b"journal");
            make(&all.join(day), &format!("{day}-01.zip"), b"video");
        }
        make(&data.join("days/77-0101-2026-05-30-main/archive"), "77-0101-2026-05-30-main-01.zip", b"open");
        assert_eq!(
            check(),
            (Outcome::Failed, "checks-backups-stale".into()),
            "the daily one lacks the last day"
        );
        make(&daily.join(last), &format!("{last}-00.zip"), b"journal");
        make(&daily.join(last), &format!("{last}-01.zip"), b"video");
        assert_eq!(check().0, Outcome::Passed);
        make(&all.join(first), &format!("{first}-01.zip"), b"vid");
        assert_eq!(check().1, "checks-backups-stale");
        make(&all.join(first), &format!("{first}-01.zip"), b"video");
        context.needed_bytes = u64::MAX;
        assert_eq!(run(&context).finding.id, "checks-backups-full");
    }
}
