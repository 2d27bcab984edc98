//! A person's key in a token or smart card, through its PKCS#11 module: the key never leaves it.

use std::path::{Path, PathBuf};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::eddsa::{EddsaParams, EddsaSignatureScheme};
use cryptoki::object::{Attribute, AttributeType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;
use ring::digest::{SHA256, SHA384, digest};
use zeroize::Zeroizing;

use super::key::PublicKey;
use super::ssh_key::SshKey;
use super::sshsig::SshSignature;
use crate::i18n::Message;

/// DER's octet string, which a point is wrapped in.
const OCTET_STRING: u8 = 4;

/// A key in a token, logged in to.
pub struct TokenKey {
    // Dropped first: it belongs to the library's state.
    session: Session,
    key: ObjectHandle,
    public: SshKey,
}

/// Why a token gives no key or signature.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    #[error("the PKCS#11 module {}: {detail}", .path.display())]
    Module { path: PathBuf, detail: String },
    #[error("no token is called {0:?}")]
    NoToken(String),
    #[error("the token's PIN is wrong")]
    WrongPin,
    #[error("the token's PIN is locked")]
    PinLocked,
    #[error("the token has no key that can sign here")]
    NoKey,
    #[error("the token has {0} keys that can sign here")]
    SeveralKeys(usize),
    #[error("the token refused: {0}")]
    Refused(String),
}

impl TokenKey {
    /// Logs in to the token of this label and finds its key: the one of `key_label`, or the only one.
    pub fn open(
        module: &Path,
        token_label: &str,
        pin: &[u8],
        key_label: Option<&str>,
    ) -> Result<Self, TokenError> {
        let broken = |error: Error| TokenError::Module { path: module.to_owned(), detail: error.to_string() };
        let library = Pkcs11::new(module).map_err(broken)?;
        library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).map_err(broken)?;
        let slots = library.get_slots_with_token().map_err(broken)?;
        let is_named = |slot: &cryptoki::slot::Slot| {
            library.get_token_info(*slot).is_ok_and(|token| token.label() == token_label)
        };
        let slot = slots.into_iter().find(is_named);
        let slot = slot.ok_or_else(|| TokenError::NoToken(token_label.to_owned()))?;
        let session = library.open_ro_session(slot)?;
        let pin = Zeroizing::new(String::from_utf8_lossy(pin).into_owned());
        session.login(UserType::User, Some(&AuthPin::new(pin.as_str().into())))?;
        let (key, public) = only_key(&session, key_label)?;
        Ok(Self { session, key, public })
    }

    pub fn public(&self) -> &SshKey {
        &self.public
    }

    /// Signs `message` for `namespace`, as `ssh-keygen -Y sign` does with a key of this kind.
    pub fn sign(&self, namespace: &str, message: &[u8]) -> Result<SshSignature, TokenError> {
        let sign = |mechanism: &Mechanism, bytes: &[u8]| self.session.sign(mechanism, self.key, bytes);
        let signature = SshSignature::made_by(self.public.clone(), namespace, message, |bytes| {
            Ok::<_, Error>(match self.public.algorithm() {
                "ssh-ed25519" => {
                    sign(&Mechanism::Eddsa(EddsaParams::new(EddsaSignatureScheme::Pure)), bytes)?
                }
                "ecdsa-sha2-nistp256" => sign(&Mechanism::Ecdsa, digest(&SHA256, bytes).as_ref())?,
                "ecdsa-sha2-nistp384" => sign(&Mechanism::Ecdsa, digest(&SHA384, bytes).as_ref())?,
                _ => sign(&Mechanism::Sha512RsaPkcs, bytes)?,
            })
        })?;
        // A token is believed as little as a file.
        match signature.verify(namespace, message) {
            true => Ok(signature),
            false => Err(TokenError::Refused("its signature does not hold".to_owned())),
        }
    }
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TokenKey").field(&self.public).finish()
    }
}

/// The private key with its public half, which lies beside it under the same id.
fn only_key(session: &Session, label: Option<&str>) -> Result<(ObjectHandle, SshKey), TokenError> {
    let mut wanted = vec![Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Sign(true)];
    wanted.extend(label.map(|label| Attribute::Label(label.as_bytes().to_vec())));
    let mut found = Vec::new();
    for key in session.find_objects(&wanted)? {
        let id = session.get_attributes(key, &[AttributeType::Id])?.into_iter().next();
        let Some(Attribute::Id(id)) = id else { continue };
        let beside = [Attribute::Class(ObjectClass::PUBLIC_KEY), Attribute::Id(id)];
        for public in session.find_objects(&beside)? {
            found.extend(public_key(session, public)?.map(|public| (key, public)));
        }
    }
    match found.len() {
        0 => Err(TokenError::NoKey),
        1 => Ok(found.remove(0)),
        several => Err(TokenError::SeveralKeys(several)),
    }
}

/// None: a kind of key that is not used here.
fn public_key(session: &Session, key: ObjectHandle) -> Result<Option<SshKey>, TokenError> {
    let (mut point, mut modulus, mut exponent) = (None, None, None);
    let wanted = [AttributeType::EcPoint, AttributeType::Modulus, AttributeType::PublicExponent];
    // Those that a kind of key does not have are not among them.
    for attribute in session.get_attributes(key, &wanted)? {
        match attribute {
            Attribute::EcPoint(der) => point = Some(der),
            Attribute::Modulus(number) => modulus = Some(number),
            Attribute::PublicExponent(number) => exponent = Some(number),
            _ => {}
        }
    }
    Ok(match (point, modulus, exponent) {
        (Some(der), ..) => ec_key(&der),
        (None, Some(n), Some(e)) => SshKey::from_rsa(&e, &n),
        _ => None,
    })
}

fn ec_key(der: &[u8]) -> Option<SshKey> {
    let point = match der {
        [OCTET_STRING, length, point @ ..] if usize::from(*length) == point.len() => point,
        // Some modules give it bare.
        bare => bare,
    };
    match <[u8; 32]>::try_from(point) {
        Ok(key) => Some(PublicKey(key).into()),
        Err(_) => SshKey::from_ec_point(point),
    }
}

impl From<Error> for TokenError {
    fn from(error: Error) -> Self {
        match error {
            Error::Pkcs11(RvError::PinIncorrect | RvError::PinLenRange | RvError::PinInvalid, _) => {
                Self::WrongPin
            }
            Error::Pkcs11(RvError::PinLocked, _) => Self::PinLocked,
            other => Self::Refused(other.to_string()),
        }
    }
}

impl TokenError {
    /// What is wrong and what to do, for a person.
    pub fn message(&self) -> Message {
        match self {
            Self::Module { path, detail } => Message::new("token-module")
                .with("path", path.display().to_string())
                .with("detail", detail.as_str()),
            Self::NoToken(label) => Message::new("token-missing").with("label", label.as_str()),
            Self::WrongPin => Message::new("token-pin-wrong"),
            Self::PinLocked => Message::new("token-pin-locked"),
            Self::NoKey => Message::new("token-no-key"),
            Self::SeveralKeys(count) => Message::new("token-several-keys").with("count", *count),
            Self::Refused(detail) => Message::new("token-refused").with("detail", detail.as_str()),
        }
    }
}
