// Strict ZIP, read from the raw bytes: of all the ways to write the same files, the one that every
// reader reads alike. Stored only, no extras, comments, descriptors, gaps or overlaps, each local header
// equal to its central one (APPNOTE.TXT sections 4.3.7, 4.3.12, 4.3.16).
import { readSpan } from './bytes.js';
import { isEntryName } from './names.js';

const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const MAX_ZIP_BYTES = 3900 * 1024 * 1024;
const MAX_ENTRIES = 65534;
const MAX_NAME_BYTES = 200;
/** Headers are read ahead in pieces of this size. */
const AHEAD_BYTES = 64 * 1024;

/** @typedef {{ name: string, crc32: number, bytes: number, header: number, data: number }} Entry
 * `header` and `data` say where its local header and its bytes begin. */

/** Why a file is no strict ZIP: the id of the message for it, and its arguments. */
export class ZipFault extends Error {
  /** @param {string} id @param {Record<string, string | number>} args */
  constructor(id, args = {}) {
    super(id);
    this.id = id;
    this.args = args;
  }
}

/** @param {string} detail */
const form = (detail) => new ZipFault('archive-zip-form', { detail });

/** All entries of a whole file that keeps to the profile; throws a {@link ZipFault} for any other.
 * @param {Blob} file @returns {Promise<Entry[]>} */
export async function readZip(file) {
  if (file.size > MAX_ZIP_BYTES) throw new ZipFault('archive-zip-too-large', { bytes: file.size });
  if (file.size < END_BYTES) throw new ZipFault('archive-zip-no-end');
  const endAt = file.size - END_BYTES;
  const end = viewOf(await readSpan(file, endAt, file.size));
  const count = end.getUint16(10, true);
  const directoryBytes = end.getUint32(12, true);
  const directory = end.getUint32(16, true);
  const endIsPlain =
    end.getUint32(0, true) === 0x06054b50 && end.getUint32(4, true) === 0 &&
    end.getUint16(8, true) === count && end.getUint16(20, true) === 0;
  if (!endIsPlain) throw new ZipFault('archive-zip-no-end');
  if (directory + directoryBytes !== endAt || count > MAX_ENTRIES) {
    throw form('the directory does not end where the end record begins');
  }
  // At most MAX_ENTRIES headers with their names, or the directory is not what it says.
  if (directoryBytes > count * (CENTRAL_BYTES + MAX_NAME_BYTES)) throw form('the directory is too long');
  const entries = readDirectory(await readSpan(file, directory, endAt), count, directory);
  const headers = new HeaderReader(file, directory);
  for (const entry of entries) {
    const local = await headers.entryAt(entry.header);
    if (!local || local.crc32 !== entry.crc32 || local.bytes !== entry.bytes || local.name !== entry.name) {
      throw form(`local and central header of ${entry.name} differ`);
    }
  }
  holdNamesApart(entries);
  return entries;
}

/** What the local headers alone still tell of a torn or damaged file; one whose header is not in the form
 * allowed is passed over, so that those behind it can be judged too.
 * @param {Blob} file @returns {Promise<Entry[]>} */
export async function salvageZip(file) {
  const headers = new HeaderReader(file, file.size);
  /** @type {Entry[]} */
  const entries = [];
  let place = 0;
  for (let number = 0; number < MAX_ENTRIES && place + LOCAL_BYTES <= file.size; number++) {
    const entry = await headers.entryAt(place).catch((error) => {
      if (error instanceof ZipFault) return null;
      throw error;
    });
    if (entry) entries.push(entry);
    const span = entry ? entry.data + entry.bytes - place : await headers.spanAt(place);
    if (span === null) break;
    place += span;
  }
  return entries;
}

/** @param {Uint8Array} bytes @param {number} count @param {number} directory Where the entries must end.
 * @returns {Entry[]} */
function readDirectory(bytes, count, directory) {
  const view = viewOf(bytes);
  /** @type {Entry[]} */
  const entries = [];
  let [at, place] = [0, 0];
  for (let number = 0; number < count; number++) {
    if (at + CENTRAL_BYTES > bytes.length) throw form('the directory is cut off');
    const plain =
      view.getUint32(at, true) === 0x02014b50 && view.getUint16(at + 4, true) === 0x030a &&
      view.getUint16(at + 32, true) === 0 && view.getUint16(at + 34, true) === 0 &&
      view.getUint16(at + 36, true) === 0 && view.getUint32(at + 38, true) === 0o100644 * 65536;
    const fields = plain ? commonFields(view, at + 6) : null;
    if (!fields) throw form(`central header of entry ${number}`);
    const nameAt = at + CENTRAL_BYTES;
    if (nameAt + fields.nameBytes > bytes.length) throw form('the directory is cut off');
    const name = nameOf(bytes.subarray(nameAt, nameAt + fields.nameBytes), number);
    if (view.getUint32(at + 42, true) !== place) throw new ZipFault('archive-zip-gap', { at: place });
    entries.push({ name, crc32: fields.crc32, bytes: fields.bytes, header: place, data: dataAt(place, fields) });
    at = nameAt + fields.nameBytes;
    place = dataAt(place, fields) + fields.bytes;
    if (place > directory) throw new ZipFault('archive-zip-gap', { at: entries[number].header });
  }
  if (at !== bytes.length) throw form('the directory is longer than its entries');
  if (place !== directory) throw new ZipFault('archive-zip-gap', { at: place });
  return entries;
}

/** @param {Entry[]} entries */
function holdNamesApart(entries) {
  const names = new Set();
  for (const { name } of entries) {
    if (names.has(name)) throw form(`two entries bear the name ${name}`);
    names.add(name);
  }
  for (const { name } of entries) {
    for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1)) {
      if (names.has(name.slice(0, at))) throw form(`${name} is a file and the folder of another`);
    }
  }
}

/** Reads local headers, ahead of where they are asked for. */
class HeaderReader {
  #file;
  #limit;
  #from = 0;
  #ahead = new Uint8Array();
  /** @param {Blob} file @param {number} limit Where all entries must have ended. */
  constructor(file, limit) {
    this.#file = file;
    this.#limit = limit;
  }

  /** None: it would not end before the limit. Throws a {@link ZipFault} if no header stands there.
   * @param {number} place @returns {Promise<Entry | null>} */
  async entryAt(place) {
    if (place + LOCAL_BYTES > this.#limit) return null;
    const bytes = await this.#bytesAt(place, LOCAL_BYTES + MAX_NAME_BYTES);
    const view = viewOf(bytes);
    const fields = view.getUint32(0, true) === 0x04034b50 ? commonFields(view, 4) : null;
    if (!fields) throw form('local header');
    const data = dataAt(place, fields);
    if (data > this.#limit) return null;
    const name = nameOf(bytes.subarray(LOCAL_BYTES, LOCAL_BYTES + fields.nameBytes), 0);
    const entry = { name, crc32: fields.crc32, bytes: fields.bytes, header: place, data };
    return data + fields.bytes <= this.#limit ? entry : null;
  }

  /** How far it is to the end of the bytes behind any local header, whatever else it says; none if none begins
   * there. @param {number} place */
  async spanAt(place) {
    const view = viewOf(await this.#bytesAt(place, LOCAL_BYTES));
    if (view.getUint32(0, true) !== 0x04034b50) return null;
    return LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true) + view.getUint32(18, true);
  }

  /** Fewer only at the end of the file. @param {number} at @param {number} count */
  async #bytesAt(at, count) {
    const end = Math.min(at + count, this.#file.size);
    if (at < this.#from || end > this.#from + this.#ahead.length) {
      this.#ahead = await readSpan(this.#file, at, at + AHEAD_BYTES);
      this.#from = at;
    }
    return this.#ahead.subarray(at - this.#from, end - this.#from);
  }
}

/** What is not fixed of the fields that both headers have alike; none if a fixed one differs.
 * @param {DataView} view @param {number} at */
function commonFields(view, at) {
  const fixed =
    view.getUint16(at, true) === 10 && view.getUint32(at + 2, true) === 0 &&
    view.getUint16(at + 6, true) === 0 && view.getUint16(at + 8, true) === 0x21 &&
    view.getUint32(at + 14, true) === view.getUint32(at + 18, true) && view.getUint16(at + 24, true) === 0;
  if (!fixed) return null;
  const [crc32, bytes] = [view.getUint32(at + 10, true), view.getUint32(at + 14, true)];
  return { crc32, bytes, nameBytes: view.getUint16(at + 22, true) };
}

/** @param {Uint8Array} bytes @param {number} entry */
function nameOf(bytes, entry) {
  const name = String.fromCharCode(...bytes.subarray(0, MAX_NAME_BYTES + 1));
  if (!isEntryName(name)) throw form(`entry ${entry}: its name is not allowed`);
  return name;
}

/** @param {number} place @param {{ nameBytes: number }} fields */
function dataAt(place, fields) {
  return place + LOCAL_BYTES + fields.nameBytes;
}

/** @param {Uint8Array} bytes */
function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
