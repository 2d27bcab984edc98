//! BagIt's manifests (RFC 8493 section 2.1.3), in the form that `sha256sum` writes: a hash, two
//! spaces, a path.

use std::collections::BTreeMap;

use crate::archive::zip::EntryName;
use crate::signing::Digest;

/// The hash of each path. None: a line is in another form, or a path is named twice.
pub fn parse(bytes: &[u8]) -> Option<BTreeMap<String, Digest>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut lines = BTreeMap::new();
    let text = match text {
        "" => return Some(lines),
        text => text.strip_suffix('\n')?,
    };
    for line in text.split('\n') {
        let (hash, path) = line.split_once("  ")?;
        let path: EntryName = path.parse().ok()?;
        if lines.insert(path.into(), hash.parse().ok()?).is_some() {
            return None;
        }
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_form_is_read() {
        let hash = Digest::of(b"");
        let line = format!("{hash}  data/a\n");
        let lines = parse(line.as_bytes()).unwrap();
        assert_eq!(lines.into_iter().collect::<Vec<_>>(), [("data/a".to_owned(), hash)]);
        assert!(parse(b"").unwrap().is_empty());
        for bad in [
            line.trim_end().to_owned(),
            line.repeat(2),
            line.replace("  ", " "),
            line.replace("  ", " *"),
            line.replace("data", "../data"),
            line.replace('\n', "\r\n"),
            format!("{line}\n"),
        ] {
            assert_eq!(parse(bad.as_bytes()), None, "{bad:?}");
        }
    }
}
