// Stations that went on with each other's exam day: which belong together, and whether each names a head that
// the journal before it really had.
import { fingerprint, paperCode, readPaperCode } from './keys.js';
import { Station } from './station.js';

/** @typedef {import('./bag.js').Bag} Bag */
/** @typedef {import('./report.js').Report} Report */

/** No exam day goes through more computers. Longer chains are not followed. */
const MAX_STATIONS = 16;

/** The stations of one exam day, in the order in which they took over: those that are linked to the first journal
 * here, or to the first part if there is no journal. What else there is, is noted.
 * @param {Bag[]} bags @param {Report} report @returns {Promise<Station[]>} */
export async function stationsOf(bags, report) {
  const first = bags.find(({ name }) => name.number === 0) ?? bags[0];
  if (!first) return [];
  /** @type {Map<string, Map<string, Bag>>} */
  const days = new Map();
  for (const bag of bags) {
    const parts = days.get(bag.name.day) ?? new Map();
    days.set(bag.name.day, parts);
    const other = parts.get(bag.name.text);
    if (!other) parts.set(bag.name.text, bag);
    else if (other.hash !== bag.hash || bag.hash === null) {
      report.fault('TAMPERED', { part: bag.label }, 'archive-part-twice', { other: other.label });
    }
  }
  const order = (/** @type {Bag} */ { name }) => name.number ?? 2 ** 32 + /** @type {number} */ (name.after);
  const all = [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, parts]) =>
    new Station(day, [...parts.values()].sort((a, b) => order(a) - order(b))).open());
  const stations = await Promise.all(all);
  const linked = new Set([first.name.day]);
  for (;;) {
    const links = stations.filter(({ day, claim }) => claim && linked.has(day) !== linked.has(claim.day));
    const room = MAX_STATIONS - linked.size;
    if (links.length > 0 && room <= 0) report.fault('CANNOT_VERIFY', {}, 'takeover-many', { most: MAX_STATIONS });
    if (links.length === 0 || room <= 0) break;
    for (const { day, claim } of links.slice(0, room)) linked.add(day).add(claim.day);
  }
  for (const { day, bags: strangers } of stations.filter((station) => !linked.has(station.day))) {
    for (const { label } of strangers) report.fault('CANNOT_VERIFY', { part: label }, 'archive-other-day', { day });
  }
  return inOrder(stations.filter((station) => linked.has(station.day)), report);
}

/** Each behind the one that it took over from. @param {Station[]} left @param {Report} report */
function inOrder(left, report) {
  /** @type {Station[]} */
  const ordered = [];
  while (left.length > 0) {
    const waits = (/** @type {Station} */ { claim }) => claim && left.some(({ day }) => day === claim.day);
    const next = left.findIndex((station) => !waits(station));
    if (next < 0) report.fault('TAMPERED', {}, 'takeover-circle', { day: left[0].day });
    ordered.push(...(next < 0 ? left.splice(0) : left.splice(next, 1)));
  }
  return ordered;
}

/** At which sizes somebody claims to know the root of this station's journal.
 * @param {Station[]} stations @param {string} day @returns {Set<number>} */
export function claimedSizes(stations, day) {
  const claims = stations.map(({ claim }) => claim).filter((claim) => claim?.day === day);
  return new Set(claims.filter(({ head }) => head.known === 'records').map(({ head }) => head.size));
}

/** Every claim against the journal that it is about. The journals have been read.
 * @param {Station[]} stations @param {import('./coverage.js').CoverageOfAll} coverage @param {Report} report */
export function holdToClaims(stations, coverage, report) {
  /** @type {Map<string, string>} */
  const successors = new Map();
  for (const station of stations) {
    const { claim, day: own } = station;
    if (!claim) continue;
    const [place, day] = [{ day: own }, claim.day];
    const other = successors.get(day);
    if (other !== undefined) report.fault('TAMPERED', place, 'takeover-twice', { day, other });
    successors.set(day, own);
    const old = stations.find((candidate) => candidate.day === day);
    if (!old) {
      report.fault('INCOMPLETE', place, 'takeover-old-missing', { day });
      continue;
    }
    holdToDocument(claim, station, old, report);
    if (old.journal && station.journal) coverage.bridge(old.journal.facts.duty, station.journal.facts.duty);
    if (holdToJournal(claim, old.journal, place, report)) old.isContinued = true;
  }
}

/** The same exam, and the key that the new station was told.
 * @param {any} claim @param {Station} station @param {Station} old @param {Report} report */
function holdToDocument(claim, station, old, report) {
  const [now, then] = [station.document, old.document];
  if (!now || !then) return;
  const place = { day: station.day };
  const isSame = now.region === then.region && now.point === then.point && now.plan.date === then.plan.date;
  if (!isSame) report.fault('TAMPERED', place, 'takeover-other-exam', { day: claim.day });
  if (claim.device_key !== null && claim.device_key !== fingerprint(then.device_key)) {
    report.fault('TAMPERED', place, 'takeover-other-key', { day: claim.day });
  }
}

/** Whether the journal stood once where the claim says.
 * @param {any} claim @param {import('./journal.js').Journal | null} journal @param {import('./report.js').Place} place
 * @param {Report} report */
function holdToJournal(claim, journal, place, report) {
  // That it is missing is told already.
  if (!journal) return false;
  const { head, day } = claim;
  /** @type {number | null} */
  let size = null;
  if (head.known === 'nothing') {
    report.warn(place, 'takeover-head-unknown', { day });
    return false;
  }
  if (head.known === 'records') {
    size = journal.roots.get(head.size) === head.root ? head.size : null;
  } else {
    const code = readPaperCode(head.code);
    const found = journal.notes.find(({ note, sound, recordsMatch }) => sound && recordsMatch && paperCode(note.root) === code);
    size = found?.note.size ?? null;
  }
  if (size === null) {
    report.fault('TAMPERED', place, 'takeover-head-differs', { day });
    return false;
  }
  const later = journal.records - size;
  if (later > 0) report.warn({ day, record: size }, 'takeover-went-on', { count: later });
  return true;
}
