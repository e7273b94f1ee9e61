/**
 * CRC32c as SCTP uses it (RFC 9260 appendix A): Castagnoli polynomial, reflected, sixteen bytes a
 * step through sixteen tables ("slicing-by-16"). Each table is a constant of its own: that is a
 * third faster than one table with sixteen parts.
 */
export const POLYNOMIAL_REFLECTED = 0x82f6_3b78;
const T0 = createFirstTable();
const T1 = createNextTable(T0);
const T2 = createNextTable(T1);
const T3 = createNextTable(T2);
const T4 = createNextTable(T3);
const T5 = createNextTable(T4);
const T6 = createNextTable(T5);
const T7 = createNextTable(T6);
const T8 = createNextTable(T7);
const T9 = createNextTable(T8);
const T10 = createNextTable(T9);
const T11 = createNextTable(T10);
const T12 = createNextTable(T11);
const T13 = createNextTable(T12);
const T14 = createNextTable(T13);
const T15 = createNextTable(T14);

function createFirstTable(): Int32Array {
  const table = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL_REFLECTED : crc >>> 1;
    }
    table[byte] = crc;
  }
  return table;
}

/** What a byte comes to when one more zero byte follows. */
function createNextTable(former: Int32Array): Int32Array {
  return former.map((crc) => (crc >>> 8) ^ T0[crc & 0xff]!);
}

/** A shorter piece is not worth bringing all the tables into the processor's caches for. */
const SLICED_BYTES_MIN = 64;

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
  let c = crc | 0;
  let i = offset;
  const end = offset + length;
  const end16 = length < SLICED_BYTES_MIN ? i : end - 15;
  for (; i < end16; i += 16) {
    c =
      T15[(c ^ bytes[i]!) & 0xff]! ^
      T14[((c >>> 8) ^ bytes[i + 1]!) & 0xff]! ^
      T13[((c >>> 16) ^ bytes[i + 2]!) & 0xff]! ^
      T12[(c >>> 24) ^ bytes[i + 3]!]! ^
      T11[bytes[i + 4]!]! ^
      T10[bytes[i + 5]!]! ^
      T9[bytes[i + 6]!]! ^
      T8[bytes[i + 7]!]! ^
      T7[bytes[i + 8]!]! ^
      T6[bytes[i + 9]!]! ^
      T5[bytes[i + 10]!]! ^
      T4[bytes[i + 11]!]! ^
      T3[bytes[i + 12]!]! ^
      T2[bytes[i + 13]!]! ^
      T1[bytes[i + 14]!]! ^
      T0[bytes[i + 15]!]!;
  }
  for (; i < end; i++) c = (c >>> 8) ^ T0[(c ^ bytes[i]!) & 0xff]!;
  return c;
}

/** CRC32c of a whole piece, 0..2^32-1. */
export function crc32c(bytes: Uint8Array, offset: number, length: number): number {
  return ~updateCrc32c(CRC32C_START, bytes, offset, length) >>> 0;
}
