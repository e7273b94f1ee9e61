/** Writes bits from the most significant on: hand-made headers for parser tests. */
export class BitWriter {
  readonly #bits: number[] = [];

  /** Fixed width, 0..32 bits. */
  u(width: number, value: number): this {
    for (let i = width - 1; i >= 0; i--) this.#bits.push(Math.floor(value / 2 ** i) % 2);
    return this;
  }

  /** Exponential Golomb, unsigned (H.264 §9.1). */
  ue(value: number): this {
    const width = Math.floor(Math.log2(value + 1));
    return this.u(width, 0).u(width + 1, value + 1);
  }

  /** Non-symmetric code of a value below `count` (AV1 §4.10.7). */
  ns(count: number, value: number): this {
    const width = Math.floor(Math.log2(count)) + 1;
    const short = 2 ** width - count;
    return value < short ? this.u(width - 1, value) : this.u(width, value + short);
  }

  /** Filled up with zero bits to a whole byte. */
  bytes(): Uint8Array {
    const out = new Uint8Array(Math.ceil(this.#bits.length / 8));
    this.#bits.forEach((bit, i) => {
      out[i >> 3] = out[i >> 3]! | (bit << (7 - (i & 7)));
    });
    return out;
  }
}

/** Puts the emulation prevention bytes of a NAL unit in (H.264 §7.4.1). */
export function escapeNalu(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(out);
}
