//! Which of two versions is older, as dpkg judges it (deb-version(7)); rpm and Windows count alike as
//! far as digits go.

use std::cmp::Ordering;

pub(super) fn compare(one: &str, other: &str) -> Ordering {
    let ((epoch, rest), (other_epoch, other_rest)) = (epoch(one), epoch(other));
    let ((version, revision), (other_version, other_revision)) = (revision(rest), revision(other_rest));
    digits(epoch, other_epoch)
        .then_with(|| piece(version, other_version))
        .then_with(|| piece(revision, other_revision))
}

/// What stands before the first colon; nought if there is none.
fn epoch(version: &str) -> (&str, &str) {
    version.split_once(':').unwrap_or(("0", version))
}

/// What stands after the last hyphen.
fn revision(version: &str) -> (&str, &str) {
    version.rsplit_once('-').unwrap_or((version, ""))
}

/// Stretches without digits and stretches of digits by turns.
fn piece(mut one: &str, mut other: &str) -> Ordering {
    while !one.is_empty() || !other.is_empty() {
        let (words, other_words) =
            (split(one, |c| !c.is_ascii_digit()), split(other, |c| !c.is_ascii_digit()));
        let order = letters(words.0, other_words.0);
        if order != Ordering::Equal {
            return order;
        }
        let (numbers, other_numbers) =
            (split(words.1, |c| c.is_ascii_digit()), split(other_words.1, |c| c.is_ascii_digit()));
        let order = digits(numbers.0, other_numbers.0);
        if order != Ordering::Equal {
            return order;
        }
        (one, other) = (numbers.1, other_numbers.1);
    }
    Ordering::Equal
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}

/// A tilde comes before the end, the end before letters, letters before all else.
fn letters(one: &str, other: &str) -> Ordering {
    let rank = |c: Option<char>| match c {
        Some('~') => (0, '~'),
        None => (1, ' '),
        Some(c) if c.is_ascii_alphabetic() => (2, c),
        Some(c) => (3, c),
    };
    let (mut one, mut other) = (one.chars(), other.chars());
    loop {
        match (one.next(), other.next()) {
            (None, None) => return Ordering::Equal,
            (left, right) if left == right => {}
            (left, right) => return rank(left).cmp(&rank(right)),
        }
    }
}

/// By value, however long.
fn digits(one: &str, other: &str) -> Ordering {
    let (one, other) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered() {
        let ascending = [
            "0~rc1",
            "0",
            "1.0~~",
            "1.0~rc1",
            "1.0",
            "1.0-1",
            "1.0-1+deb12u1",
            "1.0a",
            "1.0+b",
            "1.2",
            "1.10",
            "1.10.1",
            "1.010.2",
            "9.2p1",
            "1:0.1",
            "2:0",
        ];
        for (at, one) in ascending.iter().enumerate() {
            for (other_at, other) in ascending.iter().enumerate() {
                assert_eq!(compare(one, other), at.cmp(&other_at), "{one} {other}");
            }
        }
        assert_eq!(compare("1.0", "1.00"), Ordering::Equal);
        assert_eq!(compare("99999999999999999999999", "1"), Ordering::Greater);
        assert_eq!(compare("", ""), Ordering::Equal);
    }

    /// dpkg itself is the judge, where it is installed.
    #[test]
    #[cfg(target_os = "linux")]
    fn dpkg_agrees() {
        let versions = [
            "1.0~rc1",
            "1.0",
            "1.0-1",
            "1.0-1~bpo12",
            "1.0.1",
            "1:0.5",
            "2.0+dfsg-1",
            "1.0a-3",
            "1.0+",
            "1.0.~",
        ];
        for (at, one) in versions.iter().enumerate() {
            for other in &versions[at..] {
                let is_older = compare(one, other) == Ordering::Less;
                let dpkg = std::process::Command::new("dpkg")
                    .args(["--compare-versions", one, "lt", other])
                    .status();
                match dpkg {
                    Ok(status) => assert_eq!(status.success(), is_older, "{one} {other}"),
                    Err(_) => return eprintln!("skipped: there is no dpkg here"),
                }
            }
        }
    }
}
