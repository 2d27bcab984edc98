// Judging an archive by its bytes alone: strict ZIP, then hashes, then signatures, then the journal, then
// what the journal says of the parts and of every segment. No fault ends it.
import { holds, openBag } from './bag.js';
import { holdToCountersignatures, mistrusted, tellUnusedLines } from './countersigned.js';
import { CoverageOfAll } from './coverage.js';
import { Crc32 } from './crc32.js';
import { readJournal } from './journal.js';
import { fingerprint } from './keys.js';
import { segmentOf } from './names.js';
import { holdPartsToJournal, holdStillsToJournal, holdToClose, holdToClosingActs, holdToOneKey, partsOfOneDay } from './parts.js';
import { Report } from './report.js';
import { Sha256 } from './sha256.js';
import { checkVideo } from './video.js';

/** Files are read in pieces of this size. */
const SLICE_BYTES = 1 << 20;

/** What the reader knows beside the files.
 * @typedef {{ signers: import('./signers.js').Signers | null, act: import('./signers.js').Act | null, nowMs: number }} Options */

/** Who does the reading and is told of it.
 * @typedef {{ sums: (file: Blob, entry: import('./zip.js').Entry) => Promise<Sums>,
 *   done: (bytes: number) => void, onRecord: (record: import('./record.js').Record) => void }} Examiner */

/** @typedef {{ crc32: number, sha256: string } | { error: string }} Sums */

/** CRC-32 and SHA-256 of a span of a file, read in slices.
 * @param {Blob} file @param {number} from @param {number} to @param {(bytes: number) => void} done
 * @returns {Promise<Sums>} */
export async function sumsOf(file, from, to, done) {
  const [crc32, sha256] = [new Crc32(), new Sha256()];
  try {
    for (let at = from; at < to; at += SLICE_BYTES) {
      const bytes = new Uint8Array(await file.slice(at, Math.min(at + SLICE_BYTES, to)).arrayBuffer());
      crc32.update(bytes);
      sha256.update(bytes);
      done(bytes.length);
    }
  } catch (error) {
    return { error: String(error) };
  }
  return { crc32: crc32.finish(), sha256: sha256.finish() };
}

/** @typedef {{ report: Report, document: any, videos: { id: string, label: string, from: number, to: number }[] }} Verification
 * `videos` says where the segments' files stand in the parts. */

/** Verifies parts as one archive. @param {File[]} parts @param {File[]} beside Signatures beside them.
 * @param {string[]} open The names of parts that were never closed.
 * @param {Options} options @param {Examiner} examiner @returns {Promise<Verification>} */
export async function verify(parts, beside, open, options, examiner) {
  const report = new Report();
  const sources = [...parts].sort((a, b) => (a.name < b.name ? -1 : 1));
  const opened = [];
  for (const part of open) report.fault('INCOMPLETE', { part }, 'archive-part-open');
  if (sources.length === 0 && open.length === 0) report.fault('CANNOT_VERIFY', {}, 'archive-no-parts');
  for (const file of sources) {
    try {
      const bag = await openBag(file.name, file, report, examiner);
      if (bag) opened.push(bag);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      report.fault('CANNOT_VERIFY', { part: file.name }, 'archive-unreadable', { detail });
    }
  }
  const bags = partsOfOneDay(opened, report);
  const journal = report.day === null ? null : await judge(bags, report.day, beside, options, report, examiner);
  summarize(sources, bags, report);
  return { report, document: journal?.document ?? null, videos: videosOf(bags) };
}

/** @param {import('./bag.js').Bag[]} bags @param {string} day @param {File[]} beside @param {Options} options
 * @param {Report} report @param {Examiner} examiner */
async function judge(bags, day, beside, options, report, examiner) {
  const first = bags.find(({ name }) => name.number === 0);
  if (!first) report.fault('INCOMPLETE', {}, 'archive-journal-missing');
  const journal = first ? await readJournal(first, report, examiner) : null;
  const document = journal?.document ?? null;
  if (journal) {
    holdPartsToJournal(bags, journal.facts, report);
    holdToClose(journal, report);
  }
  if (document && document.day !== day) report.fault('TAMPERED', {}, 'archive-other-day', { day: document.day });
  const key = holdToOneKey(bags, document, report);
  await holdToClosingActs(bags, day, journal, report);
  const coverage = new CoverageOfAll();
  await checkVideo(bags, journal?.facts ?? null, day, coverage, report, examiner);
  if (journal) {
    holdStillsToJournal(bags, journal.facts, report);
    coverage.holdToJournal(journal.facts, report);
  }
  noteOtherChanges(bags, report);
  coverage.tell((id) => document?.cameras.find((/** @type {any} */ camera) => camera.id === id)?.name ?? '', report);
  if (journal) {
    report.time_zone = document?.time_zone ?? null;
    report.records = journal.records;
    report.restarts = journal.restarts;
    report.opening_code = journal.openingCode;
    report.closing_code = journal.closingCode;
  }
  const facts = journal?.facts ?? null;
  const isUntrusted = await holdToCountersignatures(beside, bags, day, facts, key, options, report);
  tellUnusedLines(options, report);
  judgeProvenance(key, day, journal, options, report);
  if (isUntrusted) report.provenance = 'UNTRUSTED_KEY';
  return journal;
}

/** Files under `data/` that are not what the list says, and that nobody else looks at as closely.
 * @param {import('./bag.js').Bag[]} bags @param {Report} report */
function noteOtherChanges(bags, report) {
  for (const bag of bags) {
    for (const [file, found] of bag.files) {
      const isOurs = file.startsWith('data/') && !segmentOf(file) && found.listed !== null;
      if (isOurs && !holds(found)) report.fault('TAMPERED', { part: bag.label, file }, 'archive-file-changed');
    }
  }
}

/** Whose archive it is. An act that agrees also vouches for a restart that no key vouches for.
 * @param {string | null} key @param {string} day @param {import('./journal.js').Journal | null} journal
 * @param {Options} options @param {Report} report */
function judgeProvenance(key, day, journal, options, report) {
  const { signers, act } = options;
  report.signer = key && fingerprint(key);
  let anchored = false;
  if (act && journal) {
    const differs = [];
    if (journal.openingCode !== act.opening) differs.push('archive-act-opening');
    if (journal.closingCode !== act.closing) differs.push('archive-act-closing');
    if (journal.restarts !== act.restarts) differs.push('archive-act-restarts');
    for (const id of differs) report.fault('TAMPERED', {}, id);
    anchored = differs.length === 0;
  }
  if (journal && !anchored && journal.unlinked > 0) {
    report.fault('INCOMPLETE', {}, 'archive-restart-unlinked', { count: journal.unlinked });
  }
  // Without a key of its own nobody vouches for it.
  const isForeign = key === null || mistrusted(key, 'station', day, options, {}, report);
  if (signers && isForeign) report.provenance = 'UNTRUSTED_KEY';
  else if (anchored) report.provenance = 'ANCHORED';
  else report.provenance = signers ? 'KNOWN_KEY' : 'UNCHECKED';
}

/** @param {File[]} sources @param {import('./bag.js').Bag[]} bags @param {Report} report */
function summarize(sources, bags, report) {
  const faulty = new Set(report.faults.map(({ place }) => place.part));
  for (const { name: file, size: bytes } of sources) {
    const bag = bags.find(({ label }) => label === file);
    const intact = !faulty.has(file) && (bag?.signer ?? null) !== null;
    report.parts.push({ file, bytes, name: bag?.name.text ?? null, sha256: bag?.hash ?? null, intact });
  }
}

/** @param {import('./bag.js').Bag[]} bags */
function videosOf(bags) {
  return bags.flatMap(({ label, files }) =>
    [...files].flatMap(([path, { entry }]) => {
      const key = segmentOf(path);
      if (!key || key.isIndex) return [];
      return [{ id: `${key.camera}/${key.segment}`, label, from: entry.data, to: entry.data + entry.bytes }];
    }),
  );
}
