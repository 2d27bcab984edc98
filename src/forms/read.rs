//! From a definition's TOML to a [`Definition`], or to the list of everything that is wrong with it.
//!
//! `assets/forms/*.toml` show every key.

use super::catalogue::{Catalogue, Kind, TableEntry};
use super::definition::{
    Align, Column, Definition, Paragraph, Piece, Show, ShownField, ShownTable, Signer, Source,
};
use crate::checklist::Bilingual;
use crate::i18n::Message;
use crate::tables::{self, Faults, Item, Section};

/// Characters of a heading, a caption, a title.
const HEADING: usize = 200;
/// Characters of a paragraph.
const PARAGRAPH: usize = 2000;

impl Definition {
    /// Reads a definition's text; `file` names it in faults. It may show what `catalogue` has.
    pub fn read(text: &str, file: &str, catalogue: &'static Catalogue) -> Result<Self, Faults> {
        tables::read(text, file, |root| definition(root, catalogue))
    }
}

fn definition(root: &mut Section<'_>, catalogue: &'static Catalogue) -> Option<Definition> {
    let id = root.required("id").and_then(|item| item.choice(&[(catalogue.id, catalogue.id)]));
    let version = root.required("version").and_then(|item| item.integer(1..=1_000_000));
    let landscape = root
        .required("orientation")
        .and_then(|item| item.choice(&[("portrait", false), ("landscape", true)]));
    let title = root.required("title").and_then(|item| bilingual(&item, HEADING));
    let fields = list(root, "fields", 0..=40, |section| field(section, catalogue));
    let text = paragraphs(root, "text", catalogue);
    let notes = paragraphs(root, "notes", catalogue);
    let signers = list(root, "signers", 0..=10, |section| signer(section, catalogue));
    let tables = list(root, "tables", 0..=10, |section| table(section, catalogue));
    let words = words(root, catalogue);
    Some(Definition {
        id: id?,
        version: version?,
        landscape: landscape?,
        title: title?,
        fields: fields?,
        text: text?,
        tables: tables?,
        notes: notes?,
        signers: signers?,
        words: words?,
    })
}

/// An array of tables that may be absent.
fn list<T>(
    root: &mut Section<'_>,
    key: &str,
    count: std::ops::RangeInclusive<usize>,
    read: impl FnMut(&mut Section<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    match root.optional(key) {
        Some(item) => item.sections(count, read)?.into_iter().collect(),
        None => Some(Vec::new()),
    }
}

fn bilingual(item: &Item<'_>, max: usize) -> Option<Bilingual> {
    let mut section = item.section()?;
    let both = both(&mut section, max);
    section.finish();
    both
}

/// `ru` and `en` among the section's other keys.
fn both(section: &mut Section<'_>, max: usize) -> Option<Bilingual> {
    let ru = section.required("ru").and_then(|item| item.text(max));
    let en = section.required("en").and_then(|item| item.text(max));
    Some(Bilingual { ru: ru?, en: en? })
}

fn field(section: &mut Section<'_>, catalogue: &Catalogue) -> Option<ShownField> {
    let named = section.required("id").and_then(|item| known_field(&item, catalogue));
    let show = named.and_then(|(_, kind)| shown(section, kind));
    let caption = both(section, HEADING);
    Some(ShownField { field: named?.0, caption: caption?, show: show? })
}

fn known_field(item: &Item<'_>, catalogue: &Catalogue) -> Option<(usize, Kind)> {
    item.understood(|id| catalogue.field(id).ok_or_else(|| unknown(catalogue.fields)))
}

/// Nothing of this name is among what the data has.
fn unknown(entries: &[(&'static str, Kind)]) -> Message {
    let known = entries.iter().map(|(id, _)| *id).collect::<Vec<_>>().join(", ");
    Message::new("fault-choice").with("known", known)
}

/// The key `kind`, which may be absent: a way to write such values.
fn shown(section: &mut Section<'_>, kind: Kind) -> Option<Show> {
    let ways = Show::of(kind);
    match section.optional("kind") {
        Some(item) => item.choice(ways),
        None => ways.first().map(|(_, usual)| *usual),
    }
}

fn table(section: &mut Section<'_>, catalogue: &Catalogue) -> Option<ShownTable> {
    let named = section.required("id").and_then(|item| {
        let ids = || catalogue.tables.iter().map(|table| table.id).collect::<Vec<_>>().join(", ");
        let none = || Message::new("fault-choice").with("known", ids());
        item.understood(|id| catalogue.table(id).ok_or_else(none))
    });
    let title = match section.optional("title") {
        Some(item) => bilingual(&item, HEADING).map(Some),
        None => Some(None),
    };
    let empty = section.required("empty").and_then(|item| bilingual(&item, HEADING));
    let numbered = section.optional("numbered").map_or(Some(false), |item| item.boolean());
    // Without its table nobody can say which columns there are.
    let columns = section.required("columns").and_then(|item| {
        let entry = named?.1;
        item.sections(1..=30, |section| column(section, entry))?.into_iter().collect::<Option<Vec<_>>>()
    });
    Some(ShownTable { table: named?.0, title: title?, empty: empty?, numbered: numbered?, columns: columns? })
}

fn column(section: &mut Section<'_>, table: &TableEntry) -> Option<Column> {
    let by_hand = [("number", Source::RowNumber), ("signature", Source::Blank)];
    let (source, show) = match section.optional("id") {
        Some(item) => {
            let named = item.understood(|id| table.column(id).ok_or_else(|| unknown(table.columns)));
            let show = named.and_then(|(_, kind)| shown(section, kind));
            (named.map(|(at, _)| Source::Data(at)), show)
        }
        None => (section.required("kind").and_then(|item| item.choice(&by_hand)), Some(Show::Text)),
    };
    let heading = both(section, HEADING);
    let group = match section.optional("group") {
        Some(item) => bilingual(&item, HEADING).map(Some),
        None => Some(None),
    };
    let width = section.required("width").and_then(|item| item.integer(1..=1000));
    let ways = [("left", Align::Left), ("centre", Align::Centre), ("right", Align::Right)];
    let align = section.optional("align").map(|item| item.choice(&ways));
    let usual = match source {
        Some(Source::RowNumber) => Align::Centre,
        _ => show.map_or(Align::Left, Show::align),
    };
    Some(Column {
        source: source?,
        heading: heading?,
        group: group?,
        width: width?,
        align: align.unwrap_or(Some(usual))?,
        show: show?,
    })
}

fn signer(section: &mut Section<'_>, catalogue: &Catalogue) -> Option<Signer> {
    let post = both(section, HEADING);
    let name = match section.optional("name") {
        Some(item) => known_field(&item, catalogue).map(|(at, _)| Some(at)),
        None => Some(None),
    };
    Some(Signer { post: post?, name: name? })
}

fn paragraphs(root: &mut Section<'_>, key: &str, catalogue: &Catalogue) -> Option<Vec<Paragraph>> {
    list(root, key, 0..=20, |section| {
        let mut read = |language| {
            let item = section.required(language)?;
            item.text(PARAGRAPH)?;
            item.understood(|text| pieces(text, catalogue))
        };
        let (ru, en) = (read("ru"), read("en"));
        Some(Paragraph { ru: ru?, en: en? })
    })
}

/// `{id}` stands for the field of that id.
fn pieces(text: &str, catalogue: &Catalogue) -> Result<Vec<Piece>, Message> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (id, behind) = after.split_once('}').ok_or_else(|| Message::new("fault-brace"))?;
        let no_field = || unknown(catalogue.fields).with("text", format!("{{{id:.40}}}"));
        pieces.push(Piece::Text(before.to_owned()));
        pieces.push(Piece::Field(catalogue.field(id).ok_or_else(no_field)?.0));
        rest = behind;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    Ok(pieces)
}

/// Every word of the catalogue, and no other.
fn words(
    root: &mut Section<'_>,
    catalogue: &Catalogue,
) -> Option<std::collections::BTreeMap<String, Bilingual>> {
    if catalogue.words.is_empty() {
        return Some(Default::default());
    }
    let mut section = root.required("words")?.section()?;
    let said: Vec<Option<_>> = catalogue
        .words
        .iter()
        .map(|word| Some(((*word).to_owned(), bilingual(&section.required(word)?, HEADING)?)))
        .collect();
    section.finish();
    said.into_iter().collect()
}
