import { POLYNOMIAL_REFLECTED, updateCrc32c } from "./crc32c.ts";

const TOP_BIT = 0x8000_0000 | 0;
/** A power of two: pieces of one message, and lengths. */
const SLOTS = 8;
/** Pieces of a message lie at least so far apart; a shift. */
const PIECE_SHIFT = 10;
/** `x^(2^k)` modulo the polynomial. */
const POWERS: Int32Array = createPowers();

/**
 * Checksums of payloads that go to many receivers. CRC32c is linear over GF(2), so that of a packet
 * is put together from its head's, which is each receiver's own, and the payload's, which is reckoned
 * once: `crc(head, payload) = crc(head) * x^(8 * payloadBytes) + crc(payload)`. One serves a thread.
 */
export class PayloadChecksums {
  readonly #arrays: (Uint8Array | undefined)[] = new Array<undefined>(SLOTS).fill(undefined);
  readonly #offsets: Int32Array = new Int32Array(SLOTS);
  readonly #lengths: Int32Array = new Int32Array(SLOTS);
  readonly #checksums: Int32Array = new Int32Array(SLOTS);
  readonly #factorLengths: Int32Array = new Int32Array(SLOTS).fill(-1);
  readonly #factors: Int32Array = new Int32Array(SLOTS);

  /**
   * As `updateCrc32c` over the piece. The same array, offset and length have the same content: a
   * message is not changed while it is sent.
   */
  update(crc: number, bytes: Uint8Array, offset: number, length: number): number {
    const slot = (offset >>> PIECE_SHIFT) & (SLOTS - 1);
    if (
      this.#arrays[slot] !== bytes ||
      this.#offsets[slot] !== offset ||
      this.#lengths[slot] !== length
    ) {
      this.#arrays[slot] = bytes;
      this.#offsets[slot] = offset;
      this.#lengths[slot] = length;
      this.#checksums[slot] = updateCrc32c(0, bytes, offset, length);
    }
    return multiply(crc | 0, this.#factorOf(length)) ^ this.#checksums[slot]!;
  }

  #factorOf(length: number): number {
    const slot = length & (SLOTS - 1);
    if (this.#factorLengths[slot] !== length) {
      this.#factorLengths[slot] = length;
      this.#factors[slot] = powerOf(length * 8);
    }
    return this.#factors[slot]!;
  }
}

/** `a * b` modulo the polynomial; the highest bit is the coefficient of `x^0`. */
function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  for (let bits = a; bits !== 0; bits <<= 1) {
    if (bits < 0) product ^= shifted;
    shifted = shifted & 1 ? (shifted >>> 1) ^ POLYNOMIAL_REFLECTED : shifted >>> 1;
  }
  return product;
}

/** `x^exponent` modulo the polynomial. */
function powerOf(exponent: number): number {
  let power = TOP_BIT;
  for (let rest = exponent, k = 0; rest > 0; rest >>>= 1, k++) {
    if (rest & 1) power = multiply(power, POWERS[k]!);
  }
  return power;
}

function createPowers(): Int32Array {
  const powers = new Int32Array(32);
  powers[0] = 0x4000_0000;
  for (let k = 1; k < powers.length; k++) powers[k] = multiply(powers[k - 1]!, powers[k - 1]!);
  return powers;
}
