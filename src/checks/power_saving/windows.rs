//! `powercfg`: its words are translated, its numbers are not. Written after Microsoft's documentation;
//! not tried on Windows yet.

use super::{Setting, SettingKind, SettingState};
use crate::checks::CheckContext;
use crate::checks::asking::{said, unclear};

const SETTINGS: [(SettingKind, &str, &str); 3] = [
    (SettingKind::Sleep, "SUB_SLEEP", "STANDBYIDLE"),
    (SettingKind::Sleep, "SUB_SLEEP", "HIBERNATEIDLE"),
    (SettingKind::Screen, "SUB_VIDEO", "VIDEOIDLE"),
];

pub(super) fn look(context: &CheckContext) -> Vec<Setting> {
    let ask = |(kind, group, name): (SettingKind, &str, &str)| {
        let state =
            match said(context.programs.as_ref(), &["powercfg", "/query", "SCHEME_CURRENT", group, name]) {
                Ok(text) => idle_seconds(&text),
                Err(why) => SettingState::Unknown(why),
            };
        Setting::new(kind, name, state)
    };
    SETTINGS.into_iter().map(ask).collect()
}

/// The last two numbers in hexadecimal are the seconds with mains power and on the battery.
fn idle_seconds(text: &str) -> SettingState {
    let numbers =
        text.split_whitespace().filter_map(|word| u32::from_str_radix(word.strip_prefix("0x")?, 16).ok());
    let numbers: Vec<u32> = numbers.collect();
    match numbers.as_slice() {
        [.., 0, 0] => SettingState::Off,
        [.., mains, battery] => SettingState::On(format!("{mains} s / {battery} s")),
        _ => SettingState::Unknown(unclear("powercfg")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_read_whatever_the_language() {
        let text = |mains: &str, battery: &str| {
            format!(
                "GUID схемы питания: 381b4222-f694-41f0-9685-ff5bb260df2e  (Сбалансированная)\n\
                 \x20 GUID подгруппы: 238c9fa8-0aad-41ed-83f4-97be242c8f20  (Сон)\n\
                 \x20     Минимальное значение: 0x00000000\n      Максимальное значение: 0xffffffff\n\
                 \x20     Шаг: 0x00000001\n      Единицы: с\n\
                 \x20   Текущий индекс настройки питания от сети: {mains}\n\
                 \x20   Текущий индекс настройки питания от батарей: {battery}\n"
            )
        };
        assert_eq!(idle_seconds(&text("0x00000000", "0x00000000")), SettingState::Off);
        assert_eq!(idle_seconds(&text("0x00000708", "0x00000000")), SettingState::On("1800 s / 0 s".into()));
        assert!(matches!(idle_seconds("Недопустимые параметры"), SettingState::Unknown(_)));
    }
}
