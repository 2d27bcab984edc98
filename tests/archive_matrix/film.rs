//! Recordings of a camera: real boxes around pictures that are none.

use invigil::journal::{Segment, VideoHead};
use invigil::recording::mp4::{Fragment, Movie, Sample, Track};
use invigil::signing::Digest;
use invigil::signing::merkle::MerkleTree;

const SPS: &[u8] =
    b"\x67\x42\xc0\x16\xd9\x00\xa0\x3d\xb0\x11\x00\x00\x03\x00\x01\x00\x00\x03\x00\x1e\x0f\x16\x2e\x48";
const PPS: &[u8] = b"\x68\xcb\x83\xcb\x20";
pub const PICTURE_BYTES: u32 = 1500;
/// A fragment has two pictures of a second each.
pub const FRAGMENT_MS: i64 = 2000;

/// A finished segment: its two files, and what the journal says of them.
#[derive(Clone)]
pub struct Film {
    pub video: Vec<u8>,
    pub index: Vec<u8>,
    pub facts: Segment,
    /// After its last line.
    pub head: VideoHead,
}

/// What makes one film differ from another.
#[derive(Clone)]
pub struct Shot {
    pub camera: &'static str,
    pub number: u32,
    pub from_ms: i64,
    /// When the station was started, by the wall clock.
    pub boot_ms: i64,
    /// The pictures' numbers; equal numbers of a camera are equal pictures.
    pub pictures: Vec<u32>,
    /// Another one encodes the same pictures otherwise.
    pub encoder: &'static str,
}

pub fn film(shot: &Shot) -> Film {
    let created_s = (shot.from_ms / 1000) as u64;
    let track = Track::new(created_s, SPS, PPS).unwrap();
    let header_bytes = Track::open_header().len() as u64;
    let moov = track.initial_moov();
    let mut lines = vec![track.line(header_bytes, moov.len() as u64, Digest::of(&moov)).to_bytes()];
    let mut movie = Movie::new(track);
    let mut body = moov;
    for (at, number) in shot.pictures.iter().enumerate() {
        let utc_ms = shot.from_ms + at as i64 * FRAGMENT_MS;
        let sample = Sample { duration: 90_000, size: PICTURE_BYTES, key: true, shown_after: 0 };
        let fragment = Fragment {
            number: at as u32 + 1,
            utc_ms,
            mono_ms: (utc_ms - shot.boot_ms) as u64,
            decode_time: at as u64 * 180_000,
            samples: vec![sample, sample],
            sound: None,
        };
        let head = fragment.head();
        let offset = header_bytes + body.len() as u64;
        movie.push(&fragment, offset + head.len() as u64).unwrap();
        let bytes = [head, picture(shot, *number, 0), picture(shot, *number, 1)].concat();
        lines.push(fragment.line(offset, bytes.len() as u64, Digest::of(&bytes)).to_bytes());
        body.extend(bytes);
    }
    let end = header_bytes + body.len() as u64;
    let video = [Movie::closed_header(end), body, movie.final_moov()].concat();
    let mut tree = MerkleTree::new();
    lines.iter().for_each(|line| tree.push(line));
    let camera = shot.camera.parse().unwrap();
    let index = lines.concat();
    let facts = Segment {
        camera,
        segment: shot.number,
        from_ms: shot.from_ms,
        to_ms: shot.from_ms + shot.pictures.len() as i64 * FRAGMENT_MS,
        frames: shot.pictures.len() as u64 * 2,
        bytes: video.len() as u64,
        sha256: Digest::of(&video),
        index_sha256: Digest::of(&index),
        repaired: false,
    };
    let (camera, segment) = (facts.camera.clone(), facts.segment);
    let head = VideoHead { camera, segment, lines: tree.size(), root: tree.root() };
    Film { video, index, facts, head }
}

/// One NAL unit with its length before it.
fn picture(shot: &Shot, number: u32, half: u32) -> Vec<u8> {
    let mut bytes = (PICTURE_BYTES - 4).to_be_bytes().to_vec();
    bytes.push(0x65);
    let mut noise = Digest::of(format!("{} {} {number} {half}", shot.camera, shot.encoder).as_bytes());
    while bytes.len() < PICTURE_BYTES as usize {
        bytes.extend(noise.0);
        noise = Digest::of(&noise.0);
    }
    bytes.truncate(PICTURE_BYTES as usize);
    bytes
}
