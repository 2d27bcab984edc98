//! The device key: names this station to the regional centre for years.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ed25519_dalek::{Signer, SigningKey};
use ring::rand::SecureRandom;
use zeroize::Zeroizing;

use super::key::{PublicKey, Signature};
#[cfg(feature = "station")]
use super::openssh_key::{OpenSshKey, protected};
use super::sealer::{MAX_SEALED_BYTES, SealError, Sealer, looks_sealed};
use crate::durable;
use crate::i18n::Message;

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
    /// It is sealed for a computer, and not opened here.
    #[error("the seal of the device key at {} does not open: {source}", .path.display())]
    Sealed { path: PathBuf, source: SealError },
    #[error("the device key can't be sealed: {0}")]
    NotSealed(SealError),
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
        Self::create_with(path, random, None)
    }

    /// As [`create`](Self::create); sealed, if there is a sealer.
    pub fn create_with(
        path: &Path,
        random: &dyn SecureRandom,
        sealer: Option<&Sealer>,
    ) -> Result<Self, DeviceKeyError> {
        let mut seed = Zeroizing::new([0; 32]);
        random.fill(&mut *seed).map_err(|_| DeviceKeyError::NoRandom)?;
        let key = Self(SigningKey::from_bytes(&seed));
        key.put(path, sealer)?;
        Ok(key)
    }

    /// Writes it where no key is yet; sealed, if there is a sealer.
    pub fn put(&self, path: &Path, sealer: Option<&Sealer>) -> Result<(), DeviceKeyError> {
        let io = |source| DeviceKeyError::Io { path: path.to_owned(), source };
        if path.try_exists().map_err(io)? {
            return Err(DeviceKeyError::Exists(path.to_owned()));
        }
        if let Some(folder) = path.parent() {
            durable::create_private_folder(folder).map_err(io)?;
        }
        match sealer {
            Some(sealer) => {
                let sealed = sealer.seal(&*self.pkcs8()).map_err(DeviceKeyError::NotSealed)?;
                durable::replace_private(path, &sealed).map_err(io)
            }
            None => durable::replace_private(path, &*self.pkcs8()).map_err(io),
        }
    }

    /// Opens a key that is there in plain, or sealed by this system's means.
    pub fn open(path: &Path) -> Result<Self, DeviceKeyError> {
        Self::open_with(path, &Sealer::new())
    }

    /// As [`open`](Self::open); what a service manager has opened already goes before the file.
    pub fn open_with(path: &Path, sealer: &Sealer) -> Result<Self, DeviceKeyError> {
        let io = |source| DeviceKeyError::Io { path: path.to_owned(), source };
        let pkcs8 = match sealer.opened(PKCS8_BYTES as u64 + 1).map_err(io)? {
            Some(opened) => opened,
            None => match read(path)? {
                sealed if looks_sealed(&sealed) => {
                    let failed = |source| DeviceKeyError::Sealed { path: path.to_owned(), source };
                    sealer.open(&sealed).map_err(failed)?
                }
                plain => plain,
            },
        };
        Self::from_pkcs8(&pkcs8).ok_or_else(|| DeviceKeyError::Damaged(path.to_owned()))
    }

    /// Whether the file holds a seal rather than a key.
    pub fn is_sealed(path: &Path) -> Result<bool, DeviceKeyError> {
        read(path).map(|bytes| looks_sealed(&bytes))
    }

    /// Seals the key that is there, in its place; what stood there is overwritten. A crash leaves the one
    /// or the other. What is sealed already stays as it is.
    pub fn seal(path: &Path, sealer: &Sealer) -> Result<Self, DeviceKeyError> {
        let key = Self::open_with(path, sealer)?;
        if !Self::is_sealed(path)? {
            let io = |source| DeviceKeyError::Io { path: path.to_owned(), source };
            let aside = path.with_added_extension("sealing");
            // Of an earlier try; the key itself is still in its place.
            match std::fs::remove_file(&aside) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(io(error)),
                _ => key.put(&aside, Some(sealer))?,
            }
            durable::take_place(&aside, path).map_err(io)?;
        }
        Ok(key)
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

    /// The key as a file that its passphrase opens, here and in `ssh-keygen`: to be kept elsewhere.
    #[cfg(feature = "station")]
    pub fn deposit(
        &self,
        passphrase: &[u8],
        comment: &str,
        random: &dyn SecureRandom,
    ) -> Result<Zeroizing<String>, DeviceKeyError> {
        protected(&self.0, passphrase, comment, random).ok_or(DeviceKeyError::NoRandom)
    }

    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }
}

/// The file's bytes, in room for all of it at once: growing would leave copies of the secret behind.
fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, DeviceKeyError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => DeviceKeyError::Missing(path.to_owned()),
        _ => DeviceKeyError::Io { path: path.to_owned(), source },
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_SEALED_BYTES + 1));
    File::open(path)
        .map_err(failed)?
        .take(MAX_SEALED_BYTES as u64)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

/// One that was deposited.
#[cfg(feature = "station")]
impl From<OpenSshKey> for DeviceKey {
    fn from(key: OpenSshKey) -> Self {
        Self(key.into_signing_key())
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
            Self::Sealed { path, source: SealError::TooLong { program, seconds } } => {
                let message = about(Message::new("device-key-sealed-hangs"), path);
                message.with("program", program.display().to_string()).with("seconds", *seconds)
            }
            Self::Sealed { path, source } => {
                about(Message::new("device-key-sealed"), path).with("cause", source.to_string())
            }
            Self::NotSealed(source) => {
                Message::new("device-key-not-sealed").with("cause", source.to_string())
            }
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
