// One fragment of a recording, `prft uuid moof mdat`, read strictly: what it says of its pictures and its sound is
// taken only if there is no other way to write it. The form is that of src/recording/mp4.
import { bytesOf, sameBytes } from './bytes.js';

const CLOCK_BOX_BYTES = 32;
const MONO_CLOCK = bytesOf('invigil mono_ms\0');
/** `moof` of more samples than a fragment can have is not ours. */
const MAX_MOOF_BYTES = 1024 * 1024;
/** From 1900-01-01, where NTP counts from, to the Unix epoch (RFC 5905 section 6). */
const NTP_TO_UNIX_S = 2_208_988_800n;
const KEY_FLAGS = 0x0200_0000;
const OTHER_FLAGS = 0x0101_0000;
const [PICTURES, SOUND] = [1, 2];

/** A coded picture or a packet of sound. @typedef {{ duration: number, size: number, key: boolean, shownAfter: number }} Sample */
/** Samples that follow each other, from a time in the track's ticks. @typedef {{ decodeTime: number, samples: Sample[] }} Run */
/** @typedef {{ number: number, utcMs: number, monoMs: number, headBytes: number, pictures: Run, sound: Run | null }} Fragment */

/** Bytes that are not as a recording is written. */
export class NotOurs extends Error {}

/** What a reader gives; none if it finds what is not ours. @template T @param {() => T} read */
export function ours(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotOurs) return null;
    throw error;
  }
}

/** Reads boxes from their start on; throws what is not ours. */
export class Boxes {
  at = 0;
  #view;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @param {number} length */
  take(length) {
    const from = this.at;
    this.at += length;
    if (this.at > this.bytes.length) throw new NotOurs();
    return this.bytes.subarray(from, this.at);
  }

  u32() {
    this.take(4);
    return this.#view.getUint32(this.at - 4);
  }

  i32() {
    return this.u32() | 0;
  }

  u64() {
    this.take(8);
    return this.#view.getBigUint64(this.at - 8);
  }

  /** A number that JavaScript has exactly. */
  count() {
    const count = this.u64();
    if (count > BigInt(Number.MAX_SAFE_INTEGER)) throw new NotOurs();
    return Number(count);
  }

  /** @param {number[]} numbers 32 bits each. */
  expect(...numbers) {
    for (const number of numbers) if (this.u32() !== number) throw new NotOurs();
  }

  /** The head of a box of this kind; gives its size. @param {string} kind */
  head(kind) {
    const size = this.u32();
    if (size < 8 || !sameBytes(this.take(4), bytesOf(kind))) throw new NotOurs();
    return size;
  }

  /** A box of this kind and size. @param {string} kind @param {number} size */
  box(kind, size) {
    if (this.head(kind) !== size) throw new NotOurs();
  }
}

/** What stands before a fragment's pictures; throws if it is not written as a recording is.
 * @param {Uint8Array} bytes The whole fragment. @returns {Fragment} */
export function readFragment(bytes) {
  const boxes = new Boxes(bytes);
  boxes.box('prft', CLOCK_BOX_BYTES);
  boxes.expect(0x0100_0018, PICTURES);
  const utcMs = utcOfNtp(boxes.u64());
  const shownAt = boxes.count();
  boxes.box('uuid', CLOCK_BOX_BYTES);
  if (!sameBytes(boxes.take(16), MONO_CLOCK)) throw new NotOurs();
  const monoMs = boxes.count();
  const moofAt = boxes.at;
  const moofBytes = boxes.head('moof');
  if (moofBytes > MAX_MOOF_BYTES) throw new NotOurs();
  boxes.box('mfhd', 16);
  boxes.expect(0);
  const number = boxes.u32();
  const payloadAt = moofBytes + 8;
  const pictures = readRun(boxes, PICTURES, payloadAt);
  const pictureBytes = bytesIn(pictures);
  const sound = boxes.at < moofAt + moofBytes ? readRun(boxes, SOUND, payloadAt + pictureBytes) : null;
  if (boxes.at !== moofAt + moofBytes) throw new NotOurs();
  const payloadBytes = pictureBytes + (sound ? bytesIn(sound) : 0);
  boxes.box('mdat', 8 + payloadBytes);
  if (boxes.at + payloadBytes !== bytes.length || shownAt !== shownAtOf(pictures)) throw new NotOurs();
  return { number, utcMs, monoMs, headBytes: boxes.at, pictures, sound };
}

/** When the first sample in decoding order is shown. @param {Run} run */
export function shownAtOf({ decodeTime, samples }) {
  return Math.max(0, decodeTime + samples[0].shownAfter);
}

/** @param {Run} run */
export function bytesIn({ samples }) {
  return samples.reduce((sum, { size }) => sum + size, 0);
}

/** @param {Run} run */
export function ticksIn({ samples }) {
  return samples.reduce((sum, { duration }) => sum + duration, 0);
}

/** A `traf` whose samples begin at a place behind the start of `moof`.
 * @param {Boxes} boxes @param {number} track @param {number} dataAt @returns {Run} */
function readRun(boxes, track, dataAt) {
  const from = boxes.at;
  const trafBytes = boxes.head('traf');
  boxes.box('tfhd', 16);
  boxes.expect(0x0002_0000, track);
  boxes.box('tfdt', 20);
  boxes.expect(0x0100_0000);
  const decodeTime = boxes.count();
  const runAt = boxes.at;
  const runBytes = boxes.head('trun');
  const isPictures = track === PICTURES;
  const head = boxes.u32();
  const version = head >>> 24;
  if ((head & 0xff_ffff) !== (isPictures ? 0xf01 : 0x301) || version > (isPictures ? 1 : 0)) throw new NotOurs();
  const count = boxes.u32();
  boxes.expect(dataAt);
  if (count === 0 || runBytes !== 20 + count * (isPictures ? 16 : 8)) throw new NotOurs();
  /** @type {Sample[]} */
  const samples = [];
  while (samples.length < count) {
    const [duration, size] = [boxes.u32(), boxes.u32()];
    const flags = isPictures ? boxes.u32() : KEY_FLAGS;
    const shownAfter = isPictures ? boxes.i32() : 0;
    if (flags !== KEY_FLAGS && flags !== OTHER_FLAGS) throw new NotOurs();
    samples.push({ duration, size, key: flags === KEY_FLAGS, shownAfter });
  }
  const isNegative = samples.some(({ shownAfter }) => shownAfter < 0);
  const ends = boxes.at === runAt + runBytes && boxes.at === from + trafBytes;
  if (!ends || isNegative !== (version === 1)) throw new NotOurs();
  return { decodeTime, samples };
}

/** The millisecond of an NTP time that is written as that millisecond is, rounded up. Seconds that would be before 1970
 * are those of the era that begins in 2036. @param {bigint} ntp */
function utcOfNtp(ntp) {
  const [seconds, fraction] = [ntp >> 32n, ntp & 0xffff_ffffn];
  const ms = (fraction * 1000n) >> 32n;
  if (((ms << 32n) + 999n) / 1000n !== fraction) throw new NotOurs();
  const era = seconds < NTP_TO_UNIX_S ? 1n << 32n : 0n;
  return Number((seconds + era - NTP_TO_UNIX_S) * 1000n + ms);
}
