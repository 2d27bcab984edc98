// What a part says of itself, and whether it holds anything that nobody vouches for. The signature covers
// both, but who has the station's key later can sign a part 00 anew.
import { textOf } from './bytes.js';
import { holds } from './bag.js';
import { BAG_DECLARATION, BAG_INFO, hasPlaceFor, segmentOf } from './names.js';

const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
const MAX_INFO_BYTES = 64 * 1024;

/** @typedef {import('./bag.js').Bag} Bag */
/** @typedef {import('./report.js').Report} Report */

/** Files that have no place in such a part. @param {Bag} bag @param {Report} report */
export function findStrangers(bag, report) {
  for (const [file, found] of bag.files) {
    const isStranger = !hasPlaceFor(bag.name, file) && !segmentOf(file);
    if (isStranger && holds(found)) report.fault('CANNOT_VERIFY', { part: bag.label, file }, 'archive-file-unknown');
  }
}

/** The declaration and the description of a part that is otherwise as its lists say.
 * @param {Bag} bag @param {Report} report */
export async function holdToLabels(bag, report) {
  const payload = [...bag.files].filter(([path]) => path.startsWith('data/'));
  const bytes = payload.reduce((sum, [, { entry }]) => sum + entry.bytes, 0);
  const expected = [
    ['External-Identifier: ', bag.name.text],
    ['Bag-Group-Identifier: ', bag.name.day],
    ['Payload-Oxum: ', `${bytes}.${payload.length}`],
    ['Invigil-Format: ', '1'],
  ];
  const isDescribed = (/** @type {string} */ text) =>
    expected.every(([label, value]) => {
      const said = text.split(/\r?\n/).filter((line) => line.startsWith(label));
      return said.length === 1 && said[0] === label + value;
    });
  await hold(bag, BAG_DECLARATION, (text) => text === DECLARATION, report);
  await hold(bag, BAG_INFO, isDescribed, report);
}

/** @param {Bag} bag @param {string} file @param {(text: string) => boolean} isGood @param {Report} report */
async function hold(bag, file, isGood, report) {
  const text = textOf((await bag.read(file, MAX_INFO_BYTES)) ?? new Uint8Array());
  if (text === null || !isGood(text)) report.fault('TAMPERED', { part: bag.label, file }, 'archive-label-differs');
}
