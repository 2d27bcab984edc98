//! User names and passwords of cameras, kept out of a profile's text that people look at.
//!
//! In the text that is shown each of them is a mark, such as `‹1›`: it stays as it is when its mark does. Moved
//! to the address of another host it is refused, for it would be told to another device.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::rtsp_address::secrets;
use crate::i18n::Message;

const SCHEME: &str = "rtsp://";
/// What would have a meaning of its own in an address, or in the TOML around it.
const ESCAPED: &str = "%@/?#:\"'\\=&;";

/// A login, and the host that it is told to.
struct Login<'a> {
    secret: &'a str,
    host: &'a str,
}

/// The mark that stands for the `number`th login.
pub fn mark(number: u32) -> String {
    format!("‹{number}›")
}

/// The text with a mark in place of every login; none where it can't be told for sure that no other is left.
pub fn hidden(text: &str) -> Option<String> {
    Some(marked(text)).filter(|shown| bare(shown))
}

fn marked(text: &str) -> String {
    let places = places(text);
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for (number, (place, _)) in (1..).zip(&places) {
        shown.push_str(&text[done..place.start]);
        shown.push_str(&mark(number));
        done = place.end;
    }
    shown.push_str(&text[done..]);
    shown
}

/// The text as it is stored: the logins of `original` again where their marks stand, and those of `typed` where
/// theirs do.
pub fn restored(shown: &str, original: &str, typed: &BTreeMap<u32, &str>) -> Result<String, Message> {
    let known: Vec<_> =
        places(original).into_iter().map(|(place, host)| Login { secret: &original[place], host }).collect();
    let mut text = String::with_capacity(shown.len());
    let mut done = 0;
    for (place, host) in places(shown) {
        let Some(number) = number(&shown[place.clone()]) else { continue };
        let kept = || known.get((number as usize).checked_sub(1)?);
        let secret = match typed.get(&number) {
            Some(login) => login,
            None => match kept().filter(|login| login.host == host) {
                Some(login) => login.secret,
                None => return Err(Message::new("refused-login-moved").with("mark", mark(number))),
            },
        };
        text.push_str(&shown[done..place.start]);
        text.push_str(secret);
        done = place.end;
    }
    text.push_str(&shown[done..]);
    Ok(text)
}

/// A value as it may be seen: with marks, but with no login that somebody typed in full.
pub fn veiled(value: &str) -> String {
    let (mut seen, mut done) = (String::new(), 0);
    for (place, _) in places(value).into_iter().filter(|(place, _)| number(&value[place.clone()]).is_none()) {
        seen.push_str(&value[done..place.start]);
        seen.push_str("•••");
        done = place.end;
    }
    seen + &value[done..]
}

/// A user name and a password as an address has them.
pub fn login(user: &str, password: &str) -> String {
    let escaped = |text: &str| -> String {
        let escape = |c: char| match c {
            c if ESCAPED.contains(c) || c.is_whitespace() || c.is_control() => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")).collect()
            }
            c => c.to_string(),
        };
        text.chars().map(escape).collect()
    };
    format!("{}:{}", escaped(user), escaped(password))
}

/// The number of a text that is a mark and nothing else.
fn number(text: &str) -> Option<u32> {
    text.strip_prefix('‹')?.strip_suffix('›')?.parse().ok()
}

/// Where logins stand in a whole text, comments too, each with its host.
fn places(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut done = 0;
    for (at, _) in text.match_indices(SCHEME) {
        let begin = at + SCHEME.len();
        if at < done {
            continue;
        }
        let end = begin + length(&text[begin..], text[..at].chars().next_back());
        let (ranges, host) = secrets(&text[begin..end]);
        found.extend(ranges.into_iter().map(|range| (range.start + begin..range.end + begin, host)));
        done = end;
    }
    found
}

/// How far an address goes that begins after `before`: to the quote that ends it, or to the next space.
fn length(rest: &str, before: Option<char>) -> usize {
    let mut escaped = false;
    let ends = |(_, c): &(usize, char)| {
        let plain = !std::mem::take(&mut escaped);
        match before {
            _ if *c == '\n' => true,
            Some('"') => {
                escaped = plain && *c == '\\';
                plain && *c == '"'
            }
            Some('\'') => *c == '\'',
            _ => c.is_whitespace(),
        }
    };
    rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at)
}

/// No address in it has a login but for marks. Of a text that is no TOML nobody can say.
fn bare(text: &str) -> bool {
    fn is_bare(value: &DeValue<'_>) -> bool {
        match value {
            DeValue::String(text) => text.match_indices(SCHEME).all(|(at, _)| {
                let rest = &text[at + SCHEME.len()..];
                secrets(rest).0.into_iter().all(|secret| number(&rest[secret]).is_some())
            }),
            DeValue::Array(values) => values.iter().all(|value| is_bare(value.get_ref())),
            DeValue::Table(table) => table.values().all(|value| is_bare(value.get_ref())),
            _ => true,
        }
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    errors.is_empty() && table.get_ref().values().all(|value| is_bare(value.get_ref()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PROFILE: &str = "# rtsp://user:password@host/path\n\
        a = \"rtsp://adm:p\\\"a'ss@10.0.0.5:554/live\" # x@y\n\
        b = [{ s = 'rtsp://cam/user=ad_password=pw_n=1' }, \"rtsp://cam/free\"]\n";

    #[test]
    fn logins_are_hidden_everywhere_and_come_back() {
        let shown = hidden(PROFILE).unwrap();
        assert_eq!(
            shown,
            "# rtsp://‹1›@host/path\n\
             a = \"rtsp://‹2›@10.0.0.5:554/live\" # x@y\n\
             b = [{ s = 'rtsp://cam/user=‹3›_password=‹4›_n=1' }, \"rtsp://cam/free\"]\n"
        );
        assert_eq!(restored(&shown, PROFILE, &BTreeMap::new()).unwrap(), PROFILE);
        let renamed = shown.replace("/live", "/other");
        assert_eq!(
            restored(&renamed, PROFILE, &BTreeMap::new()).unwrap(),
            PROFILE.replace("/live", "/other")
        );
    }

    #[test]
    fn a_password_goes_to_its_own_host_alone() {
        let shown = hidden(PROFILE).unwrap();
        let stolen = shown.replace("10.0.0.5:554", "10.0.0.66");
        assert!(restored(&stolen, PROFILE, &BTreeMap::new()).is_err());
        let swapped = shown.replace("‹2›", "‹3›");
        assert!(restored(&swapped, PROFILE, &BTreeMap::new()).is_err());
        let unknown = shown.replace("‹2›", "‹9›");
        assert!(restored(&unknown, PROFILE, &BTreeMap::new()).is_err());
        let new = login("me", "a@b/c\"%1");
        assert_eq!(new, "me:a%40b%2Fc%22%251");
        assert_eq!(veiled("rtsp://me:pw@cam/x"), "rtsp://•••@cam/x");
        assert_eq!(veiled("rtsp://‹2›@cam/x"), "rtsp://‹2›@cam/x");
        let typed = BTreeMap::from([(9, new.as_str())]);
        let stored = restored(&unknown, PROFILE, &typed).unwrap();
        assert!(stored.contains("\"rtsp://me:a%40b%2Fc%22%251@10.0.0.5:554/live\""), "{stored}");
    }

    const PIECES: [&str; 22] = [
        "rtsp://", "me:pw", "@", "host", ":554", "/live", "\"", "'", "\\", " ", "\n", "‹1›", "‹2›", "user=",
        "pwd=", "_", "&", "#", "a = ", "[", "]", ",",
    ];

    proptest! {
        #[test]
        fn whatever_is_shown_comes_back_as_it_was(
            pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40),
        ) {
            let text = pieces.concat();
            // As for a text that is shown, and also where it would not be.
            let shown = marked(&text);
            prop_assert_eq!(restored(&shown, &text, &BTreeMap::new()), Ok(text));
        }
    }

    #[test]
    fn what_can_not_be_hidden_for_sure_is_not_shown() {
        for unclear in
            ["a = \"rtsp:\\u002f\\u002fadm:secret@cam/x\"", "a = \"rtsp://adm:pa ss@cam/x", "a = ["]
        {
            assert_eq!(hidden(unclear), None, "{unclear}");
        }
        for plain in ["", "a = 1", "a = \"rtsp://cam/live\"", "a = \"usb:0\""] {
            assert_eq!(hidden(plain).as_deref(), Some(plain));
        }
        let slash = hidden("a = \"rtsp://adm:pa/ss@cam/x\"").unwrap();
        assert_eq!(slash, "a = \"rtsp://‹1›@cam/x\"", "no sound address, and hidden all the same");
    }
}
