//! People: their PINs, who stands in for whom today, who has to wait, whose window is locked.

use super::super::handle::LineId;
use super::super::pins;
use super::super::protocol::{Answer, Approval, FirstPin, PeopleCommand, PersonView, Pin};
use super::super::wording;
use super::clients::LooksAt;
use super::commands::{needed, text};
use super::{OpenDay, Writer};
use crate::clock::Stamp;
use crate::i18n::Message;
use crate::journal::{Actor, Event, KioskLeft, PersonReplaced, PinRenewed, ScreenLocked, SignInPaused};
use crate::point::{FirstPinRule, Person, PersonId, Right};

/// No exam finds more people ill.
const MOST_STAND_INS: usize = 20;
const MAX_NAME_CHARS: usize = 80;
/// The end of a pause is told anew when the wall clock has moved so far.
const PAUSE_MOVED_MS: i64 = 1_500;

impl Writer {
    pub(super) fn people_command(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        command: PeopleCommand,
        now: Stamp,
    ) -> Result<Answer, Message> {
        match command {
            PeopleCommand::FirstPin { person, code, pin } => self.pin_by_code(&person, &code, &pin, now)?,
            PeopleCommand::RenewPin { person, pin, reason } => {
                self.present(&person)?;
                pins::sound(&pin).map_err(|error| wording::pin_error(&error))?;
                let reason = needed(reason)?;
                let by = self.supervisor(approval, Some(&person), now)?;
                let actor = Actor { person: Some(person.clone()), approved_by: Some(by) };
                let told = PinRenewed { person: person.clone(), reason };
                self.record_in_both(now, actor, Event::PinRenewed(told));
                self.pins.renew(&person, &pin).map_err(|error| wording::pin_error(&error))?;
                self.pauses.forgive(&person);
                self.sign_out_everywhere(&person, now);
                self.people_changed(now);
            }
            PeopleCommand::StandIn { replaced, name, pin, reason } => {
                self.stand_in(approval, (replaced, name, reason), &pin, now)?;
            }
            PeopleCommand::Here => {
                if let Some(client) = self.clients.get_mut(&line) {
                    client.here_ms = Some(now.mono_ms);
                }
            }
            PeopleCommand::Leave { reason } => {
                let reason = needed(reason)?;
                let by = self.supervisor(approval, None, now)?;
                let signed_in = self.clients.get(&line).and_then(|client| client.signed_in.clone());
                let actor = match signed_in.filter(|person| *person != by) {
                    Some(person) => Actor { person: Some(person), approved_by: Some(by) },
                    None => Actor::person(by),
                };
                self.record(now, actor, Event::KioskLeft(KioskLeft { reason }));
            }
        }
        Ok(Answer::Done)
    }

    /// A first PIN without a code.
    pub(super) fn set_pin(
        &mut self,
        approval: Option<&Approval>,
        person: &PersonId,
        pin: &Pin,
        now: Stamp,
    ) -> Result<(), Message> {
        let known = self.without_pin(person)?;
        let approved_by = match self.first_pin(known) {
            FirstPin::Code => return Err(Message::new("refused-code-needed")),
            FirstPin::Free => None,
            FirstPin::Witness => Some(self.supervisor(approval, Some(person), now)?),
        };
        self.choose_pin(Actor { person: Some(person.clone()), approved_by }, person, pin, now)
    }

    fn pin_by_code(&mut self, person: &PersonId, code: &Pin, pin: &Pin, now: Stamp) -> Result<(), Message> {
        let known = self.without_pin(person)?.first_pin_code.clone();
        let hash = known.ok_or_else(|| Message::new("refused-no-first-code"))?;
        self.may_try(person, now)?;
        if !pins::opens(hash.as_str(), code) {
            return Err(self.failed(person, now, "refused-wrong-code"));
        }
        self.choose_pin(Actor::person(person.clone()), person, pin, now)
    }

    fn choose_pin(&mut self, actor: Actor, person: &PersonId, pin: &Pin, now: Stamp) -> Result<(), Message> {
        self.pins.set(person, pin).map_err(|error| wording::pin_error(&error))?;
        self.pauses.forgive(person);
        self.people_changed(now);
        self.record_of_point(now, actor, Event::PinSet { person: person.clone() });
        Ok(())
    }

    fn without_pin(&self, person: &PersonId) -> Result<&Person, Message> {
        let known = self.present(person)?;
        if self.pins.has(person) { Err(Message::new("refused-pin-set")) } else { Ok(known) }
    }

    fn stand_in(
        &mut self,
        approval: Option<&Approval>,
        (replaced, name, reason): (PersonId, String, String),
        pin: &Pin,
        now: Stamp,
    ) -> Result<(), Message> {
        let known = self.present(&replaced)?.clone();
        let (name, reason) = (self.name(name)?, needed(reason)?);
        pins::sound(pin).map_err(|error| wording::pin_error(&error))?;
        let by = self.supervisor(approval, Some(&replaced), now)?;
        let people = &self.config.profile.people;
        let brought_in = people.len().saturating_sub(self.own_people.len());
        let id = self.past.stand_ins.new_id(&replaced, people).filter(|_| brought_in < MOST_STAND_INS);
        let person = id.ok_or_else(|| Message::new("refused-many-stand-ins").with("max", MOST_STAND_INS))?;
        let told = PersonReplaced {
            replaced: replaced.clone(),
            person: person.clone(),
            name,
            post: known.post,
            role: known.role,
            date: self.people_of,
            reason,
        };
        let actor = Actor { person: Some(person.clone()), approved_by: Some(by) };
        self.record_in_both(now, actor, Event::PersonReplaced(told));
        self.sign_out_everywhere(&replaced, now);
        let set = self.pins.set(&person, pin).map_err(|error| wording::pin_error(&error));
        self.people_changed(now);
        set
    }

    fn name(&self, typed: String) -> Result<String, Message> {
        match typed.chars().count() {
            0..=MAX_NAME_CHARS => needed(text(typed)?),
            _ => Err(Message::new("refused-long-text").with("max", MAX_NAME_CHARS)),
        }
    }

    /// Somebody else than `subject` who may supervise, and has just given their PIN for it.
    fn supervisor(
        &mut self,
        approval: Option<&Approval>,
        subject: Option<&PersonId>,
        now: Stamp,
    ) -> Result<PersonId, Message> {
        let lacking = || Message::new("refused-right").with("right", Right::Supervise.name());
        let approval = approval.ok_or_else(lacking)?;
        if subject == Some(&approval.person) {
            return Err(Message::new("refused-own-supervision"));
        }
        self.verify_pin(&approval.person, &approval.pin, now)?;
        let profile = &self.config.profile;
        let may = |person: &Person| profile.rights.allows(person.role, Right::Supervise);
        if profile.person(&approval.person).is_some_and(may) {
            Ok(approval.person.clone())
        } else {
            Err(lacking())
        }
    }

    pub(super) fn sign_in(
        &mut self,
        line: LineId,
        person: &PersonId,
        pin: &Pin,
        now: Stamp,
    ) -> Result<(), Message> {
        self.verify_pin(person, pin, now)?;
        self.sign_out(line, now);
        if let Some(client) = self.clients.get_mut(&line) {
            client.signed_in = Some(person.clone());
            client.here_ms = client.here_ms.map(|_| now.mono_ms);
        }
        self.record(now, Actor::person(person.clone()), Event::SignedIn { person: person.clone() });
        Ok(())
    }

    pub(super) fn sign_out(&mut self, line: LineId, now: Stamp) {
        let Some(client) = self.clients.get_mut(&line) else { return };
        client.locked = None;
        if let Some(person) = client.signed_in.take() {
            self.record(now, Actor::person(person.clone()), Event::SignedOut { person });
        }
    }

    fn sign_out_everywhere(&mut self, person: &PersonId, now: Stamp) {
        let theirs = self.clients.iter().filter(|(_, client)| client.signed_in.as_ref() == Some(person));
        let lines: Vec<LineId> = theirs.map(|(line, _)| *line).collect();
        lines.into_iter().for_each(|line| self.sign_out(line, now));
    }

    /// Every failure is a record, and after some of them a pause begins.
    pub(super) fn verify_pin(&mut self, person: &PersonId, pin: &Pin, now: Stamp) -> Result<(), Message> {
        self.present(person)?;
        if !self.pins.has(person) {
            return Err(Message::new("refused-no-pin"));
        }
        self.may_try(person, now)?;
        if !self.pins.verify(person, pin) {
            return Err(self.failed(person, now, "refused-wrong-pin"));
        }
        self.pauses.forgive(person);
        self.tell_pauses(now);
        Ok(())
    }

    /// While a pause lasts nothing is tried, so nothing is learnt and nothing is recorded.
    fn may_try(&self, person: &PersonId, now: Stamp) -> Result<(), Message> {
        match self.pauses.left_ms(person, now) {
            Some(left_ms) => Err(Message::new("refused-wait").with("seconds", left_ms.div_ceil(1_000))),
            None => Ok(()),
        }
    }

    fn failed(&mut self, person: &PersonId, now: Stamp, refusal: &'static str) -> Message {
        self.record(now, Actor::STATION, Event::SignInFailed { person: person.clone() });
        let (failures, pause) = self.pauses.failed(person, now);
        let Some(seconds) = pause else { return Message::new(refusal) };
        let paused = SignInPaused { person: person.clone(), failures, seconds };
        self.record(now, Actor::STATION, Event::SignInPaused(paused));
        self.tell_pauses(now);
        Message::new("refused-wrong-and-wait").with("seconds", seconds)
    }

    /// Of this point, and nobody stands in for them.
    pub(super) fn present(&self, person: &PersonId) -> Result<&Person, Message> {
        let known = self.config.profile.person(person);
        let known = known.ok_or_else(|| Message::new("refused-unknown-person"))?;
        match self.is_away(person) {
            true => Err(Message::new("refused-away").with("name", known.name.as_str())),
            false => Ok(known),
        }
    }

    pub(super) fn is_away(&self, person: &PersonId) -> bool {
        self.past.stand_ins.is_away(person, self.people_of)
    }

    /// What a person without a PIN needs to choose one.
    fn first_pin(&self, person: &Person) -> FirstPin {
        let profile = &self.config.profile;
        let may = |person: &Person| profile.rights.allows(person.role, Right::Supervise);
        let witness = |other: &Person| {
            other.id != person.id
                && may(other)
                && (other.first_pin_code.is_some() || self.pins.has(&other.id))
        };
        if person.first_pin_code.is_some() {
            FirstPin::Code
        } else if self.past.stand_ins.stands_in(&person.id, self.people_of) {
            FirstPin::Witness
        } else if profile.sign_in.first_pin == FirstPinRule::Free
            || (may(person) && !profile.people.iter().any(witness))
        {
            FirstPin::Free
        } else {
            FirstPin::Witness
        }
    }

    /// Somebody's PIN, absence or day is another one now.
    pub(super) fn people_changed(&mut self, now: Stamp) {
        let open = self.day.as_ref().filter(|day| day.is_open());
        self.people_of = open.map_or_else(|| self.date(now), |day| day.day.plan.date);
        self.config.profile.people = self.past.stand_ins.people(&self.own_people, self.people_of);
        let rights = &self.config.profile.rights.0;
        let people = self.config.profile.people.iter().map(|person| PersonView {
            id: person.id.clone(),
            name: person.name.clone(),
            post: person.post.clone(),
            role: person.role,
            has_pin: self.pins.has(&person.id),
            first_pin: self.first_pin(person),
            rights: rights.get(&person.role).cloned().unwrap_or_default(),
            away: self.is_away(&person.id),
            waits_until_ms: None,
        });
        self.point_view.people = people.collect();
        self.tell_pauses(now);
    }

    /// Once a tick: whose day, whose pause and whose presence has ended.
    pub(super) fn watch_people(&mut self, now: Stamp) {
        if !self.day.as_ref().is_some_and(OpenDay::is_open) && self.people_of != self.date(now) {
            self.people_changed(now);
        }
        self.tell_pauses(now);
        let Some(minutes) = self.config.profile.sign_in.idle_minutes else { return };
        let idle_ms = u64::from(minutes) * 60_000;
        let idle = |here_ms: u64| now.mono_ms.saturating_sub(here_ms) >= idle_ms;
        let mut locked = Vec::new();
        for client in self.clients.values_mut().filter(|client| client.here_ms.is_some_and(idle)) {
            if let Some(person) = client.signed_in.take() {
                client.locked = Some(person.clone());
                client.looks_at = LooksAt::default();
                locked.push(person);
            }
        }
        if locked.is_empty() {
            return;
        }
        self.watch_changed();
        for person in locked {
            self.record(now, Actor::STATION, Event::ScreenLocked(ScreenLocked { person }));
        }
    }

    fn tell_pauses(&mut self, now: Stamp) {
        for person in &mut self.point_view.people {
            let left_ms = self.pauses.left_ms(&person.id, now);
            let until_ms = left_ms.map(|left_ms| now.utc_ms.saturating_add(left_ms as i64));
            let same = match (person.waits_until_ms, until_ms) {
                (Some(told), Some(until)) => (told - until).abs() < PAUSE_MOVED_MS,
                (told, until) => told == until,
            };
            if !same {
                person.waits_until_ms = until_ms;
            }
        }
    }

    /// In the point's journal, which lives on, and in that of the day whose archive has to tell it.
    fn record_in_both(&mut self, now: Stamp, actor: Actor, event: Event) {
        if self.day.as_ref().is_some_and(OpenDay::is_open) {
            self.record(now, actor.clone(), event.clone());
        }
        self.record_of_point(now, actor, event);
        // What it tells of follows: never the other way round.
        self.commit();
    }
}
