// Texts in the reader's language: the part of Fluent that our texts are written in.

/** @typedef {(string | { name: string } | { name: string, variants: Map<string, Pattern>, otherwise: Pattern })[]} Pattern */

export class Texts {
  /** @type {Map<string, Pattern>} */
  #messages = new Map();

  /** @param {string} source @param {string} language */
  constructor(source, language) {
    this.language = language;
    this.plurals = new Intl.PluralRules(language);
    for (const [, id, text] of source.matchAll(/^([a-z][a-z0-9-]*) = ?((?:.*)(?:\n(?:[ }].*)?)*)/gm)) {
      this.#messages.set(id, new PatternReader(text.replace(/\n {4}(?=\S)/g, '\n')).pattern());
    }
  }

  /** A text by its id; the id itself if there is none, since a reader is better served with that than nothing.
   * @param {string} id @param {Record<string, string | number>} [args] */
  say(id, args = {}) {
    const pattern = this.#messages.get(id);
    return pattern ? this.#words(pattern, args).trim() : `${id} ${Object.values(args).join(' ')}`.trim();
  }

  /** @param {string} id */
  has(id) {
    return this.#messages.has(id);
  }

  /** @param {Pattern} pattern @param {Record<string, string | number>} args @returns {string} */
  #words(pattern, args) {
    return pattern
      .map((piece) => {
        if (typeof piece === 'string') return piece;
        const value = args[piece.name] ?? '';
        if (!('variants' in piece)) return typeof value === 'number' ? this.number(value) : value;
        const plural = typeof value === 'number' ? this.plurals.select(value) : '';
        return this.#words(piece.variants.get(String(value)) ?? piece.variants.get(plural) ?? piece.otherwise, args);
      })
      .join('');
  }

  /** @param {number} value */
  number(value) {
    return value.toLocaleString(this.language);
  }
}

/** Reads text, `{ $name }`, `{""}` and `{ $name -> [variant] … *[other] … }`. */
class PatternReader {
  #text;
  #at = 0;
  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /** Up to the end, or to where the next variant or the end of all of them begins.
   * @returns {Pattern} */
  pattern(isVariant = false) {
    /** @type {Pattern} */
    const pattern = [];
    const text = isVariant ? /(?:(?!\n\s*\*?\[|\n?\})[^{])+/y : /[^{]+/y;
    for (;;) {
      const plain = this.#match(text);
      if (plain) pattern.push(plain);
      if (this.#match(/\{ *"" *\}/y)) continue;
      const opening = /\{ *\$([a-z-]+) */y;
      opening.lastIndex = this.#at;
      const name = opening.exec(this.#text)?.[1];
      if (!this.#match(opening) || name === undefined) return pattern;
      pattern.push(this.#match(/->/y) ? this.#variants(name) : { name });
      this.#match(/\s*\}/y);
    }
  }

  /** @param {string} name */
  #variants(name) {
    const variants = new Map();
    /** @type {Pattern} */
    let otherwise = [];
    for (;;) {
      const key = this.#match(/\s*\*?\[[^\]]+\] ?/y);
      if (!key) return { name, variants, otherwise };
      const pattern = this.pattern(true);
      variants.set(key.replace(/[\s*[\]]/g, ''), pattern);
      if (key.includes('*')) otherwise = pattern;
    }
  }

  /** @param {RegExp} what */
  #match(what) {
    what.lastIndex = this.#at;
    const found = what.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}
