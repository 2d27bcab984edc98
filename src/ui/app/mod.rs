//! The window itself: hears the station, draws, then does what the screens wished for.

mod heard;
mod wishes;

use std::sync::Arc;
use std::time::Duration;

use eframe::egui::{
    Align, CentralPanel, Context, Frame, Id, Key, Margin, Modifiers, Panel, RawInput, ScrollArea, Ui,
    ViewportCommand, accesskit_root_id,
};

use super::dialogs::{Dialog, LeaveKiosk, Quit};
use super::kept::Keeper;
use super::line::{Line, Looks};
use super::model::{Cx, Model, Screen, Station, Wish};
use super::pictures::Pictures;
use super::presence::Presence;
use super::screens::{self, Screens};
use super::setup::{Link, Setup};
use super::siren::{self, Siren};
use super::taps::Taps;
use super::theme::{self, Theme};
use super::widgets::{Keyboard, Toasts};
use super::{bar, dialogs, keys, notices, rail, widgets};
use crate::clock::Clock;
use crate::review::Against;
use crate::station::protocol::{Command, PeopleCommand};

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
    taps: Taps,
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
            taps: Taps::default(),
            siren: setup.siren,
            keeper: setup.keeper,
        }
    }

    /// The state of the window, for tests and for the title.
    pub fn model(&self) -> &Model {
        &self.model
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
    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        if self.taps.one_a_frame(&mut input.events) {
            ctx.request_repaint();
        }
    }

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
