//! H.264 out of an `.mp4`, access unit by access unit, as it was coded.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use shiguredo_mp4::TrackKind;
use shiguredo_mp4::boxes::SampleEntry;
use shiguredo_mp4::demux::{DemuxError, Input, Mp4FileDemuxer};

use super::{bad, unreadable};
use crate::camera::pace::wait_until;
use crate::camera::{CameraError, Capture, Captured, CodedFrame, H264Parameters};
use crate::clock::Clock;

/// A `moov` longer than this is not read.
const MAX_MOOV_BYTES: usize = 64 * 1024 * 1024;
const MAX_SAMPLES: usize = 1_000_000;
/// An access unit longer than this is no picture of a camera.
const MAX_SAMPLE_BYTES: usize = 16 * 1024 * 1024;

pub struct Mp4File {
    path: PathBuf,
    file: File,
    clock: Arc<dyn Clock>,
    parameters: H264Parameters,
    samples: Vec<Sample>,
    next: usize,
    /// When the running round began, by the monotonic clock.
    round_ms: u64,
    round: u64,
}

/// Where an access unit stands in the file, and when it is decoded and shown, in 1/90000 s.
#[derive(Clone, Copy, Debug)]
struct Sample {
    offset: u64,
    size: usize,
    decode_90k: u64,
    duration_90k: u64,
    pts_90k: i64,
}

impl Mp4File {
    pub fn open(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, CameraError> {
        let mut file = File::open(path).map_err(|error| unreadable(path, error))?;
        let (parameters, samples) = read_track(path, &mut file)?;
        let round_ms = clock.now().mono_ms;
        Ok(Self { path: path.to_owned(), file, clock, parameters, samples, next: 0, round_ms, round: 0 })
    }

    fn read(&mut self, sample: Sample) -> Result<Vec<u8>, CameraError> {
        let mut nals = vec![0; sample.size];
        let read =
            self.file.seek(SeekFrom::Start(sample.offset)).and_then(|_| self.file.read_exact(&mut nals));
        read.map_err(|error| unreadable(&self.path, error))?;
        Ok(nals)
    }
}

impl Capture for Mp4File {
    fn next(&mut self, timeout: Duration) -> Result<Option<Captured>, CameraError> {
        let Some(sample) = self.samples.get(self.next).copied() else {
            return Err(bad(&self.path, "no pictures"));
        };
        if !wait_until(&*self.clock, self.round_ms + sample.decode_90k / 90, timeout) {
            return Ok(None);
        }
        let nals = self.read(sample)?;
        let key = key_of(&nals).ok_or_else(|| bad(&self.path, "a broken access unit"))?;
        let frame = CodedFrame {
            arrived: self.clock.now(),
            pts_90k: sample.pts_90k,
            key,
            discontinuity: self.next == 0 && self.round > 0,
            nals,
            parameters: (self.next == 0 && self.round == 0).then(|| self.parameters.clone()),
        };
        self.next += 1;
        if self.next == self.samples.len() {
            self.next = 0;
            self.round += 1;
            self.round_ms += sample.decode_90k.saturating_add(sample.duration_90k).div_ceil(90).max(1);
        }
        Ok(Some(Captured::Coded(frame)))
    }

    fn detail(&self) -> String {
        format!("H.264 {}x{}, {}", self.parameters.width, self.parameters.height, self.path.display())
    }
}

/// Whether an access unit holds an IDR picture; None if its NAL units do not fill it.
fn key_of(mut nals: &[u8]) -> Option<bool> {
    let mut key = false;
    while !nals.is_empty() {
        let (length, rest) = nals.split_first_chunk::<4>()?;
        let (nal, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        key |= nal.first()? & 0x1f == 5;
        nals = rest;
    }
    Some(key)
}

/// The first video track, which must be H.264.
fn read_track(path: &Path, file: &mut File) -> Result<(H264Parameters, Vec<Sample>), CameraError> {
    let length = file.metadata().map_err(|error| unreadable(path, error))?.len();
    let mut demuxer = Mp4FileDemuxer::new();
    while let Some(required) = demuxer.required_input() {
        // Without a size it wants everything to the end: a `moov` that says so is the last box.
        let size = required.size.map_or(length.saturating_sub(required.position), |size| size as u64);
        if size > MAX_MOOV_BYTES as u64 || required.position > length {
            return Err(bad(path, "no MP4"));
        }
        let mut data = Vec::new();
        file.seek(SeekFrom::Start(required.position)).map_err(|error| unreadable(path, error))?;
        file.take(size).read_to_end(&mut data).map_err(|error| unreadable(path, error))?;
        if (data.len() as u64) < size {
            return Err(bad(path, "no whole MP4"));
        }
        demuxer.handle_input(Input { position: required.position, data: &data });
    }
    let no_mp4 = |error: DemuxError| bad(path, error);
    let tracks = demuxer.tracks().map_err(no_mp4)?;
    let track = tracks.iter().find(|track| track.kind == TrackKind::Video);
    let track_id = track.ok_or_else(|| bad(path, "no video"))?.track_id;
    let mut parameters = None;
    let mut samples = Vec::new();
    while let Some(sample) = demuxer.next_sample().map_err(no_mp4)? {
        if sample.track.track_id != track_id {
            continue;
        }
        if let Some(entry) = sample.sample_entry {
            let found =
                parameters_of(entry).ok_or_else(|| CameraError::NotH264(path.display().to_string()))?;
            if parameters.replace(found).is_some() {
                return Err(bad(path, "parameters change"));
            }
        }
        let timescale = u64::from(sample.track.timescale.get());
        let to_90k = |ticks: u64| (u128::from(ticks) * 90_000 / u128::from(timescale)) as u64;
        let after = sample.composition_time_offset.unwrap_or(0);
        let shown = i128::from(sample.timestamp) + i128::from(after);
        let end = sample.data_offset.saturating_add(sample.data_size as u64);
        if sample.data_size > MAX_SAMPLE_BYTES || end > length || samples.len() == MAX_SAMPLES {
            return Err(bad(path, "samples outside the file"));
        }
        samples.push(Sample {
            offset: sample.data_offset,
            size: sample.data_size,
            decode_90k: to_90k(sample.timestamp),
            duration_90k: to_90k(sample.duration.into()),
            pts_90k: (shown * 90_000 / i128::from(timescale)) as i64,
        });
    }
    match parameters {
        Some(parameters) => Ok((parameters, samples)),
        None => Err(bad(path, "no pictures")),
    }
}

/// None if it is not H.264 with one parameter set of each kind and lengths of four bytes.
fn parameters_of(entry: &SampleEntry) -> Option<H264Parameters> {
    let SampleEntry::Avc1(avc1) = entry else { return None };
    let ([sps], [pps]) = (avc1.avcc_box.sps_list.as_slice(), avc1.avcc_box.pps_list.as_slice()) else {
        return None;
    };
    let four_bytes = avc1.avcc_box.length_size_minus_one.get() == 3;
    four_bytes.then(|| H264Parameters {
        width: avc1.visual.width.into(),
        height: avc1.visual.height.into(),
        sps: sps.clone(),
        pps: pps.clone(),
    })
}
