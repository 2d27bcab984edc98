//! Keys and signatures: the device key, epoch keys, OpenSSH formats, who is trusted, Merkle trees.

mod device;
mod digest;
mod epoch;
mod key;
pub mod merkle;
mod paper;
mod signers;
mod sshsig;
mod wire;

pub use device::{DeviceKey, DeviceKeyError};
pub use digest::{BadDigest, Digest, Hasher};
pub use epoch::{EpochKey, EpochSeedFile};
pub use key::{BadKey, PublicKey, Signature};
pub use paper::{BadPaperCode, PaperCode};
pub use signers::{AllowedSigners, BadSigners, SignersFault};
pub use sshsig::{BadSshSignature, NAMESPACE, SshSignature};
