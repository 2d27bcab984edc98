//! The backup that holds the newest day alone.

use std::fs;
use std::io;
use std::path::Path;

use chrono::NaiveDate;

use crate::point::DayId;

/// Removes the archives of this station's days before `day`, which is that of `date`, from a folder of
/// days: file by file, only what bears that day's name, and only a folder that is then empty. To be called
/// once `day` stands there, verified.
pub fn keep_from(folder: &Path, day: &DayId, date: NaiveDate) -> io::Result<()> {
    let date_text = date.to_string();
    let Some((before, after)) = day.as_str().split_once(&date_text) else { return Ok(()) };
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let of = name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        let earlier = of.and_then(|of| of.parse::<NaiveDate>().ok()).is_some_and(|of| of < date);
        if earlier && path.is_dir() {
            remove_day(&path, name)?;
        }
    }
    Ok(())
}

fn remove_day(folder: &Path, day: &str) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.strip_prefix(day).is_some_and(|rest| rest.starts_with('-')) && path.is_file() {
            fs::remove_file(&path)?;
        }
    }
    match fs::remove_dir(folder) {
        // Somebody keeps something of their own there.
        Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_stations_earlier_days_go_and_nothing_of_anybody_else() {
        let folder = tempfile::tempdir().unwrap();
        let make = |day: &str, file: &str| {
            fs::create_dir_all(folder.path().join(day)).unwrap();
            fs::write(folder.path().join(day).join(file), b"x").unwrap();
        };
        let today = "77-0101-2026-05-29-main";
        make(today, "77-0101-2026-05-29-main-00.zip");
        make("77-0101-2026-05-28-main", "77-0101-2026-05-28-main-00.zip");
        make("77-0101-2026-05-27-main", "77-0101-2026-05-27-main-00.zip");
        make("77-0101-2026-05-27-main", "notes.txt");
        make("77-0101-2026-05-28-spare", "77-0101-2026-05-28-spare-00.zip");
        make("77-0101-2026-05-30-main", "77-0101-2026-05-30-main-00.zip");
        make("photos", "77-0101-2026-05-28-main-00.zip");
        keep_from(folder.path(), &today.parse().unwrap(), "2026-05-29".parse().unwrap()).unwrap();
        let left = |day: &str| fs::read_dir(folder.path().join(day)).map_or(0, Iterator::count);
        assert_eq!((left(today), left("77-0101-2026-05-28-main")), (1, 0));
        assert_eq!(left("77-0101-2026-05-27-main"), 1, "somebody's notes");
        for other in ["77-0101-2026-05-28-spare", "77-0101-2026-05-30-main", "photos"] {
            assert_eq!(left(other), 1, "{other}");
        }
    }
}
