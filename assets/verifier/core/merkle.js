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

/** Whether the path shows that the entry has this number in a tree of this size and root (RFC 9162 section 2.1.3.2).
 * @param {Uint8Array} entry @param {number} number @param {number} size @param {string[]} path @param {string} root */
export function provesEntry(entry, number, size, path, root) {
  if (number >= size) return false;
  let [at, last] = [number, size - 1];
  let node = sha256(LEAF, entry);
  const half = (/** @type {number} */ value) => Math.floor(value / 2);
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(sibling, node);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      node = nodeHash(node, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && node === root;
}

/** @param {string} left @param {string} right */
function nodeHash(left, right) {
  return sha256(NODE, ofHex(left), ofHex(right));
}
