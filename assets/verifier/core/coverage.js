// Second by second: what of each camera is here as it was signed, what was changed, what is missing.
import { Spans } from './spans.js';

/** Pictures that follow each other closer than this leave no hole. */
const CLOSE_MS = 1_000;
/** A loss is noticed and told after five seconds: a longer one that is told nowhere was hidden. */
const HIDDEN_MS = 5_000;
/** A camera takes some seconds to begin, and its last file some to be finished. */
const SETTLING_MS = 10_000;
/** A segment has one stretch, or a few around what was changed in it. Of more, none counts. */
const MAX_STRETCHES = 1_000;

/** @typedef {import('./spans.js').Stretch} Stretch */
/** @typedef {{ i: number, fromMs: number, toMs: number, isWhole: boolean }} Fragment */
/** @typedef {Record<'signed' | 'changed' | 'kept' | 'expected' | 'admitted', Stretch[]>} FoundOf */

/** What was found of all cameras. */
export class CoverageOfAll {
  /** @type {Map<string, FoundOf>} */
  #cameras = new Map();

  /** @param {string} camera @returns {FoundOf} */
  #of(camera) {
    const found = this.#cameras.get(camera) ?? { signed: [], changed: [], kept: [], expected: [], admitted: [] };
    this.#cameras.set(camera, found);
    return found;
  }

  /** By its fragments: whole ones are as they were signed. @param {string} camera @param {Fragment[]} fragments */
  takeFragments(camera, fragments) {
    this.#of(camera).signed.push(...stretches(fragments, true));
    this.#of(camera).changed.push(...stretches(fragments, false));
  }

  /** All of it. @param {string} camera @param {'signed' | 'changed' | 'kept'} kind @param {number} from @param {number} to */
  take(camera, kind, from, to) {
    this.#of(camera)[kind].push([from, to]);
  }

  /** What was lost between two stations of one day, which the second one's document admits.
   * @param {import('./duty.js').Duty} old @param {import('./duty.js').Duty} next */
  bridge(old, next) {
    for (const [camera, lost] of old.lostTo(next)) {
      this.#of(camera).expected.push(lost);
      this.#of(camera).admitted.push(lost);
    }
  }

  /** What the journal expects and admits; notes losses that it should tell and does not.
   * @param {import('./facts.js').Facts} facts @param {import('./report.js').Report} report */
  holdToJournal(facts, report) {
    /** @type {Map<string, Stretch[]>} */
    const named = new Map([...facts.duty.cameras.keys()].map((camera) => [camera, []]));
    for (const { segment } of facts.segments.values()) {
      named.set(segment.camera, [...(named.get(segment.camera) ?? []), [segment.from_ms, segment.to_ms]]);
    }
    for (const camera of [...named.keys()].sort()) {
      const recorded = Spans.of(named.get(camera) ?? []);
      const ordered = settled(facts.duty.ordered(camera), recorded);
      const admitted = facts.duty.admitted(camera);
      const hidden = ordered.minus(recorded).minus(admitted).ofAtLeast(HIDDEN_MS);
      // An unreadable record may have told of it.
      for (const [from_ms, to_ms] of facts.complete ? hidden.list : []) {
        const seconds = Math.trunc((to_ms - from_ms) / 1000);
        report.fault('INCOMPLETE', { camera, from_ms, to_ms }, 'archive-video-hidden-gap', { seconds });
      }
      this.#of(camera).expected.push(...ordered.plus(recorded).list);
      this.#of(camera).admitted.push(...admitted.within(ordered).minus(recorded).list);
    }
  }

  /** One line a camera, in the order of their names.
   * @param {(camera: string) => string} name @param {import('./report.js').Report} report */
  tell(name, report) {
    for (const [camera, found] of [...this.#cameras].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const allSigned = Spans.of(found.signed);
      const changed = Spans.of(found.changed).minus(allSigned);
      const signed = allSigned.withoutHolesUnder(CLOSE_MS).minus(changed);
      const here = signed.plus(changed);
      const kept = Spans.of(found.kept).withoutHolesUnder(CLOSE_MS).minus(here);
      const accounted = here.plus(kept);
      const admitted = Spans.of(found.admitted).minus(accounted).ofAtLeast(CLOSE_MS);
      const missing = Spans.of(found.expected).minus(accounted).minus(admitted).ofAtLeast(CLOSE_MS);
      const told = { signed: signed.told(), changed: changed.told(), missing: missing.told() };
      report.cameras.push({ camera, name: name(camera), ...told, admitted: admitted.told(), kept: kept.told() });
    }
  }
}

/** The stretches of fragments that are whole, or that are not; those that follow each other are one.
 * @param {Fragment[]} fragments @param {boolean} whole @returns {Stretch[]} */
function stretches(fragments, whole) {
  /** @type {Stretch[]} */
  const found = [];
  let last = -1;
  for (const { i, fromMs, toMs } of fragments.filter(({ isWhole }) => isWhole === whole)) {
    const run = found.at(-1);
    if (run && last + 1 === i && Math.abs(fromMs - run[1]) < CLOSE_MS) run[1] = toMs;
    else found.push([fromMs, toMs]);
    last = i;
  }
  return found.length > MAX_STRETCHES ? [] : found;
}

/** What was ordered, without the seconds in which a camera begins and ends.
 * @param {Spans} ordered @param {Spans} recorded */
function settled(ordered, recorded) {
  return Spans.of(
    ordered.list.map(([from, to]) => {
      const [first, last] = recorded.reachIn(from, to) ?? [to, from];
      const begins = first - from <= SETTLING_MS;
      const ends = to - last <= SETTLING_MS;
      return [begins ? Math.max(first, from) : from, ends ? Math.min(last, to) : to];
    }),
  );
}
