//! Sheets of labels: a code that a scanner reads, and beside it what a person reads.

use super::canvas::{Area, Canvas};
use super::fonts::{Fonts, Weight};
use super::lines::Style;
use super::table::Wrapped;
use crate::forms::{Align, LabelLine, LabelSheet, Sheet, Show};
use crate::qr::Qr;

const BOLD: Style = Style { size: 11.0, weight: Weight::Bold };
const PLAIN: Style = Style { size: 8.0, weight: Weight::Regular };
const HEADING: Style = Style { size: 6.5, weight: Weight::Regular };
/// Between a label's edge and what stands on it: printers and scissors are off by a little.
const PADDING: f32 = 6.0;
/// Between the code, which brings a light edge of its own, and the lines.
const GAP: f32 = 2.0;
/// The code is a square, and takes no more of the width than this.
const CODE_SHARE: f32 = 0.45;
const POINTS_PER_UM: f32 = 72.0 / 25_400.0;

pub(super) struct Labels<'a> {
    pub sheet: &'a Sheet<'a>,
    pub shown: &'a LabelSheet,
    pub fonts: &'a Fonts,
}

impl Labels<'_> {
    /// At least one: a PDF without pages is none.
    pub fn pages(&self) -> usize {
        self.rows().div_ceil(self.shown.per_page()).max(1)
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>, page: usize) {
        let first = page * self.shown.per_page();
        let end = self.rows().min(first + self.shown.per_page());
        for (place, row) in (first..end).enumerate() {
            self.draw_label(canvas, row, self.area(place));
        }
        if self.rows() == 0 {
            let table = self.sheet.definition.tables.iter().find(|table| table.table == self.shown.table);
            let words = table.map_or_else(String::new, |table| self.sheet.own(&table.empty).to_owned());
            let area = padded(self.area(0));
            let words = Wrapped::new(self.fonts, &words, PLAIN, area.width);
            canvas.lines(words.lines(0..usize::MAX), area, PLAIN, Align::Left);
        }
    }

    fn rows(&self) -> usize {
        self.sheet.data.rows(self.shown.table).len()
    }

    /// From the left to the right, then the next row of them.
    fn area(&self, place: usize) -> Area {
        let LabelSheet { width_um, height_um, left_um, top_um, gap_across_um, gap_down_um, .. } = *self.shown;
        let across = self.shown.across as usize;
        let from = |edge_um: u32, at: usize, size_um: u32, gap_um: u32| {
            (edge_um as f32 + at as f32 * (size_um + gap_um) as f32) * POINTS_PER_UM
        };
        Area {
            left: from(left_um, place % across, width_um, gap_across_um),
            top: from(top_um, place / across, height_um, gap_down_um),
            width: width_um as f32 * POINTS_PER_UM,
            height: height_um as f32 * POINTS_PER_UM,
        }
    }

    fn draw_label(&self, canvas: &mut Canvas<'_>, row: usize, area: Area) {
        if self.shown.frame {
            canvas.frame(area);
        }
        let inside = padded(area);
        let side = inside.height.min(inside.width * CODE_SHARE);
        let code = self.words(row, self.shown.code, Show::Text);
        if let Some(code) = Qr::of(&code).filter(|_| !code.is_empty()) {
            let top = inside.top + (inside.height - side) / 2.0;
            canvas.qr(&code, Area { top, width: side, height: side, ..inside });
        }
        let taken = side + GAP;
        let mut left = Area { left: inside.left + taken, width: inside.width - taken, ..inside };
        if let Some(heading) = &self.shown.heading {
            left = self.draw_words(canvas, &self.sheet.paragraph(heading), HEADING, left, 1);
        }
        let lines = self.shown.lines.iter().map(|line| (line, self.words(row, line.column, line.show)));
        let lines: Vec<_> = lines.filter(|(_, words)| !words.is_empty()).collect();
        for (at, (LabelLine { bold, .. }, words)) in lines.iter().enumerate() {
            let style = if *bold { BOLD } else { PLAIN };
            // What comes later is not crowded out by a long name before it.
            let kept = (lines.len() - at - 1) as f32 * PLAIN.leading();
            let most = ((left.height - kept) / style.leading()).floor().max(0.0) as usize;
            left = self.draw_words(canvas, words, style, left, most);
        }
    }

    /// At most so many lines of it; gives the room that is left below.
    fn draw_words(
        &self,
        canvas: &mut Canvas<'_>,
        words: &str,
        style: Style,
        area: Area,
        most: usize,
    ) -> Area {
        let wrapped = Wrapped::new(self.fonts, words, style, area.width);
        let mut lines: Vec<String> = wrapped.lines(0..most).map(str::to_owned).collect();
        if wrapped.len() > most
            && let Some(last) = lines.last_mut()
        {
            // Room for the sign that there is more.
            last.pop();
            last.pop();
            last.push('…');
        }
        canvas.lines(lines.iter().map(String::as_str), area, style, Align::Left);
        let used = lines.len() as f32 * style.leading();
        Area { top: area.top + used, height: area.height - used, ..area }
    }

    fn words(&self, row: usize, column: usize, show: Show) -> String {
        let rows = self.sheet.data.rows(self.shown.table);
        let cell = rows.get(row).and_then(|row| row.get(column));
        cell.map_or_else(String::new, |cell| self.sheet.words(cell, show))
    }
}

fn padded(area: Area) -> Area {
    Area {
        left: area.left + PADDING,
        top: area.top + PADDING,
        width: area.width - 2.0 * PADDING,
        height: area.height - 2.0 * PADDING,
    }
}
