// The page: files in, the verification in a thread of its own, what came of it in the reader's language.
import { readCountersignatureName } from '../core/countersigned.js';
import { isEncryptedName } from '../core/names.js';
import { exitCode, worstFault } from '../core/report.js';
import { BadSigners, readAct, readRevoked, readSigners } from '../core/signers.js';
import { byId, element } from './elements.js';
import { logView } from './log.js';
import { closePlayer, play } from './player.js';
import { Texts } from './texts.js';
import { timelineView } from './timeline.js';
import { Clock, placeWords, sizeWords } from './wording.js';

/** What a finished verification is shown with.
 * @typedef {{ result: import('../core/verify.js').Verification, records: import('../core/record.js').Record[],
 *   leftOut: number, files: File[], texts: Texts, clock: Clock, cameraName: (id: string) => string, personName: (id: string) => string }} Shown */

const SOURCES = JSON.parse(byId('texts').textContent);
/** With more threads than this the disk is what is waited for. */
const MAX_THREADS = 4;
const MAX_SIGNERS_BYTES = 1 << 20;
const LOOKS = {
  VALID: ['ok', '✔'],
  INCOMPLETE: ['warn', '▲'],
  CANNOT_VERIFY: ['warn', '?'],
  TAMPERED: ['bad', '■'],
};
const COUNTERSIGNED = {
  trusted: ['ok', '✔'],
  unchecked: ['ok', '✔'],
  untrusted: ['warn', '▲'],
  wrong: ['bad', '■'],
  not_checked_here: ['', '○'],
};

let texts = new Texts('', 'en');
/** @type {File[]} */
let chosen = [];
/** @type {File | null} */
let signersFile = null;
/** @type {File | null} */
let revokedFile = null;
/** @type {Worker | null} */
let worker = null;
/** @type {{ result: any, records: any[], leftOut: number, files: File[] } | null} */
let finished = null;
let startedAt = 0;
/** @type {{ done: number, total: number }} */
let progress = { done: 0, total: 0 };

/** @param {string} language */
function speak(language) {
  texts = new Texts(SOURCES[language], language);
  document.documentElement.lang = language;
  document.title = `${texts.say('page-title')} · invigil`;
  for (const place of document.querySelectorAll('[data-text]')) place.textContent = texts.say(/** @type {any} */ (place).dataset.text);
  for (const place of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('[data-placeholder]'))) {
    place.placeholder = texts.say(place.dataset.placeholder ?? '');
  }
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-language]'))) {
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  }
  byId('problem').hidden = true;
  showChosen();
  showLimits();
  showProgress();
  showResult();
}

// ---- what is to be verified ---------------------------------------------------------------------

const isPart = (/** @type {File} */ { name }) => name.endsWith('.zip');
const isOpenPart = (/** @type {File} */ { name }) => name.endsWith('.zip.open');
const isEncrypted = (/** @type {File} */ { name }) => isEncryptedName(name);
const isBeside = (/** @type {File} */ { name }) => readCountersignatureName(name) !== null;

/** @param {Iterable<File>} files */
function choose(files) {
  const known = new Map(chosen.map((file) => [file.name, file]));
  for (const file of files) known.set(file.name, file);
  chosen = [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  showChosen();
}

function showChosen() {
  const kind = (/** @type {File} */ file) => {
    if (isPart(file)) return sizeWords(file.size, texts);
    if (isOpenPart(file)) return texts.say('chosen-open');
    if (isEncrypted(file)) return texts.say('chosen-encrypted');
    return texts.say(isBeside(file) ? 'chosen-signature' : 'chosen-other');
  };
  byId('chosen').replaceChildren(
    ...chosen.map((file) => element('li', {}, element('span', {}, file.name), element('span', {}, kind(file)))),
  );
  byId('clear').hidden = chosen.length === 0 || worker !== null;
  byId('start').disabled = chosen.length === 0 || worker !== null;
  byId('signers-name').textContent = signersFile?.name ?? texts.say('signers-choose');
  byId('revoked-name').textContent = revokedFile?.name ?? texts.say('revoked-choose');
}

/** All files of what was dropped, folders included. @param {DataTransfer} dropped */
async function filesOf(dropped) {
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  /** @type {File[]} */
  const files = [];
  const take = async (/** @type {any} */ entry, /** @type {number} */ depth) => {
    if (files.length >= 10_000) return;
    if (entry.isFile) files.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
    if (!entry.isDirectory || depth > 1) return;
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return;
      for (const inner of some) await take(inner, depth + 1);
    }
  };
  for (const entry of entries) await take(entry, 0);
  return files;
}

/** What the reader knows beside the files; none, and a message, if it can't be understood. */
async function readOptions() {
  const text = byId('act').value.trim();
  const act = text === '' ? null : readAct(text);
  if (text !== '' && act === null) return problem('problem-act');
  /** @type {import('../core/signers.js').Signers | null} */
  let signers = null;
  try {
    if (signersFile && signersFile.size > MAX_SIGNERS_BYTES) throw new BadSigners(1);
    if (signersFile) signers = readSigners(await signersFile.text());
  } catch (error) {
    return problem('problem-signers', { line: error instanceof BadSigners ? error.line : 0 });
  }
  try {
    if (revokedFile && !signers) return problem('problem-revoked-alone');
    if (revokedFile && revokedFile.size > MAX_SIGNERS_BYTES) throw new BadSigners(1);
    if (revokedFile && signers) signers.revoked = readRevoked(new Uint8Array(await revokedFile.arrayBuffer()));
  } catch (error) {
    return problem('problem-revoked', { line: error instanceof BadSigners ? error.line : 0 });
  }
  return { signers, act, nowMs: Date.now() };
}

/** @param {string} id @param {Record<string, any>} [args] */
function problem(id, args) {
  byId('problem').textContent = texts.say(id, args);
  byId('problem').hidden = false;
  return null;
}

// ---- the verification ---------------------------------------------------------------------------

async function start() {
  byId('problem').hidden = true;
  const options = await readOptions();
  if (!options || worker) return;
  finished = null;
  showResult();
  const files = chosen;
  if (files.some(isEncrypted) && !files.some((file) => isPart(file) || isOpenPart(file))) return problem('problem-encrypted');
  /** @type {any[]} */
  const records = [];
  const source = `${byId('core').textContent}\nstartWorker();\n`;
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  worker = new Worker(url);
  const end = () => {
    worker?.terminate();
    worker = null;
    URL.revokeObjectURL(url);
    showProgress();
    showChosen();
  };
  byId('cancel').onclick = end;
  worker.onerror = ({ message }) => {
    end();
    problem('problem-broken', { detail: message || '?' });
  };
  worker.onmessage = ({ data }) => {
    if (data.progress) {
      progress = data.progress;
      showProgress();
    } else if (data.records) {
      for (const record of data.records) records.push(record);
    } else if (data.result) {
      end();
      finished = { result: data.result, records, leftOut: data.leftOut, files };
      showResult();
      byId('result').focus({ preventScroll: true });
      byId('result').scrollIntoView({ block: 'start' });
    } else {
      end();
      problem('problem-broken', { detail: data.broken });
    }
  };
  startedAt = performance.now();
  progress = { done: 0, total: 0 };
  const threads = Math.min(Math.max((navigator.hardwareConcurrency || 2) - 1, 1), MAX_THREADS);
  const namesOf = (/** @type {(file: File) => boolean} */ kind) => files.filter(kind).map(({ name }) => name);
  const others = { open: namesOf(isOpenPart), encrypted: namesOf(isEncrypted) };
  worker.postMessage({ parts: files.filter(isPart), beside: files.filter(isBeside), others, options, threads, source });
  showProgress();
  showChosen();
}

function showProgress() {
  for (const id of ['cancel', 'progress']) byId(id).hidden = worker === null;
  const { done, total } = progress;
  const share = total > 0 ? done / total : 0;
  const left = share > 0.02 ? ((performance.now() - startedAt) * (1 - share)) / share : 0;
  byId('progress-bar').value = share;
  byId('progress-text').textContent =
    `${Math.floor(share * 100)} %` + (left > 2000 ? ` · ${texts.say('progress-left', { seconds: Math.ceil(left / 1000) })}` : '');
}

// ---- what came of it ----------------------------------------------------------------------------

function showResult() {
  closePlayer();
  for (const id of ['result', 'timeline', 'facts', 'log']) byId(id).replaceChildren();
  byId('result').dataset.verdict = finished ? finished.result.report.integrity : '';
  const shown = finished && shownOf(finished);
  const timeline = shown && timelineView(shown, (recording, atMs) => play(shown, recording, atMs));
  const log = shown && logView(shown);
  byId('timeline').hidden = !timeline;
  byId('facts').hidden = !shown;
  if (shown) byId('facts').append(...factsView(shown));
  byId('log').hidden = !log;
  if (timeline) byId('timeline').append(timeline);
  if (log) byId('log').append(log);
  if (shown) byId('result').append(...resultViews(shown));
}

/** @param {{ result: any, records: any[], leftOut: number, files: File[] }} of @returns {Shown} */
function shownOf({ result, records, leftOut, files }) {
  const named = (/** @type {any} */ list) => {
    const entries = Array.isArray(list) ? list : [];
    const names = new Map(entries.map((/** @type {any} */ item) => [item?.id, item?.name]));
    return (/** @type {string} */ id) => (typeof names.get(id) === 'string' ? String(names.get(id)) : id);
  };
  const { cameras, people } = result.document ?? {};
  const clock = new Clock(result.report.time_zone, texts.language);
  return { result, records, leftOut, files, texts, clock, cameraName: named(cameras), personName: named(people) };
}

/** @param {Shown} shown */
function resultViews(shown) {
  const { report } = shown.result;
  const views = [verdictView(shown)];
  if (report.faults.length > 0) views.push(findingsView(shown, 'faults-title', report.faults, report.more_faults));
  if (report.warnings.length > 0) views.push(findingsView(shown, 'warnings-title', report.warnings, report.more_warnings));
  if (report.countersignatures.length > 0) views.push(countersignedView(shown));
  return views;
}

/** @param {Shown} shown */
function verdictView(shown) {
  const { report } = shown.result;
  const { integrity, provenance } = report;
  // Whole, but signed by nobody that the reader knows.
  const isForeign = exitCode(report) === 3;
  const [look, icon] = isForeign ? ['warn', '▲'] : LOOKS[integrity];
  const worst = worstFault(report.faults);
  const first = worst && [placeWords(worst.place, shown), texts.say(worst.message.id, worst.message.args)];
  const intact = texts.say(worst ? 'archive-headline-others' : 'archive-headline-intact', { count: report.intact_segments });
  const print = element('button', { type: 'button', class: 'button outlined' }, texts.say('print'));
  print.addEventListener('click', () => window.print());
  const save = element('a', { class: 'button outlined', href: reportUrl(report), download: `${report.day ?? 'archive'}.report.json` }, texts.say('save-report'));
  return element('section', { class: `verdict ${look}`, id: 'verdict' },
    element('div', { class: 'icon', 'aria-hidden': 'true' }, icon),
    element('div', {},
      element('h2', {}, texts.say(`verdict-${integrity.toLowerCase().replace('_', '-')}`)),
      element('p', {}, texts.say(`archive-integrity-${integrity.toLowerCase().replace('_', '-')}`)),
      first && element('p', {}, element('strong', {}, first[0]), first[0] ? ': ' : '', first[1]),
      element('p', {}, texts.say(`archive-provenance-${provenance.toLowerCase().replace('_', '-')}`)),
      report.excerpt && element('p', {}, texts.say('excerpt-covers', coveredArguments(shown))),
      report.recordings.length > 0 ? element('p', {}, `${intact[0].toUpperCase()}${intact.slice(1)}.`) : null,
      element('p', { class: 'words code' }, `${integrity} · ${provenance}`)),
    element('div', { class: 'row' }, print, save));
}

/** @param {Shown} shown */
function coveredArguments({ result: { report }, clock }) {
  const at = (/** @type {number} */ ms) => `${clock.say(ms, clock.day)}, ${clock.say(ms)}`;
  const { camera, from_ms: from, to_ms: to } = report.excerpt;
  return { day: report.day, camera, from: at(from), to: at(to), records: report.records };
}

/** Addresses that are shown no more are given back with the next report. */
let savedUrl = '';

/** @param {import('../core/report.js').Report} report */
function reportUrl(report) {
  if (savedUrl) URL.revokeObjectURL(savedUrl);
  savedUrl = URL.createObjectURL(new Blob([JSON.stringify(report, null, 2), '\n'], { type: 'application/json' }));
  return savedUrl;
}

/** @param {Shown} shown */
function factsView({ result: { report, document: day } }) {
  const list = element('dl', { class: 'facts' });
  const put = (/** @type {string} */ id, /** @type {any} */ value, isCode = false) => {
    if (value === null || value === undefined || value === '') return;
    list.append(element('dt', {}, texts.say(id)), element('dd', isCode ? { class: 'code' } : {}, String(value)));
  };
  for (const { day: own, takes_over: before } of report.stations.length > 1 ? report.stations : []) {
    put('fact-station', before ? `${own} ← ${before}` : own, true);
  }
  put('fact-day', report.day, true);
  put('fact-point', day?.point_name && `${day.point_name}, ${day.address ?? ''}`);
  put('fact-subject', day?.subject);
  put('fact-records', report.restarts === null ? null : texts.number(report.records));
  put('fact-signer', report.signer, true);
  put('fact-opening', report.opening_code, true);
  put('fact-closing', report.closing_code, true);
  put('fact-restarts', report.restarts);
  const parts = report.parts.map(({ file, bytes, intact, sha256 }) =>
    element('tr', intact ? {} : { class: 'bad' },
      element('td', {}, `${intact ? '✔' : '■'} ${file}`),
      element('td', { class: 'number' }, sizeWords(bytes, texts)),
      element('td', { class: 'code' }, sha256 ?? '—')));
  const head = ['parts-file', 'parts-size', 'parts-hash'].map((id) => element('th', { scope: 'col' }, texts.say(id)));
  return [
    element('h2', {}, texts.say('facts-title')), list,
    element('p', { class: 'dim' }, texts.say('facts-paper')),
    element('details', {}, element('summary', {}, texts.say('parts-title', { count: parts.length })),
      element('div', { class: 'wide' }, element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...parts))))];
}

/** @param {Shown} shown @param {string} title @param {any[]} findings @param {number} more */
function findingsView(shown, title, findings, more) {
  const { result } = shown;
  const items = findings.map(({ effect, place, message }) => {
    const [look, icon] = effect ? LOOKS[/** @type {keyof typeof LOOKS} */ (effect)] : ['warn', '▲'];
    const where = placeWords(place, shown);
    const recording = result.report.recordings.find(
      ({ camera, segment, file }) => camera === place.camera && segment === place.segment && file !== null,
    );
    const show = recording && element('button', { type: 'button', class: 'link' }, texts.say('show-place'));
    show?.addEventListener('click', () => play(shown, recording, place.from_ms ?? recording.from_ms));
    return element('li', {},
      element('span', { class: look, 'aria-hidden': 'true' }, icon),
      element('div', {}, where ? element('span', { class: 'place' }, `${where}: `) : null, texts.say(message.id, message.args)),
      show ?? null);
  });
  const rest = more > 0 ? element('p', { class: 'dim' }, texts.say('findings-more', { count: more })) : null;
  return element('section', { class: 'card' }, element('h2', {}, texts.say(title)), element('ul', { class: 'findings' }, ...items), rest);
}

/** @param {Shown} shown */
function countersignedView({ result: { report } }) {
  const items = report.countersignatures.map(({ file, role, key, signed }) => {
    const [look, icon] = COUNTERSIGNED[signed];
    const args = { role, signed: signed.replaceAll('_', '-'), key: key ?? 'none' };
    return element('li', {},
      element('span', { class: look, 'aria-hidden': 'true' }, icon),
      element('div', {}, texts.say('archive-cli-countersigned', args), element('div', { class: 'dim' }, file)));
  });
  return element('section', { class: 'card' }, element('h2', {}, texts.say('countersigned-title')), element('ul', { class: 'findings' }, ...items));
}

/** What each measure proves and what is left, as the README has it. */
function showLimits() {
  const rows = ['bytes', 'key', 'chain', 'epochs', 'codes', 'acts', 'seconds', 'admin'];
  const head = ['measure', 'proves', 'leaves', 'paper'].map((id) => element('th', { scope: 'col' }, texts.say(`limits-${id}`)));
  const cells = (/** @type {string} */ row) =>
    ['measure', 'proves', 'leaves', 'paper'].map((id) => element('td', {}, texts.say(`limit-${row}-${id}`)));
  byId('limits').replaceChildren(
    element('div', { class: 'wide' },
      element('table', {}, element('thead', {}, element('tr', {}, ...head)),
        element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells(row)))))));
}

// ---- hands --------------------------------------------------------------------------------------

byId('form').addEventListener('submit', (/** @type {Event} */ event) => {
  event.preventDefault();
  start();
});
for (const id of ['files', 'folder']) {
  byId(id).addEventListener('change', () => {
    choose(byId(id).files);
    byId(id).value = '';
  });
}
byId('clear').addEventListener('click', () => {
  chosen = [];
  finished = null;
  showChosen();
  showResult();
});
byId('signers').addEventListener('change', () => {
  signersFile = byId('signers').files[0] ?? null;
  showChosen();
});
byId('revoked').addEventListener('change', () => {
  revokedFile = byId('revoked').files[0] ?? null;
  showChosen();
});
for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, async (event) => {
    event.preventDefault();
    byId('drop').classList.toggle('over', kind === 'dragenter' || kind === 'dragover');
    const dropped = /** @type {DragEvent} */ (event).dataTransfer;
    if (kind === 'drop' && dropped) choose(await filesOf(dropped).catch(() => [...dropped.files]));
  });
}
for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-language]'))) {
  button.addEventListener('click', () => speak(button.dataset.language ?? 'ru'));
}
speak((navigator.language || 'ru').startsWith('en') ? 'en' : 'ru');
crypto.subtle
  ?.importKey('raw', new Uint8Array(32), { name: 'Ed25519' }, false, ['verify'])
  .catch((error) => error.name === 'NotSupportedError' && problem('problem-browser'));
if (!crypto.subtle) problem('problem-browser');
