//! Writing the file format of `age` (C2SP, age-encryption.org/v1) to X25519 recipients, so that what is on
//! a lost medium discloses nothing. Opened with the plain `age -d`; this program has no key to read it.
//!
//! Every cryptographic part is `ring`'s: X25519, HKDF-SHA-256, HMAC-SHA-256, ChaCha20-Poly1305. The
//! crate `age` would bring sixty more crates for the same bytes.

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{EphemeralPrivateKey, UnparsedPublicKey, X25519, agree_ephemeral};
use ring::rand::SecureRandom;
use ring::{hkdf, hmac};
use zeroize::Zeroizing;

use crate::point::AgeRecipient;

const VERSION: &str = "age-encryption.org/v1";
/// Plaintext of a chunk; each is sealed by itself, so that a file is read as a stream.
const CHUNK_BYTES: usize = 64 * 1024;
const TAG_BYTES: usize = 16;

/// Encrypts what is written to it.
pub struct Encryptor<W> {
    out: W,
    key: LessSafeKey,
    /// Plaintext that waits: whether it is the last is known only when more comes or nothing.
    chunk: Vec<u8>,
    counter: u64,
}

impl<W: Write> Encryptor<W> {
    /// Writes the header. Any of the recipients can open the file; there has to be one.
    pub fn new(recipients: &[AgeRecipient], random: &dyn SecureRandom, mut out: W) -> io::Result<Self> {
        if recipients.is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "no recipient"));
        }
        let mut file_key = Zeroizing::new([0; 16]);
        random.fill(&mut *file_key).map_err(failed)?;
        let mut header = format!("{VERSION}\n");
        for recipient in recipients {
            header += &stanza(recipient, &file_key, random)?;
        }
        header += "---";
        let mac_key = derived(&[], &*file_key, b"header")?;
        let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &*mac_key), header.as_bytes());
        header += &format!(" {}\n", STANDARD_NO_PAD.encode(mac));
        out.write_all(header.as_bytes())?;
        let mut nonce = [0; 16];
        random.fill(&mut nonce).map_err(failed)?;
        out.write_all(&nonce)?;
        let payload_key = derived(&nonce, &*file_key, b"payload")?;
        Ok(Self {
            out,
            key: cipher(&payload_key)?,
            chunk: Vec::with_capacity(CHUNK_BYTES + TAG_BYTES),
            counter: 0,
        })
    }

    /// Seals the last chunk; without it the file is no whole one.
    pub fn finish(mut self) -> io::Result<W> {
        self.seal(true)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn seal(&mut self, last: bool) -> io::Result<()> {
        let mut nonce = [0; 12];
        nonce[3..11].copy_from_slice(&self.counter.to_be_bytes());
        nonce[11] = u8::from(last);
        self.counter += 1;
        let nonce = Nonce::assume_unique_for_key(nonce);
        self.key.seal_in_place_append_tag(nonce, Aad::empty(), &mut self.chunk).map_err(failed)?;
        self.out.write_all(&self.chunk)?;
        self.chunk.clear();
        Ok(())
    }
}

impl<W: Write> Write for Encryptor<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.chunk.len() == CHUNK_BYTES && !bytes.is_empty() {
            self.seal(false)?;
        }
        let taken = bytes.len().min(CHUNK_BYTES - self.chunk.len());
        self.chunk.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    /// A chunk is not cut short.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The file key, wrapped for one recipient.
fn stanza(recipient: &AgeRecipient, file_key: &[u8; 16], random: &dyn SecureRandom) -> io::Result<String> {
    let ours = EphemeralPrivateKey::generate(&X25519, random).map_err(failed)?;
    let share = ours.compute_public_key().map_err(failed)?;
    let salt = [share.as_ref(), recipient.bytes()].concat();
    let theirs = UnparsedPublicKey::new(&X25519, recipient.bytes());
    // Fails for a key that shares nothing secret with anybody (RFC 7748, section 6.1).
    let wrap_key =
        agree_ephemeral(ours, &theirs, |shared| derived(&salt, shared, b"age-encryption.org/v1/X25519"))
            .map_err(failed)??;
    let mut body = file_key.to_vec();
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    cipher(&wrap_key)?.seal_in_place_append_tag(nonce, Aad::empty(), &mut body).map_err(failed)?;
    Ok(format!("-> X25519 {}\n{}\n", STANDARD_NO_PAD.encode(share), STANDARD_NO_PAD.encode(body)))
}

fn derived(salt: &[u8], secret: &[u8], info: &[u8]) -> io::Result<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, salt);
    let pseudorandom = salt.extract(secret);
    let info = [info];
    let expanded = pseudorandom.expand(&info, hkdf::HKDF_SHA256).map_err(failed)?;
    expanded.fill(&mut *key).map_err(failed)?;
    Ok(key)
}

fn cipher(key: &[u8; 32]) -> io::Result<LessSafeKey> {
    UnboundKey::new(&CHACHA20_POLY1305, key).map(LessSafeKey::new).map_err(failed)
}

fn failed(_: ring::error::Unspecified) -> io::Error {
    io::Error::other("the encryption failed")
}
