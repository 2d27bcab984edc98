//! Manipulations of a day that the head of the point and the commission's member have signed too.

use invigil::journal::Event;
use invigil::signing::SignerRole;

use super::{Case, case};
use crate::archive::{Archive, Layer};
use crate::keys::{SshSig, key, public};
use crate::script::{DEVICE, Draft, Step};

const HEAD: &str = "head of the point";
const MEMBER: &str = "member of the commission";

pub const CASES: &[Case] = &[
    case("by both", Layer::Data, countersigned),
    case("bit in bag-info of part 00", Layer::Tags, |a| {
        countersigned(a);
        a.part("00").flip("bag-info.txt", 25);
    }),
    case("all keys of the station stolen, a record rewritten", Layer::Data, |a| {
        countersigned(a);
        let at = a.day.script.find(|event| matches!(event, Event::AccessClosed { .. }));
        if let Step::Record(Draft { event: Event::AccessClosed { result, .. }, .. }) =
            &mut a.day.script.steps[at]
        {
            *result = "nothing was done".to_owned();
        }
        a.rewrite_journal();
    }),
    case("stripped of one", Layer::Outside, |a| {
        countersigned(a);
        a.beside.retain(|(name, _)| !name.contains("head"));
    }),
    case("stripped of both", Layer::Outside, |a| {
        countersigned(a);
        a.beside.clear();
    }),
    case("from another archive", Layer::Outside, |a| {
        let mut other = a.clone();
        other.countersign("head", HEAD, SshSig::HONEST);
        countersigned(a);
        a.beside[0] = other.beside.remove(0);
    }),
    case("bit flipped", Layer::Outside, |a| text(a, |text| text.replacen('u', "v", 1))),
    case("cut in half", Layer::Outside, |a| text(a, |text| text[..text.len() / 2].to_owned())),
    case("one key in two roles", Layer::Outside, |a| {
        countersigned(a);
        a.countersign("member", HEAD, SshSig::HONEST);
    }),
    case("the station's own key as the head's", Layer::Outside, |a| {
        countersigned(a);
        a.countersign("head", DEVICE, SshSig::HONEST);
    }),
    case("keys exchanged between the roles", Layer::Outside, |a| {
        countersigned(a);
        a.countersign("head", MEMBER, SshSig::HONEST);
        a.countersign("member", HEAD, SshSig::HONEST);
    }),
    case("wrong namespace", Layer::Outside, |a| {
        countersigned(a);
        a.countersign("head", HEAD, SshSig { namespace: "file", ..SshSig::HONEST });
    }),
    case("unknown version", Layer::Outside, |a| {
        countersigned(a);
        a.countersign("head", HEAD, SshSig { version: 2, ..SshSig::HONEST });
    }),
    case("key expired", Layer::Outside, |a| listed(a, "head@77-0101 valid-before=\"20260101Z\"")),
    case("key of another point", Layer::Outside, |a| listed(a, "head@77-0102")),
    case("key for another namespace", Layer::Outside, |a| listed(a, "head@77-0101 namespaces=\"git\"")),
    case("key not listed", Layer::Outside, |a| {
        countersigned(a);
        list(a, &[("station@77-0101", DEVICE), ("member@77-0101", MEMBER)]);
    }),
    case("key revoked", Layer::Outside, |a| {
        countersigned(a);
        a.revoked = format!("{}\n", public(&key(HEAD)));
    }),
    case("key of the station revoked", Layer::Outside, |a| {
        countersigned(a);
        a.revoked = format!("{}\n", public(&key(DEVICE)));
    }),
];

/// The journal asks for both signatures, and both are there, by listed keys.
fn countersigned(archive: &mut Archive) {
    let steps = &mut archive.day.script;
    let close = steps.find(|event| matches!(event, Event::DayClosed { .. }));
    let Step::Record(closed) = steps.steps[close].clone() else { unreachable!() };
    let event = Event::CountersignaturesDue { roles: SignerRole::COUNTERSIGNERS.into() };
    steps.steps.insert(close, Step::Record(Draft { event, ..closed }));
    archive.rewrite_journal();
    archive.seal();
    archive.countersign("head", HEAD, SshSig::HONEST);
    archive.countersign("member", MEMBER, SshSig::HONEST);
    list(archive, &[("station@77-0101", DEVICE), ("head@77-0101", HEAD), ("member@77-0101", MEMBER)]);
}

/// The head's signature as a text is changed.
fn text(archive: &mut Archive, change: fn(String) -> String) {
    countersigned(archive);
    let (_, text) = &mut archive.beside[0];
    *text = change(std::mem::take(text));
}

/// The head's line in the auditor's list is this.
fn listed(archive: &mut Archive, head: &'static str) {
    countersigned(archive);
    list(archive, &[("station@77-0101", DEVICE), (head, HEAD), ("member@77-0101", MEMBER)]);
}

fn list(archive: &mut Archive, lines: &[(&str, &str)]) {
    let line = |(who, name): &(&str, &str)| format!("{who} {}\n", public(&key(name)));
    archive.signers = Some(lines.iter().map(line).collect());
}
