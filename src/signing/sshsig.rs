//! OpenSSH's file signatures (PROTOCOL.sshsig), as `ssh-keygen -Y sign` and `-Y verify` know them.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, SHA512, digest};

use super::device::DeviceKey;
use super::key::BadKey;
use super::ssh_key::{KeySignature, SshKey};
use super::wire::{Wire, put_string};

/// The namespace of everything that `invigil` signs and accepts.
pub const NAMESPACE: &str = "invigil-archive";

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";
const MAGIC: &[u8; 6] = b"SSHSIG";
const VERSION: u32 = 1;
const LINE_CHARS: usize = 70;
/// An Ed25519 signature has about 300 bytes armored, one of the longest RSA key about 3000.
pub const MAX_ARMORED_BYTES: usize = 4096;

/// A signature with the key that made it. It says nothing of who is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SshSignature {
    pub key: SshKey,
    pub namespace: String,
    hash: Hash,
    signature: KeySignature,
}

/// What the message was hashed with before it was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hash {
    Sha256,
    Sha512,
}

/// A text that is no signature file, or one of a kind that is not supported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSshSignature {
    #[error("not a signature as `ssh-keygen -Y sign` writes it")]
    Malformed,
    #[error("signatures of the key type {0:?} are not supported")]
    UnsupportedKey(String),
}

impl SshSignature {
    /// Whether a file that begins so means to be a signature; whether it is a good one, reading it tells.
    pub fn looks_like(text: &[u8]) -> bool {
        text.starts_with(BEGIN.as_bytes())
    }

    /// Signs `message` (hashed with SHA-512) for `namespace`.
    pub fn make(namespace: &str, message: &[u8], key: &DeviceKey) -> Self {
        let signature = key.sign(&signed_bytes(namespace, Hash::Sha512, message));
        let (key, signature) = (key.public().into(), KeySignature::ed25519(signature));
        Self { key, namespace: namespace.to_owned(), hash: Hash::Sha512, signature }
    }

    /// Signs `message` (hashed with SHA-512) for `namespace` as `key`, which `sign` does: 64 bytes by
    /// Ed25519, r and s by ECDSA, or by RSA with SHA-512.
    #[cfg(feature = "station")]
    pub(super) fn made_by<E>(
        key: SshKey,
        namespace: &str,
        message: &[u8],
        sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, E>,
    ) -> Result<Self, E> {
        let bytes = sign(&signed_bytes(namespace, Hash::Sha512, message))?;
        let signature = KeySignature::by(&key, bytes);
        Ok(Self { key, namespace: namespace.to_owned(), hash: Hash::Sha512, signature })
    }

    /// Whether the signature is over exactly these bytes, for `namespace`, by [`Self::key`].
    pub fn verify(&self, namespace: &str, message: &[u8]) -> bool {
        self.namespace == namespace
            && self.key.verify(&signed_bytes(namespace, self.hash, message), &self.signature)
    }

    /// Made by a hardware key that says that nobody touched it.
    pub fn untouched(&self) -> bool {
        self.signature.untouched()
    }

    fn from_blob(blob: &[u8]) -> Option<Result<Self, BadSshSignature>> {
        let mut wire = Wire::new(blob);
        if wire.bytes(MAGIC.len())? != MAGIC || wire.u32()? != VERSION {
            return None;
        }
        let key = match SshKey::from_blob(wire.string()?) {
            Ok(key) => key,
            Err(BadKey::Unsupported(kind)) => return Some(Err(BadSshSignature::UnsupportedKey(kind))),
            Err(BadKey::Malformed) => return None,
        };
        let namespace = std::str::from_utf8(wire.string()?).ok()?.to_owned();
        // Reserved: to be ignored, but it is signed over; nobody writes it, so it has to be empty.
        if namespace.is_empty() || !wire.string()?.is_empty() {
            return None;
        }
        let hash = match wire.string()? {
            b"sha256" => Hash::Sha256,
            b"sha512" => Hash::Sha512,
            _ => return None,
        };
        let signature = KeySignature::read(wire.string()?, &key)?;
        wire.is_empty().then_some(Ok(Self { key, namespace, hash, signature }))
    }

    fn blob(&self) -> Vec<u8> {
        let mut blob = MAGIC.to_vec();
        blob.extend_from_slice(&VERSION.to_be_bytes());
        put_string(&mut blob, self.key.blob());
        put_string(&mut blob, self.namespace.as_bytes());
        put_string(&mut blob, b"");
        put_string(&mut blob, self.hash.name());
        put_string(&mut blob, &self.signature.blob());
        blob
    }
}

impl Hash {
    fn name(self) -> &'static [u8] {
        match self {
            Hash::Sha256 => b"sha256",
            Hash::Sha512 => b"sha512",
        }
    }
}

fn signed_bytes(namespace: &str, hash: Hash, message: &[u8]) -> Vec<u8> {
    let hashed = match hash {
        Hash::Sha256 => digest(&SHA256, message),
        Hash::Sha512 => digest(&SHA512, message),
    };
    let mut bytes = MAGIC.to_vec();
    put_string(&mut bytes, namespace.as_bytes());
    put_string(&mut bytes, b"");
    put_string(&mut bytes, hash.name());
    put_string(&mut bytes, hashed.as_ref());
    bytes
}

impl fmt::Display for SshSignature {
    /// The armored form, byte for byte as `ssh-keygen` writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&armored(&self.blob()))
    }
}

pub(super) fn armored(blob: &[u8]) -> String {
    let encoded = STANDARD.encode(blob);
    let mut text = format!("{BEGIN}\n");
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, next) = rest.split_at(rest.len().min(LINE_CHARS));
        text.push_str(line);
        text.push('\n');
        rest = next;
    }
    text + END + "\n"
}

impl FromStr for SshSignature {
    type Err = BadSshSignature;

    /// Reads the armored form; line ends may be CR LF, and nothing may stand around it.
    fn from_str(text: &str) -> Result<Self, BadSshSignature> {
        let blob = dearmored(text).ok_or(BadSshSignature::Malformed)?;
        Self::from_blob(&blob).unwrap_or(Err(BadSshSignature::Malformed))
    }
}

pub(super) fn dearmored(text: &str) -> Option<Vec<u8>> {
    let text = Some(text).filter(|text| text.len() <= MAX_ARMORED_BYTES)?;
    let body = text.strip_prefix(BEGIN)?.trim_end_matches(['\r', '\n']).strip_suffix(END)?;
    if !body.starts_with(['\r', '\n']) || !body.ends_with('\n') {
        return None;
    }
    let text: String = body.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    STANDARD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::Path;
    use std::process::{Command, Stdio};

    use proptest::prelude::*;
    use ring::rand::SystemRandom;

    use super::*;

    fn device_key(folder: &Path) -> DeviceKey {
        DeviceKey::create(&folder.join("device.pk8"), &SystemRandom::new()).unwrap()
    }

    fn ssh_keygen(arguments: &[&str], folder: &Path, message: Option<&str>) -> bool {
        let stdin = match message {
            Some(file) => Stdio::from(File::open(folder.join(file)).unwrap()),
            None => Stdio::null(),
        };
        let mut command = Command::new("ssh-keygen");
        command.args(arguments).current_dir(folder).stdin(stdin);
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
    }

    #[test]
    fn ssh_keygen_accepts_our_signature_and_refuses_it_over_other_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let key = device_key(folder.path());
        let signature = SshSignature::make(NAMESPACE, b"the tag manifest\n", &key);
        fs::write(folder.path().join("sig"), signature.to_string()).unwrap();
        fs::write(folder.path().join("signers"), format!("station {}\n", key.public())).unwrap();
        fs::write(folder.path().join("good"), "the tag manifest\n").unwrap();
        fs::write(folder.path().join("bad"), "the tag manifesto\n").unwrap();
        let verify = ["-Y", "verify", "-f", "signers", "-I", "station", "-n", NAMESPACE, "-s", "sig"];
        assert!(ssh_keygen(&verify, folder.path(), Some("good")));
        assert!(!ssh_keygen(&verify, folder.path(), Some("bad")));
    }

    #[test]
    fn we_accept_what_ssh_keygen_signs() {
        let folder = tempfile::tempdir().unwrap();
        let generate = ["-q", "-t", "ed25519", "-N", "", "-C", "head", "-f", "head"];
        assert!(ssh_keygen(&generate, folder.path(), None));
        let public = fs::read_to_string(folder.path().join("head.pub")).unwrap();
        let public = SshKey::from_openssh_line(&public).unwrap();
        for hash in ["sha512", "sha256"] {
            let message = format!("message of {hash}");
            fs::write(folder.path().join(hash), &message).unwrap();
            let option = format!("hashalg={hash}");
            let sign = ["-Y", "sign", "-q", "-f", "head", "-n", NAMESPACE, "-O", &option, hash];
            assert!(ssh_keygen(&sign, folder.path(), None));
            let text = fs::read_to_string(folder.path().join(format!("{hash}.sig"))).unwrap();
            let signature: SshSignature = text.parse().unwrap();
            assert_eq!(signature.key, public);
            assert!(signature.verify(NAMESPACE, message.as_bytes()));
            assert!(!signature.verify(NAMESPACE, b"another message"));
            assert!(!signature.verify("file", message.as_bytes()));
            assert_eq!(signature.to_string(), text);
        }
    }

    #[test]
    fn the_public_forms_are_those_that_public_tools_print() {
        let folder = tempfile::tempdir().unwrap();
        let key = device_key(folder.path()).public();
        fs::write(folder.path().join("key.pub"), key.openssh_line("station")).unwrap();
        let mut list = Command::new("ssh-keygen");
        let printed = list.args(["-l", "-f", "key.pub"]).current_dir(folder.path()).output().unwrap();
        assert!(String::from_utf8(printed.stdout).unwrap().contains(&key.fingerprint()));
    }

    #[test]
    fn a_changed_byte_anywhere_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let signature = SshSignature::make(NAMESPACE, b"m", &device_key(folder.path()));
        let blob = signature.blob();
        for at in 0..blob.len() {
            let mut changed = blob.clone();
            changed[at] ^= 1;
            let read = SshSignature::from_blob(&changed);
            assert!(!matches!(read, Some(Ok(s)) if s.verify(NAMESPACE, b"m")), "byte {at}");
            assert!(SshSignature::from_blob(&blob[..at]).is_none(), "cut at {at}");
        }
        let armored = signature.to_string();
        assert!(format!("x{armored}").parse::<SshSignature>().is_err());
        assert!(format!("{armored}x").parse::<SshSignature>().is_err());
        assert!(armored.replace('\n', "\r\n").parse::<SshSignature>().is_ok());
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>(), blob in any::<Vec<u8>>()) {
            let _ = text.parse::<SshSignature>();
            let _ = format!("{BEGIN}\n{}\n{END}", STANDARD.encode(&blob)).parse::<SshSignature>();
            let _ = SshSignature::from_blob(&[MAGIC, &VERSION.to_be_bytes()[..], &blob].concat());
        }
    }
}
