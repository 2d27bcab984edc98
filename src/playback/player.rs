//! Several cameras at one moment: jumps, single steps, and play at any speed, on a thread of its own.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;
use std::{io, mem};

use super::{Direction, Footage, PlayError, Projector};
use crate::clock::Clock;
use crate::point::CameraId;
use crate::recording::Preview;

/// How often pictures are renewed while it plays.
const TICK: Duration = Duration::from_millis(40);

/// How fast it plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    Half,
    #[default]
    Normal,
    Double,
    Four,
    Eight,
    Sixteen,
}

impl Speed {
    pub const ALL: [Self; 6] =
        [Self::Half, Self::Normal, Self::Double, Self::Four, Self::Eight, Self::Sixteen];

    /// Twice as many times as fast as it was recorded.
    pub fn halves(self) -> i64 {
        match self {
            Self::Half => 1,
            Self::Normal => 2,
            Self::Double => 4,
            Self::Four => 8,
            Self::Eight => 16,
            Self::Sixteen => 32,
        }
    }

    /// Faster than all pictures of several cameras can be decoded.
    fn shows_keys_only(self) -> bool {
        self.halves() > 8
    }
}

/// What is to be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The moment, UTC ms.
    pub at_ms: i64,
    pub plays: bool,
    pub speed: Speed,
    /// One for each camera that is looked at.
    pub cameras: Vec<Shown>,
}

/// One camera at that moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub camera: CameraId,
    /// The picture, and the UTC ms that it was taken at; none where there is no video.
    pub picture: Option<(i64, Arc<Preview>)>,
    /// The file it comes from is as it was recorded.
    pub intact: bool,
    pub trouble: Option<PlayError>,
}

/// A player that waits for orders. Dropping it ends its thread.
pub struct Player {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    orders: Mutex<Orders>,
    given: Condvar,
    seen: Mutex<Seen>,
}

/// What was asked for since it was last looked; the latest wins.
#[derive(Clone, Default)]
struct Orders {
    /// Something below was changed.
    fresh: bool,
    jump_ms: Option<i64>,
    /// Where the last jump leads, until that is seen.
    bound_ms: Option<i64>,
    /// Pictures ahead, or back.
    steps: i32,
    plays: bool,
    speed: Speed,
    cameras: Vec<CameraId>,
    /// Of a picture as it is shown, in pixels.
    width: u32,
    end: bool,
}

impl Player {
    /// At `at_ms`, paused, with these cameras' pictures `width` pixels wide. `wake` is called whenever
    /// there is something new to see.
    pub fn start(
        footage: Vec<Footage>,
        at_ms: i64,
        clock: Arc<dyn Clock>,
        wake: Box<dyn Fn() + Send>,
    ) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        lock(&shared.seen).at_ms = at_ms;
        let deck = Deck {
            projectors: footage.into_iter().map(Projector::new).collect(),
            at_ms,
            since_ms: clock.now().mono_ms,
            clock,
        };
        thread::Builder::new().name("player".to_owned()).spawn({
            let shared = Arc::clone(&shared);
            move || run(deck, &shared, &wake)
        })?;
        Ok(Self { shared })
    }

    /// What was seen last.
    pub fn seen(&self) -> Seen {
        lock(&self.shared.seen).clone()
    }

    /// Which cameras are looked at, and how wide.
    pub fn look(&self, cameras: &[CameraId], width: u32) {
        let asked = lock(&self.shared.orders);
        if asked.cameras != cameras || asked.width != width {
            drop(asked);
            self.order(|orders| (orders.cameras, orders.width) = (cameras.to_vec(), width));
        }
    }

    /// The moment that was jumped to, though its pictures may not be there yet; else the one that is seen.
    pub fn bound_for(&self) -> i64 {
        let bound_ms = lock(&self.shared.orders).bound_ms;
        bound_ms.unwrap_or_else(|| lock(&self.shared.seen).at_ms)
    }

    pub fn jump(&self, at_ms: i64) {
        self.order(|orders| {
            (orders.jump_ms, orders.bound_ms, orders.steps) = (Some(at_ms), Some(at_ms), 0);
        });
    }

    /// Shows the next picture of the first camera, or the one before, and stays there.
    pub fn step(&self, direction: Direction) {
        self.order(|orders| {
            orders.plays = false;
            orders.steps += if direction == Direction::Ahead { 1 } else { -1 };
        });
    }

    pub fn play(&self, plays: bool) {
        self.order(|orders| orders.plays = plays);
    }

    pub fn set_speed(&self, speed: Speed) {
        self.order(|orders| orders.speed = speed);
    }

    fn order(&self, change: impl FnOnce(&mut Orders)) {
        let mut orders = lock(&self.shared.orders);
        change(&mut orders);
        orders.fresh = true;
        self.shared.given.notify_one();
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        // Nobody waits for it: it may be reading from a slow medium.
        self.order(|orders| orders.end = true);
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn run(mut deck: Deck, shared: &Shared, wake: &dyn Fn()) {
    let mut seen = lock(&shared.seen).clone();
    loop {
        let orders = wait(shared);
        if orders.end {
            return;
        }
        // Nobody who looks at what was seen waits for the decoding.
        seen = deck.turn(&orders, &seen);
        lock(&shared.seen).clone_from(&seen);
        let mut next = lock(&shared.orders);
        if next.jump_ms.is_none() {
            next.bound_ms = None;
        }
        // It has come to the end, and nobody has asked for anything else meanwhile.
        if !next.fresh {
            next.plays = seen.plays;
        }
        drop(next);
        wake();
    }
}

/// Waits for an order, or for the next picture while it plays.
fn wait(shared: &Shared) -> Orders {
    let mut orders = lock(&shared.orders);
    if orders.plays && !orders.fresh {
        (orders, _) = shared.given.wait_timeout(orders, TICK).unwrap_or_else(PoisonError::into_inner);
    }
    while !orders.fresh && !orders.plays {
        orders = shared.given.wait(orders).unwrap_or_else(PoisonError::into_inner);
    }
    let taken = orders.clone();
    (orders.fresh, orders.jump_ms, orders.steps) = (false, None, 0);
    taken
}

/// The cameras, and where in the day they are.
struct Deck {
    projectors: Vec<Projector>,
    at_ms: i64,
    /// When `at_ms` was reached, by the monotonic clock.
    since_ms: u64,
    clock: Arc<dyn Clock>,
}

impl Deck {
    fn turn(&mut self, orders: &Orders, before: &Seen) -> Seen {
        let now_ms = self.clock.now().mono_ms;
        let passed_ms = now_ms.saturating_sub(mem::replace(&mut self.since_ms, now_ms));
        let mut plays = orders.plays;
        if let Some(at_ms) = orders.jump_ms {
            self.at_ms = at_ms;
        } else if plays && before.plays {
            self.at_ms +=
                i64::try_from(passed_ms).unwrap_or(i64::MAX).saturating_mul(orders.speed.halves()) / 2;
            plays = self.pass_over_holes(&orders.cameras);
        }
        self.step(orders);
        let keys_only = plays && orders.speed.shows_keys_only();
        let cameras = orders.cameras.iter().filter_map(|id| {
            let at = self.projectors.iter().position(|projector| projector.footage().camera == *id)?;
            let was = before.cameras.iter().find(|shown| shown.camera == *id);
            Some(shown(&mut self.projectors[at], self.at_ms, keys_only, orders.width, was))
        });
        Seen { cameras: cameras.collect(), at_ms: self.at_ms, plays, speed: orders.speed }
    }

    fn looked_at<'a>(&'a self, cameras: &'a [CameraId]) -> impl Iterator<Item = &'a Projector> {
        let looked_at = |projector: &&Projector| cameras.contains(&projector.footage().camera);
        self.projectors.iter().filter(looked_at)
    }

    /// Where no camera that is looked at has video, goes on where the next begins; false at the end.
    fn pass_over_holes(&mut self, cameras: &[CameraId]) -> bool {
        let at_ms = self.at_ms;
        if self.looked_at(cameras).any(|projector| projector.footage().at(at_ms).is_some()) {
            return true;
        }
        let stretches = self.looked_at(cameras).flat_map(|projector| &projector.footage().stretches);
        let next = stretches.map(|stretch| stretch.from_ms).filter(|from_ms| *from_ms > at_ms).min();
        let end =
            self.looked_at(cameras).filter_map(|projector| projector.footage().span()).map(|span| span.1);
        self.at_ms = next.or_else(|| end.max().map(|end_ms| end_ms - 1)).unwrap_or(at_ms);
        next.is_some()
    }

    fn step(&mut self, orders: &Orders) {
        let first = orders.cameras.first();
        let Some(projector) = self.projectors.iter().find(|found| Some(&found.footage().camera) == first)
        else {
            return;
        };
        let direction = if orders.steps > 0 { Direction::Ahead } else { Direction::Back };
        for _ in 0..orders.steps.unsigned_abs() {
            // What can't be read is told by the picture that is missing.
            let Ok(Some(beside_ms)) = projector.beside(self.at_ms, direction) else { return };
            self.at_ms = beside_ms;
        }
    }
}

/// What a camera shows at this moment; a picture that was there before is not made again.
fn shown(projector: &mut Projector, at_ms: i64, keys_only: bool, width: u32, was: Option<&Shown>) -> Shown {
    let trouble = projector.show(at_ms, keys_only).err();
    let intact = projector.stretch_at(at_ms).is_none_or(|stretch| stretch.intact);
    let kept = was.and_then(|was| was.picture.clone());
    let picture = projector.shown().and_then(|(taken_ms, picture)| match kept {
        Some((kept_ms, kept)) if kept_ms == taken_ms && kept.width == picture.width().min(width) & !1 => {
            Some((kept_ms, kept))
        }
        _ => picture.preview(width).ok().map(|preview| (taken_ms, Arc::new(preview))),
    });
    Shown { camera: projector.footage().camera.clone(), picture, intact, trouble }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::clock::SimulatedClock;
    use crate::playback::trial::{PICTURES, footage, time};

    const LIMIT: Duration = Duration::from_secs(60);

    struct Cinema {
        player: Player,
        clock: Arc<SimulatedClock>,
        woken: mpsc::Receiver<()>,
        cameras: Vec<CameraId>,
        _folder: tempfile::TempDir,
    }

    impl Cinema {
        fn open() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let footage: Vec<_> = ["101-1", "102-1"].map(|id| footage(folder.path(), id)).into();
            let cameras: Vec<_> = footage.iter().map(|footage| footage.camera.clone()).collect();
            let clock = Arc::new(SimulatedClock::new(0, 0));
            let (wake, woken) = mpsc::channel();
            let wake = Box::new(move || wake.send(()).unwrap_or_default());
            let player =
                Player::start(footage, time(0, 0), Arc::clone(&clock) as Arc<dyn Clock>, wake).unwrap();
            player.look(&cameras, 160);
            Self { player, clock, woken, cameras, _folder: folder }
        }

        /// Waits until this is seen.
        fn until(&self, wanted: impl Fn(&Seen) -> bool) -> Seen {
            loop {
                let seen = self.player.seen();
                if wanted(&seen) {
                    return seen;
                }
                self.woken.recv_timeout(LIMIT).unwrap_or_else(|_| panic!("{seen:?}"));
            }
        }
    }

    fn taken(seen: &Seen) -> Vec<Option<i64>> {
        seen.cameras.iter().map(|shown| shown.picture.as_ref().map(|(at_ms, _)| *at_ms)).collect()
    }

    #[test]
    fn all_cameras_show_the_same_moment() {
        let cinema = Cinema::open();
        cinema.player.jump(time(1, 20) + 30);
        let both = vec![Some(time(1, 20)); 2];
        cinema.until(|seen| taken(seen) == both);
        cinema.player.step(Direction::Ahead);
        cinema.player.step(Direction::Ahead);
        cinema.until(|seen| taken(seen) == [Some(time(1, 22)); 2]);
        // Jumps that follow each other add up, however long the pictures take.
        for _ in 0..3 {
            cinema.player.jump(cinema.player.bound_for() - 1_000);
        }
        assert_eq!(cinema.player.bound_for(), time(1, 22) - 3_000);
        cinema.until(|seen| seen.at_ms == time(1, 22) - 3_000);
        cinema.player.jump(time(1, 22));
        cinema.until(|seen| taken(seen) == [Some(time(1, 22)); 2]);
        cinema.player.step(Direction::Back);
        cinema.until(|seen| taken(seen) == [Some(time(1, 21)); 2]);
        cinema.player.look(&cinema.cameras[1..], 80);
        let seen = cinema.until(|seen| seen.cameras.len() == 1);
        assert_eq!(seen.cameras[0].picture.as_ref().unwrap().1.width, 80);
        cinema.player.jump(time(0, PICTURES) + 500);
        cinema.until(|seen| taken(seen) == [None]);
    }

    #[test]
    fn it_plays_as_fast_as_asked_over_the_hole_and_stops_at_the_end() {
        let cinema = Cinema::open();
        cinema.player.play(true);
        cinema.until(|seen| seen.plays);
        cinema.clock.advance(Duration::from_millis(1_000));
        cinema.until(|seen| taken(seen) == [Some(time(0, 10)); 2]);
        cinema.player.set_speed(Speed::Half);
        cinema.until(|seen| seen.speed == Speed::Half);
        cinema.clock.advance(Duration::from_millis(1_000));
        cinema.until(|seen| taken(seen) == [Some(time(0, 15)); 2]);
        cinema.player.set_speed(Speed::Four);
        cinema.until(|seen| seen.speed == Speed::Four);
        cinema.clock.advance(Duration::from_millis(1_200));
        cinema.until(|seen| taken(seen) == [Some(time(1, 0)); 2] && seen.plays);
        cinema.clock.advance(Duration::from_secs(60));
        cinema.until(|seen| taken(seen) == [Some(time(1, PICTURES - 1)); 2] && !seen.plays);
    }
}
