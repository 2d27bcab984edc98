//! The pictures of one camera, decoded on the way to any moment.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::sync::Arc;

use super::reel::{Pictures, PlayError, Reel};
use super::{Footage, Stretch};
use crate::recording::encode::Decoder;
use crate::recording::picture::I420;

/// Which of the pictures beside this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Back,
    Ahead,
}

/// One camera's video, and the picture that it shows now.
pub struct Projector {
    footage: Footage,
    threaded: Option<Threaded>,
    shown: Option<(i64, Arc<I420>)>,
}

/// A reel, and how far it is decoded.
struct Threaded {
    stretch: usize,
    reel: Reel,
    fragment: usize,
    pictures: Pictures,
    /// The shot of `pictures` that is decoded next.
    next: usize,
    decoder: Decoder,
    /// When the pictures that the decoder still holds are shown.
    held: BinaryHeap<Reverse<i64>>,
    /// Decoded, and not shown yet.
    ready: VecDeque<(i64, I420)>,
}

impl Projector {
    pub fn new(footage: Footage) -> Self {
        Self { footage, threaded: None, shown: None }
    }

    pub fn footage(&self) -> &Footage {
        &self.footage
    }

    /// The picture on show, and the UTC ms that it was taken at.
    pub fn shown(&self) -> Option<(i64, &Arc<I420>)> {
        self.shown.as_ref().map(|(at_ms, picture)| (*at_ms, picture))
    }

    /// The stretch of video that shows this moment.
    pub fn stretch_at(&self, at_ms: i64) -> Option<&Stretch> {
        self.footage.at(at_ms).map(|at| &self.footage.stretches[at])
    }

    /// Shows the last picture taken by `at_ms`; nothing where there is no video. With `keys_only` it is
    /// the key frame before, which costs one picture to decode.
    pub fn show(&mut self, at_ms: i64, keys_only: bool) -> Result<(), PlayError> {
        let outcome = self.wind(at_ms, keys_only);
        if outcome.is_err() {
            self.shown = None;
            self.threaded = None;
        }
        outcome
    }

    fn wind(&mut self, at_ms: i64, keys_only: bool) -> Result<(), PlayError> {
        let Some(stretch) = self.footage.at(at_ms) else {
            // Whoever comes back to where it was wants to see that picture again.
            (self.shown, self.threaded) = (None, None);
            return Ok(());
        };
        if self.threaded.as_ref().is_none_or(|threaded| threaded.stretch != stretch) {
            self.shown = None;
            let reel = Reel::open(&self.footage.stretches[stretch])?;
            let key = key_before(&reel, reel.fragment_at(at_ms));
            self.threaded = Some(Threaded::at(stretch, reel, key)?);
        }
        let threaded = self.threaded.as_mut().expect("it was just put there");
        let wanted = threaded.reel.fragment_at(at_ms);
        let key = key_before(&threaded.reel, wanted);
        let behind = self.shown.as_ref().is_some_and(|(shown_ms, _)| *shown_ms > at_ms);
        if behind || threaded.fragment < key || threaded.fragment > wanted {
            threaded.rewind(key)?;
        }
        let (last, until_ms) = if keys_only { (key, threaded.first_ms()) } else { (wanted, at_ms) };
        if let Some((shown_ms, picture)) = threaded.decode(last, until_ms)? {
            self.shown = Some((shown_ms, Arc::new(picture)));
        }
        Ok(())
    }

    /// When the picture before or after this moment was taken, over holes too; none at either end.
    pub fn beside(&self, at_ms: i64, direction: Direction) -> Result<Option<i64>, PlayError> {
        let stretches = &self.footage.stretches;
        let is_near = |stretch: &Stretch| match direction {
            Direction::Back => stretch.from_ms < at_ms,
            Direction::Ahead => stretch.to_ms > at_ms,
        };
        let mut near: Vec<usize> = (0..stretches.len()).filter(|at| is_near(&stretches[*at])).collect();
        if direction == Direction::Back {
            near.reverse();
        }
        for stretch in near {
            let threaded = self.threaded.as_ref().filter(|threaded| threaded.stretch == stretch);
            let opened;
            let reel = match threaded {
                Some(threaded) => &threaded.reel,
                None => {
                    opened = Reel::open(&stretches[stretch])?;
                    &opened
                }
            };
            let at = reel.fragment_at(at_ms);
            let fragments: Vec<usize> = match direction {
                Direction::Back => (0..=at).rev().take(2).collect(),
                Direction::Ahead => (at..reel.fragments().len()).take(2).collect(),
            };
            for fragment in fragments {
                let pictures = reel.pictures(fragment)?;
                let times = pictures.shots.iter().map(|shot| shot.at_ms);
                let found = match direction {
                    Direction::Back => times.filter(|time| *time < at_ms).max(),
                    Direction::Ahead => times.filter(|time| *time > at_ms).min(),
                };
                if found.is_some() {
                    return Ok(found);
                }
            }
        }
        Ok(None)
    }
}

/// The last fragment up to this one that begins with a key frame.
fn key_before(reel: &Reel, fragment: usize) -> usize {
    let fragments = reel.fragments();
    let until = &fragments[..fragments.len().min(fragment + 1)];
    until.iter().rposition(|line| line.key).unwrap_or(0)
}

impl Threaded {
    fn at(stretch: usize, reel: Reel, fragment: usize) -> Result<Self, PlayError> {
        let pictures = reel.pictures(fragment)?;
        let decoder = Decoder::new().map_err(|_| PlayError::Damaged)?;
        Ok(Self {
            stretch,
            reel,
            fragment,
            pictures,
            next: 0,
            decoder,
            held: BinaryHeap::new(),
            ready: VecDeque::new(),
        })
    }

    /// Goes to the beginning of a fragment that begins with a key frame.
    fn rewind(&mut self, fragment: usize) -> Result<(), PlayError> {
        self.pictures = self.reel.pictures(fragment)?;
        self.decoder = Decoder::new().map_err(|_| PlayError::Damaged)?;
        self.fragment = fragment;
        self.next = 0;
        self.held.clear();
        self.ready.clear();
        Ok(())
    }

    /// When the first picture of the fragment is shown.
    fn first_ms(&self) -> i64 {
        self.pictures.shots.first().map_or(i64::MIN, |shot| shot.at_ms)
    }

    /// Decodes whatever is shown by `until_ms`, up to the end of `fragment`; gives the last of it.
    fn decode(&mut self, fragment: usize, until_ms: i64) -> Result<Option<(i64, I420)>, PlayError> {
        let mut shown = None;
        loop {
            while self.ready.front().is_some_and(|(at_ms, _)| *at_ms <= until_ms) {
                shown = self.ready.pop_front();
            }
            match self.pictures.shots.get(self.next) {
                Some(shot) if shot.first_left_ms <= until_ms => self.decode_next()?,
                None if self.fragment < fragment => {
                    self.pictures = self.reel.pictures(self.fragment + 1)?;
                    self.fragment += 1;
                    self.next = 0;
                }
                _ => return Ok(shown),
            }
        }
    }

    fn decode_next(&mut self) -> Result<(), PlayError> {
        let shot = &self.pictures.shots[self.next];
        let parameters = (self.next == 0).then(|| self.reel.parameter_sets());
        self.next += 1;
        self.held.push(Reverse(shot.at_ms));
        let nals = self.pictures.nals(shot);
        if let Some(picture) = self.decoder.decode(parameters, nals).map_err(|_| PlayError::Damaged)?
            && let Some(Reverse(at_ms)) = self.held.pop()
        {
            self.ready.push_back((at_ms, picture));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::playback::trial::{PICTURES, footage, is, time};

    fn projector() -> (tempfile::TempDir, Projector) {
        let folder = tempfile::tempdir().unwrap();
        let footage = footage(folder.path(), "101-1");
        (folder, Projector::new(footage))
    }

    #[test]
    fn every_moment_shows_its_own_picture_forwards_backwards_and_across() {
        let (_folder, mut projector) = projector();
        let ahead = (0..2).flat_map(|file| (0..PICTURES).map(move |n| (file, n)));
        let moments: Vec<_> =
            ahead.clone().chain(ahead.rev().step_by(7)).chain([(1, 3), (0, 59), (1, 58)]).collect();
        for (file, n) in moments {
            projector.show(time(file, n) + 40, false).unwrap();
            let (at_ms, picture) = projector.shown().unwrap();
            assert_eq!(at_ms, time(file, n));
            assert!(is(picture, file, n), "file {file}, picture {n}");
        }
    }

    #[test]
    fn where_there_is_no_video_there_is_no_picture() {
        let (_folder, mut projector) = projector();
        for at_ms in [time(0, 0) - 1, time(0, PICTURES), time(1, 0) - 1, time(1, PICTURES)] {
            projector.show(time(0, 30), false).unwrap();
            projector.show(at_ms, false).unwrap();
            assert_eq!(projector.shown(), None);
        }
    }

    #[test]
    fn of_key_frames_alone_the_one_before_is_shown() {
        let (_folder, mut projector) = projector();
        let mut shown = Vec::new();
        for n in 0..PICTURES {
            projector.show(time(0, n), true).unwrap();
            shown.push(projector.shown().unwrap().0 - time(0, 0));
        }
        shown.dedup();
        assert_eq!(shown, [0, 1_900, 3_800, 5_700]);
    }

    #[test]
    fn single_steps_go_over_fragments_and_holes_to_both_ends() {
        let (_folder, projector) = projector();
        let all: Vec<i64> = (0..2).flat_map(|file| (0..PICTURES).map(move |n| time(file, n))).collect();
        let walk = |from_ms: i64, direction| {
            let next = |at_ms: &i64| projector.beside(*at_ms, direction).unwrap();
            std::iter::successors(next(&from_ms), next).collect::<Vec<_>>()
        };
        assert_eq!(walk(all[0] - 1, Direction::Ahead), all);
        let back: Vec<i64> = all.iter().rev().copied().collect();
        assert_eq!(walk(time(1, PICTURES), Direction::Back), back);
    }

    #[test]
    fn a_damaged_fragment_is_told_and_those_behind_it_are_shown() {
        let (_folder, mut projector) = projector();
        let stretch = projector.footage().stretches[0].clone();
        let reel = Reel::open(&stretch).unwrap();
        let line = &reel.fragments()[1];
        let mut bytes = fs::read(&stretch.part).unwrap();
        let begin = bytes.windows(4).position(|four| four == b"ftyp").unwrap() - 4;
        let span = begin + line.offset as usize..begin + line.end() as usize;
        bytes[span.start + 70] ^= 1;
        fs::write(&stretch.part, &bytes).unwrap();
        let (lost_ms, after_ms) = (line.utc_ms, reel.fragments()[2].utc_ms);
        assert_eq!(projector.show(lost_ms + 200, false), Err(PlayError::Damaged));
        assert_eq!(projector.shown(), None);
        projector.show(after_ms, false).unwrap();
        assert_eq!(projector.shown().unwrap().0, after_ms);
        fs::remove_file(&stretch.part).unwrap();
        assert!(matches!(projector.show(time(1, 0), false), Err(PlayError::Unreadable(_))));
    }
}
