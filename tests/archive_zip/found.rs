//! Odd ZIPs that other projects test themselves with: those of Debian's Python, where it is installed.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use invigil::archive::zip;

/// Every `.zip` below a folder.
fn zips(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            zips(&path, found);
        } else if path.extension().is_some_and(|end| end == "zip" || end == "whl" || end == "egg") {
            found.push(path);
        }
    }
}

#[test]
fn no_zip_of_pythons_own_tests_is_accepted() {
    let mut found = Vec::new();
    zips(Path::new("/usr/lib/python3.11/test"), &mut found);
    assert!(found.len() >= 5, "{found:?}: libpython3.11-testsuite is missing, see .ci/setup");
    for path in found {
        let mut file = Cursor::new(fs::read(&path).unwrap());
        assert!(zip::read(&mut file).is_err(), "{}", path.display());
        let _ = (zip::walk(&mut file), zip::salvage(&mut file));
    }
}
