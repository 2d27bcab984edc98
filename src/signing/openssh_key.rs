//! A person's own key: OpenSSH's private key file (PROTOCOL.key), as `ssh-keygen -t ed25519` makes it.

use std::convert::Infallible;

use aes::Aes256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ctr::Ctr128BE;
use ctr::cipher::{KeyIvInit, StreamCipher};
use ed25519_dalek::{Signer, SigningKey};
use ring::rand::SecureRandom;
use zeroize::Zeroizing;

use super::key::{BadKey, KEY_TYPE, PublicKey, unsupported};
use super::ssh_key::SshKey;
use super::sshsig::SshSignature;
use super::wire::{Wire, put_string};
use crate::i18n::Message;

const BEGIN: &str = "-----BEGIN OPENSSH PRIVATE KEY-----";
const END: &str = "-----END OPENSSH PRIVATE KEY-----";
const MAGIC: &[u8] = b"openssh-key-v1\0";
/// An Ed25519 key file has some 400 bytes.
pub const MAX_KEY_FILE_BYTES: usize = 16 << 10;
/// OpenSSH asks for 16 or 24 rounds; a hundred take about a second.
const MAX_ROUNDS: u32 = 1000;
/// Of files that are made here, to be kept for years.
const ROUNDS: u32 = 100;
/// What is encrypted is filled up to a multiple.
const CIPHER_BLOCK: usize = 16;
const LINE_CHARS: usize = 70;
/// Key and initial counter of AES-256.
const DERIVED_BYTES: usize = 32 + 16;

/// An Ed25519 key out of such a file. Its secret is wiped from memory when it is dropped.
pub struct OpenSshKey(SigningKey);

/// Why a file gives no key. None of it names anything of the secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKeyFile {
    #[error("not an OpenSSH private key")]
    Malformed,
    #[error("a key of the type {0:?}; only ssh-ed25519 can be used from a file")]
    OtherKind(String),
    #[error("protected in a way that is not read here")]
    OtherCipher,
    #[error("the key needs its passphrase")]
    PassphraseNeeded,
    #[error("the passphrase is wrong")]
    WrongPassphrase,
}

impl OpenSshKey {
    /// Whether a file looks like a private key of any kind, rather than a signature.
    pub fn looks_like(text: &[u8]) -> bool {
        text.starts_with(BEGIN.as_bytes())
    }

    /// Whether the key is protected; of what is no such file, false.
    pub fn needs_passphrase(text: &[u8]) -> bool {
        dearmored(text).is_some_and(|blob| File::read(&blob).is_some_and(|file| file.cipher != b"none"))
    }

    /// Opens the key of such a file. `passphrase` is empty for a key without one.
    pub fn open(text: &[u8], passphrase: &[u8]) -> Result<Self, BadKeyFile> {
        let blob = dearmored(text).ok_or(BadKeyFile::Malformed)?;
        let file = File::read(&blob).ok_or(BadKeyFile::Malformed)?;
        let kind = Wire::new(file.public).string().ok_or(BadKeyFile::Malformed)?;
        if kind != KEY_TYPE.as_bytes() {
            return Err(match unsupported(&String::from_utf8_lossy(kind)) {
                BadKey::Unsupported(kind) => BadKeyFile::OtherKind(kind),
                BadKey::Malformed => BadKeyFile::Malformed,
            });
        }
        let mut secret = Zeroizing::new(file.secret.to_vec());
        match (file.cipher, file.derivation) {
            (b"none", b"none") => {}
            (b"aes256-ctr", b"bcrypt") if passphrase.is_empty() => return Err(BadKeyFile::PassphraseNeeded),
            (b"aes256-ctr", b"bcrypt") => decrypt(&mut secret, file.options, passphrase)?,
            _ => return Err(BadKeyFile::OtherCipher),
        }
        let mut wire = Wire::new(&secret);
        // Two equal numbers: decrypted with a wrong passphrase they differ.
        match (wire.u32(), wire.u32()) {
            (Some(one), Some(other)) if one == other => {}
            _ if file.cipher == b"none" => return Err(BadKeyFile::Malformed),
            _ => return Err(BadKeyFile::WrongPassphrase),
        }
        let key = ed25519(&mut wire).ok_or(BadKeyFile::Malformed)?;
        let same = SshKey::from(PublicKey(key.verifying_key().to_bytes())).blob() == file.public;
        if same { Ok(Self(key)) } else { Err(BadKeyFile::Malformed) }
    }

    pub(super) fn into_signing_key(self) -> SigningKey {
        self.0
    }

    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs `message` for `namespace`, as `ssh-keygen -Y sign` does with this key.
    pub fn sign(&self, namespace: &str, message: &[u8]) -> SshSignature {
        let sign = |bytes: &[u8]| Ok::<_, Infallible>(self.0.sign(bytes).to_bytes().to_vec());
        let Ok(signature) = SshSignature::made_by(self.public().into(), namespace, message, sign);
        signature
    }
}

impl std::fmt::Debug for OpenSshKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("OpenSshKey").field(&self.public()).finish()
    }
}

impl BadKeyFile {
    /// What is wrong and what to do, for a person.
    pub fn message(&self) -> Message {
        match self {
            Self::Malformed => Message::new("key-file-malformed"),
            Self::OtherKind(kind) => Message::new("key-file-kind").with("kind", kind.as_str()),
            Self::OtherCipher => Message::new("key-file-cipher"),
            Self::PassphraseNeeded => Message::new("key-file-passphrase-needed"),
            Self::WrongPassphrase => Message::new("key-file-passphrase-wrong"),
        }
    }
}

/// The file's outer form.
struct File<'a> {
    cipher: &'a [u8],
    derivation: &'a [u8],
    options: &'a [u8],
    public: &'a [u8],
    secret: &'a [u8],
}

impl<'a> File<'a> {
    fn read(blob: &'a [u8]) -> Option<Self> {
        let mut wire = Wire::new(blob.strip_prefix(MAGIC)?);
        let (cipher, derivation, options) = (wire.string()?, wire.string()?, wire.string()?);
        // More than one key in a file nobody writes.
        if wire.u32()? != 1 {
            return None;
        }
        let (public, secret) = (wire.string()?, wire.string()?);
        wire.is_empty().then_some(Self { cipher, derivation, options, public, secret })
    }
}

fn decrypt(secret: &mut [u8], options: &[u8], passphrase: &[u8]) -> Result<(), BadKeyFile> {
    let mut wire = Wire::new(options);
    let (Some(salt), Some(rounds)) = (wire.string(), wire.u32()) else { return Err(BadKeyFile::Malformed) };
    if salt.is_empty() || !wire.is_empty() {
        return Err(BadKeyFile::Malformed);
    }
    if !(1..=MAX_ROUNDS).contains(&rounds) {
        return Err(BadKeyFile::OtherCipher);
    }
    let mut derived = Zeroizing::new([0; DERIVED_BYTES]);
    bcrypt_pbkdf::bcrypt_pbkdf(passphrase, salt, rounds, &mut *derived).map_err(|_| BadKeyFile::Malformed)?;
    let (key, counter) = derived.split_at(32);
    let mut cipher = Ctr128BE::<Aes256>::new_from_slices(key, counter).map_err(|_| BadKeyFile::Malformed)?;
    cipher.apply_keystream(secret);
    Ok(())
}

/// A key in such a file, protected by a passphrase. None: there are no random numbers.
pub(super) fn protected(
    key: &SigningKey,
    passphrase: &[u8],
    comment: &str,
    random: &dyn SecureRandom,
) -> Option<Zeroizing<String>> {
    let public = SshKey::from(PublicKey(key.verifying_key().to_bytes()));
    let (mut salt, mut check) = ([0; 16], [0; 4]);
    random.fill(&mut salt).ok()?;
    random.fill(&mut check).ok()?;
    // Room for all of it at once: growing would leave copies of the secret behind.
    let mut secret = Zeroizing::new(Vec::with_capacity(256 + comment.len()));
    secret.extend_from_slice(&[check, check].concat());
    put_string(&mut secret, KEY_TYPE.as_bytes());
    put_string(&mut secret, key.verifying_key().as_bytes());
    put_string(&mut secret, &*Zeroizing::new(key.to_keypair_bytes()));
    put_string(&mut secret, comment.as_bytes());
    let padding = (1..).take((CIPHER_BLOCK - secret.len() % CIPHER_BLOCK) % CIPHER_BLOCK);
    secret.extend(padding);
    let mut options = Vec::new();
    put_string(&mut options, &salt);
    options.extend_from_slice(&ROUNDS.to_be_bytes());
    // Its own inverse.
    decrypt(&mut secret, &options, passphrase).ok()?;

    let mut blob = MAGIC.to_vec();
    for part in [b"aes256-ctr", &b"bcrypt"[..], &options] {
        put_string(&mut blob, part);
    }
    blob.extend_from_slice(&1_u32.to_be_bytes());
    put_string(&mut blob, public.blob());
    put_string(&mut blob, &secret);
    let encoded = STANDARD.encode(blob);
    let lines = encoded.as_bytes().chunks(LINE_CHARS).map(String::from_utf8_lossy);
    let body: String = lines.flat_map(|line| [line.into_owned(), "\n".to_owned()]).collect();
    Some(Zeroizing::new(format!("{BEGIN}\n{body}{END}\n")))
}

/// The private part: type, public key, both halves together, comment, padding.
fn ed25519(wire: &mut Wire<'_>) -> Option<SigningKey> {
    if wire.string()? != KEY_TYPE.as_bytes() {
        return None;
    }
    let public = wire.string()?;
    let (seed, again) = wire.string()?.split_first_chunk::<32>()?;
    let _comment = wire.string()?;
    (public == again).then(|| SigningKey::from_bytes(seed))
}

fn dearmored(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let text = std::str::from_utf8(text).ok().filter(|text| text.len() <= MAX_KEY_FILE_BYTES)?;
    let body = text.trim_end().strip_prefix(BEGIN)?.strip_suffix(END)?;
    let mut letters = Zeroizing::new(String::with_capacity(body.len()));
    letters.extend(body.chars().filter(|c| !matches!(c, '\r' | '\n')));
    STANDARD.decode(letters.as_bytes()).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::super::NAMESPACE;
    use super::*;

    fn key_file(kind: &str, passphrase: &str) -> (Vec<u8>, String) {
        let folder = tempfile::tempdir().unwrap();
        let made = Command::new("ssh-keygen")
            .args(["-q", "-t", kind, "-N", passphrase, "-C", "голова", "-f", "key"])
            .current_dir(folder.path())
            .status()
            .unwrap();
        assert!(made.success());
        let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
        (read("key"), String::from_utf8(read("key.pub")).unwrap())
    }

    #[test]
    fn a_key_of_ssh_keygen_opens_with_its_passphrase_only() {
        let (file, line) = key_file("ed25519", "верно 42");
        assert!(OpenSshKey::looks_like(&file));
        assert_eq!(OpenSshKey::open(&file, b"").unwrap_err(), BadKeyFile::PassphraseNeeded);
        assert_eq!(OpenSshKey::open(&file, b"wrong").unwrap_err(), BadKeyFile::WrongPassphrase);
        let key = OpenSshKey::open(&file, "верно 42".as_bytes()).unwrap();
        assert_eq!(SshKey::from(key.public()), SshKey::from_openssh_line(&line).unwrap());
        let signature = key.sign(NAMESPACE, b"part 00");
        assert!(signature.verify(NAMESPACE, b"part 00") && !signature.verify(NAMESPACE, b"part 01"));
        assert_eq!(signature.to_string().parse(), Ok(signature));

        let (open, _) = key_file("ed25519", "");
        assert!(OpenSshKey::open(&open, b"").is_ok());
    }

    #[test]
    fn other_files_are_told_apart_and_none_panics() {
        let kind = |kind| OpenSshKey::open(&key_file(kind, "").0, b"").unwrap_err();
        assert!(matches!(kind("ecdsa"), BadKeyFile::OtherKind(_)));
        assert_eq!(OpenSshKey::open(b"ssh-ed25519 AAAA", b"").unwrap_err(), BadKeyFile::Malformed);
        let (good, _) = key_file("ed25519", "");
        let blob = dearmored(&good).unwrap();
        let again = |blob: &[u8]| {
            let text = format!("{BEGIN}\n{}\n{END}\n", STANDARD.encode(blob));
            OpenSshKey::open(text.as_bytes(), b"x")
        };
        assert!(again(&blob).is_ok());
        for at in 0..blob.len() {
            assert!(again(&blob[..at]).is_err(), "cut at {at}");
            let mut changed = blob.to_vec();
            changed[at] ^= 0x11;
            // The comment and the padding are of no account.
            let _ = again(&changed);
        }
    }
}
