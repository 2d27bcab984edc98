//! Keys and signatures: the device key, epoch keys, OpenSSH formats, who is trusted.

mod digest;

pub use digest::{BadDigest, Digest, Hasher};
