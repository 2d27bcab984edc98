//! What the reader of tables says of right and wrong texts.

use super::*;

fn faults_of(text: &str) -> Vec<String> {
    let read = read(text, "f.toml", |root| {
        let count: Option<u32> = root.required("count").and_then(|item| item.integer(1..=9));
        let name = root.optional("name").map(|item| item.text(4));
        Some((count?, name))
    });
    let faults = read.map_or_else(|faults| faults.0, |_| Vec::new());
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_right_text_has_no_faults() {
    assert_eq!(faults_of("count = 0x9\nname = \"ab\"\n"), Vec::<String>::new());
}

#[test]
fn every_fault_is_listed_from_top_to_bottom() {
    let faults = faults_of("name = \"too long\"\nother = 1\ncount = 10\n");
    assert_eq!(
        faults,
        [
            "f.toml:1: name: fault-too-long max=4",
            "f.toml:2: other: fault-unknown-key known=\"count, name\"",
            "f.toml:3: count: fault-range max=\"9\" min=\"1\"",
        ]
    );
}

#[test]
fn a_text_that_is_no_toml_is_faulted_where_it_breaks() {
    let faults = faults_of("count = 1\nname = \"ab\n");
    assert!(faults[0].starts_with("f.toml:2: "), "{faults:?}");
    assert!(faults_of("count = 1\ncount = 2\n")[0].starts_with("f.toml:2: "));
    assert!(!faults_of(&"[".repeat(10_000)).is_empty());
    assert!(faults_of(&"x = {\n".repeat(10_000)).len() <= 100);
}

#[test]
fn a_file_is_read_in_bounded_memory_or_said_to_be_unreadable() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(matches!(read_text(&at("none")), Err(ReadError::Missing { .. })));
    assert!(matches!(read_text(folder.path()), Err(ReadError::NoFile { .. })));
    fs::write(at("long"), vec![b'#'; 1024 * 1024 + 1]).unwrap();
    assert!(matches!(read_text(&at("long")), Err(ReadError::TooLong { .. })));
    fs::write(at("latin"), b"# one\n# \xff\n").unwrap();
    assert!(matches!(read_text(&at("latin")), Err(ReadError::NotUtf8 { line: 2, .. })));
}
