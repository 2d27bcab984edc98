//! Manipulations of who signed.

use super::{Case, case};
use crate::archive::{Archive, Layer, TAG_MANIFEST};
use crate::keys::{SshSig, key, public, sign};
use crate::script::{DEVICE, STATION, Step};

const THIEF: &str = "thief";

pub const CASES: &[Case] = &[
    case("re-signed whole with another key", Layer::Outside, |a| {
        a.parts.iter_mut().for_each(|part| part.signer = THIEF);
        a.seal();
    }),
    case("one part re-signed with another key", Layer::Outside, |a| {
        a.part("03").signer = THIEF;
        a.seal();
    }),
    case("another station's day in its place, signers given", Layer::Outside, |a| {
        let document = &mut a.day.script.document;
        document.device_key = public(&key(THIEF));
        for step in &mut a.day.script.steps {
            if let Step::Sign(sign) = step {
                sign.device = Some(THIEF);
            }
        }
        a.parts.iter_mut().for_each(|part| part.signer = THIEF);
        for number in [1, 2, 3] {
            a.part(&format!("0{number}")).seal(&key(THIEF));
        }
        let hashes = [1, 2, 3].map(|number| a.part(&format!("0{number}")).hash());
        let mut hashes = hashes.into_iter();
        for step in &mut a.day.script.steps {
            if let Step::Record(crate::script::Draft {
                event: invigil::journal::Event::PartSealed(part),
                ..
            }) = step
            {
                part.sha256 = hashes.next().unwrap();
            }
        }
        a.rewrite_journal();
        a.seal();
        signers(a, "", "");
    }),
    case("public key swapped", Layer::Outside, |a| {
        let pem = public(&key(THIEF)).pem();
        *a.part("03").file("station.pem") = pem.into_bytes();
    }),
    case("raw signature by another key", Layer::Outside, |a| {
        let signed = a.part("03").file(TAG_MANIFEST).clone();
        *a.part("03").file("station.ed25519") = sign(&key(THIEF), &signed).to_vec();
    }),
    case("SSH signature by another key", Layer::Outside, |a| {
        let signed = a.part("03").file(TAG_MANIFEST).clone();
        *a.part("03").file("station.sshsig") = SshSig::HONEST.make(&key(THIEF), &signed).into_bytes();
    }),
    case("signature of another part", Layer::Outside, |a| {
        let other = a.part("02").file("station.sshsig").clone();
        *a.part("03").file("station.sshsig") = other;
    }),
    case("bit in the SSH signature", Layer::Outside, |a| a.part("03").flip("station.sshsig", 200)),
    case("wrong namespace", Layer::Outside, |a| ssh(a, SshSig { namespace: "file", ..SshSig::HONEST })),
    case("unknown version of the signature", Layer::Outside, |a| {
        ssh(a, SshSig { version: 2, ..SshSig::HONEST })
    }),
    case("unknown hash of the signature", Layer::Outside, |a| {
        ssh(a, SshSig { hash: "md5", ..SshSig::HONEST })
    }),
    case("unknown version of the document", Layer::Data, |a| {
        a.day.script.document.format = 99;
        a.rewrite_journal();
    }),
    case("key expired", Layer::Outside, |a| signers(a, "valid-before=\"20260101Z\" ", "")),
    case("key not valid yet", Layer::Outside, |a| signers(a, "valid-after=\"20270101Z\" ", "")),
    case("key for another namespace", Layer::Outside, |a| signers(a, "namespaces=\"git\" ", "")),
    case("comment of the key changed", Layer::Outside, |a| signers(a, "", " another comment")),
    case("codes on paper exchanged", Layer::Outside, |a| {
        act(a, |act| act.replace("opening", "x").replace("closing", "opening").replace("x ", "closing "))
    }),
    case("restarts on paper are fewer", Layer::Outside, |a| {
        act(a, |act| act.replace("restarts 1", "restarts 0"))
    }),
    case("epoch key of the document swapped", Layer::Data, |a| {
        a.day.script.document.epoch_key = public(&crate::script::epoch_key(0, THIEF));
        let document = a.day.script.write().document;
        a.day.script.document.epoch_key = public(&crate::script::epoch_key(0, STATION));
        *a.part("00").file("day.json") = document;
    }),
];

/// Part 03's SSH signature is one that nobody should accept.
fn ssh(archive: &mut Archive, kind: SshSig) {
    let signed = archive.part("03").file(TAG_MANIFEST).clone();
    *archive.part("03").file("station.sshsig") = kind.make(&key(DEVICE), &signed).into_bytes();
}

/// The auditor's list holds the device key, with these options and this comment.
fn signers(archive: &mut Archive, options: &str, comment: &str) {
    archive.signers = Some(format!("station@77-0101 {options}{}{comment}\n", public(&key(DEVICE))));
}

fn act(archive: &mut Archive, change: fn(String) -> String) {
    archive.act = Some(change(archive.closing_act().unwrap().text()));
}
