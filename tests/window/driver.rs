//! The window without a screen, driven as a person would: by what the controls are called.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use egui_kittest::kittest::{AccessKitNode, NodeT, Queryable, by};
use egui_kittest::{Harness, HarnessBuilder};
use invigil::clock::Clock;
use invigil::i18n::{Language, Message, Texts};
use invigil::ui::kept::Keeper;
use invigil::ui::siren::{Loudness, Silence, Siren};
use invigil::ui::{App, Link, Setup};

use eframe::egui;
use eframe::egui::accesskit::Role;

use crate::fake::Fake;

pub struct Window {
    pub harness: Harness<'static, App>,
    pub fake: Fake,
    texts: Texts,
    pub heard: Arc<Heard>,
    /// What each frame took, where somebody wants to know.
    pub frames: Option<Vec<Duration>>,
}

/// The window's loudspeaker.
#[derive(Default)]
pub struct Heard {
    pub loudness: Mutex<Loudness>,
    pub tried: Mutex<u32>,
    pub trouble: Mutex<Option<Message>>,
}

struct Listening(Arc<Heard>);

impl Siren for Listening {
    fn sound(&mut self, loudness: Loudness) {
        *self.0.loudness.lock().unwrap() = loudness;
    }

    fn try_out(&mut self) {
        *self.0.tried.lock().unwrap() += 1;
    }

    fn trouble(&mut self) -> Option<Message> {
        self.0.trouble.lock().unwrap().take()
    }
}

/// The smallest screens that the window is made for.
pub const USUAL: [f32; 2] = [1366.0, 768.0];
pub const SMALL: [f32; 2] = [1024.0, 768.0];
pub const LARGE: [f32; 2] = [1920.0, 1080.0];

/// As the harness lets time go by.
const STEPS_A_SECOND: f32 = 4.0;

impl Window {
    pub fn open(language: Language) -> Self {
        Self::build(Harness::builder().with_size(USUAL), language)
    }

    pub fn build(builder: HarnessBuilder<App>, language: Language) -> Self {
        let fake = Fake::new();
        let (link, clock) = (Link::Station(fake.connection()), Arc::clone(&fake.lock().clock) as _);
        let mut window = Self::make(builder, fake, link, clock, language, None, None);
        window.settle();
        window
    }

    /// The window that holds the whole screen.
    pub fn kiosk(builder: HarnessBuilder<App>, language: Language) -> Self {
        let fake = Fake::new();
        let setup = Setup { kiosk: true, ..Self::setup(&fake, language) };
        let mut window = Self::with(builder, fake, setup);
        window.settle();
        window
    }

    /// The window without a station, looking at the archive in `folder`.
    pub fn review(folder: PathBuf, language: Language) -> Self {
        Self::review_in(USUAL, folder, language)
    }

    pub fn review_in(size: [f32; 2], folder: PathBuf, language: Language) -> Self {
        Self::review_with(Harness::builder().with_size(size), folder, language)
    }

    pub fn review_with(builder: HarnessBuilder<App>, folder: PathBuf, language: Language) -> Self {
        let mut window = Self::review_begun(builder, folder, language);
        window.until_shown("ui-review-other");
        window
    }

    /// At a person's own folder, from where forms are printed.
    pub fn review_of(home: PathBuf, folder: PathBuf, language: Language) -> Self {
        let fake = Fake::new();
        let setup = Setup {
            link: Link::None,
            review: Some(folder),
            home: Some(home),
            ..Self::setup(&fake, language)
        };
        let mut window = Self::with(Harness::builder().with_size(USUAL), fake, setup);
        window.until_shown("ui-review-other");
        window
    }

    /// The verification goes on.
    pub fn review_begun(builder: HarnessBuilder<App>, folder: PathBuf, language: Language) -> Self {
        let fake = Fake::new();
        let clock = Arc::clone(&fake.lock().clock) as _;
        Self::make(builder, fake, Link::None, clock, language, Some(folder), None)
    }

    /// The window over another station than the fake one.
    pub fn over(
        builder: HarnessBuilder<App>,
        link: Link,
        clock: Arc<dyn Clock>,
        language: Language,
        days: Option<PathBuf>,
    ) -> Self {
        Self::make(builder, Fake::new(), link, clock, language, None, days)
    }

    fn make(
        builder: HarnessBuilder<App>,
        fake: Fake,
        link: Link,
        clock: Arc<dyn Clock>,
        language: Language,
        review: Option<PathBuf>,
        days: Option<PathBuf>,
    ) -> Self {
        let home = Some("/home/technician".into());
        let setup = Setup {
            link,
            clock,
            language,
            review,
            days,
            home,
            kiosk: false,
            keeper: None,
            siren: Box::new(Silence),
        };
        Self::with(builder, fake, setup)
    }

    /// The window as it was left the last time, by what stands in the file.
    pub fn left(path: PathBuf) -> Self {
        let (fake, keeper) = (Fake::new(), Keeper::open(path));
        let language = keeper.kept().language.unwrap_or(Language::Ru);
        let setup = Setup { keeper: Some(keeper), ..Self::setup(&fake, language) };
        let mut window = Self::with(Harness::builder().with_size(USUAL), fake, setup);
        window.settle();
        window
    }

    /// Over the fake station, at a normal size; nothing of it is kept.
    fn setup(fake: &Fake, language: Language) -> Setup {
        let (link, clock) = (Link::Station(fake.connection()), Arc::clone(&fake.lock().clock) as _);
        let (review, days, home, keeper) = (None, None, None, None);
        Setup { link, clock, language, review, days, home, kiosk: false, keeper, siren: Box::new(Silence) }
    }

    fn with(builder: HarnessBuilder<App>, fake: Fake, setup: Setup) -> Self {
        let language = setup.language;
        let heard = Arc::new(Heard::default());
        let setup = Setup { siren: Box::new(Listening(Arc::clone(&heard))), ..setup };
        let harness = builder.build_eframe(|cc| App::new(&cc.egui_ctx, setup));
        Self { harness, fake, texts: Texts::load(language), heard, frames: None }
    }

    /// How the alarms sound now.
    pub fn loudness(&self) -> Loudness {
        *self.heard.loudness.lock().unwrap()
    }

    /// From now on texts are looked for in this language.
    pub fn speak(&mut self, language: Language) {
        self.texts = Texts::load(language);
    }

    pub fn language(&self) -> Language {
        self.texts.language()
    }

    pub fn say(&self, message: Message) -> String {
        self.texts.message(&message)
    }

    /// What the button that signs this person out is called.
    pub fn leave(&self, name: &str) -> String {
        self.say(Message::new("ui-sign-out").with("name", name))
    }

    /// Draws so many frames.
    pub fn steps(&mut self, count: usize) {
        let Some(frames) = &mut self.frames else { return self.harness.run_steps(count) };
        for _ in 0..count {
            let begun = Instant::now();
            self.harness.step();
            let drawn = begun.elapsed();
            let output = self.harness.output();
            let (shapes, scale) = (output.shapes.clone(), output.pixels_per_point);
            let begun = Instant::now();
            drop(self.harness.ctx.tessellate(shapes, scale));
            frames.push(drawn + begun.elapsed());
        }
    }

    /// Enough frames for a wish, its answer and the drawing of what came of it.
    pub fn settle(&mut self) {
        self.steps(6);
        self.harness.check_accessibility();
    }

    /// Draws until the text of `id` is there: a verification, a real station have threads of their own.
    #[track_caller]
    pub fn until_shown(&mut self, id: &str) {
        let text = self.t(id);
        self.until(&text, |window| window.shows(&text));
    }

    /// Draws until it holds and no answer is waited for: a view may come before the answer that it
    /// goes with, and until then buttons rest.
    #[track_caller]
    pub fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !holds(self) || self.harness.state().model().busy {
            assert!(begun.elapsed() < Duration::from_secs(120), "{what:?} never came");
            self.steps(1);
            std::thread::yield_now();
        }
        self.settle();
    }

    /// Draws until every request was answered.
    #[track_caller]
    pub fn until_idle(&mut self) {
        self.until("an answer", |window| !window.harness.state().model().busy);
    }

    /// Keeps a picture of it where `INVIGIL_PICTURES` says so.
    pub fn picture(&mut self, name: &str) {
        if let Some(folder) = std::env::var_os("INVIGIL_PICTURES").map(PathBuf::from) {
            let picture = self.harness.render().expect("a renderer is there");
            picture.save(folder.join(format!("{name}.png"))).expect("the folder can be written");
        }
    }

    /// Every text there is, for messages of tests.
    pub fn texts_shown(&self) -> Vec<String> {
        let nodes = self.harness.query_all(by().predicate(|_| true));
        nodes
            .filter_map(|node| node.accesskit_node().label().or_else(|| node.accesskit_node().value()))
            .collect()
    }

    /// Presses it as soon as it can be pressed.
    #[track_caller]
    pub fn press_when_ready(&mut self, id: &str) {
        self.until(id, |window| window.can_press(id));
        self.press_id(id);
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
        let screen = self.harness.ctx.content_rect();
        // On a low screen a question is scrolled too, and what is cut off there is not pressed.
        if !screen.contains_rect(node.rect()) || screen.height() < SMALL[1] {
            node.scroll_to_me();
            self.settle();
        }
        let node = self.harness.get(by().predicate(named));
        assert!(!node.accesskit_node().is_disabled(), "{name:?} can't be pressed");
        if node.accesskit_node().description().as_deref() == Some(&*self.t("ui-hold")) {
            let at = node.rect().center();
            return self.hold(at, 2.0);
        }
        node.click();
        self.settle();
    }

    /// Taps the buttons of these names all at once, as a slow computer's window hears of it.
    pub fn tap_within_a_frame(&mut self, names: &[&str]) {
        let button = |pos, pressed| egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        let tap = |name: &&str| {
            let at = self.harness.get_by_role_and_label(Role::Button, name).rect().center();
            [egui::Event::PointerMoved(at), button(at, true), button(at, false), egui::Event::PointerGone]
        };
        let mut input = egui::RawInput { events: names.iter().flat_map(tap).collect(), ..Default::default() };
        for _ in names {
            let ctx = self.harness.ctx.clone();
            eframe::App::raw_input_hook(self.harness.state_mut(), &ctx, &mut input);
            self.harness.input_mut().events.append(&mut input.events);
            self.harness.step();
        }
        self.settle();
    }

    /// Presses where this text stands, control or not: a line of a table.
    #[track_caller]
    pub fn press_text(&mut self, text: &str) {
        let found = self.harness.query_all_by_label_contains(text).next();
        found.unwrap_or_else(|| panic!("{text:?} is not shown")).click();
        self.settle();
    }

    /// Holds the pointer down there for so many seconds.
    pub fn hold(&mut self, at: egui::Pos2, seconds: f32) {
        self.harness.hover_at(at);
        self.harness.drag_at(at);
        self.harness.run_steps((seconds * STEPS_A_SECOND).ceil() as usize);
        self.harness.drop_at(at);
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

    /// Whether a control of that name stands wholly on the screen, as it is.
    pub fn is_seen(&self, name: &str) -> bool {
        let screen = self.harness.ctx.content_rect();
        let named =
            |node: &AccessKitNode<'_>| node.label().as_deref() == Some(name) && is_control(node.role());
        self.harness.query_all(by().predicate(named)).any(|node| screen.contains_rect(node.rect()))
    }

    pub fn shows(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }

    /// Types into the field of that name, replacing what stands there.
    #[track_caller]
    pub fn type_into(&mut self, id: &str, text: &str) {
        let name = self.t(id);
        let named = |node: &AccessKitNode<'_>| {
            node.label().as_deref() == Some(name.as_str()) && is_field(node.role())
        };
        self.harness.get(by().predicate(named)).focus();
        self.harness.run_steps(2);
        self.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        self.harness.run_steps(1);
        match text {
            "" => self.harness.key_press(egui::Key::Delete),
            text => self.harness.event(egui::Event::Text(text.to_owned())),
        }
        self.settle();
    }

    /// Brings the keyboard to the control of that name.
    #[track_caller]
    pub fn focus(&mut self, name: &str) {
        let named =
            |node: &AccessKitNode<'_>| node.label().as_deref() == Some(name) && is_control(node.role());
        self.harness.get(by().predicate(named)).focus();
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

    /// Signs in and begins the exam day.
    pub fn begin_day(&mut self) {
        self.sign_in();
        self.press_id("ui-next-plan-go");
    }

    /// The same, and starts the recording, on the screen of the cameras.
    pub fn begin_recording(&mut self) {
        self.begin_day();
        self.key(egui::Key::F3);
        self.press_id("ui-cameras-start");
    }

    /// Begins the day and its check, on the screen of the check.
    pub fn begin_check(&mut self) {
        self.begin_day();
        self.key(egui::Key::F2);
        self.press_id("ui-check-start");
    }

    /// Lets the head consent in the open dialog.
    pub fn head_consents(&mut self) {
        self.press("Берёзкина Анна Сергеевна, руководитель ППЭ");
        self.digits("1234");
        self.press_id("ui-consent-go");
    }
}

pub fn is_control(role: Role) -> bool {
    use Role::{Button, ListBoxOption, RadioButton, Tab};
    matches!(role, Button | RadioButton | Tab | ListBoxOption)
}

pub fn is_field(role: Role) -> bool {
    matches!(role, Role::TextInput | Role::MultilineTextInput | Role::PasswordInput)
}
