// The parts among each other: one day, one key, and the parts that the journal names.
import { textOf } from './bytes.js';
import { fingerprint } from './keys.js';
import { CLOSING_ACT, COUNTERSIGNATURE } from './names.js';
import { holds } from './bag.js';
import { hasShape } from './shapes.js';

const MAX_ACT_BYTES = 4 << 20;

/** @typedef {import('./bag.js').Bag} Bag */
/** @typedef {import('./report.js').Report} Report */
/** @typedef {import('./journal.js').Journal} Journal */

/** The key that signed all parts: that of the day's document, else of the first part.
 * @param {Bag[]} bags @param {any} document @param {Report} report @returns {string | null} */
export function holdToOneKey(bags, document, report) {
  const key = document ? document.device_key : (bags.find(({ signer }) => signer !== null)?.signer ?? null);
  for (const { label, signer } of bags) {
    if (signer !== null && signer !== key) {
      report.fault('TAMPERED', { part: label }, 'archive-part-other-key', { key: fingerprint(signer) });
    }
  }
  // A key that no part here is signed with vouches for nothing.
  return bags.some(({ signer }) => signer !== null && signer === key) ? key : null;
}

/** The parts that the journal names are here, those of the kept group excepted, and no others. Of a station that
 * another one continued a part that was never closed is missed only if video was in it.
 * @param {Bag[]} bags @param {import('./facts.js').Facts} facts @param {boolean} isContinued @param {Report} report */
export function holdPartsToJournal(bags, facts, isContinued, report) {
  const numbers = (/** @type {Map<number, any>} */ map) => [...map].sort(([a], [b]) => a - b);
  for (const [number, { record, part }] of numbers(facts.sealed)) {
    const bag = bags.find(({ name }) => name.number === number);
    if (bag && bag.hash !== part.sha256) {
      report.fault('TAMPERED', { part: bag.label, record }, 'archive-part-other-hash');
    } else if (!bag && part.group === 'delivered') {
      report.fault('INCOMPLETE', { part: part.file, record }, 'archive-part-missing');
    }
  }
  for (const [part] of numbers(facts.opened)) {
    const heldVideo = [...facts.taken.values()].some((taken) => taken.part === part);
    if (!facts.sealed.has(part) && (!isContinued || heldVideo)) report.fault('INCOMPLETE', {}, 'archive-part-not-sealed', { part });
  }
  for (const { name, label } of bags) {
    const isNamed = name.number === null || name.number === 0 || !facts.complete || facts.sealed.has(name.number);
    if (!isNamed) report.fault('TAMPERED', { part: label }, 'archive-part-unknown');
  }
}

/** The day is closed, and its last record agrees with the others. The journal of a station that another one
 * continued may end where it likes. @param {Journal} journal @param {boolean} isContinued @param {Report} report */
export function holdToClose(journal, isContinued, report) {
  const { closed, sealed, complete } = journal.facts;
  if (!closed) {
    if (!isContinued) report.fault('INCOMPLETE', {}, 'archive-day-open');
    return;
  }
  const agrees = closed.parts === sealed.size && closed.restarts === journal.restarts;
  if (complete && !agrees) report.fault('TAMPERED', { record: closed.record }, 'archive-close-differs');
  if (complete && !journal.closed) report.fault('INCOMPLETE', {}, 'archive-journal-unsigned-end');
}

/** The closing acts beside the parts say the same as the parts.
 * @param {Bag[]} bags @param {string} day @param {Journal | null} journal @param {Report} report */
export async function holdToClosingActs(bags, day, journal, report) {
  // What is in an after-part of another kind, others look at.
  for (const bag of bags.filter(({ name, files }) => name.number === null && !files.has(COUNTERSIGNATURE))) {
    const place = { part: bag.label, file: CLOSING_ACT };
    const act = readClosingAct(await bag.read(CLOSING_ACT, MAX_ACT_BYTES));
    if (!act) {
      report.fault('CANNOT_VERIFY', place, 'archive-act-unreadable');
      continue;
    }
    const sameParts = act.parts.every((/** @type {any} */ part) => {
      const hash = bags.find(({ name }) => name.number === part.part)?.hash ?? null;
      return hash === null || hash === part.sha256;
    });
    const sameJournal =
      !journal ||
      (journal.openingCode === act.opening_code && journal.closingCode === act.closing_code &&
        journal.restarts === act.restarts && journal.records === act.records);
    if (act.day !== day || !sameParts || !sameJournal) report.fault('TAMPERED', place, 'archive-act-differs');
  }
}

/** What the act has to say; what a later version may add is passed over. */
const ACT = { format: ['one', 1], day: 'slug64', opening_code: 'code', closing_code: 'code', restarts: 'u32', records: 'u64' };
const ACT_PART = { part: 'u32', group: ['one', 'delivered', 'kept'], file: 'text', bytes: 'u64', sha256: 'digest' };
const ACT_COPY = { target: 'text', verified_at_ms: 'i64', files: ['list', 'text'] };

/** None: it is no closing act. @param {Uint8Array | null} bytes @returns {any} */
function readClosingAct(bytes) {
  const text = bytes && textOf(bytes);
  try {
    const act = JSON.parse(text ?? '');
    const says = (/** @type {any} */ said, /** @type {Record<string, any>} */ fields) =>
      Object.entries(fields).every(([name, shape]) => hasShape(said[name], shape));
    const lists = Array.isArray(act.parts) && Array.isArray(act.copies);
    const isAct = says(act, ACT) && lists && act.parts.every((/** @type {any} */ part) => says(part, ACT_PART));
    return isAct && act.copies.every((/** @type {any} */ copy) => says(copy, ACT_COPY)) ? act : null;
  } catch {
    return null;
  }
}

/** The stills of part 00: those that the journal names, unchanged, and no others.
 * @param {Bag[]} bags @param {import('./facts.js').Facts} facts @param {Report} report */
export function holdStillsToJournal(bags, facts, report) {
  const bag = bags.find(({ name }) => name.number === 0);
  if (!bag) return;
  for (const [name, { record, sha256 }] of [...facts.stills].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const place = { part: bag.label, file: `data/${name}`, record };
    const file = bag.files.get(place.file);
    // The station signs without one that its disk lost.
    if (!file) report.fault('INCOMPLETE', place, 'archive-still-missing');
    // Changed behind the list's back: told there.
    else if (holds(file) && file.sha256 !== sha256) report.fault('TAMPERED', place, 'archive-still-changed');
  }
  for (const file of bag.files.keys()) {
    const isUnknown = file.startsWith('data/stills/') && !facts.stills.has(file.slice('data/'.length));
    if (isUnknown && facts.complete) report.fault('TAMPERED', { part: bag.label, file }, 'archive-still-unknown');
  }
}
