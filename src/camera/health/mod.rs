//! Health of the picture: frozen, black, overexposed, covered, blurred, moved away from its reference, slow.
//!
//! Pure: looks and their times in, findings out. Who walks through, a lamp switched on, clouds and the
//! sunrise are no findings; what lasts is.

mod condition;
mod look;
mod view;

use crate::clock::Stamp;
use crate::point::{Ailment, HealthRules};
use condition::{Condition, Turn, Verdict};
pub use look::Look;
use look::UNIT;
use view::Edges;

/// Looks are worth taking this often.
pub const LOOK_EVERY_MS: u64 = 500;
/// The view is held to the reference this often: that costs more than all else.
const VIEW_EVERY_MS: u64 = 2_000;
/// Cells darker or brighter than this hide whatever noise there is, in steps of luma.
const CLIPPED: (u32, u32) = (20, 230);
/// Cells that change by no more than this between two looks are the same, in 1/256 steps of luma: a sensor's
/// noise is more.
const SAME_CELL: u16 = 32;
/// A frozen picture may change in so many of a thousand cells: where the camera writes the time.
const CLOCK_PERMILLE: usize = 10;
/// Blown out, in steps of luma.
const BLOWN: u32 = 225;
/// With fewer blocks that show edges nothing is seen, whatever was seen before.
const BARE_BLOCKS: usize = 2;
/// Looks after which it is known what this camera usually shows.
const ACQUAINTED_LOOKS: u32 = 20;

/// What a look or the rate changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Has lasted since then.
    Began {
        ailment: Ailment,
        from_ms: i64,
    },
    Ended {
        ailment: Ailment,
        from_ms: i64,
        to_ms: i64,
    },
}

/// One camera's health. Instants go in order.
#[derive(Debug)]
pub struct Health {
    rules: HealthRules,
    reference: Option<(Look, Edges)>,
    before: Option<(Look, Stamp)>,
    /// Steps of luma by which cells change from look to look, at most a few.
    noise: i32,
    usual: Usual,
    /// When the view is held to the reference next, by the monotonic clock.
    view_at_ms: u64,
    conditions: [Condition; Ailment::ALL.len()],
}

/// What this camera shows when it is well.
#[derive(Clone, Copy, Debug, Default)]
struct Usual {
    looks: u32,
    /// Blocks that show edges, in thousandths.
    blocks_milli: u32,
    sharpness: Option<u32>,
}

impl Health {
    pub fn new(rules: HealthRules) -> Self {
        Self {
            rules,
            reference: None,
            before: None,
            noise: 0,
            usual: Usual::default(),
            view_at_ms: 0,
            conditions: Default::default(),
        }
    }

    /// From now on the view is held to this one, which a person approved.
    pub fn hold_to(&mut self, reference: Look) {
        let edges = Edges::of(&reference, least_edge(&reference, 0));
        self.usual = Usual {
            looks: ACQUAINTED_LOOKS,
            blocks_milli: edges.count() as u32 * 1000,
            sharpness: reference.sharpness,
        };
        self.reference = Some((reference, edges));
    }

    /// What stands now.
    pub fn standing(&self) -> impl Iterator<Item = Ailment> {
        Ailment::ALL
            .into_iter()
            .zip(&self.conditions)
            .filter(|(_, condition)| condition.stands())
            .map(|(a, _)| a)
    }

    /// Takes a look at a picture that arrived at `now`.
    pub fn look(&mut self, look: Look, now: Stamp) -> Vec<Finding> {
        self.learn_noise(&look);
        let edges = Edges::of(&look, least_edge(&look, self.noise));
        let blank = self.blank(&look, &edges);
        let (frozen, since) = self.frozen(&look, now);
        let clear = blank.iter().all(|(_, verdict)| *verdict != Verdict::Ails);
        let unless_blank = |verdict: Verdict| if clear { verdict } else { Verdict::Unknown };
        let mut findings = Vec::new();
        for (ailment, verdict) in blank {
            findings.extend(self.turn(ailment, verdict, (now, now)));
        }
        findings.extend(self.turn(Ailment::Frozen, unless_blank(frozen), (since, now)));
        let blurred = unless_blank(self.blurred(&look));
        findings.extend(self.turn(Ailment::Blurred, blurred, (now, now)));
        if let Some((_, reference)) = self.reference.as_ref().filter(|_| now.mono_ms >= self.view_at_ms) {
            let moved = match clear && blurred != Verdict::Ails {
                true => edges.moved_from(reference, self.rules.moved_permille),
                false => Verdict::Unknown,
            };
            self.view_at_ms = now.mono_ms + VIEW_EVERY_MS;
            findings.extend(self.turn(Ailment::Moved, moved, (now, now)));
        }
        if clear && blurred != Verdict::Ails {
            self.learn_usual(&look, &edges);
        }
        self.before = Some((look, now));
        findings
    }

    /// Takes the rate at which frames come, against the one that was asked for, in thousandths a second.
    pub fn rate(&mut self, milli: u32, asked_milli: u32, now: Stamp) -> Option<Finding> {
        let share = u64::from(milli) * 100;
        let verdict = match u64::from(asked_milli) * u64::from(self.rules.slow_percent) {
            limit if share < limit => Verdict::Ails,
            _ => Verdict::Well,
        };
        self.turn(Ailment::Slow, verdict, (now, now))
    }

    /// No picture comes any more: what stood stood until then.
    pub fn end(&mut self, now: Stamp) -> Vec<Finding> {
        let until = self.before.take().map_or(now, |(_, at)| at);
        let ended = Ailment::ALL.into_iter().zip(&mut self.conditions);
        ended.filter_map(|(ailment, condition)| finding(ailment, condition.end(until)?)).collect()
    }

    fn turn(&mut self, ailment: Ailment, verdict: Verdict, times: (Stamp, Stamp)) -> Option<Finding> {
        let patience = (self.rules.patience_ms(ailment), self.rules.well_ms());
        let condition = &mut self.conditions[ailment as usize];
        finding(ailment, condition.look(verdict, times, patience)?)
    }

    /// The ways to see nothing, of which one at most ails.
    fn blank(&self, look: &Look, edges: &Edges) -> [(Ailment, Verdict); 3] {
        let cells = look.cells.len();
        let count = |is: &dyn Fn(u32) -> bool| {
            look.cells.iter().filter(|cell| is(u32::from(**cell) / UNIT as u32)).count()
        };
        let black = count(&|luma| luma < self.rules.black_luma) * 20 >= cells * 19;
        let percent = self.rules.overexposed_percent as usize;
        let blown = count(&|luma| luma >= BLOWN) * 100;
        // It takes less to go on than to begin.
        let enough = if self.condition(Ailment::Overexposed).stands() { percent * 4 / 5 } else { percent };
        let overexposed = !black && blown >= cells * enough;
        let left = edges.count();
        let usual = self.usual.blocks_milli as usize * self.rules.covered_percent as usize / 100_000;
        let bare = match (self.usual.looks >= ACQUAINTED_LOOKS, &self.reference) {
            (true, Some(_)) => usual,
            (true, None) => usual.max(BARE_BLOCKS),
            (false, _) => BARE_BLOCKS,
        };
        let covered = if black || overexposed {
            Verdict::Unknown
        } else if left <= bare {
            Verdict::Ails
        } else if left <= bare * 3 / 2 {
            Verdict::Unknown
        } else {
            Verdict::Well
        };
        let verdict = |ails: bool| if ails { Verdict::Ails } else { Verdict::Well };
        [
            (Ailment::Black, verdict(black)),
            (Ailment::Overexposed, verdict(overexposed)),
            (Ailment::Covered, covered),
        ]
    }

    /// Whether nothing changed since the look before, and since when then.
    fn frozen(&self, look: &Look, now: Stamp) -> (Verdict, Stamp) {
        let Some((before, at)) = self.before.as_ref().filter(|(before, _)| before.same_size(look)) else {
            return (Verdict::Unknown, now);
        };
        let shows = |cell: u16| (CLIPPED.0..CLIPPED.1).contains(&(u32::from(cell) / UNIT as u32));
        let pairs = look.cells.iter().zip(&before.cells).filter(|(a, b)| shows(**a) || shows(**b));
        let (mut cells, mut changed) = (0, 0);
        for (a, b) in pairs {
            cells += 1;
            changed += usize::from(a.abs_diff(*b) > SAME_CELL);
        }
        if cells * 50 < look.cells.len() {
            return (Verdict::Unknown, now);
        }
        let same = changed * 1000 <= cells * CLOCK_PERMILLE;
        (if same { Verdict::Ails } else { Verdict::Well }, if same { *at } else { now })
    }

    fn blurred(&self, look: &Look) -> Verdict {
        let (Some(usual), Some(sharpness)) = (self.usual.sharpness, look.sharpness) else {
            return Verdict::Unknown;
        };
        let percent = sharpness * 100;
        match usual * self.rules.blurred_percent {
            limit if percent < limit => Verdict::Ails,
            limit if percent < limit * 11 / 10 => Verdict::Unknown,
            _ => Verdict::Well,
        }
    }

    /// Half of the cells hardly change but for noise, whoever walks.
    fn learn_noise(&mut self, look: &Look) {
        let Some((before, _)) = self.before.as_ref().filter(|(before, _)| before.same_size(look)) else {
            return;
        };
        let mut changes: Vec<u16> =
            look.cells.iter().zip(&before.cells).map(|(a, b)| a.abs_diff(*b)).collect();
        let at = changes.len() / 2;
        let median = i32::from(*changes.select_nth_unstable(at).1) / UNIT;
        self.noise = median.min(4);
    }

    /// Follows what the camera shows: quickly at first, then over minutes; a blur that creeps in is not
    /// taken for usual while it is suspected.
    fn learn_usual(&mut self, look: &Look, edges: &Edges) {
        let held = self.reference.is_some();
        let usual = &mut self.usual;
        let pace = usual.looks.clamp(1, 600);
        usual.looks = usual.looks.saturating_add(1);
        if held {
            return;
        }
        let towards =
            |old: u32, new: u32| (u64::from(old) * u64::from(pace - 1) + u64::from(new)) / u64::from(pace);
        usual.blocks_milli = towards(usual.blocks_milli, edges.count() as u32 * 1000) as u32;
        if let Some(sharpness) = look.sharpness {
            let old = usual.sharpness.unwrap_or(sharpness);
            usual.sharpness = Some(towards(old, sharpness) as u32);
        }
    }

    fn condition(&self, ailment: Ailment) -> &Condition {
        &self.conditions[ailment as usize]
    }
}

fn finding(ailment: Ailment, turn: Turn) -> Option<Finding> {
    Some(match turn {
        Turn::Began(from) => Finding::Began { ailment, from_ms: from.utc_ms },
        Turn::Ended(from, to) => Finding::Ended { ailment, from_ms: from.utc_ms, to_ms: to.utc_ms },
    })
}

/// What an edge has to change at least, in steps of luma: less in the dark, more above noise.
fn least_edge(look: &Look, noise: i32) -> i32 {
    (look.mean() as i32 / 12).clamp(4, 8).max(noise * 5)
}
