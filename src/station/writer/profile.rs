//! The station itself, and the profile that it goes by: read, changed, and taken up by beginning anew.

use std::collections::BTreeMap;
use std::fs;
use std::sync::mpsc::SyncSender;

use super::super::handle::LineId;
use super::super::protocol::{
    AboutStation, Answer, Approval, CopyState, OneTimeCode, ProfileCommand, ProfileShown, ProfileText,
    TypedLogin,
};
use super::super::{Inbox, StationConfig, StationError, pins};
use super::clients::Client;
use super::{OpenDay, Writer};
use crate::clock::Stamp;
use crate::durable;
use crate::i18n::Message;
use crate::journal::{Actor, Event, ProfileChanged};
use crate::point::{DEMO_PROFILE, Profile, Right, logins};
use crate::signing::Digest;
use crate::tables::{self, ReadError};

/// A longer profile does not fit into a request, and is changed in its file.
const MOST_BYTES: usize = 160 * 1024;

/// What a station that begins anew takes along.
pub(in crate::station) struct Anew {
    config: StationConfig,
    clients: BTreeMap<LineId, Client>,
}

impl Anew {
    pub(super) fn new(config: StationConfig, clients: BTreeMap<LineId, Client>) -> Self {
        Self { config, clients }
    }

    /// Opens the data folder as a start does. Whoever is connected stays so, and signed in if the point still
    /// has them.
    pub fn open(self, inbox: SyncSender<Inbox>) -> Result<Writer, StationError> {
        let outboxes: Vec<_> = self.clients.values().map(|client| client.outbox.clone()).collect();
        let mut writer = Writer::open(self.config, inbox).inspect_err(|error| {
            tracing::error!(%error, "the station does not begin anew");
            outboxes.iter().for_each(|outbox| outbox.close());
        })?;
        self.clients.into_iter().for_each(|(line, client)| writer.connected_before(line, client));
        Ok(writer)
    }
}

impl Writer {
    pub(super) fn profile_command(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        command: ProfileCommand,
        now: Stamp,
    ) -> Result<Answer, Message> {
        match command {
            ProfileCommand::About => {
                self.signed_in(line)?;
                Ok(Answer::About(Box::new(self.about())))
            }
            ProfileCommand::Read => {
                // Whoever checks the equipment may look; whoever may neither is told what it takes to change it.
                if self.actor(line, None, Right::Check, now).is_err() {
                    self.actor(line, approval, Right::Configure, now)?;
                }
                Ok(Answer::Profile(Box::new(self.shown_profile()?)))
            }
            ProfileCommand::Save { text, base, logins } => {
                let actor = self.actor(line, approval, Right::Configure, now)?;
                self.save_profile(&text, base, &logins, actor, now)?;
                Ok(Answer::Done)
            }
            ProfileCommand::TakeUp => {
                let actor = self.actor(line, approval, Right::Configure, now)?;
                self.take_up_file(actor, now)?;
                Ok(Answer::Done)
            }
            ProfileCommand::NewCode => {
                self.actor(line, approval, Right::Configure, now)?;
                let (code, hash) = pins::one_time_code().map_err(|error| not_written(&error))?;
                Ok(Answer::NewCode(Box::new(OneTimeCode { code, hash })))
            }
        }
    }

    fn about(&self) -> AboutStation {
        let data = self.data();
        let (read, now) = (self.config.profile_file, tables::read_text(&data.profile()).ok());
        let path = |path: &std::path::Path| path.display().to_string();
        AboutStation {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data_folder: path(data.root()),
            log: path(&data.log()),
            profile: read.map(|_| path(&data.profile())),
            profile_sha256: read,
            profile_changed: now.map(|text| Digest::of(text.as_bytes())) != read,
            device_key: self.device_key.public().fingerprint(),
        }
    }

    fn shown_profile(&self) -> Result<ProfileShown, Message> {
        let (base, text) = self.stored_profile()?;
        if text.len() > MOST_BYTES {
            return Err(Message::new("refused-profile-long"));
        }
        let shown = logins::hidden(&text).ok_or_else(|| Message::new("refused-profile-unclear"))?;
        Ok(ProfileShown { text: ProfileText(shown), base, closed: self.may_change_profile().err() })
    }

    /// The file's text with its hash; the built-in example's if there is none.
    fn stored_profile(&self) -> Result<(Option<Digest>, String), Message> {
        match tables::read_text(&self.data().profile()) {
            Ok(text) => Ok((Some(Digest::of(text.as_bytes())), text)),
            Err(ReadError::Missing { .. }) => Ok((None, DEMO_PROFILE.to_owned())),
            Err(error) => Err(error.message()),
        }
    }

    /// An exam day keeps the rules that it began with, and what goes on is not cut off.
    fn may_change_profile(&self) -> Result<(), Message> {
        if self.day.as_ref().is_some_and(OpenDay::is_open) {
            return Err(Message::new("refused-profile-day"));
        }
        let live = self.live_view();
        let copies = live.copies.iter().any(|copy| copy.state == CopyState::Copying);
        let works = [&live.work, &live.older].into_iter().flatten().any(|work| work.runs());
        let packs = self.day.as_ref().is_some_and(OpenDay::waits_for_packing);
        if copies || works || packs || !live.running_steps.is_empty() {
            return Err(Message::new("refused-profile-busy"));
        }
        Ok(())
    }

    fn save_profile(
        &mut self,
        shown: &ProfileText,
        base: Option<Digest>,
        typed: &[TypedLogin],
        actor: Actor,
        now: Stamp,
    ) -> Result<(), Message> {
        self.may_change_profile()?;
        if shown.0.len() > MOST_BYTES {
            return Err(Message::new("refused-profile-long"));
        }
        let (old, stored) = self.stored_profile()?;
        if old != base {
            return Err(Message::new("refused-profile-stale"));
        }
        let typed = typed.iter().map(|typed| (typed.mark, typed.login.0.as_str())).collect();
        let text = logins::restored(&shown.0, &stored, &typed)?;
        let profile =
            Profile::read(&text, "profile.toml").map_err(|faults| ReadError::from(faults).message())?;
        // What nobody could look at any more is not taken.
        logins::hidden(&text).ok_or_else(|| Message::new("refused-profile-unclear"))?;
        let new = Digest::of(text.as_bytes());
        if old == Some(new) {
            return Err(Message::new("refused-profile-same"));
        }
        let path = self.data().profile();
        let next = path.with_added_extension("next");
        durable::replace_private(&next, text.as_bytes()).map_err(|error| not_written(&error))?;
        if old.is_some() {
            let before = path.with_added_extension("old");
            durable::replace_private(&before, stored.as_bytes()).map_err(|error| not_written(&error))?;
        }
        self.record_change(ProfileChanged { old, new }, actor, now)?;
        fs::rename(&next, &path)
            .and_then(|()| durable::sync_folder(self.data().root()))
            .map_err(|error| not_written(&error))?;
        self.goes_by_next = Some((profile, new));
        Ok(())
    }

    fn take_up_file(&mut self, actor: Actor, now: Stamp) -> Result<(), Message> {
        self.may_change_profile()?;
        let text = tables::read_text(&self.data().profile()).map_err(|error| error.message())?;
        let profile =
            Profile::read(&text, "profile.toml").map_err(|faults| ReadError::from(faults).message())?;
        let (old, new) = (self.config.profile_file, Digest::of(text.as_bytes()));
        if old == Some(new) {
            return Err(Message::new("refused-profile-same"));
        }
        self.record_change(ProfileChanged { old, new }, actor, now)?;
        self.goes_by_next = Some((profile, new));
        Ok(())
    }

    /// What it tells of follows: never the other way round.
    fn record_change(&mut self, change: ProfileChanged, actor: Actor, now: Stamp) -> Result<(), Message> {
        self.record_of_point(now, actor, Event::ProfileChanged(change));
        self.commit();
        self.live.fault.clone().map_or(Ok(()), Err)
    }
}

fn not_written(error: &std::io::Error) -> Message {
    Message::new("refused-profile-not-written").with("detail", error.to_string())
}
