//! What the screens wished for, once all of them are drawn.

use eframe::egui::{Context, ViewportCommand};

use super::App;
use crate::station::protocol::{Approval, Command};
use crate::ui::dialogs::{Consent, Dialog};
use crate::ui::model::{Screen, Wish};
use crate::ui::theme::Theme;
use crate::ui::words::Words;

impl App {
    pub(super) fn fulfil(&mut self, ctx: &Context) {
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

    fn ask(&mut self, command: Command, approval: Option<Approval>) {
        self.model.refusal = None;
        if let Some(line) = &mut self.line {
            line.ask(command, approval);
            self.model.busy = line.is_busy();
        }
    }
}
