//! `/sys/class/net`, `/proc/net` and `ip -j addr`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;

use serde::Deserialize;

use super::{Adapter, Net, WayOut};
use crate::checks::CheckContext;
use crate::checks::asking::{entries, json, read, said, unreadable, value};
use crate::i18n::Message;

pub(super) fn look(context: &CheckContext) -> Result<Net, Message> {
    let folder = context.root.join("sys/class/net");
    std::fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
    let adapters = entries(&folder).into_iter().filter(|name| name != "lo");
    let adapters = adapters.map(|name| adapter(&folder.join(&name), name)).collect();
    let routes = context.root.join("proc/net/route");
    let mut ways_out = ways_out(&read(&routes).map_err(|error| unreadable(&routes, &error))?);
    // A kernel without IPv6 has no such file.
    ways_out.extend(ways_out_6(&read(&context.root.join("proc/net/ipv6_route")).unwrap_or_default()));
    let addresses = said(context.programs.as_ref(), &["ip", "-j", "addr"]).and_then(|text| addresses(&text));
    Ok(Net { adapters, ways_out, addresses })
}

fn adapter(folder: &Path, name: String) -> Adapter {
    // An adapter that is switched off does not tell its carrier.
    let linked = value(&folder.join("carrier")).is_some_and(|carrier| carrier == "1");
    Adapter { physical: folder.join("device").exists(), linked, name }
}

/// Default routes of `/proc/net/route`: adapter, destination, gateway, flags, …, mask at the eighth place;
/// addresses in hexadecimal, as they lie in memory.
fn ways_out(text: &str) -> Vec<WayOut> {
    let way = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [adapter, destination, gateway, flags, _, _, _, mask, ..] = fields.as_slice() else {
            return None;
        };
        let number = |text: &str| u32::from_str_radix(text, 16).ok();
        let is_up = number(flags)? & 1 != 0;
        if number(destination)? != 0 || number(mask)? != 0 || !is_up {
            return None;
        }
        let gateway = Some(number(gateway)?).filter(|gateway| *gateway != 0);
        let gateway = gateway.map(|gateway| IpAddr::V4(Ipv4Addr::from(gateway.to_ne_bytes())));
        Some(WayOut { adapter: (*adapter).to_owned(), gateway })
    };
    text.lines().filter_map(way).collect()
}

/// Those of `/proc/net/ipv6_route`: destination, its length, source, its length, next hop, metric, two
/// counts, flags, adapter. The kernel's own "there is no way" stands on `lo`.
fn ways_out_6(text: &str) -> Vec<WayOut> {
    let way = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [destination, "00", _, _, hop, _, _, _, flags, adapter] = fields.as_slice() else { return None };
        let address = |text: &str| u128::from_str_radix(text, 16).ok();
        let is_up = u32::from_str_radix(flags, 16).ok()? & 1 != 0;
        if address(destination)? != 0 || *adapter == "lo" || !is_up {
            return None;
        }
        let gateway = Some(address(hop)?).filter(|hop| *hop != 0);
        let gateway = gateway.map(|hop| IpAddr::V6(Ipv6Addr::from(hop)));
        Some(WayOut { adapter: (*adapter).to_owned(), gateway })
    };
    text.lines().filter_map(way).collect()
}

#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    ifname: String,
    #[serde(default)]
    addr_info: Vec<Address>,
}

#[derive(Deserialize)]
struct Address {
    local: Option<IpAddr>,
}

fn addresses(text: &str) -> Result<Vec<(String, IpAddr)>, Message> {
    let told: Vec<Told> = json("ip", text)?;
    let of = |told: Told| {
        let addresses: Vec<_> = told.addr_info.iter().filter_map(|info| info.local).collect();
        addresses.into_iter().map(move |address| (told.ifname.clone(), address))
    };
    Ok(told.into_iter().flat_map(of).collect())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::checks::tests::{Recorded, context};

    const ROUTES: &str = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n\
        eth0\t00000000\t0100A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n\
        ppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n\
        eth0\t0000A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n";
    const ROUTES_6: &str = "\
        00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000002 00000000 00000003     eth0\n\
        fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0\n\
        00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo\n";
    const ADDRESSES: &str = r#"[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP"],"addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8}]},
        {"ifindex":2,"ifname":"eth0","addr_info":[{"family":"inet","local":"192.168.0.5","prefixlen":24},{"family":"inet6","local":"fe80::5","prefixlen":64}]},{}]"#;

    #[test]
    fn adapters_ways_out_and_addresses_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let write = |name: &str, text: &str| {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("sys/class/net/lo/carrier", "1\n");
        write("sys/class/net/eth0/carrier", "1\n");
        write("sys/class/net/eth0/device/vendor", "");
        write("sys/class/net/wlan0/device/vendor", "");
        write("sys/class/net/docker0/carrier", "1\n");
        write("proc/net/route", ROUTES);
        write("proc/net/ipv6_route", ROUTES_6);
        let mut context = context(root);
        context.root = root.to_owned();
        context.programs = Recorded::one("ip", ADDRESSES);
        let net = look(&context).unwrap();
        let adapter = |name: &str, physical, linked| Adapter { name: name.into(), physical, linked };
        let adapters =
            [adapter("docker0", false, true), adapter("eth0", true, true), adapter("wlan0", true, false)];
        assert_eq!(net.adapters, adapters);
        let ways: Vec<String> = net.ways_out.iter().map(WayOut::text).collect();
        assert_eq!(ways, ["192.168.0.1 (eth0)", "ppp0", "fe80::1 (eth0)"]);
        assert_eq!(net.addresses.unwrap().len(), 3);
    }

    #[test]
    fn what_is_not_there_or_no_answer_is_unknown() {
        let folder = tempfile::tempdir().unwrap();
        let mut context = context(folder.path());
        context.root = folder.path().to_owned();
        assert_eq!(look(&context).unwrap_err().id, "checks-file-unreadable");
        assert!(addresses("Object \"addr\" is unknown").is_err());
        assert!(ways_out("eth0 00000000 zz 0003 0 0 0 00000000\nshort\n").is_empty());
        assert!(ways_out_6("0 00 0\n").is_empty());
    }
}
