// Keys and signatures of every kind that people sign with: Ed25519, ECDSA and RSA, as a file, on a token, or in
// a hardware key of the FIDO kind (OpenSSH's PROTOCOL.u2f). The browser does the arithmetic.
import { base64Of, joined, ofBase64, ofHex, textOf } from './bytes.js';
import { Wire } from './keys.js';
import { sha256 } from './sha256.js';

/** The curves, by the name in the key. */
const CURVES = {
  nistp256: { name: 'P-256', hash: 'SHA-256', bytes: 32 },
  nistp384: { name: 'P-384', hash: 'SHA-384', bytes: 48 },
};
const KINDS = [
  'ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
];
/** Shorter RSA keys count for nothing. */
const MIN_RSA_BYTES = 256;

/** A key as its OpenSSH line without a comment: two are the same key if the lines are.
 * @typedef {string} SshKey */

/** @typedef {{ raw: Uint8Array } | { point: Uint8Array, curve: keyof typeof CURVES } | { e: Uint8Array, n: Uint8Array }} Numbers */
/** @typedef {{ kind: string, numbers: Numbers, application: Uint8Array | null }} KeyParts */

/** @param {SshKey} key */
export function kindOf(key) {
  return key.slice(0, key.indexOf(' '));
}

/** Whether signatures by keys of this type can be checked. @param {string} kind */
export function isSupported(kind) {
  return KINDS.includes(kind);
}

/** The key of a blob in SSH wire form. Unsupported: of another type, which is named; null: it is no key.
 * @param {Uint8Array} blob @returns {{ key: SshKey } | { unsupported: string } | null} */
export function readSshKey(blob) {
  const kind = textOf(new Wire(blob).string() ?? new Uint8Array()) ?? '';
  if (!KINDS.includes(kind)) {
    return /^(ssh-|ecdsa-|sk-)[A-Za-z0-9@.-]{0,60}$/.test(kind) ? { unsupported: kind } : null;
  }
  return partsOf(kind, blob) ? { key: `${kind} ${base64Of(blob)}` } : null;
}

/** @param {string} kind @param {Uint8Array} blob @returns {KeyParts | null} */
function partsOf(kind, blob) {
  const wire = new Wire(blob);
  wire.string();
  /** @type {Numbers | null} */
  let numbers = null;
  if (kind === 'ssh-rsa') {
    const [e, n] = [positive(wire), positive(wire)];
    numbers = e && n && { e, n };
  } else if (kind.includes('ed25519')) {
    const raw = wire.string();
    numbers = raw?.length === 32 ? { raw } : null;
  } else {
    const curve = /** @type {keyof typeof CURVES} */ (kind.includes('nistp384') ? 'nistp384' : 'nistp256');
    const isNamed = textOf(wire.string() ?? new Uint8Array()) === curve;
    const point = wire.string();
    numbers = isNamed && point?.[0] === 4 && point.length === 1 + 2 * CURVES[curve].bytes ? { point, curve } : null;
  }
  const application = kind.startsWith('sk-') ? wire.string() : null;
  const isWhole = numbers && wire.isEmpty && (application !== null || !kind.startsWith('sk-'));
  return isWhole ? { kind, numbers: /** @type {Numbers} */ (numbers), application } : null;
}

/** @typedef {{ algorithm: string, bytes: Uint8Array, presence: { flags: number, counter: Uint8Array } | null }} KeySignature
 * Of ECDSA r and s, each as long as the curve's order; `presence` is what a hardware key says beside. */

/** None: it is no signature by a key of this kind. @param {Uint8Array} blob @param {SshKey} key
 * @returns {KeySignature | null} */
export function readKeySignature(blob, key) {
  const wire = new Wire(blob);
  const [kind, algorithm] = [kindOf(key), textOf(wire.string() ?? new Uint8Array()) ?? ''];
  const fits = kind === 'ssh-rsa' ? ['rsa-sha2-256', 'rsa-sha2-512'].includes(algorithm) : algorithm === kind;
  const body = wire.string();
  if (!fits || !body) return null;
  const bytes = kind.includes('ecdsa-') ? ecdsaNumbers(body, kind.includes('nistp384') ? 48 : 32) : body;
  let presence = null;
  if (kind.startsWith('sk-')) {
    const [flags, counter] = [wire.take(1), wire.take(4)];
    if (!flags || !counter) return null;
    presence = { flags: flags[0], counter };
  }
  return bytes && wire.isEmpty ? { algorithm, bytes, presence } : null;
}

/** Whether the signature was made over these bytes with this key.
 * @param {SshKey} key @param {Uint8Array} message @param {KeySignature} signature */
export async function keySigned(key, message, signature) {
  const blob = ofBase64(key.slice(key.indexOf(' ') + 1));
  const parts = blob && partsOf(kindOf(key), blob);
  if (!parts) return false;
  const { numbers, application } = parts;
  let signed = message;
  if (application && signature.presence) {
    // CTAP's authenticator data and the message's hash.
    const { flags, counter } = signature.presence;
    signed = joined(ofHex(sha256(application)), Uint8Array.of(flags), counter, ofHex(sha256(message)));
  }
  try {
    if ('raw' in numbers) return await checked('raw', numbers.raw, { name: 'Ed25519' }, signature.bytes, signed);
    if ('point' in numbers) {
      const { name, hash } = CURVES[numbers.curve];
      const algorithm = { name: 'ECDSA', namedCurve: name, hash };
      return await checked('raw', numbers.point, algorithm, signature.bytes, signed);
    }
    if (numbers.n.length < MIN_RSA_BYTES || signature.bytes.length !== numbers.n.length) return false;
    const url = (/** @type {Uint8Array} */ bytes) =>
      base64Of(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    const jwk = { kty: 'RSA', n: url(numbers.n), e: url(numbers.e) };
    const hash = signature.algorithm === 'rsa-sha2-256' ? 'SHA-256' : 'SHA-512';
    return await checked('jwk', jwk, { name: 'RSASSA-PKCS1-v1_5', hash }, signature.bytes, signed);
  } catch (error) {
    // A key that is no point of its curve signs nothing.
    if (error instanceof DOMException && error.name !== 'NotSupportedError') return false;
    throw error;
  }
}

/** @param {any} format @param {any} data @param {any} algorithm @param {Uint8Array} signature @param {Uint8Array} message */
async function checked(format, data, algorithm, signature, message) {
  const key = await crypto.subtle.importKey(format, data, algorithm, false, ['verify']);
  return crypto.subtle.verify(algorithm, key, signature, message);
}

/** A positive number without needless leading zeros, big-endian (RFC 4251's mpint). @param {Wire} wire */
function positive(wire) {
  const number = wire.string();
  if (!number || number.length === 0) return null;
  if (number[0] === 0) return number.length > 1 && number[1] >= 0x80 ? number.subarray(1) : null;
  return number[0] < 0x80 ? number : null;
}

/** r and s, filled with zeros to `length` bytes each. @param {Uint8Array} body @param {number} length */
function ecdsaNumbers(body, length) {
  const wire = new Wire(body);
  const numbers = [positive(wire), positive(wire)];
  const both = new Uint8Array(2 * length);
  for (const [at, number] of numbers.entries()) {
    if (!number || number.length > length) return null;
    both.set(number, (at + 1) * length - number.length);
  }
  return wire.isEmpty ? both : null;
}
