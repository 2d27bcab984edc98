//! PowerShell's lists of adapters, addresses and routes. Written after Microsoft's documentation; not
//! tried on Windows yet.

use std::net::IpAddr;

use serde::Deserialize;

use super::{Adapter, Net, WayOut};
use crate::checks::CheckContext;
use crate::checks::asking::{json, powershell};
use crate::i18n::Message;

const SCRIPT: &str = "@{ \
    adapters = @(Get-NetAdapter | Select-Object Name, Status, HardwareInterface); \
    addresses = @(Get-NetIPAddress | Select-Object InterfaceAlias, IPAddress); \
    routes = @(Get-NetRoute -DestinationPrefix 0.0.0.0/0, ::/0 -ErrorAction SilentlyContinue | \
    Select-Object InterfaceAlias, NextHop) } | ConvertTo-Json -Depth 3 -Compress";

#[derive(Deserialize)]
struct Told {
    adapters: Vec<ToldAdapter>,
    addresses: Vec<ToldAddress>,
    routes: Vec<ToldRoute>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ToldAdapter {
    name: String,
    status: String,
    hardware_interface: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ToldAddress {
    interface_alias: String,
    #[serde(rename = "IPAddress")]
    ip_address: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ToldRoute {
    interface_alias: String,
    next_hop: String,
}

pub(super) fn look(context: &CheckContext) -> Result<Net, Message> {
    parse(&powershell(context.programs.as_ref(), SCRIPT)?)
}

fn parse(text: &str) -> Result<Net, Message> {
    let told: Told = json("powershell", text)?;
    let adapter = |told: ToldAdapter| Adapter {
        linked: told.status == "Up",
        physical: told.hardware_interface,
        name: told.name,
    };
    let way_out = |told: ToldRoute| WayOut {
        gateway: told.next_hop.parse().ok().filter(|hop: &IpAddr| !hop.is_unspecified()),
        adapter: told.interface_alias,
    };
    // `fe80::1%12` names its adapter too.
    let address = |told: ToldAddress| {
        Some((told.interface_alias, told.ip_address.split('%').next()?.parse::<IpAddr>().ok()?))
    };
    Ok(Net {
        adapters: told.adapters.into_iter().map(adapter).collect(),
        ways_out: told.routes.into_iter().map(way_out).collect(),
        addresses: Ok(told.addresses.into_iter().filter_map(address).collect()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_powershell_says_is_read() {
        let text = r#"{"routes":[{"InterfaceAlias":"Ethernet","NextHop":"192.168.0.1"}],
            "addresses":[{"InterfaceAlias":"Ethernet","IPAddress":"192.168.0.5"},
                {"InterfaceAlias":"Wi-Fi","IPAddress":"fe80::1%12"}],
            "adapters":[{"Name":"Ethernet","Status":"Up","HardwareInterface":true},
                {"Name":"Wi-Fi","Status":"Disconnected","HardwareInterface":true}]}"#;
        let net = parse(text).unwrap();
        assert_eq!(net.ways_out[0].text(), "192.168.0.1 (Ethernet)");
        assert_eq!(net.addresses.unwrap()[1].1, "fe80::1".parse::<IpAddr>().unwrap());
        assert_eq!(net.adapters.iter().map(|a| a.linked).collect::<Vec<_>>(), [true, false]);
        assert!(parse("Get-NetAdapter : term not recognized").is_err());
    }
}
