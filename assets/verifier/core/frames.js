// The list of all frames behind a recording's fragments, one `moov`: it follows from them alone, so that nothing of it has
// to be believed. What is derived is what src/recording/mp4 writes, byte for byte.
import { bytesOf, joined, sameBytes } from './bytes.js';
import { Boxes, bytesIn, NotOurs, shownAtOf } from './fragments.js';

const TICKS = 90_000;
/** Samples of a file and track, at 60 pictures a second over nine hours. */
const MAX_SAMPLES = 2_000_000;
/** No file grows longer. */
const MAX_FILE_BYTES = 768 * 1024 * 1024;
const U32_END = 2 ** 32;
/** From 1904-01-01, where ISO/IEC 14496-12 counts from, to the Unix epoch. */
const MP4_TO_UNIX_S = 2_082_844_800;

/** @typedef {import('./fragments.js').Fragment} Fragment */
/** @typedef {import('./fragments.js').Run} Run */
/** Where its bytes begin in the file, and how many samples there are up to its end.
 * @typedef {Run & { offset: number, count: number }} Chunk */
/** The boxes of a track before its fragments.
 * @typedef {{ head: Uint8Array, mediaHead: Uint8Array, handler: Uint8Array, info: Uint8Array[], entry: Uint8Array,
 *   ticks: number, preSkip: number }} Track */

/** What is known of a file's fragments, one after the other. Throws what is not ours. */
export class FrameList {
  /** @type {Fragment | null} */
  #first = null;
  /** @type {Chunk[]} */
  #pictures = [];
  /** @type {Chunk[]} */
  #sound = [];
  #unheard = 0;

  /** @param {Uint8Array} moov The one before the fragments; throws if it is not written as a recording's is. */
  constructor(moov) {
    const [head, ...tracks] = boxesIn(moov, 'moov', ['mvhd', 'trak', 'trak', 'mvex'], ['mvhd', 'trak', 'mvex']).slice(0, -1);
    this.head = head;
    [this.picture, this.voice] = tracks.map(readTrack);
  }

  /** When the file was begun, by its own word. */
  get createdMs() {
    const head = new Boxes(this.head);
    const isLong = head.take(9)[8] === 1;
    head.take(3);
    return ((isLong ? head.count() : head.u32()) - MP4_TO_UNIX_S) * 1000;
  }

  /** Adds the next fragment, which begins at a place of the file. @param {Fragment} fragment @param {number} offset */
  push(fragment, offset) {
    const first = (this.#first ??= fragment);
    const picturesAt = offset + fragment.headBytes;
    if (fragment.number !== first.number + this.#pictures.length) throw new NotOurs();
    this.#add(this.#pictures, fragment.pictures, first.pictures.decodeTime, picturesAt);
    if (fragment.sound) {
      if (!this.voice) throw new NotOurs();
      const pictured = scaled(first.pictures.decodeTime, this.voice.ticks, TICKS);
      // Sound of before the first pictures is there, as it belongs to the fragment, and not heard.
      this.#unheard = Math.max(0, pictured - (first.sound?.decodeTime ?? pictured));
      this.#add(this.#sound, fragment.sound, pictured - this.#unheard, picturesAt + bytesIn(fragment.pictures));
    }
  }

  /** The `moov` behind the fragments. */
  bytes() {
    const pictures = pictureTrack(this.picture, this.#pictures);
    const sound = this.voice && this.#sound.length > 0 ? soundTrack(this.voice, this.#sound, this.#unheard) : null;
    const head = withDuration(this.head, 24, Math.max(pictures.duration, sound?.duration ?? 0));
    head.set(numbersOf([sound ? 3 : 2]), head.length - 4);
    return box('moov', head, pictures.bytes, ...(sound ? [sound.bytes] : []));
  }

  /** @param {Chunk[]} chunks @param {Run} run @param {number} before @param {number} offset */
  #add(chunks, { decodeTime, samples }, before, offset) {
    const chunk = { decodeTime: Math.max(0, decodeTime - before), samples, offset };
    const last = chunks.at(-1);
    const step = chunk.decodeTime - (last ? lastDecodeTime(last) : 0);
    const follows = step < U32_END && (last ? step > 0 : step >= 0);
    const count = (last?.count ?? 0) + samples.length;
    if (!follows || count > MAX_SAMPLES || offset > MAX_FILE_BYTES) throw new NotOurs();
    chunks.push({ ...chunk, count });
  }
}

/** @param {Uint8Array} trak @returns {Track} */
function readTrack(trak) {
  const [head, media] = boxesIn(trak, 'trak', ['tkhd', 'mdia']);
  const [mediaHead, handler, info] = boxesIn(media, 'mdia', ['mdhd', 'hdlr', 'minf']);
  const [kind, data, table] = boxesIn(info, 'minf', ['vmhd', 'dinf', 'stbl'], ['smhd', 'dinf', 'stbl']);
  const [entry] = boxesIn(table, 'stbl', ['stsd', 'stts', 'stsc', 'stsz', 'stco']);
  const view = new DataView(mediaHead.buffer, mediaHead.byteOffset);
  const ticks = view.getUint32(mediaHead[8] === 1 ? 28 : 20);
  if (ticks === 0) throw new NotOurs();
  // An `Opus` entry names what its encoder puts before the sound: `dOps` stands 36 bytes behind its start.
  const isOpus = sameBytes(entry.subarray(20, 24), bytesOf('Opus')) && entry.length >= 64;
  return { head, mediaHead, handler, info: [kind, data], entry, ticks, preSkip: isOpus ? entry[62] * 256 + entry[63] : 0 };
}

/** @param {Track} track @param {Chunk[]} chunks */
function pictureTrack(track, chunks) {
  const times = durationsOf(chunks);
  const duration = sumOf(times);
  const samples = chunks.flatMap((chunk) => chunk.samples);
  const begins = shownAtOf(chunks[0]);
  const after = samples.map(({ shownAfter }) => shownAfter);
  const version = after.some((ticks) => ticks < 0) ? 1 : 0;
  const shown = after.some((ticks) => ticks !== 0) ? [fullBox('ctts', version, counted(runsOf(after)))] : [];
  const keys = samples.flatMap(({ key }, at) => (key ? [[at + 1]] : []));
  const table = tableOf(track, times, shown, chunks, [fullBox('stss', 0, counted(keys))]);
  const edits = begins > 0 ? [[duration, begins, 0x1_0000]] : [];
  return { duration, bytes: trackBox(track, duration, duration, edits, table) };
}

/** @param {Track} track @param {Chunk[]} chunks @param {number} unheard */
function soundTrack(track, chunks, unheard) {
  const times = durationsOf(chunks);
  const lasts = sumOf(times);
  const after = scaled(chunks[0].decodeTime, TICKS, track.ticks);
  const begins = track.preSkip + unheard;
  const heard = scaled(Math.max(0, lasts - begins), TICKS, track.ticks);
  // Nothing before it begins, then all of it but what is not heard.
  const edits = after > 0 ? [[after, U32_END - 1, 0x1_0000]] : [];
  if (after > 0 || begins > 0) edits.push([heard, begins, 0x1_0000]);
  const duration = after + heard;
  return { duration, bytes: trackBox(track, duration, lasts, edits, tableOf(track, times, [], chunks, [])) };
}

/** @param {Track} track @param {number} duration In the pictures' ticks. @param {number} lasts In its own.
 * @param {number[][]} edits @param {Uint8Array} table */
function trackBox({ head, mediaHead, handler, info }, duration, lasts, edits, table) {
  const list = edits.length > 0 ? [box('edts', fullBox('elst', 0, counted(edits)))] : [];
  const media = box('mdia', withDuration(mediaHead, 24, lasts), handler, box('minf', ...info, table));
  return box('trak', withDuration(head, 28, duration), ...list, media);
}

/** @param {Track} track @param {number[]} times @param {Uint8Array[]} shown @param {Chunk[]} chunks @param {Uint8Array[]} keys */
function tableOf({ entry }, times, shown, chunks, keys) {
  /** @type {number[][]} */
  const counts = [];
  for (const [at, { samples }] of chunks.entries()) {
    if (counts.at(-1)?.[1] !== samples.length) counts.push([at + 1, samples.length, 1]);
  }
  const sizes = chunks.flatMap(({ samples }) => samples.map(({ size }) => [size]));
  return box(
    'stbl',
    entry,
    fullBox('stts', 0, counted(runsOf(times))),
    ...shown,
    fullBox('stsc', 0, counted(counts)),
    fullBox('stsz', 0, [0, ...counted(sizes)]),
    fullBox('stco', 0, counted(chunks.map(({ offset }) => [offset]))),
    ...keys,
  );
}

/** @param {Chunk} chunk */
function lastDecodeTime({ decodeTime, samples }) {
  return samples.slice(0, -1).reduce((time, { duration }) => time + duration, decodeTime);
}

/** Of each sample the ticks until the next one begins. The last of a chunk lasts until the next chunk, whatever was
 * believed when it was written. @param {Chunk[]} chunks */
function durationsOf(chunks) {
  return chunks.flatMap((chunk, at) => {
    const times = chunk.samples.map(({ duration }) => duration);
    const next = chunks[at + 1];
    if (next) times[times.length - 1] = next.decodeTime - lastDecodeTime(chunk);
    return times;
  });
}

/** Each value with how often it follows itself. @param {number[]} values */
function runsOf(values) {
  /** @type {number[][]} */
  const runs = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last && last[1] === value) last[0] += 1;
    else runs.push([1, value]);
  }
  return runs;
}

/** @param {number[]} values */
function sumOf(values) {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Rounded down. @param {number} ticks @param {number} to @param {number} from */
function scaled(ticks, to, from) {
  return Number((BigInt(ticks) * BigInt(to)) / BigInt(from));
}

/** @param {number[][]} rows */
function counted(rows) {
  return [rows.length, ...rows.flat()];
}

/** @param {number[]} values 32 bits each. */
function numbersOf(values) {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of values.entries()) view.setUint32(4 * at, value);
  return bytes;
}

/** @param {string} kind @param {Uint8Array[]} pieces */
function box(kind, ...pieces) {
  const bytes = joined(new Uint8Array(8), ...pieces);
  new DataView(bytes.buffer).setUint32(0, bytes.length);
  bytes.set(bytesOf(kind), 4);
  return bytes;
}

/** @param {string} kind @param {number} version @param {number[]} values */
function fullBox(kind, version, values) {
  return box(kind, numbersOf([version * 0x100_0000, ...values]));
}

/** A head with another duration; `at` is its place in a head whose times have 32 bits.
 * @param {Uint8Array} head @param {number} at @param {number} duration */
function withDuration(head, at, duration) {
  const bytes = head.slice();
  if (duration >= U32_END) throw new NotOurs();
  // The high half of a longer one stays zero.
  new DataView(bytes.buffer).setUint32(bytes[8] === 1 ? at + 12 : at, duration);
  return bytes;
}

/** The boxes within one, if they are of one of these rows of kinds.
 * @param {Uint8Array} bytes @param {string} kind @param {string[][]} rows */
function boxesIn(bytes, kind, ...rows) {
  const boxes = new Boxes(bytes);
  boxes.box(kind, bytes.length);
  /** @type {Uint8Array[]} */
  const found = [];
  while (boxes.at < bytes.length) {
    const from = boxes.at;
    const size = boxes.u32();
    boxes.at = from;
    if (size < 8) throw new NotOurs();
    found.push(boxes.take(size));
  }
  const isRow = (/** @type {string[]} */ row) =>
    row.length === found.length && row.every((name, at) => sameBytes(found[at].subarray(4, 8), bytesOf(name)));
  if (!rows.some(isRow)) throw new NotOurs();
  return found;
}
