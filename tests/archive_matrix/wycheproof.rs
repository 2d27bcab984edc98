//! Signatures that are known to be good, and ones that some program has taken for good.

use ed25519_dalek::{Verifier, VerifyingKey};
use invigil::signing::{PublicKey, Signature};

const VECTORS: &str = include_str!("../vectors/ed25519/wycheproof.txt");

fn bytes(hex: &str) -> Vec<u8> {
    let digits = hex.trim_matches('-').as_bytes();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

/// Archives are judged by ring; epochs are signed with dalek, whose own reader has to agree.
#[test]
fn every_signature_is_judged_as_it_should_be() {
    let mut judged = 0;
    for line in VECTORS.lines().filter(|line| !line.starts_with('#')) {
        let [result, key, signature, message] = line.split(' ').take(4).collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let (valid, message) = (result == "valid", bytes(message));
        let key: [u8; 32] = bytes(key).try_into().unwrap();
        let dalek_key = VerifyingKey::from_bytes(&key);
        let (mut ring, mut dalek) = (false, false);
        // One of another length is refused before anybody computes.
        if let Ok(signature) = <[u8; 64]>::try_from(bytes(signature)) {
            ring = PublicKey(key).verify(&message, &Signature(signature));
            dalek = dalek_key.is_ok_and(|key| key.verify(&message, &signature.into()).is_ok());
        }
        assert_eq!((ring, dalek), (valid, valid), "{line}");
        judged += 1;
    }
    assert_eq!(judged, 150);
}
