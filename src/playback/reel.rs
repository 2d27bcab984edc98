//! One file of video inside a part, read a fragment at a time.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use super::Stretch;
use crate::archive::zip::{self, Entry, Window};
use crate::recording::index::{Index, Line, MAX_INDEX_BYTES};
use crate::recording::mp4::{Fragment, MAX_FRAGMENT_BYTES, TICKS, Track};

/// Why there is no picture where one should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlayError {
    #[error("the part can't be read: {0}")]
    Unreadable(String),
    /// It is not what this program writes, or damaged.
    #[error("the video is damaged")]
    Damaged,
}

impl From<io::Error> for PlayError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// An open file of video.
#[derive(Debug)]
pub struct Reel {
    part: File,
    video: Entry,
    index: Index,
    track: Track,
}

/// The pictures of a fragment, in the order of decoding.
#[derive(Debug)]
pub struct Pictures {
    bytes: Vec<u8>,
    pub shots: Vec<Shot>,
}

/// One coded picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shot {
    /// UTC ms at which it is shown.
    pub at_ms: i64,
    /// None of it and of those after it in this fragment is shown before, UTC ms.
    pub first_left_ms: i64,
    nals: Range<usize>,
}

impl Reel {
    pub fn open(stretch: &Stretch) -> Result<Self, PlayError> {
        let mut part = File::open(&stretch.part)?;
        let entries = match zip::read(&mut part) {
            Ok(entries) => entries,
            // What else is wrong with the part stands in the verdict; the video may still be seen.
            Err(_) => zip::salvage(&mut part)?,
        };
        // All of a part stands in one folder.
        let is =
            |entry: &Entry, name: &str| entry.name.as_str().split_once('/').is_some_and(|(_, at)| at == name);
        let entry = |name: &str| entries.iter().find(|entry| is(entry, name));
        let video = entry(&stretch.file).ok_or(PlayError::Damaged)?.clone();
        let index_name = stretch.file.strip_suffix(".mp4").map(|name| format!("{name}.idx"));
        let index = index_name.and_then(|name| entry(&name).cloned()).ok_or(PlayError::Damaged)?;
        if index.bytes > MAX_INDEX_BYTES {
            return Err(PlayError::Damaged);
        }
        let mut bytes = Vec::new();
        Window::new(&part, &index).read_to_end(&mut bytes)?;
        // Lines after a fault are lost, those before it are not.
        let (index, _) = Index::parse_prefix(&bytes);
        let initial = index.lines().first().ok_or(PlayError::Damaged)?.clone();
        let moov = span(&part, &video, &initial)?;
        let (track, _) = Track::read(&mut moov.as_slice()).map_err(|_| PlayError::Damaged)?;
        Ok(Self { part, video, index, track })
    }

    /// Its sequence and picture parameter sets.
    pub fn parameter_sets(&self) -> (&[u8], &[u8]) {
        self.track.parameter_sets()
    }

    /// Its fragments, in the order of time.
    pub fn fragments(&self) -> &[Line] {
        self.index.fragments()
    }

    /// The fragment that shows this moment: the last that has begun by then, or the first.
    pub fn fragment_at(&self, at_ms: i64) -> usize {
        self.fragments().partition_point(|line| line.utc_ms <= at_ms).saturating_sub(1)
    }

    /// Reads a fragment's pictures.
    pub fn pictures(&self, fragment: usize) -> Result<Pictures, PlayError> {
        let line = self.fragments().get(fragment).ok_or(PlayError::Damaged)?;
        let bytes = span(&self.part, &self.video, line)?;
        let (fragment, head) = Fragment::read(&mut bytes.as_slice()).map_err(|_| PlayError::Damaged)?;
        Ok(Pictures { shots: shots(&fragment, head as usize, bytes.len())?, bytes })
    }
}

impl Pictures {
    /// NAL units behind their lengths.
    pub fn nals(&self, shot: &Shot) -> &[u8] {
        &self.bytes[shot.nals.clone()]
    }
}

fn span(part: &File, video: &Entry, line: &Line) -> Result<Vec<u8>, PlayError> {
    if line.length > MAX_FRAGMENT_BYTES {
        return Err(PlayError::Damaged);
    }
    let mut window = Window::new(part, video);
    window.seek(SeekFrom::Start(line.offset))?;
    let mut bytes = Vec::new();
    window.take(line.length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Where each picture stands in `length` bytes, and when it is shown.
fn shots(fragment: &Fragment, head: usize, length: usize) -> Result<Vec<Shot>, PlayError> {
    let first = i128::from(fragment.shown_at());
    let (mut decoded, mut at) = (i128::from(fragment.decode_time), head);
    let mut shots = Vec::with_capacity(fragment.samples.len());
    for sample in &fragment.samples {
        let after_ms = (decoded + i128::from(sample.shown_after) - first) * 1000 / i128::from(TICKS);
        let after_ms = i64::try_from(after_ms).map_err(|_| PlayError::Damaged)?;
        let at_ms = fragment.utc_ms.saturating_add(after_ms);
        let end = at.saturating_add(sample.size as usize);
        if end > length {
            return Err(PlayError::Damaged);
        }
        shots.push(Shot { at_ms, first_left_ms: at_ms, nals: at..end });
        decoded += i128::from(sample.duration);
        at = end;
    }
    let mut left = i64::MAX;
    for shot in shots.iter_mut().rev() {
        left = left.min(shot.at_ms);
        shot.first_left_ms = left;
    }
    Ok(shots)
}
