// The day's journal as part 00 holds it: everything that is wrong with it, in one pass, in bounded memory.
import { textOf } from './bytes.js';
import { checkNotes } from './checkpoint.js';
import { Facts } from './facts.js';
import { readJson } from './json.js';
import { keyBlob, keyOfLine, paperCode } from './keys.js';
import { MerkleTree } from './merkle.js';
import { CHECKPOINTS, DAY_DOCUMENT, RECORDS } from './names.js';
import { linesOf, readRecord } from './record.js';
import { sha256 } from './sha256.js';
import { hasShape } from './shapes.js';

const MAX_DOCUMENT_BYTES = 4 << 20;
const MAX_RECORDS_BYTES = 1 << 30;
const MAX_CHECKPOINTS_BYTES = 64 << 20;
/** Faults that are told one by one; of more only the number. */
const MAX_FAULTS = 1000;

/** @typedef {{ record?: number, checkpoint?: number, id: string, args: Record<string, number>, effect?: 'CANNOT_VERIFY' }}
 *   JournalFault */

/** What was read of a journal. */
export class Journal {
  facts = new Facts();
  /** @type {any} The day's document; none if it could not be read, and then nothing is proved. */
  document = null;
  /** @type {JournalFault[]} */
  faults = [];
  moreFaults = 0;
  /** Lines of the file, whatever is wrong with them. */
  records = 0;
  /** Records from the first on that a checkpoint with nothing wrong covers. */
  covered = 0;
  /** Starts of the station after the first. */
  restarts = 0;
  /** Starts that no epoch key vouches for. */
  unlinked = 0;
  /** It ends as it should, and the end is signed. */
  closed = false;
  /** @type {import('./checkpoint.js').CheckedNote[]} */
  notes = [];
  /** @type {Map<number, string>} Roots over so many records, where somebody claims to know them. */
  roots = new Map();

  /** @param {JournalFault} fault */
  fault(fault) {
    if (this.faults.length < MAX_FAULTS) this.faults.push(fault);
    else this.moreFaults += 1;
  }

  get openingCode() {
    return this.document && paperCode(sha256(keyBlob(this.document.epoch_key)));
  }

  /** None while the journal is open. */
  get closingCode() {
    const last = this.notes.at(-1);
    return this.closed && last ? paperCode(last.note.root) : null;
  }
}

/** Reads the journal, notes what is wrong with it, hands out each record. None: there is none in this part.
 * @param {import('./bag.js').Bag} bag @param {Set<number>} sizes Where its root is asked for.
 * @param {import('./report.js').Report} report @param {import('./verify.js').Examiner} examiner
 * @returns {Promise<Journal | null>} */
export async function readJournal(bag, sizes, report, examiner) {
  const document = await bag.read(DAY_DOCUMENT, MAX_DOCUMENT_BYTES);
  const checkpoints = await bag.read(CHECKPOINTS, MAX_CHECKPOINTS_BYTES);
  const records = bag.files.get(RECORDS);
  if (!document || !checkpoints || !records || records.entry.bytes > MAX_RECORDS_BYTES) {
    report.fault('CANNOT_VERIFY', { part: bag.label }, 'archive-journal-unreadable');
    return null;
  }
  const journal = new Journal();
  const found = readDayDocument(document);
  if ('fault' in found) journal.fault({ ...found.fault, args: {} });
  else await takeCheckpoints(journal, checkpoints, found.document);
  const { data, bytes } = records.entry;
  await walkRecords(journal, sha256(document), linesOf(bag.file, data, data + bytes), sizes, (record) => {
    journal.facts.take(record, report);
    examiner.onRecord(record);
  });
  journal.facts.finish(report);
  journal.facts.complete = journal.faults.length === 0;
  for (const { record, checkpoint, id, args, effect } of journal.faults) {
    const place = { part: bag.label, file: DAY_DOCUMENT };
    if (record !== undefined) Object.assign(place, { file: RECORDS, record });
    if (checkpoint !== undefined) Object.assign(place, { file: CHECKPOINTS });
    report.fault(effect ?? 'TAMPERED', place, id, args);
  }
  if (journal.moreFaults > 0) {
    const place = { part: bag.label, file: RECORDS };
    report.fault('TAMPERED', place, 'archive-journal-more-faults', { count: journal.moreFaults });
  }
  return journal;
}

/** @param {Uint8Array} bytes
 * @returns {{ document: any } | { fault: { id: string, effect?: 'CANNOT_VERIFY' } }} */
export function readDayDocument(bytes) {
  const id = 'journal-fault-document';
  const text = textOf(bytes);
  if (!text?.endsWith('\n')) return { fault: { id } };
  let document;
  try {
    document = readJson(text.slice(0, -1), true);
  } catch (error) {
    if (error instanceof SyntaxError) return { fault: { id } };
    throw error;
  }
  const says = document !== null && typeof document === 'object';
  const isDay = says && Object.entries(DOCUMENT).every(([name, shape]) => hasShape(document[name], shape));
  const { time_zone: zone, device_key: device, epoch_key: epoch } = document ?? {};
  if (!isDay || !isTimeZone(zone) || !keyOfLine(device) || !keyOfLine(epoch)) return { fault: { id } };
  const claim = document.takes_over;
  if (claim !== undefined && !isClaim(claim)) return { fault: { id } };
  // Written by a later version of the program, and signed as it is.
  if (document.format !== (claim === undefined ? 1 : TAKEOVER_FORMAT)) return { fault: { id, effect: 'CANNOT_VERIFY' } };
  return { document };
}

/** Of a document that tells of another station: who knows format 1 alone can't read it. */
const TAKEOVER_FORMAT = 2;

/** Whose day a station goes on with, and how far that one's journal is known to have come. @param {any} claim */
function isClaim(claim) {
  const heads = [
    { known: ['one', 'records'], size: 'u64', root: 'digest' },
    { known: ['one', 'code'], code: 'code' },
    { known: ['one', 'nothing'] },
  ];
  return heads.some((head) => hasShape(claim, { day: 'slug64', device_key: ['optional', 'text'], head }));
}

/** What the day's document has to say, and this page understands of it; the rest is held by its hash. */
const DOCUMENT = {
  format: 'u32',
  day: 'slug64',
  region: 'text',
  point: 'text',
  station: 'slug32',
  point_name: 'text',
  address: 'text',
  subject: 'text',
  time_zone: 'text',
  point_head: 'digest',
  plan: 'fields',
  segment_seconds: 'u32',
  rooms: ['list', { number: 'room', zone: 'text', name: 'text' }],
  cameras: ['list', 'fields'],
  people: ['list', 'fields'],
  checklist: { id: 'slug48', version: 'u32', sha256: 'digest' },
};

/** @param {unknown} zone */
export function isTimeZone(zone) {
  try {
    return typeof zone === 'string' && new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

/** @param {Journal} journal @param {Uint8Array} checkpoints @param {any} document */
async function takeCheckpoints(journal, checkpoints, document) {
  journal.document = document;
  const head = { origin: `invigil/${document.day}`, deviceKey: document.device_key, epochKey: document.epoch_key };
  journal.notes = await checkNotes(checkpoints, head, (checkpoint, fault) => {
    journal.fault({ checkpoint, id: `journal-fault-checkpoint-${fault}`, args: { checkpoint } });
  });
}

/** @param {Journal} journal @param {string} documentHash @param {AsyncIterable<Uint8Array>} lines
 * @param {Set<number>} sizes @param {(record: import('./record.js').Record) => void} onRecord */
async function walkRecords(journal, documentHash, lines, sizes, onRecord) {
  const recordFault = (/** @type {number} */ record, /** @type {string} */ what, args = {}) =>
    journal.fault({ record, id: `journal-fault-${what}`, args: { ...args, record } });
  const tree = new MerkleTree();
  const roots = new Roots(journal, tree);
  let [expected, starts, unlinked, closed] = [0, 0, 0, false];
  /** @type {string | null} The hash that the next record should tell. */
  let prev = documentHash;
  if (sizes.has(0)) journal.roots.set(0, tree.root());
  roots.compare();
  for await (const line of lines) {
    const record = readRecord(line);
    if (!record) {
      recordFault(expected, 'record-unreadable');
      expected += 1;
      prev = null;
      closed = false;
    } else {
      if (closed) recordFault(record.n, 'record-after-close');
      if (record.n < expected) {
        recordFault(record.n, 'record-misplaced');
        prev = null;
      } else {
        if (record.n > expected) recordFault(record.n, 'record-missing', { count: record.n - expected });
        else if (prev !== null && prev !== record.prev) {
          if (record.n > 0) recordFault(record.n - 1, 'record-changed');
          else recordFault(0, 'other-document');
        }
        expected = record.n + 1;
        prev = sha256(line);
      }
      const { event } = record;
      if (event.type === 'station_started') {
        starts += 1;
        if (event.link === 'unlinked') unlinked += 1;
      }
      closed = event.type === 'day_closed';
      onRecord(record);
    }
    tree.push(line);
    journal.records += 1;
    if (sizes.has(tree.size)) journal.roots.set(tree.size, tree.root());
    roots.compare();
  }
  roots.tellMissing();
  journal.restarts = Math.max(starts - 1, 0);
  journal.unlinked = Math.max(unlinked, journal.notes.filter(({ note }) => note.start === 'unlinked').length);
  const last = journal.notes.at(-1);
  const ended = last !== undefined && last.note.next === null && last.sound && last.recordsMatch;
  journal.closed = closed && ended && journal.covered === journal.records;
}

/** Holds the tree over the records to each checkpoint, once it has grown to its size. */
class Roots {
  #next = 0;
  #differs = false;
  /** @param {Journal} journal @param {MerkleTree} tree */
  constructor(journal, tree) {
    this.journal = journal;
    this.tree = tree;
  }

  compare() {
    const { journal, tree } = this;
    for (; this.#next < journal.notes.length; this.#next++) {
      const checked = journal.notes[this.#next];
      if (checked.note.size > tree.size) return;
      const coversNow = checked.note.size === tree.size;
      checked.recordsMatch = coversNow && checked.note.root === tree.root();
      if (checked.recordsMatch && checked.sound) journal.covered = tree.size;
      // Every later root differs too: the first one tells where it began.
      if (coversNow && !checked.recordsMatch && !this.#differs) {
        this.#differs = true;
        const checkpoint = checked.number;
        journal.fault({ checkpoint, id: 'journal-fault-checkpoint-root', args: { checkpoint } });
      }
    }
  }

  /** Checkpoints that cover more records than there are. */
  tellMissing() {
    let largest = null;
    for (const checked of this.journal.notes.slice(this.#next)) {
      if (!largest || checked.note.size >= largest.note.size) largest = checked;
    }
    if (!largest) return;
    const checkpoint = largest.number;
    const count = Math.max(largest.note.size - this.journal.records, 0);
    this.journal.fault({ checkpoint, id: 'journal-fault-checkpoint-records', args: { checkpoint, count } });
  }
}
