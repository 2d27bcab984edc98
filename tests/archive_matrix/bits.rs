//! One bit of the sealed day is flipped and everything is verified; then the next.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::thread;

use invigil::archive::Integrity;
use invigil::archive::verify::{VerifyOptions, verify};

use crate::day::{Day, START_MS};

/// A prime: in time every bit of a byte and every field of a header has its turn.
const STRIDE: u64 = 4_001;

#[test]
fn no_flipped_bit_leaves_it_valid() {
    let tried = flip_every(STRIDE);
    assert!(tried > 400, "{tried}");
}

/// Some 1.6 million verifications: `tests/nightly/bits`.
#[test]
#[ignore = "takes hours"]
fn no_single_bit_at_all_leaves_it_valid() {
    let tried = flip_every(1);
    println!("{tried} bits flipped in turn, none left the archive VALID");
    assert!(tried > 1_500_000, "{tried}");
}

/// Flips every `stride`-th bit in turn, and says how many that were.
fn flip_every(stride: u64) -> u64 {
    let archive = Day::honest().archive();
    let workers = thread::available_parallelism().unwrap().get() as u64;
    thread::scope(|scope| {
        let archive = &archive;
        let work = |worker| {
            move || {
                let folder = tempfile::tempdir_in(memory()).unwrap();
                archive.write(folder.path());
                flip_in(folder.path(), worker * stride, workers * stride)
            }
        };
        let running: Vec<_> = (0..workers).map(|worker| scope.spawn(work(worker))).collect();
        running.into_iter().map(|worker| worker.join().unwrap()).sum()
    })
}

fn flip_in(folder: &Path, first: u64, step: u64) -> u64 {
    let options = VerifyOptions { signers: None, act: None, at_ms: START_MS };
    let paths = [folder.to_owned()];
    let integrity = || verify(&paths, &options, &mut |_, _| ControlFlow::Continue(())).integrity;
    assert_eq!(integrity(), Integrity::Valid);
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let (mut bit, mut tried) = (first, 0);
    for path in names {
        let mut file = File::options().read(true).write(true).open(&path).unwrap();
        let bits = file.metadata().unwrap().len() * 8;
        while bit < bits {
            flip(&mut file, bit);
            assert_ne!(integrity(), Integrity::Valid, "{} bit {bit}", path.display());
            flip(&mut file, bit);
            (bit, tried) = (bit + step, tried + 1);
            if tried % 20_000 == 0 {
                println!("{tried} bits flipped, now in {}", path.display());
            }
        }
        bit -= bits;
    }
    assert_eq!(integrity(), Integrity::Valid);
    tried
}

fn flip(file: &mut File, bit: u64) {
    let mut byte = [0];
    file.seek(SeekFrom::Start(bit / 8)).unwrap();
    file.read_exact(&mut byte).unwrap();
    file.seek(SeekFrom::Start(bit / 8)).unwrap();
    file.write_all(&[byte[0] ^ 1 << (bit % 8)]).unwrap();
}

/// Where a file is memory, if this computer has such a place.
fn memory() -> std::path::PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}
