//! Stations that went on with each other's exam day: which belong together, and whether each names a
//! head that the journal before it really had.

use std::collections::{BTreeMap, BTreeSet};

use super::bag::{Bag, journal_part};
use super::coverage::Coverage;
use super::journal::Journal;
use super::station::Station;
use crate::archive::{Integrity, PartName, Place, Report};
use crate::i18n::Message;
use crate::journal::{DayDocument, KnownHead, TakeOver};
use crate::point::DayId;

/// No exam day goes through more computers. Longer chains are not followed.
const MAX_STATIONS: usize = 16;

/// The stations of one exam day, in the order in which they took over: those that are linked to the
/// first journal here, or to the first part if there is no journal. What else there is, is noted.
pub fn stations(bags: Vec<Bag>, report: &mut Report) -> Vec<Station> {
    let first = journal_part(&bags).or(bags.first());
    let Some(first) = first.map(|bag| bag.name.day().clone()) else { return Vec::new() };
    let mut days: BTreeMap<DayId, BTreeMap<PartName, Bag>> = BTreeMap::new();
    for bag in bags {
        let parts = days.entry(bag.name.day().clone()).or_default();
        match parts.get(&bag.name) {
            None => drop(parts.insert(bag.name.clone(), bag)),
            // The same part under two names.
            Some(other) if other.hash == bag.hash && bag.hash.is_some() => {}
            Some(other) => {
                let message = Message::new("archive-part-twice").with("other", other.label.as_str());
                report.fault(Integrity::Tampered, Place::part(&bag.label), message);
            }
        }
    }
    let all = days.into_iter().map(|(day, parts)| Station::new(day, parts.into_values().collect()));
    let mut left: Vec<Station> = all.collect();
    let mut linked = BTreeSet::from([first]);
    loop {
        let links = left.iter().filter_map(|station| Some((&station.day, &takes_over(station)?.day)));
        let more: Vec<DayId> = links
            .filter(|(day, old)| linked.contains(*day) != linked.contains(*old))
            .map(|(day, old)| if linked.contains(day) { old.clone() } else { day.clone() })
            .collect();
        let room = MAX_STATIONS.saturating_sub(linked.len());
        if !more.is_empty() && room == 0 {
            let message = Message::new("takeover-many").with("most", MAX_STATIONS);
            report.fault(Integrity::CannotVerify, Place::default(), message);
        }
        if more.is_empty() || room == 0 {
            break;
        }
        linked.extend(more.into_iter().take(room));
    }
    let (mut left, strangers): (Vec<_>, Vec<_>) =
        left.drain(..).partition(|station| linked.contains(&station.day));
    for bag in strangers.iter().flat_map(|station| &station.bags) {
        let message = Message::new("archive-other-day").with("day", bag.name.day().as_str());
        report.fault(Integrity::CannotVerify, Place::part(&bag.label), message);
    }
    in_order(&mut left, report)
}

/// Each behind the one that it took over from.
fn in_order(left: &mut Vec<Station>, report: &mut Report) -> Vec<Station> {
    let mut ordered: Vec<Station> = Vec::new();
    while !left.is_empty() {
        let waits = |station: &Station| {
            takes_over(station).is_some_and(|old| left.iter().any(|other| other.day == old.day))
        };
        let next = left.iter().position(|station| !waits(station));
        if next.is_none() {
            let message = Message::new("takeover-circle").with("day", left[0].day.as_str());
            report.fault(Integrity::Tampered, Place::default(), message);
            ordered.append(left);
        }
        ordered.extend(next.map(|next| left.remove(next)));
    }
    ordered
}

/// At which sizes somebody claims to know the root of this station's journal.
pub fn claimed_sizes(stations: &[Station], day: &DayId) -> BTreeSet<u64> {
    let claims = stations.iter().filter_map(takes_over).filter(|claim| claim.day == *day);
    let sizes = claims.filter_map(|claim| match claim.head {
        KnownHead::Records { size, .. } => Some(size),
        KnownHead::Code { .. } | KnownHead::Nothing {} => None,
    });
    sizes.collect()
}

/// Every claim against the journal that it is about. The journals have been read.
pub fn hold_to_claims(stations: &mut [Station], coverage: &mut Coverage, report: &mut Report) {
    let mut successors: BTreeMap<DayId, DayId> = BTreeMap::new();
    for at in 0..stations.len() {
        let Some(claim) = takes_over(&stations[at]).cloned() else { continue };
        let new = stations[at].day.clone();
        let place = Place { day: Some(new.clone()), ..Place::default() };
        if let Some(other) = successors.insert(claim.day.clone(), new) {
            let message =
                Message::new("takeover-twice").with("day", claim.day.as_str()).with("other", other.as_str());
            report.fault(Integrity::Tampered, place.clone(), message);
        }
        let Some(old) = stations.iter().position(|station| station.day == claim.day) else {
            let message = Message::new("takeover-old-missing").with("day", claim.day.as_str());
            report.fault(Integrity::Incomplete, place, message);
            continue;
        };
        hold_to_document(&claim, &stations[at], &stations[old], &place, report);
        if let (Some(before), Some(after)) = (&stations[old].journal, &stations[at].journal) {
            coverage.bridge(&before.facts.duty, &after.facts.duty);
        }
        stations[old].continued |= hold_to_journal(&claim, stations[old].journal.as_ref(), &place, report);
    }
}

/// The same exam, and the key that the new station was told.
fn hold_to_document(claim: &TakeOver, new: &Station, old: &Station, place: &Place, report: &mut Report) {
    let (Some(new), Some(old)) = (&new.document, &old.document) else { return };
    let exam = |document: &DayDocument| (document.region.clone(), document.point.clone(), document.plan.date);
    if exam(new) != exam(old) {
        let message = Message::new("takeover-other-exam").with("day", claim.day.as_str());
        report.fault(Integrity::Tampered, place.clone(), message);
    }
    if claim.device_key.as_ref().is_some_and(|key| *key != old.device_key.fingerprint()) {
        let message = Message::new("takeover-other-key").with("day", claim.day.as_str());
        report.fault(Integrity::Tampered, place.clone(), message);
    }
}

/// Whether the journal stood once where the claim says.
fn hold_to_journal(claim: &TakeOver, journal: Option<&Journal>, place: &Place, report: &mut Report) -> bool {
    // That it is missing is told already.
    let Some(journal) = journal else { return false };
    let size = match claim.head {
        KnownHead::Nothing {} => {
            let message = Message::new("takeover-head-unknown").with("day", claim.day.as_str());
            report.warn(place.clone(), message);
            return false;
        }
        KnownHead::Records { size, root } => {
            journal.roots.get(&size).filter(|had| **had == root).map(|_| size)
        }
        KnownHead::Code { code } => {
            let mut checkpoints = journal.report.checkpoints.iter().filter(|c| c.sound && c.records_match);
            checkpoints.find(|checked| checked.checkpoint.code() == code).map(|c| c.checkpoint.size)
        }
    };
    let Some(size) = size else {
        let message = Message::new("takeover-head-differs").with("day", claim.day.as_str());
        report.fault(Integrity::Tampered, place.clone(), message);
        return false;
    };
    let later = journal.report.records.saturating_sub(size);
    if later > 0 {
        let place = Place { day: Some(claim.day.clone()), ..Place::record(size) };
        report.warn(place, Message::new("takeover-went-on").with("count", later));
    }
    true
}

fn takes_over(station: &Station) -> Option<&TakeOver> {
    station.document.as_ref()?.takes_over.as_ref()
}
