//! What stands where on which page. Blocks are named, not kept: a plan of ten thousand rows is small.

use std::ops::Range;

use super::canvas::Area;
use super::fonts::{Fonts, Weight};
use super::lines::Style;
use super::table::{BODY, PADDING, TableLayout, Wrapped};
use crate::forms::{Sheet, Show, ShownField};

pub(super) const TITLE: Style = Style { size: 13.0, weight: Weight::Bold };
pub(super) const FIELD: Style = Style { size: 9.5, weight: Weight::Regular };
pub(super) const REMARK: Style = Style { size: 9.5, weight: Weight::Bold };
pub(super) const TABLE_TITLE: Style = Style { size: 10.0, weight: Weight::Bold };
pub(super) const SMALL: Style = Style { size: 7.0, weight: Weight::Regular };
/// Side of the QR code, its quiet zone included.
pub(super) const CODE_SIDE: f32 = 92.0;
/// A signer's line with the small words below it, and up to two lines of words on it.
const SIGNER_HEIGHT: f32 = 36.0;
/// Share of the width that a field's caption takes.
const CAPTION_SHARE: f32 = 0.35;
const GAP: f32 = 6.0;

/// Something that stands on a page. Ranges are lines of it: what does not fit goes on.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    Code,
    Title,
    /// Above every page but the first.
    RunningTitle,
    Remark(Range<usize>),
    Field(usize, Range<usize>),
    Text(usize, Range<usize>),
    TableTitle(usize),
    Header(usize),
    Row(usize, usize, Range<usize>),
    Empty(usize),
    Note(usize, Range<usize>),
    Signer(usize),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    pub block: Block,
    pub top: f32,
    pub height: f32,
}

/// Where texts stand on this form's pages.
pub(super) struct Measures<'a> {
    pub sheet: &'a Sheet<'a>,
    pub fonts: &'a Fonts,
    /// Inside the margins.
    pub page: Area,
    pub tables: Vec<TableLayout<'a>>,
}

impl<'a> Measures<'a> {
    pub fn new(sheet: &'a Sheet<'a>, fonts: &'a Fonts, page: Area) -> Self {
        let tables = &sheet.definition.tables;
        let tables = tables.iter().map(|table| TableLayout::new(fonts, sheet, table, page)).collect();
        Self { sheet, fonts, page, tables }
    }

    /// Beside the QR code.
    pub fn head(&self) -> Area {
        Area { width: self.page.width - CODE_SIDE - GAP, ..self.page }
    }

    /// The part of such an area that is beside the code.
    pub fn head_at(&self, area: Area) -> Area {
        Area { width: self.head().width, ..area }
    }

    pub fn title(&self) -> Wrapped {
        let title = self.sheet.own(&self.sheet.definition.title);
        Wrapped::new(self.fonts, title, TITLE, self.head().width)
    }

    pub fn remark(&self) -> Option<Wrapped> {
        let remark = self.sheet.remark()?;
        Some(Wrapped::new(self.fonts, remark, REMARK, self.head().width))
    }

    /// Caption and value.
    pub fn field(&self, field: &ShownField) -> (Wrapped, Wrapped) {
        let (caption, value) = self.field_widths();
        let words = self.sheet.words(self.sheet.data.field(field.field), field.show);
        let words = if words.is_empty() { "—".to_owned() } else { words };
        (
            Wrapped::new(self.fonts, self.sheet.own(&field.caption), FIELD, caption - GAP),
            Wrapped::new(self.fonts, &words, FIELD, value),
        )
    }

    pub fn field_widths(&self) -> (f32, f32) {
        let width = self.head().width;
        (width * CAPTION_SHARE, width * (1.0 - CAPTION_SHARE))
    }

    pub fn paragraph(&self, text: &str, style: Style) -> Wrapped {
        Wrapped::new(self.fonts, text, style, self.page.width)
    }

    /// The pages, at least one.
    pub fn plan(&self) -> Vec<Vec<Placed>> {
        let definition = self.sheet.definition;
        let mut plan = Planner { page: self.page, top: self.page.top, pages: vec![Vec::new()], header: None };
        plan.pages[0].push(Placed { block: Block::Code, top: self.page.top, height: CODE_SIDE });
        plan.place(Block::Title, self.title().len() as f32 * TITLE.leading() + GAP);
        if let Some(remark) = self.remark() {
            plan.flow(remark.len(), REMARK.leading(), GAP, &Block::Remark);
        }
        for (at, field) in definition.fields.iter().enumerate() {
            let (caption, value) = self.field(field);
            let lines = caption.len().max(value.len());
            plan.flow(lines, FIELD.leading(), 2.0, &|range| Block::Field(at, range));
        }
        if plan.pages.len() == 1 {
            plan.top = plan.top.max(self.page.top + CODE_SIDE) + GAP;
        }
        for (at, text) in definition.text.iter().enumerate() {
            let lines = self.paragraph(&self.sheet.paragraph(text), FIELD).len();
            plan.flow(lines, FIELD.leading(), GAP, &|range| Block::Text(at, range));
        }
        for (at, table) in self.tables.iter().enumerate() {
            self.plan_table(&mut plan, at, table);
        }
        for (at, note) in definition.notes.iter().enumerate() {
            let lines = self.paragraph(&self.sheet.paragraph(note), BODY).len();
            plan.flow(lines, BODY.leading(), GAP, &|range| Block::Note(at, range));
        }
        // Signatures stay together, and never alone on a page if they can help it.
        let heights: Vec<f32> = (0..definition.signers.len()).map(|at| self.signer_height(at)).collect();
        let all = heights.iter().sum::<f32>();
        if all > plan.room() && all <= plan.fresh_room() {
            plan.turn();
        }
        for (at, height) in heights.into_iter().enumerate() {
            plan.place(Block::Signer(at), height);
        }
        plan.pages
    }

    /// The post of a signer, and the name, which may be empty.
    pub fn signer(&self, at: usize) -> [Wrapped; 2] {
        let signer = &self.sheet.definition.signers[at];
        let name = signer.name.map(|field| self.sheet.words(self.sheet.data.field(field), Show::Text));
        let wrapped = |words: &str| Wrapped::new(self.fonts, words, FIELD, self.signer_width());
        [wrapped(self.sheet.own(&signer.post)), wrapped(&name.unwrap_or_default())]
    }

    /// Of each of its three parts.
    pub fn signer_width(&self) -> f32 {
        self.page.width / 3.0 - 10.0
    }

    fn signer_height(&self, at: usize) -> f32 {
        let lines = self.signer(at).iter().map(Wrapped::len).max().unwrap_or(0);
        SIGNER_HEIGHT + lines.saturating_sub(2) as f32 * FIELD.leading()
    }

    fn plan_table(&self, plan: &mut Planner, at: usize, table: &TableLayout<'_>) {
        let header = table.header_height();
        let title = if table.shown.title.is_some() { TABLE_TITLE.leading() + GAP } else { 0.0 };
        let first = BODY.leading() * 2.0 + 2.0 * PADDING;
        if title + header + first > plan.room() {
            plan.turn();
        }
        if title > 0.0 {
            plan.place(Block::TableTitle(at), title);
        }
        plan.place(Block::Header(at), header);
        plan.header = Some((at, header));
        for row in 0..table.rows() {
            let lines = table.row_lines(self.fonts, row);
            plan.flow(lines, BODY.leading(), 2.0 * PADDING, &|range| Block::Row(at, row, range));
        }
        if table.rows() == 0 {
            plan.place(Block::Empty(at), BODY.leading() + 2.0 * PADDING);
        }
        plan.header = None;
        plan.top += GAP;
    }
}

struct Planner {
    page: Area,
    /// Where the next block goes.
    top: f32,
    pages: Vec<Vec<Placed>>,
    /// Repeated on every page while a table lasts, with its height.
    header: Option<(usize, f32)>,
}

impl Planner {
    fn room(&self) -> f32 {
        self.page.top + self.page.height - self.top
    }

    fn running_title() -> f32 {
        SMALL.leading() + GAP
    }

    /// Room on a page that nothing stands on but what is repeated.
    fn fresh_room(&self) -> f32 {
        self.page.height - Self::running_title() - self.header.map_or(0.0, |(_, height)| height)
    }

    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.top = self.page.top;
        self.put(Block::RunningTitle, Self::running_title());
        if let Some((table, height)) = self.header {
            self.put(Block::Header(table), height);
        }
    }

    /// On this page if there is room for it, else on the next.
    fn place(&mut self, block: Block, height: f32) {
        if height > self.room() && height <= self.fresh_room() {
            self.turn();
        }
        self.put(block, height);
    }

    fn put(&mut self, block: Block, height: f32) {
        let top = self.top;
        if let Some(page) = self.pages.last_mut() {
            page.push(Placed { block, top, height });
        }
        self.top += height;
    }

    /// Lines that stay on one page if they can, and go on over the next pages if they can't.
    fn flow(&mut self, lines: usize, leading: f32, padding: f32, block: &dyn Fn(Range<usize>) -> Block) {
        let mut from = 0;
        // A page was begun for it: something of it stands there, however little room there is.
        let mut turned = false;
        loop {
            let height = (lines - from) as f32 * leading + padding;
            if height <= self.room() {
                return self.put(block(from..lines), height);
            }
            let fits = ((self.room() - padding) / leading).floor();
            // Two lines of a long text at the foot of a page are better read on the next one.
            if !turned && (height <= self.fresh_room() || fits < 3.0) {
                self.turn();
                turned = true;
                continue;
            }
            let to = (from + fits.max(1.0) as usize).min(lines);
            self.put(block(from..to), (to - from) as f32 * leading + padding);
            if to == lines {
                return;
            }
            from = to;
            self.turn();
            turned = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::trial::with_sheet;
    use crate::i18n::Language;

    fn planner() -> Planner {
        let page = Area { left: 0.0, top: 0.0, width: 100.0, height: 200.0 };
        Planner { page, top: 0.0, pages: vec![Vec::new()], header: Some((0, 20.0)) }
    }

    fn block(range: Range<usize>) -> Block {
        Block::Note(0, range)
    }

    #[test]
    fn what_is_longer_than_a_page_goes_on_and_loses_no_line() {
        let mut plan = planner();
        plan.flow(5, 10.0, 5.0, &block);
        plan.flow(100, 10.0, 5.0, &block);
        plan.flow(2, 10.0, 5.0, &block);
        let ranges = plan.pages.iter().flatten().filter_map(|placed| match &placed.block {
            Block::Note(_, range) => Some(range.clone()),
            _ => None,
        });
        let ranges: Vec<_> = ranges.collect();
        assert_eq!(ranges.first(), Some(&(0..5)));
        assert_eq!(ranges.last(), Some(&(0..2)));
        let long = &ranges[1..ranges.len() - 1];
        assert_eq!((long[0].start, long[long.len() - 1].end), (0, 100));
        assert!(long.windows(2).all(|two| two[0].end == two[1].start));
        for placed in plan.pages.iter().flatten() {
            assert!(placed.top + placed.height <= 200.0, "{placed:?}");
        }
        let headed = |page: &Vec<Placed>| page.iter().any(|placed| placed.block == Block::Header(0));
        assert!(plan.pages[1..].iter().all(headed));
    }

    #[test]
    fn a_remark_stands_between_the_title_and_the_fields() {
        let fonts = Fonts::load().unwrap();
        let page = Area { left: 0.0, top: 0.0, width: 500.0, height: 800.0 };
        with_sheet(&["Орлов"], "portrait", Language::Ru, |sheet| {
            let plain = Measures::new(&sheet, &fonts, page).plan();
            assert!(!plain[0].iter().any(|placed| matches!(placed.block, Block::Remark(_))));
            let sheet = sheet.with_remark(Some("TAMPERED ".repeat(40)));
            let remarked = Measures::new(&sheet, &fonts, page).plan();
            let at = |wanted: fn(&Block) -> bool| {
                let placed = remarked[0].iter().find(|placed| wanted(&placed.block)).unwrap();
                (placed.top, placed.top + placed.height)
            };
            let title = at(|block| *block == Block::Title);
            let remark = at(|block| matches!(block, Block::Remark(_)));
            let field = at(|block| matches!(block, Block::Field(..)));
            assert!(title.1 <= remark.0 && remark.1 <= field.0, "{title:?} {remark:?} {field:?}");
        });
    }

    #[test]
    fn a_line_that_is_higher_than_any_page_ends_all_the_same() {
        let mut plan = planner();
        plan.flow(3, 500.0, 5.0, &block);
        assert!(plan.pages.len() <= 4, "{}", plan.pages.len());
    }
}
