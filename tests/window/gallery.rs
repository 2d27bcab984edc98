//! The gallery of all parts: each can be read, and each question it shows can be left.

use std::sync::Arc;

use eframe::egui::{Key, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, Queryable, by};
use invigil::clock::SimulatedClock;
use invigil::i18n::{Language, Texts};
use invigil::ui::Gallery;

use crate::driver::{SMALL, USUAL, is_control};
use crate::legible;

/// As high as all that is in it: nothing is scrolled away.
const HIGH: f32 = 4_000.0;

fn press(harness: &mut Harness<'_, Gallery>, name: &str) {
    let named = |node: &AccessKitNode<'_>| is_control(node.role()) && node.label().as_deref() == Some(name);
    harness.get(by().predicate(named)).click();
    harness.run_steps(6);
}

fn faults(harness: &Harness<'_, Gallery>) -> Vec<String> {
    legible::of_text(harness.output(), harness.ctx.content_rect(), &[])
}

#[test]
fn every_part_is_readable_in_every_state_look_and_size() {
    for (language, size) in [(Language::Ru, SMALL), (Language::En, SMALL), (Language::Ru, USUAL)] {
        for larger in [1.0, 1.5, 2.0] {
            let texts = Texts::load(language);
            let builder = Harness::builder().with_size(Vec2::new(size[0] / larger, HIGH));
            let clock = Arc::new(SimulatedClock::new(0, 0));
            let mut harness = builder.build_eframe(|cc| Gallery::new(&cc.egui_ctx, language, clock));
            for look in ["ui-look-light", "ui-look-dark", "ui-look-contrast"] {
                press(&mut harness, &texts.text(look));
                assert_eq!(faults(&harness), Vec::<String>::new(), "{language:?} {look} {larger}");
                for shown in ["ui-gallery-show-question", "ui-gallery-show-danger", "ui-gallery-show-toast"] {
                    press(&mut harness, &texts.text(shown));
                    harness.check_accessibility();
                    assert_eq!(faults(&harness), Vec::<String>::new(), "{language:?} {shown} {larger}");
                    harness.key_press(Key::Escape);
                    harness.run_steps(2);
                }
            }
        }
    }
}

#[test]
fn the_keyboard_stays_for_every_field() {
    let texts = Texts::load(Language::Ru);
    let builder = Harness::builder().with_size(Vec2::new(SMALL[0], HIGH));
    let clock = Arc::new(SimulatedClock::new(0, 0));
    let mut harness = builder.build_eframe(|cc| Gallery::new(&cc.egui_ctx, Language::Ru, clock));
    press(&mut harness, &texts.text("ui-gallery-show-keyboard"));
    harness.get_by_label(&texts.text("ui-sign-in-pin")).focus();
    harness.run_steps(3);
    for layer in ["ui-keys-digits", "ui-keys-letters", "ui-keys-language"] {
        assert_eq!(faults(&harness), Vec::<String>::new(), "{layer}");
        press(&mut harness, &texts.text(layer));
    }
}
