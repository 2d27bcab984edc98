//! The window itself: hears the station, draws, then does what the screens wished for.

use std::sync::Arc;
use std::time::Duration;

use eframe::egui::{
    Align, CentralPanel, Context, Frame, Id, Key, Margin, Modifiers, Panel, ScrollArea, Ui, ViewportCommand,
    accesskit_root_id,
};

use super::dialogs::{Consent, Dialog, LeaveKiosk, Paper, Quit};
use super::kept::Keeper;
use super::line::{Asked, Heard, Line, Looks};
use super::model::{Cx, Model, Screen, Station, Wish};
use super::pictures::Pictures;
use super::presence::Presence;
use super::screens::{self, Screens};
use super::setup::{Link, Setup};
use super::siren::{self, Siren};
use super::theme::{self, Theme};
use super::widgets::{Keyboard, Toasts};
use super::words::Words;
use super::{bar, dialogs, keys, notices, rail, toasts, widgets};
use crate::clock::Clock;
use crate::i18n::Message;
use crate::point::PersonId;
use crate::review::Against;
use crate::station::protocol::{Answer, Command, Live, PeopleCommand, View};

/// How often pictures are drawn while tiles are seen: 4 a second, which a software renderer bears.
const PREVIEW_TICK: Duration = Duration::from_millis(250);
/// How often the one that is enlarged is drawn: as often as its pictures come.
const ENLARGED_TICK: Duration = Duration::from_millis(66);

pub struct App {
    model: Model,
    theme: Theme,
    clock: Arc<dyn Clock>,
    line: Option<Line>,
    pictures: Pictures,
    dialogs: Vec<Dialog>,
    /// What stood open when the window was locked.
    kept: Vec<Dialog>,
    /// Where the keyboard was when a question came up.
    came_from: Option<Id>,
    screens: Screens,
    toasts: Toasts,
    keyboard: Keyboard,
    wishes: Vec<Wish>,
    leaving: bool,
    presence: Presence,
    siren: Box<dyn Siren>,
    keeper: Option<Keeper>,
}

impl App {
    pub fn new(ctx: &Context, setup: Setup) -> Self {
        theme::install_fonts(ctx);
        let (station, connection, trouble) = match setup.link {
            Link::None => (Station::None, None, None),
            Link::Failed(message) => (Station::NotStarted, None, Some(message)),
            Link::Station(connection) => (Station::Connecting, Some(connection), None),
        };
        let keyboard = Keyboard::new(setup.language);
        let mut model = Model::new(setup.language, setup.clock.now(), station);
        let kept = setup.keeper.as_ref().map(Keeper::kept).unwrap_or_default();
        (model.look, model.scale, model.keyboard) = (kept.look, kept.scale, kept.keyboard);
        model.kiosk = setup.kiosk;
        model.screen = kept.screen.unwrap_or(model.screen);
        ctx.set_zoom_factor(model.scale.factor());
        model.trouble = trouble;
        model.home = setup.home;
        let theme = Theme::new(model.look);
        theme.apply(ctx);
        let line = connection.map(|connection| {
            let ctx = ctx.clone();
            Line::new(connection, Box::new(move || ctx.request_repaint()))
        });
        let mut screens = Screens::new(setup.days);
        if let Some(path) = setup.review {
            screens.review.open(path, Against::default(), model.now.utc_ms, ctx);
        }
        Self {
            model,
            theme,
            clock: setup.clock,
            line,
            pictures: Pictures::default(),
            dialogs: Vec::new(),
            kept: Vec::new(),
            came_from: None,
            screens,
            toasts: Toasts::default(),
            keyboard,
            wishes: Vec::new(),
            leaving: false,
            presence: Presence::default(),
            siren: setup.siren,
            keeper: setup.keeper,
        }
    }

    /// The state of the window, for tests and for the title.
    pub fn model(&self) -> &Model {
        &self.model
    }

    fn hear(&mut self, ctx: &Context) {
        self.model.now = self.clock.now();
        let Some(line) = &mut self.line else { return };
        let heard = line.hear();
        for picture in line.previews() {
            self.pictures.take(ctx, picture);
        }
        for heard in heard {
            match heard {
                Heard::View(view) => {
                    self.person_seen(&view);
                    self.model.station = Station::Here;
                    self.model.view = Some(view);
                }
                Heard::Answer(_, Ok(Answer::Reference { camera, picture })) => {
                    self.pictures.take_reference(ctx, camera, picture);
                }
                Heard::Answer(_, Ok(Answer::Photo { checklist, step, picture })) => {
                    self.pictures.take_photo(ctx, (checklist, step), picture);
                }
                Heard::Answer(_, Ok(Answer::Act(act))) => {
                    self.dialogs.push(Dialog::Paper(Paper::new(*act)));
                }
                Heard::Answer(_, Ok(Answer::Alarms { alarms, .. })) => {
                    self.dialogs
                        .iter_mut()
                        .filter_map(Dialog::as_alarm_log)
                        .for_each(|log| log.take(&alarms));
                }
                Heard::Answer(asked, Ok(answer)) => match self.screens.take(answer) {
                    Some(_) => self.done(asked),
                    // The consent that it took was given.
                    None if asked.approved => self.dialogs.clear(),
                    None => {}
                },
                Heard::Answer(asked, Err(message)) => self.refused(asked, message),
                Heard::Lost => self.lost(),
            }
        }
        self.model.busy = self.line.as_ref().is_some_and(Line::is_busy);
    }

    /// Somebody else's work is gone when another person comes; one's own is there again after a lock.
    fn person_seen(&mut self, view: &View) {
        let Some(before) = &self.model.view else { return };
        if before.signed_in == view.signed_in && before.locked == view.locked {
            return;
        }
        self.presence.changed();
        let whose = |view: &View| -> Option<PersonId> { view.signed_in.clone().or(view.locked.clone()) };
        if whose(before).is_some() && whose(before) == whose(view) {
            // What is secret in them is not kept.
            self.dialogs.iter_mut().for_each(Dialog::refused);
            std::mem::swap(&mut self.dialogs, &mut self.kept);
            self.screens.sign_in = Default::default();
            self.screens.settings.wipe();
        } else {
            self.screens.person_changed();
            self.dialogs.clear();
            self.kept.clear();
        }
    }

    fn tell_presence(&mut self, ctx: &Context) {
        if self.model.signed_in().is_some()
            && let Some(line) = &mut self.line
            && self.presence.is_due(ctx, self.model.now.mono_ms)
        {
            line.ask(Command::People(PeopleCommand::Here), None);
        }
    }

    fn sound_alarms(&mut self) {
        self.siren.sound(siren::loudness(&self.model));
        if let Some(trouble) = self.siren.trouble() {
            self.model.refusal = Some(trouble);
        }
    }

    fn done(&mut self, asked: Asked) {
        if let Some(text) = toasts::told(&asked.command) {
            self.toasts.tell(self.model.words.t(text), self.model.now.mono_ms);
        }
        match asked.command {
            Command::SetPin { person, pin }
            | Command::People(
                PeopleCommand::FirstPin { person, pin, .. } | PeopleCommand::RenewPin { person, pin, .. },
            ) => {
                self.dialogs.clear();
                self.model.refusal = None;
                self.wishes.push(Wish::Ask(Command::SignIn { person, pin }));
            }
            Command::People(PeopleCommand::Leave { .. }) => self.wishes.push(Wish::Quit),
            Command::People(PeopleCommand::Here) => {}
            // What they bring is seen where they were asked for.
            Command::Watch { .. } | Command::Evidence(_) | Command::Papers(_) => {}
            _ => {
                match asked.command {
                    Command::Inventory(_) => self.screens.point.equipment.changed(),
                    Command::Days(_) => self.screens.point.days.changed(),
                    Command::Profile(_) => self.screens.settings.saved(),
                    _ => {}
                }
                self.dialogs.clear();
                self.model.refusal = None;
            }
        }
    }

    fn refused(&mut self, asked: Asked, message: Message) {
        if message.id == "refused-right" && !asked.approved {
            self.model.refusal = None;
            self.dialogs.push(Dialog::Consent(Consent::new(asked.command, message)));
            return;
        }
        self.dialogs.iter_mut().for_each(Dialog::refused);
        self.screens.sign_in.refused();
        self.model.refusal = Some(message);
    }

    fn lost(&mut self) {
        self.model.station = Station::Lost;
        self.dialogs.clear();
        self.pictures.forget();
        if let Some(view) = &mut self.model.view {
            view.signed_in = None;
            view.live = Live::default();
        }
    }

    fn fulfil(&mut self, ctx: &Context) {
        for wish in std::mem::take(&mut self.wishes) {
            match wish {
                Wish::Go(screen) => {
                    if screen == Screen::Help {
                        self.screens.help.open(self.model.screen, self.model.signed_in().is_some());
                    }
                    self.model.screen = screen;
                    self.screens.cameras.show_all();
                    self.screens.review.pause();
                }
                Wish::Ask(command) => self.ask(command, None),
                Wish::AskTogether(command) => {
                    self.model.refusal = None;
                    self.dialogs.push(Dialog::Consent(Consent::second_signer(command)));
                }
                Wish::AskApproved(command, approval) => self.ask(command, Some(approval)),
                Wish::Open(dialog) => {
                    self.model.refusal = None;
                    if self.dialogs.is_empty() {
                        self.came_from = ctx.memory(|memory| memory.focused());
                    }
                    self.dialogs.push(*dialog);
                }
                Wish::Speak(language) => self.model.words = Words::new(language),
                Wish::Wear(look) => {
                    self.model.look = look;
                    self.theme = Theme::new(look);
                    self.theme.apply(ctx);
                }
                Wish::Draw(scale) => {
                    self.model.scale = scale;
                    ctx.set_zoom_factor(scale.factor());
                }
                Wish::Type(wanted) => self.model.keyboard = Some(wanted),
                Wish::Fill(whole) => ctx.send_viewport_cmd(ViewportCommand::Fullscreen(whole)),
                Wish::TryTone => self.siren.try_out(),
                Wish::Understood => self.model.refusal = None,
                Wish::Review(path, against) => {
                    self.dialogs.clear();
                    self.model.screen = Screen::Review;
                    self.screens.review.open(path, against, self.model.now.utc_ms, ctx);
                }
                Wish::Work(task) => {
                    self.dialogs.clear();
                    self.screens.review.work(task, self.model.words.language(), ctx);
                }
                Wish::Quit => {
                    self.leaving = true;
                    ctx.send_viewport_cmd(ViewportCommand::Close);
                }
            }
            ctx.request_repaint();
        }
        if let Some(keeper) = &mut self.keeper {
            keeper.keep(&self.model);
        }
    }

    fn ask(&mut self, command: Command, approval: Option<crate::station::protocol::Approval>) {
        self.model.refusal = None;
        if let Some(line) = &mut self.line {
            line.ask(command, approval);
            self.model.busy = line.is_busy();
        }
    }

    /// Leaving the kiosk takes somebody who may supervise, as long as there is anybody. Closing another
    /// window while cameras record asks first, and says that the recording goes on.
    fn guard_closing(&mut self, ctx: &Context) {
        let asked = ctx.input(|input| input.viewport().close_requested());
        let records = self.model.day().is_some_and(|day| day.recording().next().is_some());
        if asked && !self.leaving && self.model.kiosk && self.model.has_supervisor() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            if self.dialogs.is_empty() {
                self.dialogs.push(Dialog::LeaveKiosk(LeaveKiosk::default()));
            }
        } else if asked && records && !self.leaving {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            if !self.dialogs.iter().any(|dialog| matches!(dialog, Dialog::Quit(_))) {
                self.dialogs.push(Dialog::Quit(Quit));
            }
        }
    }

    /// Cameras ask for nothing: while tiles are seen one tick draws them; else the window wakes when
    /// something is heard, with the minute, and with the second while one is counted.
    fn schedule(&mut self, ctx: &Context) {
        let signed_in = self.model.signed_in().is_some();
        let looks = match (&self.model.view, self.model.screen) {
            (Some(view), Screen::Cameras) if signed_in => self.screens.cameras.looks_at(&view.point.cameras),
            (Some(_), Screen::Check) if signed_in => self.screens.check.looks_at(),
            _ => Looks::default(),
        };
        let (seen, enlarged) = (!looks.cameras.is_empty(), looks.enlarged.is_some());
        if let Some(line) = &mut self.line {
            line.watch(looks);
        }
        let ms = self.model.now.utc_ms;
        let wait = if enlarged {
            ENLARGED_TICK
        } else if seen {
            PREVIEW_TICK
        } else {
            self.pictures.forget();
            let unit = if self.model.counts_seconds() { 1_000 } else { 60_000 };
            Duration::from_millis((unit - ms.rem_euclid(unit)) as u64 + 5)
        };
        let toast = self.toasts.pass(self.model.now.mono_ms).map(Duration::from_millis);
        ctx.request_repaint_after(toast.map_or(wait, |toast| toast.min(wait)));
    }

    fn keys(&mut self, ctx: &Context) {
        if let Some(scale) = keys::scale(ctx, self.model.scale) {
            self.wishes.push(Wish::Draw(scale));
        }
        if !self.dialogs.is_empty() {
            if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F1)) {
                dialogs::toggle_guide(&mut self.dialogs);
            }
            return;
        }
        if let Some(screen) = keys::screen(ctx, self.model.screen, self.screens.help.from) {
            self.wishes.push(Wish::Go(screen));
        }
        if self.screens.cameras.is_enlarged()
            && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            self.screens.cameras.show_all();
        } else if ctx.input(|input| input.key_pressed(Key::Escape)) {
            self.toasts.dismiss();
        }
    }

    fn draw(&mut self, ui: &mut Ui) {
        let Self { model, theme, pictures, dialogs, screens, wishes, toasts, keyboard, came_from, .. } = self;
        keyboard.come_up(model.keyboard_use());
        let came_up = keyboard.show(ui.ctx(), theme, &model.words);
        toasts.show(ui.ctx(), theme, !dialogs.is_empty());
        let (theme, model) = (&*theme, &*model);
        ui.ctx().accesskit_node_builder(accesskit_root_id(), |window| {
            window.set_label(model.words.t("ui-title"));
        });
        let mut cx = Cx { theme, model, wishes };
        Panel::top("bar")
            .exact_size(theme::TOP_BAR)
            .resizable(false)
            .frame(
                Frame::new().fill(theme.card).stroke(theme.border()).inner_margin(Margin::symmetric(20, 0)),
            )
            .show(ui, |ui| bar::show(ui, &mut cx));
        let narrow = ui.available_width() < theme::NARROW_BELOW;
        let wide = rail::width(model, narrow, ui.available_height());
        Panel::left("rail")
            .exact_size(wide)
            .resizable(false)
            .frame(rail::frame(theme))
            .show(ui, |ui| rail::show(ui, &mut cx, narrow));
        let margin = if narrow { Margin::symmetric(14, 12) } else { Margin::symmetric(24, 16) };
        CentralPanel::default().frame(Frame::new().fill(theme.bg).inner_margin(margin)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_M;
            // On a low screen they would leave no room for anything else.
            let low = ui.available_height() < theme::LOW_BELOW;
            if !low {
                notices::show(ui, &mut cx, dialogs.is_empty());
            }
            let id = (cx.model.screen.text_id(), cx.model.signed_in().is_some());
            let room = (ui.available_height() - widgets::keyboard::height(ui.ctx())).max(theme::ROW);
            ScrollArea::vertical().id_salt(id).max_height(room).auto_shrink(false).show(ui, |ui| {
                if low {
                    notices::show(ui, &mut cx, dialogs.is_empty());
                }
                screens::show(ui, &mut cx, screens, pictures);
                // The keyboard may stand where the field was.
                if let Some(field) = came_up.and_then(|id| ui.ctx().read_response(id)) {
                    ui.scroll_to_rect(field.rect, Some(Align::Center));
                }
            });
        });
        // Only the topmost asks; the one below waits with what was typed.
        if let Some(mut dialog) = dialogs.pop() {
            let open = dialog.show(ui.ctx(), &mut cx);
            if open {
                dialogs.push(dialog);
            } else {
                cx.wish(Wish::Understood);
            }
        } else if let Some(id) = came_from.take() {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.hear(ctx);
        self.screens.review.hear(&self.clock, ctx);
        self.guard_closing(ctx);
        self.tell_presence(ctx);
        self.sound_alarms();
        self.keys(ctx);
        self.schedule(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
        let ctx = ui.ctx().clone();
        self.fulfil(&ctx);
    }
}
