// One part by itself: is it a strict ZIP, does every file have the hash that the signed lists say, and
// did one key sign them.
import { readSpan, sameBytes, bytesOf, isDigest, textOf } from './bytes.js';
import { pemOf, signedBy } from './keys.js';
import { findStrangers, holdToLabels } from './labels.js';
import {
  BAG_DECLARATION, BAG_INFO, isEntryName, MANIFEST, PUBLIC_KEY, RAW_SIGNATURE, readPartName, SSH_SIGNATURE,
  TAG_MANIFEST,
} from './names.js';
import { kindOf } from './sshkeys.js';
import { readSshSignature, sshSignatureHolds } from './sshsig.js';
import { readZip, salvageZip, ZipFault } from './zip.js';

/** No manifest is longer: one line for each of a ZIP's entries. */
export const MAX_TAG_BYTES = 32 * 1024 * 1024;

/** @typedef {import('./zip.js').Entry} Entry */
/** @typedef {{ entry: Entry, sha256: string, listed: string | null, crcHolds: boolean }} BagFile
 * `listed` is what the signed list says. */

/** Its bytes are those that were signed. @param {BagFile} file */
export function holds(file) {
  return file.listed === file.sha256;
}

/** The signed list has another hash for it. @param {BagFile} file */
export function isChanged(file) {
  return file.listed !== null && !holds(file);
}

/** A part whose own files were looked at. */
export class Bag {
  /** @type {Map<string, BagFile>} By path inside the part's folder, in the order of the paths. */
  files = new Map();
  /** @type {string | null} SHA-256 of its tag manifest. */
  hash = null;
  /** @type {string | null} Whose signatures over it hold. */
  signer = null;

  /** @param {string} label @param {Blob} file @param {import('./names.js').PartName} name */
  constructor(label, file, name) {
    this.label = label;
    this.file = file;
    this.name = name;
  }

  /** The bytes of a small file; none if it is not there or longer than `max`. @param {string} path @param {number} max */
  async read(path, max) {
    const found = this.files.get(path);
    if (!found || found.entry.bytes > max) return null;
    return readSpan(this.file, found.entry.data, found.entry.data + found.entry.bytes);
  }
}

/** Reads all of a part and notes every fault but one: files under `data/` that are not what the list says are
 * left to those who know what they hold. None: it is no part at all.
 * @param {string} label @param {Blob} file @param {import('./report.js').Report} report
 * @param {import('./verify.js').Examiner} examiner @returns {Promise<Bag | null>} */
export async function openBag(label, file, report, examiner) {
  const entries = await entriesOf(label, file, report);
  if (!entries) return null;
  const slash = entries[0].name.indexOf('/');
  const prefix = slash < 0 ? '' : entries[0].name.slice(0, slash);
  const name = readPartName(prefix);
  if (!name) {
    report.fault('CANNOT_VERIFY', { part: label }, 'archive-not-a-part');
    return null;
  }
  const bag = new Bag(label, file, name);
  /** @type {[string, Entry][]} */
  const own = [];
  for (const entry of entries) {
    if (entry.name.startsWith(`${prefix}/`)) own.push([entry.name.slice(prefix.length + 1), entry]);
    else report.fault('TAMPERED', { part: label, file: entry.name }, 'archive-file-added');
  }
  const sums = await Promise.all(own.map(([, entry]) => examiner.sums(file, entry)));
  for (const [at, [path, entry]] of own.entries()) {
    const found = sums[at];
    if ('error' in found) {
      report.fault('CANNOT_VERIFY', { part: label, file: path }, 'archive-unreadable', { detail: found.error });
    } else if (!bag.files.has(path)) {
      const crcHolds = found.crc32 === entry.crc32;
      bag.files.set(path, { entry, sha256: found.sha256, listed: null, crcHolds });
    }
  }
  bag.files = new Map([...bag.files].sort(([a], [b]) => (a < b ? -1 : 1)));
  const before = report.faultCount;
  await holdToManifests(bag, report);
  const payloadHolds = [...bag.files].every(([path, found]) => !path.startsWith('data/') || holds(found));
  if (payloadHolds && before === report.faultCount) await holdToLabels(bag, report);
  findStrangers(bag, report);
  await holdToSignatures(bag, report);
  return bag;
}

/** The entries. If the file breaks the strict profile, that is noted, and what its local headers still tell is
 * looked at all the same: the hashes decide what of it is good.
 * @param {string} part @param {Blob} file @param {import('./report.js').Report} report */
export async function entriesOf(part, file, report) {
  /** @type {ZipFault} */
  let fault;
  try {
    const entries = await readZip(file);
    if (entries.length > 0) return entries;
    fault = new ZipFault('archive-zip-no-end');
  } catch (error) {
    if (!(error instanceof ZipFault)) throw error;
    fault = error;
  }
  const entries = await salvageZip(file);
  if (entries.length === 0 && fault.id === 'archive-zip-no-end') {
    report.fault('CANNOT_VERIFY', { part }, 'archive-not-a-part');
    return null;
  }
  report.fault('TAMPERED', { part }, fault.id, fault.args);
  return entries.length > 0 ? entries : null;
}

/** The hash of each path of a manifest (RFC 8493 section 2.1.3, as `sha256sum` writes it).
 * None: it is in another form, or names a path twice. @param {Uint8Array} bytes */
function readManifest(bytes) {
  const text = textOf(bytes);
  /** @type {Map<string, string>} */
  const lines = new Map();
  if (text === '') return lines;
  if (!text?.endsWith('\n')) return null;
  for (const line of text.slice(0, -1).split('\n')) {
    const [hash, path] = [line.slice(0, 64), line.slice(66)];
    if (!isDigest(hash) || line.slice(64, 66) !== '  ' || !isEntryName(path) || lines.has(path)) return null;
    lines.set(path, hash);
  }
  return new Map([...lines].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The lines of a manifest; null, and a fault, if it is missing or in another form.
 * @param {Bag} bag @param {string} path @param {import('./report.js').Report} report */
async function manifestOf(bag, path, report) {
  const bytes = await bag.read(path, MAX_TAG_BYTES);
  const lines = bytes && readManifest(bytes);
  if (lines) return lines;
  const id = bytes ? 'archive-manifest-form' : 'archive-file-removed';
  report.fault('TAMPERED', { part: bag.label, file: path }, id);
  return null;
}

/** @param {Bag} bag @param {import('./report.js').Report} report */
async function holdToManifests(bag, report) {
  const part = bag.label;
  const tagList = await manifestOf(bag, TAG_MANIFEST, report);
  const list = await manifestOf(bag, MANIFEST, report);
  // A list that is there and empty lists nothing; one that can't be read may have listed all.
  const [tagLines, lines] = [tagList ?? new Map(), list ?? new Map()];
  bag.hash = bag.files.get(TAG_MANIFEST)?.sha256 ?? null;
  for (const file of [BAG_DECLARATION, BAG_INFO, MANIFEST]) {
    if (!tagLines.has(file) && bag.hash !== null) report.fault('TAMPERED', { part, file }, 'archive-file-unlisted');
  }
  for (const [named, isPayload] of /** @type {const} */ ([[tagLines, false], [lines, true]])) {
    for (const [file, listed] of named) {
      const found = bag.files.get(file);
      // A list names its own kind of file, so that no file is judged by two.
      if (file.startsWith('data/') !== isPayload) {
        report.fault('TAMPERED', { part, file }, 'archive-manifest-form');
      } else if (!found) {
        report.fault('TAMPERED', { part, file }, 'archive-file-removed');
      } else {
        found.listed = listed;
        if (!isPayload && !holds(found)) report.fault('TAMPERED', { part, file }, 'archive-file-changed');
      }
    }
  }
  for (const [file, found] of bag.files) {
    // Where the bytes were changed, that is told; here only the headers were.
    if (!found.crcHolds && holds(found)) report.fault('TAMPERED', { part, file }, 'archive-zip-crc');
  }
  for (const [file, found] of bag.files) {
    const listable = (file.startsWith('data/') ? list : tagList) !== null;
    const isOutside = [TAG_MANIFEST, SSH_SIGNATURE, RAW_SIGNATURE, PUBLIC_KEY].includes(file);
    if (isOutside && !found.crcHolds) report.fault('TAMPERED', { part, file }, 'archive-zip-crc');
    if (found.listed === null && listable && !isOutside) report.fault('TAMPERED', { part, file }, 'archive-file-added');
  }
}

/** The SSH signature says by whom; the raw one and the key file have to say the same.
 * @param {Bag} bag @param {import('./report.js').Report} report */
async function holdToSignatures(bag, report) {
  const part = bag.label;
  const signed = await bag.read(TAG_MANIFEST, MAX_TAG_BYTES);
  if (!signed) return;
  const small = async (/** @type {string} */ path) => (await bag.read(path, 4096)) ?? new Uint8Array();
  const signature = readSshSignature(await small(SSH_SIGNATURE));
  const isStations = signature && 'key' in signature && kindOf(signature.key) === 'ssh-ed25519';
  if (!isStations || !(await sshSignatureHolds(signature, signed))) {
    report.fault('TAMPERED', { part, file: SSH_SIGNATURE }, 'archive-signature-wrong');
    return;
  }
  const { key } = signature;
  bag.signer = key;
  if (!(await signedBy(key, signed, await small(RAW_SIGNATURE)))) {
    report.fault('TAMPERED', { part, file: RAW_SIGNATURE }, 'archive-signature-wrong');
  }
  if (!sameBytes(await small(PUBLIC_KEY), bytesOf(pemOf(key)))) {
    report.fault('TAMPERED', { part, file: PUBLIC_KEY }, 'archive-signature-other-key');
  }
}
