//! The station's public key as it is handed to the regional centre.

use serde::{Deserialize, Serialize};

use super::key::PublicKey;
use super::role::{Principal, SignerRole};
use super::rotation::ROTATION_NAMESPACE;
use super::sshsig::NAMESPACE;

/// What stands on the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyCard {
    /// Region, point and computer, `77-0101-main`.
    pub station: String,
    pub date: chrono::NaiveDate,
    /// `SHA256:…`, as `ssh-keygen -l` prints it.
    pub fingerprint: String,
    /// The line for the centre's list of allowed signers.
    pub signers_line: String,
}

impl KeyCard {
    /// `place` is region and point, `station` the computer's name there.
    pub fn new(place: &str, station: &str, date: chrono::NaiveDate, key: &PublicKey) -> Self {
        let principal = Principal { role: SignerRole::Station, place: place.to_owned() };
        let station = format!("{place}-{station}");
        let line = format!(
            "{principal} namespaces=\"{NAMESPACE},{ROTATION_NAMESPACE}\" {}",
            key.openssh_line(&station)
        );
        Self { station, date, fingerprint: key.fingerprint(), signers_line: line }
    }

    /// What its QR code holds.
    pub fn code_text(&self) -> String {
        format!("{}\n{}\n{}\n{}\n", self.station, self.date, self.fingerprint, self.signers_line)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AllowedSigners, Standing};
    use super::*;

    #[test]
    fn the_line_of_the_card_makes_the_key_known() {
        let key = PublicKey([7; 32]);
        let card = KeyCard::new("77-0101", "main", "2026-05-15".parse().unwrap(), &key);
        let signers = AllowedSigners::parse(&card.signers_line).unwrap();
        let who = |place: &str| Principal { role: SignerRole::Station, place: place.to_owned() };
        let standing = |place| signers.standing(&key.into(), &who(place), NAMESPACE, 0);
        assert_eq!((standing("77-0101"), standing("77-0102")), (Standing::Trusted, Standing::OtherPrincipal));
        assert!(card.code_text().contains(&key.fingerprint()));
    }
}
