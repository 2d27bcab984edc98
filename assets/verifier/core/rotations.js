// Station keys that took each other's place: whether the statements in part 00, or in an excerpt, lead from a key that
// the list of signers trusts to the one that signed the day.
import { textOf } from './bytes.js';
import { mistrusted, principalOf } from './countersigned.js';
import { readJson } from './json.js';
import { fingerprint, keyOfLine } from './keys.js';
import { rotationPaths } from './names.js';
import { hasFields } from './shapes.js';
import { standingOf } from './signers.js';
import { NAMESPACE, readSshSignature, ROTATION_NAMESPACE, sshSignatureHolds } from './sshsig.js';

export const MAX_STATEMENT_BYTES = 4096;
/** No station's key was changed more often. Longer rows are not followed. */
const MAX_ROTATIONS = 64;
const STATEMENT = { format: ['one', 1], station: 'text', old: 'text', new: 'text', at_ms: 'i64' };

/** The old key signed that the new one takes its place. @typedef {{ old: string, new: string, at_ms: number }} Rotation */

/** The statements of part 00 that hold; of others a reader is told.
 * @param {import('./bag.js').Bag[]} bags @param {import('./report.js').Report} report */
export async function readRotations(bags, report) {
  const bag = bags.find(({ name }) => name.number === 0);
  if (!bag) return [];
  return readRotationRow(bag.label, 'data/', bag.files, (path) => bag.read(path, MAX_STATEMENT_BYTES), report);
}

/** The same of any file. @param {string} part @param {string} before @param {{ has(path: string): boolean }} files
 * @param {(path: string) => Promise<Uint8Array | null>} read @param {import('./report.js').Report} report */
export async function readRotationRow(part, before, files, read, report) {
  /** @type {Rotation[]} */
  const found = [];
  for (const { statement, signature } of rotationRow(before, files)) {
    const none = new Uint8Array();
    const rotation = await readRotation((await read(statement)) ?? none, (await read(signature)) ?? none);
    if (rotation) found.push(rotation);
    else report.warn({ part, file: statement }, 'archive-warning-rotation-unread');
  }
  return found;
}

/** Where the statements stand that are there, up to the first that is not.
 * @param {string} before @param {{ has(path: string): boolean }} files */
export function rotationRow(before, files) {
  const row = [];
  for (let number = 1; number <= MAX_ROTATIONS; number++) {
    const paths = rotationPaths(before, number);
    if (!files.has(paths.statement)) break;
    row.push(paths);
  }
  return row;
}

/** Whether the list of signers trusts neither the station's key nor one whose place it took; why not, is noted.
 * @param {string} key @param {Rotation[]} rotations @param {string} day @param {import('./verify.js').Options} options
 * @param {import('./report.js').Report} report */
export function isMistrusted(key, rotations, day, options, report) {
  const { signers, nowMs } = options;
  const isListed = signers && standingOf(signers, key, principalOf('station', day), NAMESPACE, nowMs) !== 'not-listed';
  if (signers && !isListed && inherits(key, rotations, day, options, report)) return false;
  return mistrusted(key, 'station', day, options, {}, report);
}

/** @param {Uint8Array} bytes @param {Uint8Array} armored @returns {Promise<Rotation | null>} */
async function readRotation(bytes, armored) {
  const text = textOf(bytes);
  const signature = readSshSignature(armored);
  if (!text?.endsWith('\n') || !signature || 'unsupported' in signature) return null;
  let said;
  try {
    said = readJson(text.slice(0, -1), true);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (!hasFields(said, STATEMENT) || !keyOfLine(said.old) || !keyOfLine(said.new) || said.old === said.new) return null;
  const holds = signature.key === said.old && (await sshSignatureHolds(signature, bytes, ROTATION_NAMESPACE));
  return holds ? { old: said.old, new: said.new, at_ms: Number(said.at_ms) } : null;
}

/** The statements that lead to a key, the newest first; none if nobody names it; or why they lead nowhere.
 * @param {Rotation[]} rotations @param {string} key @returns {Rotation[] | string} */
function successionOf(rotations, key) {
  /** @type {Rotation[]} */
  const row = [];
  for (let newest = key; ; ) {
    const named = rotations.filter((one) => one.new === newest);
    if (named.length === 0) return row;
    const [found] = named;
    if (named.some(({ old }) => old !== found.old)) return 'two-predecessors';
    if (rotations.some((one) => one.old === found.old && one.new !== newest)) return 'two-successors';
    if (found.old === key || row.some(({ old }) => old === found.old)) return 'circle';
    if (row.length === MAX_ROTATIONS) return 'too-long';
    row.push(found);
    newest = found.old;
  }
}

/** Whether a key that the list itself does not have took the place of one that it trusts. What was found is told
 * either way. @param {string} key @param {Rotation[]} rotations @param {string} day
 * @param {import('./verify.js').Options} options @param {import('./report.js').Report} report */
function inherits(key, rotations, day, { signers, nowMs }, report) {
  const principal = principalOf('station', day);
  const standing = (/** @type {string} */ old, /** @type {string} */ namespace, /** @type {number} */ atMs) =>
    signers ? standingOf(signers, old, principal, namespace, atMs) : 'not-listed';
  const row = successionOf(rotations, key);
  let why = typeof row === 'string' ? row : null;
  // The newest that the list has decides.
  const listed = typeof row === 'string' ? -1 : row.findIndex(({ old }) => standing(old, NAMESPACE, nowMs) !== 'not-listed');
  if (typeof row !== 'string') {
    if (listed < 0) return false;
    const { old, at_ms: atMs } = row[listed];
    const all = [standing(old, NAMESPACE, nowMs), standing(old, ROTATION_NAMESPACE, nowMs), standing(old, ROTATION_NAMESPACE, atMs)];
    why = all.find((one) => one !== 'trusted') ?? null;
    if (why === null) {
      const known = fingerprint(old);
      report.warn({}, 'archive-warning-rotated', { key: fingerprint(key), known, count: listed + 1 });
      return true;
    }
  }
  report.warn({}, 'archive-warning-rotation-broken', { key: fingerprint(key), why: why ?? '' });
  return false;
}
