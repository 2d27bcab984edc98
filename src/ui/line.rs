//! The line to the station: numbers what is asked, and knows what each answer is the answer to.

use std::collections::BTreeMap;

use crate::i18n::Message;
use crate::point::CameraId;
use crate::station::client::{Connection, ConnectionLost, Heed};
use crate::station::protocol::{
    Answer, Approval, BriefingsCommand, Command, DaysCommand, IncidentsCommand, InventoryCommand,
    PeopleCommand, PhotosCommand, PreviewPicture, ProfileCommand, Request, RequestsCommand, Update, View,
};

pub struct Line {
    connection: Box<dyn Connection>,
    next_id: u64,
    sent: BTreeMap<u64, Asked>,
    watched: Looks,
    lost: bool,
}

/// A command that was sent.
#[derive(Clone, Debug)]
pub struct Asked {
    pub command: Command,
    /// Somebody else's consent went with it.
    pub approved: bool,
}

/// What pictures are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    pub cameras: Vec<CameraId>,
    pub width: u32,
    /// The one of them that is enlarged.
    pub enlarged: Option<CameraId>,
}

/// What came over the line.
pub enum Heard {
    View(Box<View>),
    Answer(Asked, Result<Answer, Message>),
    /// Once: the station is gone.
    Lost,
}

impl Line {
    pub fn new(mut connection: Box<dyn Connection>, wake: Box<dyn Fn() + Send + Sync>) -> Self {
        connection.on_update(Heed::News, wake);
        Self { connection, next_id: 1, sent: BTreeMap::new(), watched: Looks::default(), lost: false }
    }

    pub fn ask(&mut self, command: Command, approval: Option<Approval>) {
        let id = self.next_id;
        self.next_id += 1;
        let asked = Asked { command: command.clone(), approved: approval.is_some() };
        if self.connection.send(Request { id, command, approval }).is_ok() {
            self.sent.insert(id, asked);
        }
        // A line that takes no more says so in `hear` too.
    }

    /// Whether an answer is being waited for (what is only looked at aside).
    pub fn is_busy(&self) -> bool {
        let looks = |asked: &Asked| {
            matches!(
                asked.command,
                Command::Watch { .. }
                    | Command::People(PeopleCommand::Here)
                    | Command::Reference { .. }
                    | Command::Photos(PhotosCommand::Show { .. })
                    | Command::Briefings(BriefingsCommand::Read { .. })
                    | Command::Alarms { .. }
                    | Command::Accesses { .. }
                    | Command::Requests(RequestsCommand::List { .. })
                    | Command::Incidents(IncidentsCommand::List { .. })
                    | Command::Inventory(InventoryCommand::List { .. })
                    | Command::Days(DaysCommand::List { .. })
                    | Command::Profile(ProfileCommand::About | ProfileCommand::Read)
            )
        };
        self.sent.values().any(|asked| !looks(asked))
    }

    /// Everything that has come; of several views the newest alone.
    pub fn hear(&mut self) -> Vec<Heard> {
        let mut heard = Vec::new();
        let mut view = None;
        while !self.lost {
            match self.connection.poll() {
                Ok(Some(Update::View(newest))) => view = Some(newest),
                Ok(Some(Update::Answer { id, result })) => {
                    if let Some(asked) = self.sent.remove(&id) {
                        heard.push(Heard::Answer(asked, result));
                    }
                }
                Ok(Some(Update::Hello { .. } | Update::Checklist(_))) => {}
                Ok(None) => break,
                Err(ConnectionLost) => {
                    self.lost = true;
                    self.sent.clear();
                    heard.push(Heard::Lost);
                }
            }
        }
        heard.extend(view.map(Heard::View));
        heard
    }

    /// Asks for these pictures and no others, if that is not so already.
    pub fn watch(&mut self, wanted: Looks) {
        if self.watched != wanted && !self.lost {
            self.watched = wanted.clone();
            let Looks { cameras, width, enlarged } = wanted;
            self.ask(Command::Watch { cameras, width, enlarged }, None);
        }
    }

    pub fn previews(&mut self) -> Vec<PreviewPicture> {
        if self.lost { Vec::new() } else { self.connection.previews() }
    }
}
