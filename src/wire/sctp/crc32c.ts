/**
 * CRC32c as SCTP uses it (RFC 9260 appendix A): Castagnoli polynomial, reflected, eight bytes a
 * step through eight tables ("slicing-by-8").
 */
const POLYNOMIAL_REFLECTED = 0x82f6_3b78;
const TABLES = createTables();

function createTables(): Int32Array {
  const tables = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL_REFLECTED : crc >>> 1;
    }
    tables[byte] = crc;
  }
  for (let i = 256; i < tables.length; i++) {
    const previous = tables[i - 256]!;
    tables[i] = (previous >>> 8) ^ tables[previous & 0xff]!;
  }
  return tables;
}

/** Start value of a checksum that runs over several pieces. */
export const CRC32C_START = -1;

/**
 * Runs the register over one piece. Neither inverted at the start nor at the end: start with
 * CRC32C_START, finish with `~crc >>> 0`.
 */
export function updateCrc32c(
  crc: number,
  bytes: Uint8Array,
  offset: number,
  length: number,
): number {
  const t = TABLES;
  let c = crc | 0;
  let i = offset;
  const end = offset + length;
  for (const end8 = end - 7; i < end8; i += 8) {
    c ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    c =
      t[1792 + (c & 0xff)]! ^
      t[1536 + ((c >>> 8) & 0xff)]! ^
      t[1280 + ((c >>> 16) & 0xff)]! ^
      t[1024 + (c >>> 24)]! ^
      t[768 + bytes[i + 4]!]! ^
      t[512 + bytes[i + 5]!]! ^
      t[256 + bytes[i + 6]!]! ^
      t[bytes[i + 7]!]!;
  }
  for (; i < end; i++) c = (c >>> 8) ^ t[(c ^ bytes[i]!) & 0xff]!;
  return c;
}

/** CRC32c of a whole piece, 0..2^32-1. */
export function crc32c(bytes: Uint8Array, offset: number, length: number): number {
  return ~updateCrc32c(CRC32C_START, bytes, offset, length) >>> 0;
}
