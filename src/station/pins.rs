//! PIN verifiers: argon2id hashes in one private file, never in a journal.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use argon2::Argon2;
use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};

use super::protocol::Pin;
use crate::durable;
use crate::point::PersonId;

/// Fewest and most digits of a PIN.
pub const PIN_DIGITS: std::ops::RangeInclusive<usize> = 4..=12;

/// As many as fit on the pad: two million million tries of 50 ms each.
const CODE_DIGITS: usize = 12;

/// Who has which PIN, as argon2id verifiers (RFC 9106, the crate's default cost).
#[derive(Debug)]
pub struct Pins {
    path: PathBuf,
    verifiers: BTreeMap<PersonId, String>,
}

/// Why a PIN can't be set.
#[derive(Debug, thiserror::Error)]
pub enum PinError {
    #[error("a PIN is {} to {} digits", PIN_DIGITS.start(), PIN_DIGITS.end())]
    NotAPin,
    #[error("this person has a PIN already")]
    AlreadySet,
    #[error("the PIN file can't be used: {0}")]
    File(#[from] io::Error),
}

impl Pins {
    /// Reads the file; a missing one means that nobody has a PIN yet.
    pub fn open(path: PathBuf) -> Result<Self, PinError> {
        let verifiers = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::from)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error.into()),
        };
        Ok(Self { path, verifiers })
    }

    pub fn has(&self, person: &PersonId) -> bool {
        self.verifiers.contains_key(person)
    }

    /// Sets a first PIN; on disk when it returns.
    pub fn set(&mut self, person: &PersonId, pin: &Pin) -> Result<(), PinError> {
        if self.has(person) {
            return Err(PinError::AlreadySet);
        }
        self.renew(person, pin)
    }

    /// Sets a PIN, whether there was one or not; on disk when it returns.
    pub fn renew(&mut self, person: &PersonId, pin: &Pin) -> Result<(), PinError> {
        sound(pin)?;
        let mut verifiers = self.verifiers.clone();
        verifiers.insert(person.clone(), verifier(pin)?);
        durable::replace_private(
            &self.path,
            &serde_json::to_vec_pretty(&verifiers).map_err(io::Error::from)?,
        )?;
        self.verifiers = verifiers;
        Ok(())
    }

    /// Whether this is the person's PIN. Takes some 50 ms, whatever the answer.
    pub fn verify(&self, person: &PersonId, pin: &Pin) -> bool {
        self.verifiers.get(person).is_some_and(|verifier| opens(verifier, pin))
    }
}

/// Whether it has the right number of digits, and nothing else.
pub fn sound(pin: &Pin) -> Result<(), PinError> {
    let sound = PIN_DIGITS.contains(&pin.0.len()) && pin.0.bytes().all(|b| b.is_ascii_digit());
    if sound { Ok(()) } else { Err(PinError::NotAPin) }
}

/// Whether the digits are those of a verifier, or of a one-time code's hash in the profile.
pub fn opens(verifier: &str, digits: &Pin) -> bool {
    PasswordHash::new(verifier)
        .is_ok_and(|hash| Argon2::default().verify_password(digits.0.as_bytes(), &hash).is_ok())
}

/// A code for somebody's first PIN, in twelve digits that nobody can guess, and what the profile keeps of it.
pub fn one_time_code() -> io::Result<(Pin, String)> {
    let random = ring::rand::SystemRandom::new();
    let mut digits = String::with_capacity(CODE_DIGITS);
    while digits.len() < CODE_DIGITS {
        let byte: [u8; 1] =
            ring::rand::generate(&random).map_err(|_| io::Error::other("no randomness"))?.expose();
        // The highest bytes would favour the lower digits.
        if byte[0] < 250 {
            digits.push(char::from(b'0' + byte[0] % 10));
        }
    }
    let code = Pin(digits);
    let hash = verifier(&code)?;
    Ok((code, hash))
}

/// What tells the right digits from others, in the PHC string format.
pub fn verifier(digits: &Pin) -> io::Result<String> {
    let salt = SaltString::generate(&mut OsRng);
    let hash = Argon2::default().hash_password(digits.0.as_bytes(), &salt);
    Ok(hash.map_err(|error| io::Error::other(error.to_string()))?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_one_time_code_fits_its_hash_alone_and_the_profile_takes_it() {
        let (code, hash) = one_time_code().unwrap();
        assert!(code.0.len() == CODE_DIGITS && sound(&code).is_ok());
        assert!(opens(&hash, &code) && !opens(&hash, &one_time_code().unwrap().0));
        assert!(hash.parse::<crate::point::CodeHash>().is_ok(), "{hash}");
    }

    #[test]
    fn a_pin_opens_for_its_owner_alone_and_outlives_the_process() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pins.json");
        let (anna, boris): (PersonId, PersonId) = ("anna".parse().unwrap(), "boris".parse().unwrap());
        let mut pins = Pins::open(path.clone()).unwrap();
        assert!(matches!(pins.set(&anna, &Pin("12a4".into())), Err(PinError::NotAPin)));
        assert!(matches!(pins.set(&anna, &Pin("123".into())), Err(PinError::NotAPin)));
        pins.set(&anna, &Pin("2468".into())).unwrap();
        assert!(matches!(pins.set(&anna, &Pin("1111".into())), Err(PinError::AlreadySet)));

        let pins = Pins::open(path.clone()).unwrap();
        assert!(pins.verify(&anna, &Pin("2468".into())));
        assert!(!pins.verify(&anna, &Pin("2469".into())));
        assert!(!pins.verify(&boris, &Pin("2468".into())));
        assert!(!fs::read_to_string(path).unwrap().contains("2468"));
    }
}
