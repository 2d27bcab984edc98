//! How this computer should stand in the network.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::{maybe, names, or};
use crate::i18n::Message;
use crate::tables::{Item, Section};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NetworkRules {
    pub expected: NetworkState,
    /// The network adapters that may be there, by name; none: any.
    pub adapters: Option<Vec<String>>,
    /// Where this computer's addresses have to lie; empty: anywhere.
    pub addresses: Vec<Subnet>,
    /// The way out, where there has to be one.
    pub gateway: Option<IpAddr>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkState {
    /// Only told.
    #[default]
    Any,
    /// No cable leads anywhere.
    Off,
    /// A network for the cameras, and no way out of it.
    Local,
    /// Connected, and the way out answers.
    On,
}

const STATES: [(&str, NetworkState); 4] = [
    ("any", NetworkState::Any),
    ("off", NetworkState::Off),
    ("local", NetworkState::Local),
    ("on", NetworkState::On),
];

impl NetworkRules {
    pub(super) fn read(section: &mut Section<'_>) -> Option<Self> {
        let expected = or(section, "expected", NetworkState::Any, |item| item.choice(&STATES));
        let adapters = maybe(section, "adapters", |item| names(item, 0..=20));
        let addresses = or(section, "addresses", Vec::new(), |item| {
            item.items(1..=20)?.iter().map(Item::parsed).collect::<Vec<_>>().into_iter().collect()
        });
        let address = |text: &str| text.parse::<IpAddr>().map_err(|_| Message::new("fault-address"));
        let gateway = maybe(section, "gateway", |item| item.understood(address));
        Some(Self { expected: expected?, adapters: adapters?, addresses: addresses?, gateway: gateway? })
    }
}

/// Addresses that begin alike, `192.168.0.0/24`; without a length, one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subnet {
    first: IpAddr,
    /// At most 32 or 128.
    bits: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no subnet (192.168.0.0/24)")]
pub struct BadSubnet;

impl Subnet {
    pub fn holds(&self, address: IpAddr) -> bool {
        match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                let differ = u32::from(first) ^ u32::from(address);
                differ.leading_zeros() >= u32::from(self.bits)
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => {
                let differ = u128::from(first) ^ u128::from(address);
                differ.leading_zeros() >= u32::from(self.bits)
            }
            _ => false,
        }
    }
}

impl FromStr for Subnet {
    type Err = BadSubnet;

    fn from_str(text: &str) -> Result<Self, BadSubnet> {
        let (first, bits) = match text.split_once('/') {
            Some((first, bits)) => (first, Some(bits.parse().map_err(|_| BadSubnet)?)),
            None => (text, None),
        };
        let first: IpAddr = first.parse().map_err(|_| BadSubnet)?;
        let most = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        if bits <= most { Ok(Self { first, bits }) } else { Err(BadSubnet) }
    }
}

impl fmt::Display for Subnet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.bits)
    }
}

impl Serialize for Subnet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl From<BadSubnet> for Message {
    fn from(_: BadSubnet) -> Message {
        Message::new("fault-subnet")
    }
}
