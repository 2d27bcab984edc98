//! What clients ask for about the station itself and the profile that it goes by.

use serde::{Deserialize, Serialize};

use super::{Passphrase, Pin};
use crate::signing::Digest;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileCommand {
    /// What this station is.
    About,
    /// The profile's text, to look at or to change.
    Read,
    /// Let this text be the profile, in place of the one whose text was `base`; the station begins anew with it.
    Save { text: ProfileText, base: Option<Digest>, logins: Vec<TypedLogin> },
    /// Go by the file that somebody changed by hand; the station begins anew with it.
    TakeUp,
    /// A one-time code for somebody's first PIN, and what the profile keeps of it.
    NewCode,
}

/// The station's program, files and key: what somebody asks who helps by telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutStation {
    /// Of the program.
    pub version: String,
    pub data_folder: String,
    pub log: String,
    /// Its file; none: the station goes by the built-in example.
    pub profile: Option<String>,
    /// Of the file as the station read it when it started.
    pub profile_sha256: Option<Digest>,
    /// The file is another one now: it counts from the station's next start on.
    pub profile_changed: bool,
    /// Fingerprint of the device key.
    pub device_key: String,
}

/// A profile as people look at it, with marks for the logins of cameras ([`crate::point::logins`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileShown {
    pub text: ProfileText,
    /// Of the file; none: there is none, and the text is the built-in example's.
    pub base: Option<Digest>,
    /// Why it can't be changed now.
    pub closed: Option<crate::i18n::Message>,
}

/// A profile's text. What somebody typed into it may hold a password, so nothing logs it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProfileText(pub String);

impl std::fmt::Debug for ProfileText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProfileText({} bytes)", self.0.len())
    }
}

/// A new login of a camera: it takes the place of its mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedLogin {
    pub mark: u32,
    /// As [`crate::point::logins::login`] writes it.
    pub login: Passphrase,
}

/// A one-time code: it is shown once, and stands nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneTimeCode {
    pub code: Pin,
    /// The value of `first_pin_code`.
    pub hash: String,
}
