// Records, places and times in words.

/** A time of day at the point, or in UTC while its time zone is unknown. */
export class Clock {
  /** @param {string | null} zone @param {string} language */
  constructor(zone, language) {
    this.isUtc = zone === null;
    const timeZone = zone ?? 'UTC';
    this.time = new Intl.DateTimeFormat(language, { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false, hourCycle: 'h23' });
    this.short = new Intl.DateTimeFormat(language, { timeZone, hour: '2-digit', minute: '2-digit', hour12: false, hourCycle: 'h23' });
    this.day = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'long' });
  }

  /** @param {number} ms @param {Intl.DateTimeFormat} [format] */
  say(ms, format = this.time) {
    const time = new Date(ms);
    return Number.isNaN(time.getTime()) ? `${ms} ms` : format.format(time) + (this.isUtc ? 'Z' : '');
  }

  /** @param {number} from @param {number} to */
  span(from, to) {
    return `${this.say(from)}–${this.say(to)}`;
  }
}

/** A place in an archive, as short as it stays clear; empty when nothing is known of it.
 * @param {import('../core/report.js').Place} place @param {import('./app.js').Shown} shown */
export function placeWords(place, { clock, texts, cameraName }) {
  const words = [];
  // Of a day, which is region-point-date-station, the station alone.
  if (place.day !== undefined) words.push(`[${place.day.split('-').slice(5).join('-')}]`);
  if (place.camera !== undefined) {
    const segment = place.segment === undefined ? '' : ` ${String(place.segment).padStart(6, '0')}.mp4`;
    words.push(cameraName(place.camera) + segment);
  } else if (place.part !== undefined || place.file !== undefined) {
    words.push([place.part, place.file].filter(Boolean).join(' '));
  }
  if (place.from_ms !== undefined && place.to_ms !== undefined) words.push(clock.span(place.from_ms, place.to_ms));
  else if (place.from_ms !== undefined) words.push(clock.say(place.from_ms));
  if (place.record === undefined) return words.join(', ');
  const record = texts.say('archive-place-record', { record: place.record });
  return words.length > 0 ? `${words.join(', ')} (${record})` : record;
}

const seconds = (/** @type {any} */ { from_ms: from, to_ms: to }) => ({ seconds: Math.round((to - from) / 1000) });

/** What texts of some events need and the event does not hold in that form.
 * @type {Record<string, (event: any) => Record<string, string | number>>} */
const MORE_ARGUMENTS = {
  day_sealed: ({ parts }) => ({ parts: parts.length }),
  clock_stepped: ({ step_ms: step }) => ({ seconds: Math.trunc(step / 1000) }),
  time_zone_changed: ({ from_min: from, to_min: to }) => ({ from: utcOffset(from), to: utcOffset(to) }),
  disk_low: ({ free_bytes: free, needed_bytes: needed }) => ({
    'free-mb': Math.trunc(free / 1e6),
    'needed-mb': Math.trunc(needed / 1e6),
  }),
  disk_recovered: ({ free_bytes: free }) => ({ 'free-mb': Math.trunc(free / 1e6) }),
  handed_over: ({ reason }) => ({ reason: reason === '' ? 'none' : reason }),
  recording_started: ({ cameras }) => ({ cameras: cameras.length }),
  start_due: ({ zone, cameras }) => ({ zone: zone.replace('_', '-'), cameras: cameras.length }),
  stop_ordered: ({ cameras, handover_done: done }) => ({ cameras: cameras.length, handover: done ? 'done' : 'early' }),
  sound_heard: seconds,
  gap: seconds,
  segment_finished: seconds,
  picture_recovered: seconds,
  file_repaired: ({ cut_bytes: bytes }) => ({ bytes }),
  video_heads: ({ heads }) => ({ cameras: heads.length }),
  outage_explained: ({ records }) => ({ count: records.length }),
  countersignatures_due: ({ roles }) => ({ count: roles.length }),
  equipment_seen: ({ things }) => ({ count: things.length }),
  equipment_changed: ({ kind, change, name, place }) => ({
    what: `${kind}-${change}`,
    thing: name && place ? `${name} (${place})` : name || place,
  }),
  equipment_explained: ({ records }) => ({ count: records.length }),
  cabinet_opened: ({ seals }) => ({
    seals: seals.map((/** @type {any} */ { number }) => number).join(', '),
    broken: seals.filter((/** @type {any} */ { intact }) => !intact).length,
  }),
  cabinet_closed: ({ pak_on: isOn, seals }) => ({ seals: seals.join(', '), pak: isOn ? 'on' : 'off' }),
  access_opened: ({ rooms }) => ({ first: rooms.first, last: rooms.last }),
};

/** A record's event in words. @param {any} event @param {import('./texts.js').Texts} texts */
export function eventWords(event, texts) {
  const plain = Object.entries(event).filter(([, value]) => typeof value !== 'object' && typeof value !== 'boolean');
  const args = { ...Object.fromEntries(plain), ...MORE_ARGUMENTS[event.type]?.(event) };
  const words = texts.say(`event-${event.type.replaceAll('_', '-')}`, args);
  const cause = event.cause ?? event.finding;
  return cause && texts.has(cause.id) ? `${words}. ${texts.say(cause.id, cause.args)}` : words;
}

/** @param {number} minutes */
function utcOffset(minutes) {
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/** @param {number} bytes @param {import('./texts.js').Texts} texts */
export function sizeWords(bytes, texts) {
  const units = ['B', 'kB', 'MB', 'GB'];
  const unit = Math.min(Math.max(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 0), 3);
  const value = bytes / 1000 ** unit;
  return texts.say(`size-${units[unit].toLowerCase()}`, {
    value: value.toLocaleString(texts.language, { maximumFractionDigits: unit > 1 ? 1 : 0 }),
  });
}
