//! Requests for help: what they can be about, and how long each may take.

use serde::Serialize;

use super::profile::Wording;
use crate::i18n::Message;
use crate::tables::{Item, Section};

/// The rules of a profile that says nothing of requests.
const USUAL: [(&str, &str, &str, u32, u32); 8] = [
    ("camera", "камера", "camera", 5, 10),
    ("computer", "компьютер", "computer", 10, 20),
    ("printer", "принтер, бумага", "printer, paper", 5, 15),
    ("scanner", "сканер", "scanner", 15, 30),
    ("sound", "звук", "sound", 10, 20),
    ("network", "сеть, связь", "network", 15, 30),
    ("power", "электричество", "power", 3, 5),
    ("other", "другое", "something else", 15, 30),
];
/// As many fit on the screen.
const MOST_CATEGORIES: usize = 16;
const ID: usize = 32;
const TEXT: usize = 60;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestRules {
    /// Each id once.
    pub categories: Vec<RequestCategory>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestCategory {
    pub name: Wording,
    /// After so long the second line has to know.
    pub minutes: u32,
    /// After so long the head has to; not sooner than that.
    pub head_minutes: u32,
}

impl Default for RequestRules {
    fn default() -> Self {
        let category = |(id, ru, en, minutes, head_minutes): (&str, &str, &str, u32, u32)| RequestCategory {
            name: Wording { id: id.into(), ru: ru.into(), en: en.into() },
            minutes,
            head_minutes,
        };
        Self { categories: USUAL.map(category).into() }
    }
}

impl RequestRules {
    pub fn category(&self, id: &str) -> Option<&RequestCategory> {
        self.categories.iter().find(|category| category.name.id == id)
    }

    pub(super) fn read(item: &Item<'_>) -> Option<Self> {
        let mut section = item.section()?;
        let categories = section.required("categories").and_then(|item| {
            let categories = item.sections(1..=MOST_CATEGORIES, RequestCategory::read)?;
            let categories: Vec<RequestCategory> = categories.into_iter().collect::<Option<_>>()?;
            let twice = categories.iter().enumerate().find(|(at, category)| {
                categories[..*at].iter().any(|before| before.name.id == category.name.id)
            });
            if let Some((_, category)) = twice {
                item.fault(Message::new("fault-category-twice").with("id", category.name.id.as_str()));
                return None;
            }
            Some(categories)
        });
        section.finish();
        Some(Self { categories: categories? })
    }
}

impl RequestCategory {
    fn read(section: &mut Section<'_>) -> Option<Self> {
        let id = section.required("id").and_then(|item| item.text(ID));
        let ru = section.required("ru").and_then(|item| item.text(TEXT));
        let en = section.required("en").and_then(|item| item.text(TEXT));
        let minutes: Option<u32> = section.required("minutes").and_then(|item| item.integer(1..=600));
        let head = section.required("head_minutes");
        let head_minutes: Option<u32> = head.as_ref().and_then(|item| item.integer(1..=600));
        if let (Some(minutes), Some(head_minutes), Some(item)) = (minutes, head_minutes, head)
            && head_minutes < minutes
        {
            item.fault(Message::new("fault-head-minutes"));
            return None;
        }
        let name = Wording { id: id?, ru: ru?, en: en? };
        Some(Self { name, minutes: minutes?, head_minutes: head_minutes? })
    }
}
