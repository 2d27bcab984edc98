//! Foreign names in a finding: short, and nothing in them that a screen or a printer would obey.

/// Names that a finding lists; of further ones it says how many.
const MOST_LISTED: usize = 6;
/// Characters of one name.
const NAME_CHARS: usize = 60;

/// `text` on one line, without control characters and marks that turn the writing, at most `max` characters.
pub(super) fn plain(text: &str, max: usize) -> String {
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line.chars().filter(|c| !c.is_control() && !turns(*c)).take(max).collect()
}

/// The names with commas between, and how many more there are: `a, b, c (+4)`.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names = names.into_iter();
    let mut text =
        names.by_ref().take(MOST_LISTED).map(|name| plain(name, NAME_CHARS)).collect::<Vec<_>>().join(", ");
    match names.count() {
        0 => {}
        more => text.push_str(&format!(" (+{more})")),
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_names_stay_short_and_tame() {
        assert_eq!(plain("a\u{202e}b\n\u{1b}[31m  c", 200), "ab [31m c");
        assert_eq!(plain("абвгд", 3), "абв");
        assert_eq!(listed(["a", "b"]), "a, b");
        let many: Vec<String> = (0..9).map(|n| n.to_string()).collect();
        assert_eq!(listed(many.iter().map(String::as_str)), "0, 1, 2, 3, 4, 5 (+3)");
    }
}
