// What an excerpt discloses of the journal and of a segment's index, line by line, and the proofs of it.
import { textOf } from './bytes.js';
import { readJson, writeJson } from './json.js';
import { provesEntry } from './merkle.js';
import { sha256 } from './sha256.js';
import { hasFields } from './shapes.js';
import { readIndex, readIndexLine } from './video.js';

/** A tree of 2^64 leaves has no longer path. */
const MAX_PATH = 64;

/** @typedef {{ n: number, path: string[] }} Proof */
/** @typedef {import('./video.js').Line & { i: number }} ProvedLine */
/** @typedef {{ initial: ProvedLine, fragments: ProvedLine[], total: number }} Lines `total`: of the whole index. */
/** @typedef {{ segment: number, first: number, last: number }} Span Lines of a segment's index, from 1. */

/** @param {Uint8Array} bytes */
export function linesOfBytes(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at) + 1 || bytes.length;
    lines.push(bytes.subarray(at, end));
    at = end;
  }
  return lines;
}

/** The proofs of a whole file, each exactly as the program writes it. None: it is no such file.
 * @param {Uint8Array} bytes @returns {Proof[] | null} */
export function readProofs(bytes) {
  const proofs = [];
  for (const line of linesOfBytes(bytes)) {
    const text = textOf(line);
    if (!text?.endsWith('\n')) return null;
    try {
      const proof = readJson(text.slice(0, -1), false);
      if (!hasFields(proof, { n: 'u64', path: ['list', 'digest'] }) || typeof proof.n !== 'number') return null;
      if (proof.path.length > MAX_PATH || writeJson(proof, false) !== text.slice(0, -1)) return null;
      proofs.push(proof);
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }
  return proofs;
}

/** Lines that stand in the whole index, which the journal binds by its hash.
 * @param {Uint8Array} bytes @param {any} fact @param {Span} span @returns {Lines | null} */
export function wholeIndex(bytes, fact, { first, last }) {
  if (sha256(bytes) !== fact.index_sha256) return null;
  const { lines, fault } = readIndex(bytes);
  if (fault || last >= lines.length) return null;
  const all = lines.map((line, i) => ({ ...line, i }));
  return { initial: all[0], fragments: all.slice(first, last + 1), total: all.length };
}

/** Lines that are proved one by one to be in the index whose root the journal has.
 * @param {Uint8Array} bytes @param {Uint8Array} proofBytes @param {{ lines: number, root: string }} head
 * @param {Span} span @returns {Lines | null} */
export function provedLines(bytes, proofBytes, head, { first, last }) {
  const proofs = readProofs(proofBytes);
  const list = linesOfBytes(bytes);
  if (!proofs || proofs.length !== last - first + 2 || list.length !== proofs.length) return null;
  /** @type {ProvedLine[]} */
  const lines = [];
  for (const [at, { n, path }] of proofs.entries()) {
    const line = readIndexLine(list[at]);
    const expected = at === 0 ? 0 : first + at - 1;
    const before = lines.at(-1);
    const isNext = before && line && before.i + 1 === line.i;
    const follows = !before || (isNext ? before.offset + before.length === line.offset : before.i === 0);
    if (!line || n !== expected || line.i !== n || !follows) return null;
    if (!provesEntry(list[at], n, head.lines, path, head.root)) return null;
    lines.push(line);
  }
  return { initial: lines[0], fragments: lines.slice(1), total: head.lines };
}

/** From the first frame of the fragments to the end of the last. @param {Lines} lines @returns {[number, number]} */
export function timeOfLines({ fragments }) {
  return [fragments[0].fromMs, fragments[fragments.length - 1].toMs];
}
