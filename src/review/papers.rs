//! The forms that lie in an archive: which there are, and what stands on them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Coming, Reviewed, Wake};
use crate::archive::{PartName, Report, zip};
use crate::forms::{FormData, Page, Sheet};
use crate::i18n::{Language, Message, Texts};
use crate::station::papers::Paper;

/// No form of ours is longer.
const MOST_BYTES: u64 = 32 << 20;
/// An archive has a few dozens of them.
const MOST_FORMS: usize = 500;
const FOLDER: &str = "data/forms/";

/// A form of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedForm {
    /// The form's id; one that this program does not know is shown by it.
    pub id: String,
    /// Where it lies.
    pub part: PathBuf,
    /// The endings that it is there with: `pdf`, `xlsx`, `json`.
    pub endings: Vec<String>,
    /// The verifier found one of its files changed.
    pub changed: bool,
}

impl ArchivedForm {
    pub fn has(&self, ending: &str) -> bool {
        self.endings.iter().any(|there| there == ending)
    }

    pub fn file(&self, ending: &str) -> String {
        format!("{FOLDER}{}.{ending}", self.id)
    }

    /// The file as it lies in the archive.
    pub(super) fn bytes(&self, ending: &str) -> io::Result<Vec<u8>> {
        let mut part = File::open(&self.part)?;
        let wanted = self.file(ending);
        let entries = entries(&mut part)?;
        let entry = entries.iter().find(|entry| path(entry) == Some(wanted.as_str()));
        let entry = entry.filter(|entry| entry.bytes <= MOST_BYTES).ok_or(io::ErrorKind::NotFound)?;
        let mut bytes = Vec::new();
        zip::contents(&mut part, entry)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// What stands on it; what happened and what to do if that can't be shown.
    fn page(&self, language: Language) -> Result<Page, Message> {
        let unknown = || Message::new("shown-form-unknown").with("form", self.id.as_str());
        let paper = Paper::find(&self.id).ok_or_else(unknown)?;
        let bytes = self.bytes("json").map_err(|_| Message::new("shown-form-unread"))?;
        let catalogue = paper.form.catalogue;
        let data = FormData::from_json(&bytes, catalogue).map_err(|_| Message::new("shown-form-unread"))?;
        let definition = paper.form.definition().map_err(|error| error.message())?;
        let texts = Texts::load(language);
        let sheet = Sheet::new(&definition, &data, &texts).map_err(|error| error.message())?;
        Ok(Page::of(&sheet))
    }
}

/// Looks for the forms of an archive.
pub fn list_forms(reviewed: &Arc<Reviewed>, wake: Wake) -> io::Result<Coming<Vec<ArchivedForm>>> {
    let reviewed = Arc::clone(reviewed);
    Coming::start("forms", wake, move || forms(&reviewed.folder, &reviewed.report))
}

/// Reads what stands on one of them.
pub fn read_form(
    form: ArchivedForm,
    language: Language,
    wake: Wake,
) -> io::Result<Coming<Result<Page, Message>>> {
    Coming::start("form", wake, move || form.page(language))
}

/// In the order of the parts; what can't be read has no forms.
fn forms(folder: &Path, report: &Report) -> Vec<ArchivedForm> {
    let Ok(files) = fs::read_dir(folder) else { return Vec::new() };
    let mut parts: Vec<PathBuf> =
        files.flatten().map(|file| file.path()).filter(|path| holds(path)).collect();
    parts.sort();
    let mut found: Vec<ArchivedForm> = Vec::new();
    for part in parts {
        let Ok(entries) = File::open(&part).and_then(|mut file| entries(&mut file)) else { continue };
        for file in entries.iter().filter_map(path) {
            let Some((id, ending)) = file.strip_prefix(FOLDER).and_then(|name| name.rsplit_once('.')) else {
                continue;
            };
            let label = part.file_name().map(|name| name.to_string_lossy().into_owned());
            let is_it =
                |place: &crate::archive::Place| place.part == label && place.file.as_deref() == Some(file);
            let changed = report.faults.iter().any(|fault| is_it(&fault.place));
            let known = found.iter().position(|form| form.part == part && form.id == id);
            match known {
                Some(at) => {
                    found[at].endings.push(ending.to_owned());
                    found[at].changed |= changed;
                }
                None if found.len() < MOST_FORMS => {
                    let (id, endings) = (id.to_owned(), vec![ending.to_owned()]);
                    found.push(ArchivedForm { id, part: part.clone(), endings, changed });
                }
                None => {}
            }
        }
    }
    found
}

/// Whether it is a part that forms may lie in: the journal's, or one that came after it.
fn holds(path: &Path) -> bool {
    let stem = path.extension().filter(|ending| *ending == "zip").and_then(|_| path.file_stem());
    match stem.and_then(|stem| PartName::parse(&stem.to_string_lossy())) {
        Some(PartName::After(..)) => true,
        Some(name) => name.number() == Some(0),
        None => false,
    }
}

fn entries(part: &mut File) -> io::Result<Vec<zip::Entry>> {
    match zip::read(part) {
        Ok(entries) => Ok(entries),
        // What else is wrong with the part stands in the verdict.
        Err(_) => zip::salvage(part),
    }
}

/// Below the part's own folder.
fn path(entry: &zip::Entry) -> Option<&str> {
    entry.name.as_str().split_once('/').map(|(_, path)| path)
}
