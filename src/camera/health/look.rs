//! One look at a picture: its means over cells, and how sharp its edges are.

/// Cells beside each other, about: a VGA picture has 80 by 60 of 8 by 8 pixels.
const COLUMNS: usize = 80;
/// A picture smaller than this in cells is not looked at.
const LEAST_CELLS: (usize, usize) = (24, 16);
/// So many of the strongest edges tell the sharpness, and fewer than the second number don't.
const EDGES: (usize, usize) = (120, 16);
/// An edge changes the luma by this much, in [`UNIT`]s, from the cell before to the cell after.
const EDGE: i32 = 24 * UNIT;
/// One step of luma as cells have it.
pub const UNIT: i32 = 256;

/// What is kept of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub columns: usize,
    pub rows: usize,
    /// Mean luma of each cell, row by row, in 1/256 steps of luma.
    pub cells: Vec<u16>,
    /// How much of an edge's height its steepest part holds, in thousandths; none without edges.
    pub sharpness: Option<u32>,
}

impl Look {
    /// Looks at a plane of luma; None if it is too small or not of that size.
    pub fn at(luma: &[u8], width: usize, height: usize) -> Option<Self> {
        let cell = width.div_ceil(COLUMNS).max(2);
        let (columns, rows) = (width / cell, height / cell);
        if luma.len() < width.checked_mul(height)? || columns < LEAST_CELLS.0 || rows < LEAST_CELLS.1 {
            return None;
        }
        let mut cells = Vec::with_capacity(columns * rows);
        let mut sums = vec![0u32; columns];
        let area = (cell * cell) as u32;
        for band in luma.chunks_exact(width * cell).take(rows) {
            sums.fill(0);
            for line in band.chunks_exact(width) {
                for (sum, pixels) in sums.iter_mut().zip(line.chunks_exact(cell)) {
                    *sum += pixels.iter().map(|pixel| u32::from(*pixel)).sum::<u32>();
                }
            }
            cells.extend(sums.iter().map(|sum| (u64::from(*sum) * UNIT as u64 / u64::from(area)) as u16));
        }
        let mut look = Self { columns, rows, cells, sharpness: None };
        look.sharpness = look.sharpness_of(luma, width, cell);
        Some(look)
    }

    pub fn same_size(&self, other: &Self) -> bool {
        (self.columns, self.rows) == (other.columns, other.rows)
    }

    /// In whole steps of luma.
    pub fn mean(&self) -> u32 {
        let sum: u64 = self.cells.iter().map(|cell| u64::from(*cell)).sum();
        (sum / (self.cells.len().max(1) as u64 * UNIT as u64)) as u32
    }

    /// How the luma changes around an inner cell, to the right and down.
    pub fn slope(&self, x: usize, y: usize) -> (i32, i32) {
        let at = |x: usize, y: usize| i32::from(self.cells[y * self.columns + x]);
        (at(x + 1, y) - at(x - 1, y), at(x, y + 1) - at(x, y - 1))
    }

    /// Over the strongest edges: noise hardly counts there, and whether a scene has many or few of them
    /// does not either.
    fn sharpness_of(&self, luma: &[u8], width: usize, cell: usize) -> Option<u32> {
        let mut edges = Vec::new();
        for y in 1..self.rows - 1 {
            for x in 1..self.columns - 1 {
                let (right, down) = self.slope(x, y);
                let (height, level) = (right.abs().max(down.abs()), right.abs() >= down.abs());
                if height >= EDGE {
                    edges.push((height, level, x, y));
                }
            }
        }
        if edges.len() < EDGES.1 {
            return None;
        }
        if edges.len() > EDGES.0 {
            edges.select_nth_unstable_by(EDGES.0, |a, b| b.0.cmp(&a.0));
            edges.truncate(EDGES.0);
        }
        let mut parts: Vec<u32> = edges
            .iter()
            .map(|(height, level, x, y)| {
                let steepest = steepest(luma, width, cell, (*x, *y), *level);
                (steepest * 1000 / (height / UNIT).max(1) as u32).min(1000)
            })
            .collect();
        let at = parts.len() * 7 / 10;
        Some(*parts.select_nth_unstable(at).1)
    }
}

/// How much the luma changes at most within half a cell, across the cell and both its neighbours (to the
/// sides if `level`, else above and below), as a mean over the cell's lines, two and two.
fn steepest(luma: &[u8], width: usize, cell: usize, (x, y): (usize, usize), level: bool) -> u32 {
    // One step along the edge's slope, and one along the edge.
    let (along, across) = if level { (1, width) } else { (width, 1) };
    let start = y * cell * width + x * cell - cell * along;
    let reach = (cell / 2).max(1);
    let pairs = cell / 2;
    let mut sum = 0;
    for pair in 0..pairs {
        let line = start + 2 * pair * across;
        let pixel = |at: usize| {
            let at = line + at * along;
            i32::from(luma[at]) + i32::from(luma[at + across])
        };
        sum += (0..3 * cell - reach).map(|at| pixel(at).abs_diff(pixel(at + reach))).max().unwrap_or(0);
    }
    sum / (2 * pairs as u32)
}
