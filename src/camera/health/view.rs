//! Where things stand in a picture, against a reference: the directions of edges, block by block, so that
//! neither light nor who walks through counts.

use super::condition::Verdict;
use super::look::{Look, UNIT};

/// Blocks of the picture, across and down.
const BLOCKS: (usize, usize) = (8, 6);
/// A block with fewer cells on edges than this share of its cells tells nothing, in percent.
const BLOCK_EDGES_PERCENT: usize = 4;
/// As many blocks of the reference have to show edges, or nothing can be held to it.
const LEAST_BLOCKS: usize = 6;
/// How far things are looked for, in cells.
const REACH: i32 = 10;
/// Blocks whose edges agree by this much show the same, from -1 to 1.
const SAME: f32 = 0.5;
/// Elsewhere they have to agree by this much more than in place.
const BETTER: f32 = 0.12;
/// How far a block may be from where all blocks together say that it is, in cells.
const ASTRAY: f32 = 1.3;
/// With this share of the blocks in place nothing has moved, and nothing more is asked.
const ALL_IN_PLACE_PERCENT: usize = 80;
/// Where the blocks agree on no motion: with this share in place somebody stands before the camera; with less
/// than the second, another view is seen, if it has edges enough.
const IN_PLACE_PERCENT: usize = 40;
const ELSEWHERE_PERCENT: usize = 25;

/// The directions of a picture's edges. A vector a cell, of twice the direction's angle, so that a dark
/// thing before a bright wall and a bright one before a dark wall give the same.
#[derive(Clone, Debug)]
pub struct Edges {
    columns: usize,
    rows: usize,
    field: Vec<(f32, f32)>,
    /// The cells of each block that are on edges.
    cells: Vec<Vec<EdgeCell>>,
    /// For each corner between cells, the squared lengths of all vectors above and left of it.
    strength: Vec<f32>,
    /// Which blocks show edges.
    blocks: Vec<bool>,
}

/// Column, row and vector of a cell on an edge.
type EdgeCell = (i32, i32, (f32, f32));

/// A block, by the middle of the picture, that is seen somewhere else.
#[derive(Clone, Copy, Debug)]
struct Shifted {
    at: (f32, f32),
    by: (f32, f32),
}

/// A turn with a change of size, and a shift: where the middle and everything around it goes.
#[derive(Clone, Copy, Debug)]
struct Motion {
    shift: (f32, f32),
    grow: f32,
    turn: f32,
}

impl Edges {
    /// Edges of at least `least` steps of luma.
    pub fn of(look: &Look, least: i32) -> Self {
        let (columns, rows) = (look.columns, look.rows);
        let mut field = vec![(0.0, 0.0); columns * rows];
        let mut cells = vec![Vec::new(); BLOCKS.0 * BLOCKS.1];
        for y in 1..rows - 1 {
            for x in 1..columns - 1 {
                let (right, down) = look.slope(x, y);
                let (right, down) = (right as f32 / UNIT as f32, down as f32 / UNIT as f32);
                let height = right.hypot(down);
                if height < least as f32 {
                    continue;
                }
                // A strong edge counts more, but not without end.
                let weight = (height / 24.0).min(1.0) / (height * height);
                let vector = ((right * right - down * down) * weight, 2.0 * right * down * weight);
                field[y * columns + x] = vector;
                cells[y * BLOCKS.1 / rows * BLOCKS.0 + x * BLOCKS.0 / columns]
                    .push((x as i32, y as i32, vector));
            }
        }
        let block_cells = columns * rows / (BLOCKS.0 * BLOCKS.1);
        let shows = |cells: &Vec<EdgeCell>| cells.len() * 100 >= block_cells * BLOCK_EDGES_PERCENT;
        let blocks = cells.iter().map(shows).collect();
        let strength = strength(&field, columns, rows);
        Self { columns, rows, field, cells, strength, blocks }
    }

    /// Blocks that show edges.
    pub fn count(&self) -> usize {
        self.blocks.iter().filter(|block| **block).count()
    }

    /// Whether things stand elsewhere than in `reference`, on average by at least this share of the
    /// picture's width.
    pub fn moved_from(&self, reference: &Edges, permille: u32) -> Verdict {
        if (self.columns, self.rows) != (reference.columns, reference.rows) {
            return Verdict::Unknown;
        }
        let known: Vec<usize> = (0..reference.blocks.len()).filter(|at| reference.blocks[*at]).collect();
        if known.len() < LEAST_BLOCKS {
            return Verdict::Unknown;
        }
        let in_place: Vec<(usize, f32)> =
            known.iter().map(|block| (*block, self.best(reference, *block, 1).0)).collect();
        let stay = in_place.iter().filter(|(_, same)| *same >= SAME).count();
        if stay * 100 >= known.len() * ALL_IN_PLACE_PERCENT {
            return Verdict::Well;
        }
        let shifted: Vec<Shifted> = in_place
            .iter()
            .filter_map(|(block, stays)| {
                let (same, by) = self.best(reference, *block, REACH);
                let found = same >= SAME && (same >= stays + BETTER || *stays >= SAME);
                found.then(|| Shifted { at: self.middle(*block), by })
            })
            .collect();
        if let Some((motion, agree)) = Motion::of_most(&shifted) {
            let width = self.columns as f32;
            let moved = motion.mean_way(width, self.rows as f32) * 1000.0 >= width * permille as f32;
            let enough = agree >= LEAST_BLOCKS.max(known.len() * 3 / 10);
            if enough && agree * 2 >= shifted.len() {
                return if moved { Verdict::Ails } else { Verdict::Well };
            }
        }
        let edges_enough = self.count() * 2 >= known.len();
        match stay * 100 {
            share if share >= known.len() * IN_PLACE_PERCENT => Verdict::Well,
            share if share < known.len() * ELSEWHERE_PERCENT && edges_enough => Verdict::Ails,
            _ => Verdict::Unknown,
        }
    }

    /// How well a block of the reference agrees at the best of the places within `reach`, and by how much
    /// that place is off, between cells too.
    fn best(&self, reference: &Edges, block: usize, reach: i32) -> (f32, (f32, f32)) {
        let side = (2 * reach + 1) as usize;
        let mut scores = Vec::with_capacity(side * side);
        for down in -reach..=reach {
            for right in -reach..=reach {
                scores.push(self.agreement(reference, block, right, down));
            }
        }
        let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
        let (x, y) = (best % side, best / side);
        let between = |before: Option<usize>, after: Option<usize>| match (before, after) {
            (Some(before), Some(after)) => vertex(scores[before], scores[best], scores[after]),
            _ => 0.0,
        };
        let inside = |at: usize| at > 0 && at + 1 < side;
        let right = between(inside(x).then(|| best - 1), inside(x).then(|| best + 1));
        let down = between(inside(y).then(|| best - side), inside(y).then(|| best + side));
        (scores[best], (x as f32 - reach as f32 + right, y as f32 - reach as f32 + down))
    }

    fn agreement(&self, reference: &Edges, block: usize, right: i32, down: i32) -> f32 {
        let (columns, rows) = (self.columns as i32, self.rows as i32);
        let (bx, by) = ((block % BLOCKS.0) as i32, (block / BLOCKS.0) as i32);
        let (across, high) = (BLOCKS.0 as i32, BLOCKS.1 as i32);
        // Rows and columns that are inside the picture in both places.
        let (top, bottom) = ((by * rows / high).max(-down), ((by + 1) * rows / high).min(rows - down));
        let (left, end) =
            ((bx * columns / across).max(-right), ((bx + 1) * columns / across).min(columns - right));
        if top >= bottom || left >= end {
            return 0.0;
        }
        let (mut both, mut here) = (0.0, 0.0);
        for (x, y, a) in &reference.cells[block] {
            if (left..end).contains(x) && (top..bottom).contains(y) {
                let b = self.field[((y + down) * columns + x + right) as usize];
                both += a.0 * b.0 + a.1 * b.1;
                here += a.0 * a.0 + a.1 * a.1;
            }
        }
        let corner = |x: i32, y: i32| self.strength[((y + down) * (columns + 1) + x + right) as usize];
        let there = corner(end, bottom) - corner(left, bottom) - corner(end, top) + corner(left, top);
        // With hardly an edge left of either, nothing agrees.
        if here.min(there) < 1.0 { 0.0 } else { both / (here * there).sqrt() }
    }

    fn middle(&self, block: usize) -> (f32, f32) {
        let (x, y) = ((block % BLOCKS.0) as f32 + 0.5, (block / BLOCKS.0) as f32 + 0.5);
        let (columns, rows) = (self.columns as f32, self.rows as f32);
        (x * columns / BLOCKS.0 as f32 - columns / 2.0, y * rows / BLOCKS.1 as f32 - rows / 2.0)
    }
}

/// See [`Edges::strength`].
fn strength(field: &[(f32, f32)], columns: usize, rows: usize) -> Vec<f32> {
    let wide = columns + 1;
    let mut sums = vec![0.0; wide * (rows + 1)];
    for y in 0..rows {
        let mut line = 0.0;
        for x in 0..columns {
            let vector = field[y * columns + x];
            line += vector.0 * vector.0 + vector.1 * vector.1;
            sums[(y + 1) * wide + x + 1] = sums[y * wide + x + 1] + line;
        }
    }
    sums
}

/// Where between -½ and ½ the parabola through three points is highest.
fn vertex(before: f32, at: f32, after: f32) -> f32 {
    let bend = before - 2.0 * at + after;
    if bend >= -1e-6 { 0.0 } else { ((before - after) / (2.0 * bend)).clamp(-0.5, 0.5) }
}

impl Motion {
    /// The motion that most blocks agree on, and how many do.
    fn of_most(blocks: &[Shifted]) -> Option<(Self, usize)> {
        let mut most: Option<(Self, usize)> = None;
        for (at, first) in blocks.iter().enumerate() {
            for second in &blocks[at + 1..] {
                let Some(motion) = Self::of(&[*first, *second]) else { continue };
                let agree = blocks.iter().filter(|block| motion.explains(block)).count();
                if most.is_none_or(|(_, before)| agree > before) {
                    most = Some((motion, agree));
                }
            }
        }
        let (motion, _) = most?;
        let agreeing: Vec<Shifted> = blocks.iter().filter(|block| motion.explains(block)).copied().collect();
        Some((Self::of(&agreeing)?, agreeing.len()))
    }

    /// The best fit of all of them; None for one that no camera's mount makes.
    fn of(blocks: &[Shifted]) -> Option<Self> {
        let count = blocks.len() as f32;
        let mean = |value: fn(&Shifted) -> f32| blocks.iter().map(value).sum::<f32>() / count;
        let (x, y) = (mean(|b| b.at.0), mean(|b| b.at.1));
        let (right, down) = (mean(|b| b.by.0), mean(|b| b.by.1));
        let (mut along, mut around, mut spread) = (0.0, 0.0, 0.0);
        for block in blocks {
            let (dx, dy) = (block.at.0 - x, block.at.1 - y);
            let (dr, dd) = (block.by.0 - right, block.by.1 - down);
            along += dx * dr + dy * dd;
            around += dx * dd - dy * dr;
            spread += dx * dx + dy * dy;
        }
        if spread < 1.0 {
            return None;
        }
        let (grow, turn) = (along / spread, around / spread);
        let shift = (right - grow * x + turn * y, down - turn * x - grow * y);
        (grow.abs() < 0.25 && turn.abs() < 0.35).then_some(Self { shift, grow, turn })
    }

    fn way(&self, (x, y): (f32, f32)) -> (f32, f32) {
        (self.shift.0 + self.grow * x - self.turn * y, self.shift.1 + self.turn * x + self.grow * y)
    }

    fn explains(&self, block: &Shifted) -> bool {
        let (right, down) = self.way(block.at);
        (right - block.by.0).hypot(down - block.by.1) <= ASTRAY
    }

    /// How far the picture's points go (root mean square).
    fn mean_way(&self, width: f32, height: f32) -> f32 {
        let around =
            (self.grow * self.grow + self.turn * self.turn) * (width * width + height * height) / 12.0;
        (self.shift.0 * self.shift.0 + self.shift.1 * self.shift.1 + around).sqrt()
    }
}
