//! Ten seconds with an archive that somebody changed: on a small screen, before anything is scrolled, stands
//! what is wrong, where, what that means, and what to do.

use std::fs;

use eframe::egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT, Queryable, by};
use invigil::archive::Integrity;
use invigil::i18n::{Language, Message};
use invigil::signing::{DeviceKey, Digest};

use crate::day::{Archive, files_of, flip, offset_in_part, rewrite, seal_day};
use crate::driver::{USUAL, Window};
use crate::legible;

const VIDEO: &str = "entrance-1/000001.mp4";

/// One bit of a picture of the entrance's second file: 09:10:02.
pub fn change_a_picture(day: &Archive) {
    let part = day.part(1);
    let index =
        files_of(&part).into_iter().find(|(name, _)| name.ends_with("entrance-1/000001.idx")).unwrap();
    let line = String::from_utf8(index.1).unwrap().lines().nth(2).unwrap().to_owned();
    let number = |name: &str| -> u64 {
        let rest = line.split(&format!("\"{name}\":")).nth(1).unwrap();
        rest.split([',', '}']).next().unwrap().parse().unwrap()
    };
    let last = number("offset") + number("length") - 1;
    flip(&part, offset_in_part(&part, VIDEO) + last, 3);
}

/// Gives the number of the record that says something else now.
fn change_a_record(day: &Archive) -> u64 {
    let mut changed = 0;
    rewrite(&day.part(0), |files| {
        let records = files.iter_mut().find(|(name, _)| name.ends_with("records.jsonl")).unwrap();
        let text = String::from_utf8(records.1.clone()).unwrap();
        changed = text.lines().position(|line| line.contains("\"segment\":1")).unwrap() as u64;
        records.1 = text.replacen("\"segment\":1", "\"segment\":7", 1).into_bytes();
    });
    changed
}

fn take_a_part_away(day: &Archive) {
    fs::remove_file(day.part(1)).unwrap();
}

/// What stands wholly on the screen, as it is.
fn seen(window: &Window) -> String {
    let screen = window.harness.ctx.content_rect();
    let has_place = |node: &AccessKitNode<'_>| !node.is_hidden() && node.bounding_box().is_some();
    let nodes = window.harness.query_all(by().predicate(has_place));
    let seen = nodes.filter(|node| screen.contains_rect(node.rect()));
    let texts = seen.filter_map(|node| {
        let node = node.accesskit_node();
        node.label().or_else(|| node.value())
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// What somebody did to an archive, and what is told of it.
struct Case {
    name: &'static str,
    change: fn(&Archive),
    integrity: Integrity,
    place: &'static str,
    /// What it means, and what to do.
    words: [&'static str; 2],
}

fn opened(day: &Archive, language: Language) -> Window {
    let builder = Harness::builder().with_size(USUAL);
    let pictured = std::env::var_os("INVIGIL_PICTURES").is_some();
    let builder = if pictured { builder.wgpu() } else { builder };
    Window::review_with(builder, day.folder.path().to_owned(), language)
}

#[test]
fn what_is_wrong_where_and_what_to_do_is_told_at_once() {
    let cases = [
        Case {
            name: "video",
            change: change_a_picture,
            integrity: Integrity::Tampered,
            place: "entrance-1 · 09:10:02–09:10:04",
            words: ["verdict-means-video", "verdict-do-second-copy"],
        },
        Case {
            name: "record",
            change: |day| {
                change_a_record(day);
            },
            integrity: Integrity::Tampered,
            place: "TAMPERED",
            words: ["verdict-means-journal", "verdict-do-second-copy"],
        },
        Case {
            name: "part",
            change: take_a_part_away,
            integrity: Integrity::Incomplete,
            place: "77-0101-2026-05-29-main-01.zip",
            words: ["verdict-means-part", "verdict-do-part"],
        },
    ];
    for Case { name, change, integrity, place, words: [means, todo] } in cases {
        let day = seal_day(None);
        change(&day);
        for language in [Language::Ru, Language::En] {
            let mut window = opened(&day, language);
            window.picture(&format!("tampered-{name}-{}", language.tag()));
            let told = seen(&window);
            let todo = window.say(Message::new("verdict-todo").with("text", window.t(todo)));
            let words = [integrity.word().to_owned(), place.to_owned(), window.t(means), todo];
            for word in words {
                assert!(told.contains(&word), "{name} {language:?}: {word:?} is not in\n{told}");
            }
            assert_eq!(legible::faults(&window), Vec::<String>::new(), "{name} {language:?}");
        }
    }
}

#[test]
fn a_finding_leads_to_its_second_of_video() {
    let day = seal_day(None);
    change_a_picture(&day);
    let mut window = opened(&day, Language::En);
    let moment = |window: &Window| window.texts_shown().iter().any(|text| text == "09:10:02");
    assert!(moment(&window), "it begins where something was changed: {:#?}", window.texts_shown());
    window.press_id("ui-play-later");
    window.until("another moment", |window| !moment(window));
    let place = Message::new("verdict-show-where").with("where", "entrance-1 · 09:10:02–09:10:04");
    window.press(&window.say(place));
    window.until("the changed second", moment);
}

/// It may be whole and still be anybody's.
#[test]
fn a_whole_archive_of_an_unknown_key_is_not_praised() {
    let day = seal_day(None);
    let folder = tempfile::tempdir().unwrap();
    let key = DeviceKey::create(&folder.path().join("key"), &ring::rand::SystemRandom::new()).unwrap();
    let signers = folder.path().join("signers");
    fs::write(&signers, format!("station namespaces=\"invigil-archive\" {}\n", key.public())).unwrap();
    let mut window = opened(&day, Language::En);
    assert!(seen(&window).contains(&window.t("verdict-do-compare")), "{}", seen(&window));
    window.press_id("ui-review-against");
    window.type_into("ui-against-signers", signers.to_str().unwrap());
    window.press_id("ui-against-go");
    window.until_shown("ui-review-other");
    let told = seen(&window);
    assert!(told.contains(&window.t("verdict-whole-foreign")), "{told}");
    assert!(told.contains(&window.t("verdict-do-ask-key")), "{told}");
}

/// All of it, read from the archive itself: who, when by both clocks, its place in the chain, its checkpoint.
#[test]
fn a_record_is_opened_by_the_keyboard_and_left_by_esc() {
    let day = seal_day(None);
    let mut window = Window::review_in([1366.0, 2400.0], day.folder.path().to_owned(), Language::Ru);
    window.press(&window.say(Message::new("ui-review-journal").with("count", day.act.records)));
    let named = |window: &Window, n: u64| {
        let begin = window.say(Message::new("record-named").with("n", n).with("time", ""));
        let begin = begin.trim_end_matches(['\u{2069}', '\u{2068}', ' ', ',']).to_owned();
        window.texts_shown().into_iter().find(|text| text.starts_with(&begin)).expect("the row is there")
    };
    // Down from the first row to the third, with the arrows alone.
    let first = named(&window, 0);
    window.focus(&first);
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.until("the record", |window| window.shows(&window.t("record-chain-both")));
    window.picture("review-record");
    let line = {
        let records = files_of(&day.part(0)).into_iter().find(|(name, _)| name.ends_with("records.jsonl"));
        String::from_utf8(records.unwrap().1).unwrap().lines().nth(2).unwrap().to_owned()
    };
    assert!(window.shows(&line), "{:#?}", window.texts_shown());
    assert!(window.shows(&Digest::of(format!("{line}\n").as_bytes()).to_string()));
    assert!(window.texts_shown().iter().any(|text| text.contains("контрольной точкой 2 ")), "its checkpoint");
    window.key(Key::Escape);
    assert!(!window.can_press("ui-understood"), "Esc leaves it");

    // To the last one, page by page; it has nothing behind it.
    for _ in 0..day.act.records {
        window.key(Key::PageDown);
    }
    named(&window, day.act.records - 1);
    window.key(Key::Enter);
    window.until("the last record", |window| window.shows(&window.t("record-chain-last")));
    window.key(Key::Escape);

    // What was changed since is told by its neighbours.
    let day = seal_day(None);
    let changed = change_a_record(&day);
    let mut window = Window::review_in([1366.0, 2400.0], day.folder.path().to_owned(), Language::Ru);
    let begin = window.say(Message::new("ui-review-journal").with("count", "")).trim_end().to_owned();
    let tab = window.texts_shown().into_iter().find(|text| text.starts_with(&begin)).unwrap();
    window.press(&tab);
    let row = named(&window, changed);
    window.press(&row);
    window.until("the changed record", |window| window.shows(&window.t("record-chain-broken")));
}
