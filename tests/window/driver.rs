//! The window without a screen, driven as a person would: by what the controls are called.

use std::sync::Arc;
use std::time::Duration;

use egui_kittest::kittest::{AccessKitNode, NodeT, Queryable, by};
use egui_kittest::{Harness, HarnessBuilder};
use invigil::i18n::{Language, Texts};
use invigil::ui::{App, Setup};

use eframe::egui;
use eframe::egui::accesskit::Role;

use crate::fake::Fake;

pub struct Window {
    pub harness: Harness<'static, App>,
    pub fake: Fake,
    texts: Texts,
}

/// The smallest screens that the window is made for.
pub const USUAL: [f32; 2] = [1366.0, 768.0];
pub const SMALL: [f32; 2] = [1024.0, 768.0];

impl Window {
    pub fn open(language: Language) -> Self {
        Self::build(Harness::builder().with_size(USUAL), language)
    }

    pub fn build(builder: HarnessBuilder<App>, language: Language) -> Self {
        let fake = Fake::new();
        let setup = Setup {
            connection: Some(fake.connection()),
            clock: Arc::clone(&fake.lock().clock) as _,
            language,
            review: None,
            days: None,
        };
        let harness = builder.build_eframe(|cc| App::new(&cc.egui_ctx, setup));
        let mut window = Self { harness, fake, texts: Texts::load(language) };
        window.settle();
        window
    }

    /// Enough frames for a wish, its answer and the drawing of what came of it.
    pub fn settle(&mut self) {
        self.harness.run_steps(6);
        self.harness.check_accessibility();
    }

    pub fn pass(&mut self, minutes: u64) {
        self.fake.lock().clock.advance(Duration::from_secs(minutes * 60));
        self.settle();
    }

    /// The text of `id`.
    pub fn t(&self, id: &str) -> String {
        self.texts.text(id)
    }

    /// Presses the only button of that name.
    #[track_caller]
    pub fn press(&mut self, name: &str) {
        let named =
            |node: &AccessKitNode<'_>| node.label().as_deref() == Some(name) && is_control(node.role());
        let node = self.harness.get(by().predicate(named));
        assert!(!node.accesskit_node().is_disabled(), "{name:?} can't be pressed");
        node.click();
        self.settle();
    }

    #[track_caller]
    pub fn press_id(&mut self, id: &str) {
        let name = self.t(id);
        self.press(&name);
    }

    /// Whether it can be pressed; false also when it is not there.
    pub fn can_press(&self, id: &str) -> bool {
        let name = self.t(id);
        self.harness
            .query_all(by().predicate(|node| {
                node.label().as_deref() == Some(name.as_str())
                    && is_control(node.role())
                    && !node.is_disabled()
            }))
            .next()
            .is_some()
    }

    pub fn shows(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }

    /// Types into the field of that name, replacing what stands there.
    #[track_caller]
    pub fn type_into(&mut self, id: &str, text: &str) {
        let name = self.t(id);
        let named = |node: &AccessKitNode<'_>| {
            node.label().as_deref() == Some(name.as_str()) && node.role() == Role::TextInput
        };
        self.harness.get(by().predicate(named)).focus();
        self.harness.run_steps(2);
        self.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        self.harness.run_steps(1);
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    pub fn key(&mut self, key: egui::Key) {
        self.harness.key_press(key);
        self.settle();
    }

    /// Types digits while nothing has the keyboard, as onto the PIN pad.
    pub fn digits(&mut self, digits: &str) {
        self.harness.event(egui::Event::Text(digits.to_owned()));
        self.settle();
    }

    /// Signs the technician in, who has no PIN yet.
    pub fn sign_in(&mut self) {
        self.press("Орлов Пётр Андреевич · технический специалист");
        self.digits("1234");
        self.press_id("ui-sign-in-next");
        self.digits("1234");
        self.press_id("ui-sign-in-go");
    }

    /// Lets the head consent in the open dialog.
    pub fn head_consents(&mut self) {
        self.press("Берёзкина Анна Сергеевна, руководитель ППЭ");
        self.digits("1234");
        self.press_id("ui-consent-go");
    }
}

fn is_control(role: Role) -> bool {
    use Role::{Button, ListBoxOption, RadioButton, Tab};
    matches!(role, Button | RadioButton | Tab | ListBoxOption)
}
