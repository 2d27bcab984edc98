//! What stands around the fragments: the leading header, the initial `moov` and the final one.

use std::io::Read;
use std::num::NonZeroU32;
use std::time::Duration;

use shiguredo_mp4::bitstream::h264::{H264SampleEntryConfig, LengthSize, build_avc1_box};
use shiguredo_mp4::boxes::{
    Avc1Box, Brand, CttsBox, CttsEntry, DinfBox, EdtsBox, ElstBox, ElstEntry, FtypBox, HdlrBox, MdhdBox,
    MdiaBox, MediaHeader, MinfBox, MoovBox, MvexBox, MvhdBox, SampleEntry, StblBox, StcoBox, StscBox,
    StscEntry, StsdBox, StssBox, StszBox, SttsBox, TkhdBox, TrakBox, TrexBox, VmhdBox,
};
use shiguredo_mp4::{Decode, Either, Encode, FixedPointNumber, LanguageCode, Mp4FileTime, SampleFlags};

use super::{FormError, Fragment, MAX_FILE_BYTES, Sample, TICKS, TRACK_ID, plain_box, read_exact};
use crate::recording::index::Line;
use crate::signing::Digest;

/// No initial `moov` is longer: two parameter sets and little else.
const MAX_INITIAL_BYTES: u32 = 128 * 1024;
/// Samples of a file, at 60 a second over nine hours.
const MAX_SAMPLES: usize = 2_000_000;
/// From 1904-01-01, where ISO/IEC 14496-12 counts from, to the Unix epoch.
const MP4_TO_UNIX_S: u64 = 2_082_844_800;

/// What a file's one track is, fixed when the file is begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// When the file was begun, in seconds since the Unix epoch.
    pub created_s: u64,
    avc1: Avc1Box,
}

impl Track {
    /// A track of H.264 with these parameter sets (without length or start code). The size is what
    /// the sequence parameter set says.
    pub fn new(created_s: u64, sps: &[u8], pps: &[u8]) -> Result<Self, FormError> {
        let config = H264SampleEntryConfig { length_size: LengthSize::FourBytes };
        let avc1 = build_avc1_box(&[sps.to_vec()], &[pps.to_vec()], &config)
            .map_err(|error| FormError::Parameters(error.to_string()))?;
        Ok(Self { created_s, avc1 })
    }

    pub fn width(&self) -> u32 {
        self.avc1.visual.width.into()
    }

    pub fn height(&self) -> u32 {
        self.avc1.visual.height.into()
    }

    /// The sequence and the picture parameter set.
    pub fn parameter_sets(&self) -> (&[u8], &[u8]) {
        let avcc = &self.avc1.avcc_box;
        (avcc.sps_list.first().map_or(&[], Vec::as_slice), avcc.pps_list.first().map_or(&[], Vec::as_slice))
    }

    /// The header of a file that is being written: `ftyp`, and `free` with room for two box headers.
    pub fn open_header() -> Vec<u8> {
        let mut header = file_type();
        header.extend(plain_box(*b"free", &[0; 8]));
        header
    }

    /// The `moov` before the fragments.
    pub fn initial_moov(&self) -> Vec<u8> {
        let mut moov = self.moov(0, 0, empty_table(&self.avc1));
        moov.mvex_box = Some(MvexBox {
            mehd_box: None,
            trex_boxes: vec![TrexBox {
                track_id: TRACK_ID,
                default_sample_description_index: 1,
                default_sample_duration: 0,
                default_sample_size: 0,
                default_sample_flags: SampleFlags::empty(),
            }],
            unknown_boxes: Vec::new(),
        });
        moov.encode_to_vec().expect("every mandatory field is set")
    }

    /// The initial `moov`'s line in the index, if its `length` bytes from `offset` on have this hash.
    pub fn line(&self, offset: u64, length: u64, sha256: Digest) -> Line {
        Line {
            i: 0,
            offset,
            length,
            pts_ms: 0,
            utc_ms: i64::try_from(self.created_s).unwrap_or(i64::MAX).saturating_mul(1000),
            mono_ms: 0,
            duration_ms: 0,
            frames: 0,
            key: false,
            sha256,
        }
    }

    /// Reads an initial `moov`; the reader then stands behind it. Gives its length too.
    pub fn read(reader: &mut dyn Read) -> Result<(Self, u64), FormError> {
        let mut bytes = vec![0; 8];
        read_exact(reader, &mut bytes)?;
        let size = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        if !(8..=MAX_INITIAL_BYTES).contains(&size) || &bytes[4..] != b"moov" {
            return Err(FormError::Foreign);
        }
        bytes.resize(size as usize, 0);
        read_exact(reader, &mut bytes[8..])?;
        let (moov, _) = MoovBox::decode(&bytes).map_err(|_| FormError::Foreign)?;
        let track = Self::from_moov(&moov).ok_or(FormError::Foreign)?;
        if track.initial_moov() != bytes {
            return Err(FormError::Foreign);
        }
        Ok((track, bytes.len() as u64))
    }

    fn from_moov(moov: &MoovBox) -> Option<Self> {
        let [trak] = moov.trak_boxes.as_slice() else { return None };
        let [SampleEntry::Avc1(entry)] = trak.mdia_box.minf_box.stbl_box.stsd_box.entries.as_slice() else {
            return None;
        };
        let ([sps], [pps]) = (entry.avcc_box.sps_list.as_slice(), entry.avcc_box.pps_list.as_slice()) else {
            return None;
        };
        Self::new(moov.mvhd_box.creation_time.as_secs().checked_sub(MP4_TO_UNIX_S)?, sps, pps).ok()
    }

    /// A `moov` whose one track lasts `duration` ticks and is first shown at `shown_at`.
    fn moov(&self, duration: u64, shown_at: u64, table: StblBox) -> MoovBox {
        let created = Mp4FileTime::from_unix_time(Duration::from_secs(self.created_s));
        let ticks = NonZeroU32::new(TICKS).expect("not zero");
        // Reordered pictures are first shown some ticks after the file's start: play from there.
        let edit = (shown_at > 0).then(|| EdtsBox {
            elst_box: Some(ElstBox {
                entries: vec![ElstEntry {
                    edit_duration: duration,
                    media_time: i64::try_from(shown_at).unwrap_or(i64::MAX),
                    media_rate: FixedPointNumber::new(1, 0),
                }],
            }),
            unknown_boxes: Vec::new(),
        });
        MoovBox {
            mvhd_box: MvhdBox {
                creation_time: created,
                modification_time: created,
                timescale: ticks,
                duration,
                rate: MvhdBox::DEFAULT_RATE,
                volume: MvhdBox::DEFAULT_VOLUME,
                matrix: MvhdBox::DEFAULT_MATRIX,
                next_track_id: TRACK_ID + 1,
            },
            trak_boxes: vec![TrakBox {
                tkhd_box: TkhdBox {
                    flag_track_enabled: true,
                    flag_track_in_movie: true,
                    flag_track_in_preview: false,
                    flag_track_size_is_aspect_ratio: false,
                    creation_time: created,
                    modification_time: created,
                    track_id: TRACK_ID,
                    duration,
                    layer: TkhdBox::DEFAULT_LAYER,
                    alternate_group: TkhdBox::DEFAULT_ALTERNATE_GROUP,
                    volume: FixedPointNumber::new(0, 0),
                    matrix: TkhdBox::DEFAULT_MATRIX,
                    width: FixedPointNumber::new(self.avc1.visual.width as i16, 0),
                    height: FixedPointNumber::new(self.avc1.visual.height as i16, 0),
                },
                edts_box: edit,
                mdia_box: MdiaBox {
                    mdhd_box: MdhdBox {
                        creation_time: created,
                        modification_time: created,
                        timescale: ticks,
                        duration,
                        language: LanguageCode::UNDEFINED,
                    },
                    hdlr_box: HdlrBox { handler_type: HdlrBox::HANDLER_TYPE_VIDE, name: b"video\0".to_vec() },
                    minf_box: MinfBox {
                        media_header: Some(MediaHeader::Vmhd(VmhdBox::default())),
                        dinf_box: DinfBox::LOCAL_FILE,
                        stbl_box: table,
                        unknown_boxes: Vec::new(),
                    },
                    unknown_boxes: Vec::new(),
                },
                unknown_boxes: Vec::new(),
            }],
            mvex_box: None,
            unknown_boxes: Vec::new(),
        }
    }
}

/// A file's fragments as far as they are known: all that its close is derived from.
#[derive(Clone, Debug)]
pub struct Movie {
    track: Track,
    chunks: Vec<Chunk>,
    samples: usize,
}

/// One fragment's samples, and where their bytes are.
#[derive(Clone, Debug)]
struct Chunk {
    offset: u32,
    decode_time: u64,
    shown_at: u64,
    samples: Vec<Sample>,
}

impl Movie {
    pub fn new(track: Track) -> Self {
        Self { track, chunks: Vec::new(), samples: 0 }
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
    /// that does not follow the one before.
    pub fn push(&mut self, fragment: &Fragment, offset: u64) -> Result<(), FormError> {
        let follows = match self.chunks.last() {
            None => fragment.decode_time == 0,
            Some(last) => {
                let step = fragment.decode_time.checked_sub(last.last_decode_time());
                step.is_some_and(|step| step > 0 && u32::try_from(step).is_ok())
            }
        };
        let in_order = fragment.number == self.fragments() + 1;
        let samples = self.samples + fragment.samples.len();
        if !follows || !in_order || offset > MAX_FILE_BYTES || samples > MAX_SAMPLES {
            return Err(FormError::Foreign);
        }
        self.samples = samples;
        self.chunks.push(Chunk {
            offset: u32::try_from(offset).map_err(|_| FormError::Foreign)?,
            decode_time: fragment.decode_time,
            shown_at: fragment.shown_at(),
            samples: fragment.samples.clone(),
        });
        Ok(())
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
        let samples = || self.chunks.iter().flat_map(|chunk| &chunk.samples);
        let mut table = empty_table(&self.track.avc1);
        let durations = self.durations();
        let duration = durations.iter().map(|ticks| u64::from(*ticks)).sum();
        table.stts_box = SttsBox::from_sample_deltas(durations).expect("fewer samples than MAX_SAMPLES");
        table.ctts_box = samples().any(|sample| sample.shown_after != 0).then(|| showing_offsets(samples()));
        table.stsc_box.entries = self.samples_per_chunk();
        table.stsz_box = StszBox::Variable { entry_sizes: samples().map(|sample| sample.size).collect() };
        let offsets = self.chunks.iter().map(|chunk| chunk.offset);
        table.stco_or_co64_box = Either::A(StcoBox { chunk_offsets: offsets.collect() });
        let numbers =
            samples().zip(1..).filter(|(sample, _)| sample.key).filter_map(|(_, n)| NonZeroU32::new(n));
        table.stss_box = Some(StssBox { sample_numbers: numbers.collect() });
        let shown_at = self.chunks.first().map_or(0, |chunk| chunk.shown_at);
        self.track.moov(duration, shown_at, table).encode_to_vec().expect("every mandatory field is set")
    }

    /// Of each sample the ticks until the next one is decoded. The last one of a fragment lasts until
    /// the next fragment begins, whatever was believed when it was written.
    fn durations(&self) -> Vec<u32> {
        let mut durations = Vec::with_capacity(self.samples);
        for (at, chunk) in self.chunks.iter().enumerate() {
            durations.extend(chunk.samples.iter().map(|sample| sample.duration));
            if let (Some(next), Some(last)) = (self.chunks.get(at + 1), durations.last_mut()) {
                let ticks = next.decode_time.saturating_sub(chunk.last_decode_time());
                *last = u32::try_from(ticks).unwrap_or(u32::MAX);
            }
        }
        durations
    }

    fn samples_per_chunk(&self) -> Vec<StscEntry> {
        let mut entries: Vec<StscEntry> = Vec::new();
        for (chunk, number) in self.chunks.iter().zip(1..) {
            let count = chunk.samples.len() as u32;
            if entries.last().is_none_or(|last| last.sample_per_chunk != count) {
                entries.push(StscEntry {
                    first_chunk: NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN),
                    sample_per_chunk: count,
                    sample_description_index: NonZeroU32::MIN,
                });
            }
        }
        entries
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

fn file_type() -> Vec<u8> {
    let brands = vec![Brand::ISOM, Brand::ISO5, Brand::ISO6, Brand::MP41, Brand::AVC1];
    let file_type = FtypBox { major_brand: Brand::ISO5, minor_version: 0, compatible_brands: brands };
    file_type.encode_to_vec().expect("a box of fixed size")
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

fn empty_table(avc1: &Avc1Box) -> StblBox {
    StblBox {
        stsd_box: StsdBox { entries: vec![SampleEntry::Avc1(avc1.clone())] },
        stts_box: SttsBox { entries: Vec::new() },
        ctts_box: None,
        cslg_box: None,
        stsc_box: StscBox { entries: Vec::new() },
        stsz_box: StszBox::Variable { entry_sizes: Vec::new() },
        stco_or_co64_box: Either::A(StcoBox { chunk_offsets: Vec::new() }),
        stss_box: None,
        sdtp_box: None,
        unknown_boxes: Vec::new(),
    }
}
