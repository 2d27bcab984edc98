// The wall clock held against the monotonic one, which nobody can set: a step has a record of its own.

/** The station records a step of more than this between two looks. */
const STEP_MS = 1000;
/** Steps and their records may differ by this much within one run of the station. */
const TOLERANCE_MS = 2000;

/** @typedef {import('./report.js').Report} Report */

/** Both clocks from record to record, within one run of the station. */
export class Clocks {
  #boot = '';
  #utcMs = 0;
  #monoMs = 0;
  /** Steps that were seen, less those that were recorded. */
  #untoldMs = 0;
  /** @type {{ record: number, utcMs: number, stepMs: number } | null} The first record after the largest step. */
  #largest = null;

  /** Takes the next record. @param {import('./record.js').Record} record @param {Report} report */
  take(record, report) {
    const [utcMs, monoMs] = [Number(record.utc_ms), Number(record.mono_ms)];
    if (record.boot === this.#boot) {
      const stepMs = utcMs - this.#utcMs - (monoMs - this.#monoMs);
      if (Math.abs(stepMs) > STEP_MS) {
        this.#untoldMs += stepMs;
        if (!this.#largest || Math.abs(this.#largest.stepMs) < Math.abs(stepMs)) {
          this.#largest = { record: record.n, utcMs, stepMs };
        }
      }
    } else {
      this.settle(report);
      this.#boot = record.boot;
      this.#untoldMs = 0;
    }
    [this.#utcMs, this.#monoMs] = [utcMs, monoMs];
    if (record.event.type === 'clock_stepped') this.#untoldMs -= Number(record.event.step_ms);
  }

  /** After the last record of a run: notes what was never told. @param {Report} report */
  settle(report) {
    const largest = this.#largest;
    this.#largest = null;
    if (largest && Math.abs(this.#untoldMs) > TOLERANCE_MS) {
      const place = { record: largest.record, from_ms: largest.utcMs };
      report.fault('INCOMPLETE', place, 'archive-clock-unlogged', { seconds: Math.trunc(this.#untoldMs / 1000) });
    }
  }
}
