//! Signatures of every kind of key: those that `ssh-keygen -Y sign` makes are accepted, those of hardware
//! keys, made here from the format, are accepted by `ssh-keygen -Y verify` too, and one that it refuses
//! is refused here.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use ed25519_dalek::{Signer, SigningKey};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

use super::wire::{put_mpint, put_string};
use super::*;

const MESSAGE: &[u8] = b"the tag manifest\n";
const TOUCHED: u8 = 1;

fn quiet(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// What `ssh-keygen -Y sign` makes of a new key, with its line.
fn signed(folder: &Path, kind: &[&str], more: &[&str]) -> (String, String) {
    fs::write(folder.join("message"), MESSAGE).unwrap();
    let made = quiet("ssh-keygen", folder).args(["-q", "-N", "", "-f", "key"]).args(kind).status().unwrap();
    assert!(made.success(), "{kind:?}");
    let mut sign = quiet("ssh-keygen", folder);
    sign.args(["-Y", "sign", "-q", "-f", "key", "-n", NAMESPACE]).args(more).arg("message");
    assert!(sign.status().unwrap().success(), "{kind:?}");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    (read("message.sig"), read("key.pub"))
}

fn ssh_keygen_accepts(folder: &Path, signature: &str, key: &str) -> bool {
    fs::write(folder.join("sig"), signature).unwrap();
    fs::write(folder.join("signers"), format!("head {key}\n")).unwrap();
    fs::write(folder.join("message"), MESSAGE).unwrap();
    let mut verify = quiet("ssh-keygen", folder);
    verify.args(["-Y", "verify", "-f", "signers", "-I", "head", "-n", NAMESPACE, "-s", "sig"]);
    verify.stdin(File::open(folder.join("message")).unwrap()).status().unwrap().success()
}

#[test]
fn what_ssh_keygen_signs_with_any_usual_key_is_accepted() {
    for kind in [
        &["-t", "ed25519"][..],
        &["-t", "ecdsa", "-b", "256"],
        &["-t", "ecdsa", "-b", "384"],
        &["-t", "rsa", "-b", "2048"],
    ] {
        for hash in ["sha512", "sha256"] {
            let folder = tempfile::tempdir().unwrap();
            let (text, key) = signed(folder.path(), kind, &["-O", &format!("hashalg={hash}")]);
            let key = SshKey::from_openssh_line(&key).unwrap();
            let signature: SshSignature = text.parse().unwrap();
            assert_eq!((&signature.key, signature.to_string()), (&key, text), "{kind:?}");
            assert!(signature.verify(NAMESPACE, MESSAGE), "{kind:?} {hash}");
            assert!(!signature.verify(NAMESPACE, b"another"), "{kind:?} {hash}");
            assert!(!signature.verify("file", MESSAGE), "{kind:?} {hash}");
            assert!(!signature.untouched());
            assert_eq!(SshKey::from_openssh_line(&key.openssh_line()), Ok(key));
        }
    }
}

#[test]
fn kinds_that_are_not_checked_here_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (text, key) = signed(folder.path(), &["-t", "ecdsa", "-b", "521"], &[]);
    let named = "ecdsa-sha2-nistp521".to_owned();
    assert_eq!(text.parse::<SshSignature>(), Err(BadSshSignature::UnsupportedKey(named.clone())));
    assert_eq!(SshKey::from_openssh_line(&key), Err(BadKey::Unsupported(named)));
}

#[test]
fn a_short_rsa_key_vouches_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (text, _) = signed(folder.path(), &["-t", "rsa", "-b", "1024"], &[]);
    assert!(!text.parse::<SshSignature>().unwrap().verify(NAMESPACE, MESSAGE));
}

#[test]
fn a_changed_byte_of_an_ecdsa_or_rsa_signature_is_noticed() {
    for kind in [&["-t", "ecdsa", "-b", "256"][..], &["-t", "rsa", "-b", "2048"]] {
        let folder = tempfile::tempdir().unwrap();
        let (text, _) = signed(folder.path(), kind, &[]);
        let blob = sshsig::dearmored(&text).unwrap();
        for at in 0..blob.len() {
            let mut changed = blob.clone();
            changed[at] ^= 1 << (at % 8);
            let read = sshsig::armored(&changed).parse::<SshSignature>();
            assert!(!read.is_ok_and(|s| s.verify(NAMESPACE, MESSAGE)), "{kind:?}, byte {at}");
        }
    }
}

/// A hardware key as the format says, which signs with a software one.
struct Hardware {
    key: Vec<u8>,
    algorithm: &'static str,
    sign: Sign,
}

type Sign = Box<dyn Fn(&[u8]) -> Vec<u8>>;

const APPLICATION: &[u8] = b"ssh:";

impl Hardware {
    fn ed25519() -> Self {
        let secret = SigningKey::from_bytes(&[7; 32]);
        let algorithm = "sk-ssh-ed25519@openssh.com";
        let mut key = Vec::new();
        put_string(&mut key, algorithm.as_bytes());
        put_string(&mut key, secret.verifying_key().as_bytes());
        put_string(&mut key, APPLICATION);
        Self { key, algorithm, sign: Box::new(move |message| secret.sign(message).to_bytes().to_vec()) }
    }

    fn ecdsa() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let algorithm = "sk-ecdsa-sha2-nistp256@openssh.com";
        let mut key = Vec::new();
        put_string(&mut key, algorithm.as_bytes());
        put_string(&mut key, b"nistp256");
        put_string(&mut key, pair.public_key().as_ref());
        put_string(&mut key, APPLICATION);
        let sign = move |message: &[u8]| {
            let numbers = pair.sign(&SystemRandom::new(), message).unwrap();
            let (r, s) = numbers.as_ref().split_at(32);
            let mut bytes = Vec::new();
            put_mpint(&mut bytes, r);
            put_mpint(&mut bytes, s);
            bytes
        };
        Self { key, algorithm, sign: Box::new(sign) }
    }

    /// An SSHSIG over the message: the hardware signs application, flags, counter and the message's hash.
    fn signature(&self, application: &[u8], flags: u8, counter: u32) -> String {
        let mut inner = b"SSHSIG".to_vec();
        put_string(&mut inner, NAMESPACE.as_bytes());
        put_string(&mut inner, b"");
        put_string(&mut inner, b"sha256");
        put_string(&mut inner, &Digest::of(MESSAGE).0);
        let mut data = Digest::of(application).0.to_vec();
        data.push(flags);
        data.extend(counter.to_be_bytes());
        data.extend(Digest::of(&inner).0);

        let mut signature = Vec::new();
        put_string(&mut signature, self.algorithm.as_bytes());
        put_string(&mut signature, &(self.sign)(&data));
        signature.push(flags);
        signature.extend(counter.to_be_bytes());

        let mut blob = b"SSHSIG\0\0\0\x01".to_vec();
        put_string(&mut blob, &self.key);
        put_string(&mut blob, NAMESPACE.as_bytes());
        put_string(&mut blob, b"");
        put_string(&mut blob, b"sha256");
        put_string(&mut blob, &signature);
        sshsig::armored(&blob)
    }
}

#[test]
fn a_hardware_keys_signature_is_accepted_here_and_by_ssh_keygen() {
    let folder = tempfile::tempdir().unwrap();
    for hardware in [Hardware::ed25519(), Hardware::ecdsa()] {
        let line = SshKey::from_blob(&hardware.key).unwrap().openssh_line();
        let text = hardware.signature(APPLICATION, TOUCHED, 4711);
        let signature: SshSignature = text.parse().unwrap();
        assert!(signature.verify(NAMESPACE, MESSAGE) && !signature.untouched());
        assert_eq!(signature.to_string(), text);
        assert!(ssh_keygen_accepts(folder.path(), &text, &line), "{line}");

        let untouched: SshSignature = hardware.signature(APPLICATION, 0, 1).parse().unwrap();
        assert!(untouched.verify(NAMESPACE, MESSAGE) && untouched.untouched());

        // Made for another application, as a login to some web site.
        let foreign = hardware.signature(b"https://example.org", TOUCHED, 4711);
        assert!(!foreign.parse::<SshSignature>().unwrap().verify(NAMESPACE, MESSAGE));
        assert!(!ssh_keygen_accepts(folder.path(), &foreign, &line), "{line}");

        // Flags and counter stand at the end, and are signed.
        let blob = sshsig::dearmored(&text).unwrap();
        for at in blob.len() - 5..blob.len() {
            let mut changed = blob.clone();
            changed[at] ^= 4;
            let changed = sshsig::armored(&changed);
            assert!(!changed.parse::<SshSignature>().unwrap().verify(NAMESPACE, MESSAGE));
            assert!(!ssh_keygen_accepts(folder.path(), &changed, &line));
        }
    }
}
