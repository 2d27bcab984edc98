//! Both languages say the same things, and everything that the program says exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_bundle::FluentResource;

use super::Language;
use super::texts::{COMMON, areas};

/// Ids (attributes as `id.attribute`) with the names of their arguments.
fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    let (mut id, mut key) = (String::new(), String::new());
    for line in source.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if let Some((name, _)) = line.split_once('=').filter(|_| !line.starts_with([' ', '}', '[', '*'])) {
            id = name.trim().to_owned();
            key.clone_from(&id);
            assert!(messages.insert(key.clone(), BTreeSet::new()).is_none(), "{id} stands twice");
        } else if let Some((name, _)) = line.trim().strip_prefix('.').and_then(|rest| rest.split_once('=')) {
            key = format!("{id}.{}", name.trim());
            messages.insert(key.clone(), BTreeSet::new());
        }
        let arguments = line.split('$').skip(1).map(|rest| {
            rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).collect::<String>()
        });
        messages.get_mut(&key).expect("a message begins before its text").extend(arguments);
    }
    messages
}

fn all(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for area in areas() {
        for (id, arguments) in messages(area.source(language)) {
            assert!(all.insert(id.clone(), arguments).is_none(), "{id} stands in two areas");
        }
    }
    all
}

#[test]
fn every_file_of_texts_is_well_formed() {
    for (area, language) in areas().flat_map(|area| Language::ALL.map(|language| (area, language))) {
        if let Err((_, errors)) = FluentResource::try_new(area.source(language).to_owned()) {
            panic!("{} {language:?}: {errors:?}", area.name);
        }
    }
}

#[test]
fn both_languages_have_the_same_ids_and_arguments() {
    for area in areas() {
        assert_eq!(messages(area.ru), messages(area.en), "{}", area.name);
    }
}

#[test]
fn every_message_that_the_program_names_exists() {
    let known = all(Language::Ru);
    let mut named = Vec::new();
    scan(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut named);
    assert!(named.len() > 2, "the scan finds the messages");
    let unknown: Vec<_> = named.iter().filter(|(_, id)| !known.contains_key(id)).collect();
    assert!(unknown.is_empty(), "in no file of assets/i18n: {unknown:#?}");
}

/// The rooms that every build has name no text of those that only a station's has.
#[test]
fn the_auditors_build_has_every_text_that_it_names() {
    let common: BTreeSet<String> =
        COMMON.iter().flat_map(|area| messages(area.source(Language::En)).into_keys()).collect();
    let mut named = Vec::new();
    for room in ["archive", "journal", "point", "signing", "tables"] {
        scan(&Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).join(room), &mut named);
    }
    let unknown: Vec<_> = named.iter().filter(|(_, id)| !common.contains(id)).collect();
    assert!(named.len() > 100 && unknown.is_empty(), "{unknown:#?}");
}

/// File and id of every `Message::new("id")`, `texts.text("id")` and `.t("id")`; tests at a file's end may name
/// what does not exist.
fn scan(folder: &Path, named: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        let name = path.display().to_string();
        if path.is_dir() {
            scan(&path, named);
        } else if name.ends_with(".rs") && !name.ends_with("_test.rs") {
            let code = fs::read_to_string(&path).expect("src is readable");
            let code = code.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            for opening in ["Message::new(", "texts.text(", ".t("] {
                let literals =
                    code.split(opening).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
                named.extend(
                    literals.filter_map(|rest| Some((name.clone(), rest.split_once('"')?.0.to_owned()))),
                );
            }
        }
    }
}
