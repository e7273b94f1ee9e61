/** Reversed polynomial of CRC-32 (ITU-T V.42), as STUN's fingerprint uses it (RFC 8489 §14.7). */
const POLYNOMIAL = 0xedb8_8320;

const table = new Int32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = (remainder & 1) === 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
  }
  table[byte] = remainder;
}

/** CRC-32 of `length` bytes at `offset`, 0..2^32-1. */
export function crc32(bytes: Uint8Array, offset: number, length: number): number {
  let remainder = -1;
  for (let at = offset; at < offset + length; at++) {
    remainder = (remainder >>> 8) ^ table[(remainder ^ bytes[at]!) & 0xff]!;
  }
  return (remainder ^ -1) >>> 0;
}
