// Signatures that people put beside part 00, whose journal names all other parts: are they over it, who made
// them, is one missing.
import { textOf } from './bytes.js';
import { MAX_TAG_BYTES } from './bag.js';
import { fingerprint } from './keys.js';
import { COUNTERSIGNATURE, readPartName, TAG_MANIFEST } from './names.js';
import { hasShape } from './shapes.js';
import { sha256 } from './sha256.js';
import { standingOf } from './signers.js';
import { NAMESPACE, readSshSignature, sshSignatureHolds } from './sshsig.js';

const MAX_NOTE_BYTES = 64 << 10;
/** A file that is longer is no signature. */
const MAX_SIGNATURE_BYTES = 1 << 20;
/** A list of signers with more lines that can't be used is told of that far. */
const MAX_LINES_TOLD = 20;
const NOTE = {
  format: ['one', 1],
  day: 'slug64',
  role: ['one', 'station', 'head', 'member'],
  key: 'text',
  sha256: 'digest',
  at_ms: 'i64',
};

/** @typedef {'head' | 'member'} Role */
/** @typedef {{ day: string, role: Role, isNational: boolean }} CountersignatureName */
/** @typedef {'trusted' | 'unchecked' | 'untrusted' | 'wrong' | 'not_checked_here'} Signed */
/** @typedef {{ file: string, role: Role, key: string | null, signed: Signed }} Countersignature */

/** `<day>-00.head.sshsig`; one of a national program, which is only carried along, ends in `.p7s`.
 * @param {string} text @returns {CountersignatureName | null} */
export function readCountersignatureName(text) {
  const found = /^(.+)\.(head|member)\.(sshsig|p7s)$/.exec(text);
  const part = found && readPartName(found[1]);
  if (!found || part?.number !== 0) return null;
  return { day: part.day, role: /** @type {Role} */ (found[2]), isNational: found[3] === 'p7s' };
}

/** Judges every countersignature, and misses those that the journal or the station's notes name.
 * True: one was made with a key that may not sign so.
 * @param {File[]} files @param {import('./bag.js').Bag[]} bags @param {string} day
 * @param {import('./facts.js').Facts | null} facts @param {string | null} station Its key.
 * @param {import('./verify.js').Options} options @param {import('./report.js').Report} report */
export async function holdToCountersignatures(files, bags, day, facts, station, options, report) {
  const notes = await notesOfStations(bags, day, report);
  const first = bags.find(({ name }) => name.number === 0);
  const signed = (first && (await first.read(TAG_MANIFEST, MAX_TAG_BYTES))) ?? null;
  const judge = new Judge(day, signed, station, options, report);
  /** @type {Map<string, string[]>} The files' hashes, by role. */
  const hashes = new Map();
  for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = /** @type {CountersignatureName} */ (readCountersignatureName(file.name));
    if (name.day !== day) {
      report.fault('CANNOT_VERIFY', { part: file.name }, 'archive-other-day', { day: name.day });
      continue;
    }
    const hash = await judge.take(name, file);
    if (hash) hashes.set(name.role, [...(hashes.get(name.role) ?? []), hash]);
  }
  const fileOf = (/** @type {string} */ role) => `${day}-00.${role}.sshsig`;
  const missing = (/** @type {string} */ role, /** @type {import('./report.js').Place} */ place) =>
    report.fault('INCOMPLETE', place, 'archive-countersignature-missing', { role });
  for (const [role, note] of [...notes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // The file that the station saw is the one that lies there.
    const here = hashes.get(role);
    if (!here) missing(role, { part: fileOf(role) });
    else if (!here.includes(note.sha256)) {
      report.fault('TAMPERED', { part: fileOf(role) }, 'archive-countersignature-other', { key: note.key });
    }
  }
  for (const role of facts?.countersigners?.roles ?? []) {
    if (hashes.has(role) || notes.has(role)) continue;
    missing(role, { part: fileOf(role), record: facts?.countersigners?.record });
  }
  return judge.isUntrusted;
}

/** What the stations noted, the newest of each role.
 * @param {import('./bag.js').Bag[]} bags @param {string} day @param {import('./report.js').Report} report */
async function notesOfStations(bags, day, report) {
  /** @type {Map<string, { key: string, sha256: string }>} */
  const notes = new Map();
  for (const bag of bags.filter(({ name, files }) => name.number === null && files.has(COUNTERSIGNATURE))) {
    const note = readStationsNote(await bag.read(COUNTERSIGNATURE, MAX_NOTE_BYTES));
    if (note?.day === day) notes.set(note.role, note);
    else report.fault('CANNOT_VERIFY', { part: bag.label, file: COUNTERSIGNATURE }, 'archive-countersignature-note');
  }
  return notes;
}

/** @param {Uint8Array | null} bytes @returns {any} */
function readStationsNote(bytes) {
  try {
    const note = JSON.parse((bytes && textOf(bytes)) ?? '');
    return Object.entries(NOTE).every(([name, shape]) => hasShape(note[name], shape)) ? note : null;
  } catch {
    return null;
  }
}

class Judge {
  isUntrusted = false;
  /** @type {{ role: Role, key: string }[]} Of the countersignatures that hold. */
  #keys = [];

  /** @param {string} day @param {Uint8Array | null} signed Part 00's tag manifest. @param {string | null} station
   * @param {import('./verify.js').Options} options @param {import('./report.js').Report} report */
  constructor(day, signed, station, options, report) {
    this.day = day;
    this.signed = signed;
    this.station = station;
    this.options = options;
    this.report = report;
  }

  /** The file's hash, unless it can't be read. @param {CountersignatureName} name @param {File} file */
  async take(name, file) {
    const place = { part: file.name };
    let bytes;
    try {
      bytes = new Uint8Array(await file.slice(0, MAX_SIGNATURE_BYTES).arrayBuffer());
    } catch (error) {
      this.report.fault('CANNOT_VERIFY', place, 'archive-unreadable', { detail: String(error) });
      return null;
    }
    /** @type {{ key: string | null, signed: Signed }} */
    let found = { key: null, signed: 'not_checked_here' };
    if (name.isNational) this.report.warn(place, 'archive-warning-national', { role: name.role });
    else found = await this.#judge(name, bytes, place);
    const key = found.key && fingerprint(found.key);
    this.report.countersignatures.push({ file: file.name, role: name.role, key, signed: found.signed });
    return sha256(bytes);
  }

  /** @param {CountersignatureName} name @param {Uint8Array} bytes @param {import('./report.js').Place} place
   * @returns {Promise<{ key: string | null, signed: Signed }>} */
  async #judge({ role }, bytes, place) {
    const { report, signed } = this;
    const signature = readSshSignature(bytes);
    if (!signature) {
      report.fault('TAMPERED', place, 'archive-countersignature-form');
      return { key: null, signed: 'wrong' };
    }
    if ('unsupported' in signature) {
      report.fault('CANNOT_VERIFY', place, 'archive-countersignature-kind', { kind: signature.unsupported });
      return { key: null, signed: 'not_checked_here' };
    }
    const { key } = signature;
    if (!signed) return { key, signed: 'not_checked_here' };
    if (signature.namespace !== NAMESPACE) {
      const namespace = [...signature.namespace].slice(0, 80).join('');
      report.fault('TAMPERED', place, 'archive-countersignature-namespace', { namespace });
      return { key, signed: 'wrong' };
    }
    if (!(await sshSignatureHolds(signature, signed))) {
      report.fault('TAMPERED', place, 'archive-countersignature-wrong');
      return { key, signed: 'wrong' };
    }
    const { presence } = signature.signature;
    if (presence && (presence.flags & 1) === 0) report.warn(place, 'archive-warning-untouched');
    const state = this.#trust(role, key, place);
    this.#keys.push({ role, key });
    return { key, signed: state };
  }

  /** @param {Role} role @param {string} key @param {import('./report.js').Place} place @returns {Signed} */
  #trust(role, key, place) {
    if (key === this.station || this.#keys.some((other) => other.role !== role && other.key === key)) {
      this.report.warn(place, 'archive-warning-two-roles', { key: fingerprint(key) });
      this.isUntrusted = true;
      return 'untrusted';
    }
    if (mistrusted(key, role, this.day, this.options, place, this.report)) {
      this.isUntrusted = true;
      return 'untrusted';
    }
    return this.options.signers ? 'trusted' : 'unchecked';
  }
}

/** Whether the list of signers does not trust this key in this role, which is warned of; not so without a list.
 * @param {string} key @param {Role | 'station'} role @param {string} day @param {import('./verify.js').Options} options
 * @param {import('./report.js').Place} place @param {import('./report.js').Report} report */
export function mistrusted(key, role, day, { signers, nowMs }, place, report) {
  if (!signers) return false;
  const principal = principalOf(role, day);
  const why = standingOf(signers, key, principal, NAMESPACE, nowMs);
  if (why === 'trusted') return false;
  report.warn(place, 'archive-warning-signer-untrusted', { key: fingerprint(key), principal, why });
  return true;
}

/** Region and point are the first two words of a day's name. @param {Role | 'station'} role @param {string} day */
export function principalOf(role, day) {
  return `${role}@${day.split('-').slice(0, 2).join('-')}`;
}

/** Says which lines of the list of signers count for nobody.
 * @param {import('./verify.js').Options} options @param {import('./report.js').Report} report */
export function tellUnusedLines({ signers }, report) {
  for (const { line, kind } of (signers?.unsupported ?? []).slice(0, MAX_LINES_TOLD)) {
    report.warn({}, 'archive-warning-signers-line', { line, kind });
  }
}
