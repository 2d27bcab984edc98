//! Codes short enough to be written by hand and read aloud.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::digest::Digest;

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The first 80 bits of a SHA-256 value, shown as `K7QD-2M9X-RT4W-0FHE`.
///
/// Reading is forgiving, since people type it: any case, spaces and dashes anywhere, the letter O
/// for zero, I and L for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PaperCode([u8; 10]);

/// A text that is not 16 digits of base 32.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a code of 16 letters and digits such as K7QD-2M9X-RT4W-0FHE")]
pub struct BadPaperCode;

impl PaperCode {
    pub fn of(digest: &Digest) -> Self {
        let mut bits = [0; 10];
        bits.copy_from_slice(&digest.0[..10]);
        Self(bits)
    }
}

impl fmt::Display for PaperCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.0.iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
        for place in 0..16 {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            let digit = (bits >> (75 - 5 * place)) as usize & 31;
            write!(f, "{}", char::from(ALPHABET[digit]))?;
        }
        Ok(())
    }
}

impl FromStr for PaperCode {
    type Err = BadPaperCode;

    fn from_str(text: &str) -> Result<Self, BadPaperCode> {
        let mut bits = 0u128;
        let mut places = 0;
        for typed in text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'-') {
            let digit = match typed.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            let value = ALPHABET.iter().position(|known| *known == digit).ok_or(BadPaperCode)?;
            places += 1;
            if places > 16 {
                return Err(BadPaperCode);
            }
            bits = bits << 5 | value as u128;
        }
        if places < 16 {
            return Err(BadPaperCode);
        }
        let mut code = [0; 10];
        code.copy_from_slice(&bits.to_be_bytes()[6..]);
        Ok(Self(code))
    }
}

impl TryFrom<String> for PaperCode {
    type Error = BadPaperCode;
    fn try_from(text: String) -> Result<Self, BadPaperCode> {
        text.parse()
    }
}

impl From<PaperCode> for String {
    fn from(code: PaperCode) -> String {
        code.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_write_reads_as_what_was_shown() {
        let code = PaperCode::of(&Digest::of(b""));
        assert_eq!(code.to_string(), "WERC-8GMR-ZGE1-96QV");
        for typed in ["werc8gmrzge196qv", " WERC 8GMR ZGE1 96QV\n", "we-rc8gmr--zge196qv"] {
            assert_eq!(typed.parse(), Ok(code), "{typed:?}");
        }
        let ones: PaperCode = "ILil-1111-OOoo-0000".parse().unwrap();
        assert_eq!(ones.to_string(), "1111-1111-0000-0000");
        for bad in
            ["", "WERC-8GMR-ZGE1-96Q", "WERC-8GMR-ZGE1-96QVX", "UERC-8GMR-ZGE1-96QV", "ВERC8GMRZGE196QV"]
        {
            assert_eq!(bad.parse::<PaperCode>(), Err(BadPaperCode), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn every_code_reads_back(bytes in any::<[u8; 32]>()) {
            let code = PaperCode::of(&Digest(bytes));
            prop_assert_eq!(code.to_string().parse(), Ok(code));
            prop_assert_eq!(code.to_string().len(), 19);
        }
    }
}
