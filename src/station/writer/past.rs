//! What the point's journal tells, for as long as there is one: a fold a topic.

use crate::day::{OlderDays, Preparation, Register, Signatures, StandIns};
use crate::journal::Record;

#[derive(Default)]
pub(super) struct Past {
    /// What was gone through on the days before and after exams.
    pub preparation: Preparation,
    /// The point's equipment.
    pub register: Register,
    /// Under briefings.
    pub signatures: Signatures,
    pub older: OlderDays,
    pub stand_ins: StandIns,
}

impl Past {
    pub fn of(records: &[Record]) -> Self {
        let mut past = Self::default();
        records.iter().for_each(|record| past.apply(record));
        past
    }

    pub fn apply(&mut self, record: &Record) {
        self.preparation.apply(record);
        self.register.apply(record);
        self.signatures.apply(record);
        self.older.apply(record);
        self.stand_ins.apply(record);
    }
}
