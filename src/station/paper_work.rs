//! Printing and saving of forms, on a thread of its own: journals are long, queues and media slow.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;
use std::thread;

use super::Inbox;
use super::papers::{FormMaker, Order, Paper};
use super::printing;
use super::protocol::{PaperLive, PaperState};
use crate::checks::SystemPrograms;
use crate::durable;
use crate::forms::{Sheet, pdf};
use crate::i18n::{Message, Texts};

/// What a saved form is called until it is whole.
const UNFINISHED: &str = "saving";
/// Forms of one name in a folder.
const MOST_OF_A_NAME: u32 = 99;

/// Where a form goes.
pub(super) enum Outlet {
    Printer(Option<String>),
    Folder(PathBuf),
}

/// What the thread says.
pub(super) enum PapersTold {
    Printers(Result<Vec<String>, Message>),
    Done(PaperLive),
}

/// Asks for the printers and tells.
pub(super) fn find_printers(inbox: SyncSender<Inbox>) -> io::Result<()> {
    thread::Builder::new().name("printers".into()).spawn(move || {
        let found = printing::printers(&SystemPrograms).map_err(|error| error.message());
        // The station is gone: nobody waits.
        let _ = inbox.send(Inbox::Papers(PapersTold::Printers(found)));
    })?;
    Ok(())
}

/// Makes the form and lets it out; tells how that went.
pub(super) fn start(
    maker: FormMaker,
    paper: &'static Paper,
    order: Order,
    outlet: Outlet,
    inbox: SyncSender<Inbox>,
) -> io::Result<()> {
    thread::Builder::new().name("papers".into()).spawn(move || {
        let state = made(&maker, paper, &order, &outlet).unwrap_or_else(PaperState::Failed);
        let told = PaperLive { form: paper.id().to_owned(), state };
        // The station is gone: the form lies where it was put all the same.
        let _ = inbox.send(Inbox::Papers(PapersTold::Done(told)));
    })?;
    Ok(())
}

fn made(maker: &FormMaker, paper: &Paper, order: &Order, outlet: &Outlet) -> Result<PaperState, Message> {
    let filled = maker.filled(paper, order).map_err(|error| error.message())?;
    let definition = paper.usable_definition(&maker.data).map_err(|error| error.message())?;
    let texts = Texts::load(maker.language);
    let written = Sheet::new(&definition, &filled, &texts).and_then(|sheet| pdf::write(&sheet));
    let written = written.map_err(|error| error.message())?;
    match outlet {
        Outlet::Printer(printer) => {
            let title = definition.title.get(maker.language);
            let queued =
                printing::print_bytes(&SystemPrograms, &maker.data, &written, title, printer.as_deref());
            let queued = queued.map_err(|error| error.message())?;
            Ok(PaperState::Queued { job: queued.job, stopped: queued.stopped })
        }
        Outlet::Folder(folder) => {
            let stem = format!("{}-{}", filled.origin.of, paper.id());
            let path = save(folder, &stem, &written).map_err(|error| {
                let about = Message::new("paper-not-saved").with("folder", folder.display().to_string());
                about.with("detail", error.to_string())
            })?;
            Ok(PaperState::Saved { path: path.display().to_string() })
        }
    }
}

/// Saves it under the first free name, `stem.pdf`, `stem-2.pdf` and so on; one that is there and equal stays.
fn save(folder: &Path, stem: &str, pdf: &[u8]) -> io::Result<PathBuf> {
    for number in 1..=MOST_OF_A_NAME {
        let end = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{stem}{end}.pdf"));
        match fs::metadata(&path) {
            Ok(there) if there.is_file() && there.len() == pdf.len() as u64 && fs::read(&path)? == pdf => {
                return Ok(path);
            }
            Ok(_) => continue,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let unfinished = path.with_added_extension(UNFINISHED);
        let written = File::create(&unfinished).and_then(|mut file| {
            file.write_all(pdf)?;
            file.sync_all()
        });
        let done = written.and_then(|()| fs::rename(&unfinished, &path));
        if done.is_err() {
            // The error that is returned says more than one of the clean-up would.
            let _ = fs::remove_file(&unfinished);
        }
        done?;
        if let Err(error) = durable::sync_folder(folder) {
            // Some file systems of media know no such thing.
            tracing::info!(%error, "folder of the form not synced");
        }
        return Ok(path);
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_saved_beside_what_is_there_and_never_over_it() {
        let folder = tempfile::tempdir().unwrap();
        let save = |pdf: &[u8]| {
            let path = save(folder.path(), "log", pdf)?;
            Ok::<_, io::Error>(path.file_name().unwrap().to_str().unwrap().to_owned())
        };
        assert_eq!(save(b"one").unwrap(), "log.pdf");
        assert_eq!(save(b"one").unwrap(), "log.pdf", "the same is there already");
        assert_eq!(save(b"two").unwrap(), "log-2.pdf");
        fs::create_dir(folder.path().join("log-3.pdf")).unwrap();
        assert_eq!(save(b"three").unwrap(), "log-4.pdf");
        assert_eq!(fs::read(folder.path().join("log.pdf")).unwrap(), b"one");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4, "nothing unfinished is left");
        assert!(super::save(&folder.path().join("none"), "log", b"x").is_err());
    }
}
