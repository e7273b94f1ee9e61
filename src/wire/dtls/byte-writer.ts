/** Writes big-endian fields of TLS's presentation language (RFC 5246 §4) one after the other. */
export class ByteWriter {
  #bytes: Uint8Array = new Uint8Array(256);
  #length = 0;

  u8(value: number): this {
    return this.#uint(1, value);
  }

  u16(value: number): this {
    return this.#uint(2, value);
  }

  u24(value: number): this {
    return this.#uint(3, value);
  }

  bytes(bytes: Uint8Array): this {
    this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** A vector behind its length of 8, 16 or 24 bits. */
  vector8(bytes: Uint8Array): this {
    return this.u8(bytes.length).bytes(bytes);
  }

  vector16(bytes: Uint8Array): this {
    return this.u16(bytes.length).bytes(bytes);
  }

  vector24(bytes: Uint8Array): this {
    return this.u24(bytes.length).bytes(bytes);
  }

  /** What was written; a copy. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #uint(length: number, value: number): this {
    this.#grow(length);
    for (let shift = (length - 1) * 8; shift >= 0; shift -= 8) {
      this.#bytes[this.#length++] = value >>> shift;
    }
    return this;
  }

  #grow(by: number): void {
    const needed = this.#length + by;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

/** The bytes of a list of 16-bit numbers. */
export function writeU16List(numbers: readonly number[]): Uint8Array {
  return Uint8Array.from(numbers.flatMap((number) => [number >>> 8, number & 0xff]));
}
