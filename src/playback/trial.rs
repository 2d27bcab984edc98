//! A part with two files of video, made for tests: each picture's brightness tells which one it is.

use std::fs::{self, File};
use std::path::Path;

use super::{Footage, Stretch};
use crate::archive::zip::{EntryName, ZipWriter};
use crate::point::CameraId;
use crate::recording::encode::Encoder;
use crate::recording::mp4::Track;
use crate::recording::mp4::assemble::Frame;
use crate::recording::mp4::writer::SegmentWriter;
use crate::recording::picture::I420;
use crate::recording::segment_paths;

/// When the first picture was taken.
pub const BEGIN_MS: i64 = 1_780_000_000_000;
/// Pictures come so often.
pub const EACH_MS: i64 = 100;
/// Pictures in each of the two files.
pub const PICTURES: i64 = 60;
/// The second file begins so long after the first one's end.
pub const HOLE_MS: i64 = 10_000;

/// When the `n`th picture of a file was taken.
pub fn time(file: i64, n: i64) -> i64 {
    BEGIN_MS + file * (PICTURES * EACH_MS + HOLE_MS) + n * EACH_MS
}

/// How bright the `n`th picture of a file is.
pub fn brightness(file: i64, n: i64) -> u8 {
    u8::try_from(40 + file * 80 + n).unwrap()
}

/// Which picture this is, give or take one.
pub fn is(picture: &I420, file: i64, n: i64) -> bool {
    let middle = picture.luma()[(picture.width() * (picture.height() - 8) / 2 + 20) as usize];
    middle.abs_diff(brightness(file, n)) <= 2
}

/// One camera's footage, in a part of its own within `folder`.
pub fn footage(folder: &Path, camera: &str) -> Footage {
    let part = folder.join(format!("{camera}.zip"));
    let mut zip = ZipWriter::new(File::create_new(&part).unwrap()).unwrap();
    let mut stretches = Vec::new();
    for file in 0..2 {
        record(folder, file);
        let (mp4, idx) = segment_paths(folder, file as u32);
        let name = format!("data/video/{camera}/00000{file}.mp4");
        for (path, name) in [(&mp4, name.clone()), (&idx, name.replace(".mp4", ".idx"))] {
            zip.append(
                format!("{camera}/{name}").parse::<EntryName>().unwrap(),
                &mut File::open(path).unwrap(),
            )
            .unwrap();
            fs::remove_file(path).unwrap();
        }
        let (from_ms, to_ms) = (time(file, 0), time(file, PICTURES));
        stretches.push(Stretch { part: part.clone(), file: name, from_ms, to_ms, intact: true });
    }
    zip.finish().unwrap();
    Footage { camera: camera.parse::<CameraId>().unwrap(), stretches }
}

fn record(folder: &Path, file: i64) {
    let mut encoder = Encoder::new((160, 128), 10, 400_000).unwrap();
    let mut writer = None;
    for n in 0..PICTURES {
        let mut picture = I420::black(160, 128).unwrap();
        picture.planes_mut().0.fill(brightness(file, n));
        let at_ms = (n * EACH_MS) as u64;
        let encoded = encoder.encode(&picture, at_ms).unwrap();
        let parameters = &encoded.parameters;
        let writer = writer.get_or_insert_with(|| {
            let track = Track::new(BEGIN_MS as u64 / 1000, &parameters.sps, &parameters.pps).unwrap();
            SegmentWriter::create(folder, file as u32, track).unwrap()
        });
        let (pts, utc_ms) = (n * EACH_MS * 90, time(file, n));
        writer.push(Frame { pts, key: encoded.key, nals: encoded.nals, utc_ms, mono_ms: at_ms }).unwrap();
    }
    let mut writer = writer.unwrap();
    writer.flush().unwrap();
    writer.end_movie().unwrap();
    writer.mark_closed().unwrap();
}
