// The verification in a thread of its own, so that the page stays alive, with more threads for the hashing.
import { sumsOf, verify } from './verify.js';

/** Smaller files are not worth a message to another thread. */
const SHARED_BYTES = 1 << 20;
/** The page shows no more records of a journal, whatever a hostile one holds: they take half a gigabyte. */
const MAX_SHOWN_RECORDS = 500_000;
const RECORDS_A_MESSAGE = 1000;
const PROGRESS_EVERY_MS = 100;

/** Files are handed to whichever thread is free. */
class HashingThreads {
  /** @type {Worker[]} */
  #idle = [];
  /** @type {{ job: any, resolve: (sums: any) => void }[]} */
  #queue = [];
  #done;

  /** @param {string} source What the threads run. @param {number} count @param {(bytes: number) => void} done */
  constructor(source, count, done) {
    this.#done = done;
    // An address of one's own: that of this very thread belongs to the page.
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    for (let number = 0; number < count; number++) this.#idle.push(new Worker(url));
  }

  /** @param {Blob} file @param {number} from @param {number} to @returns {Promise<import('./verify.js').Sums>} */
  sums(file, from, to) {
    return new Promise((resolve) => {
      this.#queue.push({ job: { sums: { file, from, to } }, resolve });
      this.#next();
    });
  }

  #next() {
    const worker = this.#queue.length > 0 ? this.#idle.pop() : undefined;
    if (!worker) return;
    const { job, resolve } = /** @type {any} */ (this.#queue.shift());
    const finish = (/** @type {any} */ sums) => {
      this.#idle.push(worker);
      resolve(sums);
      this.#next();
    };
    worker.onmessage = ({ data }) => {
      if ('bytes' in data) this.#done(data.bytes);
      else finish(data.sums);
    };
    worker.onerror = ({ message }) => finish({ error: message || 'a thread ended' });
    worker.postMessage(job);
  }
}

/** Answers what the page or another worker asks. */
export function startWorker() {
  self.onmessage = async ({ data }) => {
    if (data.sums) {
      const { file, from, to } = data.sums;
      const sums = await sumsOf(file, from, to, (bytes) => postMessage({ bytes }));
      postMessage({ sums });
      return;
    }
    try {
      await examine(data);
    } catch (error) {
      // Nothing in a file may lead here; if it does, there is no verdict.
      postMessage({ broken: error instanceof Error ? error.message : String(error) });
    }
  };
}

/** @param {{ parts: File[], beside: File[], others: { open: string[], encrypted: string[] }, options: import('./verify.js').Options, threads: number,
 *   source: string }} job */
async function examine({ parts, beside, others, options, threads, source }) {
  const total = 2 * parts.reduce((sum, { size }) => sum + size, 0);
  let [done, toldAt, records] = [0, 0, 0];
  /** @type {import('./record.js').Record[]} */
  let batch = [];
  const progress = (/** @type {number} */ bytes) => {
    done = Math.min(done + bytes, total);
    const now = performance.now();
    if (now - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = now;
    postMessage({ progress: { done, total } });
  };
  const hashing = new HashingThreads(source, threads, progress);
  const result = await verify(parts, beside, others, options, {
    sums: (file, { data, bytes }) =>
      bytes < SHARED_BYTES ? sumsOf(file, data, data + bytes, progress) : hashing.sums(file, data, data + bytes),
    done: progress,
    onRecord: (record) => {
      if (records++ >= MAX_SHOWN_RECORDS) return;
      batch.push(record);
      if (batch.length < RECORDS_A_MESSAGE) return;
      postMessage({ records: batch });
      batch = [];
    },
  });
  postMessage({ records: batch });
  postMessage({ result, leftOut: Math.max(records - MAX_SHOWN_RECORDS, 0) });
}
