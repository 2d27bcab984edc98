//! Keys made from their names, and the signatures that public tools would make with them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer, SigningKey};
use invigil::signing::{Digest, PublicKey};
use ring::digest::{SHA512, digest};

pub const NAMESPACE: &str = "invigil-archive";

/// The same name gives the same key.
pub fn key(name: &str) -> SigningKey {
    SigningKey::from_bytes(&Digest::of(name.as_bytes()).0)
}

pub fn public(key: &SigningKey) -> PublicKey {
    PublicKey(key.verifying_key().to_bytes())
}

pub fn sign(key: &SigningKey, message: &[u8]) -> [u8; 64] {
    key.sign(message).to_bytes()
}

/// What stands in an OpenSSH signature beside the message; an honest one unless changed.
pub struct SshSig {
    pub version: u32,
    pub namespace: &'static str,
    pub hash: &'static str,
}

impl SshSig {
    pub const HONEST: Self = Self { version: 1, namespace: NAMESPACE, hash: "sha512" };

    /// The armored signature, as `ssh-keygen -Y sign` writes it.
    pub fn make(&self, key: &SigningKey, message: &[u8]) -> String {
        let mut signed = b"SSHSIG".to_vec();
        let hash = digest(&SHA512, message);
        for text in [self.namespace.as_bytes(), b"", self.hash.as_bytes(), hash.as_ref()] {
            put(&mut signed, text);
        }
        let (mut public_blob, mut signature) = (Vec::new(), Vec::new());
        put(&mut public_blob, b"ssh-ed25519");
        put(&mut public_blob, &public(key).0);
        put(&mut signature, b"ssh-ed25519");
        put(&mut signature, &sign(key, &signed));
        let mut blob = b"SSHSIG".to_vec();
        blob.extend(self.version.to_be_bytes());
        for text in [&public_blob[..], self.namespace.as_bytes(), b"", self.hash.as_bytes(), &signature] {
            put(&mut blob, text);
        }
        let text = STANDARD.encode(blob);
        let mut armored = "-----BEGIN SSH SIGNATURE-----\n".to_owned();
        for line in text.as_bytes().chunks(70) {
            armored += std::str::from_utf8(line).unwrap();
            armored.push('\n');
        }
        armored + "-----END SSH SIGNATURE-----\n"
    }
}

/// A string in SSH's wire form.
fn put(blob: &mut Vec<u8>, text: &[u8]) {
    blob.extend((text.len() as u32).to_be_bytes());
    blob.extend(text);
}
