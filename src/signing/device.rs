//! The device key: names this station to the regional centre for years.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ed25519_dalek::{Signer, SigningKey};
use ring::rand::SecureRandom;
use zeroize::Zeroizing;

use super::key::{PublicKey, Signature};
use crate::durable;
use crate::i18n::Message;

/// A PKCS#8 file of ours has 83 bytes; anything much longer is something else.
const MAX_FILE_BYTES: u64 = 4096;

/// RFC 5958, version 2 with RFC 8410's algorithm, up to the secret half.
const BEFORE_SEED: [u8; 16] =
    [0x30, 0x51, 0x02, 0x01, 0x01, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
/// Between it and the public half: `[1]`, a bit string.
const BEFORE_PUBLIC: [u8; 3] = [0x81, 0x21, 0x00];
const PKCS8_BYTES: usize = BEFORE_SEED.len() + 32 + BEFORE_PUBLIC.len() + 32;

/// An Ed25519 key pair that lives in a private file. The secret never leaves it, and is wiped from memory
/// when it is dropped; the file's bytes are wiped as soon as they are read.
pub struct DeviceKey(SigningKey);

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
        let mut seed = Zeroizing::new([0; 32]);
        random.fill(&mut *seed).map_err(|_| DeviceKeyError::NoRandom)?;
        let key = Self(SigningKey::from_bytes(&seed));
        durable::replace_private(path, &*key.pkcs8()).map_err(io)?;
        Ok(key)
    }

    pub fn open(path: &Path) -> Result<Self, DeviceKeyError> {
        let io = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => DeviceKeyError::Missing(path.to_owned()),
            _ => DeviceKeyError::Io { path: path.to_owned(), source },
        };
        // Room for the whole file at once, so that growing leaves no copies of the secret behind.
        let mut pkcs8 = Zeroizing::new(Vec::with_capacity(MAX_FILE_BYTES as usize + 1));
        File::open(path).map_err(io)?.take(MAX_FILE_BYTES).read_to_end(&mut pkcs8).map_err(io)?;
        Self::from_pkcs8(&pkcs8).ok_or_else(|| DeviceKeyError::Damaged(path.to_owned()))
    }

    /// Reads exactly what [`pkcs8`](Self::pkcs8) writes: both halves have to be of one key.
    fn from_pkcs8(bytes: &[u8]) -> Option<Self> {
        let (seed, public) = bytes.strip_prefix(&BEFORE_SEED)?.split_first_chunk::<32>()?;
        let key = SigningKey::from_bytes(seed);
        (public.strip_prefix(&BEFORE_PUBLIC)? == key.verifying_key().as_bytes()).then_some(Self(key))
    }

    fn pkcs8(&self) -> Zeroizing<[u8; PKCS8_BYTES]> {
        let mut bytes = Zeroizing::new([0; PKCS8_BYTES]);
        let (before_seed, rest) = bytes.split_at_mut(BEFORE_SEED.len());
        let (seed, rest) = rest.split_at_mut(32);
        let (before_public, public) = rest.split_at_mut(BEFORE_PUBLIC.len());
        before_seed.copy_from_slice(&BEFORE_SEED);
        seed.copy_from_slice(self.0.as_bytes());
        before_public.copy_from_slice(&BEFORE_PUBLIC);
        public.copy_from_slice(self.0.verifying_key().as_bytes());
        bytes
    }

    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
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
    fn the_file_is_the_one_that_other_programs_write_and_every_bit_of_it_counts() {
        use ring::signature::{Ed25519KeyPair, KeyPair};
        let other = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let key = DeviceKey::from_pkcs8(other.as_ref()).unwrap();
        assert_eq!(key.pkcs8()[..], other.as_ref()[..]);
        let opened = Ed25519KeyPair::from_pkcs8(&*key.pkcs8()).unwrap();
        assert_eq!(opened.public_key().as_ref(), key.public().0);
        assert_eq!(opened.sign(b"m").as_ref(), key.sign(b"m").0);
        for bit in 0..8 * PKCS8_BYTES {
            let mut changed = key.pkcs8();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(DeviceKey::from_pkcs8(&*changed).is_none(), "bit {bit}");
        }
        assert!(DeviceKey::from_pkcs8(&[&key.pkcs8()[..], &[0]].concat()).is_none());
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
