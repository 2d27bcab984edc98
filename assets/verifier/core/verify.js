// Judging an archive by its bytes alone: strict ZIP, then hashes, then signatures, then the journal, then
// what the journal says of the parts and of every segment. No fault ends it.
import { openBag } from './bag.js';
import { readCountersignatureName, tellUnusedLines } from './countersigned.js';
import { CoverageOfAll } from './coverage.js';
import { Crc32 } from './crc32.js';
import { isExcerpt, judgeExcerpt } from './excerpt.js';
import { segmentOf } from './names.js';
import { Report } from './report.js';
import { isMistrusted } from './rotations.js';
import { Sha256 } from './sha256.js';
import { claimedSizes, holdToClaims, stationsOf } from './takeover.js';

/** @typedef {import('./station.js').Station} Station */

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

/** @typedef {{ report: Report, document: any, videos: { id: string, label: string, pieces: number[][] }[] }} Verification
 * `videos` says where what is played of the segments stands in the parts: from, to. */

/** Verifies parts as one archive. @param {File[]} parts @param {File[]} beside Signatures beside them.
 * @param {{ open: string[], encrypted: string[] }} others Names of parts that were never closed, or can't be opened.
 * @param {Options} options @param {Examiner} examiner @returns {Promise<Verification>} */
export async function verify(parts, beside, { open, encrypted }, options, examiner) {
  const report = new Report();
  const sources = [...parts].sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = await Promise.all(sources.map((file) => isExcerpt(file).catch(() => false)));
  const excerpt = sources[found.indexOf(true)];
  if (excerpt) {
    const isAlone = sources.length === 1;
    if (!isAlone) report.fault('CANNOT_VERIFY', { part: excerpt.name }, 'excerpt-not-alone');
    const videos = isAlone ? await judgeExcerpt(excerpt, options, report, examiner) : [];
    return { report, document: null, videos };
  }
  const opened = [];
  for (const part of encrypted) report.warn({ part }, 'archive-encrypted');
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
  const stations = await stationsOf(opened, report);
  if (stations.length > 0) await judge(stations, beside, options, report, examiner);
  const bags = stations.flatMap((station) => station.bags);
  summarize(sources, bags, report);
  return { report, document: stations.at(-1)?.document ?? null, videos: videosOf(bags) };
}

/** @param {Station[]} stations @param {File[]} beside @param {Options} options @param {Report} report
 * @param {Examiner} examiner */
async function judge(stations, beside, options, report, examiner) {
  /** Where there are several, what is noted meanwhile says of which station it is.
   * @param {Station} station @param {() => unknown} work */
  const within = async (station, work) => {
    const before = report.noted;
    await work();
    if (stations.length > 1) report.placeAt(station.day, before);
  };
  const coverage = new CoverageOfAll();
  for (const station of stations) {
    await within(station, () => station.read(claimedSizes(stations, station.day), report, examiner));
  }
  holdToClaims(stations, coverage, report);
  const last = stations[stations.length - 1];
  let isUntrusted = false;
  for (const station of stations) {
    const own = beside.filter(({ name }) => {
      const day = readCountersignatureName(name)?.day;
      // What belongs to no station here is told with the last.
      return day === station.day || (station === last && stations.every((other) => other.day !== day));
    });
    await within(station, async () => {
      const found = await station.judge(own, coverage, options, report, examiner);
      isUntrusted ||= found;
    });
  }
  tellUnusedLines(options, report);
  coverage.tell((id) => cameraName(stations, id), report);
  tellDay(last, report);
  await judgeProvenance(stations, within, options, report);
  if (isUntrusted) report.provenance = 'UNTRUSTED_KEY';
}

/** As the newest document calls it. @param {Station[]} stations @param {string} id @returns {string} */
function cameraName(stations, id) {
  const cameras = [...stations].reverse().flatMap(({ document }) => document?.cameras ?? []);
  return cameras.find((camera) => camera.id === id)?.name ?? '';
}

/** The report is that of the station which ended the day; the others stand in its list.
 * @param {Station} last @param {Report} report */
function tellDay(last, report) {
  const summary = report.stations[report.stations.length - 1];
  report.day = last.day;
  report.time_zone = last.document?.time_zone ?? null;
  for (const name of /** @type {const} */ (['records', 'restarts', 'signer', 'opening_code', 'closing_code'])) {
    Object.assign(report, { [name]: summary[name] });
  }
}

/** Whose archive it is. An act that agrees also vouches for a restart that no key vouches for. It is that of the
 * station which ended the day, and reaches as far back as each one knew the one before.
 * @param {Station[]} stations @param {(station: Station, work: () => unknown) => Promise<void>} within
 * @param {Options} options @param {Report} report */
async function judgeProvenance(stations, within, options, report) {
  const { signers, act } = options;
  const { journal } = stations[stations.length - 1];
  let anchored = false;
  if (act && journal) {
    const differs = [];
    if (journal.openingCode !== act.opening) differs.push('archive-act-opening');
    if (journal.closingCode !== act.closing) differs.push('archive-act-closing');
    if (journal.restarts !== act.restarts) differs.push('archive-act-restarts');
    for (const id of differs) report.fault('TAMPERED', {}, id);
    anchored = differs.length === 0;
  }
  for (const [at, station] of stations.entries()) {
    const count = station.journal?.unlinked ?? 0;
    if (count === 0 || (anchored && stations.slice(at, -1).every((old) => old.isContinued))) continue;
    await within(station, () => report.fault('INCOMPLETE', {}, 'archive-restart-unlinked', { count }));
  }
  let isForeign = false;
  for (const station of stations) {
    await within(station, () => {
      // Without a key of its own nobody vouches for it.
      const { key, day } = station;
      const wrong = key === null || isMistrusted(key, station.rotations, day, options, report);
      isForeign ||= wrong;
    });
  }
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
      return [{ id: `${key.camera}/${key.segment}`, label, pieces: [[entry.data, entry.data + entry.bytes]] }];
    }),
  );
}
