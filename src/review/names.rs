//! What an archive calls its cameras and people.

use crate::i18n::{Arg, Message};
use crate::point::{CameraId, PersonId};

/// As the day's document has them; empty when it can't be read.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub cameras: Vec<(CameraId, String)>,
    pub people: Vec<(PersonId, String)>,
}

impl Names {
    /// Its id, if it has no name.
    pub fn camera(&self, id: &CameraId) -> String {
        let known = self.cameras.iter().find(|(known, _)| known == id);
        known.map_or_else(|| id.to_string(), |(_, name)| name.clone())
    }

    /// Their id, if they have no name.
    pub fn person(&self, id: &PersonId) -> String {
        let known = self.people.iter().find(|(known, _)| known == id);
        known.map_or_else(|| id.to_string(), |(_, name)| name.clone())
    }

    /// The message with cameras and people called by their names instead of their ids.
    pub fn put_into(&self, message: &Message) -> Message {
        let mut named = message.clone();
        for value in named.args.values_mut() {
            let Arg::Text(text) = value else { continue };
            let camera = self.cameras.iter().find(|(id, _)| id.as_str() == text).map(|(_, name)| name);
            let person = self.people.iter().find(|(id, _)| id.as_str() == text).map(|(_, name)| name);
            if let Some(name) = camera.or(person) {
                text.clone_from(name);
            }
        }
        named
    }
}
