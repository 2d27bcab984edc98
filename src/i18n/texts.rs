//! Fluent look-up over the files of `assets/i18n`, which are part of the program.

use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::{Arg, Language, Message};

/// The words of one area of the program in both languages.
pub(super) struct Area {
    pub name: &'static str,
    pub ru: &'static str,
    pub en: &'static str,
}

macro_rules! areas {
    ($($name:literal),* $(,)?) => {
        &[$(Area {
            name: $name,
            ru: include_str!(concat!("../../assets/i18n/ru/", $name, ".ftl")),
            en: include_str!(concat!("../../assets/i18n/en/", $name, ".ftl")),
        }),*]
    };
}

/// What every build says.
pub(super) const COMMON: &[Area] = areas![
    "archive",
    "camera",
    "cli",
    "compare",
    "equipment",
    "excerpt",
    "inventory",
    "journal",
    "keys",
    "point",
    "recording",
    "requests",
    "takeover",
];

/// What only a station, its commands and its window say.
#[cfg(feature = "station")]
pub(super) const OF_STATIONS: &[Area] = areas![
    "alarms",
    "briefings",
    "cabinet",
    "checks",
    "days",
    "event",
    "forms",
    "people",
    "review",
    "settings",
    "station",
    "ui",
    "widgets"
];
#[cfg(not(feature = "station"))]
pub(super) const OF_STATIONS: &[Area] = &[];

pub(super) fn areas() -> impl Iterator<Item = &'static Area> {
    COMMON.iter().chain(OF_STATIONS)
}

impl Area {
    pub(super) fn source(&self, language: Language) -> &'static str {
        match language {
            Language::Ru => self.ru,
            Language::En => self.en,
        }
    }
}

/// All texts in one language. Can be shared between threads.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    pub fn load(language: Language) -> Self {
        let locale: LanguageIdentifier = language.tag().parse().expect("the tag is a language identifier");
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Isolation marks would show as boxes in fonts without them; both languages run left to right.
        bundle.set_use_isolating(false);
        for area in areas() {
            let resource = FluentResource::try_new(area.source(language).to_owned());
            let resource = resource.unwrap_or_else(|(resource, errors)| {
                tracing::error!(area = area.name, ?language, ?errors, "texts are malformed");
                resource
            });
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(area = area.name, ?language, ?errors, "texts are defined twice");
            }
        }
        Self { language, bundle }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// The message in words. An unknown one is logged and shown as its id: a person at the kiosk
    /// can still tell it over the telephone.
    pub fn message(&self, message: &Message) -> String {
        let mut args = FluentArgs::with_capacity(message.args.len());
        for (name, value) in &message.args {
            args.set(
                name.as_str(),
                match value {
                    Arg::Number(number) => FluentValue::from(*number),
                    Arg::Text(text) => FluentValue::from(text.as_str()),
                },
            );
        }
        self.look_up(&message.id, &args).unwrap_or_else(|| {
            tracing::error!(%message, language = ?self.language, "no such text");
            message.id.clone()
        })
    }

    /// The text of `id`, or of an attribute when it is `id.attribute`; takes no arguments.
    pub fn text(&self, id: &str) -> String {
        self.message(&Message::new(id))
    }

    /// Every text of one line, as it is written.
    #[cfg(test)]
    pub(crate) fn lines(&self) -> std::collections::BTreeSet<&'static str> {
        let lines = areas().flat_map(|area| area.source(self.language).lines());
        lines.filter_map(|line| Some(line.split_once(" = ")?.1.trim())).collect()
    }

    fn look_up(&self, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let (id, attribute) = match id.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (id, None),
        };
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(id, ?errors, language = ?self.language, "text lacks an argument");
        }
        Some(text)
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts").field("language", &self.language).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_go_in_without_isolation_marks() {
        let texts = Texts::load(Language::En);
        let message = Message::new("cli-data-folder").with("folder", "/x").with("detail", "full");
        let text = texts.message(&message);
        assert!(text.contains("/x: full"), "{text}");
    }

    #[test]
    fn an_unknown_text_shows_its_id() {
        let texts = Texts::load(Language::Ru);
        assert_eq!(texts.text("no-such-text"), "no-such-text");
        assert_eq!(texts.text("cli-no-window.no-such-attribute"), "cli-no-window.no-such-attribute");
    }
}
