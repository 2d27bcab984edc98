//! The cabinet in an access: what the form of it asks for besides the access itself.

use serde::{Deserialize, Serialize};

use super::Day;
use crate::journal::{Event, Record, Seal};
use crate::point::PersonId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cabinet {
    pub opened_at_ms: i64,
    /// On whose word.
    pub initiator: PersonId,
    /// By PIN; else the form has room for a pen.
    pub initiator_signed: bool,
    /// The seals that were on it.
    pub seals: Vec<Seal>,
    pub closed: Option<CabinetEnd>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CabinetEnd {
    pub at_ms: i64,
    pub pak_on: bool,
    /// Numbers of the new seals.
    pub seals: Vec<String>,
}

impl Day {
    /// Takes the records that tell of the cabinet. It is opened once in an access, and closed once.
    pub(super) fn note_cabinet(&mut self, record: &Record) {
        let at_ms = record.utc_ms;
        match &record.event {
            Event::CabinetOpened(opened) => {
                let access = self.accesses.iter_mut().find(|access| access.access == opened.access);
                if let Some(access) = access.filter(|access| access.is_open() && access.cabinet.is_none()) {
                    let actor = &record.actor;
                    let signed =
                        [&actor.person, &actor.approved_by].map(|by| by.as_ref() == Some(&opened.initiator));
                    access.cabinet = Some(Cabinet {
                        opened_at_ms: at_ms,
                        initiator: opened.initiator.clone(),
                        initiator_signed: signed.contains(&true),
                        seals: opened.seals.clone(),
                        closed: None,
                    });
                }
            }
            Event::CabinetClosed(closed) => {
                let access = self.accesses.iter_mut().find(|access| access.access == closed.access);
                let cabinet = access.and_then(|access| access.cabinet.as_mut());
                if let Some(cabinet) = cabinet.filter(|cabinet| cabinet.closed.is_none()) {
                    let seals = closed.seals.clone();
                    cabinet.closed = Some(CabinetEnd { at_ms, pak_on: closed.pak_on, seals });
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::trial::{Trial, access_opened, trial_day};
    use crate::journal::{CabinetClosed, CabinetOpened};

    fn opened(access: u32, initiator: &str) -> Event {
        let seals = vec![Seal { number: "№ 0017-А".into(), intact: true }];
        Event::CabinetOpened(CabinetOpened { access, initiator: initiator.parse().unwrap(), seals })
    }

    #[test]
    fn a_cabinet_is_opened_in_an_open_access_and_closed_once() {
        let mut trial = Trial::new(trial_day());
        trial.at(1, opened(1, "point-head"));
        trial.at(2, access_opened(1));
        trial.by("point-head", 3, opened(1, "point-head"));
        trial.at(4, opened(1, "observer"));
        let closed =
            |pak_on| Event::CabinetClosed(CabinetClosed { access: 1, pak_on, seals: vec!["0018".into()] });
        trial.at(5, closed(true));
        trial.at(6, closed(false));
        let cabinet = trial.day.accesses[0].cabinet.as_ref().unwrap();
        assert_eq!((cabinet.opened_at_ms, cabinet.initiator.as_str()), (3, "point-head"));
        assert!(cabinet.initiator_signed);
        let end = cabinet.closed.as_ref().unwrap();
        assert_eq!((end.at_ms, end.pak_on, end.seals.as_slice()), (5, true, &["0018".to_owned()][..]));
    }
}
