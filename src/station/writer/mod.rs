//! The station's thread: takes what happens, turns it into records, makes them durable, tells the
//! clients. All state lives here; the files of this folder each handle one kind of message.

mod alarms;
mod archive;
mod around;
mod briefings;
mod cabinet;
mod cameras;
mod checks;
mod clients;
mod commands;
mod copies;
mod countersign;
mod days;
mod equipment;
mod evidence;
mod inventory;
mod live;
mod older_days;
mod outages;
mod papers;
mod past;
mod people;
mod photos;
mod pictures;
mod point_view;
mod profile;
mod requests;
mod starts;
mod takeover;
mod upkeep;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use chrono::NaiveDate;

use super::disk::DiskWatch;
use super::equipment::{EquipmentWatch, Ledger};
use super::handle::{FromClient, LineId};
use super::media::MediaWatch;
use super::older_days::Verifying;
use super::open_day::OpenDay;
use super::opening::{self, OpenedPoint};
use super::paths::DataFolder;
use super::pauses::Pauses;
use super::pins::Pins;
use super::plugged::{self, Lookout};
use super::protocol::{Answer, PointView, Update, View};
use super::{Inbox, StationConfig, StationError};
use crate::briefing::{self, Briefing};
use crate::checklist::{Checklist, Checklists, Places};
use crate::clock::Stamp;
use crate::day::Handover;
use crate::journal::{Actor, Event, Journal};
use crate::point::{CameraId, Person, Profile};
use crate::recording::{Disk, Eyes, Mode, Recorder, RecorderEvent};
use crate::signing::{DeviceKey, Digest, Rotation};

pub(super) use checks::StepRan;
use clients::Client;
use live::LiveState;
use past::Past;
pub(super) use profile::Anew;

/// How often live figures are read and timed duties looked after.
const TICK_MS: u64 = 1_000;
/// How often pictures go to those who watch.
const PREVIEW_MS: u64 = 125;
/// How often while one of them looks closely.
const ENLARGED_MS: u64 = 66;
/// How many messages of recorders may wait before a recorder does: minutes of a bad day.
const CAMERA_EVENTS: usize = 4_096;

/// All of the station's state.
pub(super) struct Writer {
    config: StationConfig,
    inbox: SyncSender<Inbox>,
    /// Held for as long as the station runs.
    _lock: std::fs::File,
    device_key: Arc<DeviceKey>,
    /// Which keys of this station took whose place.
    rotations: Vec<Rotation>,
    pins: Pins,
    pauses: Pauses,
    /// Those of the profile; `config`'s are those of today, with whoever stands in.
    own_people: Vec<Person>,
    /// The date that "today" means.
    people_of: NaiveDate,
    point: Journal,
    point_view: PointView,
    /// The checklists as they apply to this point, a step for each room or camera.
    spread: Checklists,
    /// The same as clients are told them: they spread the steps themselves.
    lists: Vec<Checklist>,
    /// What the point's journal tells.
    past: Past,
    /// Each with its hash.
    briefings: Vec<(Briefing, Digest)>,
    verifying: Option<Verifying>,
    day: Option<OpenDay>,
    recorders: BTreeMap<CameraId, Recorder>,
    /// Where all recordings go; behind the recorders, which are dropped first.
    disk: Disk,
    /// Look at what cameras send that code themselves.
    eyes: Eyes,
    lookout: Lookout,
    ledger: Ledger,
    /// Reads what the ledger is given.
    _equipment: EquipmentWatch,
    camera_events: SyncSender<RecorderEvent>,
    /// Brings what the recorders say into the inbox; ends when the last sender is gone.
    camera_ears: thread::JoinHandle<()>,
    /// How often pictures go out; none while nobody looks.
    previews_every_ms: Option<u64>,
    clients: BTreeMap<LineId, Client>,
    /// Answers that wait until what they tell of is on disk.
    answers: Vec<(LineId, Update)>,
    /// Files to remove once the records written so far are on disk.
    let_go: Vec<PathBuf>,
    live: LiveState,
    copies: Vec<copies::Copy>,
    /// Where the day's archive was copied to.
    handover: Option<Handover>,
    upkeep: upkeep::Upkeep,
    watch: outages::OutageWatch,
    space: DiskWatch,
    media: MediaWatch,
    /// The station begins anew with this one.
    goes_by_next: Option<(Profile, Digest)>,
    ending: bool,
}

impl Writer {
    /// Opens the data folder and stands where the last run stood: a day that was being recorded is
    /// recorded again before this returns.
    pub fn open(config: StationConfig, inbox: SyncSender<Inbox>) -> Result<Self, StationError> {
        let now = config.clock.now();
        let lock = opening::lock(&config.data)?;
        let pins = Pins::open(config.data.pins())?;
        let OpenedPoint { device: device_key, journal: point, records: point_records, rotations } =
            opening::open_point(&config.data, &config.profile, now)?;
        let point_view = point_view::of(&config, now);
        let disk = Disk::start(config.data.root(), Arc::clone(&config.clock)).map_err(StationError::Data)?;
        let (camera_events, camera_ears) = listen_to_cameras(inbox.clone()).map_err(StationError::Data)?;
        let media = MediaWatch::start(config.data.root().to_owned(), config.targets.clone(), inbox.clone());
        let finder = Arc::clone(&config.find_cameras);
        let lookout = Lookout::start(finder, inbox.clone()).map_err(StationError::Data)?;
        let look = Arc::clone(&config.look_at_equipment);
        let equipment = EquipmentWatch::start(look, inbox.clone()).map_err(StationError::Data)?;
        let fitting = config.checklists.fitting(&config.profile);
        let spread = fitting.spread(&Places::of(&config.profile));
        let lists = fitting.every().into_iter().cloned().collect();
        let mut writer = Self {
            spread,
            lists,
            past: Past::of(&point_records),
            briefings: hashed(briefing::of_the_point(config.data.root())?),
            verifying: None,
            media: media.map_err(StationError::Data)?,
            space: DiskWatch::default(),
            inbox,
            lookout,
            ledger: Ledger::default(),
            _equipment: equipment,
            _lock: lock,
            device_key,
            rotations,
            pins,
            pauses: Pauses::open(config.data.pauses(), now),
            own_people: config.profile.people.clone(),
            people_of: opening::date(&config.profile, now),
            point,
            point_view,
            day: None,
            recorders: BTreeMap::new(),
            disk,
            eyes: Eyes::start().map_err(StationError::Data)?,
            camera_events,
            camera_ears,
            previews_every_ms: None,
            clients: BTreeMap::new(),
            answers: Vec::new(),
            let_go: Vec::new(),
            live: LiveState::default(),
            copies: Vec::new(),
            handover: None,
            upkeep: upkeep::Upkeep::new(now),
            watch: outages::OutageWatch::default(),
            goes_by_next: None,
            ending: false,
            config,
        };
        writer.people_changed(now);
        let today = writer.config.profile.day_id(writer.date(now));
        if let Some(id) = opening::day_to_reopen(writer.data(), &today, &writer.past.older)? {
            let inbox = writer.inbox.clone();
            match opening::reopen_day(&writer.config, &writer.device_key, &id, now, inbox) {
                Ok(day) => {
                    let mut handover = Handover::new(id);
                    point_records.iter().for_each(|record| handover.apply(record));
                    writer.handover = Some(handover);
                    writer.take_up(day, now);
                    writer.people_changed(now);
                    writer.back_up(now);
                    writer.go_on_with_copies(None);
                }
                // An earlier day that is damaged must not keep today's exam from being recorded.
                Err(error) if id != today => tracing::error!(%error, day = %id, "earlier day not opened"),
                Err(error) => return Err(error),
            }
            writer.commit();
        }
        writer.delete_the_rest();
        Ok(writer)
    }

    /// Works until it is told to end, or to begin anew.
    pub fn run(mut self, inbox: &Receiver<Inbox>) -> Option<Anew> {
        let (mut next_tick_ms, mut next_preview_ms) = (0, 0);
        while !self.ending && self.goes_by_next.is_none() {
            let now = self.config.clock.now();
            if now.mono_ms >= next_tick_ms {
                next_tick_ms = now.mono_ms + TICK_MS;
                self.tick(now);
            }
            let mut wake_ms = next_tick_ms;
            if let Some(every_ms) = self.previews_every_ms {
                if now.mono_ms >= next_preview_ms {
                    next_preview_ms = now.mono_ms + every_ms;
                    self.send_previews();
                }
                wake_ms = wake_ms.min(next_preview_ms);
            }
            let wait = Duration::from_millis(wake_ms.saturating_sub(now.mono_ms));
            match inbox.recv_timeout(wait) {
                Ok(first) => {
                    self.handle(first);
                    // What came meanwhile shares one fsync.
                    inbox.try_iter().take(256).for_each(|message| self.handle(message));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => self.ending = true,
            }
            self.commit();
            self.publish();
            self.answer();
        }
        self.end(inbox)
    }

    fn handle(&mut self, message: Inbox) {
        let now = self.config.clock.now();
        match message {
            Inbox::Client(FromClient::Connected { line, outbox }) => self.connected(line, outbox),
            Inbox::Client(FromClient::Asked { line, request }) => {
                let id = request.id;
                let result = self.command(line, request, now);
                self.answers.push((line, Update::Answer { id, result }));
            }
            Inbox::Client(FromClient::Disconnected { line }) => self.disconnected(line, now),
            Inbox::Camera(event) => self.camera_event(event, now),
            Inbox::Parts(event) => self.parts_event(event, now),
            Inbox::Step(ran) => self.step_ran(ran, now),
            Inbox::Copied(told) => self.copy_told(told, now),
            Inbox::Older(told) => self.older_told(told, now),
            Inbox::Media(targets) => {
                self.media.answered();
                self.media_found(targets);
            }
            Inbox::SigningFiles(told) => self.signing_files_told(told),
            Inbox::Papers(told) => self.papers_told(told),
            Inbox::PageSaved(page) => self.live.evidence.page = Some(page),
            Inbox::Plugged(found) => self.live.plugged = found.iter().map(plugged::view_of).collect(),
            Inbox::Equipment(seen) => self.equipment_seen(seen, now),
            Inbox::Terminate => self.ending = true,
        }
    }

    /// Appends to the day's journal; to the point's while no day is open.
    fn record(&mut self, now: Stamp, actor: Actor, event: Event) {
        let result = match self.day.as_mut().filter(|day| day.is_open()) {
            Some(day) => day.record(now, actor, event),
            None => return self.record_of_point(now, actor, event),
        };
        self.note_fault(result);
    }

    /// Appends to the point's journal.
    fn record_of_point(&mut self, now: Stamp, actor: Actor, event: Event) {
        let result = self.point.append(now, actor, event).map(|record| {
            self.past.apply(&record);
            if let Some(handover) = &mut self.handover {
                handover.apply(&record);
            }
        });
        self.note_fault(result);
    }

    fn note_fault(&mut self, result: Result<(), crate::journal::JournalError>) {
        if let Err(error) = result {
            tracing::error!(%error, "journal");
            self.live.fault.get_or_insert(error.message());
        }
    }

    /// Makes all records durable, and only then lets files go that are needed no more.
    fn commit(&mut self) {
        let day = self.day.as_mut().map_or(Ok(()), OpenDay::sync);
        let point = self.point.sync();
        self.note_fault(day.and(point));
        if self.live.fault.is_some() {
            // Not known to be recorded, so not removed.
            self.let_go.clear();
        }
        for path in self.let_go.drain(..) {
            if let Err(error) = std::fs::remove_file(&path) {
                tracing::warn!(%error, path = %path.display(), "packed file not removed");
            }
        }
    }

    /// Sends every client the view if it changed since it was last sent.
    fn publish(&mut self) {
        let live = self.live_view();
        let now = self.config.clock.now();
        let (around, briefings) = (self.around(now), self.briefing_lines(now));
        let day = self.day.as_ref().map(|open| open.day.shown());
        for client in self.clients.values_mut() {
            let same = client.sent.as_ref().is_some_and(|sent| {
                sent.live == live
                    && sent.day == day
                    && sent.handover == self.handover
                    && sent.around == around
                    && sent.briefings == briefings
                    && sent.signed_in == client.signed_in
                    && sent.locked == client.locked
                    && sent.point == self.point_view
            });
            if !same {
                let view = Box::new(View {
                    point: self.point_view.clone(),
                    day: day.clone(),
                    handover: self.handover.clone(),
                    around: around.clone(),
                    briefings: briefings.clone(),
                    signed_in: client.signed_in.clone(),
                    locked: client.locked.clone(),
                    live: live.clone(),
                });
                client.sent = Some(view.clone());
                client.outbox.put(Update::View(view));
            }
        }
    }

    /// Tells those who asked; what they asked for is on disk, and the view they have shows it.
    fn answer(&mut self) {
        for (line, mut update) in std::mem::take(&mut self.answers) {
            if let (Some(fault), Update::Answer { result, .. }) = (&self.live.fault, &mut update)
                && !matches!(result, Ok(Answer::Records { .. }))
            {
                *result = Err(fault.clone());
            }
            if let Some(client) = self.clients.get(&line) {
                client.outbox.put(update);
            }
        }
    }

    /// Ends without ordering a stop: recorders finish their files and go on at the next start.
    fn end(mut self, inbox: &Receiver<Inbox>) -> Option<Anew> {
        let now = self.config.clock.now();
        // Asked all at once, so that they end side by side.
        self.recorders.values().for_each(|recorder| recorder.set_mode(Mode::Idle));
        self.recorders.clear();
        // What they still had to say: their ears close with the last of them.
        self.camera_events = sync_channel(1).0;
        loop {
            let deaf = self.camera_ears.is_finished();
            let camera = |message: &Inbox| matches!(message, Inbox::Camera(_));
            inbox.try_iter().filter(camera).for_each(|message| self.handle(message));
            if deaf {
                break;
            }
            self.config.clock.sleep(Duration::from_millis(5));
        }
        if self.day.as_ref().is_some_and(OpenDay::is_open) {
            self.record(now, Actor::STATION, Event::StationStopped {});
            self.checkpoint(now);
        }
        self.commit();
        self.publish();
        self.answer();
        if let (Some((profile, file)), false) = (self.goes_by_next.take(), self.ending) {
            let config = StationConfig { profile, profile_file: Some(file), ..self.config };
            return Some(Anew::new(config, self.clients));
        }
        self.clients.values().for_each(|client| client.outbox.close());
        None
    }
}

/// A sender for recorders, and the thread that brings what they say into the inbox.
fn listen_to_cameras(
    inbox: SyncSender<Inbox>,
) -> std::io::Result<(SyncSender<RecorderEvent>, thread::JoinHandle<()>)> {
    let (sender, events) = sync_channel(CAMERA_EVENTS);
    let ears = thread::Builder::new().name("camera-events".into()).spawn(move || {
        // Ends with the last recorder, or with the station.
        for event in events {
            if inbox.send(Inbox::Camera(event)).is_err() {
                break;
            }
        }
    })?;
    Ok((sender, ears))
}

fn hashed(briefings: Vec<Briefing>) -> Vec<(Briefing, Digest)> {
    let hashed = |briefing: Briefing| (briefing.clone(), briefing.sha256());
    briefings.into_iter().map(hashed).collect()
}

/// The data folder of a configuration, for the files of this folder.
impl Writer {
    fn data(&self) -> &DataFolder {
        &self.config.data
    }
}
