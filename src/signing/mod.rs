//! Keys and signatures: the device key, epoch keys, OpenSSH formats, who is trusted, Merkle trees.

mod digest;
pub mod merkle;
mod paper;

pub use digest::{BadDigest, Digest, Hasher};
pub use paper::{BadPaperCode, PaperCode};
