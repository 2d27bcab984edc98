//! JPEG images one behind the other, as `ffmpeg -f mjpeg` writes them.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::{bad, unreadable};
use crate::camera::pace::Pace;
use crate::camera::{CameraError, Capture, Captured, Picture, Pixels, Wanted};
use crate::clock::Clock;

/// An image longer than this is no picture of a camera.
const MAX_IMAGE_BYTES: usize = 16 * 1024 * 1024;

pub struct MjpegFile {
    path: PathBuf,
    reader: BufReader<File>,
    pace: Pace,
    size: (u32, u32),
    frames_per_second: u32,
}

/// One image's bytes, from SOI to EOI, and the size that it says.
struct Image {
    bytes: Vec<u8>,
    width: u32,
    height: u32,
}

impl MjpegFile {
    pub fn open(path: &Path, wanted: &Wanted, clock: Arc<dyn Clock>) -> Result<Self, CameraError> {
        let file = File::open(path).map_err(|error| unreadable(path, error))?;
        let mut opened = Self {
            path: path.to_owned(),
            reader: BufReader::new(file),
            pace: Pace::start(clock, wanted.frames_per_second),
            size: (0, 0),
            frames_per_second: wanted.frames_per_second,
        };
        let first = opened.image()?;
        opened.size = (first.width, first.height);
        opened.rewind()?;
        Ok(opened)
    }

    /// The next image; after the last one, the first again.
    fn image(&mut self) -> Result<Image, CameraError> {
        let at_end = self.reader.fill_buf().map_err(|error| unreadable(&self.path, error))?.is_empty();
        if at_end {
            self.rewind()?;
        }
        read_image(&mut self.reader).map_err(|error| bad(&self.path, error))
    }

    fn rewind(&mut self) -> Result<(), CameraError> {
        self.reader.seek(SeekFrom::Start(0)).map_err(|error| unreadable(&self.path, error))?;
        Ok(())
    }
}

impl Capture for MjpegFile {
    fn next(&mut self, timeout: Duration) -> Result<Option<Captured>, CameraError> {
        if !self.pace.wait(timeout) {
            return Ok(None);
        }
        let Image { bytes, width, height } = self.image()?;
        let arrived = self.pace.clock().now();
        Ok(Some(Captured::Picture(Picture { arrived, width, height, pixels: Pixels::Jpeg(bytes) })))
    }

    fn detail(&self) -> String {
        let (width, height) = self.size;
        format!("MJPEG {width}x{height} {}/s, {}", self.frames_per_second, self.path.display())
    }
}

/// Reads one image by its markers (ITU-T T.81 annex B).
fn read_image(reader: &mut BufReader<File>) -> io::Result<Image> {
    let mut bytes = Vec::new();
    take(reader, 2, &mut bytes)?;
    if bytes != [0xff, 0xd8] {
        return Err(broken("an image does not begin with SOI"));
    }
    let (mut width, mut height) = (0, 0);
    loop {
        let start = bytes.len();
        take(reader, 2, &mut bytes)?;
        match (bytes[start], bytes[start + 1]) {
            (0xff, 0xd9) => break,
            // A fill byte before a marker: the second one may begin the marker.
            (0xff, 0xff) => {
                bytes.pop();
                reader.seek_relative(-1)?;
            }
            (0xff, 0x01 | 0xd0..=0xd7) => {}
            (0xff, marker @ 0xc0..) => {
                take(reader, 2, &mut bytes)?;
                let length = usize::from(u16::from_be_bytes([bytes[start + 2], bytes[start + 3]]));
                let rest = length.checked_sub(2).ok_or_else(|| broken("a segment without length"))?;
                take(reader, rest, &mut bytes)?;
                let frame_header = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
                if frame_header && let Some([_, h1, h0, w1, w0]) = bytes.get(start + 4..start + 9) {
                    (width, height) = (u16::from_be_bytes([*w1, *w0]), u16::from_be_bytes([*h1, *h0]));
                }
                if marker == 0xda {
                    skip_scan(reader, &mut bytes)?;
                }
            }
            _ => return Err(broken("a marker is missing")),
        }
        if bytes.len() > MAX_IMAGE_BYTES {
            return Err(broken("an image is too long"));
        }
    }
    match (width, height) {
        (0, _) | (_, 0) => Err(broken("an image has no size")),
        (width, height) => Ok(Image { bytes, width: width.into(), height: height.into() }),
    }
}

/// Takes entropy-coded data up to, and without, the next marker that ends it.
fn skip_scan(reader: &mut BufReader<File>, bytes: &mut Vec<u8>) -> io::Result<()> {
    loop {
        if bytes.len() > MAX_IMAGE_BYTES {
            return Err(broken("an image is too long"));
        }
        let room = (MAX_IMAGE_BYTES + 1 - bytes.len()) as u64;
        reader.by_ref().take(room).read_until(0xff, bytes)?;
        if bytes.last() != Some(&0xff) {
            return Err(broken("the file ends within an image"));
        }
        let mut next = [0];
        reader.read_exact(&mut next)?;
        match next[0] {
            0x00 | 0xd0..=0xd7 => bytes.push(next[0]),
            // Belongs to what follows, as does the 0xff before it.
            _ => {
                bytes.pop();
                return reader.seek_relative(-2);
            }
        }
    }
}

fn take(reader: &mut BufReader<File>, count: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
    let start = bytes.len();
    bytes.resize(start + count, 0);
    reader.read_exact(&mut bytes[start..])
}

fn broken(why: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::clock::SimulatedClock;

    fn image(number: u8) -> Vec<u8> {
        let mut bytes =
            vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, number, 0, 0xff, 0xff, 0xc0, 0, 11, 8, 0, 120, 0, 160];
        bytes.extend([1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 5, 0xff, 0x00, 7, 0xff, 0xd0, 9]);
        bytes.extend([0xff, 0xd9]);
        bytes
    }

    fn open(content: &[u8]) -> Result<MjpegFile, CameraError> {
        let mut file = tempfile::Builder::new().suffix(".mjpeg").tempfile().unwrap();
        file.write_all(content).unwrap();
        let wanted = Wanted { width: 640, height: 480, frames_per_second: 10, sound: false };
        MjpegFile::open(file.path(), &wanted, Arc::new(SimulatedClock::new(0, 0)))
    }

    #[test]
    fn images_come_one_by_one_and_from_the_start_again() {
        let mut file = open(&[image(1), image(2), image(3)].concat()).unwrap();
        for number in [1, 2, 3, 1, 2] {
            let Ok(Some(Captured::Picture(picture))) = file.next(Duration::from_secs(1)) else { panic!() };
            let Pixels::Jpeg(bytes) = picture.pixels else { panic!() };
            assert_eq!((picture.width, picture.height, bytes), (160, 120, image(number)));
        }
    }

    #[test]
    fn what_is_no_stream_of_images_is_refused() {
        let whole = image(1);
        for cut in 0..whole.len() {
            assert!(matches!(open(&whole[..cut]), Err(CameraError::BadFile(_))), "{cut}");
        }
        for content in [&b"RIFF"[..], &[0xff, 0xd8, 0xff, 0xc0, 0, 0], &[0xff, 0xd8, 0xff, 0xd9]] {
            assert!(matches!(open(content), Err(CameraError::BadFile(_))));
        }
    }
}
