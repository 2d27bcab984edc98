// SHA-256 (FIPS 180-4) over pieces: a browser's own hashes only what is in memory as a whole.

const ROUND = new Int32Array(64);
const START = new Int32Array(8);

// The constants are the first 32 bits of the fractions of cube and square roots of the first primes.
(() => {
  const fraction = (/** @type {number} */ root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
  for (let number = 2, found = 0; found < 64; number++) {
    let prime = true;
    for (let by = 2; by * by <= number; by++) prime = prime && number % by !== 0;
    if (!prime) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(number));
    ROUND[found++] = fraction(Math.cbrt(number));
  }
})();

export class Sha256 {
  #state = START.slice();
  #words = new Int32Array(64);
  /** What does not fill a block yet. */
  #rest = new Uint8Array(64);
  #restBytes = 0;
  #bytes = 0;

  /** @param {Uint8Array} bytes */
  update(bytes) {
    this.#bytes += bytes.length;
    let at = 0;
    if (this.#restBytes > 0) {
      at = Math.min(64 - this.#restBytes, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restBytes);
      this.#restBytes += at;
      if (this.#restBytes < 64) return this;
      this.#blocks(this.#rest, 0, 64);
      this.#restBytes = 0;
    }
    const whole = at + ((bytes.length - at) & ~63);
    this.#blocks(bytes, at, whole);
    this.#rest.set(bytes.subarray(whole));
    this.#restBytes = bytes.length - whole;
    return this;
  }

  /** The value in hex. Nothing can be added afterwards. */
  finish() {
    const bits = this.#bytes * 8;
    const pad = new Uint8Array(((this.#restBytes + 8) & ~63) + 64 - this.#restBytes);
    pad[0] = 0x80;
    const view = new DataView(pad.buffer);
    view.setUint32(pad.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(pad.length - 4, bits >>> 0);
    this.update(pad);
    return Array.from(this.#state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  /** @param {Uint8Array} bytes @param {number} from @param {number} to A whole number of blocks. */
  #blocks(bytes, from, to) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const w = this.#words;
    const state = this.#state;
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    let e = state[4];
    let f = state[5];
    let g = state[6];
    let h = state[7];
    for (let at = from; at < to; at += 64) {
      for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
      for (let i = 16; i < 64; i++) {
        const x = w[i - 15];
        const y = w[i - 2];
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = (w[i - 16] + w[i - 7] + s0 + s1) | 0;
      }
      // Four rounds at a time, so that the eight words need no moving about between them: three times as fast.
      for (let i = 0, t = 0; i < 64; i += 4) {
        t = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) + (g ^ (e & (f ^ g))) + ROUND[i] + w[i]) | 0;
        d = (d + t) | 0;
        h = (t + (((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) | (c & (a | b)))) | 0;
        t = (g + (((d >>> 6) | (d << 26)) ^ ((d >>> 11) | (d << 21)) ^ ((d >>> 25) | (d << 7))) + (f ^ (d & (e ^ f))) + ROUND[i + 1] + w[i + 1]) | 0;
        c = (c + t) | 0;
        g = (t + (((h >>> 2) | (h << 30)) ^ ((h >>> 13) | (h << 19)) ^ ((h >>> 22) | (h << 10))) + ((h & a) | (b & (h | a)))) | 0;
        t = (f + (((c >>> 6) | (c << 26)) ^ ((c >>> 11) | (c << 21)) ^ ((c >>> 25) | (c << 7))) + (e ^ (c & (d ^ e))) + ROUND[i + 2] + w[i + 2]) | 0;
        b = (b + t) | 0;
        f = (t + (((g >>> 2) | (g << 30)) ^ ((g >>> 13) | (g << 19)) ^ ((g >>> 22) | (g << 10))) + ((g & h) | (a & (g | h)))) | 0;
        t = (e + (((b >>> 6) | (b << 26)) ^ ((b >>> 11) | (b << 21)) ^ ((b >>> 25) | (b << 7))) + (d ^ (b & (c ^ d))) + ROUND[i + 3] + w[i + 3]) | 0;
        a = (a + t) | 0;
        e = (t + (((f >>> 2) | (f << 30)) ^ ((f >>> 13) | (f << 19)) ^ ((f >>> 22) | (f << 10))) + ((f & g) | (h & (f | g)))) | 0;
        // Half of the way around: what was a is e now.
        t = a; a = e; e = t;
        t = b; b = f; f = t;
        t = c; c = g; g = t;
        t = d; d = h; h = t;
      }
      a = state[0] = (state[0] + a) | 0;
      b = state[1] = (state[1] + b) | 0;
      c = state[2] = (state[2] + c) | 0;
      d = state[3] = (state[3] + d) | 0;
      e = state[4] = (state[4] + e) | 0;
      f = state[5] = (state[5] + f) | 0;
      g = state[6] = (state[6] + g) | 0;
      h = state[7] = (state[7] + h) | 0;
    }
  }
}

/** In hex. @param {Uint8Array[]} pieces */
export function sha256(...pieces) {
  const hash = new Sha256();
  for (const piece of pieces) hash.update(piece);
  return hash.finish();
}
