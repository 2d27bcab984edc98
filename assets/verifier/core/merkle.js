// Merkle trees as Certificate Transparency has them (RFC 6962 section 2.1).
import { ofHex } from './bytes.js';
import { sha256 } from './sha256.js';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** A tree that is only appended to; holds one value per bit of its size. */
export class MerkleTree {
  size = 0;
  /** @type {string[]} Roots of the full subtrees from the left. */
  #peaks = [];

  /** @param {Uint8Array} entry */
  push(entry) {
    let node = sha256(LEAF, entry);
    for (let size = this.size; size % 2 === 1; size = (size - 1) / 2) {
      node = nodeHash(/** @type {string} */ (this.#peaks.pop()), node);
    }
    this.#peaks.push(node);
    this.size += 1;
  }

  /** In hex; of an empty tree the hash of nothing. */
  root() {
    const peaks = this.#peaks;
    if (peaks.length === 0) return sha256();
    return peaks.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** @param {string} left @param {string} right */
function nodeHash(left, right) {
  return sha256(NODE, ofHex(left), ofHex(right));
}
