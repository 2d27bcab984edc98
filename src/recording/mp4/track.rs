//! What a file's tracks are, and the `moov` before its fragments.

use std::io::Read;
use std::num::NonZeroU32;
use std::time::Duration;

use shiguredo_mp4::bitstream::h264::{H264SampleEntryConfig, LengthSize, build_avc1_box};
use shiguredo_mp4::boxes::{
    Avc1Box, DinfBox, EdtsBox, ElstBox, ElstEntry, HdlrBox, MdhdBox, MdiaBox, MediaHeader, MinfBox, MoovBox,
    MvexBox, MvhdBox, SampleEntry, SmhdBox, StblBox, StcoBox, StscBox, StsdBox, StszBox, SttsBox, TkhdBox,
    TrakBox, TrexBox, VmhdBox,
};
use shiguredo_mp4::{Decode, Either, Encode, FixedPointNumber, LanguageCode, Mp4FileTime, SampleFlags};

use super::sound::{SOUND_ID, SoundFormat, SoundRun};
use super::{FormError, Fragment, TICKS, TRACK_ID, file_type, plain_box, read_exact};
use crate::recording::index::Line;
use crate::signing::Digest;

/// No initial `moov` is longer: two parameter sets and little else.
const MAX_INITIAL_BYTES: u32 = 128 * 1024;
/// From 1904-01-01, where ISO/IEC 14496-12 counts from, to the Unix epoch.
const MP4_TO_UNIX_S: u64 = 2_082_844_800;

/// What a file's tracks are, fixed when the file is begun: pictures, and sound where there is any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// When the file was begun, in seconds since the Unix epoch.
    pub created_s: u64,
    avc1: Avc1Box,
    sound: Option<SoundFormat>,
}

/// A track's samples as the `moov` tells them.
pub(super) struct Told {
    /// What all samples last together, in the track's own ticks.
    pub duration: u64,
    /// Where within them the showing begins.
    pub begins: u64,
    /// Nothing is shown for so long before, in the pictures' ticks.
    pub after: u64,
    pub table: StblBox,
}

impl Track {
    /// A track of H.264 with these parameter sets (without length or start code). The size is what
    /// the sequence parameter set says.
    pub fn new(created_s: u64, sps: &[u8], pps: &[u8]) -> Result<Self, FormError> {
        let config = H264SampleEntryConfig { length_size: LengthSize::FourBytes };
        let avc1 = build_avc1_box(&[sps.to_vec()], &[pps.to_vec()], &config)
            .map_err(|error| FormError::Parameters(error.to_string()))?;
        Ok(Self { created_s, avc1, sound: None })
    }

    /// The same with a track of sound, which must be [`SoundFormat::is_sound`].
    pub fn with_sound(self, sound: Option<SoundFormat>) -> Self {
        Self { sound: sound.filter(SoundFormat::is_sound), ..self }
    }

    pub fn sound(&self) -> Option<&SoundFormat> {
        self.sound.as_ref()
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
        let untold = |table| Told { duration: 0, begins: 0, after: 0, table };
        let sound = self.sound.as_ref().map(|sound| untold(empty_table(sound.entry())));
        let mut moov = self.moov(untold(self.empty_table()), sound);
        let extends = |track_id| TrexBox {
            track_id,
            default_sample_description_index: 1,
            default_sample_duration: 0,
            default_sample_size: 0,
            default_sample_flags: SampleFlags::empty(),
        };
        moov.mvex_box = Some(MvexBox {
            mehd_box: None,
            trex_boxes: moov.trak_boxes.iter().map(|track| extends(track.tkhd_box.track_id)).collect(),
            unknown_boxes: Vec::new(),
        });
        moov.encode_to_vec().expect("every mandatory field is set")
    }

    /// A fragment as it would be in a file that begins with `first`, which comes before it or is it.
    pub(super) fn moved_to_start(&self, fragment: &Fragment, first: &Fragment) -> Fragment {
        let before = self.sound.as_ref().map_or(0, |sound| sound.from_movie(first.decode_time));
        let before = before.saturating_sub(self.sound_before(first));
        Fragment {
            number: fragment.number.saturating_sub(first.number).saturating_add(1),
            decode_time: fragment.decode_time.saturating_sub(first.decode_time),
            sound: fragment
                .sound
                .clone()
                .map(|run| SoundRun { decode_time: run.decode_time.saturating_sub(before), ..run }),
            ..fragment.clone()
        }
    }

    /// How much of a fragment's sound belongs before its pictures, in the sound's ticks.
    pub(super) fn sound_before(&self, fragment: &Fragment) -> u64 {
        let begins = self
            .sound
            .as_ref()
            .zip(fragment.sound.as_ref())
            .map(|(format, run)| format.from_movie(fragment.decode_time).saturating_sub(run.decode_time));
        begins.unwrap_or(0)
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
        let (pictures, sound) = match moov.trak_boxes.as_slice() {
            [pictures] => (pictures, None),
            [pictures, sound] => (pictures, Some(SoundFormat::from_entry(only_entry(sound)?)?)),
            _ => return None,
        };
        let SampleEntry::Avc1(entry) = only_entry(pictures)? else { return None };
        let ([sps], [pps]) = (entry.avcc_box.sps_list.as_slice(), entry.avcc_box.pps_list.as_slice()) else {
            return None;
        };
        let created_s = moov.mvhd_box.creation_time.as_secs().checked_sub(MP4_TO_UNIX_S)?;
        Some(Self::new(created_s, sps, pps).ok()?.with_sound(sound))
    }

    /// A sample table of the pictures without samples.
    pub(super) fn empty_table(&self) -> StblBox {
        empty_table(SampleEntry::Avc1(self.avc1.clone()))
    }

    /// A `moov` of these tracks. Without sound to tell it has no track of it.
    pub(super) fn moov(&self, pictures: Told, sound: Option<Told>) -> MoovBox {
        let created = Mp4FileTime::from_unix_time(Duration::from_secs(self.created_s));
        let ticks = NonZeroU32::new(TICKS).expect("not zero");
        let sound = self.sound.as_ref().zip(sound).map(|(format, told)| sound_track(created, format, told));
        let pictures = self.picture_track(created, pictures);
        let durations = std::iter::once(&pictures).chain(&sound).map(|track| track.tkhd_box.duration);
        MoovBox {
            mvhd_box: MvhdBox {
                creation_time: created,
                modification_time: created,
                timescale: ticks,
                duration: durations.max().unwrap_or(0),
                rate: MvhdBox::DEFAULT_RATE,
                volume: MvhdBox::DEFAULT_VOLUME,
                matrix: MvhdBox::DEFAULT_MATRIX,
                next_track_id: 1 + if sound.is_some() { SOUND_ID } else { TRACK_ID },
            },
            trak_boxes: std::iter::once(pictures).chain(sound).collect(),
            mvex_box: None,
            unknown_boxes: Vec::new(),
        }
    }

    fn picture_track(&self, created: Mp4FileTime, told: Told) -> TrakBox {
        // Reordered pictures are first shown some ticks after the file's start: play from there.
        let edits = (told.begins > 0).then(|| edit(told.duration, told.begins));
        let media = MediaHeader::Vmhd(VmhdBox::default());
        let head = tkhd(created, TRACK_ID, told.duration);
        let head = TkhdBox {
            width: FixedPointNumber::new(self.avc1.visual.width as i16, 0),
            height: FixedPointNumber::new(self.avc1.visual.height as i16, 0),
            ..head
        };
        let handler = HdlrBox { handler_type: HdlrBox::HANDLER_TYPE_VIDE, name: b"video\0".to_vec() };
        trak(head, edits.into_iter().collect(), TICKS, (media, handler), told)
    }
}

fn sound_track(created: Mp4FileTime, format: &SoundFormat, told: Told) -> TrakBox {
    let heard = format.to_movie(told.duration.saturating_sub(told.begins));
    let silence = (told.after > 0).then(|| ElstEntry { media_time: -1, ..edit(told.after, 0) });
    let whole = (told.after > 0 || told.begins > 0).then(|| edit(heard, told.begins));
    let head = tkhd(created, SOUND_ID, told.after.saturating_add(heard));
    let head = TkhdBox { volume: FixedPointNumber::new(1, 0), ..head };
    let handler = HdlrBox { handler_type: HdlrBox::HANDLER_TYPE_SOUN, name: b"sound\0".to_vec() };
    let media = MediaHeader::Smhd(SmhdBox { balance: SmhdBox::DEFAULT_BALANCE });
    trak(head, silence.into_iter().chain(whole).collect(), format.ticks(), (media, handler), told)
}

fn trak(
    head: TkhdBox,
    edits: Vec<ElstEntry>,
    ticks: u32,
    (media, handler): (MediaHeader, HdlrBox),
    told: Told,
) -> TrakBox {
    TrakBox {
        edts_box: (!edits.is_empty())
            .then(|| EdtsBox { elst_box: Some(ElstBox { entries: edits }), unknown_boxes: Vec::new() }),
        mdia_box: MdiaBox {
            mdhd_box: MdhdBox {
                creation_time: head.creation_time,
                modification_time: head.creation_time,
                timescale: NonZeroU32::new(ticks).unwrap_or(NonZeroU32::MIN),
                duration: told.duration,
                language: LanguageCode::UNDEFINED,
            },
            hdlr_box: handler,
            minf_box: MinfBox {
                media_header: Some(media),
                dinf_box: DinfBox::LOCAL_FILE,
                stbl_box: told.table,
                unknown_boxes: Vec::new(),
            },
            unknown_boxes: Vec::new(),
        },
        tkhd_box: head,
        unknown_boxes: Vec::new(),
    }
}

fn tkhd(created: Mp4FileTime, track_id: u32, duration: u64) -> TkhdBox {
    TkhdBox {
        flag_track_enabled: true,
        flag_track_in_movie: true,
        flag_track_in_preview: false,
        flag_track_size_is_aspect_ratio: false,
        creation_time: created,
        modification_time: created,
        track_id,
        duration,
        layer: TkhdBox::DEFAULT_LAYER,
        alternate_group: TkhdBox::DEFAULT_ALTERNATE_GROUP,
        volume: FixedPointNumber::new(0, 0),
        matrix: TkhdBox::DEFAULT_MATRIX,
        width: FixedPointNumber::new(0, 0),
        height: FixedPointNumber::new(0, 0),
    }
}

fn edit(duration: u64, media_time: u64) -> ElstEntry {
    ElstEntry {
        edit_duration: duration,
        media_time: i64::try_from(media_time).unwrap_or(i64::MAX),
        media_rate: FixedPointNumber::new(1, 0),
    }
}

fn only_entry(track: &TrakBox) -> Option<&SampleEntry> {
    match track.mdia_box.minf_box.stbl_box.stsd_box.entries.as_slice() {
        [entry] => Some(entry),
        _ => None,
    }
}

/// A sample table without samples.
pub(super) fn empty_table(entry: SampleEntry) -> StblBox {
    StblBox {
        stsd_box: StsdBox { entries: vec![entry] },
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
