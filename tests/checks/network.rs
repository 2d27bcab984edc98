//! A network of its own, changed under the check's eyes.

use crate::place::Place;

/// Prepares a namespace with a pair of adapters, then runs what follows in it. What the kernel shows of
/// adapters in `/sys` is that of whoever mounted it.
fn within(script: &str) -> Vec<String> {
    let prepare = format!("set -e; mount -t sysfs sysfs /sys; {script}; exec \"$@\"");
    ["unshare", "-rnm", "sh", "-c", &prepare, "sh"].map(str::to_owned).to_vec()
}

fn check(rules: &str, script: &str) -> (String, String, String) {
    let place = Place::new(rules);
    let before = within(script);
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let said = place.check(&before, "network", &[]);
    (said.outcome, said.finding, said.text)
}

#[test]
fn addresses_and_the_way_out_of_a_real_network_are_seen() {
    let up = "ip link add cam0 type veth peer name cam1; ip link set cam0 up; ip link set cam1 up; \
              ip addr add 192.168.77.5/24 dev cam0";
    let routed = format!("{up}; ip route add default via 192.168.77.1");
    let local = "[checks.network]\nexpected = \"local\"\naddresses = [\"192.168.77.0/24\"]";
    assert_eq!(check(local, up).0, "passed");
    let (outcome, finding, text) = check(local, &routed);
    assert_eq!((outcome.as_str(), finding.as_str()), ("failed", "checks-network-way-out"));
    assert!(text.contains("192.168.77.1 (cam0)"), "{text}");
    let elsewhere = "[checks.network]\naddresses = [\"10.0.0.0/8\"]";
    let (outcome, finding, text) = check(elsewhere, up);
    assert_eq!((outcome.as_str(), finding.as_str()), ("failed", "checks-network-address"));
    assert!(text.contains("cam0 192.168.77.5"), "{text}");
    let off = "[checks.network]\nexpected = \"off\"";
    assert_eq!(check(off, "true").0, "passed");
    assert_eq!(check(off, &routed).1, "checks-network-on");
    let on = "[checks.network]\nexpected = \"on\"";
    assert_eq!(check(on, "true").1, "checks-network-no-link");
}
