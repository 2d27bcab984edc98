//! Who is trusted: a file of allowed signers, as `ssh-keygen -Y verify -f` reads it (ssh-keygen(1),
//! ALLOWED SIGNERS), and one of revoked keys, as `-r` does.
//!
//! In what capacity a key signs is its principal, `head@77-0101`:
//!
//! ```text
//! station@77-0101            ssh-ed25519 AAAA…          the computers of one point
//! head@77-0101,head@77-0102  valid-before="20270301Z" sk-ssh-ed25519@openssh.com AAAA…
//! member@77-*                namespaces="invigil-archive" ecdsa-sha2-nistp256 AAAA…
//! ```
//!
//! A line whose names have no `@` says no role: its key is a station's.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::key::BadKey;
use super::role::{Principal, SignerRole};
use super::ssh_key::SshKey;
use crate::i18n::Message;

/// The signers that an auditor trusts. Lines with keys of other kinds are in [`Self::unsupported`], and
/// no signature of theirs counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedSigners {
    signers: Vec<Signer>,
    revoked: Vec<SshKey>,
    /// Lines that were passed over, with the kind of key they hold.
    pub unsupported: Vec<(usize, String)>,
}

/// What a list of signers says of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Trusted,
    NotListed,
    /// It may sign, but not as this, or not here.
    OtherPrincipal,
    OtherNamespace,
    NotYetValid,
    Expired,
    Revoked,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Signer {
    principals: String,
    key: SshKey,
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
    /// OpenSSH's binary form can't be read here: a key that it revokes would go on being trusted.
    #[error("a binary revocation list (KRL), not a list of public keys; write one public key a line")]
    BinaryList,
    #[error("the file is longer than 1 MiB")]
    TooLong,
}

/// A file that can't be used as such a list.
#[derive(Debug, thiserror::Error)]
#[error("{}: {detail}", .path.display())]
pub struct BadSignersFile {
    path: PathBuf,
    detail: String,
}

impl BadSignersFile {
    fn new(path: &Path, error: &dyn std::error::Error) -> Self {
        Self { path: path.to_owned(), detail: error.to_string() }
    }

    /// What happened and what to do.
    pub fn message(&self) -> Message {
        Message::new("archive-cli-signers")
            .with("path", self.path.display().to_string())
            .with("detail", self.detail.as_str())
    }
}

const MAX_BYTES: usize = 1 << 20;

impl AllowedSigners {
    pub fn load(path: &Path) -> Result<Self, BadSignersFile> {
        let bad = |error: &dyn std::error::Error| BadSignersFile::new(path, error);
        let text =
            String::from_utf8(read_list(path).map_err(|error| bad(&error))?).map_err(|error| bad(&error))?;
        Self::parse(&text).map_err(|error| bad(&error))
    }

    /// As [`revoke`](Self::revoke), from a file.
    pub fn revoke_file(&mut self, path: &Path) -> Result<(), BadSignersFile> {
        let list = read_list(path).map_err(|error| BadSignersFile::new(path, &error))?;
        self.revoke(&list).map_err(|error| BadSignersFile::new(path, &error))
    }

    pub fn parse(text: &str) -> Result<Self, BadSigners> {
        if text.len() > MAX_BYTES {
            return Err(BadSigners { line: 1, fault: SignersFault::TooLong });
        }
        let mut all = Self::default();
        for (number, line) in lines_of(text) {
            match parse_line(line).map_err(|fault| BadSigners { line: number, fault })? {
                Line::Signer(signer) => all.signers.push(signer),
                Line::Unsupported(kind) => all.unsupported.push((number, kind)),
            }
        }
        Ok(all)
    }

    /// What the list says of a signature for `namespace` by this key, made as `principal` and judged as
    /// of `at_ms` (UTC).
    pub fn standing(&self, key: &SshKey, principal: &Principal, namespace: &str, at_ms: i64) -> Standing {
        if self.revoked.contains(key) {
            return Standing::Revoked;
        }
        let lines = self.signers.iter().filter(|signer| signer.key == *key);
        // Of several lines the one that comes closest counts.
        let standings = lines.map(|signer| signer.standing(principal, namespace, at_ms));
        standings.max_by_key(|standing| standing.closeness()).unwrap_or(Standing::NotListed)
    }

    /// No signature by any of these keys counts, whatever the list says. Reads one public key a line, as
    /// `ssh-keygen -Y verify -r` does.
    pub fn revoke(&mut self, list: &[u8]) -> Result<(), BadSigners> {
        let whole = |fault| BadSigners { line: 1, fault };
        if list.len() > MAX_BYTES {
            return Err(whole(SignersFault::TooLong));
        }
        if list.starts_with(b"SSHKRL") {
            return Err(whole(SignersFault::BinaryList));
        }
        let text = std::str::from_utf8(list).map_err(|_| whole(SignersFault::Malformed))?;
        for (line, key) in lines_of(text) {
            match SshKey::from_openssh_line(key) {
                Ok(key) => self.revoked.push(key),
                // It could not sign here anyway.
                Err(BadKey::Unsupported(_)) => {}
                Err(BadKey::Malformed) => return Err(BadSigners { line, fault: SignersFault::Malformed }),
            }
        }
        Ok(())
    }

    /// Whether there is nobody that could be trusted.
    pub fn is_empty(&self) -> bool {
        self.signers.is_empty()
    }
}

/// One byte more than a list may have shows that it is too long.
fn read_list(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Signer {
    fn standing(&self, principal: &Principal, namespace: &str, at_ms: i64) -> Standing {
        if !self.is(principal) {
            Standing::OtherPrincipal
        } else if self.namespaces.as_ref().is_some_and(|list| !matches_list(list, namespace)) {
            Standing::OtherNamespace
        } else if self.valid_after_ms.is_some_and(|after| at_ms < after) {
            Standing::NotYetValid
        } else if self.valid_before_ms.is_some_and(|before| at_ms >= before) {
            Standing::Expired
        } else {
            Standing::Trusted
        }
    }

    fn is(&self, principal: &Principal) -> bool {
        let names_no_role = !self.principals.contains('@');
        (names_no_role && principal.role == SignerRole::Station)
            || matches_list(&self.principals, &principal.to_string())
    }
}

impl Standing {
    fn closeness(self) -> u8 {
        match self {
            Self::Revoked | Self::NotListed => 0,
            Self::OtherPrincipal => 1,
            Self::OtherNamespace => 2,
            Self::NotYetValid | Self::Expired => 3,
            Self::Trusted => 4,
        }
    }

    /// The plain word for it, the same in every language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::NotListed => "not-listed",
            Self::OtherPrincipal => "other-principal",
            Self::OtherNamespace => "other-namespace",
            Self::NotYetValid => "not-yet-valid",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

/// The lines that say something, with their numbers from 1.
fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
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
    let key = match SshKey::from_openssh_line(key_text) {
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
