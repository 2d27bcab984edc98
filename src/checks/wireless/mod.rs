//! Are Wi-Fi and Bluetooth switched off?

mod linux;
mod windows;

use super::findings::Findings;
use super::words::listed;
use super::{CheckContext, CheckResult};
use crate::i18n::Message;
use crate::point::WirelessRules;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Radio {
    kind: RadioKind,
    name: String,
    on: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RadioKind {
    Wifi,
    Bluetooth,
}

pub(super) fn run(context: &CheckContext) -> CheckResult {
    match if cfg!(windows) { windows::look(context) } else { linux::look(context) } {
        Ok(radios) => judge(&radios, &context.rules.wireless),
        Err(why) => CheckResult::unknown(why),
    }
}

fn judge(radios: &[Radio], rules: &WirelessRules) -> CheckResult {
    let mut findings = Findings::default();
    for radio in radios {
        let kind = match radio.kind {
            RadioKind::Wifi => "wifi",
            RadioKind::Bluetooth => "bluetooth",
        };
        findings.measured(&format!("{kind}_{}", radio.name), if radio.on { "on" } else { "off" });
    }
    let on = |kind| {
        listed(radios.iter().filter(|radio| radio.on && radio.kind == kind).map(|radio| radio.name.as_str()))
    };
    let (wifi, bluetooth) = (on(RadioKind::Wifi), on(RadioKind::Bluetooth));
    if rules.wifi_off && !wifi.is_empty() {
        findings.failed(Message::new("checks-wireless-wifi").with("adapters", wifi.as_str()));
    }
    if rules.bluetooth_off && !bluetooth.is_empty() {
        findings.failed(Message::new("checks-wireless-bluetooth").with("adapters", bluetooth.as_str()));
    }
    let fine = match radios {
        [] => Message::new("checks-wireless-none"),
        _ if wifi.is_empty() && bluetooth.is_empty() => Message::new("checks-wireless-off"),
        _ => Message::new("checks-wireless-allowed"),
    };
    findings.into_result(fine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Outcome;

    fn radio(kind: RadioKind, on: bool) -> Radio {
        Radio { kind, name: "phy0".into(), on }
    }

    #[test]
    fn a_radio_that_is_on_fails_unless_the_profile_lets_it() {
        let check = |radios: &[Radio], wifi_off| {
            let result = judge(radios, &WirelessRules { wifi_off, bluetooth_off: true });
            (result.outcome, result.finding.id)
        };
        let (wifi, bluetooth) = (RadioKind::Wifi, RadioKind::Bluetooth);
        assert_eq!(check(&[], true), (Outcome::Passed, "checks-wireless-none".into()));
        assert_eq!(check(&[radio(wifi, false)], true), (Outcome::Passed, "checks-wireless-off".into()));
        assert_eq!(check(&[radio(wifi, true)], true), (Outcome::Failed, "checks-wireless-wifi".into()));
        assert_eq!(check(&[radio(wifi, true)], false), (Outcome::Passed, "checks-wireless-allowed".into()));
        let both = [radio(wifi, true), radio(bluetooth, true)];
        assert_eq!(check(&both, false), (Outcome::Failed, "checks-wireless-bluetooth".into()));
    }
}
