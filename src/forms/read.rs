//! From a definition's TOML to a [`Definition`], or to the list of everything that is wrong with it.
//!
//! `assets/forms/*.toml` show every key.

use super::catalogue::{Catalogue, Kind, TableEntry};
use super::definition::{
    Align, Column, Definition, LabelLine, LabelSheet, Paragraph, Piece, Show, ShownField, ShownTable, Signer,
    Source,
};
use crate::checklist::Bilingual;
use crate::i18n::Message;
use crate::tables::{self, Faults, Item, Section};

/// Characters of a heading, a caption, a title.
const HEADING: usize = 200;
/// Characters of a paragraph.
const PARAGRAPH: usize = 2000;
/// A4, the short side first.
const PAGE_UM: (u32, u32) = (210_000, 297_000);

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
    let labels = match root.optional("labels") {
        Some(item) => labels(&item, landscape, catalogue).map(Some),
        None => Some(None),
    };
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
        labels: labels?,
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
    let named = section.required("id").and_then(|item| known_table(&item, catalogue));
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

fn known_table(item: &Item<'_>, catalogue: &Catalogue) -> Option<(usize, &'static TableEntry)> {
    let ids = || catalogue.tables.iter().map(|table| table.id).collect::<Vec<_>>().join(", ");
    let none = || Message::new("fault-choice").with("known", ids());
    item.understood(|id| catalogue.table(id).ok_or_else(none))
}

fn known_column(item: &Item<'_>, table: &TableEntry) -> Option<(usize, Kind)> {
    item.understood(|id| table.column(id).ok_or_else(|| unknown(table.columns)))
}

fn column(section: &mut Section<'_>, table: &TableEntry) -> Option<Column> {
    let by_hand = [("number", Source::RowNumber), ("signature", Source::Blank)];
    let (source, show) = match section.optional("id") {
        Some(item) => {
            let named = known_column(&item, table);
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

/// What stands where on a sheet of labels; all of them have to stand on the page.
fn labels(item: &Item<'_>, landscape: Option<bool>, catalogue: &'static Catalogue) -> Option<LabelSheet> {
    let mut section = item.section()?;
    let named = section.required("table").and_then(|item| known_table(&item, catalogue));
    let mut count = |key| section.required(key).and_then(|item| item.integer(1..=100));
    let (across, down) = (count("across"), count("down"));
    let mut length = |key| section.required(key).and_then(|item| item.integer(5_000..=PAGE_UM.1));
    let (width, height) = (length("width_um"), length("height_um"));
    let mut space = |key| section.required(key).and_then(|item| item.integer(0..=PAGE_UM.1));
    let (left, top) = (space("left_um"), space("top_um"));
    let (gap_across, gap_down) = (space("gap_across_um"), space("gap_down_um"));
    let frame = section.required("frame").and_then(|item| item.boolean());
    // Without its table nobody can say which columns there are.
    let code = section.required("code").and_then(|item| known_column(&item, named?.1));
    let heading = match section.optional("heading") {
        Some(item) => item.section().and_then(|mut both| {
            let heading = paragraph(&mut both, catalogue);
            both.finish();
            heading.map(Some)
        }),
        None => Some(None),
    };
    let lines = section.required("lines").and_then(|item| {
        let entry = named?.1;
        item.sections(1..=10, |section| label_line(section, entry))?.into_iter().collect::<Option<Vec<_>>>()
    });
    section.finish();
    let sheet = LabelSheet {
        table: named?.0,
        across: across?,
        down: down?,
        width_um: width?,
        height_um: height?,
        left_um: left?,
        top_um: top?,
        gap_across_um: gap_across?,
        gap_down_um: gap_down?,
        frame: frame?,
        code: code?.0,
        heading: heading?,
        lines: lines?,
    };
    let (right, bottom) = if landscape? { (PAGE_UM.1, PAGE_UM.0) } else { PAGE_UM };
    let (wide, high) = sheet.size_um();
    if wide > right || high > bottom {
        item.fault(Message::new("fault-labels").with("wide", wide).with("high", high));
        return None;
    }
    Some(sheet)
}

fn label_line(section: &mut Section<'_>, table: &TableEntry) -> Option<LabelLine> {
    let named = section.required("id").and_then(|item| known_column(&item, table));
    let show = named.and_then(|(_, kind)| shown(section, kind));
    let bold = section.optional("bold").map_or(Some(false), |item| item.boolean());
    Some(LabelLine { column: named?.0, show: show?, bold: bold? })
}

fn paragraphs(root: &mut Section<'_>, key: &str, catalogue: &Catalogue) -> Option<Vec<Paragraph>> {
    list(root, key, 0..=20, |section| paragraph(section, catalogue))
}

fn paragraph(section: &mut Section<'_>, catalogue: &Catalogue) -> Option<Paragraph> {
    let mut read = |language| {
        let item = section.required(language)?;
        item.text(PARAGRAPH)?;
        item.understood(|text| pieces(text, catalogue))
    };
    let (ru, en) = (read("ru"), read("en"));
    Some(Paragraph { ru: ru?, en: en? })
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
