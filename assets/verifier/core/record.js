// One line of the journal: a record as canonical JSON, LF at the end. Every hash is over the stored bytes.
import { textOf } from './bytes.js';
import { EVENTS } from './events.js';
import { readJson } from './json.js';
import { hasFields, hasShape } from './shapes.js';

export const MAX_LINE_BYTES = 64 * 1024;

/** @typedef {{ n: number, boot: string, mono_ms: number, utc_ms: number, offset_min: number,
 *   actor: { person: string | null, approved_by: string | null }, event: any, salt: string, prev: string }} Record */

const RECORD = {
  n: 'u64',
  boot: 'text',
  mono_ms: 'u64',
  utc_ms: 'i64',
  offset_min: 'i32',
  actor: { person: ['optional', 'slug32'], approved_by: ['optional', 'slug32'] },
  salt: 'text',
  prev: 'digest',
};

/** The record of a line with its LF. None: the line is not written as a record is.
 * @param {Uint8Array} line @returns {Record | null} */
export function readRecord(line) {
  if (line.length > MAX_LINE_BYTES || line[line.length - 1] !== 10) return null;
  const text = textOf(line.subarray(0, -1));
  if (text === null) return null;
  let record;
  try {
    record = readJson(text, false);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  return isRecord(record) ? plain(record) : null;
}

/** @param {any} record */
function isRecord(record) {
  const names = ['n', 'boot', 'mono_ms', 'utc_ms', 'offset_min', 'actor', 'event', 'salt', 'prev'];
  if (record === null || typeof record !== 'object' || Object.keys(record).join() !== names.join()) return false;
  const event = record.event;
  const kind = event !== null && typeof event === 'object' && typeof event.type === 'string' ? event.type : '';
  return (
    Object.hasOwn(EVENTS, kind) &&
    hasFields(event, { type: ['one', kind], ...EVENTS[kind] }) &&
    Object.entries(RECORD).every(([name, shape]) => hasShape(record[name], shape)) &&
    /^[0-9a-f]{16}$/.test(record.boot) &&
    /^[0-9a-f]{32}$/.test(record.salt)
  );
}

/** Integers too large for a number become the nearest one: by now only people and comparisons see them.
 * @param {any} value @returns {any} */
function plain(value) {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  const copy = Object.create(null);
  for (const key of Object.keys(value)) copy[key] = plain(value[key]);
  return copy;
}

/** Cuts a file into lines, in slices of bounded size. Of a line that is too long only the beginning is kept,
 * long enough for {@link readRecord} to refuse it.
 * @param {Blob} file @param {number} from @param {number} to */
export async function* linesOf(file, from, to) {
  const SLICE = 1 << 20;
  let rest = new Uint8Array();
  for (let at = from; at < to; at += SLICE) {
    const read = new Uint8Array(await file.slice(at, Math.min(at + SLICE, to)).arrayBuffer());
    let start = 0;
    for (let end = read.indexOf(10); end >= 0; end = read.indexOf(10, start)) {
      yield withRest(rest, read.subarray(start, end + 1));
      rest = new Uint8Array();
      start = end + 1;
    }
    rest = withRest(rest, read.subarray(start)).slice(0, MAX_LINE_BYTES + 1);
  }
  if (rest.length > 0) yield rest;
}

/** @param {Uint8Array} rest @param {Uint8Array} more */
function withRest(rest, more) {
  if (rest.length === 0) return more;
  const room = more.subarray(0, MAX_LINE_BYTES + 1 - rest.length);
  const whole = new Uint8Array(rest.length + room.length);
  whole.set(rest);
  whole.set(room, rest.length);
  return whole;
}
