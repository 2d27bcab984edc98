// Bytes, and the few ways in which an archive writes them as text.

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** @param {Uint8Array} bytes */
export function hexOf(bytes) {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** @param {string} hex An even number of hex digits. */
export function ofHex(hex) {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

/** Whether this is a SHA-256 value as the archive writes it. @param {unknown} text */
export function isDigest(text) {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}

/** @param {Uint8Array} bytes */
export function base64Of(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/** Standard base 64, padded, with nothing in it that could be written otherwise. None: it is something else.
 * @param {string} text @returns {Uint8Array | null} */
export function ofBase64(text) {
  if (text.length > 65536 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return base64Of(bytes) === text ? bytes : null;
}

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const UTF8 = new TextEncoder();

/** None: it is not UTF-8. @param {Uint8Array} bytes @returns {string | null} */
export function textOf(bytes) {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    return null;
  }
}

/** @param {string} text */
export function bytesOf(text) {
  return UTF8.encode(text);
}

/** @param {Uint8Array[]} pieces */
export function joined(...pieces) {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** @param {Uint8Array} a @param {Uint8Array} b */
export function sameBytes(a, b) {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Orders texts by their bytes, as the program orders names. @param {string} a @param {string} b */
export function byBytes(a, b) {
  if (a === b) return 0;
  const [left, right] = [bytesOf(a), bytesOf(b)];
  for (let at = 0; at < left.length && at < right.length; at++) {
    if (left[at] !== right[at]) return left[at] - right[at];
  }
  return left.length - right.length;
}

/** The bytes of a file from one place to another; throws if they can't be read.
 * @param {Blob} file @param {number} from @param {number} to */
export async function readSpan(file, from, to) {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}
