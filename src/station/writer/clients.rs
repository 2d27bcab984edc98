//! Who is on which line, and who may do what.

use std::sync::Arc;

use super::super::handle::LineId;
use super::super::outbox::Outbox;
use super::super::protocol::{Approval, PROTOCOL_VERSION, Update, View};
use super::super::wording;
use super::Writer;
use crate::clock::Stamp;
use crate::day::rules::{self, Action};
use crate::i18n::Message;
use crate::journal::Actor;
use crate::point::{CameraId, PersonId, Right};

/// One line and what it was last told.
pub(super) struct Client {
    pub outbox: Arc<Outbox>,
    pub signed_in: Option<PersonId>,
    /// Whose window it was when nobody touched it any more.
    pub locked: Option<PersonId>,
    /// When somebody was at it last, on the monotonic clock; none if it does not tell.
    pub here_ms: Option<u64>,
    pub looks_at: LooksAt,
    pub sent: Option<Box<View>>,
}

/// What a line wants pictures of.
#[derive(Default)]
pub(super) struct LooksAt {
    pub cameras: Vec<CameraId>,
    pub width: u32,
    /// The one of them whose every frame is wanted.
    pub enlarged: Option<CameraId>,
}

impl Writer {
    pub(super) fn connected(&mut self, line: LineId, outbox: Arc<Outbox>) {
        self.greet(&outbox);
        let client = Client {
            outbox,
            signed_in: None,
            locked: None,
            here_ms: None,
            looks_at: LooksAt::default(),
            sent: None,
        };
        self.clients.insert(line, client);
    }

    /// Takes over a line of the station that began anew.
    pub(super) fn connected_before(&mut self, line: LineId, client: Client) {
        self.greet(&client.outbox);
        let known = |person: &PersonId| self.config.profile.person(person).is_some();
        let (signed_in, locked) = (client.signed_in.filter(known), client.locked.filter(known));
        self.clients.insert(line, Client { signed_in, locked, sent: None, ..client });
        self.watch_changed();
    }

    fn greet(&self, outbox: &Outbox) {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        outbox.put(Update::Hello { protocol: PROTOCOL_VERSION, version });
        // They never change while the station runs.
        for list in &self.lists {
            outbox.put(Update::Checklist(Box::new(list.clone())));
        }
    }

    pub(super) fn disconnected(&mut self, line: LineId, now: Stamp) {
        self.sign_out(line, now);
        self.clients.remove(&line);
        self.watch_changed();
    }

    /// Who does `action`, if the day and the profile allow it to them: the person signed in on the
    /// line, with the approval of another where they lack the right.
    pub(super) fn permit(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        action: &Action<'_>,
        now: Stamp,
    ) -> Result<Actor, Message> {
        let day = self.day.as_ref().ok_or_else(|| Message::new("refused-no-day"))?;
        rules::allowed(&day.day, action).map_err(wording::refusal)?;
        self.actor(line, approval, action.right(), now)
    }

    /// Somebody is, whoever it is: enough to look.
    pub(super) fn signed_in(&self, line: LineId) -> Result<(), Message> {
        let signed_in = self.clients.get(&line).is_some_and(|client| client.signed_in.is_some());
        if signed_in { Ok(()) } else { Err(Message::new("refused-sign-in")) }
    }

    pub(super) fn actor(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        right: Right,
        now: Stamp,
    ) -> Result<Actor, Message> {
        let person = self.clients.get(&line).and_then(|client| client.signed_in.clone());
        let person = person.ok_or_else(|| Message::new("refused-sign-in"))?;
        let profile = &self.config.profile;
        // Nobody's consent makes somebody else of them.
        if profile.person(&person).is_some_and(|known| profile.rights.only_looks(known.role)) {
            return Err(Message::new("refused-looks-only"));
        }
        if let Some(approval) = approval {
            self.verify_pin(&approval.person, &approval.pin, now)?;
        }
        let approved_by = approval.map(|approval| approval.person.clone());
        let may = |person: &PersonId| {
            self.config
                .profile
                .person(person)
                .is_some_and(|p| self.config.profile.rights.allows(p.role, right))
        };
        if may(&person) || approved_by.as_ref().is_some_and(may) {
            Ok(Actor { person: Some(person), approved_by })
        } else {
            Err(Message::new("refused-right").with("right", right.name()))
        }
    }
}
