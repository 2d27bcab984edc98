// The recordings: every segment against the signed list, the journal and its own index, so that damage is
// told by the second.
import { bytesOf, hexOf, readSpan, sameBytes, textOf, joined } from './bytes.js';
import { holds, isChanged } from './bag.js';
import { MerkleTree } from './merkle.js';
import { segmentId, segmentOf, segmentPaths } from './names.js';

const MAX_INDEX_LINE_BYTES = 512;
const MAX_LINES = 100_000;
export const MAX_INDEX_BYTES = MAX_LINES * MAX_INDEX_LINE_BYTES;
export const MAX_FRAGMENT_BYTES = 64 * 1024 * 1024;

/** @typedef {import('./bag.js').Bag} Bag */
/** @typedef {import('./facts.js').Facts} Facts */
/** @typedef {import('./report.js').Report} Report */

/** One fragment as the index tells it.
 * @typedef {{ offset: number, length: number, shownMs: number, fromMs: number, toMs: number, monoMs: number,
 *   frames: number, isKey: boolean, sha256: string }} Line */

const COUNT = '(0|[1-9][0-9]{0,15})';
const INDEX_LINE = new RegExp(
  `^\\{"i":${COUNT},"offset":${COUNT},"length":${COUNT},"pts_ms":${COUNT},"utc_ms":(-?[1-9][0-9]{0,15}|0),` +
    `"mono_ms":${COUNT},"duration_ms":${COUNT},"frames":${COUNT},"key":(true|false),"sha256":"([0-9a-f]{64})"\\}\\n$`,
);

/** One line with its LF. None: it is not written as an index line is.
 * @param {Uint8Array} bytes @returns {(Line & { i: number }) | null} */
export function readIndexLine(bytes) {
  const found = bytes.length <= MAX_INDEX_LINE_BYTES ? INDEX_LINE.exec(textOf(bytes) ?? '') : null;
  if (!found) return null;
  const [i, offset, length, shownMs, utcMs, monoMs, durationMs, frames] = found.slice(1, 9).map(Number);
  const [isKey, sha256] = [found[9] === 'true', found[10]];
  return { i, offset, length, shownMs, fromMs: utcMs, toMs: utcMs + durationMs, monoMs, frames, isKey, sha256 };
}

/** The lines of an index up to the first that is wrong, and whether there is such a one.
 * @param {Uint8Array} bytes @returns {{ lines: Line[], fault: string | null }} */
export function readIndex(bytes) {
  /** @type {Line[]} */
  const lines = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at) + 1;
    const found = end > at ? readIndexLine(bytes.subarray(at, end)) : null;
    const fault = (/** @type {string} */ what) => ({ lines, fault: `line ${lines.length} of the index: ${what}` });
    if (!found) return fault('the line is not written as an index line is');
    if (lines.length === MAX_LINES) return fault('there are too many lines');
    const { i, ...line } = found;
    const { offset, length, frames } = line;
    const before = lines.at(-1);
    if (i !== lines.length) return fault('the number is not the next one');
    const follows = (!before || offset === before.offset + before.length) && length > 0;
    if (!follows || frames > 0 !== (before !== undefined) || !Number.isSafeInteger(offset + length)) {
      return fault('the span does not follow the one before');
    }
    lines.push(line);
    at = end;
  }
  return lines.length > 0 ? { lines, fault: null } : { lines, fault: 'line 0 of the index: there are no lines' };
}

/** Looks at every segment that a part holds or the journal names.
 * @param {Bag[]} bags @param {Facts | null} facts @param {string} day
 * @param {import('./coverage.js').CoverageOfAll} coverage
 * @param {Report} report @param {import('./verify.js').Examiner} examiner */
export async function checkVideo(bags, facts, day, coverage, report, examiner) {
  const known = knownVideos(bags, facts);
  /** @type {Set<string>} */
  const seen = new Set();
  for (const bag of bags) {
    for (const [id, key] of segmentsIn(bag)) {
      const taken = facts?.taken.get(id);
      if (taken && bag.name.number !== taken.part) {
        const place = { part: bag.label, record: taken.record, ...key };
        report.fault('TAMPERED', place, 'archive-segment-moved', { part: taken.part });
      }
      const subject = new Subject(bag, id, key, facts, known, report);
      if (seen.has(id)) {
        report.fault('TAMPERED', subject.place(), 'archive-segment-twice');
        continue;
      }
      seen.add(id);
      const recording = await subject.check(coverage, examiner);
      if (recording.intact) report.intact_segments += 1;
      report.recordings.push(recording);
    }
  }
  if (facts) noteAbsent(bags, facts, day, seen, coverage, report);
  report.recordings.sort((a, b) => (segmentId(a) < segmentId(b) ? -1 : 1));
}

/** A segment that is there, and what is said of it. */
class Subject {
  #faults;
  /** @param {Bag} bag @param {string} id @param {import('./names.js').SegmentKey} key @param {Facts | null} facts
   * @param {Map<string, import('./names.js').SegmentKey>} known @param {Report} report */
  constructor(bag, id, key, facts, known, report) {
    this.bag = bag;
    this.id = id;
    this.key = key;
    this.fact = facts?.segments.get(id) ?? null;
    this.heads = facts?.heads.get(id) ?? [];
    /** The journal names it, or can't be asked. */
    this.isNamed = !facts || !facts.complete || this.fact !== null;
    /** What the journal says of it counts for more than a part's own list. */
    this.isVouched = this.fact !== null && facts?.complete === true;
    this.known = known;
    this.report = report;
    this.paths = segmentPaths(key);
    this.#faults = report.faultCount;
  }

  /** @param {[number, number] | null} [time] @returns {import('./report.js').Place} */
  place(time) {
    const record = this.fact ? { record: this.fact.record } : {};
    return { part: this.bag.label, ...record, ...this.key, ...(time ? { from_ms: time[0], to_ms: time[1] } : {}) };
  }

  /** @param {import('./coverage.js').CoverageOfAll} coverage @param {import('./verify.js').Examiner} examiner
   * @returns {Promise<import('./report.js').Recording>} */
  async check(coverage, examiner) {
    const { bag, fact, report, paths } = this;
    const [video, index] = [bag.files.get(paths.video), bag.files.get(paths.index)];
    if (!this.isNamed) report.fault('TAMPERED', this.place(), 'archive-segment-unknown');
    for (const [file, found] of /** @type {const} */ ([[paths.video, video], [paths.index, index]])) {
      // What the list has and is not there is told already.
      if (!found && fact) {
        const place = this.place([fact.segment.from_ms, fact.segment.to_ms]);
        report.fault('TAMPERED', { ...place, file }, 'archive-file-removed');
      }
    }
    const isGoodIndex = index !== undefined && this.#isGood(index, 'index_sha256');
    const lines = index ? await this.#index(index) : null;
    const said = fact?.segment;
    // A segment that has no business here, or whose index says something else, is no evidence.
    const isInPlace = this.#faults === report.faultCount;
    const fragments = lines?.slice(1) ?? [];
    const recording = {
      day: bag.name.day,
      ...this.key,
      part: bag.label,
      file: paths.video,
      from_ms: said?.from_ms ?? fragments[0]?.fromMs ?? 0,
      to_ms: said?.to_ms ?? fragments.at(-1)?.toMs ?? 0,
      frames: said?.frames ?? fragments.reduce((sum, { frames }) => sum + frames, 0),
      bytes: video?.entry.bytes ?? said?.bytes ?? 0,
      sha256: video?.sha256 ?? null,
      intact: false,
    };
    let found = null;
    if (video) {
      // A video that is as it was recorded is not held to an index that is not.
      found = await this.#video(video, isGoodIndex || !this.#isGood(video, 'sha256') ? lines : null);
      examiner.done(video.entry.bytes);
    }
    const isFaultless = this.#faults === report.faultCount;
    const areListed = [video, index].every((file) => file !== undefined && holds(file));
    recording.intact = isFaultless && (areListed || this.isVouched);
    for (const [file, other] of /** @type {const} */ ([[paths.video, video], [paths.index, index]])) {
      const differs = this.isVouched && isFaultless && other !== undefined && isChanged(other);
      if (differs) report.fault('TAMPERED', { part: bag.label, file }, 'archive-list-differs');
    }
    if (video) {
      const isWhole = this.isVouched && this.#isGood(video, 'sha256');
      if (found && isInPlace) coverage.takeFragments(this.key.camera, found);
      else coverage.take(this.key.camera, isWhole ? 'signed' : 'changed', recording.from_ms, recording.to_ms);
    }
    return recording;
  }

  /** The lines of the index as far as they can be read; notes what is wrong with it.
   * @param {import('./bag.js').BagFile} file */
  async #index(file) {
    const { bag, fact, report } = this;
    const place = { ...this.place(), file: this.paths.index };
    const isGood = this.#isGood(file, 'index_sha256');
    if (!isGood) report.fault('TAMPERED', place, 'archive-index-changed');
    const bytes = await bag.read(this.paths.index, MAX_INDEX_BYTES);
    if (!bytes) return null;
    const { lines, fault } = readIndex(bytes);
    if (fault && isGood) report.fault('TAMPERED', place, 'archive-index-form', { detail: fault });
    const record = firstOtherHead(bytes, this.heads);
    if (record !== null) report.fault('TAMPERED', { ...place, record }, 'archive-index-head');
    return lines;
  }

  /** Its bytes are those that were recorded, as far as anybody here can say.
   * @param {import('./bag.js').BagFile} file @param {'sha256' | 'index_sha256'} hash As the journal calls it. */
  #isGood(file, hash) {
    const asRecorded = !this.fact || this.fact.segment[hash] === file.sha256;
    return asRecorded && (this.isVouched || !isChanged(file));
  }

  /** Holds the video to its hashes, and to its index where there is one. Gives what was found of its fragments;
   * none if they are not those of this segment.
   * @param {import('./bag.js').BagFile} file @param {Line[] | null} lines */
  async #video(file, lines) {
    const { fact, report } = this;
    const asRecorded = fact ? fact.segment.sha256 === file.sha256 : holds(file);
    const good = this.#isGood(file, 'sha256');
    const at = (/** @type {[number, number] | null} */ time) => ({ ...this.place(time), file: this.paths.video });
    /** @type {[number, number] | null} */
    const wholeTime = fact ? [fact.segment.from_ms, fact.segment.to_ms] : timeOf(lines);
    const other = this.known.get(file.sha256);
    if (!good && other && segmentId(other) !== this.id) {
      const args = { camera: other.camera, file: `${String(other.segment).padStart(6, '0')}.mp4` };
      report.fault('TAMPERED', at(wholeTime), 'archive-video-swapped', args);
      return null;
    }
    const { changes, fragments } = await inspect(this.bag.file, file.entry, lines ?? [], asRecorded);
    if (changes.length === 0 && !good) {
      report.fault('TAMPERED', at(wholeTime), 'archive-video-changed');
      return null;
    }
    for (const { isFragment, time } of changes) {
      report.fault('TAMPERED', at(time), isFragment ? 'archive-video-changed' : 'archive-video-frame-changed');
    }
    return lines && fragments;
  }
}

/** @param {Line[] | null} lines @returns {[number, number] | null} */
function timeOf(lines) {
  return lines && lines.length > 1 ? [lines[1].fromMs, lines[lines.length - 1].toMs] : null;
}

/** Every place of a file that is not as its index says, fragments that follow each other as one.
 * @param {Blob} file @param {import('./zip.js').Entry} entry @param {Line[]} lines
 * @param {boolean} asRecorded All of it has the hash that was signed while recording.
 * @returns {Promise<{ changes: { isFragment: boolean, time: [number, number] }[],
 *   fragments: import('./coverage.js').Fragment[] }>} */
async function inspect(file, entry, lines, asRecorded) {
  /** @type {{ isFragment: boolean, time: [number, number] }[]} */
  const changes = [];
  /** @type {import('./coverage.js').Fragment[]} */
  const fragments = [];
  const span = (/** @type {number} */ offset, /** @type {number} */ length) =>
    readSpan(file, entry.data + Math.min(offset, entry.bytes), entry.data + Math.min(offset + length, entry.bytes));
  const frame = () => changes.push({ isFragment: false, time: timeOf(lines) ?? [0, 0] });
  const end = lines.length > 0 ? lines[lines.length - 1].offset + lines[lines.length - 1].length : 0;
  let last = -1;
  for (const [number, line] of lines.entries()) {
    if (number === 0) {
      const header = closedHeader(end);
      if (line.offset !== header.length || !sameBytes(await span(0, header.length), header)) frame();
    }
    const bytes = line.length <= MAX_FRAGMENT_BYTES ? await span(line.offset, line.length) : new Uint8Array();
    const sha256 = hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    const isWhole = sha256 === line.sha256;
    if (number > 0) fragments.push({ i: number, fromMs: line.fromMs, toMs: line.toMs, isWhole });
    if (isWhole) continue;
    const run = changes.at(-1);
    if (number === 0) frame();
    else if (run?.isFragment && last === number - 1) run.time[1] = line.toMs;
    else changes.push({ isFragment: true, time: [line.fromMs, line.toMs] });
    last = number;
  }
  // Behind the fragments stands the list of all frames, one `moov`, and nothing else.
  const tail = await span(end, 8);
  const isMoov = tail.length === 8 && textOf(tail.subarray(4)) === 'moov';
  const tailBytes = isMoov ? new DataView(tail.buffer).getUint32(0) : -1;
  if (lines.length > 0 && (tailBytes !== entry.bytes - end || (!asRecorded && changes.length === 0))) frame();
  return { changes, fragments };
}

/** What a finished file begins with if its fragments end there: `ftyp`, an empty `free`, the head of `mdat`.
 * @param {number} end */
export function closedHeader(end) {
  const box = (/** @type {number} */ size, /** @type {string} */ kind) => {
    const head = new Uint8Array(8);
    new DataView(head.buffer).setUint32(0, Math.min(Math.max(size, 0), 0xffff_ffff));
    head.set(bytesOf(kind), 4);
    return head;
  };
  const brands = bytesOf('iso5\0\0\0\0isomiso5iso6mp41avc1');
  const before = joined(box(8 + brands.length, 'ftyp'), brands, box(8, 'free'));
  return joined(before, box(end - before.length, 'mdat'));
}

/** @param {Bag} bag */
function segmentsIn(bag) {
  /** @type {Map<string, import('./names.js').SegmentKey>} */
  const found = new Map();
  for (const path of bag.files.keys()) {
    const key = segmentOf(path);
    if (key) found.set(segmentId(key), { camera: key.camera, segment: key.segment });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Which segment a video's bytes are, by the journal and by the signed lists.
 * @param {Bag[]} bags @param {Facts | null} facts */
function knownVideos(bags, facts) {
  /** @type {Map<string, import('./names.js').SegmentKey>} */
  const known = new Map();
  for (const bag of bags) {
    for (const [path, { listed }] of bag.files) {
      const key = segmentOf(path);
      if (key && !key.isIndex && listed !== null) known.set(listed, key);
    }
  }
  for (const { segment } of facts?.segments.values() ?? []) known.set(segment.sha256, segment);
  return known;
}

/** Segments that the journal names and no part here holds. Where the whole part is not here, that is told once
 * for the part.
 * @param {Bag[]} bags @param {Facts} facts @param {string} day @param {Set<string>} seen
 * @param {import('./coverage.js').CoverageOfAll} coverage @param {Report} report */
function noteAbsent(bags, facts, day, seen, coverage, report) {
  const absent = [...facts.segments].filter(([id]) => !seen.has(id)).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [id, { record, segment: said }] of absent) {
    const { camera, segment, from_ms, to_ms, frames, bytes } = said;
    const place = { record, camera, segment, from_ms, to_ms };
    const part = facts.taken.get(id)?.part;
    if (part === undefined) report.fault('INCOMPLETE', place, 'archive-segment-not-packed');
    else if (bags.some(({ name }) => name.number === part)) report.fault('TAMPERED', place, 'archive-segment-removed');
    else if (facts.opened.get(part) === 'kept') coverage.take(camera, 'kept', from_ms, to_ms);
    report.recordings.push({ day, camera, segment, part: null, file: null, from_ms, to_ms, frames, bytes, sha256: null, intact: false });
  }
}

/** The record of the first head that these lines don't lead to.
 * @param {Uint8Array} index @param {{ record: number, lines: number, root: string }[]} heads */
function firstOtherHead(index, heads) {
  const tree = new MerkleTree();
  let at = 0;
  for (const { record, lines, root } of heads) {
    for (; tree.size < lines; ) {
      if (at >= index.length) return record;
      const end = index.indexOf(10, at) + 1 || index.length;
      tree.push(index.subarray(at, end));
      at = end;
    }
    if (tree.size === lines && tree.root() !== root) return record;
  }
  return null;
}
