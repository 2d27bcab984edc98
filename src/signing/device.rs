//! The device key: names this station to the regional centre for years.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ring::rand::SecureRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use zeroize::Zeroizing;

use super::key::{PublicKey, Signature};
use crate::durable;
use crate::i18n::Message;

/// A PKCS#8 file of ours has 83 bytes; anything much longer is something else.
const MAX_FILE_BYTES: u64 = 4096;

/// An Ed25519 key pair that lives in a private file. The secret never leaves it.
pub struct DeviceKey(Ed25519KeyPair);

#[derive(Debug, thiserror::Error)]
pub enum DeviceKeyError {
    /// A key that is there is never overwritten: archives already sealed name it.
    #[error("there is a device key at {} already", .0.display())]
    Exists(PathBuf),
    #[error("no device key at {}", .0.display())]
    Missing(PathBuf),
    #[error("the device key at {} is damaged or of another kind", .0.display())]
    Damaged(PathBuf),
    #[error("this computer gives no random numbers")]
    NoRandom,
    #[error("device key at {}: {source}", .path.display())]
    Io { path: PathBuf, source: io::Error },
}

impl DeviceKey {
    /// Where the key lies in a data folder.
    pub fn path_in(data: &Path) -> PathBuf {
        data.join("private").join("device.key")
    }

    /// Makes a new key and writes it to `path` as PKCS#8 (RFC 5958, version 2), readable by its
    /// owner only, in a folder that is made private if it is missing. Returns once it is on disk;
    /// a crash leaves a whole key or none.
    pub fn create(path: &Path, random: &dyn SecureRandom) -> Result<Self, DeviceKeyError> {
        let io = |source| DeviceKeyError::Io { path: path.to_owned(), source };
        if path.try_exists().map_err(io)? {
            return Err(DeviceKeyError::Exists(path.to_owned()));
        }
        if let Some(folder) = path.parent() {
            durable::create_private_folder(folder).map_err(io)?;
        }
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(random).map_err(|_| DeviceKeyError::NoRandom)?;
        durable::replace_private(path, pkcs8.as_ref()).map_err(io)?;
        Self::from_pkcs8(pkcs8.as_ref(), path)
    }

    pub fn open(path: &Path) -> Result<Self, DeviceKeyError> {
        let io = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => DeviceKeyError::Missing(path.to_owned()),
            _ => DeviceKeyError::Io { path: path.to_owned(), source },
        };
        // Room for the whole file at once, so that growing leaves no copies of the secret behind.
        let mut pkcs8 = Zeroizing::new(Vec::with_capacity(MAX_FILE_BYTES as usize + 1));
        File::open(path).map_err(io)?.take(MAX_FILE_BYTES).read_to_end(&mut pkcs8).map_err(io)?;
        Self::from_pkcs8(&pkcs8, path)
    }

    fn from_pkcs8(pkcs8: &[u8], path: &Path) -> Result<Self, DeviceKeyError> {
        Ed25519KeyPair::from_pkcs8(pkcs8).map(Self).map_err(|_| DeviceKeyError::Damaged(path.to_owned()))
    }

    pub fn public(&self) -> PublicKey {
        let bytes = self.0.public_key().as_ref();
        PublicKey(bytes.try_into().expect("an Ed25519 public key has 32 bytes"))
    }

    pub fn sign(&self, message: &[u8]) -> Signature {
        let signature = self.0.sign(message);
        Signature(signature.as_ref().try_into().expect("an Ed25519 signature has 64 bytes"))
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DeviceKey").field(&self.public()).finish()
    }
}

impl DeviceKeyError {
    /// What happened and what to do, for a person.
    pub fn message(&self) -> Message {
        let about = |message: Message, path: &Path| message.with("path", path.display().to_string());
        match self {
            Self::Exists(path) => about(Message::new("device-key-exists"), path),
            Self::Missing(path) => about(Message::new("device-key-missing"), path),
            Self::Damaged(path) => about(Message::new("device-key-damaged"), path),
            Self::NoRandom => Message::new("no-random-numbers"),
            Self::Io { path, source } => {
                about(Message::new("device-key-io"), path).with("cause", source.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::rand::SystemRandom;

    #[test]
    fn a_key_is_the_same_after_reopening_and_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("device.pk8");
        let key = DeviceKey::create(&path, &SystemRandom::new()).unwrap();
        assert!(matches!(DeviceKey::create(&path, &SystemRandom::new()), Err(DeviceKeyError::Exists(_))));
        let again = DeviceKey::open(&path).unwrap();
        assert_eq!(key.public(), again.public());
        assert!(key.public().verify(b"hello", &again.sign(b"hello")));
        assert!(!key.public().verify(b"hullo", &again.sign(b"hello")));
    }

    #[test]
    fn a_missing_and_a_damaged_key_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("device.pk8");
        assert!(matches!(DeviceKey::open(&path), Err(DeviceKeyError::Missing(_))));
        DeviceKey::create(&path, &SystemRandom::new()).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.pop();
        std::fs::write(&path, bytes).unwrap();
        assert!(matches!(DeviceKey::open(&path), Err(DeviceKeyError::Damaged(_))));
    }
}
