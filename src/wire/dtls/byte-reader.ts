const NO_BYTES: Uint8Array = new Uint8Array(0);

/**
 * Reads big-endian fields of TLS's presentation language (RFC 5246 §4) one after the other. What
 * does not fit breaks the reader for good: all later fields are zero or empty, and `isWhole` stays
 * false, so a format is read first and judged once, at its end.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #isBroken = false;

  /** @param bytes is not copied: vectors are views of it */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Where the next field begins. */
  get offset(): number {
    return this.#at;
  }

  get hasMore(): boolean {
    return !this.#isBroken && this.#at < this.#bytes.length;
  }

  /** Every field fitted, and nothing is left. */
  get isWhole(): boolean {
    return !this.#isBroken && this.#at === this.#bytes.length;
  }

  u8(): number {
    return this.#uint(1);
  }

  u16(): number {
    return this.#uint(2);
  }

  u24(): number {
    return this.#uint(3);
  }

  /** A view of the next `length` bytes. */
  bytes(length: number): Uint8Array {
    if (this.#isBroken || length > this.#bytes.length - this.#at) {
      this.#isBroken = true;
      return NO_BYTES;
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** A vector behind its length of 8, 16 or 24 bits. */
  vector8(): Uint8Array {
    return this.bytes(this.u8());
  }

  vector16(): Uint8Array {
    return this.bytes(this.u16());
  }

  vector24(): Uint8Array {
    return this.bytes(this.u24());
  }

  #uint(length: number): number {
    const field = this.bytes(length);
    let value = 0;
    for (let i = 0; i < field.length; i++) value = value * 256 + field[i]!;
    return value;
  }
}

/** The numbers of a vector of 16-bit numbers, or undefined when its length is odd. */
export function readU16List(vector: Uint8Array): readonly number[] | undefined {
  if (vector.length % 2 !== 0) return undefined;
  const numbers: number[] = [];
  for (let i = 0; i < vector.length; i += 2) numbers.push((vector[i]! << 8) | vector[i + 1]!);
  return numbers;
}
