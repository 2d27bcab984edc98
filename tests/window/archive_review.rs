//! An archive in the review: its journal is searched, it is held against the papers, and what is made of it
//! lies on the disk afterwards.

use std::path::Path;
use std::process::Command;

use egui_kittest::Node;
use egui_kittest::kittest::Queryable;
use invigil::archive::{Integrity, Provenance, Signed};
use invigil::i18n::{Language, Message};
use invigil::journal::Event;

use crate::archives::{PDF, with_forms};
use crate::day::{Archive, check, flip, offset_in_part, options, seal_day, seal_day_of};
use crate::driver::{SMALL, Window};

/// Tall enough for everything that the review shows.
fn review(day: &Archive) -> Window {
    Window::review_in([1366.0, 2400.0], day.folder.path().to_owned(), Language::En)
}

#[test]
fn the_player_s_clock_stands_beside_its_buttons_on_a_small_screen() {
    let day = seal_day(None);
    for language in [Language::Ru, Language::En] {
        let window = Window::review_in(SMALL, day.folder.path().to_owned(), language);
        let play = window.t("ui-play-play");
        let play = window.harness.get_by_label(&play).rect();
        let beside = |clock: &Node<'_>| {
            clock.rect().left() > play.right() && play.y_range().contains(clock.rect().center().y)
        };
        assert!(window.harness.query_all_by_label("09:00:00").any(|clock| beside(&clock)), "{language:?}");
    }
}

fn said(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_journal_is_searched() {
    let codes = ["ABCD-2345", "QRST-6789", "ABCD-9999"];
    let day = seal_day_of(&codes.map(|code| Event::CodeWritten { code: code.to_owned() }));
    let mut window = review(&day);
    window.press(&window.say(Message::new("ui-review-journal").with("count", day.act.records)));
    let found = |count: usize| Message::new("ui-log-found").with("count", count);
    window.type_into("ui-log-search", "abcd");
    window.until("two codes", |window| window.shows(&window.say(found(2))));
    assert!(window.shows("ABCD-2345") && !window.shows("QRST-6789"), "{:#?}", window.texts_shown());
    window.type_into("ui-log-search", "9999 abcd");
    window.until("one code", |window| window.shows(&window.say(found(1))));
    // What is looked for stays while the topic changes.
    window.press_id("ui-topic-checks");
    window.until("none", |window| window.shows(&window.say(found(0))));
    window.press_id("ui-topic-evidence");
    window.until("one code", |window| window.shows(&window.say(found(1))));
    window.picture("review-search");
    window.type_into("ui-log-search", " ");
    window.press_id("ui-topic-evidence");
    assert!(window.shows("QRST-6789"), "all of it again");
}

#[test]
fn an_archive_is_held_against_the_papers() {
    let day = seal_day(None);
    let mut window = review(&day);
    window.press_id("ui-review-against");
    window.type_into("ui-review-opening", "abcd efgh");
    window.type_into("ui-review-closing", &day.act.closing_code.to_string());
    window.type_into("ui-against-restarts", "0");
    window.press_id("ui-against-go");
    assert!(window.shows(&window.t("ui-against-bad-opening")), "{:#?}", window.texts_shown());
    // As it stands on the paper, with blanks where a person sees groups.
    let opening = day.act.opening_code.to_string().replace('-', "- ");
    window.type_into("ui-review-opening", &opening);
    window.picture("review-against");
    window.press_id("ui-against-go");
    window.until_shown("ui-review-other");
    assert!(window.shows(Provenance::Anchored.word()), "{:#?}", window.texts_shown());

    // Another day's closing code.
    window.press_id("ui-review-against");
    window.type_into("ui-review-closing", &day.act.opening_code.to_string());
    window.press_id("ui-against-go");
    window.until_shown("ui-review-other");
    assert!(window.shows(Integrity::Tampered.word()), "{:#?}", window.texts_shown());

    window.press_id("ui-review-against");
    window.type_into("ui-against-signers", "/nowhere/signers");
    window.press_id("ui-against-go");
    window.until("why not", |window| window.shows("/nowhere/signers"));
}

#[test]
fn reports_excerpts_and_files_are_saved() {
    let day = seal_day(None);
    let to = tempfile::tempdir().unwrap();
    let mut window = review(&day);
    let mut save = |what: &str| {
        window.press_id("ui-review-save");
        window.press_id(what);
        window.type_into("ui-save-folder", to.path().to_str().unwrap());
        window.press_id("ui-save-go");
        window.until_shown("ui-understood");
        window.picture(&format!("review-{what}"));
        let told = window.texts_shown();
        window.press_id("ui-understood");
        told.join("\n")
    };
    let file = |name: &str| to.path().join(format!("77-0101-2026-05-29-main-{name}"));
    save("ui-save-pdf");
    let text = said(Command::new("pdftotext").arg("-layout").arg(file("verification.pdf")).arg("-"));
    assert!(text.contains("VALID: everything is here") && text.contains("entrance-1"), "{text}");
    let again = save("ui-save-pdf");
    assert!(again.contains("verification.pdf"), "nothing is overwritten: {again}");
    save("ui-save-xlsx");
    assert!(file("verification.xlsx").exists());
    save("ui-save-json");
    let json = std::fs::read(file("verification.json")).unwrap();
    let report: invigil::archive::Report = serde_json::from_slice(&json).unwrap();
    assert_eq!((report.integrity, report.parts.len()), (Integrity::Valid, day_parts(day.folder.path())));
    let told = save("ui-save-excerpt");
    let names = std::fs::read_dir(to.path()).unwrap().map(|entry| entry.unwrap().path());
    let excerpt = names.into_iter().find(|path| path.to_string_lossy().ends_with(".excerpt.zip"));
    let report = check(&[excerpt.unwrap_or_else(|| panic!("{told}"))], &options());
    assert_eq!((report.integrity, report.excerpt.is_some()), (Integrity::Valid, true), "{told}");
    save("ui-save-files");
    let listed = said(Command::new("find").arg(to.path()).args(["-name", "records.jsonl"]));
    assert!(!listed.trim().is_empty(), "the journal lies there");

    window.press_id("ui-review-save");
    window.press_id("ui-save-excerpt");
    window.type_into("ui-save-from", "half past nine");
    window.press_id("ui-save-go");
    assert!(window.shows(&window.t("ui-save-bad-time")), "{:#?}", window.texts_shown());
}

fn day_parts(folder: &Path) -> usize {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().ends_with(".zip")).count()
}

/// The operation log that lies in the archive, shown.
fn operation_log(day: &Archive) -> Window {
    let mut window = review(day);
    window.press_id("shown-form-tab");
    let form = window.say(Message::new("ui-papers-form").with("form", "operation-log"));
    let named = |window: &Window| window.texts_shown().into_iter().find(|text| text.ends_with(&form));
    window.until(&form, |window| named(window).is_some());
    let form = named(&window).unwrap();
    window.press(&form);
    // Its last line: it is wholly there.
    window.until("its text", |window| window.shows("operation-log · version"));
    window
}

#[test]
fn a_form_is_saved_as_it_lies_in_the_archive() {
    let day = with_forms(&[]);
    let to = tempfile::tempdir().unwrap();
    let mut window = operation_log(&day);
    assert!(!window.shows(&window.t("shown-form-changed")));
    window.press_id("shown-form-save");
    window.type_into("ui-save-folder", to.path().to_str().unwrap());
    window.press_id("ui-save-go");
    let name = "operation-log.pdf";
    window.until(name, |window| window.texts_shown().iter().any(|text| text.contains(name)));
    let saved: Vec<_> = std::fs::read_dir(to.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [pdf] = &saved[..] else { panic!("{saved:?}") };
    assert_eq!(std::fs::read(pdf).unwrap(), PDF);
}

#[test]
fn a_form_that_was_changed_says_so() {
    let day = with_forms(&[]);
    flip(&day.part(0), offset_in_part(&day.part(0), "forms/operation-log.pdf"), 3);
    let window = operation_log(&day);
    assert!(window.shows(&window.t("shown-form-changed")), "{:#?}", window.texts_shown());
}

#[test]
fn an_archive_is_countersigned_at_another_computer() {
    let day = seal_day(None);
    let home = tempfile::tempdir().unwrap();
    let key = home.path().join("head-key");
    said(Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key));
    let mut window = review(&day);
    window.press_id("ui-close-countersign");
    window.type_into("ui-countersign-file", key.to_str().unwrap());
    window.press_id("ui-countersign-go");
    window.until_shown("ui-understood");
    let report = check(&day.paths(), &options());
    let signed: Vec<_> =
        report.countersignatures.iter().map(|found| (found.role.word(), found.signed)).collect();
    assert_eq!(signed, [("head", Signed::Unchecked)]);
}
