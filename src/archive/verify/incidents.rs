//! What happened to the computer with no open access that explains it.

use std::collections::BTreeMap;

use crate::archive::{Place, Report};
use crate::i18n::Message;
use crate::journal::{Event, Record, explains};

/// More accesses than a day has; later ones explain nothing.
const MOST_ACCESSES: usize = 1_000;

/// Gathered record by record.
#[derive(Debug, Default)]
pub struct Incidents {
    /// Number, begin, end.
    accesses: Vec<(u32, i64, Option<i64>)>,
    /// Of those that nobody has explained: the record, and its time.
    unexplained: BTreeMap<u64, i64>,
}

impl Incidents {
    pub fn take(&mut self, record: &Record) {
        let now_ms = record.utc_ms;
        match &record.event {
            Event::AccessOpened { access, .. } if self.accesses.len() < MOST_ACCESSES => {
                self.accesses.push((*access, now_ms, None));
            }
            Event::AccessClosed { access, .. } | Event::AccessExplained { access, .. } => {
                let open =
                    |(number, _, to_ms): &&mut (u32, i64, Option<i64>)| number == access && to_ms.is_none();
                if let Some((_, _, to_ms)) = self.accesses.iter_mut().find(open) {
                    *to_ms = Some(now_ms);
                }
            }
            Event::EquipmentChanged(changed) => {
                let covers = |(_, from_ms, to_ms): &(u32, i64, Option<i64>)| {
                    explains((*from_ms, *to_ms), (changed.from_ms, changed.to_ms))
                };
                if !self.accesses.iter().any(covers) {
                    self.unexplained.insert(record.n, now_ms);
                }
            }
            Event::EquipmentExplained(explained) => {
                for record in &explained.records {
                    self.unexplained.remove(record);
                }
            }
            _ => {}
        }
    }

    /// After the last record.
    pub fn settle(&self, report: &mut Report) {
        if let Some((record, from_ms)) = self.unexplained.first_key_value() {
            let place = Place { from_ms: Some(*from_ms), ..Place::record(*record) };
            let message = Message::new("archive-warning-incidents").with("count", self.unexplained.len());
            report.warn(place, message);
        }
    }
}
