//! What the window knows and shows, apart from how it is drawn.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::dialogs::Dialog;
use super::theme::{Look, Scale};
use super::words::{self, Words};
use crate::clock::Stamp;
use crate::day::{CameraState, Day, Outage};
use crate::i18n::{Arg, Language, Message};
use crate::point::{CameraId, KeyboardUse, PersonId, Right, RoomNumber, Zone};
use crate::review::{Against, Task};
use crate::station::protocol::{CameraInfo, Command, CopyState, PersonView, View, WorkKind, WorkLive};

/// The places of the rail, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    Today,
    Check,
    Cameras,
    Access,
    Close,
    Review,
    Requests,
    /// What belongs to no single day: equipment, briefings, older days.
    Point,
    /// The window, the station, the point's profile.
    Settings,
    /// The guide; F1 opens it from everywhere, it has no place in the rail.
    Help,
}

impl Screen {
    /// Those of the rail.
    pub const ALL: [Screen; 9] = [
        Self::Today,
        Self::Check,
        Self::Cameras,
        Self::Access,
        Self::Close,
        Self::Review,
        Self::Requests,
        Self::Point,
        Self::Settings,
    ];

    /// The Fluent id of its name.
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Today => "ui-screen-today",
            Self::Check => "ui-screen-check",
            Self::Cameras => "ui-screen-cameras",
            Self::Access => "ui-screen-access",
            Self::Point => "ui-screen-point",
            Self::Close => "ui-screen-close",
            Self::Review => "ui-screen-review",
            Self::Requests => "ui-screen-requests",
            Self::Settings => "ui-screen-settings",
            Self::Help => "ui-screen-help",
        }
    }
}

/// How the window stands to a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Station {
    /// Only archives are looked at; there is none.
    None,
    /// It could not be started; [`Model::trouble`] says why.
    NotStarted,
    /// Connected; nothing was heard yet.
    Connecting,
    Here,
    Lost,
}

/// What a screen wants. All wishes of a frame are handled after it was drawn, in one place.
#[derive(Debug)]
pub enum Wish {
    Go(Screen),
    /// Send it; when it takes somebody else's consent, that is asked for.
    Ask(Command),
    /// Send it with somebody else's consent from the start.
    AskTogether(Command),
    /// Send it with the consent just given.
    AskApproved(Command, crate::station::protocol::Approval),
    Open(Box<Dialog>),
    Speak(Language),
    Wear(Look),
    Draw(Scale),
    /// When the keyboard on the screen comes up, whatever the profile says.
    Type(KeyboardUse),
    /// Take the whole screen, or no longer.
    Fill(bool),
    /// Let the alarm be heard, to know that it can be.
    TryTone,
    /// The refusal was read.
    Understood,
    /// Verify and show the archive in this folder, held against that.
    Review(PathBuf, Against),
    /// Do so with the archive that is shown.
    Work(Task),
    /// Leave the window; recording goes on in the station.
    Quit,
}

/// The state of the window.
pub struct Model {
    pub words: Words,
    pub look: Look,
    pub scale: Scale,
    /// Chosen at this window; else the profile says it.
    pub keyboard: Option<KeyboardUse>,
    /// It holds the whole screen, and only a supervisor lets go of it.
    pub kiosk: bool,
    pub screen: Screen,
    pub now: Stamp,
    pub station: Station,
    pub view: Option<Box<View>>,
    /// Why there is no station, where there should be one.
    pub trouble: Option<Message>,
    /// Why the station did not do what was asked; stays until it was read.
    pub refusal: Option<Message>,
    /// A request is on its way.
    pub busy: bool,
    /// Whose window it is.
    pub home: Option<PathBuf>,
}

impl Model {
    pub fn new(language: Language, now: Stamp, station: Station) -> Self {
        Self {
            words: Words::new(language),
            look: Look::default(),
            scale: Scale::default(),
            keyboard: None,
            kiosk: false,
            screen: if station == Station::None { Screen::Review } else { Screen::Today },
            now,
            station,
            view: None,
            trouble: None,
            refusal: None,
            busy: false,
            home: None,
        }
    }

    pub fn day(&self) -> Option<&Day> {
        self.view.as_ref()?.day.as_ref()
    }

    /// When the keyboard on the screen comes up.
    pub fn keyboard_use(&self) -> KeyboardUse {
        let of_point = || self.view.as_ref().map(|view| view.point.keyboard);
        self.keyboard.or_else(of_point).unwrap_or_default()
    }

    /// Minutes east of UTC at the point; this computer's own while no station tells.
    pub fn offset_min(&self) -> i32 {
        self.view.as_ref().map_or(self.now.offset_min, |view| view.point.offset_min)
    }

    /// The time of day at the point now, `HH:MM`.
    pub fn time_of_day(&self) -> String {
        words::clock(self.now.utc_ms, self.offset_min())
    }

    pub fn clock(&self, utc_ms: i64) -> String {
        words::clock(utc_ms, self.offset_min())
    }

    pub fn signed_in(&self) -> Option<&PersonView> {
        let view = self.view.as_ref()?;
        view.signed_in.as_ref().and_then(|id| self.person(id))
    }

    pub fn person(&self, id: &PersonId) -> Option<&PersonView> {
        self.view.as_ref()?.point.people.iter().find(|person| person.id == *id)
    }

    /// The person's post, else name, else id: what a form would show.
    pub fn post(&self, id: &PersonId) -> String {
        self.person(id).map_or_else(
            || id.to_string(),
            |person| {
                if person.post.is_empty() { person.name.clone() } else { person.post.clone() }
            },
        )
    }

    pub fn cameras(&self) -> &[CameraInfo] {
        self.view.as_ref().map_or(&[], |view| &view.point.cameras)
    }

    /// The message in words; a camera that it names by its id is called by its name.
    pub fn say(&self, message: &Message) -> String {
        let named = match message.args.get("camera") {
            Some(Arg::Text(id)) => self.cameras().iter().find(|camera| camera.id.as_str() == id),
            _ => None,
        };
        match named {
            Some(camera) => self.words.say(&message.clone().with("camera", camera.name.as_str())),
            None => self.words.say(message),
        }
    }

    pub fn zone(&self, room: &RoomNumber) -> Option<Zone> {
        let rooms = &self.view.as_ref()?.point.rooms;
        rooms.iter().find(|known| known.number == *room).map(|room| room.zone)
    }

    /// When the timetable starts the camera, which was not recorded yet.
    pub fn starts_at(&self, camera: &CameraInfo) -> Option<i64> {
        let day = self.day()?;
        let state = day.cameras.get(&camera.id)?;
        let untouched = state.recording_since_ms.is_none() && state.state != CameraState::Stopped;
        let zone = self.zone(&camera.room).filter(|_| untouched)?;
        day.plan.starts.iter().find(|start| start.zone == zone).map(|start| start.at_ms)
    }

    pub fn person_name(&self, id: &PersonId) -> String {
        self.person(id).map_or_else(|| id.to_string(), |person| person.name.clone())
    }

    pub fn camera_name(&self, id: &CameraId) -> String {
        let camera = self.cameras().iter().find(|camera| camera.id == *id);
        camera.map_or_else(|| id.to_string(), |camera| camera.name.clone())
    }

    /// Somebody may let the kiosk's window be left, and can say so by a PIN.
    pub fn has_supervisor(&self) -> bool {
        let people = self.view.iter().flat_map(|view| &view.point.people);
        self.station == Station::Here
            && people.into_iter().any(|person| person.has_pin && person.may(Right::Supervise))
    }

    /// Work of this kind that goes on or has ended.
    pub fn work(&self, kind: WorkKind) -> Option<&WorkLive> {
        self.view.as_ref()?.live.work.as_ref().filter(|work| work.kind == kind)
    }

    /// The day is closed, and its archive could not be finished: sealing goes on where it failed.
    pub fn seal_failed(&self) -> bool {
        self.work(WorkKind::Seal).is_some_and(|work| work.failed.is_some())
    }

    /// Something moves on the screen by the second: an outage's timer, a pause after wrong PINs, or work
    /// with an ETA.
    pub fn counts_seconds(&self) -> bool {
        let Some(view) = &self.view else { return false };
        let works = view.live.work.as_ref().is_some_and(WorkLive::runs)
            || view.live.older.as_ref().is_some_and(WorkLive::runs)
            || view.live.copies.iter().any(|copy| copy.state == CopyState::Copying);
        let lost = view.day.as_ref().is_some_and(|day| day.outages.iter().any(Outage::lasts));
        let waits = view.signed_in.is_none()
            && view.point.people.iter().any(|person| person.waits_until_ms.is_some());
        works || lost || waits
    }
}

/// What a screen or dialog is drawn with.
pub struct Cx<'a> {
    pub theme: &'a super::theme::Theme,
    pub model: &'a Model,
    pub wishes: &'a mut Vec<Wish>,
}

impl Cx<'_> {
    /// A text without arguments.
    pub fn t(&self, id: &str) -> String {
        self.model.words.t(id)
    }

    pub fn say(&self, message: &Message) -> String {
        self.model.say(message)
    }

    pub fn wish(&mut self, wish: Wish) {
        self.wishes.push(wish);
    }

    pub fn ask(&mut self, command: Command) {
        self.wishes.push(Wish::Ask(command));
    }

    pub fn open(&mut self, dialog: Dialog) {
        self.wishes.push(Wish::Open(Box::new(dialog)));
    }
}
