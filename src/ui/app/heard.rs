//! What the window does with what the station says.

use eframe::egui::Context;

use super::App;
use crate::i18n::Message;
use crate::point::PersonId;
use crate::station::protocol::{Answer, Command, Live, PeopleCommand, View};
use crate::ui::dialogs::{Consent, Dialog, Paper};
use crate::ui::line::{Asked, Heard, Line};
use crate::ui::model::{Station, Wish};
use crate::ui::toasts;

impl App {
    pub(super) fn hear(&mut self, ctx: &Context) {
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
        let lacks_right = message.id == "refused-right" && !asked.approved;
        if lacks_right && let Some(consent) = Consent::new(asked.command, &message) {
            self.model.refusal = None;
            self.dialogs.push(Dialog::Consent(consent));
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
}
