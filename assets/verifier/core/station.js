// One station's day: its parts, its journal, and what each says of the other.
import { isChanged } from './bag.js';
import { holdToCountersignatures } from './countersigned.js';
import { readDayDocument, readJournal } from './journal.js';
import { fingerprint } from './keys.js';
import { DAY_DOCUMENT, segmentOf } from './names.js';
import { holdPartsToJournal, holdStillsToJournal, holdToClose, holdToClosingActs, holdToOneKey } from './parts.js';
import { readRotations } from './rotations.js';
import { checkVideo } from './video.js';

/** @typedef {import('./report.js').Report} Report */
/** @typedef {import('./verify.js').Examiner} Examiner */

/** The parts of one station, each once. */
export class Station {
  /** @type {any} As its journal's part has it; what is wrong with it is told with the journal. */
  document = null;
  /** @type {import('./journal.js').Journal | null} */
  journal = null;
  /** @type {string | null} Whose signatures the parts bear. */
  key = null;
  /** @type {import('./rotations.js').Rotation[]} Which keys of it took whose place. */
  rotations = [];
  /** Another station goes on where this journal was then: that one's records vouch for it. */
  isContinued = false;

  /** @param {string} day @param {import('./bag.js').Bag[]} bags */
  constructor(day, bags) {
    this.day = day;
    this.bags = bags;
  }

  get #first() {
    return this.bags.find(({ name }) => name.number === 0);
  }

  /** The day that it goes on with, and what was known of that one. @returns {any} */
  get claim() {
    return this.document?.takes_over ?? null;
  }

  /** Reads no more than the document. */
  async open() {
    const bytes = await this.#first?.read(DAY_DOCUMENT, MAX_DAY_BYTES);
    const found = bytes && readDayDocument(bytes);
    if (found && 'document' in found) this.document = found.document;
    return this;
  }

  /** Reads the journal, and keeps its roots at these sizes.
   * @param {Set<number>} sizes @param {Report} report @param {Examiner} examiner */
  async read(sizes, report, examiner) {
    if (this.#first) this.journal = await readJournal(this.#first, sizes, report, examiner);
    else report.fault('INCOMPLETE', {}, 'archive-journal-missing');
  }

  /** Holds parts, journal and recordings to each other; true: a countersignature is by a key that may not sign so.
   * @param {File[]} beside @param {import('./coverage.js').CoverageOfAll} coverage
   * @param {import('./verify.js').Options} options @param {Report} report @param {Examiner} examiner */
  async judge(beside, coverage, options, report, examiner) {
    const { bags, day, document, journal } = this;
    const facts = journal?.facts ?? null;
    if (journal) {
      holdPartsToJournal(bags, journal.facts, this.isContinued, report);
      holdToClose(journal, this.isContinued, report);
    }
    if (document && document.day !== day) {
      const place = this.#first ? { part: this.#first.label, file: DAY_DOCUMENT } : {};
      report.fault('TAMPERED', place, 'archive-other-day', { day: document.day });
    }
    this.key = holdToOneKey(bags, document, report);
    this.rotations = await readRotations(bags, report);
    await holdToClosingActs(bags, day, journal, report);
    await checkVideo(bags, facts, day, coverage, report, examiner);
    if (facts) {
      holdStillsToJournal(bags, facts, report);
      coverage.holdToJournal(facts, report);
    }
    this.#noteOtherChanges(report);
    report.stations.push(this.#summary());
    return holdToCountersignatures(beside, bags, day, facts, this.key, options, report);
  }

  /** Files under `data/` that are not what the list says, and that nobody else looks at as closely. @param {Report} report */
  #noteOtherChanges(report) {
    for (const { label, files } of this.bags) {
      for (const [file, found] of files) {
        const isOurs = file.startsWith('data/') && !segmentOf(file);
        if (isOurs && isChanged(found)) report.fault('TAMPERED', { part: label, file }, 'archive-file-changed');
      }
    }
  }

  /** @returns {import('./report.js').StationSummary} */
  #summary() {
    const { journal } = this;
    return {
      day: this.day,
      takes_over: this.claim?.day ?? null,
      signer: this.key && fingerprint(this.key),
      records: journal?.records ?? 0,
      restarts: journal?.restarts ?? null,
      closed: journal?.closed ?? false,
      opening_code: journal?.openingCode ?? null,
      closing_code: journal?.closingCode ?? null,
    };
  }
}

/** No day's document is longer. */
const MAX_DAY_BYTES = 4 << 20;
