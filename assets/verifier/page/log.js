// The journal as a table: searched, or only the access log in the columns of its form.
import { element } from './elements.js';
import { accessesOf } from './timeline.js';
import { eventWords } from './wording.js';

/** So many rows are shown at once, and as many more on each press. */
const ROWS = 200;

/** @param {import('./app.js').Shown} shown */
export function logView(shown) {
  const { texts, records, leftOut } = shown;
  if (records.length === 0) return null;
  const search = element('input', { type: 'search', id: 'search', placeholder: texts.say('log-search') });
  search.setAttribute('aria-label', texts.say('log-search'));
  const filter = element('select', { id: 'filter' });
  filter.setAttribute('aria-label', texts.say('log-filter'));
  for (const kind of ['all', 'access', 'trouble', 'people']) {
    filter.append(element('option', { value: kind }, texts.say(`log-filter-${kind}`)));
  }
  const body = element('div');
  const lines = new Lines(shown);
  const show = (/** @type {number} */ count) => body.replaceChildren(found(shown, lines, filter.value, search.value, count, show));
  search.addEventListener('input', () => show(ROWS));
  filter.addEventListener('change', () => show(ROWS));
  show(ROWS);
  const rest = leftOut > 0 ? element('p', { class: 'dim' }, texts.say('log-left-out', { shown: records.length, count: leftOut })) : null;
  return element('div', {}, element('h2', {}, texts.say('log-title')), element('div', { class: 'tools' }, search, filter), rest, body);
}

const TROUBLE = /^(gap|outage|camera_lost|sound_lost|sound_silent|picture_finding|recording_fault|file_|disk_low|clock_|time_zone|torn_tail|driver_|step_waived|sign_in_failed|corrected)/;

/** The records in words, of which only what is shown or searched is ever made. */
class Lines {
  /** @param {import('./app.js').Shown} shown */
  constructor({ records, texts, personName, result }) {
    this.records = records;
    this.faulty = new Set(result.report.faults.map(({ place }) => place.record));
    this.texts = texts;
    this.personName = personName;
    /** @type {string[]} What is searched in, by the record's place. */
    this.sought = [];
  }

  /** @param {import('../core/record.js').Record} record */
  who({ actor: { person, approved_by: second } }) {
    return [person, second].filter((id) => id !== null).map((id) => this.personName(String(id))).join(', ');
  }

  /** @param {import('../core/record.js').Record} record */
  words(record) {
    return eventWords(record.event, this.texts);
  }

  /** @param {number} at @param {string[]} words */
  has(at, words) {
    if (words.length === 0) return true;
    const record = this.records[at];
    this.sought[at] ??= `${record.n} ${this.words(record)} ${this.who(record)}`.toLowerCase();
    return words.every((word) => this.sought[at].includes(word));
  }
}

/** @param {import('./app.js').Shown} shown @param {Lines} lines @param {string} kind @param {string} sought
 * @param {number} count @param {(count: number) => void} show */
function found(shown, lines, kind, sought, count, show) {
  const { records, texts, clock } = shown;
  if (kind === 'access') return accessView(shown, sought);
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = records.filter(
    (record, at) =>
      (kind !== 'trouble' || lines.faulty.has(record.n) || TROUBLE.test(record.event.type)) &&
      (kind !== 'people' || lines.who(record) !== '') &&
      lines.has(at, words),
  );
  const rows = matching.slice(0, count).map((record) =>
    element('tr', lines.faulty.has(record.n) ? { class: 'bad' } : {},
      element('td', { class: 'time' }, clock.say(record.utc_ms)),
      element('td', { class: 'number' }, String(record.n)),
      element('td', {}, lines.words(record)),
      element('td', {}, lines.who(record))),
  );
  const more = element('button', { type: 'button', class: 'button outlined small more' }, texts.say('log-more'));
  more.addEventListener('click', () => show(count + ROWS));
  return element('div', {},
    table(['log-time', 'log-number', 'log-event', 'log-who'].map((id) => texts.say(id)), rows),
    element('p', { class: 'dim' }, texts.say('log-count', { shown: rows.length, count: matching.length })),
    matching.length > count ? more : null,
  );
}

/** Accesses to the equipment, as the paper form has them. @param {import('./app.js').Shown} shown @param {string} sought */
function accessView({ records, texts, clock, personName }, sought) {
  const rows = accessesOf(records).map(({ opened, end, to }) => {
    const { access, person, second, rooms, action, reason, time_from: typed } = opened.event;
    const from = `${typed} (${clock.say(opened.utc_ms)})`;
    const until = end && to !== null ? `${end.event.time_to ?? ''} (${clock.say(to)})` : '—';
    const result = end ? (end.event.result ?? end.event.text) : texts.say('access-never-closed');
    const range = rooms.first === rooms.last ? rooms.first : `${rooms.first}–${rooms.last}`;
    return [String(access), range, from, until, `${action}. ${reason}`, personName(person), personName(second), result];
  });
  const matching = rows.filter((row) => row.join(' ').toLowerCase().includes(sought.toLowerCase()));
  const head = ['number', 'rooms', 'from', 'to', 'action', 'person', 'second', 'result'].map((name) => texts.say(`access-${name}`));
  return table(head, matching.map((row) => element('tr', {}, ...row.map((text) => element('td', {}, text)))));
}

/** @param {string[]} head @param {Node[]} rows */
function table(head, rows) {
  return element('div', { class: 'wide' },
    element('table', {},
      element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
      element('tbody', {}, ...rows)));
}
