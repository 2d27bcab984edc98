//! Ed25519 public keys and signatures, in the forms that public tools read.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::wire::{Wire, put_string};

pub(super) const KEY_TYPE: &str = "ssh-ed25519";

/// An Ed25519 public key (RFC 8032). Serialised as an OpenSSH line without a comment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey(pub [u8; 32]);

/// An Ed25519 signature (RFC 8032).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

/// A text that is no public key in OpenSSH's form, or of a kind that is not used here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    #[error("keys of the type {0:?} are not supported here")]
    Unsupported(String),
    #[error("not a public key such as `ssh-ed25519 AAAA…`")]
    Malformed,
}

impl PublicKey {
    /// Reads one line of a `.pub` file: type, key, and perhaps a comment, which is dropped.
    pub fn from_openssh_line(line: &str) -> Result<Self, BadKey> {
        let mut words = line.split_ascii_whitespace();
        let (Some(kind), Some(blob)) = (words.next(), words.next()) else { return Err(BadKey::Malformed) };
        if kind != KEY_TYPE {
            return Err(unsupported(kind));
        }
        Self::from_blob(&STANDARD.decode(blob).map_err(|_| BadKey::Malformed)?)
    }

    /// `ssh-ed25519 AAAA… comment`, or without the comment when it is empty.
    pub fn openssh_line(&self, comment: &str) -> String {
        let blob = STANDARD.encode(self.blob());
        if comment.is_empty() { format!("{KEY_TYPE} {blob}") } else { format!("{KEY_TYPE} {blob} {comment}") }
    }

    /// SubjectPublicKeyInfo (RFC 8410 section 4) as PEM, the form that OpenSSL reads.
    pub fn pem(&self) -> String {
        const PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
        let der = [&PREFIX[..], &self.0[..]].concat();
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(der))
    }

    /// `SHA256:…`, as `ssh-keygen -l` prints it.
    pub fn fingerprint(&self) -> String {
        format!("SHA256:{}", STANDARD_NO_PAD.encode(self.sha256().0))
    }

    /// SHA-256 of the key in SSH wire form: what [`fingerprint`](Self::fingerprint) shows.
    pub fn sha256(&self) -> Digest {
        Digest::of(&self.blob())
    }

    /// Whether `signature` was made over `message` with this key.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0).verify(message, &signature.0).is_ok()
    }

    /// The key in SSH wire form (RFC 8709 section 4).
    pub(super) fn blob(&self) -> Vec<u8> {
        let mut blob = Vec::with_capacity(51);
        put_string(&mut blob, KEY_TYPE.as_bytes());
        put_string(&mut blob, &self.0);
        blob
    }

    pub(super) fn from_blob(blob: &[u8]) -> Result<Self, BadKey> {
        let mut wire = Wire::new(blob);
        let kind = wire.string().ok_or(BadKey::Malformed)?;
        if kind != KEY_TYPE.as_bytes() {
            return Err(unsupported(&String::from_utf8_lossy(kind)));
        }
        let key = wire.string().ok_or(BadKey::Malformed)?;
        match (key.try_into(), wire.is_empty()) {
            (Ok(key), true) => Ok(Self(key)),
            _ => Err(BadKey::Malformed),
        }
    }
}

/// Names the type only if it looks like one: the text comes from outside.
pub(super) fn unsupported(kind: &str) -> BadKey {
    let known = ["ssh-", "ecdsa-", "sk-"].iter().any(|prefix| kind.starts_with(prefix));
    let plain = kind.bytes().all(|b| b.is_ascii_alphanumeric() || b"-@.".contains(&b));
    if known && plain && kind.len() <= 64 { BadKey::Unsupported(kind.to_owned()) } else { BadKey::Malformed }
}

impl FromStr for PublicKey {
    type Err = BadKey;

    /// Exactly what [`Display`](fmt::Display) writes.
    fn from_str(text: &str) -> Result<Self, BadKey> {
        let key = Self::from_openssh_line(text)?;
        if key.to_string() == text { Ok(key) } else { Err(BadKey::Malformed) }
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.openssh_line(""))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fingerprint())
    }
}

impl TryFrom<String> for PublicKey {
    type Error = BadKey;
    fn try_from(text: String) -> Result<Self, BadKey> {
        text.parse()
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> String {
        key.to_string()
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032 section 7.1, test 2.
    const KEY: PublicKey = PublicKey([
        0x3d, 0x40, 0x17, 0xc3, 0xe8, 0x43, 0x89, 0x5a, 0x92, 0xb7, 0x0a, 0xa7, 0x4d, 0x1b, 0x7e, 0xbc, 0x9c,
        0x98, 0x2c, 0xcf, 0x2e, 0xc4, 0x96, 0x8c, 0xc0, 0xcd, 0x55, 0xf1, 0x2a, 0xf4, 0x66, 0x0c,
    ]);
    const LINE: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM";

    #[test]
    fn an_openssh_line_reads_back() {
        assert_eq!(KEY.to_string(), LINE);
        assert_eq!(LINE.parse(), Ok(KEY));
        assert_eq!(PublicKey::from_openssh_line(&format!("{LINE} head of 0101\n")), Ok(KEY));
        assert_eq!(format!("{LINE} comment").parse::<PublicKey>(), Err(BadKey::Malformed));
    }

    #[test]
    fn other_keys_are_refused_by_name() {
        let rsa = PublicKey::from_openssh_line("ssh-rsa AAAAB3NzaC1yc2E=");
        assert_eq!(rsa, Err(BadKey::Unsupported("ssh-rsa".to_owned())));
        for bad in ["", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-ed25519 ?", &LINE[..LINE.len() - 4]] {
            assert_eq!(PublicKey::from_openssh_line(bad), Err(BadKey::Malformed), "{bad:?}");
        }
    }

    #[test]
    fn the_published_signature_verifies_and_a_changed_one_does_not() {
        let mut signature = [0; 64];
        let text = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
                    085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
        for (at, byte) in signature.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap();
        }
        assert!(KEY.verify(&[0x72], &Signature(signature)));
        assert!(!KEY.verify(&[0x73], &Signature(signature)));
        signature[63] ^= 0x80;
        assert!(!KEY.verify(&[0x72], &Signature(signature)));
    }
}
