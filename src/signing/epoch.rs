//! Epoch keys: each signs one checkpoint and is gone, so that who gets into the computer later
//! can't sign anything that was said before.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use ed25519_dalek::{Signer, SigningKey};
use ring::rand::SecureRandom;
use zeroize::Zeroizing;

use super::digest::Digest;
use super::key::{PublicKey, Signature};
use crate::durable;

/// An Ed25519 key for one signature. Its secret is wiped from memory when it is used or dropped.
pub struct EpochKey(SigningKey);

impl EpochKey {
    /// A new key. Fails when the computer gives no random numbers.
    pub fn generate(random: &dyn SecureRandom) -> Result<Self, ring::error::Unspecified> {
        let mut seed = Zeroizing::new([0; 32]);
        random.fill(&mut *seed)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs, and wipes the key.
    pub fn sign(self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }
}

impl fmt::Debug for EpochKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EpochKey").field(&self.public()).finish()
    }
}

/// A slot lies in a disk block of its own: a torn write of one never touches the other.
const SLOT_BYTES: usize = 4096;
const MAGIC: &[u8; 16] = b"invigil epoch 1\n";
/// Magic, epoch, seed; their SHA-256 follows.
const SEALED_BYTES: usize = 16 + 8 + 32;

/// The private file that keeps the newest epoch keys over a restart.
///
/// Two slots, even and odd epochs, each overwritten in place and synced. A key is put here before
/// anybody is told of it and wiped after its one signature is published, so that at any moment of
/// a crash the key announced last is in one of the slots.
#[derive(Debug)]
pub struct EpochSeedFile(File);

impl EpochSeedFile {
    /// A new file with empty slots; never replaces one that is there.
    pub fn create(path: &Path) -> io::Result<Self> {
        durable::create_private(path, &[0; 2 * SLOT_BYTES]).map(Self)
    }

    pub fn open(path: &Path) -> io::Result<Self> {
        OpenOptions::new().read(true).write(true).open(path).map(Self)
    }

    /// Makes this the file's only holder until it is dropped. False: another one holds it.
    pub fn lock(&self) -> io::Result<bool> {
        durable::hold(&self.0)
    }

    /// Keeps the key of `epoch` in the place of the one two epochs before. On disk on return.
    pub fn put(&mut self, epoch: u64, key: &EpochKey) -> io::Result<()> {
        let mut slot = Zeroizing::new([0; SLOT_BYTES]);
        slot[..16].copy_from_slice(MAGIC);
        slot[16..24].copy_from_slice(&epoch.to_be_bytes());
        slot[24..SEALED_BYTES].copy_from_slice(key.0.as_bytes());
        let seal = Digest::of(&slot[..SEALED_BYTES]);
        slot[SEALED_BYTES..SEALED_BYTES + 32].copy_from_slice(&seal.0);
        self.overwrite(epoch, &slot)
    }

    /// Overwrites the key of `epoch`. On disk on return.
    pub fn wipe(&mut self, epoch: u64) -> io::Result<()> {
        self.overwrite(epoch, &[0; SLOT_BYTES])
    }

    /// The key of `epoch`, unless it was wiped, torn by a crash or never there.
    pub fn get(&mut self, epoch: u64) -> io::Result<Option<EpochKey>> {
        let mut slot = Zeroizing::new([0; SLOT_BYTES]);
        self.0.seek(SeekFrom::Start(slot_offset(epoch)))?;
        match self.0.read_exact(&mut *slot) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error),
        }
        let seal = Digest::of(&slot[..SEALED_BYTES]);
        let whole = slot[..16] == MAGIC[..]
            && slot[16..24] == epoch.to_be_bytes()
            && slot[SEALED_BYTES..SEALED_BYTES + 32] == seal.0;
        if !whole {
            return Ok(None);
        }
        let mut seed = Zeroizing::new([0; 32]);
        seed.copy_from_slice(&slot[24..SEALED_BYTES]);
        Ok(Some(EpochKey(SigningKey::from_bytes(&seed))))
    }

    fn overwrite(&mut self, epoch: u64, slot: &[u8; SLOT_BYTES]) -> io::Result<()> {
        self.0.seek(SeekFrom::Start(slot_offset(epoch)))?;
        self.0.write_all(slot)?;
        self.0.sync_all()
    }
}

fn slot_offset(epoch: u64) -> u64 {
    (epoch % 2) * SLOT_BYTES as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::rand::SystemRandom;

    #[test]
    fn an_epochs_signature_verifies() {
        let key = EpochKey::generate(&SystemRandom::new()).unwrap();
        let public = key.public();
        assert!(public.verify(b"checkpoint", &key.sign(b"checkpoint")));
    }

    #[test]
    fn two_epochs_are_kept_and_a_wiped_one_leaves_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("epoch");
        let keys: Vec<EpochKey> = (0..3).map(|_| EpochKey::generate(&SystemRandom::new()).unwrap()).collect();
        let mut seeds = EpochSeedFile::create(&path).unwrap();
        seeds.put(0, &keys[0]).unwrap();
        seeds.put(1, &keys[1]).unwrap();
        drop(seeds);

        let mut seeds = EpochSeedFile::open(&path).unwrap();
        for epoch in [0, 1] {
            let kept = seeds.get(epoch as u64).unwrap().unwrap();
            assert_eq!(kept.public(), keys[epoch].public());
        }
        seeds.put(2, &keys[2]).unwrap();
        assert!(seeds.get(0).unwrap().is_none());
        seeds.wipe(1).unwrap();
        assert!(seeds.get(1).unwrap().is_none());
        let bytes = std::fs::read(&path).unwrap();
        for wiped in &keys[..2] {
            assert!(!bytes.windows(32).any(|window| window == wiped.0.as_bytes()));
        }
    }

    #[test]
    fn a_torn_slot_counts_as_empty() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("epoch");
        let key = EpochKey::generate(&SystemRandom::new()).unwrap();
        EpochSeedFile::create(&path).unwrap().put(1, &key).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for at in SLOT_BYTES..SLOT_BYTES + SEALED_BYTES + 32 {
            let mut torn = whole.clone();
            torn[at] ^= 1;
            std::fs::write(&path, torn).unwrap();
            assert!(EpochSeedFile::open(&path).unwrap().get(1).unwrap().is_none(), "byte {at}");
        }
        std::fs::write(&path, &whole[..SLOT_BYTES + 40]).unwrap();
        assert!(EpochSeedFile::open(&path).unwrap().get(1).unwrap().is_none());
    }
}
