const word = new Uint32Array(1);
/** What one call of the platform fills at most. */
const FILL_BYTES_MAX = 65_536;

/** Fills the bytes from the platform's secure random source. */
export function fillRandom(bytes: Uint8Array<ArrayBuffer>): void {
  for (let at = 0; at < bytes.length; at += FILL_BYTES_MAX) {
    crypto.getRandomValues(bytes.subarray(at, at + FILL_BYTES_MAX));
  }
}

/** An even draw from 0..2^32-1. */
export function randomUint32(): number {
  return crypto.getRandomValues(word)[0]!;
}

/** An even draw from 0 up to, not including, 1, of 32 bits. */
export function randomFraction(): number {
  return randomUint32() / 4_294_967_296;
}
