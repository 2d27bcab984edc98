// What the day's journal says that the rest of the archive has to agree with.
import { Clocks } from './clocks.js';
import { Duty, MAX_CAMERAS } from './duty.js';
import { Incidents } from './incidents.js';
import { segmentId } from './names.js';

/** @typedef {import('./record.js').Record} Record */
/** @typedef {import('./report.js').Place} Place */

/** Gathered record by record; each with the number of the record that says it. */
export class Facts {
  /** @type {Map<number, 'delivered' | 'kept'>} */
  opened = new Map();
  /** @type {Map<number, { record: number, part: any }>} */
  sealed = new Map();
  /** @type {Map<string, { record: number, segment: any }>} By segment id. */
  segments = new Map();
  /** @type {Map<string, { record: number, part: number }>} */
  taken = new Map();
  /** @type {Map<string, { record: number, lines: number, root: string }[]>} */
  heads = new Map();
  /** @type {Map<string, { record: number, sha256: string }>} By their names. */
  stills = new Map();
  /** @type {{ record: number, restarts: number, parts: number } | null} */
  closed = null;
  /** Every record could be read and follows the one before: what no record names, nobody recorded. */
  complete = false;
  /** @type {{ record: number, roles: string[] } | null} Who has to countersign. */
  countersigners = null;
  /** When each camera had to record. */
  duty = new Duty();
  /** @type {Map<number, Place>} With the record that opened it, and its time. */
  #openAccesses = new Map();
  /** @type {Map<string, Place>} */
  #openChecks = new Map();
  /** A code is shown and not written on paper yet; how many never were before the next one. */
  #codes = { isOpen: false, unwritten: 0 };
  #clocks = new Clocks();
  #incidents = new Incidents();

  /** Takes the next record that can be read; notes what a reader should be told.
   * @param {Record} record @param {import('./report.js').Report} report */
  take(record, report) {
    const { n, utc_ms: utcMs, event } = record;
    this.duty.take(record);
    this.#clocks.take(record, report);
    this.#incidents.take(record);
    /** @type {Place} */
    const at = { record: n, from_ms: utcMs };
    const put = (/** @type {Map<any, any>} */ map, /** @type {any} */ key, /** @type {any} */ value, /** @type {Place} */ place) => {
      // A part is sealed once, a segment finished and taken once.
      if (map.has(key)) report.fault('TAMPERED', place, 'archive-record-twice');
      map.set(key, value);
    };
    const video = (/** @type {any} */ said) => ({ record: n, camera: said.camera, segment: said.segment });
    switch (event.type) {
      case 'part_opened':
        this.opened.set(event.part, event.group);
        break;
      case 'part_sealed':
        put(this.sealed, event.part, { record: n, part: event }, at);
        break;
      case 'segment_finished': {
        const place = { ...video(event), from_ms: event.from_ms, to_ms: event.to_ms };
        if (event.repaired) report.warn(place, 'archive-warning-repaired');
        put(this.segments, segmentId(event), { record: n, segment: event }, place);
        break;
      }
      case 'segment_taken':
        put(this.taken, segmentId(event), { record: n, part: event.part }, video(event));
        break;
      case 'segment_indexed':
      case 'video_heads':
        for (const head of event.heads ?? [event]) {
          const id = segmentId(head);
          const said = { record: n, lines: head.lines, root: head.root };
          this.heads.set(id, [...(this.heads.get(id) ?? []), said]);
        }
        break;
      case 'picture_finding':
      case 'reference_approved':
      case 'step_photographed':
        if (event.still) put(this.stills, event.still.name, { record: n, sha256: event.still.sha256 }, at);
        warnOf(event, at, report);
        break;
      case 'countersignatures_due':
        this.countersigners = { record: n, roles: event.roles };
        break;
      case 'day_closed':
        this.closed = { record: n, restarts: event.restarts, parts: event.parts };
        break;
      case 'station_started':
        if (event.restart > 0) report.warn(at, 'archive-warning-restart', { restart: event.restart });
        break;
      case 'access_opened':
        this.#openAccesses.set(event.access, at);
        break;
      case 'access_closed':
        this.#openAccesses.delete(event.access);
        break;
      case 'access_explained':
        this.#openAccesses.delete(event.access);
        report.warn(at, 'archive-warning-explained', { access: event.access });
        break;
      case 'check_started':
        if (!this.#openChecks.has(event.checklist)) this.#openChecks.set(event.checklist, at);
        break;
      case 'check_finished':
        this.#openChecks.delete(event.checklist);
        break;
      case 'code_shown':
        if (this.#codes.isOpen) this.#codes.unwritten += 1;
        this.#codes.isOpen = true;
        break;
      case 'code_written':
        this.#codes.isOpen = false;
        break;
      default:
        warnOf(event, at, report);
    }
  }

  /** After the last record. @param {import('./report.js').Report} report */
  finish(report) {
    this.duty.finish();
    if (this.duty.beyond) report.fault('CANNOT_VERIFY', {}, 'archive-many-cameras', { most: MAX_CAMERAS });
    this.#clocks.settle(report);
    this.#incidents.settle(report);
    for (const [access, at] of [...this.#openAccesses].sort(([a], [b]) => a - b)) {
      report.warn(at, 'archive-warning-access-open', { access });
    }
    for (const [, at] of [...this.#openChecks].sort(([a], [b]) => (a < b ? -1 : 1))) report.warn(at, 'archive-warning-check-open');
    const { unwritten: count } = this.#codes;
    if (count > 0) report.warn({}, 'archive-warning-codes', { count });
  }
}

/** What the journal admits and a reader should know.
 * @param {any} event @param {Place} at @param {import('./report.js').Report} report */
function warnOf(event, at, report) {
  const { camera } = event;
  switch (event.type) {
    case 'clock_stepped':
      return report.warn(at, 'archive-warning-clock', { seconds: Math.trunc(event.step_ms / 1000) });
    case 'torn_tail_cut':
      return report.warn(at, 'archive-warning-torn');
    case 'gap': {
      const place = { ...at, camera, from_ms: event.from_ms, to_ms: event.to_ms };
      const seconds = Math.trunc((event.to_ms - event.from_ms) / 1000);
      return report.warn(place, 'archive-warning-gap', { seconds });
    }
    case 'time_zone_changed':
      return report.warn(at, 'archive-warning-zone');
    case 'outage_began':
      return report.warn({ ...at, camera, from_ms: event.from_ms }, 'archive-warning-unwritten');
    case 'picture_finding':
      return report.warn({ ...at, camera, from_ms: event.from_ms }, 'archive-warning-picture', { kind: event.kind });
    case 'recording_fault':
    case 'file_fault':
      return report.warn({ ...at, camera }, 'archive-warning-recording');
    case 'source_replaced':
      return report.warn({ ...at, camera }, 'archive-warning-source');
    case 'sound_lost':
    case 'sound_silent':
      return report.warn({ ...at, camera }, 'archive-warning-sound');
    case 'disk_low':
      return report.warn(at, 'archive-warning-disk');
    case 'step_waived':
      return report.warn(at, 'archive-warning-waived', { step: event.step });
    case 'stop_ordered':
      return event.handover_done ? undefined : report.warn(at, 'archive-warning-early-stop');
    case 'corrected':
      return report.warn(at, 'archive-warning-corrected', { record: event.record });
  }
}
