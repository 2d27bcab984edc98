// Stretches of time as sets.

/** So many stretches are told one by one. */
const MAX_SPANS_LISTED = 200;

/** @typedef {[number, number]} Stretch From its first moment up to the one before the second number, UTC ms. */
/** @typedef {{ ms: number, spans: { from_ms: number, to_ms: number }[], more: number }} Coverage */

/** Moments of wall time: stretches in their order that neither touch nor are empty. */
export class Spans {
  /** @param {Stretch[]} list In that form already. */
  constructor(list) {
    this.list = list;
  }

  /** @param {Stretch[]} stretches */
  static of(stretches) {
    /** @type {Stretch[]} */
    const joined = [];
    for (const [from, to] of stretches.filter(([from, to]) => from < to).sort((a, b) => a[0] - b[0])) {
      const last = joined.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
    }
    return new Spans(joined);
  }

  /** @param {Spans} other */
  plus(other) {
    return Spans.of([...this.list, ...other.list]);
  }

  /** @param {Spans} other */
  minus(other) {
    /** @type {Stretch[]} */
    const left = [];
    let first = 0;
    for (const [from, to] of this.list) {
      let at = from;
      // What ends before this stretch ends before all that follow.
      while (first < other.list.length && other.list[first][1] <= from) first += 1;
      for (let next = first; next < other.list.length && other.list[next][0] < to; next++) {
        left.push([at, other.list[next][0]]);
        at = Math.max(at, other.list[next][1]);
      }
      left.push([at, to]);
    }
    return Spans.of(left);
  }

  /** @param {Spans} other */
  within(other) {
    return this.minus(this.minus(other));
  }

  /** Holes that are shorter than this count as covered. @param {number} ms */
  withoutHolesUnder(ms) {
    /** @type {Stretch[]} */
    const joined = [];
    for (const [from, to] of this.list) {
      const last = joined.at(-1);
      if (last && from - last[1] < ms) last[1] = to;
      else joined.push([from, to]);
    }
    return new Spans(joined);
  }

  /** The first and the last moment of the stretches that have a part in this one.
   * @param {number} from @param {number} to @returns {Stretch | null} */
  reachIn(from, to) {
    const inside = this.list.filter((span) => span[1] > from && span[0] < to);
    return inside.length > 0 ? [inside[0][0], inside[inside.length - 1][1]] : null;
  }

  /** @param {number} ms */
  ofAtLeast(ms) {
    return new Spans(this.list.filter(([from, to]) => to - from >= ms));
  }

  /** As a report tells it: the longest stretches, in the order of time. @returns {Coverage} */
  told() {
    const ms = this.list.reduce((sum, [from, to]) => sum + to - from, 0);
    const longest = [...this.list].sort((a, b) => b[1] - b[0] - (a[1] - a[0])).slice(0, MAX_SPANS_LISTED);
    const spans = longest.sort((a, b) => a[0] - b[0]).map(([from, to]) => ({ from_ms: from, to_ms: to }));
    return { ms, spans, more: this.list.length - spans.length };
  }
}
