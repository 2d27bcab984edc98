//! PowerShell's lists of devices. Written after Microsoft's documentation; not tried on Windows yet.

use serde::Deserialize;

use super::{Radio, RadioKind};
use crate::checks::CheckContext;
use crate::checks::asking::{json, powershell};
use crate::i18n::Message;

const SCRIPT: &str = "@{ \
    wifi = @(Get-NetAdapter -Physical | Where-Object PhysicalMediaType -eq 'Native 802.11' | \
    Select-Object @{n='Name'; e={$_.Name}}, @{n='On'; e={$_.Status -ne 'Disabled'}}); \
    bluetooth = @(Get-PnpDevice -Class Bluetooth -PresentOnly -ErrorAction SilentlyContinue | \
    Where-Object InstanceId -like 'USB*' | \
    Select-Object @{n='Name'; e={$_.FriendlyName}}, @{n='On'; e={$_.Status -eq 'OK'}}) \
    } | ConvertTo-Json -Depth 3 -Compress";

#[derive(Deserialize)]
struct Told {
    wifi: Vec<ToldRadio>,
    bluetooth: Vec<ToldRadio>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ToldRadio {
    name: String,
    on: bool,
}

pub(super) fn look(context: &CheckContext) -> Result<Vec<Radio>, Message> {
    parse(&powershell(context.programs.as_ref(), SCRIPT)?)
}

fn parse(text: &str) -> Result<Vec<Radio>, Message> {
    let told: Told = json("powershell", text)?;
    let of = |kind| move |told: ToldRadio| Radio { kind, name: told.name, on: told.on };
    let wifi = told.wifi.into_iter().map(of(RadioKind::Wifi));
    Ok(wifi.chain(told.bluetooth.into_iter().map(of(RadioKind::Bluetooth))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_powershell_says_is_read() {
        let text = r#"{"wifi":[{"Name":"Wi-Fi","On":true}],"bluetooth":[{"Name":"Intel(R) Wireless Bluetooth(R)","On":false}]}"#;
        let radios = parse(text).unwrap();
        assert_eq!((radios[0].kind, radios[0].on), (RadioKind::Wifi, true));
        assert_eq!((radios[1].kind, radios[1].on), (RadioKind::Bluetooth, false));
        assert!(parse("").is_err());
    }
}
