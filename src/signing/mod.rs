//! Keys and signatures: the device key, epoch keys, OpenSSH formats, who is trusted, Merkle trees.

#[cfg(feature = "station")]
mod card;
mod device;
mod digest;
mod epoch;
mod key;
pub mod memory;
pub mod merkle;
#[cfg(feature = "station")]
mod openssh_key;
mod paper;
#[cfg(feature = "pkcs11")]
mod pkcs11;
mod role;
mod rotation;
mod sealer;
mod signers;
#[cfg(test)]
mod signers_test;
mod ssh_key;
#[cfg(test)]
mod ssh_key_test;
mod sshsig;
mod wire;

#[cfg(feature = "station")]
pub use card::KeyCard;
pub use device::{DeviceKey, DeviceKeyError};
pub use digest::{BadDigest, Digest, Hasher};
pub use epoch::{EpochKey, EpochSeedFile};
pub use key::{BadKey, PublicKey, Signature};
#[cfg(feature = "station")]
pub use openssh_key::{BadKeyFile, MAX_KEY_FILE_BYTES, OpenSshKey};
pub use paper::{BadPaperCode, PaperCode};
#[cfg(feature = "pkcs11")]
pub use pkcs11::{TokenError, TokenKey};
pub use role::{BadSignerRole, Principal, SignerRole};
pub use rotation::{
    BadRotation, BrokenSuccession, MAX_ROTATIONS, MAX_STATEMENT_BYTES, ROTATION_NAMESPACE, Rotation,
    RotationStatement, succession,
};
pub use sealer::{SealError, Sealer};
pub use signers::{AllowedSigners, BadSigners, BadSignersFile, SignersFault, Standing};
pub use ssh_key::SshKey;
pub use sshsig::{BadSshSignature, MAX_ARMORED_BYTES, NAMESPACE, SshSignature};
