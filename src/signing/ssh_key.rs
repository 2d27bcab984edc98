//! Public keys and signatures of every kind that a countersignature may be made with: Ed25519, ECDSA
//! and RSA, as a file, on a token, or in a hardware key of the FIDO kind (OpenSSH's PROTOCOL.u2f).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA512,
    RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
};

use super::digest::Digest;
use super::key::{BadKey, KEY_TYPE, PublicKey, Signature, unsupported};
use super::wire::{Wire, mpint, put_mpint, put_string};

const SK_ED25519: &str = "sk-ssh-ed25519@openssh.com";
const SK_ECDSA: &str = "sk-ecdsa-sha2-nistp256@openssh.com";
const RSA: &str = "ssh-rsa";

/// A public key of any kind whose signatures can be checked here. Two are equal if they are the same
/// key, byte for byte.
#[derive(Clone)]
pub struct SshKey {
    /// In SSH wire form.
    blob: Vec<u8>,
    kind: Kind,
}

#[derive(Clone)]
enum Kind {
    Ed25519(PublicKey),
    Ecdsa {
        curve: Curve,
        point: Vec<u8>,
    },
    /// At least 2048 bits, or nothing that it signs counts.
    Rsa {
        e: Vec<u8>,
        n: Vec<u8>,
    },
    /// In hardware, which signs for one application and says whether it was touched.
    SkEd25519 {
        key: PublicKey,
        application: Vec<u8>,
    },
    SkEcdsa {
        point: Vec<u8>,
        application: Vec<u8>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Curve {
    P256,
    P384,
}

/// A signature by such a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeySignature {
    algorithm: &'static str,
    /// Ed25519: 64 bytes. ECDSA: r and s, each as long as the curve's order. RSA: as long as the key.
    bytes: Vec<u8>,
    /// What a hardware key says beside.
    presence: Option<Presence>,
}

/// Signed by a hardware key together with the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Presence {
    flags: u8,
    counter: u32,
}

impl SshKey {
    /// Reads one line of a `.pub` file: type, key, and perhaps a comment, which is dropped.
    pub fn from_openssh_line(line: &str) -> Result<Self, BadKey> {
        let mut words = line.split_ascii_whitespace();
        let (Some(kind), Some(blob)) = (words.next(), words.next()) else { return Err(BadKey::Malformed) };
        if !supported(kind) {
            return Err(unsupported(kind));
        }
        let key = Self::from_blob(&STANDARD.decode(blob).map_err(|_| BadKey::Malformed)?)?;
        // The word before the key only repeats what stands in it.
        if key.algorithm() == kind { Ok(key) } else { Err(BadKey::Malformed) }
    }

    /// Reads exactly SSH's wire form.
    pub(super) fn from_blob(blob: &[u8]) -> Result<Self, BadKey> {
        let kind = Wire::new(blob).string().ok_or(BadKey::Malformed)?;
        let kind = String::from_utf8_lossy(kind).into_owned();
        if !supported(&kind) {
            return Err(unsupported(&kind));
        }
        let key = Self::new(Kind::read(blob).ok_or(BadKey::Malformed)?);
        if key.blob == blob { Ok(key) } else { Err(BadKey::Malformed) }
    }

    fn new(kind: Kind) -> Self {
        Self { blob: kind.blob(), kind }
    }

    /// A P-256 or P-384 key from its uncompressed point, by the length of that.
    pub fn from_ec_point(point: &[u8]) -> Option<Self> {
        let curve = [Curve::P256, Curve::P384].into_iter().find(|curve| curve.fits(point))?;
        Some(Self::new(Kind::Ecdsa { curve, point: point.to_vec() }))
    }

    /// From big-endian numbers.
    pub fn from_rsa(e: &[u8], n: &[u8]) -> Option<Self> {
        let strip = |number: &[u8]| number.iter().copied().skip_while(|byte| *byte == 0).collect::<Vec<_>>();
        let (e, n) = (strip(e), strip(n));
        (!e.is_empty() && !n.is_empty()).then(|| Self::new(Kind::Rsa { e, n }))
    }

    /// As OpenSSH names the kind.
    pub fn algorithm(&self) -> &'static str {
        match &self.kind {
            Kind::Ed25519(_) => KEY_TYPE,
            Kind::Ecdsa { curve, .. } => curve.algorithm(),
            Kind::Rsa { .. } => RSA,
            Kind::SkEd25519 { .. } => SK_ED25519,
            Kind::SkEcdsa { .. } => SK_ECDSA,
        }
    }

    /// The plain Ed25519 key that this is, such as a station has.
    pub fn ed25519(&self) -> Option<PublicKey> {
        match self.kind {
            Kind::Ed25519(key) => Some(key),
            _ => None,
        }
    }

    /// `SHA256:…`, as `ssh-keygen -l` prints it.
    pub fn fingerprint(&self) -> String {
        format!("SHA256:{}", STANDARD_NO_PAD.encode(Digest::of(&self.blob).0))
    }

    /// `ssh-ed25519 AAAA…` or another kind, without a comment.
    pub fn openssh_line(&self) -> String {
        format!("{} {}", self.algorithm(), STANDARD.encode(&self.blob))
    }

    pub(super) fn blob(&self) -> &[u8] {
        &self.blob
    }

    pub(super) fn verify(&self, message: &[u8], signature: &KeySignature) -> bool {
        let bytes = &signature.bytes;
        match (&self.kind, signature.presence) {
            (Kind::Ed25519(key), None) => ed25519(key, message, bytes),
            (Kind::Ecdsa { curve, point }, None) => verified(curve.ring(), point, message, bytes),
            (Kind::Rsa { e, n }, None) => {
                let Some(with) = rsa(signature.algorithm) else { return false };
                RsaPublicKeyComponents { n, e }.verify(with, message, bytes).is_ok()
            }
            (Kind::SkEd25519 { key, application }, Some(presence)) => {
                ed25519(key, &presence.signed(application, message), bytes)
            }
            (Kind::SkEcdsa { point, application }, Some(presence)) => {
                verified(Curve::P256.ring(), point, &presence.signed(application, message), bytes)
            }
            _ => false,
        }
    }
}

impl Kind {
    fn read(blob: &[u8]) -> Option<Self> {
        let mut wire = Wire::new(blob);
        let name = wire.string()?;
        let key = match std::str::from_utf8(name).ok()? {
            KEY_TYPE => Self::Ed25519(ed25519_key(&mut wire)?),
            RSA => {
                let (e, n) = (mpint(&mut wire)?.to_vec(), mpint(&mut wire)?.to_vec());
                Self::Rsa { e, n }
            }
            SK_ED25519 => {
                Self::SkEd25519 { key: ed25519_key(&mut wire)?, application: wire.string()?.to_vec() }
            }
            SK_ECDSA => {
                let point = Curve::P256.point(&mut wire)?;
                Self::SkEcdsa { point, application: wire.string()?.to_vec() }
            }
            name => {
                let curve = [Curve::P256, Curve::P384].into_iter().find(|c| c.algorithm() == name)?;
                Self::Ecdsa { curve, point: curve.point(&mut wire)? }
            }
        };
        wire.is_empty().then_some(key)
    }

    fn blob(&self) -> Vec<u8> {
        let mut blob = Vec::new();
        let out = &mut blob;
        match self {
            Self::Ed25519(key) => {
                put_string(out, KEY_TYPE.as_bytes());
                put_string(out, &key.0);
            }
            Self::Ecdsa { curve, point } => {
                put_string(out, curve.algorithm().as_bytes());
                put_string(out, curve.name().as_bytes());
                put_string(out, point);
            }
            Self::Rsa { e, n } => {
                put_string(out, RSA.as_bytes());
                put_mpint(out, e);
                put_mpint(out, n);
            }
            Self::SkEd25519 { key, application } => {
                put_string(out, SK_ED25519.as_bytes());
                put_string(out, &key.0);
                put_string(out, application);
            }
            Self::SkEcdsa { point, application } => {
                put_string(out, SK_ECDSA.as_bytes());
                put_string(out, Curve::P256.name().as_bytes());
                put_string(out, point);
                put_string(out, application);
            }
        }
        blob
    }
}

impl Curve {
    fn algorithm(self) -> &'static str {
        match self {
            Self::P256 => "ecdsa-sha2-nistp256",
            Self::P384 => "ecdsa-sha2-nistp384",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::P256 => "nistp256",
            Self::P384 => "nistp384",
        }
    }

    /// Of a coordinate, and of r and s.
    fn number_bytes(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
        }
    }

    fn ring(self) -> &'static dyn VerificationAlgorithm {
        match self {
            Self::P256 => &ECDSA_P256_SHA256_FIXED,
            Self::P384 => &ECDSA_P384_SHA384_FIXED,
        }
    }

    /// An uncompressed point of this length; whether it lies on the curve is ring's to say.
    fn fits(self, point: &[u8]) -> bool {
        point.first() == Some(&4) && point.len() == 1 + 2 * self.number_bytes()
    }

    fn point(self, wire: &mut Wire<'_>) -> Option<Vec<u8>> {
        if wire.string()? != self.name().as_bytes() {
            return None;
        }
        wire.string().filter(|point| self.fits(point)).map(<[u8]>::to_vec)
    }
}

impl KeySignature {
    pub(super) fn ed25519(signature: Signature) -> Self {
        Self { algorithm: KEY_TYPE, bytes: signature.0.to_vec(), presence: None }
    }

    /// By a key that is in no hardware of the FIDO kind.
    #[cfg(feature = "station")]
    pub(super) fn by(key: &SshKey, bytes: Vec<u8>) -> Self {
        let algorithm = if key.algorithm() == RSA { RSA_SHA512 } else { key.algorithm() };
        Self { algorithm, bytes, presence: None }
    }

    /// Reads exactly what [`blob`](Self::blob) writes. None: it is no signature by a key of this kind.
    pub(super) fn read(blob: &[u8], key: &SshKey) -> Option<Self> {
        let mut wire = Wire::new(blob);
        let name = std::str::from_utf8(wire.string()?).ok()?;
        let algorithm = match key.algorithm() {
            RSA => [RSA_SHA256, RSA_SHA512].into_iter().find(|known| *known == name)?,
            own => Some(own).filter(|own| *own == name)?,
        };
        let body = wire.string()?;
        let bytes = match &key.kind {
            Kind::Ecdsa { curve, .. } => ecdsa_numbers(body, curve.number_bytes())?,
            Kind::SkEcdsa { .. } => ecdsa_numbers(body, Curve::P256.number_bytes())?,
            _ => body.to_vec(),
        };
        let presence = match &key.kind {
            Kind::SkEd25519 { .. } | Kind::SkEcdsa { .. } => {
                let flags = *wire.bytes(1)?.first()?;
                Some(Presence { flags, counter: wire.u32()? })
            }
            _ => None,
        };
        let signature = Self { algorithm, bytes, presence };
        (wire.is_empty() && signature.blob() == blob).then_some(signature)
    }

    pub(super) fn blob(&self) -> Vec<u8> {
        let mut blob = Vec::new();
        put_string(&mut blob, self.algorithm.as_bytes());
        if self.algorithm.contains("ecdsa-") {
            let (r, s) = self.bytes.split_at(self.bytes.len() / 2);
            let mut numbers = Vec::new();
            put_mpint(&mut numbers, r);
            put_mpint(&mut numbers, s);
            put_string(&mut blob, &numbers);
        } else {
            put_string(&mut blob, &self.bytes);
        }
        if let Some(Presence { flags, counter }) = self.presence {
            blob.push(flags);
            blob.extend_from_slice(&counter.to_be_bytes());
        }
        blob
    }

    /// A hardware key signed that nobody touched it.
    pub(super) fn untouched(&self) -> bool {
        self.presence.is_some_and(|presence| presence.flags & 1 == 0)
    }
}

const RSA_SHA256: &str = "rsa-sha2-256";
const RSA_SHA512: &str = "rsa-sha2-512";

impl Presence {
    /// What the hardware signs: CTAP's authenticator data and the message's hash.
    fn signed(self, application: &[u8], message: &[u8]) -> Vec<u8> {
        let (application, message) = (Digest::of(application), Digest::of(message));
        [&application.0[..], &[self.flags], &self.counter.to_be_bytes(), &message.0[..]].concat()
    }
}

fn supported(kind: &str) -> bool {
    let kinds = [KEY_TYPE, RSA, SK_ED25519, SK_ECDSA, Curve::P256.algorithm(), Curve::P384.algorithm()];
    kinds.contains(&kind)
}

fn ed25519_key(wire: &mut Wire<'_>) -> Option<PublicKey> {
    wire.string()?.try_into().ok().map(PublicKey)
}

fn ed25519(key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
    signature.try_into().is_ok_and(|bytes| key.verify(message, &Signature(bytes)))
}

fn verified(with: &'static dyn VerificationAlgorithm, key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(with, key).verify(message, signature).is_ok()
}

fn rsa(algorithm: &str) -> Option<&'static RsaParameters> {
    match algorithm {
        RSA_SHA256 => Some(&RSA_PKCS1_2048_8192_SHA256),
        RSA_SHA512 => Some(&RSA_PKCS1_2048_8192_SHA512),
        _ => None,
    }
}

/// r and s, filled with zeros to `length` bytes each.
fn ecdsa_numbers(body: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut wire = Wire::new(body);
    let mut bytes = vec![0; 2 * length];
    for half in bytes.chunks_exact_mut(length) {
        let number = mpint(&mut wire)?;
        let from = length.checked_sub(number.len())?;
        half[from..].copy_from_slice(number);
    }
    wire.is_empty().then_some(bytes)
}

impl PartialEq for SshKey {
    fn eq(&self, other: &Self) -> bool {
        self.blob == other.blob
    }
}

impl Eq for SshKey {}

impl From<PublicKey> for SshKey {
    fn from(key: PublicKey) -> Self {
        Self::new(Kind::Ed25519(key))
    }
}

impl fmt::Debug for SshKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fingerprint())
    }
}
