//! A form of a reviewed archive comes out of a real print service.

use std::path::Path;
use std::process::Command;

use invigil::forms::{Sheet, pdf};
use invigil::i18n::{Language, Message, Texts};
use invigil::station::papers::{DayFacts, PAPERS};

use crate::cups::{Cups, until};
use crate::day::{Archive, seal_day, seal_day_with};
use crate::driver::Window;
use crate::reading::{pages, said};

const FORM: &str = "operation-log";
/// The person's folder, in the process that knows of no other print service than the test's.
const INNER: &str = "INVIGIL_TEST_PRINTS_FROM";

/// A day with the form as it is printed.
fn day() -> Archive {
    let day = seal_day(None);
    let facts =
        DayFacts::of_archive(day.folder.path(), 0, &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    let paper = PAPERS.iter().find(|paper| paper.id() == FORM).unwrap();
    let (data, definition) = (paper.of_day(&facts).unwrap(), paper.form.definition().unwrap());
    let texts = Texts::load(Language::Ru);
    let bytes = pdf::write(&Sheet::new(&definition, &data, &texts).unwrap()).unwrap();
    let files = [(format!("forms/{FORM}.json"), data.to_json()), (format!("forms/{FORM}.pdf"), bytes)];
    seal_day_with(&[], &files)
}

/// Opens the form in Review and prints it.
fn print(window: &mut Window) {
    window.press_id("shown-form-tab");
    let form = window.say(Message::new("ui-papers-form").with("form", FORM));
    window.until(&form, |window| window.shows(&form));
    window.press(&form);
    window.press_when_ready("shown-form-print");
    window.until("what came of it", |window| window.can_press("ui-understood"));
}

#[test]
fn a_form_of_an_archive_is_printed_or_the_reason_is_told() {
    if let Some(home) = std::env::var_os(INNER) {
        return in_review(Path::new(&home));
    }
    let cups = Cups::start();
    let home = tempfile::tempdir().unwrap();
    let mut again = cups.command(std::env::current_exe().unwrap().to_str().unwrap());
    again.env(INNER, home.path()).args(["--exact", "--nocapture"]);
    again.arg("printing::a_form_of_an_archive_is_printed_or_the_reason_is_told");
    let told = said(&mut again);
    assert!(told.contains("1 passed"), "{told}");

    // Let go on, the printer puts out the form that waited.
    assert_eq!(cups.jobs_done(), 0);
    cups.tell("cupsenable", &["paper"]);
    until("the form comes out", || cups.jobs_done() == 1);
    let read = cups.folder.path().join("read.pdf");
    said(Command::new("ps2pdf").arg(cups.paper()).arg(&read));
    let codes = pages(&read, cups.folder.path())[0].codes();
    assert!(codes[0].starts_with("form operation-log\nof 77-0101-2026-05-29-main"), "{codes:?}");
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "nothing of it is left behind");
}

fn in_review(home: &Path) {
    let day = day();
    let mut window = Window::review_of(home.to_owned(), day.folder.path().to_owned(), Language::En);
    print(&mut window);
    assert!(window.shows(&window.t("print-no-printer")), "{:#?}", window.texts_shown());
    window.press_id("ui-understood");
    said(Command::new("lpadmin").args(["-d", "paper"]));
    said(Command::new("cupsdisable").args(["-r", "Paper jam", "paper"]));
    print(&mut window);
    let told = window.texts_shown().join("\n");
    assert!(told.contains("paper-1") && told.contains("Paper jam"), "{told}");
}
