// Whether a value read from JSON has the form that it should.
import { byBytes, isDigest } from './bytes.js';
import { readPaperCode } from './keys.js';
import { isSlug } from './names.js';

/** @param {bigint} min @param {bigint} max */
const integer = (min, max) => (/** @type {unknown} */ value) =>
  (Number.isInteger(value) || typeof value === 'bigint') && BigInt(/** @type {any} */ (value)) >= min && BigInt(/** @type {any} */ (value)) <= max;
const isI64 = integer(-(2n ** 63n), 2n ** 63n - 1n);

/** @type {Record<string, (value: any) => boolean>} */
const SHAPES = {
  text: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  u32: integer(0n, 2n ** 32n - 1n),
  u64: integer(0n, 2n ** 64n - 1n),
  i32: integer(-(2n ** 31n), 2n ** 31n - 1n),
  i64: isI64,
  digest: isDigest,
  slug32: (value) => isSlug(value, 32),
  slug48: (value) => isSlug(value, 48),
  slug64: (value) => isSlug(value, 64),
  code: (value) => typeof value === 'string' && readPaperCode(value) !== null,
  room: (value) => typeof value === 'string' && /^[0-9A-Z]{2,6}$/.test(value),
  argument: (value) => typeof value === 'string' || isI64(value),
  fields: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
  message: isMessage,
};

/** @param {any} value @param {import('./events.js').Shape} shape @returns {boolean} */
export function hasShape(value, shape) {
  if (typeof shape === 'string') return SHAPES[shape](value);
  if (Array.isArray(shape)) {
    const [kind, ...rest] = shape;
    if (kind === 'optional') return value === null || hasShape(value, rest[0]);
    if (kind === 'one') return rest.includes(value);
    return Array.isArray(value) && value.every((item) => hasShape(item, rest[0]));
  }
  return hasFields(value, shape);
}

/** Exactly these fields, in this order. @param {any} value @param {Record<string, any>} fields */
export function hasFields(value, fields) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const names = Object.keys(fields);
  const found = Object.keys(value);
  const same = found.length === names.length && found.every((name, at) => name === names[at]);
  return same && names.every((name) => hasShape(value[name], fields[name]));
}

/** A text by its id, with arguments in the order of their names. @param {any} value */
function isMessage(value) {
  if (value === null || typeof value !== 'object' || typeof value.id !== 'string') return false;
  const keys = Object.keys(value);
  if (keys.length === 1) return keys[0] === 'id';
  if (keys.length !== 2 || keys[0] !== 'id' || keys[1] !== 'args') return false;
  const { args } = value;
  if (args === null || typeof args !== 'object' || Array.isArray(args)) return false;
  const names = Object.keys(args);
  const sorted = names.every((name, at) => at === 0 || byBytes(names[at - 1], name) < 0);
  return names.length > 0 && sorted && names.every((name) => SHAPES.argument(args[name]));
}
