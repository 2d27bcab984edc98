// Whose keys a reader trusts, and what the paper acts say.
import { ofBase64, textOf } from './bytes.js';
import { readPaperCode } from './keys.js';
import { isSupported, kindOf, readSshKey } from './sshkeys.js';

const MAX_SIGNERS_CHARACTERS = 1 << 20;

/** A list of signers that can't be used: a half-read list of who is trusted would be worse than none. */
export class BadSigners extends Error {
  /** @param {number} line Counts from 1. */
  constructor(line) {
    super(`line ${line}`);
    this.line = line;
  }
}

/** @typedef {{ names: string, key: string, namespaces: string | null, afterMs: number, beforeMs: number }} Signer */
/** @typedef {{ list: Signer[], unsupported: { line: number, kind: string }[], revoked: Set<string> }} Signers Lines
 *   with keys of other types are passed over, and no signature of theirs counts; nor does one by a revoked key. */

/** A file of allowed signers (ssh-keygen(1)). Throws {@link BadSigners}. @param {string} text @returns {Signers} */
export function readSigners(text) {
  if (text.length > MAX_SIGNERS_CHARACTERS) throw new BadSigners(1);
  /** @type {Signers} */
  const signers = { list: [], unsupported: [], revoked: new Set() };
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const signer = readSigner(line);
    if (!signer) throw new BadSigners(at + 1);
    if ('unsupported' in signer) signers.unsupported.push({ line: at + 1, kind: signer.unsupported });
    else signers.list.push(signer);
  }
  return signers;
}

/** Keys that no signature counts of, one public key a line, as `ssh-keygen -Y verify -r` reads them. Throws
 * {@link BadSigners}; OpenSSH's binary form can't be read here. @param {Uint8Array} bytes @returns {Set<string>} */
export function readRevoked(bytes) {
  const text = bytes.length <= MAX_SIGNERS_CHARACTERS ? textOf(bytes) : null;
  if (text === null || text.startsWith('SSHKRL')) throw new BadSigners(1);
  const revoked = new Set();
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const [kind, blob] = raw.trim().split(/\s+/);
    if (kind === '' || kind.startsWith('#')) continue;
    if (blob === undefined) throw new BadSigners(at + 1);
    // It could not sign here anyway.
    if (!isSupported(kind)) {
      if (/^(ssh-|ecdsa-|sk-)/.test(kind)) continue;
      throw new BadSigners(at + 1);
    }
    const key = readSshKey(ofBase64(blob) ?? new Uint8Array());
    if (!key || !('key' in key) || kindOf(key.key) !== kind) throw new BadSigners(at + 1);
    revoked.add(key.key);
  }
  return revoked;
}

/** From the worst to the best that a line can say of a key. */
const STANDINGS = ['not-listed', 'other-principal', 'other-namespace', 'not-yet-valid', 'expired', 'trusted'];

/** What a list says of a signature for a namespace by this key, made as `principal`, at this moment. Of several
 * lines the one that comes closest counts.
 * @param {Signers} signers @param {string} key @param {string} principal Such as `head@77-0101`.
 * @param {string} namespace @param {number} atMs */
export function standingOf(signers, key, principal, namespace, atMs) {
  if (signers.revoked.has(key)) return 'revoked';
  const standings = signers.list
    .filter((signer) => signer.key === key)
    .map(({ names, namespaces, afterMs, beforeMs }) => {
      // A line whose names have no @ says no role: its key is a station's.
      const isStation = !names.includes('@') && principal.startsWith('station@');
      if (!isStation && !matchesList(names, principal)) return 'other-principal';
      if (namespaces !== null && !matchesList(namespaces, namespace)) return 'other-namespace';
      if (atMs < afterMs) return 'not-yet-valid';
      return atMs >= beforeMs ? 'expired' : 'trusted';
    });
  return standings.reduce((best, one) => (STANDINGS.indexOf(one) > STANDINGS.indexOf(best) ? one : best), 'not-listed');
}

/** Null: it is wrong. @param {string} line @returns {Signer | { unsupported: string } | null} */
function readSigner(line) {
  const words = line.match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
  const isType = (/** @type {string | undefined} */ word) => /^(ssh-|ecdsa-|sk-)/.test(word ?? '');
  if (/"/.test(line.replace(/"[^"]*"/g, ''))) return null;
  const typeAt = isType(words[1]) ? 1 : 2;
  const names = (words[0] ?? '').replace(/^"+|"+$/g, '');
  if (names === '' || names.includes('"') || !isType(words[typeAt]) || words[typeAt + 1] === undefined) return null;
  /** @type {Signer} */
  const signer = { names, key: '', namespaces: null, afterMs: -Infinity, beforeMs: Infinity };
  let isAuthority = false;
  const seen = new Set();
  for (const option of typeAt === 2 ? (words[1].match(/(?:"[^"]*"|[^,"])+|^(?=,)|,(?=,|$)/g) ?? ['']) : []) {
    const [, name, value] = /^([a-zA-Z-]+)(?:="([^"]*)")?$/.exec(option) ?? [];
    const kind = name?.toLowerCase() ?? '';
    if (seen.has(kind)) return null;
    seen.add(kind);
    if (kind === 'cert-authority' && value === undefined) isAuthority = true;
    else if (kind === 'namespaces' && value) signer.namespaces = value;
    else if (kind === 'valid-after' && readTime(value) !== null) signer.afterMs = Number(readTime(value));
    else if (kind === 'valid-before' && readTime(value) !== null) signer.beforeMs = Number(readTime(value));
    else return null;
  }
  const blob = ofBase64(words[typeAt + 1]);
  const key = readSshKey(blob ?? new Uint8Array()) ?? null;
  if (key && 'key' in key) {
    // The word before the key only repeats what stands in it.
    if (kindOf(key.key) !== words[typeAt]) return null;
    // The key of a certificate authority signs certificates, never files.
    return isAuthority ? { unsupported: 'cert-authority' } : { ...signer, key: key.key };
  }
  // Of a type that can be checked it has to be a key.
  return isSupported(words[typeAt]) ? null : { unsupported: words[typeAt] };
}

/** Without the Z OpenSSH reads a time in the computer's own zone, and the verdict would depend on where it is given.
 * @param {string | undefined} text */
function readTime(text) {
  const found = /^([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?Z$/.exec(text ?? '');
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1).map((digits) => Number(digits ?? 0));
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = time.getUTCMonth() === month - 1 && time.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return isReal ? time.getTime() : null;
}

/** OpenSSH's pattern lists: any positive match and no negated one. @param {string} list @param {string} text */
function matchesList(list, text) {
  let found = false;
  for (const part of list.split(',')) {
    const pattern = part.replace(/^!/, '').slice(0, 256).replace(/[.+^${}()|[\]\\]/g, '\\$&');
    const matches = new RegExp(`^${pattern.replace(/\*+/g, '.*').replaceAll('?', '.')}$`).test(text);
    if (matches && part.startsWith('!')) return false;
    found ||= matches;
  }
  return found;
}

/** @typedef {{ opening: string, closing: string, restarts: number }} Act */

const ACT_WORDS = /** @type {const} */ ({
  opening: ['opening', 'открытие', 'открытия'],
  closing: ['closing', 'закрытие', 'закрытия'],
  restarts: ['restarts', 'перезапуски', 'перезапусков'],
});

/** `opening CODE closing CODE restarts N` as a person types it; what else stands in the text is passed over.
 * None: it does not name all three, or one twice. @param {string} text @returns {Act | null} */
export function readAct(text) {
  const words = text.toLowerCase().replace(/[:,;=]/g, ' ').split(/\s+/).filter(Boolean).slice(0, 2000);
  /** @type {Record<string, string | number>} */
  const act = {};
  for (const [at, word] of words.entries()) {
    for (const [name, known] of Object.entries(ACT_WORDS)) {
      if (!/** @type {readonly string[]} */ (known).includes(word)) continue;
      const rest = words.slice(at + 1, at + 17);
      const value = name === 'restarts' ? (/^[0-9]{1,9}$/.test(rest[0] ?? '') ? Number(rest[0]) : null) : codeOf(rest);
      // Said again it has to be the same: both acts name the opening code.
      if (value === null || (name in act && act[name] !== value)) return null;
      act[name] = value;
    }
  }
  return Object.keys(act).length === 3 ? /** @type {any} */ (act) : null;
}

/** A code may be typed in groups: the fewest words that make a whole one. @param {string[]} words */
function codeOf(words) {
  for (let count = 1; count <= words.length; count++) {
    const code = readPaperCode(words.slice(0, count).join(''));
    if (code) return code;
  }
  return null;
}
