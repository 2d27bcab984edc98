//! Which changes become records, and when: each at once, unless the same thing changes again and again.
//! Then it gets a record now and then, which says how often.

use std::collections::{BTreeMap, BTreeSet};

use super::SeenThing;
use crate::clock::Stamp;
use crate::journal::{Change, EquipmentChanged, EquipmentSeen, Event, Noticed, Record, Thing, ThingKind};

/// Kind and place.
type Key = (ThingKind, String);

/// Changes that wait for their record; beyond that, changes of other things are only in the log file.
const MOST_WAITING: usize = 256;
/// Records of one thing: so many at once, then one in so long.
const ONE: Rate = Rate { at_once: 4, every_ms: 30_000 };
/// Records of all things together.
const ALL: Rate = Rate { at_once: 32, every_ms: 5_000 };

/// What the day's journal knows to be there: a fold of its records.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Known {
    /// None before the first reading.
    things: Option<BTreeMap<Key, Thing>>,
    /// When the newest record was written, and when the last one before the newest start.
    last_ms: i64,
    before_start_ms: i64,
}

impl Known {
    pub fn apply(&mut self, record: &Record) {
        match &record.event {
            Event::StationStarted { .. } => self.before_start_ms = self.last_ms,
            Event::EquipmentSeen(seen) => {
                let keyed = seen.things.iter().map(|thing| (key(thing), thing.clone()));
                self.things = Some(keyed.collect());
            }
            Event::EquipmentChanged(changed) => {
                let things = self.things.get_or_insert_default();
                let key = (changed.kind, changed.place.clone());
                match changed.thing() {
                    Some(thing) => things.insert(key, thing),
                    None => things.remove(&key),
                };
            }
            _ => {}
        }
        self.last_ms = record.utc_ms;
    }
}

/// Compares readings and keeps what is not told yet.
#[derive(Default)]
pub(in super::super) struct Ledger {
    /// None before the first reading.
    now: Option<BTreeMap<Key, SeenThing>>,
    /// The open day knows of what was there when this run began to watch it.
    begun: bool,
    waiting: BTreeMap<Key, Waiting>,
    spent: BTreeMap<Key, Spent>,
    spent_by_all: Spent,
}

struct Waiting {
    times: u32,
    from_ms: i64,
    to_ms: i64,
}

struct Rate {
    at_once: u32,
    every_ms: u64,
}

/// How many of a rate's records are used up.
#[derive(Default)]
struct Spent {
    records: u32,
    counted_ms: u64,
}

impl Ledger {
    /// Another day is open now, or none.
    pub fn day_changed(&mut self) {
        self.begun = false;
        self.waiting.clear();
        self.spent.clear();
    }

    /// The next reading.
    pub fn take(&mut self, seen: Vec<SeenThing>, now: Stamp) {
        let seen: BTreeMap<Key, SeenThing> = seen.into_iter().map(|one| (key(&one.thing), one)).collect();
        let before = self.now.replace(seen);
        let (Some(before), Some(here), true) = (before, &self.now, self.begun) else { return };
        for key in before.keys().chain(here.keys()).collect::<BTreeSet<_>>() {
            let times = changes(before.get(key), here.get(key));
            if times == 0 {
                continue;
            }
            if self.waiting.len() >= MOST_WAITING && !self.waiting.contains_key(key) {
                tracing::warn!(?key, "more changes than are kept");
                continue;
            }
            let begun = || Waiting { times: 0, from_ms: now.utc_ms, to_ms: now.utc_ms };
            let waiting = self.waiting.entry(key.clone()).or_insert_with(begun);
            waiting.times = waiting.times.saturating_add(times);
            waiting.to_ms = now.utc_ms;
        }
    }

    /// What is to be recorded now.
    pub fn due(&mut self, known: &Known, now: Stamp) -> Vec<Event> {
        let Some(here) = &self.now else { return Vec::new() };
        if !self.begun {
            self.begun = true;
            return first(known, here, now);
        }
        let nothing = BTreeMap::new();
        let told = known.things.as_ref().unwrap_or(&nothing);
        let mut events = Vec::new();
        self.waiting.retain(|key, waiting| {
            let spent = self.spent.entry(key.clone()).or_default();
            if !spent.has_left(&ONE, now) || !self.spent_by_all.has_left(&ALL, now) {
                return true;
            }
            spent.records += 1;
            self.spent_by_all.records += 1;
            let (was, is) = (told.get(key), here.get(key).map(|seen| &seen.thing));
            if let Some(changed) = changed(key, was, is, waiting, Noticed::AtOnce) {
                events.push(Event::EquipmentChanged(changed));
            }
            false
        });
        self.spent.retain(|_, spent| {
            spent.has_left(&ONE, now);
            spent.records > 0
        });
        events
    }
}

/// What a run begins with: all that is there, or what is other than the journal knows.
fn first(known: &Known, here: &BTreeMap<Key, SeenThing>, now: Stamp) -> Vec<Event> {
    let Some(told) = &known.things else {
        let things = here.values().map(|seen| seen.thing.clone()).collect();
        return vec![Event::EquipmentSeen(EquipmentSeen { things })];
    };
    let keys: BTreeSet<&Key> = told.keys().chain(here.keys()).collect();
    let span = Waiting { times: 1, from_ms: known.before_start_ms, to_ms: now.utc_ms };
    let other = keys.into_iter().filter_map(|key| {
        let (was, is) = (told.get(key), here.get(key).map(|seen| &seen.thing));
        change(was, is)?;
        changed(key, was, is, &span, Noticed::AtStart)
    });
    other.map(Event::EquipmentChanged).collect()
}

/// The record of it; none for what nobody was told of and is gone again in one reading.
fn changed(
    key: &Key,
    was: Option<&Thing>,
    is: Option<&Thing>,
    waiting: &Waiting,
    noticed: Noticed,
) -> Option<EquipmentChanged> {
    let gone = || {
        let (name, ident) = (String::new(), String::new());
        Thing { kind: key.0, place: key.1.clone(), name, ident, on: false }
    };
    // It may be as it was: it changed meanwhile all the same.
    let change = change(was, is).unwrap_or(match is {
        None => Change::Gone,
        Some(thing) if !may_be_off(thing.kind) => Change::Appeared,
        Some(thing) if thing.on => Change::On,
        Some(_) => Change::Off,
    });
    let Thing { kind, place, name, ident, on } = is.or(was).cloned().unwrap_or_else(gone);
    let on = on && is.is_some();
    let Waiting { times, from_ms, to_ms } = *waiting;
    Some(EquipmentChanged { kind, place, name, ident, change, on, times, from_ms, to_ms, noticed })
}

fn change(was: Option<&Thing>, is: Option<&Thing>) -> Option<Change> {
    match (was, is) {
        (None, None) => None,
        (None, Some(_)) => Some(Change::Appeared),
        (Some(_), None) => Some(Change::Gone),
        (Some(was), Some(is)) if was.kind == ThingKind::Computer => {
            (was.ident != is.ident).then_some(Change::Restarted)
        }
        (Some(was), Some(is)) if (&was.name, &was.ident) != (&is.name, &is.ident) => Some(Change::Appeared),
        (Some(was), Some(is)) if was.on != is.on => Some(if is.on { Change::On } else { Change::Off }),
        _ => None,
    }
}

/// How many changes lie between two readings of one place.
fn changes(was: Option<&SeenThing>, is: Option<&SeenThing>) -> u32 {
    match (was, is) {
        // Taken away and put back.
        (Some(was), Some(is)) if was.run != is.run => 2,
        (was, is) => u32::from(change(was.map(|was| &was.thing), is.map(|is| &is.thing)).is_some()),
    }
}

fn may_be_off(kind: ThingKind) -> bool {
    use ThingKind::*;
    match kind {
        Network | Mains | Battery | Lid => true,
        Usb | Disk | Session | Computer => false,
    }
}

fn key(thing: &Thing) -> Key {
    (thing.kind, thing.place.clone())
}

impl Spent {
    /// Whether another record may be written; time gives records back.
    fn has_left(&mut self, rate: &Rate, now: Stamp) -> bool {
        if self.records == 0 {
            self.counted_ms = now.mono_ms;
        }
        let back = now.mono_ms.saturating_sub(self.counted_ms) / rate.every_ms;
        self.counted_ms += back * rate.every_ms;
        self.records = self.records.saturating_sub(u32::try_from(back).unwrap_or(u32::MAX));
        self.records < rate.at_once
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Actor;
    use crate::signing::Digest;

    fn at(seconds: u64) -> Stamp {
        Stamp { utc_ms: 1_000_000 + seconds as i64 * 1_000, mono_ms: seconds * 1_000, offset_min: 180 }
    }

    fn seen(kind: ThingKind, place: &str, on: bool, run: u64) -> SeenThing {
        let text = |text: &str| text.to_owned();
        SeenThing {
            thing: Thing { kind, place: text(place), name: text("Stick"), ident: text("1:2"), on },
            run,
        }
    }

    fn stick(run: u64) -> SeenThing {
        seen(ThingKind::Usb, "1-1", true, run)
    }

    fn record(known: &mut Known, now: Stamp, event: Event) {
        known.apply(&Record {
            n: 0,
            boot: String::new(),
            mono_ms: now.mono_ms,
            utc_ms: now.utc_ms,
            offset_min: 0,
            actor: Actor::STATION,
            event,
            salt: String::new(),
            prev: Digest([0; 32]),
        });
    }

    /// Takes the reading and says what became of it, as kind, change and number of times.
    fn told(ledger: &mut Ledger, known: &mut Known, now: Stamp, things: &[SeenThing]) -> Vec<(Change, u32)> {
        ledger.take(things.to_vec(), now);
        let due = ledger.due(known, now);
        let changes = due.iter().filter_map(|event| match event {
            Event::EquipmentChanged(changed) => Some((changed.change, changed.times)),
            _ => None,
        });
        let changes = changes.collect();
        due.into_iter().for_each(|event| record(known, now, event));
        changes
    }

    #[test]
    fn what_is_there_at_first_is_no_change_and_what_comes_and_goes_is() {
        let (mut ledger, mut known) = (Ledger::default(), Known::default());
        assert_eq!(told(&mut ledger, &mut known, at(0), &[stick(1)]), []);
        assert_eq!(known.things.as_ref().unwrap().len(), 1);
        assert_eq!(told(&mut ledger, &mut known, at(1), &[stick(1)]), []);
        assert_eq!(told(&mut ledger, &mut known, at(2), &[]), [(Change::Gone, 1)]);
        assert_eq!(told(&mut ledger, &mut known, at(3), &[stick(2)]), [(Change::Appeared, 1)]);
        assert_eq!(
            told(&mut ledger, &mut known, at(4), &[stick(3)]),
            [(Change::Appeared, 2)],
            "put back at once"
        );
    }

    #[test]
    fn a_link_that_flaps_all_day_gets_a_record_in_half_a_minute() {
        let (mut ledger, mut known) = (Ledger::default(), Known::default());
        let mut records = Vec::new();
        for second in 0..3_600 {
            let link = seen(ThingKind::Network, "eth0", second % 2 == 0, 1);
            records.extend(told(&mut ledger, &mut known, at(second), &[link]));
        }
        assert!((100..=4 + 120).contains(&records.len()), "{}", records.len());
        let times: u32 = records.iter().map(|(_, times)| times).sum();
        assert!(3_599 - times <= 30, "every change is counted: {times}");
        // It rests: the last state is told.
        let resting = seen(ThingKind::Network, "eth0", true, 1);
        let last: Vec<_> = (3_600..3_700)
            .flat_map(|second| told(&mut ledger, &mut known, at(second), std::slice::from_ref(&resting)))
            .collect();
        assert_eq!(last.last().map(|(change, _)| *change), Some(Change::On));
        assert!(known.things.unwrap()[&(ThingKind::Network, "eth0".into())].on);
    }

    #[test]
    fn ever_new_devices_can_t_flood_the_journal_either() {
        let (mut ledger, mut known) = (Ledger::default(), Known::default());
        let mut records = 0;
        for second in 0..600 {
            let new = seen(ThingKind::Usb, &format!("1-{second}"), true, 1);
            records += told(&mut ledger, &mut known, at(second), &[new]).len();
        }
        assert!(records <= 32 + 120, "{records}");
        assert!(ledger.spent.len() <= MOST_WAITING + 32, "{}", ledger.spent.len());
    }

    #[test]
    fn what_changed_while_the_station_was_down_is_told_at_the_next_start() {
        let (mut ledger, mut known) = (Ledger::default(), Known::default());
        let mut boot = seen(ThingKind::Computer, "", true, 0);
        told(&mut ledger, &mut known, at(0), &[stick(1), boot.clone()]);
        let started =
            Event::StationStarted { version: String::new(), restart: 1, link: crate::journal::Link::Linked };
        record(&mut known, at(500), started);
        let mut again = Ledger::default();
        boot.thing.ident = "another boot".into();
        again.take(vec![boot], at(501));
        let due = again.due(&known, at(501));
        let Some(Event::EquipmentChanged(gone)) = due.first() else { panic!("{due:?}") };
        assert_eq!(
            (gone.change, gone.noticed, gone.name.as_str()),
            (Change::Gone, Noticed::AtStart, "Stick")
        );
        assert_eq!((gone.from_ms, gone.to_ms), (at(0).utc_ms, at(501).utc_ms));
        let Some(Event::EquipmentChanged(booted)) = due.get(1) else { panic!("{due:?}") };
        assert_eq!((booted.kind, booted.change), (ThingKind::Computer, Change::Restarted));
    }
}
