//! A station of a few lines: answers at once, and folds real events into a real day.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use invigil::checklist::{Bilingual, CheckKind, Checklist, Checklists, Span, Step, StepKind, StepRules};
use invigil::clock::{Clock, SimulatedClock};
use invigil::day::{Access, Copy, Day, HandedOver, Handover, Preparation};
use invigil::i18n::{Arg, Message};
use invigil::journal::{
    Actor, CabinetClosed, CabinetOpened, CopyPurpose, EquipmentExplained, Event, Evidence, ExamNamed, Group,
    Link, Outcome, Record, RequestMade, RequestPassed, RequestResolved, SealedPart, StepPhotographed, Still,
};
use invigil::point::{PersonId, Plan, PlannedPhase, Right, Role, Room, Wording, Zone};
use invigil::signing::Digest;
use invigil::station::client::{Connection, ConnectionLost, Heed};
use invigil::station::protocol::{
    AboutStation, ActOnPaper, Answer, Approval, Around, BriefingsCommand, CabinetCommand, CameraInfo,
    CameraLive, ClosingOnPaper, Command, CopyLive, CopyState, DaysCommand, DaysPage, DiskLive,
    EvidenceCommand, ExamAhead, FirstPin, IncidentsCommand, InventoryCommand, InventoryPage, Live,
    OneTimeCode, PageLive, PageState, PaperKind, PaperLive, PaperState, PapersCommand, PeopleCommand,
    PersonView, PhotosCommand, Pin, PluggedCamera, PointView, PreviewPicture, ProfileCommand, ProfileShown,
    ProfileText, Request, RequestsCommand, SigningFile, SigningFileKind, TargetLive, Update, View,
};

/// 29 May 2026, 07:52 in Moscow.
pub const MORNING_MS: i64 = 1_780_030_320_000;
pub const OFFSET_MIN: i32 = 180;
const MINUTE_MS: i64 = 60_000;
/// The one-time code of everybody who has one.
pub const CODE: &str = "480412345678";
/// What a profile keeps of it; nobody tries it here.
const HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$nE5KLr0m1bYV1fUb0oGvmvPVQ0o7oLhz1Cv4xQ0aBcD";
/// 10:00 in Moscow.
pub const EXAM_MS: i64 = MORNING_MS + 128 * MINUTE_MS;

/// What the window holds, and what the test does behind its back.
#[derive(Clone)]
pub struct Fake(Arc<Mutex<State>>);

pub struct State {
    pub clock: Arc<SimulatedClock>,
    pub view: View,
    /// The exam that is prepared.
    pub exam: Option<chrono::NaiveDate>,
    pub exam_ms: i64,
    /// As a profile may want it: no check ends while somebody has not signed.
    pub blocks_unbriefed: bool,
    before: Preparation,
    pub briefing: Option<invigil::briefing::Briefing>,
    pub inventory: InventoryPage,
    pub days: DaysPage,
    pub profile: ProfileShown,
    /// Everything that was asked for, in order.
    pub asked: Vec<Command>,
    pub gone: bool,
    updates: VecDeque<Update>,
    /// A picture for each place among the tiles.
    drawn: BTreeMap<u8, PreviewPicture>,
}

impl Fake {
    pub fn new() -> Self {
        let clock = Arc::new(SimulatedClock::new(MORNING_MS, OFFSET_MIN));
        let (point, live) = (point(), Live::default());
        let view = View {
            point,
            day: None,
            handover: None,
            around: None,
            briefings: Vec::new(),
            signed_in: None,
            locked: None,
            live,
        };
        let (exam, before) = Default::default();
        let (briefing, inventory, days) = Default::default();
        let (asked, updates) = Default::default();
        let text = ProfileText(invigil::point::DEMO_PROFILE.to_owned());
        let profile = ProfileShown { text, base: Some(Digest::of(b"")), closed: None };
        let state = State {
            clock,
            view,
            exam,
            exam_ms: EXAM_MS,
            blocks_unbriefed: false,
            before,
            briefing,
            inventory,
            days,
            profile,
            asked,
            gone: false,
            updates,
            drawn: BTreeMap::new(),
        };
        let fake = Self(Arc::new(Mutex::new(state)));
        fake.lock().tell();
        fake
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panics while it holds the lock")
    }

    pub fn connection(&self) -> Box<dyn Connection> {
        Box::new(self.clone())
    }
}

impl Connection for Fake {
    fn send(&mut self, request: Request) -> Result<(), ConnectionLost> {
        self.lock().hear(request);
        Ok(())
    }

    fn poll(&mut self) -> Result<Option<Update>, ConnectionLost> {
        let mut state = self.lock();
        if state.gone { Err(ConnectionLost) } else { Ok(state.updates.pop_front()) }
    }

    fn previews(&mut self) -> Vec<PreviewPicture> {
        let mut state = self.lock();
        let watched = state.asked.iter().rev().find_map(|command| match command {
            Command::Watch { cameras, .. } => Some(cameras.clone()),
            _ => None,
        });
        let pictures = watched.unwrap_or_default().into_iter().zip(0..);
        let drawn = |(camera, index): (_, u8)| {
            let picture = state.drawn.entry(index).or_insert_with(|| picture(index));
            PreviewPicture { camera, ..picture.clone() }
        };
        pictures.map(drawn).collect()
    }

    fn on_update(&mut self, _heed: Heed, _wake: Box<dyn Fn() + Send + Sync>) {}
}

/// Stripes in a colour of the camera's own.
fn picture(index: u8) -> PreviewPicture {
    let (width, height) = (160, 120);
    let pixel = |at: u32| {
        let (x, y) = (at % width, at / width);
        let shade = ((x / 16 + y / 16) % 2 * 40) as u8 + 60;
        [shade, shade.saturating_add(index % 6 * 30), shade.saturating_add(20)]
    };
    let rgb = (0..width * height).flat_map(pixel).collect();
    PreviewPicture { camera: "x".parse().unwrap(), width, height, rgb }
}

impl State {
    fn profile(&mut self, command: ProfileCommand, approved: bool) -> Result<Answer, Message> {
        match command {
            ProfileCommand::About => Ok(Answer::About(Box::new(about()))),
            ProfileCommand::Read => Ok(Answer::Profile(Box::new(self.profile.clone()))),
            _ if !approved => Err(Message::new("refused-right").with("right", "configure")),
            ProfileCommand::NewCode => {
                let code = OneTimeCode { code: Pin(CODE.into()), hash: HASH.into() };
                Ok(Answer::NewCode(Box::new(code)))
            }
            ProfileCommand::TakeUp => Ok(Answer::Done),
            ProfileCommand::Save { text, .. } => {
                self.profile.text = text;
                Ok(Answer::Done)
            }
        }
    }

    /// Applies what happened and lets the window know.
    pub fn happens(&mut self, event: Event) {
        self.happens_by(Actor::STATION, event);
    }

    pub fn happens_by(&mut self, actor: Actor, event: Event) {
        let now = self.clock.now();
        let record = Record {
            n: self.view.day.as_ref().map_or(0, |day| day.records),
            boot: "0".repeat(16),
            mono_ms: now.mono_ms,
            utc_ms: now.utc_ms,
            offset_min: OFFSET_MIN,
            actor,
            event,
            salt: "0".repeat(32),
            prev: Digest::of(b""),
        };
        match &mut self.view.day {
            Some(day) => day.apply(&record),
            None => self.before.apply(&record),
        }
        self.tell();
    }

    pub fn lists(&mut self) -> &mut Checklists {
        Arc::make_mut(&mut self.view.point.checklists)
    }

    pub fn tell(&mut self) {
        let exam = self.exam.map(|date| ExamAhead { date, start_ms: self.exam_ms, span: Span::BeforeDay });
        let checks = exam.map(|exam| self.before.checks(exam.date)).unwrap_or_default();
        self.view.around = self.view.day.is_none().then_some(Around { exam, checks });
        // As the station does: a long day's end alone.
        let day = self.view.day.as_ref().map(Day::shown);
        self.updates.push_back(Update::View(Box::new(View { day, ..self.view.clone() })));
    }

    fn hear(&mut self, request: Request) {
        // Told again and again, whatever a test does.
        if request.command != Command::People(PeopleCommand::Here) {
            self.asked.push(request.command.clone());
        }
        let result = self.answer(request.command, request.approval);
        self.tell();
        self.updates.push_back(Update::Answer { id: request.id, result });
    }

    fn answer(&mut self, command: Command, approval: Option<Approval>) -> Result<Answer, Message> {
        if approval.as_ref().is_some_and(|approval| approval.pin.0 != "1234") {
            return Err(Message::new("refused-wrong-pin"));
        }
        let approved_by = approval.map(|approval| approval.person);
        let actor = Actor { person: self.view.signed_in.clone(), approved_by: approved_by.clone() };
        let right = |right: &str| Message::new("refused-right").with("right", right);
        let events = match command {
            Command::SetPin { person, .. } => {
                let known = self.view.point.people.iter_mut().find(|known| known.id == person);
                known.expect("the window names people of the view").has_pin = true;
                vec![]
            }
            Command::SignIn { person, pin } if pin.0 == "1234" => {
                self.view.signed_in = Some(person.clone());
                self.view.locked = None;
                vec![Event::SignedIn { person }]
            }
            Command::People(command) => self.people(command, approved_by.as_ref())?,
            Command::SignIn { .. } => return Err(Message::new("refused-wrong-pin")),
            Command::SignOut => {
                self.view.signed_in = None;
                vec![]
            }
            Command::PlanDay => {
                self.view.day = Some(day(&self.view.point));
                vec![
                    Event::DayOpened { day: day(&self.view.point).id, epoch_key: String::new() },
                    Event::StationStarted { version: "0".into(), restart: 0, link: Link::First },
                    Event::CodeShown { code: "K7QD-2M9X-RT4W-0FHE".into(), size: 2 },
                ]
            }
            Command::TakeOver { from, reason } => {
                self.view.day = Some(day(&self.view.point));
                let day = format!("77-0101-2026-05-29-{}", from.station).parse().expect("typed by the test");
                let mut events = vec![Event::TakenOver { day, reason }];
                events.extend(self.start());
                events
            }
            Command::StartCheck { checklist } => vec![Event::CheckStarted { checklist, version: 1 }],
            Command::RunStep { checklist, step } => {
                let both = step.as_str() == "cameras";
                vec![Event::StepRecorded {
                    checklist,
                    step,
                    outcome: Outcome::Passed,
                    confirmed: !both,
                    finding: None,
                    evidence: if both { camera_evidence() } else { disk_evidence() },
                    note: String::new(),
                }]
            }
            Command::RunAutomatic { checklist } => {
                let steps = self.view.point.checklists.main.steps.iter();
                let record = |step: &Step| Event::StepRecorded {
                    checklist: checklist.clone(),
                    step: step.id.clone(),
                    outcome: Outcome::Passed,
                    confirmed: step.kind == StepKind::Automatic,
                    finding: None,
                    evidence: Vec::new(),
                    note: String::new(),
                };
                steps.filter(|step| step.check.is_some()).map(record).collect()
            }
            Command::ConfirmStep { checklist, step, outcome, note } => vec![Event::StepRecorded {
                checklist,
                step,
                outcome,
                confirmed: true,
                finding: None,
                evidence: vec![],
                note,
            }],
            Command::CompareClock { checklist, step, .. } => vec![Event::StepRecorded {
                checklist,
                step,
                outcome: Outcome::Passed,
                confirmed: true,
                finding: None,
                evidence: vec![],
                note: String::new(),
            }],
            Command::WaiveStep { .. } if approved_by.is_none() => return Err(right("waive")),
            Command::WaiveStep { checklist, step, reason } => {
                vec![Event::StepWaived { checklist, step, reason }]
            }
            Command::Photos(PhotosCommand::Show { checklist, step }) => {
                return Ok(Answer::Photo { checklist, step, picture: None });
            }
            Command::Photos(PhotosCommand::Take { checklist, step, camera }) => {
                let still = Still { name: format!("stills/{camera}/0001-step.jpg"), sha256: Digest::of(b"") };
                vec![Event::StepPhotographed(StepPhotographed { checklist, step, camera, still })]
            }
            Command::FinishCheck { .. } if self.blocks_unbriefed && self.view.unsigned_briefings() > 0 => {
                let count = self.view.unsigned_briefings();
                return Err(Message::new("refused-briefings-unsigned").with("count", count));
            }
            Command::FinishCheck { checklist } => vec![Event::CheckFinished { checklist }],
            Command::Inventory(InventoryCommand::List { .. }) => {
                return Ok(Answer::Inventory(Box::new(self.inventory.clone())));
            }
            Command::Days(DaysCommand::List { .. }) => {
                return Ok(Answer::Days(Box::new(self.days.clone())));
            }
            Command::Briefings(BriefingsCommand::Read { .. }) => {
                return Ok(self
                    .briefing
                    .clone()
                    .map_or(Answer::Done, |text| Answer::Briefing(Box::new(text))));
            }
            Command::Profile(command) => return self.profile(command, approved_by.is_some()),
            Command::Papers(command) => return Ok(self.papers(command)),
            Command::Briefings(_) | Command::Inventory(_) | Command::Days(_) => vec![],
            Command::NameExam { date } => {
                self.exam = Some(date);
                vec![Event::ExamNamed(ExamNamed { date })]
            }
            Command::Reference { camera } => return Ok(Answer::Reference { camera, picture: None }),
            Command::ApproveReference { camera } => {
                let still =
                    Still { name: format!("stills/{camera}/0001-reference.jpg"), sha256: Digest::of(b"") };
                vec![Event::ReferenceApproved { camera, still }]
            }
            Command::StartRecording { .. } => self.start(),
            Command::StopRecording { .. } if approved_by.is_none() => return Err(right("stop")),
            Command::StopRecording { cameras, handover_done, reason } => {
                let mut events = vec![Event::StopOrdered { cameras: cameras.clone(), handover_done, reason }];
                events.extend(cameras.into_iter().map(|camera| Event::RecordingStopped { camera }));
                events
            }
            Command::ReplaceSource { camera, source, reason } => {
                self.view.live.plugged.retain(|plugged| plugged.source != source);
                vec![
                    Event::SourceReplaced { camera: camera.clone(), source, reason },
                    Event::CameraWorks { camera, width: 640, height: 480, detail: String::new() },
                ]
            }
            Command::OpenAccess { rooms, action, reason, time_from } => {
                let day = self.view.day.as_ref().expect("planned");
                vec![Event::AccessOpened {
                    access: day.accesses.len() as u32 + 1,
                    person: actor.person.clone().expect("signed in"),
                    second: approved_by.ok_or_else(|| Message::new("refused-second-signer"))?,
                    rooms,
                    action,
                    reason,
                    time_from,
                }]
            }
            Command::CloseAccess { access, result, time_to } => {
                vec![Event::AccessClosed { access, result, time_to }]
            }
            Command::ExplainAccess { access, text } => vec![Event::AccessExplained { access, text }],
            Command::Correct { record, text, reason } => vec![Event::Corrected { record, text, reason }],
            Command::CodeWritten { code } => vec![Event::CodeWritten { code }],
            Command::ExplainOutages { records, text } => vec![Event::OutageExplained { records, text }],
            Command::Requests(RequestsCommand::Make { room, category, text }) => {
                let request = self.view.day.as_ref().expect("planned").requests.total + 1;
                let now_ms = self.clock.now().utc_ms;
                let (due_ms, head_due_ms) = (now_ms + 10 * MINUTE_MS, now_ms + 20 * MINUTE_MS);
                vec![Event::RequestMade(RequestMade { request, room, category, text, due_ms, head_due_ms })]
            }
            Command::Requests(RequestsCommand::Pass { request, to, reason }) => {
                vec![Event::RequestPassed(RequestPassed { request, to, reason })]
            }
            Command::Requests(RequestsCommand::Resolve { request, text }) => {
                vec![Event::RequestResolved(RequestResolved { request, text })]
            }
            Command::Requests(RequestsCommand::List { from, count }) => {
                let all = &self.view.day.as_ref().expect("planned").requests;
                let requests = all.list.iter().skip(from as usize).take(count as usize).cloned().collect();
                return Ok(Answer::Requests { total: all.total, requests });
            }
            Command::Alarms { from, count } => {
                let log = &self.view.day.as_ref().expect("planned").alarm_log;
                let alarms = log.list.iter().skip(from as usize).take(count as usize).cloned().collect();
                return Ok(Answer::Alarms { total: log.total, alarms });
            }
            Command::Accesses { from, count } => {
                let all = &self.view.day.as_ref().expect("planned").accesses;
                let accesses =
                    all.iter().skip(from as usize).take(count as usize).map(Access::shown).collect();
                return Ok(Answer::Accesses { total: all.len() as u32, accesses });
            }
            Command::Cabinet(CabinetCommand::Open { access, initiator, seals }) => {
                vec![Event::CabinetOpened(CabinetOpened { access, initiator, seals })]
            }
            Command::Cabinet(CabinetCommand::Close { access, pak_on, seals }) => {
                vec![Event::CabinetClosed(CabinetClosed { access, pak_on, seals })]
            }
            Command::Incidents(IncidentsCommand::Explain { records, text }) => {
                vec![Event::EquipmentExplained(EquipmentExplained { records, text })]
            }
            Command::Incidents(IncidentsCommand::List { from, count }) => {
                let all = &self.view.day.as_ref().expect("planned").incidents;
                let incidents = all.list.iter().skip(from as usize).take(count as usize).cloned().collect();
                return Ok(Answer::Incidents { total: all.total, incidents });
            }
            Command::AcknowledgeAlarm { alarm } => vec![Event::AlarmAcknowledged { alarm }],
            Command::Seal => self.seal(),
            Command::CopyTo { target } => {
                let (purpose, medium) = (CopyPurpose::Medium, target.clone());
                let day = self.view.day.as_ref().expect("there is a day").id.clone();
                let handover = self.view.handover.get_or_insert_with(|| Handover::new(day));
                handover.copies.push(Copy {
                    target: target.clone(),
                    medium,
                    serial: None,
                    purpose,
                    encrypted: false,
                    verified_at_ms: Some(0),
                    files: 4,
                    failed: None,
                });
                self.view.live.copies.push(copy_live(&target, CopyState::Verified));
                vec![]
            }
            Command::HandOver { reason } => {
                let handover = self.view.handover.as_mut().expect("there is a copy");
                let media = handover.media() as u32;
                handover.handed_over = Some(HandedOver { at_ms: 0, by: None, media, reason });
                vec![]
            }
            Command::Countersign { passphrase, .. } if passphrase.0 != "sesame" => {
                return Err(Message::new("key-file-passphrase-wrong"));
            }
            Command::Countersign { role, .. } => {
                self.view.live.countersigned.push(role);
                vec![]
            }
            Command::Evidence(command) => return Ok(self.evidence(command)),
            Command::CancelCopy { .. }
            | Command::BackUp
            | Command::Records { .. }
            | Command::Watch { .. }
            | Command::Shutdown => vec![],
        };
        for event in events {
            self.happens_by(actor.clone(), event);
        }
        Ok(Answer::Done)
    }

    fn people(
        &mut self,
        command: PeopleCommand,
        approved_by: Option<&PersonId>,
    ) -> Result<Vec<Event>, Message> {
        let lacking = || Message::new("refused-right").with("right", "supervise");
        let people = &mut self.view.point.people;
        let one = |people: &[PersonView], id: &PersonId| {
            people.iter().position(|known| known.id == *id).expect("of the view")
        };
        match command {
            PeopleCommand::FirstPin { code, .. } if code.0 != CODE => {
                return Err(Message::new("refused-wrong-code"));
            }
            PeopleCommand::Here => {}
            PeopleCommand::FirstPin { person, .. } => {
                let at = one(people, &person);
                people[at].has_pin = true;
            }
            _ if approved_by.is_none() => return Err(lacking()),
            PeopleCommand::RenewPin { .. } | PeopleCommand::Leave { .. } => {}
            PeopleCommand::StandIn { replaced, name, .. } => {
                let at = one(people, &replaced);
                let id = format!("{replaced}-2").parse().expect("an id");
                let new = PersonView { id, name, has_pin: true, ..people[at].clone() };
                people[at].away = true;
                people.insert(at, new);
            }
        }
        Ok(Vec::new())
    }

    fn start(&mut self) -> Vec<Event> {
        let cameras: Vec<_> = self.view.point.cameras.iter().map(|camera| camera.id.clone()).collect();
        let live =
            CameraLive { frames_per_second_milli: 15_000, width: 640, height: 480, ..CameraLive::default() };
        self.view.live.cameras = cameras.iter().map(|id| (id.clone(), live.clone())).collect();
        let works = |camera: &invigil::point::CameraId| Event::CameraWorks {
            camera: camera.clone(),
            width: 640,
            height: 480,
            detail: String::new(),
        };
        let mut events = vec![Event::RecordingStarted { cameras: cameras.clone() }];
        events.extend(cameras.iter().map(works));
        events
    }

    fn papers(&mut self, command: PapersCommand) -> Answer {
        let live = &mut self.view.live.papers;
        match command {
            PapersCommand::FindPrinters => live.printers = vec!["Brother".into()],
            PapersCommand::Print { paper, printer } => {
                let state = match printer {
                    Some(printer) => PaperState::Queued { job: format!("{printer}-12"), stopped: None },
                    None => PaperState::Failed(Message::new("print-no-printer")),
                };
                live.work = Some(PaperLive { form: paper.form, state });
            }
            PapersCommand::Save { paper, folder } => {
                let path = format!("{folder}/{}.pdf", paper.form);
                live.work = Some(PaperLive { form: paper.form, state: PaperState::Saved { path } });
            }
        }
        Answer::Begun
    }

    fn evidence(&mut self, command: EvidenceCommand) -> Answer {
        match command {
            EvidenceCommand::Act { which } => return Answer::Act(Box::new(act(which))),
            EvidenceCommand::FindSigningFiles { home } => {
                let file = |path: String, kind| SigningFile { path, kind };
                self.view.live.evidence.signing_files = vec![
                    file("/media/rcoi-17/signatures/head.sshsig".into(), SigningFileKind::Signature),
                    file(format!("{home}/.ssh/id_ed25519"), SigningFileKind::Key),
                ];
            }
            EvidenceCommand::SavePage { folder } => {
                let path = format!("{folder}/verifier.html");
                let sha256 = Digest::of(b"page").to_string();
                self.view.live.evidence.page = Some(PageLive { path, sha256, state: PageState::Saved });
            }
        }
        Answer::Begun
    }

    fn seal(&mut self) -> Vec<Event> {
        self.view.live.archive_folder = "/data/days/77-0101-2026-05-29-main/archive".into();
        self.view.live.opening_code = Some("T41M-9WQX-0HB7-ZC2K".into());
        self.view.live.closing_code = Some("R8VF-3JND-6PXA-51EY".into());
        self.view.live.targets = vec![TargetLive {
            path: "/media/rcoi-17".into(),
            name: "РЦОИ-17".into(),
            free_bytes: 31_000_000_000,
            removable: true,
        }];
        let part = |part: u32, group, bytes| {
            Event::PartSealed(SealedPart {
                part,
                group,
                file: format!("77-0101-2026-05-29-main-{part:02}.zip"),
                bytes,
                sha256: Digest::of(&[part as u8]),
            })
        };
        vec![
            part(1, Group::Delivered, 990_000_000),
            part(2, Group::Kept, 870_000_000),
            Event::DayClosed { restarts: 0, parts: 2 },
        ]
    }
}

/// As long as those of a day of four cameras.
pub fn act(which: PaperKind) -> ActOnPaper {
    let key = "SHA256:uIwUVgYYRzZ8UjUbb2DqHcfAK+9hRaSdSJVMLRhnmYw".to_owned();
    let parts = (0..15u8).map(|part| {
        let hash = Digest::of(&[part]).to_string().chars().take(16).collect();
        (format!("77-0101-2026-05-29-main-{part:02}.zip"), hash)
    });
    let closing = (which == PaperKind::Closing).then(|| ClosingOnPaper {
        closing_code: "R8VF-3JND-6PXA-51EY".into(),
        restarts: 0,
        records: 4_711,
        parts: parts.collect(),
    });
    let mut code_text = format!("day 77-0101-2026-05-29-main\nopening T41M-9WQX-0HB7-ZC2K\nkey {key}\n");
    if let Some(closing) = &closing {
        code_text += &format!("closing {}\nrestarts 0\nrecords 4711\n", closing.closing_code);
        for (part, (_, hash)) in closing.parts.iter().enumerate() {
            code_text += &format!("part {part:02} {hash}\n");
        }
    }
    ActOnPaper {
        day: "77-0101-2026-05-29-main".parse().unwrap(),
        opening_code: "T41M-9WQX-0HB7-ZC2K".into(),
        device_key: key.clone(),
        epoch_key: key,
        closing,
        code_text,
    }
}

pub fn copy_live(target: &str, state: CopyState) -> CopyLive {
    CopyLive {
        target: target.into(),
        purpose: CopyPurpose::Medium,
        encrypted: false,
        files: 12,
        done_bytes: 8_100_000_000,
        total_bytes: 12_600_000_000,
        bytes_per_second: 31_000_000,
        eta_ms: Some(145_000),
        state,
    }
}

fn disk_evidence() -> Vec<Evidence> {
    vec![Evidence { name: "free_bytes".into(), value: 412_000_000_000_i64.into() }]
}

fn camera_evidence() -> Vec<Evidence> {
    vec![
        Evidence { name: "entrance.size_pixels".into(), value: Arg::Text("640x480".into()) },
        Evidence { name: "entrance.frames_per_1000_seconds".into(), value: 14_985_i64.into() },
    ]
}

/// As the demo profile has them for the second person.
fn rights_of(role: Role) -> BTreeSet<Right> {
    let rights: &[Right] = match role {
        Role::PointHead => {
            &[Right::Waive, Right::Stop, Right::SecondSign, Right::Supervise, Right::Configure]
        }
        Role::CommissionMember => &[Right::Stop, Right::SecondSign, Right::Supervise],
        _ => &[],
    };
    rights.iter().copied().collect()
}

fn point() -> PointView {
    let person = |id: &str, name: &str, post: &str, role, has_pin| PersonView {
        id: id.parse().unwrap(),
        name: name.into(),
        post: post.into(),
        role,
        has_pin,
        first_pin: FirstPin::Free,
        rights: rights_of(role),
        away: false,
        waits_until_ms: None,
    };
    let room =
        |number: &str, zone, name: &str| Room { number: number.parse().unwrap(), zone, name: name.into() };
    let camera = |id: &str, name: &str, room: &str, delivered| CameraInfo {
        id: id.parse().unwrap(),
        name: name.into(),
        room: room.parse().unwrap(),
        delivered,
    };
    let wording = |id: &str, ru: &str, en: &str| Wording { id: id.into(), ru: ru.into(), en: en.into() };
    PointView {
        region: "77".into(),
        code: "0101".into(),
        name: "Школа № 101".into(),
        subject: "Русский язык".into(),
        offset_min: OFFSET_MIN,
        people: vec![
            person("technician", "Орлов Пётр Андреевич", "технический специалист", Role::Technician, false),
            person("point-head", "Берёзкина Анна Сергеевна", "руководитель ППЭ", Role::PointHead, true),
            person("commission-member", "Лугов Игорь Павлович", "член ГЭК", Role::CommissionMember, true),
            person("observer", "Полянский Роман Олегович", "общественный наблюдатель", Role::Observer, false),
        ],
        rooms: vec![
            room("0001", Zone::Auditorium, "Аудитория 0001"),
            room("0003", Zone::Auditorium, "Аудитория 0003"),
            room("0004", Zone::Auditorium, "Аудитория 0004"),
            room("7777", Zone::StaffRoom, "Штаб ППЭ"),
            room("8001", Zone::Corridor, "Коридор 2 этажа"),
            room("8002", Zone::Entrance, "Вход в ППЭ"),
        ],
        cameras: vec![
            camera("entrance", "Вход", "8002", true),
            camera("corridor-1", "Коридор 1", "8001", true),
            camera("corridor-2", "Коридор 2", "8001", true),
            camera("room-0003", "Аудитория 0003", "0003", false),
            camera("room-0004", "Аудитория 0004", "0004", false),
            camera("staff", "Штаб", "7777", false),
        ],
        confidential: false,
        keyboard: Default::default(),
        actions: vec![
            wording("check", "проверка", "check"),
            wording("angle", "корректировка ракурса", "correction of the angle"),
            wording("card-out", "извлечение карты памяти", "memory card taken out"),
            wording("off", "выключение", "switch-off"),
        ],
        request_categories: vec![
            wording("camera", "камера", "camera"),
            wording("printer", "принтер, бумага", "printer, paper"),
        ],
        checklists: Arc::new(Checklists { main: checklist(), others: Vec::new(), around: Vec::new() }),
    }
}

fn checklist() -> Checklist {
    let both = |ru: &str, en: &str| Bilingual { ru: ru.into(), en: en.into() };
    let step = |id: &str, kind, check, title| Step {
        id: id.parse().unwrap(),
        kind,
        check,
        title,
        text: both("Сделайте это сейчас.", "Do it now."),
        expected: both("всё на месте", "everything in place"),
        remedy: both("Если не получилось, позовите руководителя.", "If it does not work, call the head."),
        deadline_minutes: -80,
        blocking: true,
        rules: StepRules::default(),
    };
    let automatic = Some(CheckKind::FreeDisk);
    let cameras = Some(CheckKind::Cameras);
    Checklist {
        every_minutes: None,
        span: Span::InDay,
        id: "two-hours-before".parse().unwrap(),
        version: 1,
        name: both("Проверка за два часа", "Two-hour check"),
        steps: vec![
            step("disk", StepKind::Automatic, automatic, both("Свободное место на диске", "Free disk space")),
            step(
                "cameras",
                StepKind::Both,
                cameras,
                both("Все камеры дают картинку", "All cameras give pictures"),
            ),
            step("antivirus", StepKind::Manual, None, both("Антивирус обновлён", "Antivirus is up to date")),
        ],
    }
}

fn day(point: &PointView) -> Day {
    let phases = [
        ("materials", -165, "Доставка материалов в штаб", "Materials arrive at the staff room"),
        ("main-check", -120, "Проверка за два часа", "Two-hour check"),
        ("admission", -60, "Вход участников", "Participants are let in"),
        ("access-key", -30, "Ключ доступа", "Access key"),
        ("briefing", -10, "Инструктаж участников", "Briefing of participants"),
        ("exam", 0, "Экзамен", "Exam"),
        ("handover", 210, "Сбор и передача материалов", "Collection and handover of materials"),
        ("archive", 300, "Остановка записи и архив", "End of recording, archive"),
    ];
    let planned = |(id, minutes, ru, en): (&str, i64, &str, &str)| PlannedPhase {
        id: id.parse().unwrap(),
        at_ms: EXAM_MS + minutes * MINUTE_MS,
        name_ru: ru.into(),
        name_en: en.into(),
    };
    let date = chrono::NaiveDate::from_ymd_opt(2026, 5, 29).unwrap();
    let plan = Plan {
        date,
        exam_start_ms: EXAM_MS,
        exam_end_ms: EXAM_MS + 210 * MINUTE_MS,
        record_until_ms: EXAM_MS + 330 * MINUTE_MS,
        phases: phases.into_iter().map(planned).collect(),
        starts: Vec::new(),
        outage_tolerance_ms: 1_200_000,
        keep_until: date,
    };
    let cameras = point.cameras.iter().map(|camera| camera.id.clone());
    Day::new("77-0101-2026-05-29-main".parse().unwrap(), plan, cameras)
}

pub fn disk(lasts_until_ms: Option<i64>) -> DiskLive {
    DiskLive { free_bytes: 412_000_000_000, needed_bytes: 23_000_000_000, lasts_until_ms, trouble: None }
}

/// A USB camera that nobody uses yet.
pub fn plugged() -> PluggedCamera {
    PluggedCamera {
        source: "usb:usb-0000:00:14.0-2".into(),
        name: "HD Webcam".into(),
        bus: "usb-0000:00:14.0-2".into(),
        formats: vec!["MJPEG 640x480 30/s → 15/s".into()],
        problem: None,
    }
}

pub fn about() -> AboutStation {
    AboutStation {
        version: "0.1.0".into(),
        data_folder: "/srv/invigil".into(),
        log: "/srv/invigil/log/invigil.log".into(),
        profile: Some("/srv/invigil/profile.toml".into()),
        profile_sha256: Some(Digest::of(b"")),
        profile_changed: true,
        device_key: "SHA256:Bfp7xWvKzbPr2oVfAq0KpWnD4mK7C2fqT6GhCk1w8mM".into(),
    }
}
