// What happened to the computer with no open access that explains it.

/** More accesses than a day has; later ones explain nothing. */
const MOST_ACCESSES = 1000;

/** Gathered record by record. */
export class Incidents {
  /** @type {{ access: number, from: number, to: number | null }[]} In the order they were opened. */
  #accesses = [];
  /** @type {Map<number, number>} Of those that nobody has explained: the record, and its time. */
  #unexplained = new Map();

  /** @param {import('./record.js').Record} record */
  take({ n, utc_ms: now, event }) {
    switch (event.type) {
      case 'access_opened':
        if (this.#accesses.length < MOST_ACCESSES) this.#accesses.push({ access: event.access, from: now, to: null });
        break;
      case 'access_closed':
      case 'access_explained': {
        const ended = this.#accesses.find(({ access, to }) => access === event.access && to === null);
        if (ended) ended.to = now;
        break;
      }
      case 'equipment_changed': {
        const covers = (/** @type {{ from: number, to: number | null }} */ { from, to }) =>
          from <= event.from_ms && (to === null || to > event.to_ms);
        if (!this.#accesses.some(covers)) this.#unexplained.set(n, now);
        break;
      }
      case 'equipment_explained':
        for (const record of event.records) this.#unexplained.delete(record);
    }
  }

  /** After the last record. @param {import('./report.js').Report} report */
  settle(report) {
    const [first] = this.#unexplained;
    if (first === undefined) return;
    const [record, from] = first;
    report.warn({ record, from_ms: from }, 'archive-warning-incidents', { count: this.#unexplained.size });
  }
}
