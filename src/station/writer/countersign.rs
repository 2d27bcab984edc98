//! The head's and the commission member's signatures beside the sealed day.

use std::path::Path;

use super::super::opening;
use super::super::protocol::{Passphrase, WorkLive};
use super::Writer;
use crate::archive::{
    COUNTERSIGNATURE_FORMAT, CountersignError, CountersignatureNote, Countersigning, HandedIn, PartName,
    write_countersignature,
};
use crate::clock::Stamp;
use crate::i18n::Message;
use crate::journal::{Actor, Event};
use crate::signing::SignerRole;

impl Writer {
    /// Signs with the person's key, or takes a signature made elsewhere. From then on the archive misses
    /// it when it is gone: a part of its own says that it was here.
    pub(super) fn countersign(
        &mut self,
        role: SignerRole,
        file: &str,
        passphrase: &Passphrase,
        actor: Actor,
        now: Stamp,
    ) -> Result<(), Message> {
        if self.live.work.as_ref().is_some_and(WorkLive::runs) {
            return Err(Message::new("refused-work-runs"));
        }
        let day = self.day.as_mut().filter(|day| day.is_packed());
        let day = day.ok_or_else(|| Message::new("refused-not-sealed"))?;
        let path = Path::new(file);
        if !path.is_absolute() {
            return Err(Message::new("refused-target").with("target", file));
        }
        let say = |error: CountersignError| error.message();
        let archive = day.folder.archive();
        let sealed = Countersigning::open(&archive).map_err(say)?;
        let handed_in = HandedIn::read(path).map_err(say)?;
        let put = sealed.take(role, &handed_in, passphrase.0.as_bytes()).map_err(say)?;
        let key = put.key.map(|key| key.fingerprint());
        if let Some(key) = &key {
            let note = CountersignatureNote {
                format: COUNTERSIGNATURE_FORMAT,
                day: sealed.day().clone(),
                role,
                key: key.clone(),
                sha256: put.sha256,
                at_ms: now.utc_ms,
            };
            let after = |number: u32| archive.join(PartName::After(note.day.clone(), number).file_name());
            let number = (2..u32::MAX).find(|number| !after(*number).exists()).unwrap_or(u32::MAX);
            let info = opening::bag_info(&day.document);
            let written = write_countersignature(&archive, number, &note, &info, &self.device_key);
            written.map_err(|error| error.message())?;
        }
        day.countersigned = day.signed_roles();
        let event = Event::Countersigned {
            day: sealed.day().clone(),
            role,
            key: key.unwrap_or_else(|| "p7s".to_owned()),
            sha256: put.sha256,
        };
        self.record_of_point(now, actor, event);
        self.commit();
        self.go_on_with_copies(None);
        Ok(())
    }
}
