//! An RTSP address whose secrets stay apart from its public text.

use std::ops::Range;

use super::source::BadSource;

/// Where a network camera is, and how to sign in to it. Has no `Debug`: it would show the password.
#[derive(Clone, PartialEq, Eq)]
pub struct RtspAddress {
    /// For people, the journal and the log: without user, password or token.
    pub public_url: String,
    /// For the connection. Some cameras want user and password in the path itself, so that this may
    /// hold them.
    pub url: String,
    pub user: Option<String>,
    pub password: Option<String>,
    /// What stands in `url` and not in `public_url`.
    in_path: Vec<String>,
}

/// Parameters of a path or query that hold what nobody may see.
const SECRET_KEYS: [&str; 9] =
    ["user", "username", "usr", "password", "passwd", "pass", "pwd", "token", "auth"];
/// What stands in the public text for a secret.
const HIDDEN: &str = "***";

impl RtspAddress {
    /// Reads what follows `rtsp://`. An `@` or `/` that could belong to a password is refused, so that
    /// no part of one is taken for the host or the path, which are shown: there they are written `%40`
    /// and `%2F`. Before the host an `@` is clear enough.
    pub(super) fn parse(rest: &str) -> Result<Self, BadSource> {
        let path_at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(path_at);
        let (user_info, host) = match authority.rsplit_once('@') {
            Some((info, host)) => (Some(info), host),
            None => (None, authority),
        };
        if !is_host(host) || path.contains('@') {
            return Err(BadSource);
        }
        let (user, password) = match user_info.map(|info| info.split_once(':').unwrap_or((info, ""))) {
            Some((user, password)) => (Some(user.to_owned()), Some(password.to_owned())),
            None => (None, None),
        };
        let (public_path, in_path) = hide_secrets(path);
        let (public_url, url) = (format!("rtsp://{host}{public_path}"), format!("rtsp://{host}{path}"));
        Ok(Self { public_url, url, user, password, in_path })
    }

    /// A text from elsewhere, such as a camera's answer, which may repeat what it was told.
    pub fn without_secrets(&self, text: &str) -> String {
        let own = [&self.password, &self.user].into_iter().flatten();
        let mut text = text.to_owned();
        for secret in own.chain(&self.in_path).filter(|secret| !secret.is_empty()) {
            text = text.replace(secret.as_str(), HIDDEN);
        }
        text
    }
}

/// A name or number, perhaps with a port.
fn is_host(text: &str) -> bool {
    // An IPv6 address has colons of its own, in brackets.
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (text, None),
    };
    let port_ok = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let inner = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let name_ok = match inner {
        Some(inner) => inner.chars().all(|c| c.is_ascii_hexdigit() || ":.%".contains(c)),
        None => name.chars().all(|c| c.is_alphanumeric() || "-._".contains(c)),
    };
    port_ok && name_ok && !name.is_empty()
}

/// `/user=a_password=b_channel=1` becomes `/user=***_password=***_channel=1`; also gives what was
/// hidden.
fn hide_secrets(path: &str) -> (String, Vec<String>) {
    let (mut public, mut hidden, mut done) = (String::new(), Vec::new(), 0);
    for secret in secrets_in_path(path) {
        public.push_str(&path[done..secret.start]);
        public.push_str(HIDDEN);
        done = secret.end;
        hidden.push(path[secret].to_owned());
    }
    public.push_str(&path[done..]);
    (public, hidden)
}

fn secrets_in_path(path: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(equals) = path[at..].find('=').map(|equals| at + equals) {
        let key = path[at..equals].rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let begin = equals + 1;
        let secret = SECRET_KEYS.iter().any(|secret| secret.eq_ignore_ascii_case(key));
        at = begin + if secret { value_end(&path[begin..]) } else { 0 };
        if begin < at {
            found.push(begin..at);
        }
    }
    found
}

/// Where the secrets stand in what follows `rtsp://`, and the host that they are told to. Of a text that is
/// no sound address everything before its last `@` is one.
pub(super) fn secrets(rest: &str) -> (Vec<Range<usize>>, &str) {
    let info = rest.rfind('@');
    let host_at = info.map_or(0, |at| at + 1);
    let path_at = rest[host_at..].find(['/', '?', '#']).map_or(rest.len(), |at| host_at + at);
    let in_path = secrets_in_path(&rest[path_at..]);
    let in_path = in_path.into_iter().map(|range| range.start + path_at..range.end + path_at);
    let info = info.filter(|at| *at > 0).map(|at| 0..at);
    (info.into_iter().chain(in_path).collect(), &rest[host_at..path_at])
}

/// A value ends with the parameter after it; `_` may stand in a value, unless a key follows.
fn value_end(value: &str) -> usize {
    let key_follows = |rest: &str| {
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        end > 0 && rest[end..].starts_with('=')
    };
    let ends = |(at, c): (usize, char)| match c {
        '&' | ';' | '/' | '?' | '#' => Some(at),
        '_' if key_follows(&value[at + 1..]) => Some(at),
        _ => None,
    };
    value.char_indices().find_map(ends).unwrap_or(value.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<RtspAddress> {
        RtspAddress::parse(text).ok()
    }

    #[test]
    fn secrets_in_the_path_are_used_and_never_shown() {
        for (text, public) in [
            ("10.0.0.5/user=ad_password=pw_1_channel=1", "10.0.0.5/user=***_password=***_channel=1"),
            ("cam:554/live?User=ad&pwd=p%40w;n=2", "cam:554/live?User=***&pwd=***;n=2"),
            ("cam/live?channel=1&subtype=0", "cam/live?channel=1&subtype=0"),
            ("cam?token=abc", "cam?token=***"),
            ("cam/password=&n=1", "cam/password=&n=1"),
        ] {
            let address = address(text).unwrap();
            assert_eq!(address.public_url, format!("rtsp://{public}"));
            assert_eq!(address.url, format!("rtsp://{text}"));
        }
        let told = address("me:pw@cam/?token=abc").unwrap().without_secrets("no me with pw or abc");
        assert_eq!(told, "no *** with *** or ***");
    }

    #[test]
    fn no_part_of_a_password_is_taken_for_the_host_or_the_path() {
        for unclear in
            ["admin:pa/ss@cam/live", "admin:12/34@cam/live", "me:p?w@cam", "me:p#w@cam", "me:p@w/x@cam"]
        {
            assert!(address(unclear).is_none(), "{unclear}");
        }
        let plain = address("admin:p@ss:w@[fe80::1]:554/x").unwrap();
        assert_eq!(
            (plain.password.as_deref(), plain.url.as_str()),
            (Some("p@ss:w"), "rtsp://[fe80::1]:554/x")
        );
    }
}
