// What a verification concludes, in the same shape as `invigil verify --json`.

/** @typedef {{ id: string, args?: Record<string, string | number> }} Message */
/** @typedef {{ day?: string, part?: string, file?: string, record?: number, camera?: string, segment?: number,
 *   from_ms?: number, to_ms?: number }} Place */
/** @typedef {'VALID' | 'INCOMPLETE' | 'CANNOT_VERIFY' | 'TAMPERED'} Integrity */
/** @typedef {'ANCHORED' | 'KNOWN_KEY' | 'UNCHECKED' | 'UNTRUSTED_KEY'} Provenance */
/** @typedef {{ day: string, camera: string, segment: number, part: string | null, file: string | null, from_ms: number,
 *   to_ms: number, frames: number, bytes: number, sha256: string | null, intact: boolean }} Recording */
/** @typedef {import('./spans.js').Coverage} Coverage */
/** @typedef {{ camera: string, name: string, signed: Coverage, changed: Coverage, missing: Coverage,
 *   admitted: Coverage, kept: Coverage }} CameraSummary What there is of a camera, by the second. */

/** @typedef {{ day: string, takes_over: string | null, signer: string | null, records: number, restarts: number | null,
 *   closed: boolean, opening_code: string | null, closing_code: string | null }} StationSummary */

/** From good to worst. */
const ORDER = ['VALID', 'INCOMPLETE', 'CANNOT_VERIFY', 'TAMPERED'];
const INTEGRITY_CODES = { VALID: 0, INCOMPLETE: 1, TAMPERED: 2, CANNOT_VERIFY: 4 };
/** A report keeps this many faults, and as many warnings; the rest are counted. */
const MAX_LISTED = 1000;

export class Report {
  format = 2;
  /** @type {Integrity} */
  integrity = 'VALID';
  /** @type {Provenance} */
  provenance = 'UNCHECKED';
  /** @type {string | null} */
  day = null;
  /** @type {string | null} */
  time_zone = null;
  /** @type {{ file: string, bytes: number, name: string | null, sha256: string | null, intact: boolean }[]} */
  parts = [];
  /** @type {{ effect: Integrity, place: Place, message: Message }[]} */
  faults = [];
  more_faults = 0;
  /** @type {{ place: Place, message: Message }[]} */
  warnings = [];
  more_warnings = 0;
  /** @type {StationSummary[]} In the order in which they took over from each other. */
  stations = [];
  /** @type {CameraSummary[]} */
  cameras = [];
  /** @type {Recording[]} */
  recordings = [];
  intact_segments = 0;
  records = 0;
  /** @type {string | null} */
  signer = null;
  /** @type {string | null} */
  opening_code = null;
  /** @type {string | null} */
  closing_code = null;
  /** @type {number | null} */
  restarts = null;
  /** @type {import('./countersigned.js').Countersignature[]} */
  countersignatures = [];
  /** @type {{ camera: string, from_ms: number, to_ms: number } | null} What an excerpt covers. */
  excerpt = null;

  /** Notes a fault; the integrity is the worst of all.
   * @param {Integrity} effect @param {Place} place @param {string} id @param {Message['args']} [args] */
  fault(effect, place, id, args) {
    if (ORDER.indexOf(effect) > ORDER.indexOf(this.integrity)) this.integrity = effect;
    if (this.faults.length < MAX_LISTED) this.faults.push({ effect, place, message: message(id, args) });
    else this.more_faults += 1;
  }

  /** @param {Place} place @param {string} id @param {Message['args']} [args] */
  warn(place, id, args) {
    if (this.warnings.length < MAX_LISTED) this.warnings.push({ place, message: message(id, args) });
    else this.more_warnings += 1;
  }

  /** How much was noted so far. */
  get noted() {
    return { faults: this.faults.length, warnings: this.warnings.length };
  }

  /** What was noted since then is of this station. @param {string} day @param {Report['noted']} since */
  placeAt(day, since) {
    for (const { place } of [...this.faults.slice(since.faults), ...this.warnings.slice(since.warnings)]) place.day ??= day;
  }

  get faultCount() {
    return this.faults.length + this.more_faults;
  }
}

/** The code with which `invigil verify` would end. @param {Pick<Report, 'integrity' | 'provenance'>} report */
export function exitCode({ integrity, provenance }) {
  return INTEGRITY_CODES[integrity] || (provenance === 'UNTRUSTED_KEY' ? 3 : 0);
}

/** The fault to name first: of the worst kind, and the one whose place in the video is known.
 * @param {Report['faults']} faults */
export function worstFault(faults) {
  const rank = (/** @type {Report['faults'][number]} */ { effect, place }) =>
    ORDER.indexOf(effect) * 8 +
    (place.camera !== undefined ? 4 : 0) + (place.from_ms !== undefined ? 2 : 0) + (place.record !== undefined ? 1 : 0);
  let worst = null;
  for (const fault of faults) if (!worst || rank(fault) > rank(worst)) worst = fault;
  return worst;
}

/** @param {string} id @param {Message['args']} [args] @returns {Message} */
function message(id, args) {
  return args && Object.keys(args).length > 0 ? { id, args } : { id };
}
