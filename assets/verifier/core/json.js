// JSON, read so strictly that only one text stands for a value: no blanks of one's own, no key twice,
// no fractions, no other escapes. `JSON.parse` takes the last of two equal keys without a word.

const MAX_DEPTH = 32;
const INTEGER = /-?(?:0|[1-9][0-9]{0,19})(?![0-9.eE])/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\bfnrt]|u00[01][0-9a-f]))*"/y;

/** @typedef {number | bigint} Integer A `bigint` only where a number would not be exact. */

/** The value of a text; throws a `SyntaxError` for any other text than {@link writeJson} would write.
 * @param {string} text @param {boolean} indented As documents are, not as records' lines. */
export function readJson(text, indented) {
  const reader = new JsonReader(text);
  const value = reader.value(0);
  if (writeJson(value, indented) !== text) throw new SyntaxError('not canonical');
  return value;
}

/** As `serde_json` writes values: compact, or with two blanks a level.
 * @param {any} value @param {boolean} indented @returns {string} */
export function writeJson(value, indented, indent = '\n') {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = indented ? `${indent}  ` : '';
  const colon = indented ? ': ' : ':';
  const items = Array.isArray(value)
    ? value.map((item) => inner + writeJson(item, indented, inner))
    : Object.keys(value).map((key) => inner + JSON.stringify(key) + colon + writeJson(value[key], indented, inner));
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return items.length === 0 ? open + close : open + items.join(',') + (indented ? indent : '') + close;
}

class JsonReader {
  #text;
  #at = 0;
  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /** @param {number} depth @returns {any} */
  value(depth) {
    if (depth > MAX_DEPTH) throw new SyntaxError('too deep');
    this.#skipBlanks();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#integer();
    }
  }

  /** @param {number} depth */
  #object(depth) {
    // Without a prototype, so that no key of a stranger means anything; order is that of the text.
    const object = Object.create(null);
    this.#at += 1;
    while (!this.#next('}')) {
      if (Object.keys(object).length > 0) this.#expect(',');
      this.#skipBlanks();
      const key = this.#string();
      // Such keys would be put in another order by the language itself.
      if (key in object || /^[0-9]+$/.test(key)) throw new SyntaxError('a key twice, or a number');
      this.#skipBlanks();
      this.#expect(':');
      object[key] = this.value(depth + 1);
    }
    return object;
  }

  /** @param {number} depth */
  #array(depth) {
    const array = [];
    this.#at += 1;
    while (!this.#next(']')) {
      if (array.length > 0) this.#expect(',');
      array.push(this.value(depth + 1));
    }
    return array;
  }

  /** @returns {string} */
  #string() {
    return JSON.parse(this.#match(STRING));
  }

  /** @returns {Integer} */
  #integer() {
    const digits = this.#match(INTEGER);
    if (digits === '-0') throw new SyntaxError('minus nothing');
    const number = Number(digits);
    return Number.isSafeInteger(number) ? number : BigInt(digits);
  }

  /** @param {RegExp} pattern */
  #match(pattern) {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) throw new SyntaxError(`at ${this.#at}`);
    this.#at = pattern.lastIndex;
    return found[0];
  }

  /** @template T @param {string} word @param {T} value */
  #word(word, value) {
    if (!this.#text.startsWith(word, this.#at)) throw new SyntaxError(`at ${this.#at}`);
    this.#at += word.length;
    return value;
  }

  /** @param {string} character */
  #next(character) {
    this.#skipBlanks();
    const is = this.#text[this.#at] === character;
    if (is) this.#at += 1;
    else if (this.#at >= this.#text.length) throw new SyntaxError('ends too early');
    return is;
  }

  /** @param {string} character */
  #expect(character) {
    if (this.#text[this.#at] !== character) throw new SyntaxError(`at ${this.#at}`);
    this.#at += 1;
  }

  #skipBlanks() {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\n') this.#at += 1;
  }
}
