// Ed25519 keys in OpenSSH's forms, paper codes, and the one call that checks a signature.
import { base64Of, bytesOf, joined, ofBase64, ofHex, sameBytes } from './bytes.js';
import { sha256 } from './sha256.js';

const KEY_TYPE = bytesOf('ssh-ed25519');
const KEY_LINE = /^ssh-ed25519 [A-Za-z0-9+/=]+$/;

/** A 32 bit length, then the bytes (RFC 4251 section 5). @param {Uint8Array} bytes */
export function wireString(bytes) {
  const head = new Uint8Array(4);
  new DataView(head.buffer).setUint32(0, bytes.length);
  return joined(head, bytes);
}

/** Reads SSH's wire form from the front; none once it ends too early. */
export class Wire {
  #bytes;
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  /** @param {number} length @returns {Uint8Array | null} */
  take(length) {
    if (length > this.#bytes.length) return null;
    const head = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return head;
  }

  u32() {
    const head = this.take(4);
    return head && new DataView(head.buffer, head.byteOffset, 4).getUint32(0);
  }

  string() {
    const length = this.u32();
    return length === null ? null : this.take(length);
  }

  get isEmpty() {
    return this.#bytes.length === 0;
  }
}

/** An Ed25519 public key as the line `ssh-ed25519 AAAA…`, the one form in which this page keeps keys.
 * @typedef {string} PublicKey */

/** @param {Uint8Array} blob In SSH wire form. @returns {PublicKey | null} */
export function keyOfBlob(blob) {
  const wire = new Wire(blob);
  const [kind, key] = [wire.string(), wire.string()];
  if (!kind || !sameBytes(kind, KEY_TYPE) || !key || key.length !== 32 || !wire.isEmpty) return null;
  return `ssh-ed25519 ${base64Of(blob)}`;
}

/** None unless it is the line byte for byte as it is written, without a comment.
 * @param {unknown} line @returns {PublicKey | null} */
export function keyOfLine(line) {
  if (typeof line !== 'string' || !KEY_LINE.test(line)) return null;
  const blob = ofBase64(line.slice('ssh-ed25519 '.length));
  return blob && keyOfBlob(blob);
}

/** @param {PublicKey} key */
export function keyBlob(key) {
  return /** @type {Uint8Array} */ (ofBase64(key.slice('ssh-ed25519 '.length)));
}

/** The key's own 32 bytes. @param {PublicKey} key */
export function keyBytes(key) {
  return keyBlob(key).subarray(-32);
}

/** `SHA256:…`, as `ssh-keygen -l` prints it. @param {string} key Of any type, as an OpenSSH line. */
export function fingerprint(key) {
  const blob = /** @type {Uint8Array} */ (ofBase64(key.slice(key.indexOf(' ') + 1)));
  return `SHA256:${base64Of(ofHex(sha256(blob))).replaceAll('=', '')}`;
}

/** RFC 8410, as OpenSSL reads it. @param {PublicKey} key */
export function pemOf(key) {
  const prefix = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);
  return `-----BEGIN PUBLIC KEY-----\n${base64Of(joined(prefix, keyBytes(key)))}\n-----END PUBLIC KEY-----\n`;
}

/** Whether the signature was made over these bytes with this key (RFC 8032).
 * @param {PublicKey} key @param {Uint8Array} message @param {Uint8Array} signature */
export async function signedBy(key, message, signature) {
  if (signature.length !== 64) return false;
  try {
    const usable = await crypto.subtle.importKey('raw', keyBytes(key), { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'Ed25519' }, usable, signature, message);
  } catch (error) {
    // A key that is no point of the curve signs nothing; a browser without Ed25519 was told of before.
    if (error instanceof DOMException && error.name === 'NotSupportedError') throw error;
    return false;
  }
}

/** Crockford's base 32: no I, L, O, U. */
const CODE_DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The first 80 bits of a SHA-256 value for paper, `K7QD-2M9X-RT4W-0FHE`. @param {string} digest */
export function paperCode(digest) {
  let bits = BigInt(`0x${digest.slice(0, 20)}`);
  let code = '';
  for (let place = 0; place < 16; place++) {
    code = CODE_DIGITS[Number(bits & 31n)] + code;
    bits >>= 5n;
  }
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

/** A code as a person types it, in any case, blanks and dashes anywhere, O for 0, I and L for 1.
 * @param {string} typed @returns {string | null} */
export function readPaperCode(typed) {
  const digits = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const whole = digits.length === 16 && [...digits].every((digit) => CODE_DIGITS.includes(digit));
  return whole ? digits.replace(/(.{4})(?=.)/g, '$1-') : null;
}
