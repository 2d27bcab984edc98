//! What a form can say.

/// The ids that a form's definition may show, each with its kind of value.
#[derive(Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// Names the definition's file and the finished ones: `access-log`.
    pub id: &'static str,
    /// What stands above and below the tables, once a form.
    pub fields: &'static [(&'static str, Kind)],
    pub tables: &'static [TableEntry],
    /// Words that cells hold; the definition says them in both languages.
    pub words: &'static [&'static str],
}

#[derive(Debug, PartialEq, Eq)]
pub struct TableEntry {
    pub id: &'static str,
    /// Every row has a cell for each, in this order.
    pub columns: &'static [(&'static str, Kind)],
}

/// A kind of value. Any value may also be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Date,
    /// A time of day as a person typed it.
    Clock,
    /// A date with the time of day at the point.
    Moment,
    YesNo,
    /// One of the catalogue's words.
    Word,
}

impl Catalogue {
    pub fn field(&self, id: &str) -> Option<(usize, Kind)> {
        position(self.fields, id)
    }

    pub fn table(&self, id: &str) -> Option<(usize, &'static TableEntry)> {
        self.tables.iter().enumerate().find(|(_, table)| table.id == id)
    }
}

impl TableEntry {
    pub fn column(&self, id: &str) -> Option<(usize, Kind)> {
        position(self.columns, id)
    }
}

fn position(entries: &[(&'static str, Kind)], id: &str) -> Option<(usize, Kind)> {
    entries.iter().enumerate().find(|(_, (name, _))| *name == id).map(|(at, (_, kind))| (at, *kind))
}
