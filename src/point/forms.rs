//! What printed forms are like at this point.

use serde::Serialize;

use crate::i18n::Language;
use crate::tables::Item;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FormRules {
    /// Of the forms that go into the archive; Russian if nothing is said.
    pub language: Language,
}

impl FormRules {
    pub(super) fn read(item: &Item<'_>) -> Option<Self> {
        let mut section = item.section()?;
        let languages = Language::ALL.map(|language| (language.tag(), language));
        let language = match section.optional("language") {
            Some(item) => item.choice(&languages),
            None => Some(Language::default()),
        };
        section.finish();
        Some(Self { language: language? })
    }
}
