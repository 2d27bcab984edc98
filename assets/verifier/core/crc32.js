// CRC-32 as ZIP headers hold it (ISO 3309), eight bytes at a time.

const CRC_TABLES = (() => {
  const tables = Array.from({ length: 8 }, () => new Int32Array(256));
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    tables[0][byte] = value;
  }
  for (let number = 1; number < 8; number++) {
    for (let byte = 0; byte < 256; byte++) {
      const before = tables[number - 1][byte];
      tables[number][byte] = (before >>> 8) ^ tables[0][before & 255];
    }
  }
  return tables;
})();

export class Crc32 {
  #value = -1;

  /** @param {Uint8Array} bytes */
  update(bytes) {
    const [t0, t1, t2, t3, t4, t5, t6, t7] = CRC_TABLES;
    let value = this.#value;
    let at = 0;
    for (const end = bytes.length - 7; at < end; at += 8) {
      value ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
      value =
        t7[value & 255] ^ t6[(value >>> 8) & 255] ^ t5[(value >>> 16) & 255] ^ t4[value >>> 24] ^
        t3[bytes[at + 4]] ^ t2[bytes[at + 5]] ^ t1[bytes[at + 6]] ^ t0[bytes[at + 7]];
    }
    for (; at < bytes.length; at++) value = (value >>> 8) ^ t0[(value ^ bytes[at]) & 255];
    this.#value = value;
  }

  finish() {
    return ~this.#value >>> 0;
  }
}
