// Plays a segment right out of its part: a slice of the file, never read as a whole.
import { byId, element } from './elements.js';
import { recordingsOf } from './timeline.js';

/** The address of the film that is shown; given back when it is replaced. */
let filmUrl = '';

/** Forgets the film that is shown. */
export function closePlayer() {
  if (filmUrl) URL.revokeObjectURL(filmUrl);
  filmUrl = '';
  byId('player').replaceChildren();
  byId('player').hidden = true;
}

/** @param {import('./app.js').Shown} shown @param {import('../core/report.js').Recording} recording @param {number} atMs */
export function play(shown, recording, atMs) {
  const { texts, clock, result, files, cameraName } = shown;
  const place = result.videos.find(({ id, label }) => id === `${recording.camera}/${recording.segment}` && label === recording.part);
  const file = place && files.find(({ name }) => name === place.label);
  if (!place || !file) return;
  closePlayer();
  const pieces = place.pieces.map(([from, to]) => file.slice(from, to));
  filmUrl = URL.createObjectURL(new Blob(pieces, { type: 'video/mp4' }));
  const own = recordingsOf(result.report.recordings, recording.camera);
  const at = own.indexOf(recording);
  const video = element('video', { id: 'film', controls: true, src: filmUrl, playsInline: true });
  const stamp = element('span', { class: 'stamp' });
  const tell = () => {
    const now = recording.from_ms + video.currentTime * 1000;
    stamp.textContent = `${clock.say(now, clock.day)}, ${clock.say(now)}`;
  };
  video.addEventListener('timeupdate', tell);
  video.addEventListener('loadedmetadata', () => {
    video.currentTime = Math.max(0, (atMs - recording.from_ms) / 1000);
    // A browser that does not let a page begin by itself shows the first picture.
    video.play().catch(() => {});
  });
  const step = (/** @type {number} */ by, /** @type {string} */ id) => {
    const next = own[at + by];
    const button = element('button', { type: 'button', class: 'button outlined small', disabled: !next }, texts.say(id));
    if (next) button.addEventListener('click', () => play(shown, next, next.from_ms));
    return button;
  };
  video.addEventListener('ended', () => {
    const next = own[at + 1];
    if (next) play(shown, next, next.from_ms);
  });
  const problem = element('p', { class: 'problem', hidden: true }, texts.say('player-problem'));
  video.addEventListener('error', () => (problem.hidden = false));
  // Nothing plays without a word of whether it is what was recorded.
  const state = recording.intact ? 'player-intact' : 'player-changed';
  byId('player').append(
    element('h2', {}, cameraName(recording.camera)),
    element('div', { class: 'screen-video' }, video),
    problem,
    element('div', { class: 'below' },
      stamp, step(-1, 'player-before'), step(1, 'player-next'),
      element('strong', { class: recording.intact ? 'ok' : 'bad' }, `${recording.intact ? '✔' : '■'} ${texts.say(state)}`),
      element('span', { class: 'dim' }, `${place.label} · ${String(recording.segment).padStart(6, '0')}.mp4 · ${clock.span(recording.from_ms, recording.to_ms)}`)),
  );
  byId('player').hidden = false;
  byId('player').scrollIntoView({ block: 'nearest' });
  tell();
}
