//! The technician's guide: chapters written in Markdown, part of the program, in both languages.

mod text;

pub use text::{Block, Kind, Text, plain};

use super::model::Screen;
use crate::i18n::Language;

/// A chapter of the guide.
pub struct Chapter {
    pub id: &'static str,
    pub title: String,
    /// Without the title.
    pub blocks: Vec<Block>,
}

struct Source {
    id: &'static str,
    ru: &'static str,
    en: &'static str,
}

macro_rules! sources {
    ($($id:literal),* $(,)?) => {
        &[$(Source {
            id: $id,
            ru: include_str!(concat!("../../../assets/help/ru/", $id, ".md")),
            en: include_str!(concat!("../../../assets/help/en/", $id, ".md")),
        }),*]
    };
}

/// In the order of the contents.
const SOURCES: &[Source] = sources![
    "day",
    "sign-in",
    "today",
    "check",
    "cameras",
    "access",
    "close",
    "review",
    "requests",
    "point",
    "settings",
    "window",
    "check-archive",
];

/// The whole guide in one language.
pub fn guide(language: Language) -> Vec<Chapter> {
    let chapter = |source: &Source| {
        let text = match language {
            Language::Ru => source.ru,
            Language::En => source.en,
        };
        let (title, blocks) = text::read(text);
        Chapter { id: source.id, title, blocks }
    };
    SOURCES.iter().map(chapter).collect()
}

/// The chapter that tells of this screen.
pub fn chapter_of(screen: Screen) -> &'static str {
    match screen {
        Screen::Today => "today",
        Screen::Check => "check",
        Screen::Cameras => "cameras",
        Screen::Access => "access",
        Screen::Close => "close",
        Screen::Review => "review",
        Screen::Requests => "requests",
        Screen::Point => "point",
        Screen::Settings => "settings",
        Screen::Help => "window",
    }
}

/// The chapter on how somebody signs in.
pub const SIGN_IN: &str = "sign-in";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every text of the program that takes one line.
    fn texts(language: Language) -> BTreeSet<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/i18n/");
        let files = std::fs::read_dir(format!("{folder}{}", language.tag())).unwrap();
        let sources = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        let values = |source: String| -> Vec<String> {
            source.lines().filter_map(|line| Some(line.split_once(" = ")?.1.trim().to_owned())).collect()
        };
        sources.flat_map(values).collect()
    }

    #[test]
    fn every_screen_has_a_chapter_and_both_languages_the_same_ones() {
        let (ru, en) = (guide(Language::Ru), guide(Language::En));
        for screen in Screen::ALL.into_iter().chain([Screen::Help]) {
            assert!(ru.iter().any(|chapter| chapter.id == chapter_of(screen)), "{screen:?}");
        }
        assert!(ru.iter().any(|chapter| chapter.id == SIGN_IN));
        for (ru, en) in ru.iter().zip(&en) {
            assert!(!ru.title.is_empty() && !en.title.is_empty(), "{}", ru.id);
            let kinds =
                |chapter: &Chapter| -> Vec<_> { chapter.blocks.iter().map(std::mem::discriminant).collect() };
            assert_eq!(kinds(ru), kinds(en), "{}", ru.id);
        }
    }

    #[test]
    fn what_the_guide_calls_by_name_is_in_the_window() {
        for language in Language::ALL {
            let names = texts(language);
            for chapter in guide(language).iter().filter(|chapter| chapter.id != "check-archive") {
                let strong = chapter.blocks.iter().flat_map(Block::texts).flatten();
                for run in strong.filter(|run| run.kind == Kind::Strong) {
                    assert!(names.contains(&run.text), "{}: no {:?} in the window", chapter.id, run.text);
                }
            }
        }
    }
}
