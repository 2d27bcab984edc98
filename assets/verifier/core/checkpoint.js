// Signed statements of what the journal holds (C2SP tlog-checkpoint, signed-note), and the chain of keys
// that sign one of them each.
import { bytesOf, hexOf, joined, ofBase64, ofHex, sameBytes, textOf } from './bytes.js';
import { keyBytes, keyOfLine, signedBy } from './keys.js';
import { sha256 } from './sha256.js';

/** What checkpoints of a journal are read with.
 * @typedef {{ origin: string, deviceKey: string, epochKey: string }} JournalHead */

/** @typedef {{ epoch: number, size: number, root: string, utcMs: number,
 *   start: 'first' | 'linked' | 'unlinked' | null, next: string | null,
 *   text: string, signatures: { epoch: Uint8Array | null, device: Uint8Array | null } }} Note
 * Without a `next` key the journal ends with it. */

/** Cuts a file of checkpoints where notes end; the pieces together are the whole file.
 * @param {Uint8Array} bytes */
export function* notesOf(bytes) {
  // One character a byte, whatever the bytes are.
  const text = new TextDecoder('latin1').decode(bytes);
  const dash = new TextDecoder('latin1').decode(bytesOf('— '));
  let from = 0;
  for (let gap = text.indexOf('\n\n'); gap >= 0; gap = text.indexOf('\n\n', gap + 1)) {
    const at = gap + 2;
    const after = text.slice(at, at + dash.length);
    // After an empty line come signatures, torn ones perhaps, or the next note.
    if (gap < from || after === '' || after === dash || dash.startsWith(after)) continue;
    yield bytes.subarray(from, at);
    from = at;
  }
  if (from < bytes.length) yield bytes.subarray(from);
}

const NUMBER = '(0|[1-9][0-9]{0,18})';
const BASE64 = '[A-Za-z0-9+/]+={0,2}';
const BODY = new RegExp(
  `^([^\\n]+)\\n${NUMBER}\\n(${BASE64})\\nepoch ${NUMBER}\\nutc_ms (-?[1-9][0-9]{0,18}|0)\\n` +
    `(?:start (first|linked|unlinked)\\n)?(?:next ([^\\n]+)|end)\\n$`,
);

/** None: it is no checkpoint of this journal, byte for byte as it is written.
 * @param {Uint8Array} bytes @param {JournalHead} head @returns {Note | null} */
export function readNote(bytes, head) {
  const whole = textOf(bytes);
  const gap = whole === null ? -1 : whole.indexOf('\n\n');
  if (whole === null || gap < 0) return null;
  const text = whole.slice(0, gap + 1);
  const body = BODY.exec(text);
  if (!body || body[1] !== head.origin) return null;
  const root = ofBase64(body[3]);
  const next = body[7] === undefined ? null : keyOfLine(body[7]);
  if (root?.length !== 32 || (body[7] !== undefined && !next)) return null;
  const found = new RegExp(
    `^(?:— (${escaped(head.origin)}) (${BASE64})\\n)?(?:— (${escaped(head.origin)}/device) (${BASE64})\\n)?\\n$`,
  ).exec(whole.slice(gap + 2));
  if (!found || (!found[2] && !found[4])) return null;
  const signatures = { epoch: found[2] ? ofBase64(found[2]) : null, device: found[4] ? ofBase64(found[4]) : null };
  if ((found[2] && signatures.epoch?.length !== 68) || (found[4] && signatures.device?.length !== 68)) return null;
  const start = /** @type {Note['start']} */ (body[6] ?? null);
  const [size, epoch, utcMs] = [Number(body[2]), Number(body[4]), Number(body[5])];
  return { epoch, size, root: hexOf(root), utcMs, start, next, text, signatures };
}

/** @param {Uint8Array | null} signature @param {string} name @param {string} key @param {string} text */
async function noteSigned(signature, name, key, text) {
  if (!signature) return false;
  const id = ofHex(sha256(joined(bytesOf(`${name}\n`), Uint8Array.of(1), keyBytes(key))).slice(0, 8));
  return sameBytes(signature.subarray(0, 4), id) && signedBy(key, bytesOf(text), signature.subarray(4));
}

/** @typedef {{ number: number, note: Note, sound: boolean, recordsMatch: boolean }} CheckedNote
 * `sound`: signed by all who have to, with keys that are proved in turn, and in its place. */

/** Everything about the checkpoints but the records that they cover.
 * @param {Uint8Array} bytes @param {JournalHead} head
 * @param {(checkpoint: number, fault: string) => void} onFault @returns {Promise<CheckedNote[]>} */
export async function checkNotes(bytes, head, onFault) {
  /** @type {CheckedNote[]} */
  const checked = [];
  let [epoch, largest, number] = [0, 0, 0];
  /** What is known of the next one's key.
   * @type {{ key: string | null, proved: boolean, ended: boolean }} */
  let announced = { key: head.epochKey, proved: true, ended: false };
  for (const piece of notesOf(bytes)) {
    const note = readNote(piece, head);
    if (!note) {
      onFault(number++, 'unreadable');
      epoch += 1;
      announced = { key: null, proved: false, ended: false };
      continue;
    }
    const { signatures, text, start } = note;
    const faults = [];
    const byDevice = await noteSigned(signatures.device, `${head.origin}/device`, head.deviceKey, text);
    const byEpoch = announced.key !== null && (await noteSigned(signatures.epoch, head.origin, announced.key, text));
    const needsEpoch = start !== 'unlinked';
    const needsDevice = start !== null || note.next === null;
    if (announced.ended) faults.push('after-end');
    else if (announced.key !== null && (needsEpoch !== byEpoch || needsEpoch !== (signatures.epoch !== null))) {
      faults.push('epoch');
    }
    if (needsDevice !== byDevice || needsDevice !== (signatures.device !== null)) faults.push('device');
    if (note.epoch !== epoch) faults.push('misplaced');
    if ((note.epoch === 0) !== (start === 'first') && start !== 'unlinked') faults.push('start');
    if (note.size < largest) faults.push('shrunk');
    for (const fault of faults) onFault(number, fault);
    epoch = note.epoch + 1;
    largest = Math.max(largest, note.size);
    // Behind a fault only the device key can vouch again.
    const sound = faults.length === 0 && (byDevice || (byEpoch && announced.proved));
    announced = { key: note.next, proved: sound, ended: note.next === null };
    checked.push({ number: number++, note, sound, recordsMatch: false });
  }
  return checked;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
