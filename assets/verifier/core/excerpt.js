// An excerpt in the place of an archive: some minutes of one camera that prove themselves against the signatures
// of the day by inclusion proofs (RFC 6962 section 2.1.1), and disclose nothing else. What its files are and what
// binds what is told in src/archive/excerpt/mod.rs.
import { entriesOf } from './bag.js';
import { bytesOf, readSpan, sameBytes, textOf } from './bytes.js';
import { checkNotes } from './checkpoint.js';
import { linesOfBytes, provedLines, readProofs, timeOfLines, wholeIndex } from './disclosed.js';
import { isTimeZone } from './journal.js';
import { readJson } from './json.js';
import { fingerprint, keyBlob, keyOfLine, paperCode } from './keys.js';
import { provesEntry } from './merkle.js';
import { lookAtPiece } from './piece.js';
import { readRecord } from './record.js';
import { isMistrusted, MAX_STATEMENT_BYTES, readRotationRow, rotationRow } from './rotations.js';
import { sha256 } from './sha256.js';
import { hasFields } from './shapes.js';
import { MAX_INDEX_BYTES } from './video.js';

const SUFFIX = '-excerpt';
const EXCERPT_DOCUMENT = 'excerpt.json';
const EXCERPT_CHECKPOINTS = 'checkpoints.txt';
const EXCERPT_RECORDS = 'records.jsonl';
const RECORD_PROOFS = 'record-proofs.jsonl';
const EXCERPT_FORMAT = 1;
const MAX_SEGMENTS = 10_000;
const MAX_EXCERPT_DOCUMENT_BYTES = 1 << 20;
/** No list of records, proofs or checkpoints is longer. */
const MAX_LIST_BYTES = 64 << 20;
/** No video between segments for longer than this is told. */
const SHORTEST_GAP_MS = 1_000;

/** @typedef {import('./report.js').Place} Place */
/** @typedef {import('./report.js').Report} Report */
/** @typedef {import('./disclosed.js').Lines} Lines */
/** @typedef {import('./disclosed.js').Span} Span */
/** @typedef {{ format: number, day: string, camera: string, from_ms: number, to_ms: number, time_zone: string,
 *   device_key: string, epoch_key: string, segments: Span[] }} Document */

const EXCERPT_SHAPE = {
  format: 'u32', day: 'slug64', camera: 'slug32', from_ms: 'i64', to_ms: 'i64', time_zone: 'text', device_key: 'text',
  epoch_key: 'text', segments: ['list', { segment: 'u32', first: 'u32', last: 'u32' }],
};

/** Whether a file is an excerpt by the name of its first entry; whether a good one, is judged later. @param {Blob} file */
export async function isExcerpt(file) {
  const begin = await readSpan(file, 0, 230);
  const name = new TextDecoder('latin1').decode(begin.subarray(30)).split('/')[0];
  return sameBytes(begin.subarray(0, 4), bytesOf('PK\x03\x04')) && name.endsWith(SUFFIX);
}

/** Judges an excerpt that was given alone; says where its videos stand.
 * @param {File} file @param {import('./verify.js').Options} options @param {Report} report
 * @param {import('./verify.js').Examiner} examiner */
export async function judgeExcerpt(file, options, report, examiner) {
  const judge = new ExcerptJudge(file, report);
  await judge.open(examiner);
  await judge.all(examiner);
  judgeExcerptProvenance(judge, options, report);
  const intact = report.faults.length === 0;
  report.parts.push({ file: file.name, bytes: file.size, name: judge.name, sha256: null, intact });
  return judge.videos;
}

/** As of an archive, but that nobody can count the restarts.
 * @param {ExcerptJudge} judge @param {import('./verify.js').Options} options @param {Report} report */
function judgeExcerptProvenance({ key, anchors, rotations }, options, report) {
  report.signer = key && fingerprint(key);
  let anchored = false;
  if (options.act && anchors) {
    const differs = [];
    if (anchors.opening !== options.act.opening) differs.push('archive-act-opening');
    if (anchors.closing !== options.act.closing) differs.push('archive-act-closing');
    for (const id of differs) report.fault('TAMPERED', {}, id);
    anchored = differs.length === 0;
  }
  if (anchors && !anchored && anchors.unlinked > 0) {
    report.fault('INCOMPLETE', {}, 'archive-restart-unlinked', { count: anchors.unlinked });
  }
  // Without a key of its own nobody vouches for it.
  const isForeign = key === null || report.day === null || isMistrusted(key, rotations, report.day, options, report);
  if (options.signers && isForeign) report.provenance = 'UNTRUSTED_KEY';
  else if (anchored) report.provenance = 'ANCHORED';
  else report.provenance = options.signers ? 'KNOWN_KEY' : 'UNCHECKED';
}

class ExcerptJudge {
  /** @type {string | null} */
  name = null;
  /** @type {string | null} The device key, if its signature holds. */
  key = null;
  /** @type {{ opening: string, closing: string | null, unlinked: number } | null} What paper acts are held against. */
  anchors = null;
  /** @type {import('./rotations.js').Rotation[]} Which keys of the station took whose place. */
  rotations = [];
  /** @type {import('./verify.js').Verification['videos']} */
  videos = [];
  /** @type {Map<string, { entry: import('./zip.js').Entry, sha256: string }>} */
  #files = new Map();
  #prefix = '';

  /** @param {File} file @param {Report} report */
  constructor(file, report) {
    this.file = file;
    this.report = report;
  }

  /** Reads every byte of it. @param {import('./verify.js').Examiner} examiner */
  async open(examiner) {
    const { file, report } = this;
    const entries = (await entriesOf(file.name, file, report)) ?? [];
    const first = entries[0]?.name ?? '';
    this.#prefix = first.includes('/') ? first.slice(0, first.indexOf('/')) : '';
    const sums = await Promise.all(entries.map((entry) => examiner.sums(file, entry)));
    for (const [at, entry] of entries.entries()) {
      const isOwn = entry.name.startsWith(`${this.#prefix}/`);
      const path = isOwn ? entry.name.slice(this.#prefix.length + 1) : entry.name;
      const found = sums[at];
      if ('error' in found) {
        report.fault('CANNOT_VERIFY', this.#at(path), 'archive-unreadable', { detail: found.error });
        continue;
      }
      if (found.crc32 !== entry.crc32) report.fault('TAMPERED', this.#at(path), 'archive-zip-crc');
      if (!this.#files.has(path)) this.#files.set(path, { entry, sha256: found.sha256 });
    }
    this.#files = new Map([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** @param {import('./verify.js').Examiner} examiner */
  async all(examiner) {
    const document = await this.#document();
    if (!document) return;
    const { report } = this;
    this.name = this.#prefix;
    report.day = document.day;
    report.excerpt = { camera: document.camera, from_ms: document.from_ms, to_ms: document.to_ms };
    this.#holdToKnownFiles(document);
    const statement = async (/** @type {string} */ path) => this.#files.has(path) ? this.#bytes(path, MAX_STATEMENT_BYTES) : null;
    this.rotations = await readRotationRow(this.file.name, '', this.#files, statement, report);
    const checkpoints = await this.#checkpoints(document);
    const proved = await this.#records(document, checkpoints, examiner);
    // The zone is shown where the computer's own offset agrees with it.
    const agrees = proved.offsets.every(([utcMs, minutes]) => offsetAt(document.time_zone, utcMs) === minutes);
    if (agrees) report.time_zone = document.time_zone;
    else report.warn(this.#at(EXCERPT_DOCUMENT), 'excerpt-zone');
    /** @type {[Span, Lines] | null} */
    let before = null;
    for (const span of document.segments) {
      const lines = await this.#segment(document, span, proved, examiner);
      if (lines && before) this.#holdTogether(document, before, [span, lines]);
      before = lines && [span, lines];
    }
    this.#holdToSpan(document);
  }

  /** @returns {Promise<Document | null>} */
  async #document() {
    const bytes = await this.#read(EXCERPT_DOCUMENT, MAX_EXCERPT_DOCUMENT_BYTES);
    if (!bytes) return null;
    const text = textOf(bytes);
    try {
      const { format } = JSON.parse(text ?? '');
      if (Number.isInteger(format) && format >= 0 && format < 2 ** 32 && format !== EXCERPT_FORMAT) {
        this.report.fault('CANNOT_VERIFY', this.#at(EXCERPT_DOCUMENT), 'excerpt-format', { format });
        return null;
      }
      const document = text?.endsWith('\n') ? readJson(text.slice(0, -1), true) : null;
      if (isDocument(document) && `${document.day}${SUFFIX}` === this.#prefix) return document;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    this.#tampered(this.#at(EXCERPT_DOCUMENT), 'excerpt-form');
    return null;
  }

  /** @param {Document} document */
  #holdToKnownFiles({ camera, segments }) {
    const lists = [EXCERPT_DOCUMENT, EXCERPT_CHECKPOINTS, EXCERPT_RECORDS, RECORD_PROOFS];
    const keys = rotationRow('', this.#files).flatMap((paths) => Object.values(paths));
    const videos = segments.flatMap(({ segment }) => Object.values(pathsOf(camera, segment)));
    const known = new Set([...lists, ...keys, ...videos]);
    for (const path of this.#files.keys()) if (!known.has(path)) this.#tampered(this.#at(path), 'archive-file-added');
  }

  /** @param {Document} document @returns {Promise<import('./checkpoint.js').CheckedNote[]>} */
  async #checkpoints({ day, device_key: deviceKey, epoch_key: epochKey }) {
    const bytes = await this.#read(EXCERPT_CHECKPOINTS, MAX_LIST_BYTES);
    if (!bytes) return [];
    const place = this.#at(EXCERPT_CHECKPOINTS);
    const notes = await checkNotes(bytes, { origin: `invigil/${day}`, deviceKey, epochKey }, (checkpoint, fault) => {
      this.report.fault('TAMPERED', place, `journal-fault-checkpoint-${fault}`, { checkpoint });
    });
    const last = notes.at(-1);
    const closing = last && last.note.next === null && last.sound ? paperCode(last.note.root) : null;
    if (closing === null) this.report.warn(place, 'excerpt-day-open');
    const first = notes[0];
    this.key = first?.sound && first.note.signatures.device !== null ? deviceKey : null;
    const opening = paperCode(sha256(keyBlob(epochKey)));
    this.anchors = { opening, closing, unlinked: notes.filter(({ note }) => note.start === 'unlinked').length };
    this.report.opening_code = opening;
    this.report.closing_code = closing;
    return notes;
  }

  /** Takes every record that is proved and has its place here; notes the others.
   * @param {Document} document @param {import('./checkpoint.js').CheckedNote[]} checkpoints
   * @param {import('./verify.js').Examiner} examiner */
  async #records(document, checkpoints, examiner) {
    const proved = new ProvedRecords(document);
    const bytes = (await this.#read(EXCERPT_RECORDS, MAX_LIST_BYTES)) ?? new Uint8Array();
    const list = await this.#read(RECORD_PROOFS, MAX_LIST_BYTES);
    const [lines, proofs] = [linesOfBytes(bytes), list && readProofs(list)];
    if (!proofs || proofs.length !== lines.length) {
      this.#tampered(this.#at(RECORD_PROOFS), 'excerpt-form');
      return proved;
    }
    let expected = 0;
    for (const [at, line] of lines.entries()) {
      const proof = proofs[at];
      const place = { ...this.#at(EXCERPT_RECORDS), record: proof.n };
      const record = readRecord(line);
      if (!record || record.n !== proof.n || record.n < expected) {
        this.#tampered(place, 'excerpt-form');
        continue;
      }
      expected = record.n + 1;
      // By the earliest checkpoint that covers it: the record was there by then.
      const covering = checkpoints.find(({ note }) => note.size > proof.n);
      const holds = covering?.sound && provesEntry(line, proof.n, covering.note.size, proof.path, covering.note.root);
      if (!holds) this.#tampered(place, 'excerpt-record-unproved');
      else if (!proved.take(record)) this.#tampered(place, 'excerpt-record-other');
      if (holds) examiner.onRecord(record);
    }
    if (!proved.opened) this.#tampered(this.#at(EXCERPT_RECORDS), 'excerpt-no-opening');
    this.report.records = proved.offsets.length;
    return proved;
  }

  /** Judges one segment's lines and fragments. None: nothing can be said of its video.
   * @param {Document} document @param {Span} span @param {ProvedRecords} proved
   * @param {import('./verify.js').Examiner} examiner @returns {Promise<Lines | null>} */
  async #segment(document, span, proved, examiner) {
    const { report } = this;
    const paths = pathsOf(document.camera, span.segment);
    const place = (/** @type {number | undefined} */ record, file = paths.video) => {
      const known = record === undefined ? {} : { record };
      return { part: this.file.name, file, ...known, camera: document.camera, segment: span.segment };
    };
    const fact = proved.segments.get(span.segment);
    if (!fact) {
      this.#tampered(place(undefined), 'excerpt-record-missing');
      return null;
    }
    const index = await this.#read(paths.index, MAX_INDEX_BYTES);
    if (!index) return null;
    let lines = null;
    if (this.#files.has(paths.proofs)) {
      const proofs = await this.#read(paths.proofs, MAX_LIST_BYTES);
      if (!proofs) return null;
      const head = proved.heads.get(span.segment);
      lines = head ? provedLines(index, proofs, head, span) : null;
    } else {
      lines = wholeIndex(index, fact.segment, span);
    }
    if (!lines) {
      this.#tampered(place(fact.record, paths.index), 'excerpt-index-unproved');
      return null;
    }
    const video = this.#files.get(paths.video);
    if (!video) {
      this.#tampered(place(fact.record), 'archive-file-removed');
      return null;
    }
    const { changed, pieces } = await lookAtPiece(this.file, video.entry, lines);
    this.videos.push({ id: `${document.camera}/${span.segment}`, label: this.file.name, pieces });
    examiner.done(video.entry.bytes);
    const time = timeOfLines(lines);
    for (const line of changed) {
      const [from_ms, to_ms] = line ? [line.fromMs, line.toMs] : time;
      const id = line ? 'archive-video-changed' : 'archive-video-frame-changed';
      this.#tampered({ ...place(fact.record), from_ms, to_ms }, id);
    }
    const intact = changed.length === 0;
    if (intact) report.intact_segments += 1;
    report.recordings.push({
      day: document.day,
      camera: document.camera,
      segment: span.segment,
      part: this.file.name,
      file: paths.video,
      from_ms: time[0],
      to_ms: time[1],
      frames: lines.fragments.reduce((sum, { frames }) => sum + frames, 0),
      bytes: video.entry.bytes,
      sha256: video.sha256,
      intact,
    });
    return lines;
  }

  /** Between two segments nothing is kept back; where there was no video, that is told.
   * @param {Document} document @param {[Span, Lines]} before @param {[Span, Lines]} after */
  #holdTogether({ camera }, [before, beforeLines], [after, afterLines]) {
    const [from_ms, to_ms] = [timeOfLines(beforeLines)[1], timeOfLines(afterLines)[0]];
    const place = { part: this.file.name, camera, from_ms, to_ms };
    if (before.segment + 1 !== after.segment) {
      this.report.fault('INCOMPLETE', place, 'excerpt-segment-missing', { segment: before.segment + 1 });
    } else if (before.last + 1 !== beforeLines.total || after.first !== 1) {
      this.#tampered(place, 'excerpt-hole');
    } else if (to_ms - from_ms > SHORTEST_GAP_MS) {
      this.report.warn(place, 'archive-warning-gap', { seconds: Math.trunc((to_ms - from_ms) / 1000) });
    }
  }

  /** @param {Document} document */
  #holdToSpan({ camera, from_ms, to_ms }) {
    const [first, last] = [this.report.recordings[0], this.report.recordings.at(-1)];
    if (first && last && first.from_ms <= from_ms && to_ms <= last.to_ms) return;
    this.report.fault('INCOMPLETE', { part: this.file.name, camera, from_ms, to_ms }, 'excerpt-span');
  }

  /** @param {string} file @returns {Place} */
  #at(file) {
    return { part: this.file.name, file };
  }

  /** @param {Place} place @param {string} id */
  #tampered(place, id) {
    this.report.fault('TAMPERED', place, id);
  }

  /** The bytes of a file; notes if it is not there or longer than any can be. @param {string} path @param {number} max */
  async #read(path, max) {
    const bytes = await this.#bytes(path, max);
    if (!bytes) this.#tampered(this.#at(path), 'archive-file-removed');
    return bytes;
  }

  /** The same without a word. @param {string} path @param {number} max */
  async #bytes(path, max) {
    const entry = this.#files.get(path)?.entry;
    return entry && entry.bytes <= max ? readSpan(this.file, entry.data, entry.data + entry.bytes) : null;
  }
}

/** What the proved records say. */
class ProvedRecords {
  opened = false;
  /** @type {Map<number, { record: number, segment: any }>} */
  segments = new Map();
  /** @type {Map<number, { lines: number, root: string }>} */
  heads = new Map();
  /** @type {[number, number][]} When each was written, and the computer's offset from UTC then. */
  offsets = [];

  /** @param {Document} document */
  constructor(document) {
    this.document = document;
  }

  /** False: such a record has no place in this excerpt. @param {import('./record.js').Record} record */
  take({ n, utc_ms: utcMs, offset_min: offset, event }) {
    this.offsets.push([utcMs, offset]);
    const { document } = this;
    if (event.type === 'day_opened') {
      this.opened = n === 0 && event.day === document.day && event.epoch_key === document.epoch_key;
      return this.opened;
    }
    const isOurs = event.camera === document.camera && document.segments.some(({ segment }) => segment === event.segment);
    const put = (/** @type {Map<number, any>} */ map, /** @type {any} */ value) => {
      const isFirst = !map.has(event.segment);
      map.set(event.segment, value);
      return isFirst;
    };
    if (isOurs && event.type === 'segment_finished') return put(this.segments, { record: n, segment: event });
    if (isOurs && event.type === 'segment_indexed') return put(this.heads, { lines: event.lines, root: event.root });
    return false;
  }
}

/** @param {string} camera @param {number} segment */
function pathsOf(camera, segment) {
  const stem = `video/${camera}/${String(segment).padStart(6, '0')}`;
  return { video: `${stem}.mp4`, index: `${stem}.idx`, proofs: `${stem}.proofs` };
}

/** @param {any} document */
function isDocument(document) {
  if (!hasFields(document, EXCERPT_SHAPE) || !keyOfLine(document.device_key) || !keyOfLine(document.epoch_key)) return false;
  const spans = /** @type {Span[]} */ (document.segments);
  const inOrder = spans.every(({ segment }, at) => at === 0 || spans[at - 1].segment <= segment);
  const areSpans = spans.every(({ first, last }) => 0 < first && first <= last);
  const isBounded = spans.length > 0 && spans.length <= MAX_SEGMENTS;
  return inOrder && areSpans && isBounded && document.from_ms < document.to_ms && isTimeZone(document.time_zone);
}

/** Minutes east of UTC. @param {string} timeZone @param {number} utcMs */
function offsetAt(timeZone, utcMs) {
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' };
  const time = new Date(utcMs);
  if (Number.isNaN(time.getTime())) return null;
  const format = new Intl.DateTimeFormat('en', /** @type {any} */ ({ ...fields, timeZone, calendar: 'gregory' }));
  const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const local = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute);
  return Math.round((local - Math.floor(utcMs / 60_000) * 60_000) / 60_000);
}
