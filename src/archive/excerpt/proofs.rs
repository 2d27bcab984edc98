//! Inclusion proofs (RFC 6962 section 2.1.1) as lines of JSON, one for each line that they prove.

use serde::{Deserialize, Serialize};

use crate::signing::Digest;
use crate::signing::merkle::{inclusion_proof, leaf_hash, verify_inclusion};

/// A tree of 2^64 leaves has no longer path; a longer line is none of ours.
const MAX_PATH: usize = 64;

/// One entry's audit path, from the leaf upwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The entry's number in its tree.
    pub n: u64,
    pub path: Vec<Digest>,
}

impl Proof {
    /// Of entry `n` among these leaf hashes. None if there is no such entry.
    pub fn of(leaves: &[Digest], n: u64) -> Option<Self> {
        Some(Self { n, path: inclusion_proof(leaves, usize::try_from(n).ok()?)? })
    }

    pub fn to_line(&self) -> String {
        let json = serde_json::to_string(self).expect("a proof of plain values is always JSON");
        format!("{json}\n")
    }

    /// Whether it shows that `entry` has its number in the tree of this size and root.
    pub fn holds(&self, entry: &[u8], size: u64, root: &Digest) -> bool {
        verify_inclusion(&leaf_hash(entry), self.n, size, &self.path, root)
    }
}

/// The proofs of a whole file, each exactly as [`Proof::to_line`] writes it. None: it is no such file.
pub fn parse(bytes: &[u8]) -> Option<Vec<Proof>> {
    let mut proofs = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let proof: Proof = serde_json::from_slice(line).ok()?;
        if proof.path.len() > MAX_PATH || proof.to_line().as_bytes() != line {
            return None;
        }
        proofs.push(proof);
    }
    Some(proofs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_holds_for_its_own_entry_only_and_reads_back() {
        let entries = [&b"a\n"[..], b"b\n", b"c\n"];
        let leaves = entries.map(leaf_hash);
        let root = crate::signing::merkle::root_of(&leaves);
        let proofs: Vec<Proof> = (0..3).map(|n| Proof::of(&leaves, n).unwrap()).collect();
        for (entry, proof) in entries.iter().zip(&proofs) {
            assert!(proof.holds(entry, 3, &root));
            assert!(!proof.holds(b"d\n", 3, &root));
            assert!(!proof.holds(entry, 2, &root));
        }
        let text: String = proofs.iter().map(Proof::to_line).collect();
        assert_eq!(parse(text.as_bytes()), Some(proofs));
        assert_eq!(Proof::of(&leaves, 3), None);
        for bad in [text.replace(':', ": "), text.replace("\"n\":1", "\"n\":1,\"n\":1"), text[1..].to_owned()]
        {
            assert_eq!(parse(bad.as_bytes()), None, "{bad}");
        }
    }
}
