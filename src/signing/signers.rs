//! Who is trusted: a file of allowed signers, as `ssh-keygen -Y verify -f` reads it (ssh-keygen(1),
//! ALLOWED SIGNERS).

use chrono::NaiveDateTime;

use super::key::{BadKey, PublicKey};

/// The signers that an auditor trusts. Holds Ed25519 keys only; other lines are in
/// [`Self::unsupported`], and no signature of theirs counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedSigners {
    signers: Vec<Signer>,
    /// Lines that were passed over, with the kind of key they hold.
    pub unsupported: Vec<(usize, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Signer {
    principals: String,
    key: PublicKey,
    /// Any namespace if absent.
    namespaces: Option<String>,
    valid_after_ms: Option<i64>,
    valid_before_ms: Option<i64>,
}

/// A line that is wrong. Nothing of the file counts then: a half-read list of who is trusted
/// would be worse than none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the signers: {fault}")]
pub struct BadSigners {
    /// Counts from 1.
    pub line: usize,
    pub fault: SignersFault,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignersFault {
    #[error("not `principals [options] ssh-ed25519 AAAA…`")]
    Malformed,
    #[error("{0:?} is not a known option")]
    UnknownOption(String),
    /// Without the Z OpenSSH reads it in the computer's own time zone, and the verdict would
    /// depend on where it is given.
    #[error("{0:?} is not a time as YYYYMMDDZ or YYYYMMDDHHMM[SS]Z")]
    BadTime(String),
    #[error("the file is longer than 1 MiB")]
    TooLong,
}

const MAX_BYTES: usize = 1 << 20;

impl AllowedSigners {
    pub fn parse(text: &str) -> Result<Self, BadSigners> {
        if text.len() > MAX_BYTES {
            return Err(BadSigners { line: 1, fault: SignersFault::TooLong });
        }
        let mut all = Self::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let line_number = index + 1;
            match parse_line(line).map_err(|fault| BadSigners { line: line_number, fault })? {
                Line::Signer(signer) => all.signers.push(signer),
                Line::Unsupported(kind) => all.unsupported.push((line_number, kind)),
            }
        }
        Ok(all)
    }

    /// Whose key this is, as the file names them, if it may sign for `namespace` at this moment
    /// (UTC ms). None: not trusted.
    pub fn trusts(&self, key: &PublicKey, namespace: &str, at_ms: i64) -> Option<&str> {
        self.signers
            .iter()
            .find(|signer| {
                signer.key == *key
                    && signer.namespaces.as_ref().is_none_or(|list| matches_list(list, namespace))
                    && signer.valid_after_ms.is_none_or(|after| at_ms >= after)
                    && signer.valid_before_ms.is_none_or(|before| at_ms < before)
            })
            .map(|signer| signer.principals.as_str())
    }

    /// Whether there is nobody that could be trusted.
    pub fn is_empty(&self) -> bool {
        self.signers.is_empty()
    }
}

enum Line {
    Signer(Signer),
    Unsupported(String),
}

fn parse_line(line: &str) -> Result<Line, SignersFault> {
    let malformed = || SignersFault::Malformed;
    let (principals, rest) = split_word(line).ok_or_else(malformed)?;
    let principals = principals.trim_matches('"').to_owned();
    if principals.is_empty() || principals.contains('"') {
        return Err(malformed());
    }
    let (first, after_first) = split_word(rest).ok_or_else(malformed)?;
    let is_key_type = ["ssh-", "ecdsa-", "sk-"].iter().any(|prefix| first.starts_with(prefix));
    let (options, key_text) = if is_key_type { ("", rest) } else { (first, after_first) };

    let mut signer_options = Options::default();
    for option in split_options(options).ok_or_else(malformed)? {
        signer_options.take(option)?;
    }
    let key = match PublicKey::from_openssh_line(key_text) {
        Ok(key) => key,
        Err(BadKey::Unsupported(kind)) => return Ok(Line::Unsupported(kind)),
        Err(BadKey::Malformed) => return Err(malformed()),
    };
    // The key of a certificate authority signs certificates, never files.
    if signer_options.authority {
        return Ok(Line::Unsupported("cert-authority".to_owned()));
    }
    let Options { namespaces, valid_after_ms, valid_before_ms, .. } = signer_options;
    Ok(Line::Signer(Signer { principals, key, namespaces, valid_after_ms, valid_before_ms }))
}

#[derive(Default)]
struct Options {
    authority: bool,
    namespaces: Option<String>,
    valid_after_ms: Option<i64>,
    valid_before_ms: Option<i64>,
}

impl Options {
    fn take(&mut self, option: &str) -> Result<(), SignersFault> {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        let name = name.to_ascii_lowercase();
        let twice = match (name.as_str(), value) {
            ("cert-authority", None) => std::mem::replace(&mut self.authority, true),
            ("namespaces", Some(list)) if !list.is_empty() => {
                self.namespaces.replace(list.to_owned()).is_some()
            }
            ("valid-after", Some(time)) => self.valid_after_ms.replace(parse_time(time)?).is_some(),
            ("valid-before", Some(time)) => self.valid_before_ms.replace(parse_time(time)?).is_some(),
            _ => return Err(SignersFault::UnknownOption(option.chars().take(80).collect())),
        };
        if twice { Err(SignersFault::Malformed) } else { Ok(()) }
    }
}

/// The first word, blanks inside double quotes being part of it, and what follows.
fn split_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let mut quoted = false;
    let end = text.find(|c: char| {
        quoted ^= c == '"';
        !quoted && c.is_ascii_whitespace()
    });
    let (word, rest) = text.split_at(end.unwrap_or(text.len()));
    (!word.is_empty() && (end.is_some() || !quoted)).then_some((word, rest))
}

/// Options are parted by commas outside of quotes.
fn split_options(text: &str) -> Option<Vec<&str>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let mut quoted = false;
    let options: Vec<&str> = text
        .split(|c: char| {
            quoted ^= c == '"';
            !quoted && c == ','
        })
        .collect();
    options.iter().all(|option| !option.is_empty()).then_some(options)
}

fn parse_time(text: &str) -> Result<i64, SignersFault> {
    let bad = || SignersFault::BadTime(text.chars().take(80).collect());
    let digits = text.strip_suffix('Z').ok_or_else(bad)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad());
    }
    let full = match digits.len() {
        8 => format!("{digits}000000"),
        12 => format!("{digits}00"),
        14 => digits.to_owned(),
        _ => return Err(bad()),
    };
    let time = NaiveDateTime::parse_from_str(&full, "%Y%m%d%H%M%S").map_err(|_| bad())?;
    Ok(time.and_utc().timestamp_millis())
}

/// OpenSSH's pattern lists (ssh_config(5), PATTERNS): any positive match and no negated one.
fn matches_list(list: &str, text: &str) -> bool {
    let mut found = false;
    for pattern in list.split(',') {
        match pattern.strip_prefix('!') {
            Some(pattern) if matches_pattern(pattern.as_bytes(), text.as_bytes()) => return false,
            Some(_) => {}
            None => found |= matches_pattern(pattern.as_bytes(), text.as_bytes()),
        }
    }
    found
}

/// `*` stands for any bytes, `?` for one. Linear in memory, and no worse than pattern × text in time.
fn matches_pattern(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p, t));
                p += 1;
            }
            Some(wanted) if *wanted == b'?' || *wanted == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((star, from)) => {
                    retry = Some((star, from + 1));
                    p = star + 1;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|rest| *rest == b'*')
}

#[cfg(test)]
mod tests {
    use super::super::sshsig::NAMESPACE;
    use super::*;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM";
    /// 2026-05-29T10:00:00Z.
    const NOON_MS: i64 = 1_780_048_800_000;

    fn trusts(options: &str, namespace: &str, at_ms: i64) -> bool {
        let signers =
            AllowedSigners::parse(&format!("# known\n\nstation,kiosk {options} {KEY} x y\n")).unwrap();
        let principal = signers.trusts(&KEY.parse().unwrap(), namespace, at_ms);
        assert!(principal.is_none_or(|name| name == "station,kiosk"));
        principal.is_some()
    }

    #[test]
    fn a_key_is_trusted_for_its_namespaces_and_time() {
        assert!(trusts("", NAMESPACE, NOON_MS));
        assert!(trusts(r#"namespaces="file,invigil-*""#, NAMESPACE, NOON_MS));
        assert!(!trusts(r#"namespaces="file""#, NAMESPACE, NOON_MS));
        assert!(!trusts(r#"namespaces="*,!invigil-archive""#, NAMESPACE, NOON_MS));
        assert!(trusts(r#"valid-after="20260529Z",valid-before="202605291001Z""#, NAMESPACE, NOON_MS));
        assert!(!trusts(r#"valid-after="20260529100001Z""#, NAMESPACE, NOON_MS));
        assert!(!trusts(r#"valid-before="20260529100000Z""#, NAMESPACE, NOON_MS));
    }

    #[test]
    fn another_key_and_an_authority_are_not_trusted() {
        let signers = AllowedSigners::parse(&format!("* cert-authority {KEY}\na ssh-rsa AAAA\n")).unwrap();
        assert_eq!(signers.unsupported, [(1, "cert-authority".to_owned()), (2, "ssh-rsa".to_owned())]);
        assert!(signers.is_empty());
        assert_eq!(signers.trusts(&KEY.parse().unwrap(), NAMESPACE, NOON_MS), None);
        let signers = AllowedSigners::parse(&format!("\"head of point\" {KEY}")).unwrap();
        assert_eq!(signers.trusts(&PublicKey([0; 32]), NAMESPACE, NOON_MS), None);
        assert_eq!(signers.trusts(&KEY.parse().unwrap(), NAMESPACE, NOON_MS), Some("head of point"));
    }

    #[test]
    fn a_wrong_line_is_named() {
        let fault = |line: &str| AllowedSigners::parse(&format!("#\n{line}")).unwrap_err();
        for line in ["station", "station ssh-ed25519", "station ssh-ed25519 ????", &format!("\"a {KEY}")] {
            assert_eq!(fault(line), BadSigners { line: 2, fault: SignersFault::Malformed }, "{line}");
        }
        assert!(
            matches!(fault(&format!("a touch {KEY}")).fault, SignersFault::UnknownOption(o) if o == "touch")
        );
        for time in ["20260529", "20261329Z", "2026Z", "+0260529Z"] {
            let line = format!("a valid-after=\"{time}\" {KEY}");
            assert!(matches!(fault(&line).fault, SignersFault::BadTime(t) if t == time));
        }
    }

    #[test]
    fn patterns_match_as_in_openssh() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("a*c", "abbc", true),
            ("a?c", "ac", false),
            ("*b*d", "abcbd", true),
            ("", "a", false),
        ] {
            assert_eq!(matches_pattern(pattern.as_bytes(), text.as_bytes()), expected, "{pattern} {text}");
        }
    }
}
