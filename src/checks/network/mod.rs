//! Does this computer stand in the network as the profile wants it?

mod linux;
mod windows;

use std::net::IpAddr;

use super::asking::{SOON, ask};
use super::findings::Findings;
use super::words::listed;
use super::{CheckContext, CheckResult, RunProgram};
use crate::i18n::Message;
use crate::point::{NetworkRules, NetworkState};

/// What there is of a network.
#[derive(Debug)]
struct Net {
    adapters: Vec<Adapter>,
    /// Ways to everywhere.
    ways_out: Vec<WayOut>,
    /// Adapter and address; none when nothing can tell.
    addresses: Result<Vec<(String, IpAddr)>, Message>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Adapter {
    name: String,
    /// A thing that can be pulled out, and not made of software.
    physical: bool,
    /// There is another end.
    linked: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct WayOut {
    adapter: String,
    /// None on a line that has only one other end.
    gateway: Option<IpAddr>,
}

pub(super) fn run(context: &CheckContext) -> CheckResult {
    let net = if cfg!(windows) { windows::look(context) } else { linux::look(context) };
    match net {
        Ok(net) => {
            let answers = |gateway| answers(context.programs.as_ref(), gateway);
            judge(&net, &context.rules.network, answers)
        }
        Err(why) => CheckResult::unknown(why),
    }
}

fn answers(programs: &dyn RunProgram, gateway: IpAddr) -> Result<bool, Message> {
    let (gateway, once) = (gateway.to_string(), if cfg!(windows) { "-n" } else { "-c" });
    let output = ask(programs, &["ping", once, "1", &gateway], SOON);
    output.map(|output| output.success()).map_err(|error| error.message("ping"))
}

fn judge(net: &Net, rules: &NetworkRules, answers: impl Fn(IpAddr) -> Result<bool, Message>) -> CheckResult {
    let mut findings = Findings::default();
    let linked: Vec<&str> =
        net.adapters.iter().filter(|a| a.physical && a.linked).map(|a| a.name.as_str()).collect();
    let ways_out: Vec<String> = net.ways_out.iter().map(WayOut::text).collect();
    match rules.expected {
        NetworkState::Any => {}
        NetworkState::Off if linked.is_empty() && ways_out.is_empty() => {}
        NetworkState::Off => {
            let on = linked.iter().copied().chain(net.ways_out.iter().map(|way| way.adapter.as_str()));
            let mut on: Vec<&str> = on.collect();
            on.dedup();
            findings.failed(Message::new("checks-network-on").with("adapters", listed(on)));
        }
        NetworkState::Local if ways_out.is_empty() => {}
        NetworkState::Local => {
            let ways = listed(ways_out.iter().map(String::as_str));
            findings.failed(Message::new("checks-network-way-out").with("ways", ways));
        }
        NetworkState::On => expect_way_out(net, rules, &linked, &mut findings, answers),
    }
    if let Some(known) = &rules.adapters {
        let strange = net.adapters.iter().filter(|a| a.physical && !known.contains(&a.name));
        let strange: Vec<&str> = strange.map(|adapter| adapter.name.as_str()).collect();
        if !strange.is_empty() {
            findings.failed(Message::new("checks-network-strange").with("adapters", listed(strange)));
        }
    }
    let addresses = net.addresses.as_deref().unwrap_or_default();
    if !rules.addresses.is_empty() {
        if let Err(why) = &net.addresses {
            findings.unknown(why.clone());
        }
        let outside = addresses.iter().filter(|(_, address)| {
            !is_everywhere_alike(*address) && !rules.addresses.iter().any(|subnet| subnet.holds(*address))
        });
        let outside: Vec<String> = outside.map(|(adapter, address)| format!("{adapter} {address}")).collect();
        if !outside.is_empty() {
            let outside = listed(outside.iter().map(String::as_str));
            findings.failed(Message::new("checks-network-address").with("addresses", outside));
        }
    }
    for adapter in net.adapters.iter().filter(|adapter| adapter.physical) {
        let state = if adapter.linked { "connected" } else { "not connected" };
        findings.measured(&format!("{}_link", adapter.name), state);
    }
    for (adapter, address) in addresses.iter().filter(|(_, address)| !is_everywhere_alike(*address)) {
        findings.measured(&format!("{adapter}_address"), address.to_string());
    }
    findings.measured("ways_out", ways_out.join(", "));
    let fine = match (linked.is_empty(), ways_out.is_empty()) {
        (true, true) => Message::new("checks-network-none"),
        (_, true) => Message::new("checks-network-local").with("adapters", listed(linked)),
        _ => Message::new("checks-network-open").with("ways", listed(ways_out.iter().map(String::as_str))),
    };
    findings.into_result(fine)
}

fn expect_way_out(
    net: &Net,
    rules: &NetworkRules,
    linked: &[&str],
    findings: &mut Findings,
    answers: impl Fn(IpAddr) -> Result<bool, Message>,
) {
    if linked.is_empty() {
        return findings.failed(Message::new("checks-network-no-link"));
    }
    let found = net.ways_out.iter().find_map(|way| way.gateway);
    match (rules.gateway, found) {
        (_, None) if net.ways_out.is_empty() => findings.failed(Message::new("checks-network-no-way-out")),
        (Some(wanted), _) if !net.ways_out.iter().any(|way| way.gateway == Some(wanted)) => {
            let ways: Vec<String> = net.ways_out.iter().map(WayOut::text).collect();
            let other = Message::new("checks-network-gateway").with("wanted", wanted.to_string());
            findings.failed(other.with("ways", listed(ways.iter().map(String::as_str))));
        }
        (wanted, found) => {
            let Some(gateway) = wanted.or(found) else { return };
            if findings.known(answers(gateway)) == Some(false) {
                let silent = Message::new("checks-network-silent").with("gateway", gateway.to_string());
                findings.failed(silent);
            }
        }
    }
}

impl WayOut {
    fn text(&self) -> String {
        match self.gateway {
            Some(gateway) => format!("{} ({})", gateway, self.adapter),
            None => self.adapter.clone(),
        }
    }
}

/// This computer's own, and those that every adapter gives itself.
fn is_everywhere_alike(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback(),
        IpAddr::V6(address) => address.is_loopback() || (address.segments()[0] & 0xffc0) == 0xfe80,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Outcome;

    fn adapter(name: &str, physical: bool, linked: bool) -> Adapter {
        Adapter { name: name.into(), physical, linked }
    }

    fn net(linked: bool, gateway: Option<&str>) -> Net {
        Net {
            adapters: vec![adapter("eth0", true, linked), adapter("docker0", false, true)],
            ways_out: gateway
                .map(|g| WayOut { adapter: "eth0".into(), gateway: Some(g.parse().unwrap()) })
                .into_iter()
                .collect(),
            addresses: Ok(vec![
                ("lo".into(), "127.0.0.1".parse().unwrap()),
                ("eth0".into(), "192.168.0.5".parse().unwrap()),
                ("eth0".into(), "fe80::1".parse().unwrap()),
            ]),
        }
    }

    fn check(net: &Net, rules: &NetworkRules) -> (Outcome, String) {
        let result = judge(net, rules, |gateway| Ok(gateway.to_string() == "192.168.0.1"));
        (result.outcome, result.finding.id)
    }

    fn expected(expected: NetworkState) -> NetworkRules {
        NetworkRules { expected, ..NetworkRules::default() }
    }

    #[test]
    fn a_network_that_should_be_off_local_or_on_is_held_to_it() {
        let off = expected(NetworkState::Off);
        assert_eq!(check(&net(false, None), &off), (Outcome::Passed, "checks-network-none".into()));
        assert_eq!(check(&net(true, None), &off), (Outcome::Failed, "checks-network-on".into()));
        let local = expected(NetworkState::Local);
        assert_eq!(check(&net(true, None), &local), (Outcome::Passed, "checks-network-local".into()));
        let open = net(true, Some("192.168.0.1"));
        assert_eq!(check(&open, &local), (Outcome::Failed, "checks-network-way-out".into()));
        let on = expected(NetworkState::On);
        assert_eq!(check(&open, &on), (Outcome::Passed, "checks-network-open".into()));
        assert_eq!(check(&net(false, None), &on), (Outcome::Failed, "checks-network-no-link".into()));
        assert_eq!(check(&net(true, None), &on), (Outcome::Failed, "checks-network-no-way-out".into()));
        let silent = net(true, Some("192.168.0.2"));
        assert_eq!(check(&silent, &on), (Outcome::Failed, "checks-network-silent".into()));
        let gateway = Some("192.168.0.1".parse().unwrap());
        let other = NetworkRules { gateway, ..on };
        assert_eq!(check(&silent, &other), (Outcome::Failed, "checks-network-gateway".into()));
        assert_eq!(check(&open, &NetworkRules::default()).0, Outcome::Passed);
    }

    #[test]
    fn strange_adapters_and_addresses_are_found() {
        let only = |names: &[&str]| NetworkRules {
            adapters: Some(names.iter().map(ToString::to_string).collect()),
            ..NetworkRules::default()
        };
        let net_now = net(true, None);
        assert_eq!(check(&net_now, &only(&["eth0"])).0, Outcome::Passed);
        assert_eq!(check(&net_now, &only(&[])), (Outcome::Failed, "checks-network-strange".into()));
        let within = |subnet: &str| NetworkRules {
            addresses: vec![subnet.parse().unwrap()],
            ..NetworkRules::default()
        };
        assert_eq!(check(&net_now, &within("192.168.0.0/24")).0, Outcome::Passed);
        assert_eq!(
            check(&net_now, &within("10.0.0.0/8")),
            (Outcome::Failed, "checks-network-address".into())
        );
        let mut blind = net(true, None);
        blind.addresses = Err(Message::new("checks-program-missing"));
        assert_eq!(check(&blind, &within("10.0.0.0/8")).0, Outcome::Unknown);
        assert_eq!(check(&blind, &NetworkRules::default()).0, Outcome::Passed);
    }

    #[test]
    fn an_unanswered_question_is_unknown() {
        let open = net(true, Some("192.168.0.1"));
        let result =
            judge(&open, &expected(NetworkState::On), |_| Err(Message::new("checks-program-missing")));
        assert_eq!(result.outcome, Outcome::Unknown);
    }
}
