//! A table's columns, headings and rows as they stand on paper.

use std::ops::Range;

use super::canvas::{Area, Canvas};
use super::fonts::{Fonts, Weight};
use super::lines::{Style, printable, wrap};
use crate::forms::{Align, Column, Sheet, ShownTable, Source};

pub(super) const BODY: Style = Style { size: 8.5, weight: Weight::Regular };
const HEADING: Style = Style { size: 8.0, weight: Weight::Bold };
const NUMBER: Style = Style { size: 7.0, weight: Weight::Regular };
/// Between a cell's edge and its text.
pub(super) const PADDING: f32 = 2.5;
/// A heading may take this share of a page; what is longer is cut.
const HEADING_SHARE: f32 = 0.35;
/// A row that is signed by hand is at least so many lines high.
const SIGNED_LINES: usize = 2;

/// A text that was cut into lines.
pub(super) struct Wrapped {
    text: String,
    lines: Vec<Range<usize>>,
}

impl Wrapped {
    pub fn new(fonts: &Fonts, text: &str, style: Style, width: f32) -> Self {
        let text = printable(text);
        let lines = wrap(fonts, &text, style, width);
        Self { text, lines }
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Those of the range that there are.
    pub fn lines(&self, range: Range<usize>) -> impl Iterator<Item = &str> {
        let end = range.end.min(self.lines.len());
        self.lines[range.start.min(end)..end].iter().map(|line| &self.text[line.clone()])
    }
}

pub(super) struct TableLayout<'a> {
    pub shown: &'a ShownTable,
    sheet: &'a Sheet<'a>,
    /// Each column's left edge and width.
    columns: Vec<(f32, f32)>,
    groups: Vec<Group>,
    headings: Vec<Wrapped>,
    group_height: f32,
    heading_height: f32,
    number_height: f32,
    min_lines: usize,
}

/// A heading above those of several columns.
struct Group {
    columns: Range<usize>,
    heading: Wrapped,
}

impl<'a> TableLayout<'a> {
    pub fn new(fonts: &Fonts, sheet: &'a Sheet<'a>, shown: &'a ShownTable, page: Area) -> Self {
        let shares: u32 = shown.columns.iter().map(|column| column.width).sum();
        let point = page.width / shares.max(1) as f32;
        let mut left = page.left;
        let columns: Vec<(f32, f32)> = shown
            .columns
            .iter()
            .map(|column| {
                let width = column.width as f32 * point;
                left += width;
                (left - width, width)
            })
            .collect();
        let inner =
            |range: Range<usize>| columns[range].iter().map(|(_, width)| width).sum::<f32>() - 2.0 * PADDING;
        let headings: Vec<_> = shown
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| Wrapped::new(fonts, sheet.own(&column.heading), HEADING, inner(at..at + 1)))
            .collect();
        let groups: Vec<Group> = groups(&shown.columns)
            .into_iter()
            .filter_map(|range| {
                let group = shown.columns[range.start].group.as_ref()?;
                let heading = Wrapped::new(fonts, sheet.own(group), HEADING, inner(range.clone()));
                Some(Group { columns: range, heading })
            })
            .collect();
        let height = |most: Option<usize>| {
            let lines = most.map_or(0.0, |lines| lines as f32 * HEADING.leading() + 2.0 * PADDING);
            lines.min(page.height * HEADING_SHARE)
        };
        let signed = shown.columns.iter().any(|column| column.source == Source::Blank);
        Self {
            group_height: height(groups.iter().map(|group| group.heading.len()).max()),
            heading_height: height(headings.iter().map(Wrapped::len).max()),
            number_height: if shown.numbered { NUMBER.leading() + PADDING } else { 0.0 },
            min_lines: if signed { SIGNED_LINES } else { 1 },
            shown,
            sheet,
            columns,
            groups,
            headings,
        }
    }

    pub fn header_height(&self) -> f32 {
        self.group_height + self.heading_height + self.number_height
    }

    pub fn rows(&self) -> usize {
        self.sheet.data.rows(self.shown.table).len()
    }

    /// How many lines the row is high.
    pub fn row_lines(&self, fonts: &Fonts, row: usize) -> usize {
        self.cells(fonts, row).iter().map(Wrapped::len).max().unwrap_or(1).max(self.min_lines)
    }

    pub fn draw_header(&self, canvas: &mut Canvas<'_>, top: f32) {
        let full = self.group_height + self.heading_height;
        for (at, heading) in self.headings.iter().enumerate() {
            let grouped = self.groups.iter().any(|group| group.columns.contains(&at));
            let above = if grouped { self.group_height } else { 0.0 };
            let cell = self.area(at..at + 1, top + above, full - above);
            draw_heading(canvas, heading, cell);
        }
        for group in &self.groups {
            draw_heading(canvas, &group.heading, self.area(group.columns.clone(), top, self.group_height));
        }
        if self.shown.numbered {
            for at in 0..self.columns.len() {
                let cell = self.area(at..at + 1, top + full, self.number_height);
                canvas.frame(cell);
                let number = (at + 1).to_string();
                let inner = Area { top: cell.top + PADDING / 2.0, ..cell };
                canvas.lines([number.as_str()], inner, NUMBER, Align::Centre);
            }
        }
    }

    /// Lines `lines` of the row, in cells of that height.
    pub fn draw_row(
        &self,
        fonts: &Fonts,
        canvas: &mut Canvas<'_>,
        row: usize,
        lines: Range<usize>,
        place: (f32, f32),
    ) {
        let (top, height) = place;
        for (at, text) in self.cells(fonts, row).iter().enumerate() {
            let cell = self.area(at..at + 1, top, height);
            canvas.frame(cell);
            canvas.lines(text.lines(lines.clone()), padded(cell), BODY, self.shown.columns[at].align);
        }
    }

    /// The words that stand there instead of rows.
    pub fn draw_empty(&self, canvas: &mut Canvas<'_>, top: f32, height: f32) {
        let cell = self.area(0..self.columns.len(), top, height);
        canvas.frame(cell);
        let words = printable(self.sheet.own(&self.shown.empty));
        canvas.lines([words.as_str()], padded(cell), BODY, Align::Centre);
    }

    fn cells(&self, fonts: &Fonts, row: usize) -> Vec<Wrapped> {
        let columns = self.shown.columns.iter().zip(&self.columns);
        columns
            .map(|(column, (_, width))| {
                let cell = self.sheet.cell(self.shown.table, row, column);
                Wrapped::new(fonts, &self.sheet.words(&cell, column.show), BODY, width - 2.0 * PADDING)
            })
            .collect()
    }

    fn area(&self, columns: Range<usize>, top: f32, height: f32) -> Area {
        let left = self.columns.get(columns.start).map_or(0.0, |(left, _)| *left);
        let width = self.columns[columns].iter().map(|(_, width)| width).sum();
        Area { left, top, width, height }
    }
}

fn draw_heading(canvas: &mut Canvas<'_>, heading: &Wrapped, cell: Area) {
    canvas.shade(cell);
    canvas.frame(cell);
    let most = ((cell.height - 2.0 * PADDING) / HEADING.leading() + 0.1).max(1.0) as usize;
    canvas.lines(heading.lines(0..most), padded(cell), HEADING, Align::Centre);
}

fn padded(cell: Area) -> Area {
    Area { left: cell.left + PADDING, top: cell.top + PADDING, width: cell.width - 2.0 * PADDING, ..cell }
}

/// Neighbours of one group.
fn groups(columns: &[Column]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        match ranges.last_mut() {
            Some(last) if column.group.is_some() && columns[last.start].group == column.group => {
                last.end = at + 1
            }
            _ => ranges.push(at..at + 1),
        }
    }
    ranges
}
