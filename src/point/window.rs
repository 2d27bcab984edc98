//! How the window of this point behaves, where nobody has chosen otherwise at the window itself.

use serde::{Deserialize, Serialize};

use crate::tables::Item;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WindowRules {
    pub keyboard: KeyboardUse,
}

/// When the keyboard on the screen comes up for a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyboardUse {
    /// When a finger touched the field.
    #[default]
    Touch,
    /// For every field: there are no real keys.
    Always,
    Never,
}

impl WindowRules {
    pub(super) fn read(item: &Item<'_>) -> Option<Self> {
        let mut section = item.section()?;
        let words =
            [("touch", KeyboardUse::Touch), ("always", KeyboardUse::Always), ("never", KeyboardUse::Never)];
        let usual = Self::default().keyboard;
        let keyboard = section.optional("keyboard").map_or(Some(usual), |item| item.choice(&words));
        section.finish();
        Some(Self { keyboard: keyboard? })
    }
}
