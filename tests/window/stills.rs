//! Pictures that stand in an archive, opened from the line of the journal that tells of them.

use std::collections::BTreeSet;

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{AccessKitNode, NodeT, Queryable, by};
use invigil::i18n::{Language, Message};
use invigil::journal::{Event, StepPhotographed, Still};
use invigil::recording::{picture::I420, still};
use invigil::signing::Digest;

use crate::day::{Archive, seal_day_with};
use crate::driver::Window;

const NAME: &str = "stills/entrance-1/0002-step.jpg";

/// A day in which a picture was kept with a step; `kept` is what stands in the archive for it.
fn photographed(taken: &[u8], kept: &[u8]) -> Archive {
    let photo = StepPhotographed {
        checklist: "before-participants".parse().unwrap(),
        step: "room-view-0003".parse().unwrap(),
        camera: "entrance-1".parse().unwrap(),
        still: Still { name: NAME.to_owned(), sha256: Digest::of(taken) },
    };
    seal_day_with(&[Event::StepPhotographed(photo)], &[(NAME.to_owned(), kept.to_vec())])
}

/// Opens the journal, and presses the line of the step's picture.
fn press_it(day: &Archive) -> Window {
    // Tall enough for the journal's first lines.
    let mut window = Window::review_in([1366.0, 2000.0], day.folder.path().to_owned(), Language::En);
    let journal = Message::new("ui-review-journal").with("count", day.act.records);
    window.press(&window.say(journal));
    window.press_text("room-view-0003");
    window
}

fn images(window: &Window) -> BTreeSet<String> {
    let is_image = |node: &AccessKitNode<'_>| node.role() == Role::Image;
    let images = window.harness.query_all(by().predicate(is_image));
    images.filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn a_step_s_picture_is_opened_from_its_line() {
    let mut picture = I420::black(640, 480).unwrap();
    picture.planes_mut().0.chunks_exact_mut(640).for_each(|row| row[..320].fill(200));
    let jpeg = still::jpeg(&picture).unwrap();

    let day = photographed(&jpeg, &jpeg);
    let mut window = press_it(&day);
    let name = "Step “room-view-0003”: picture from camera";
    window.until("the picture", |window| images(window).iter().any(|image| image.starts_with(name)));
    window.until_shown("record-chain-both");
    window.picture("review-still");
    window.press_id("ui-understood");
    assert!(!window.can_press("ui-understood"));

    // Another picture than that which was recorded is not shown as it.
    let mut window = press_it(&photographed(b"the one that was taken", &jpeg));
    window.until_shown("ui-still-not-read");
}
