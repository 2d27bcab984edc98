//! Will this computer stay awake, with its screen on, through the whole exam?

mod linux;
mod windows;

use super::findings::Findings;
use super::words::listed;
use super::{CheckContext, CheckResult};
use crate::i18n::Message;

/// One thing that could send the computer or its screen to sleep.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Setting {
    kind: SettingKind,
    /// Where it is set.
    name: String,
    state: SettingState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SettingKind {
    Sleep,
    Screen,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum SettingState {
    Off,
    /// With what it is set to.
    On(String),
    Unknown(Message),
}

pub(super) fn run(context: &CheckContext) -> CheckResult {
    judge(if cfg!(windows) { windows::look(context) } else { linux::look(context) })
}

fn judge(settings: Vec<Setting>) -> CheckResult {
    let mut findings = Findings::default();
    for (kind, fault) in
        [(SettingKind::Sleep, "checks-power-sleeps"), (SettingKind::Screen, "checks-power-screen")]
    {
        let on = |setting: &Setting| match &setting.state {
            SettingState::On(set_to) if setting.kind == kind => Some(format!("{} = {set_to}", setting.name)),
            _ => None,
        };
        let on: Vec<String> = settings.iter().filter_map(on).collect();
        if !on.is_empty() {
            let on = listed(on.iter().map(String::as_str));
            findings.failed(Message::new(fault).with("settings", on));
        }
    }
    let looked_at = settings.len();
    for Setting { name, state, .. } in settings {
        match state {
            SettingState::Off => findings.measured(&name, "off"),
            SettingState::On(set_to) => findings.measured(&name, set_to),
            SettingState::Unknown(why) => {
                findings.measured(&name, "unknown");
                findings.unknown(why);
            }
        }
    }
    if looked_at == 0 {
        findings.unknown(Message::new("checks-power-unknown"));
    }
    findings.into_result(Message::new("checks-power-ok"))
}

impl Setting {
    fn off(kind: SettingKind, name: &str) -> Self {
        Self { kind, name: name.to_owned(), state: SettingState::Off }
    }

    fn new(kind: SettingKind, name: &str, state: SettingState) -> Self {
        Self { kind, name: name.to_owned(), state }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Outcome;

    #[test]
    fn what_sleeps_fails_and_what_can_not_be_told_is_unknown() {
        let check = |states: &[SettingState]| {
            let setting = |state: &SettingState| Setting::new(SettingKind::Sleep, "logind", state.clone());
            let result = judge(states.iter().map(setting).collect());
            (result.outcome, result.finding.id)
        };
        let on = SettingState::On("suspend".into());
        let unknown = SettingState::Unknown(Message::new("checks-power-desktop"));
        assert_eq!(check(&[SettingState::Off]), (Outcome::Passed, "checks-power-ok".into()));
        assert_eq!(check(&[unknown.clone(), on]), (Outcome::Failed, "checks-power-sleeps".into()));
        assert_eq!(check(&[unknown]), (Outcome::Unknown, "checks-power-desktop".into()));
        assert_eq!(check(&[]), (Outcome::Unknown, "checks-power-unknown".into()));
    }
}
