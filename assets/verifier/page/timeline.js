// What there is of each camera by the second: as it was signed, changed, missing, outages.
import { segmentId } from '../core/names.js';
import { element } from './elements.js';

/** What a stretch is, as the report calls it, from what lies below to what lies on top. */
const SPAN_KINDS = /** @type {const} */ (['signed', 'kept', 'admitted', 'missing', 'changed']);

/** @typedef {(typeof SPAN_KINDS)[number]} Kind */
/** @typedef {{ from: number, to: number, kind: Kind | 'access', words: string }} Stretch */
/** @typedef {{ camera: string | null, name: string, stretches: Stretch[] }} Track Without a camera: the accesses. */

const HOUR_MS = 3_600_000;
const STEPS_MS = [60_000, 300_000, 900_000, 1_800_000, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS];

/** @param {import('./app.js').Shown} shown @returns {Track[]} */
function tracksOf({ result, records, cameraName, texts, clock }) {
  const stretch = (/** @type {Stretch['kind']} */ kind, /** @type {number} */ from, /** @type {number} */ to) => {
    return { kind, from, to, words: `${texts.say(`span-${kind}`)} ${clock.span(from, to)}` };
  };
  /** @type {Track[]} */
  const tracks = (result.report.excerpt ? [] : result.report.cameras).map((summary) => {
    const spans = (/** @type {Kind} */ kind) =>
      summary[kind].spans.map(({ from_ms: from, to_ms: to }) => stretch(kind, from, to));
    return { camera: summary.camera, name: cameraName(summary.camera), stretches: SPAN_KINDS.flatMap(spans) };
  });
  if (result.report.excerpt) {
    // What is missing beside it, it does not tell.
    const { recordings, excerpt } = result.report;
    const piece = (/** @type {any} */ { from_ms, to_ms, intact }) => stretch(intact ? 'signed' : 'changed', from_ms, to_ms);
    tracks.push({ camera: excerpt.camera, name: excerpt.camera, stretches: recordings.map(piece) });
  }
  const accesses = accessesOf(records).filter(({ to }) => to !== null);
  const stretches = accesses.map(({ opened, to }) => stretch('access', opened.utc_ms, Number(to)));
  if (stretches.length > 0) tracks.push({ camera: null, name: texts.say('timeline-access'), stretches });
  return tracks;
}

/** Every access with the record that opened it, the one that closed or explained it, and when.
 * @param {import('../core/record.js').Record[]} records */
export function accessesOf(records) {
  return records
    .filter(({ event }) => event.type === 'access_opened')
    .map((opened) => {
      const ends = ['access_closed', 'access_explained'];
      const isEnd = (/** @type {any} */ { event }) => ends.includes(event.type) && event.access === opened.event.access;
      const end = records.find(isEnd) ?? null;
      return { opened, end, to: end && end.utc_ms };
    });
}

/** @param {import('./app.js').Shown} shown @param {(recording: any, atMs: number) => void} play */
export function timelineView(shown, play) {
  const { texts, clock, result } = shown;
  const tracks = tracksOf(shown);
  const all = tracks.flatMap(({ stretches }) => stretches);
  if (all.length === 0) return null;
  const from = all.reduce((least, stretch) => Math.min(least, stretch.from), Infinity);
  const to = all.reduce((most, stretch) => Math.max(most, stretch.to), from + 1000);
  const percent = (/** @type {number} */ ms) => (100 * (ms - from)) / (to - from);
  const grid = element('div', { class: 'tracks' });
  for (const { camera, name, stretches } of tracks) {
    const track = element('div', { class: 'track' });
    for (const stretch of stretches) {
      const playAt = (/** @type {number} */ ms) => {
        const found = camera !== null && recordingAt(result.report.recordings, camera, ms);
        if (found) play(found, ms);
      };
      const isPlayable = stretch.kind === 'signed' || stretch.kind === 'changed';
      track.append(stretchView(stretch, percent, isPlayable ? playAt : null));
    }
    grid.append(element('div', { class: 'name', title: name }, name), track);
  }
  grid.append(element('div', { class: 'dim' }, clock.isUtc ? 'UTC' : ''), hoursView(from, to, percent, clock));
  const legend = [...SPAN_KINDS, 'access'].map((kind) => {
    const sample = element('span', { class: 'track' }, element('span', { class: kind }));
    return element('span', {}, sample, texts.say(`span-${kind}`));
  });
  return element('div', {},
    element('h2', {}, texts.say('timeline-title')),
    grid,
    element('div', { class: 'legend' }, ...legend),
    result.report.excerpt ? null : sumsView(shown));
}

/** @param {Stretch} stretch @param {(ms: number) => number} percent @param {((atMs: number) => void) | null} play */
function stretchView({ kind, words, from, to }, percent, play) {
  const view = element(play ? 'button' : 'span', { class: kind, title: words });
  view.setAttribute('aria-label', words);
  if (play) {
    view.type = 'button';
    view.addEventListener('click', (/** @type {MouseEvent} */ event) => {
      // A press of a key has no place: it plays from the beginning.
      const box = view.getBoundingClientRect();
      const share = event.detail === 0 || box.width === 0 ? 0 : (event.clientX - box.left) / box.width;
      play(from + share * (to - from));
    });
  } else {
    view.setAttribute('role', 'img');
  }
  view.style.left = `${percent(from)}%`;
  view.style.width = `${percent(to) - percent(from)}%`;
  return view;
}

/** The recording that is here and shows this moment, or the last one before it.
 * @param {import('../core/report.js').Recording[]} recordings @param {string} camera @param {number} ms */
export function recordingAt(recordings, camera, ms) {
  const own = recordingsOf(recordings, camera);
  return own.findLast(({ from_ms: from }) => from <= ms) ?? own[0] ?? null;
}

/** @param {number} from @param {number} to @param {(ms: number) => number} percent @param {import('./wording.js').Clock} clock */
function hoursView(from, to, percent, clock) {
  const step = STEPS_MS.find((ms) => (to - from) / ms <= 8) ?? Math.ceil((to - from) / 8 / HOUR_MS) * HOUR_MS;
  const hours = element('div', { class: 'hours', 'aria-hidden': 'true' });
  const put = (/** @type {number} */ ms) => {
    const mark = element('span', {}, clock.say(ms, clock.short));
    mark.style.left = `${percent(ms)}%`;
    hours.append(mark);
  };
  put(from);
  for (let at = Math.ceil(from / step) * step; at < to; at += step) {
    if (percent(at) > 8 && percent(at) < 92) put(at);
  }
  put(to);
  return hours;
}

/** The same in figures, for the paper and for who does not see the bars. @param {import('./app.js').Shown} shown */
function sumsView({ texts, result, cameraName }) {
  const looks = { signed: '', kept: '', admitted: 'warn', missing: 'bad', changed: 'bad' };
  const cameras = result.report.cameras;
  const cell = (/** @type {number} */ ms, /** @type {Kind} */ kind) =>
    element('td', { class: `number ${ms > 0 ? looks[kind] : ''}` }, ms > 0 ? durationWords(ms) : '—');
  const head = [texts.say('timeline-camera'), ...SPAN_KINDS.map((kind) => texts.say(`span-${kind}`))];
  return element('details', { open: cameras.length <= 8 },
    element('summary', { class: 'dim' }, texts.say('timeline-sums')),
    element('div', { class: 'wide' },
      element('table', {},
        element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
        element('tbody', {}, ...cameras.map((summary) =>
          element('tr', {}, element('td', {}, cameraName(summary.camera)),
            ...SPAN_KINDS.map((kind) => cell(summary[kind].ms, kind))))))));
}

/** `6:12:05`. @param {number} ms */
export function durationWords(ms) {
  const all = Math.round(ms / 1000);
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${Math.floor(all / 3600)}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
}

/** The recordings of one camera in their order. @param {import('../core/report.js').Recording[]} recordings @param {string} camera */
export function recordingsOf(recordings, camera) {
  const own = recordings.filter((recording) => recording.camera === camera && recording.file !== null);
  return own.sort((a, b) => (segmentId(a) < segmentId(b) ? -1 : 1));
}
