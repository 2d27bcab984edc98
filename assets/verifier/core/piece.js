// A piece of a segment: fragments that follow each other, as an ordinary MP4 of their own. The spans that the index names
// are proved by its hashes; what is before and behind them follows from them alone.
import { hexOf, readSpan, sameBytes } from './bytes.js';
import { ours, readFragment, shownAtOf, ticksIn } from './fragments.js';
import { FrameList } from './frames.js';
import { closedHeader, MAX_FRAGMENT_BYTES } from './video.js';

const FTYP_BYTES = 36;
const TICKS_IN_MS = 90;

/** @typedef {import('./disclosed.js').Lines} Lines */
/** @typedef {import('./disclosed.js').ProvedLine} ProvedLine */

/** Every place of a piece's file that is not as its lines say: the fragment, or none for what is around them; and
 * what of the file is played.
 * @param {Blob} file @param {import('./zip.js').Entry} entry @param {Lines} lines */
export async function lookAtPiece(file, entry, { initial, fragments }) {
  const header = closedHeader(0).length;
  const [first, last] = [fragments[0], fragments[fragments.length - 1]];
  const placeOf = (/** @type {ProvedLine} */ { offset }) => header + initial.length + offset - first.offset;
  const end = placeOf(last) + last.length;
  const span = (/** @type {number} */ from, /** @type {number} */ length) =>
    readSpan(file, entry.data + Math.min(from, entry.bytes), entry.data + Math.min(from + length, entry.bytes));
  const proved = async (/** @type {number} */ from, /** @type {ProvedLine} */ line) => {
    const bytes = line.length <= MAX_FRAGMENT_BYTES ? await span(from, line.length) : new Uint8Array();
    return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) === line.sha256 ? bytes : null;
  };
  /** @type {(ProvedLine | null)[]} */
  const changed = [];
  if (!sameBytes(await span(0, header), closedHeader(end))) changed.push(null);
  const moov = await proved(header, initial);
  let list = moov && ours(() => new FrameList(moov));
  if (list && !tellsOfBegin(initial, list.createdMs)) list = null;
  if (!list) changed.push(null);
  for (const line of fragments) {
    const bytes = await proved(placeOf(line), line);
    const fragment = bytes && ours(() => readFragment(bytes));
    const isTold = fragment !== null && tells(line, fragment);
    const follows = isTold && list ? ours(() => list?.push(fragment, placeOf(line))) !== null : isTold;
    if (follows) continue;
    changed.push(line);
    list = null;
  }
  const tail = list && ours(() => list?.bytes() ?? null);
  // One byte more shows whether something follows.
  if (tail && !sameBytes(await span(end, tail.length + 1), tail)) changed.push(null);
  // If something of it is not proved, its `ftyp` and what is, the way it was recorded.
  const parts = changed.length === 0 ? [[0, entry.bytes]] : [[0, FTYP_BYTES], [header, end]];
  return { changed, pieces: parts.map(([from, to]) => [entry.data + from, entry.data + to]) };
}

/** Whether a line says what the fragment does. @param {ProvedLine} line @param {import('./fragments.js').Fragment} fragment */
function tells(line, { number, utcMs, monoMs, pictures }) {
  const { i, shownMs, fromMs, toMs, frames, isKey } = line;
  const times = shownMs === inMs(shownAtOf(pictures)) && fromMs === utcMs && toMs === utcMs + inMs(ticksIn(pictures));
  const first = pictures.samples[0];
  return times && line.monoMs === monoMs && i === number && frames === pictures.samples.length && isKey === first.key;
}

/** The same of line 0. @param {ProvedLine} line @param {number} createdMs */
function tellsOfBegin({ shownMs, fromMs, toMs, monoMs, frames, isKey }, createdMs) {
  return fromMs === createdMs && toMs === createdMs && shownMs === 0 && monoMs === 0 && frames === 0 && !isKey;
}

/** @param {number} ticks */
function inMs(ticks) {
  return Math.floor(ticks / TICKS_IN_MS);
}
