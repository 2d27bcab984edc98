// How things are named in an archive.

export const DAY_DOCUMENT = 'data/day.json';
export const RECORDS = 'data/journal/records.jsonl';
export const CHECKPOINTS = 'data/journal/checkpoints.txt';
export const CLOSING_ACT = 'data/closing-act.json';
/** What was said of the outages, as the journal has it too. */
export const OUTAGES = 'data/outages.json';
/** The day's logs, as the journal has them too. */
const LOGS = ['accesses', 'incidents', 'notes', 'operations', 'requests'].map((log) => `data/${log}.json`);
/** In an `-after-` part of its own. */
export const COUNTERSIGNATURE = 'data/countersignature.json';
/** Statements about the station's keys, a pair of files each. */
const KEYS = 'data/keys/';
export const BAG_DECLARATION = 'bagit.txt';
export const BAG_INFO = 'bag-info.txt';
export const MANIFEST = 'manifest-sha256.txt';
export const TAG_MANIFEST = 'tagmanifest-sha256.txt';
export const HOW_TO_VERIFY = 'verify.txt';
export const SSH_SIGNATURE = 'sig/station.sshsig';
export const RAW_SIGNATURE = 'sig/station.ed25519';
export const PUBLIC_KEY = 'sig/station.pem';

const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\.|$)/;

/** Whether a file in a part may be called so: every file system takes it as it is, and it leads nowhere else.
 * @param {string} name */
export function isEntryName(name) {
  if (name.length === 0 || name.length > 200 || !/^[a-z0-9._/-]+$/.test(name)) return false;
  return name.split('/').every((part) => part !== '' && !part.endsWith('.') && !WINDOWS_DEVICE.test(part));
}

/** What copies for the regional centre alone are called: nobody else can open them. @param {string} name */
export function isEncryptedName(name) {
  return /\.(?:zip|sshsig|p7s)\.age$/.test(name);
}

/** @param {unknown} text @param {number} max */
export function isSlug(text, max) {
  return typeof text === 'string' && text.length <= max && /^[a-z0-9][a-z0-9-]*$/.test(text);
}

/** @typedef {{ text: string, day: string, number: number | null, after: number | null }} PartName
 * `number` of the parts that the journal counts, `after` of what came after the day. */

/** @param {string} text @returns {PartName | null} */
export function readPartName(text) {
  const found = /^(.+)-([0-9]{1,10})$/.exec(text);
  if (!found) return null;
  const number = Number(found[2]);
  if (number > 0xffff_ffff) return null;
  const isAfter = found[1].endsWith('-after');
  const day = isAfter ? found[1].slice(0, -'-after'.length) : found[1];
  const written = isAfter ? `${day}-after-${number}` : `${day}-${String(number).padStart(2, '0')}`;
  if (!isSlug(day, 64) || written !== text) return null;
  return { text, day, number: isAfter ? null : number, after: isAfter ? number : null };
}

/** Whether a part of this name has a place for the file. @param {PartName} part @param {string} path */
export function hasPlaceFor(part, path) {
  const tags = [BAG_DECLARATION, BAG_INFO, MANIFEST, TAG_MANIFEST, HOW_TO_VERIFY];
  if ([...tags, SSH_SIGNATURE, RAW_SIGNATURE, PUBLIC_KEY].includes(path)) return true;
  // What comes after the day is of many kinds.
  if (part.number === null) return path.startsWith('data/');
  if (part.number > 0) return segmentOf(path) !== null;
  if (/^data\/forms\/[a-z0-9-]+\.(?:pdf|xlsx|json)$/.test(path)) return true;
  const isRotation = path.startsWith(KEYS) && /^[0-9]{4}\.(json|sshsig)$/.test(path.slice(KEYS.length));
  return [DAY_DOCUMENT, RECORDS, CHECKPOINTS, OUTAGES, ...LOGS].includes(path) || path.startsWith('data/stills/') || isRotation;
}

/** Where the statement about the station's `number`th new key and its signature stand; the first is 1.
 * @param {string} before `data/` in a part, nothing in an excerpt. @param {number} number */
export function rotationPaths(before, number) {
  const stem = `${before}keys/${String(number).padStart(4, '0')}`;
  return { statement: `${stem}.json`, signature: `${stem}.sshsig` };
}

/** @typedef {{ camera: string, segment: number }} SegmentKey */

/** One text for a segment, in an order of its own: by camera, then by number.
 * @param {SegmentKey} key */
export function segmentId({ camera, segment }) {
  return `${camera}/${String(segment).padStart(10, '0')}`;
}

/** @param {SegmentKey} key */
export function segmentPaths({ camera, segment }) {
  const stem = `data/video/${camera}/${String(segment).padStart(6, '0')}`;
  return { video: `${stem}.mp4`, index: `${stem}.idx` };
}

/** The segment that a path in a part belongs to. @param {string} path
 * @returns {(SegmentKey & { isIndex: boolean }) | null} */
export function segmentOf(path) {
  const found = /^data\/video\/([^/]+)\/([0-9]{6,10})\.(mp4|idx)$/.exec(path);
  if (!found || !isSlug(found[1], 32)) return null;
  const segment = Number(found[2]);
  if (segment > 0xffff_ffff || String(segment).padStart(6, '0') !== found[2]) return null;
  return { camera: found[1], segment, isIndex: found[3] === 'idx' };
}
