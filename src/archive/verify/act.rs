//! What a person types in from the paper acts.

use std::str::FromStr;

use crate::signing::PaperCode;

/// The anchors that stand on paper: opening code, closing code, how often the station was started
/// again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    pub opening: PaperCode,
    pub closing: PaperCode,
    pub restarts: u32,
}

/// A text that does not name all three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not `opening CODE closing CODE restarts N`")]
pub struct BadAct;

impl FromStr for Act {
    type Err = BadAct;

    /// Reads `opening CODE closing CODE restarts N`, or the Russian words, in any order, case and
    /// layout; what else stands in the text is passed over: an act's QR code, say. A thing that is
    /// named twice and not the same is refused.
    fn from_str(text: &str) -> Result<Self, BadAct> {
        let text = text.to_lowercase().replace([':', ',', ';', '='], " ");
        let (mut opening, mut closing, mut restarts) = (None, None, None);
        let words: Vec<&str> = text.split_whitespace().collect();
        for (at, word) in words.iter().enumerate() {
            let rest = words.get(at + 1..).unwrap_or_default();
            match *word {
                "opening" | "открытие" | "открытия" => set(&mut opening, code(rest))?,
                "closing" | "закрытие" | "закрытия" => set(&mut closing, code(rest))?,
                "restarts" | "перезапуски" | "перезапусков" => {
                    set(&mut restarts, rest.first().and_then(|word| word.parse().ok()))?;
                }
                _ => {}
            }
        }
        match (opening, closing, restarts) {
            (Some(opening), Some(closing), Some(restarts)) => Ok(Self { opening, closing, restarts }),
            _ => Err(BadAct),
        }
    }
}

/// Said again it has to be the same: the acts of opening and closing both name the opening code.
fn set<T: PartialEq>(place: &mut Option<T>, value: Option<T>) -> Result<(), BadAct> {
    match value {
        Some(value) if place.as_ref().is_none_or(|said| *said == value) => {
            *place = Some(value);
            Ok(())
        }
        _ => Err(BadAct),
    }
}

/// A code may be typed in groups: the fewest words that make a whole one.
fn code(words: &[&str]) -> Option<PaperCode> {
    (1..=words.len().min(16)).find_map(|count| words[..count].concat().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signing::Digest;

    #[test]
    fn people_may_type_it_as_they_like() {
        let [opening, closing] = [b"1", b"2"].map(|text| PaperCode::of(&Digest::of(text)));
        let act = Ok(Act { opening, closing, restarts: 2 });
        assert_eq!(format!("opening {opening} closing {closing} restarts 2").parse(), act);
        let loose = format!("  CLOSING: {closing}\nrestarts=2, Opening {opening}.").replace('.', "");
        assert_eq!(loose.replace('-', " ").to_uppercase().parse(), act);
        assert_eq!(format!("открытие {opening} закрытие {closing} перезапуски 2").parse(), act);
    }

    #[test]
    fn half_an_act_is_none() {
        let [code, other] = [b"1", b"2"].map(|text| PaperCode::of(&Digest::of(text)));
        for bad in [
            String::new(),
            format!("opening {code} closing {code}"),
            format!("opening {code} closing 123 restarts 0"),
            format!("opening {code} closing {code} restarts many"),
            format!("opening {code} opening {other} closing {code} restarts 0"),
        ] {
            assert_eq!(bad.parse::<Act>(), Err(BadAct), "{bad}");
        }
    }
}
