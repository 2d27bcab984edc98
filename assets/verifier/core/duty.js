// When each camera had to record, and when the journal itself says that it did not.
import { Spans } from './spans.js';

/** A clock step is recorded within this long after it. */
const NOTICED_MS = 5_000;

/** An exam point has fewer cameras. Of more nothing is asked. */
export const MAX_CAMERAS = 256;

/** @typedef {import('./spans.js').Stretch} Stretch */

class CameraDuty {
  /** @type {Stretch[]} */
  ordered = [];
  /** @type {Stretch[]} */
  admitted = [];
  /** Since when it is ordered, lost, not written: none while it is not.
   * @type {{ ordered: number | null, lost: number | null, unwritten: number | null }} */
  since = { ordered: null, lost: null, unwritten: null };

  /** @param {Stretch[]} list @param {'ordered' | 'lost' | 'unwritten'} what @param {number} now */
  end(list, what, now) {
    const from = this.since[what];
    if (from !== null) list.push([from, now]);
    this.since[what] = null;
  }

  /** @param {number} now */
  stop(now) {
    this.end(this.ordered, 'ordered', now);
    this.end(this.admitted, 'lost', now);
    this.end(this.admitted, 'unwritten', now);
  }
}

/** Gathered record by record. */
export class Duty {
  /** @type {Map<string, CameraDuty>} */
  cameras = new Map();
  /** What is told of cameras beyond those; nobody asks for it. @type {CameraDuty | null} */
  beyond = null;
  /** @type {Stretch[]} Of every camera: the station was down, or the wall clock jumped over it. */
  #skipped = [];
  /** @type {number | null} When the newest record was written. */
  #last = null;
  /** @type {string[]} Cameras that the last record left recording. */
  #leftRecording = [];

  /** @param {import('./record.js').Record} record */
  take({ utc_ms: now, event }) {
    switch (event.type) {
      case 'recording_started':
        for (const camera of event.cameras) this.#camera(camera).since.ordered ??= now;
        break;
      case 'recording_stopped':
        this.#camera(event.camera).stop(now);
        break;
      case 'gap':
        this.#camera(event.camera).admitted.push([event.from_ms, event.to_ms]);
        this.#camera(event.camera).since.lost = null;
        break;
      case 'camera_lost':
        this.#camera(event.camera).since.lost ??= event.last_frame_ms ?? now;
        break;
      case 'camera_works':
        this.#camera(event.camera).end(this.#camera(event.camera).admitted, 'lost', now);
        break;
      case 'outage_began':
        this.#camera(event.camera).since.unwritten ??= event.from_ms;
        break;
      case 'outage_ended':
        this.#camera(event.camera).end(this.#camera(event.camera).admitted, 'unwritten', event.to_ms);
        break;
      case 'clock_stepped':
        // Forward: the clock never showed the times between.
        this.#skipped.push([now - event.step_ms - NOTICED_MS, now + NOTICED_MS]);
        break;
      case 'station_started':
        if (event.restart > 0 && this.#last !== null) this.#skipped.push([this.#last, now]);
        break;
    }
    this.#last = now;
  }

  /** Between this journal's end and the next one's first video of each camera: what was lost by another station's
   * taking over. @param {Duty} next @returns {[string, Stretch][]} */
  lostTo(next) {
    const from = this.#last ?? Infinity;
    const begins = (/** @type {string} */ camera) => next.cameras.get(camera)?.ordered[0]?.[0] ?? next.#last ?? -Infinity;
    return this.#leftRecording.map((camera) => [camera, [from, begins(camera)]]);
  }

  /** After the last record: what is open lasts until then. */
  finish() {
    const recording = [...this.cameras].filter(([, { since }]) => since.ordered !== null);
    this.#leftRecording = recording.map(([id]) => id).sort();
    if (this.#last !== null) for (const camera of this.cameras.values()) camera.stop(this.#last);
  }

  /** When it was ordered to record. @param {string} camera */
  ordered(camera) {
    return Spans.of(this.cameras.get(camera)?.ordered ?? []);
  }

  /** When it did not, as the journal says. @param {string} camera */
  admitted(camera) {
    return Spans.of([...(this.cameras.get(camera)?.admitted ?? []), ...this.#skipped]);
  }

  /** @param {string} id */
  #camera(id) {
    const known = this.cameras.get(id);
    if (!known && this.cameras.size >= MAX_CAMERAS) return (this.beyond ??= new CameraDuty());
    const camera = known ?? new CameraDuty();
    this.cameras.set(id, camera);
    return camera;
  }
}
