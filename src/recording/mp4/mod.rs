//! The form of a recorded `.mp4` (ISO/IEC 14496-12), byte for byte.
//!
//! ```text
//! while it is written   ftyp free            moov  (prft uuid moof mdat)*
//! after a clean close   ftyp free mdat[      moov  (prft uuid moof mdat)*  ] moov
//! ```
//!
//! A fragment is one GOP, or 1.2 s of a longer one, and the sound beside it if there is any. While it is
//! written, the file is fragmented MP4 and plays up to its last whole fragment. The close appends an ordinary `moov` and splits the
//! leading `free` box into an empty one and the header of an `mdat` over everything before: an
//! ordinary MP4 whose fragments were not touched. Both changes follow from the fragments alone
//! ([`Movie`]), so that a verifier derives them and expects the same bytes.
//!
//! Everything is read strictly: a box is taken for ours only if writing what it says gives the same
//! bytes again.

#[cfg(feature = "cameras")]
pub mod assemble;
pub mod close;
mod fragment;
mod movie;
#[cfg(feature = "cameras")]
mod queue;
mod sound;
mod track;
#[cfg(feature = "cameras")]
pub mod writer;

use std::io::{ErrorKind, Read};

use shiguredo_mp4::Encode;
use shiguredo_mp4::boxes::{Brand, FtypBox};

pub use fragment::{Fragment, MAX_FRAGMENT_BYTES, Sample};
pub use movie::Movie;
pub use sound::{MAX_SOUND_BYTES, OPUS_TICKS, SoundFormat, SoundRun, SoundSample};
pub use track::Track;

/// Ticks a second of the pictures: exact for milliseconds and for RTP's video clock.
pub const TICKS: u32 = 90_000;
/// The track of pictures, mostly the only one.
const TRACK_ID: u32 = 1;
/// No file grows longer: 32-bit sizes and offsets do, and a segment fits into a part.
pub const MAX_FILE_BYTES: u64 = 768 * 1024 * 1024;

/// Why bytes are not of this form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// The file ends within the box.
    #[error("the file ends within it")]
    Torn,
    #[error("it can't be read: {0}")]
    Io(std::io::ErrorKind),
    #[error("it is not written as a recording is")]
    Foreign,
    #[error("the picture parameters can't be used: {0}")]
    Parameters(String),
}

/// Ticks as whole milliseconds, rounded down.
pub fn ticks_to_ms(ticks: u64) -> u64 {
    ticks / u64::from(TICKS / 1000)
}

/// Fills `buffer`; a file that ends before is [`FormError::Torn`].
fn read_exact(reader: &mut dyn Read, buffer: &mut [u8]) -> Result<(), FormError> {
    reader.read_exact(buffer).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => FormError::Torn,
        kind => FormError::Io(kind),
    })
}

fn file_type() -> Vec<u8> {
    let brands = vec![Brand::ISOM, Brand::ISO5, Brand::ISO6, Brand::MP41, Brand::AVC1];
    let file_type = FtypBox { major_brand: Brand::ISO5, minor_version: 0, compatible_brands: brands };
    file_type.encode_to_vec().expect("a box of fixed size")
}

/// A box of `kind` around `payload`, which must be shorter than 4 GiB.
fn plain_box(kind: [u8; 4], payload: &[u8]) -> Vec<u8> {
    let size = u32::try_from(payload.len() + 8).expect("a box of ours is small");
    [&size.to_be_bytes()[..], &kind, payload].concat()
}
