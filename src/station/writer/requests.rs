//! Requests for help: taken, passed on, resolved, and told of when they take too long.

use super::super::handle::LineId;
use super::super::protocol::{Answer, Approval, RequestsCommand};
use super::super::wording;
use super::Writer;
use super::commands::{needed, text};
use crate::clock::Stamp;
use crate::day::rules::{self, Action};
use crate::i18n::Message;
use crate::journal::{Actor, Event, RequestLate, RequestMade, RequestPassed, RequestResolved};
use crate::point::{Role, RoomNumber};

const MINUTE_MS: i64 = 60_000;
/// A request is a line or two.
const MAX_CHARS: usize = 400;
/// So many requests go into one answer.
const MOST_LISTED: usize = 50;

impl Writer {
    pub(super) fn requests_command(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        command: RequestsCommand,
        now: Stamp,
    ) -> Result<Answer, Message> {
        match command {
            RequestsCommand::Make { room, category, text } => {
                self.make_request(line, room, category, text, now)?;
            }
            RequestsCommand::Pass { request, to, reason } => {
                let action = Action::WorkOnRequest { request };
                let actor = self.permit(line, approval, &action, now)?;
                let reason = needed(short(reason)?)?;
                self.record(now, actor, Event::RequestPassed(RequestPassed { request, to, reason }));
            }
            RequestsCommand::Resolve { request, text } => {
                let action = Action::WorkOnRequest { request };
                let actor = self.permit(line, approval, &action, now)?;
                let text = needed(short(text)?)?;
                self.record(now, actor, Event::RequestResolved(RequestResolved { request, text }));
            }
            RequestsCommand::List { from, count } => {
                let day = self.day.as_ref().ok_or_else(|| Message::new("refused-no-day"))?;
                let all = &day.day.requests;
                let from = usize::try_from(from).unwrap_or(usize::MAX);
                let count = usize::try_from(count).unwrap_or(usize::MAX).min(MOST_LISTED);
                let requests = all.list.iter().skip(from).take(count).cloned().collect();
                return Ok(Answer::Requests { total: all.total, requests });
            }
        }
        Ok(Answer::Done)
    }

    fn make_request(
        &mut self,
        line: LineId,
        room: RoomNumber,
        category: String,
        said: String,
        now: Stamp,
    ) -> Result<(), Message> {
        let day = self.day.as_ref().ok_or_else(|| Message::new("refused-no-day"))?;
        rules::allowed(&day.day, &Action::MakeRequest).map_err(wording::refusal)?;
        let request = day.day.requests.total.saturating_add(1);
        let person = self.clients.get(&line).and_then(|client| client.signed_in.clone());
        let person = person.ok_or_else(|| Message::new("refused-sign-in"))?;
        let role = self.config.profile.person(&person).map(|person| person.role);
        if role == Some(Role::Observer) {
            return Err(Message::new("refused-observer"));
        }
        if !self.config.profile.rooms.iter().any(|known| known.number == room) {
            return Err(Message::new("refused-rooms"));
        }
        let known = self.config.profile.requests.category(&category);
        let known = known.ok_or_else(|| Message::new("refused-unknown-category"))?;
        let due_ms = now.utc_ms.saturating_add(i64::from(known.minutes) * MINUTE_MS);
        let head_due_ms = now.utc_ms.saturating_add(i64::from(known.head_minutes) * MINUTE_MS);
        let text = text(short(said)?)?;
        let made = RequestMade { request, room, category, text, due_ms, head_due_ms };
        self.record(now, Actor::person(person), Event::RequestMade(made));
        Ok(())
    }

    /// Once a tick: whoever has to know by now is told.
    pub(super) fn watch_requests(&mut self, now: Stamp) {
        let requests = self.day.iter().flat_map(|day| day.day.requests.open());
        let late = requests.filter_map(|one| Some((one.request, one.late_at(now.utc_ms)?)));
        for (request, to) in late.collect::<Vec<_>>() {
            self.record(now, Actor::STATION, Event::RequestLate(RequestLate { request, to }));
        }
    }
}

fn short(text: String) -> Result<String, Message> {
    match text.chars().count() {
        0..=MAX_CHARS => Ok(text),
        _ => Err(Message::new("refused-long-text").with("max", MAX_CHARS)),
    }
}
