//! A file's fragments as far as they are known, and the `moov` behind them.

use std::num::NonZeroU32;

use shiguredo_mp4::boxes::{CttsBox, CttsEntry, StblBox, StcoBox, StscEntry, StssBox, StszBox, SttsBox};
use shiguredo_mp4::{Either, Encode};

use super::sound::{SoundFormat, SoundRun};
use super::track::{Told, Track, empty_table};
use super::{FormError, Fragment, MAX_FILE_BYTES, Sample, file_type, plain_box};

/// Samples of a file and track, at 60 pictures a second over nine hours.
const MAX_SAMPLES: usize = 2_000_000;

/// A file's fragments as far as they are known: all that its close is derived from.
#[derive(Clone, Debug)]
pub struct Movie {
    track: Track,
    chunks: Vec<Chunk>,
    samples: usize,
    sound: Vec<SoundChunk>,
    packets: usize,
    /// So much at the start of the sound is not heard, besides what the encoder put there.
    unheard: u64,
}

/// One fragment's pictures, and where their bytes are.
#[derive(Clone, Debug)]
struct Chunk {
    offset: u32,
    decode_time: u64,
    shown_at: u64,
    samples: Vec<Sample>,
}

/// One fragment's sound, and where its bytes are.
#[derive(Clone, Debug)]
struct SoundChunk {
    offset: u32,
    run: SoundRun,
}

impl Movie {
    pub fn new(track: Track) -> Self {
        Self { track, chunks: Vec::new(), samples: 0, sound: Vec::new(), packets: 0, unheard: 0 }
    }

    pub fn track(&self) -> &Track {
        &self.track
    }

    pub fn fragments(&self) -> u32 {
        self.chunks.len() as u32
    }

    pub fn frames(&self) -> u64 {
        self.samples as u64
    }

    /// Adds the next fragment, whose samples' bytes begin at `offset` of the file. Refused is one
    /// that does not follow the one before, or has sound in a file without.
    pub fn push(&mut self, fragment: &Fragment, offset: u64) -> Result<(), FormError> {
        let last = self.chunks.last().map(Chunk::last_decode_time);
        let at_start = last.is_some() || fragment.decode_time == 0;
        let in_order = fragment.number == self.fragments() + 1;
        let samples = self.samples + fragment.samples.len();
        if !at_start || !comes_after(fragment.decode_time, last) || !in_order || samples > MAX_SAMPLES {
            return Err(FormError::Foreign);
        }
        let place = |offset: u64| u32::try_from(offset).ok().filter(|_| offset <= MAX_FILE_BYTES);
        let sound = match &fragment.sound {
            Some(run) => {
                let offset = place(offset + fragment.picture_bytes()).ok_or(FormError::Foreign)?;
                Some(SoundChunk { offset, run: self.sound_that_follows(run)? })
            }
            None => None,
        };
        let offset = place(offset).ok_or(FormError::Foreign)?;
        self.samples = samples;
        self.packets += sound.as_ref().map_or(0, |sound| sound.run.samples.len());
        self.sound.extend(sound);
        self.chunks.push(Chunk {
            offset,
            decode_time: fragment.decode_time,
            shown_at: fragment.shown_at(),
            samples: fragment.samples.clone(),
        });
        Ok(())
    }

    /// Adds a fragment of a longer file; this one begins with `first` of it. Sound of before its pictures is
    /// there, as it belongs to the fragment, and not heard.
    pub fn push_of_longer(
        &mut self,
        fragment: &Fragment,
        first: &Fragment,
        offset: u64,
    ) -> Result<(), FormError> {
        self.unheard = self.track.sound_before(first);
        self.push(&self.track.moved_to_start(fragment, first), offset)
    }

    fn sound_that_follows(&self, run: &SoundRun) -> Result<SoundRun, FormError> {
        let last = self.sound.last().map(|chunk| chunk.run.last_decode_time());
        let known = self.track.sound().is_some();
        if !known || !comes_after(run.decode_time, last) || self.packets + run.samples.len() > MAX_SAMPLES {
            return Err(FormError::Foreign);
        }
        Ok(run.clone())
    }

    /// The header of the finished file whose fragments end at `end`: `ftyp`, an empty `free`, and the
    /// header of an `mdat` up to there. As long as [`Track::open_header`].
    pub fn closed_header(end: u64) -> Vec<u8> {
        let mut header = file_type();
        header.extend(plain_box(*b"free", &[]));
        let size = end.saturating_sub(header.len() as u64);
        header.extend(u32::try_from(size).unwrap_or(u32::MAX).to_be_bytes());
        header.extend(b"mdat");
        header
    }

    /// The `moov` behind the fragments.
    pub fn final_moov(&self) -> Vec<u8> {
        let sound = self.track.sound().filter(|_| !self.sound.is_empty());
        let sound = sound.map(|format| self.sound_told(format));
        self.track.moov(self.pictures_told(), sound).encode_to_vec().expect("every mandatory field is set")
    }

    fn pictures_told(&self) -> Told {
        let samples = || self.chunks.iter().flat_map(|chunk| &chunk.samples);
        let spans = self.chunks.iter().map(|chunk| {
            let durations = chunk.samples.iter().map(|sample| sample.duration);
            (chunk.decode_time, chunk.last_decode_time(), durations)
        });
        let mut table = self.track.empty_table();
        let duration = set_times(&mut table, spans);
        table.ctts_box = samples().any(|sample| sample.shown_after != 0).then(|| showing_offsets(samples()));
        table.stsz_box = StszBox::Variable { entry_sizes: samples().map(|sample| sample.size).collect() };
        set_chunks(&mut table, self.chunks.iter().map(|chunk| (chunk.offset, chunk.samples.len())));
        let numbers =
            samples().zip(1..).filter(|(sample, _)| sample.key).filter_map(|(_, n)| NonZeroU32::new(n));
        table.stss_box = Some(StssBox { sample_numbers: numbers.collect() });
        let begins = self.chunks.first().map_or(0, |chunk| chunk.shown_at);
        Told { duration, begins, after: 0, table }
    }

    fn sound_told(&self, format: &SoundFormat) -> Told {
        let runs = || self.sound.iter().map(|chunk| &chunk.run);
        let spans = runs().map(|run| {
            let durations = run.samples.iter().map(|sample| sample.duration);
            (run.decode_time, run.last_decode_time(), durations)
        });
        let mut table = empty_table(format.entry());
        let duration = set_times(&mut table, spans);
        let sizes = runs().flat_map(|run| &run.samples).map(|sample| sample.size);
        table.stsz_box = StszBox::Variable { entry_sizes: sizes.collect() };
        set_chunks(&mut table, self.sound.iter().map(|chunk| (chunk.offset, chunk.run.samples.len())));
        let after = runs().next().map_or(0, |run| format.to_movie(run.decode_time));
        Told { duration, begins: format.pre_skip().saturating_add(self.unheard), after, table }
    }
}

impl Chunk {
    fn last_decode_time(&self) -> u64 {
        let before = self.samples.len().saturating_sub(1);
        self.samples
            .iter()
            .take(before)
            .fold(self.decode_time, |time, s| time.saturating_add(s.duration.into()))
    }
}

/// Whether a run may begin then, if the last sample of the one before begins at `last`.
fn comes_after(time: u64, last: Option<u64>) -> bool {
    let step = time.checked_sub(last.unwrap_or(0));
    step.is_some_and(|step| (step > 0 || last.is_none()) && u32::try_from(step).is_ok())
}

/// Of each sample the ticks until the next one begins; gives their sum. Each run is when it begins,
/// when its last sample does, and the durations. The last sample of a run lasts until the next run,
/// whatever was believed when it was written.
fn set_times(table: &mut StblBox, runs: impl Iterator<Item = (u64, u64, impl Iterator<Item = u32>)>) -> u64 {
    let mut durations: Vec<u32> = Vec::new();
    let mut before = None;
    for (time, last, samples) in runs {
        if let (Some(before), Some(duration)) = (before, durations.last_mut()) {
            *duration = u32::try_from(time.saturating_sub(before)).unwrap_or(u32::MAX);
        }
        durations.extend(samples);
        before = Some(last);
    }
    let sum = durations.iter().map(|ticks| u64::from(*ticks)).sum();
    table.stts_box = SttsBox::from_sample_deltas(durations).expect("fewer samples than MAX_SAMPLES");
    sum
}

/// Where the chunks are and how many samples each has.
fn set_chunks(table: &mut StblBox, chunks: impl Iterator<Item = (u32, usize)> + Clone) {
    let offsets = chunks.clone().map(|(offset, _)| offset);
    table.stco_or_co64_box = Either::A(StcoBox { chunk_offsets: offsets.collect() });
    let mut entries: Vec<StscEntry> = Vec::new();
    for ((_, samples), number) in chunks.zip(1..) {
        let count = samples as u32;
        if entries.last().is_none_or(|last| last.sample_per_chunk != count) {
            entries.push(StscEntry {
                first_chunk: NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN),
                sample_per_chunk: count,
                sample_description_index: NonZeroU32::MIN,
            });
        }
    }
    table.stsc_box.entries = entries;
}

fn showing_offsets<'a>(samples: impl Iterator<Item = &'a Sample>) -> CttsBox {
    let mut entries: Vec<CttsEntry> = Vec::new();
    for sample in samples {
        let offset = i64::from(sample.shown_after);
        match entries.last_mut() {
            Some(last) if last.sample_offset == offset => last.sample_count += 1,
            _ => entries.push(CttsEntry { sample_count: 1, sample_offset: offset }),
        }
    }
    let version = u8::from(entries.iter().any(|entry| entry.sample_offset < 0));
    CttsBox { version, entries }
}
