//! The page is what its sources say, and knows what the program writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_page_is_built_from_its_sources() {
    let build = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/verifier/build");
    let output = Command::new("python3").arg(build).arg("--check").output().expect("python3 is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_page_knows_every_event_and_its_fields() {
    let (program, page) = (events_of_the_program(), events_of_the_page());
    assert!(program.len() > 40, "the scan finds the events");
    assert_eq!(page, program, "assets/verifier/core/events.js against src/journal/event");
}

#[test]
fn both_languages_of_the_page_have_the_same_texts() {
    let ids = |language: &str| -> Vec<String> {
        let text = read(&format!("assets/verifier/page/{language}.ftl"));
        let begins = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
        text.lines().filter(begins).filter_map(|line| Some(line.split_once(" =")?.0.to_owned())).collect()
    };
    assert_eq!(ids("ru"), ids("en"));
}

/// Names of the fields in order, by the event's type.
type Events = BTreeMap<String, Vec<String>>;

fn events_of_the_program() -> Events {
    let events = read("src/journal/event/mod.rs");
    let topics: Vec<String> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/journal/event"))
        .unwrap()
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let topics = topics.concat();
    let mut found = Events::new();
    let mut open: Option<String> = None;
    let body = events.split_once("pub enum Event {").unwrap().1.split_once("\n}\n").unwrap().0;
    for line in body.lines() {
        let text = line.trim();
        let is_variant =
            line.starts_with("    ") && line.as_bytes().get(4).is_some_and(u8::is_ascii_uppercase);
        if is_variant {
            let name = text.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap();
            let fields = match text.split_once('(') {
                Some((_, inner)) => fields_of(&topics, inner.split(')').next().unwrap()),
                None => Vec::new(),
            };
            found.insert(snake(name), fields);
            open = text.ends_with('{').then(|| snake(name));
        } else if let (Some(event), Some((field, _))) = (&open, text.split_once(": "))
            && !text.starts_with("//")
        {
            found.get_mut(event).unwrap().push(field.to_owned());
        }
    }
    found
}

fn fields_of(source: &str, name: &str) -> Vec<String> {
    let body = source.split_once(&format!("pub struct {name} {{")).unwrap().1.split_once("\n}").unwrap().0;
    let fields = body.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(": "));
    fields.map(|(field, _)| field.to_owned()).collect()
}

fn events_of_the_page() -> Events {
    let source = read("assets/verifier/core/events.js");
    let body = source.split_once("export const EVENTS = {").unwrap().1.split_once("\n};").unwrap().0;
    let mut found = Events::new();
    let mut open = String::new();
    for line in body.lines() {
        if let Some((name, rest)) = line.strip_prefix("  ").and_then(|line| line.split_once(": {"))
            && !name.starts_with(' ')
        {
            open = name.to_owned();
            let inner = rest.rsplit_once('}').map_or("", |(inner, _)| inner);
            found.insert(open.clone(), top_level_fields(inner));
        } else if let Some((name, _)) = line.strip_prefix("    ").and_then(|line| line.split_once(": ")) {
            found.get_mut(&open).unwrap().push(name.to_owned());
        }
    }
    found
}

/// The names before colons that stand in no inner bracket.
fn top_level_fields(text: &str) -> Vec<String> {
    let (mut depth, mut name, mut fields) = (0, String::new(), Vec::new());
    for c in text.chars() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            ':' if depth == 0 => fields.push(std::mem::take(&mut name).trim().to_owned()),
            ',' if depth == 0 => name.clear(),
            c if depth == 0 => name.push(c),
            _ => {}
        }
    }
    fields
}

fn snake(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}
