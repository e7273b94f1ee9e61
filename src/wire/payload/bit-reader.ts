/**
 * Reads bits from the most significant on. Past the end it reads zeros and `isPastEnd` is true
 * from there on, so that a parser checks once, at its end.
 */
export class BitReader {
  isPastEnd = false;
  #bytes: Uint8Array = new Uint8Array(0);
  #bit = 0;
  #endBit = 0;
  #skipEmulation = false;
  #zeros = 0;

  start(bytes: Uint8Array, offset: number, length: number): void {
    this.#bytes = bytes;
    this.#bit = offset * 8;
    this.#endBit = (offset + length) * 8;
    this.isPastEnd = false;
    this.#skipEmulation = false;
    this.#zeros = 0;
  }

  /** As `start`, for a NAL unit: leaves out the 3 of each 0, 0, 3 (H.264 §7.4.1). */
  startNalu(bytes: Uint8Array, offset: number, length: number): void {
    this.start(bytes, offset, length);
    this.#skipEmulation = true;
  }

  /** One bit, 0 or 1. */
  bit(): number {
    if (this.#skipEmulation && (this.#bit & 7) === 0) this.#enterByte();
    if (this.#bit >= this.#endBit) {
      this.isPastEnd = true;
      return 0;
    }
    const bit = (this.#bytes[this.#bit >> 3]! >> (7 - (this.#bit & 7))) & 1;
    this.#bit += 1;
    return bit;
  }

  flag(): boolean {
    return this.bit() === 1;
  }

  /** @param count 0..32 */
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bit();
    return value;
  }

  skip(count: number): void {
    for (let i = 0; i < count && !this.isPastEnd; i++) this.bit();
  }

  /** Exponential Golomb code, unsigned (H.264 §9.1); 0..2^32-2. */
  ue(): number {
    let zeros = 0;
    while (!this.isPastEnd && zeros < 32 && this.bit() === 0) zeros += 1;
    if (zeros === 32) this.isPastEnd = true;
    return this.isPastEnd ? 0 : 2 ** zeros - 1 + this.bits(zeros);
  }

  /** Exponential Golomb code, signed. */
  se(): number {
    const code = this.ue();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }

  /** Non-symmetric code of a value below `count` (AV1 §4.10.7). */
  ns(count: number): number {
    let width = 0;
    for (let left = count; left > 0; left >>= 1) width += 1;
    const short = 2 ** width - count;
    const value = this.bits(Math.max(0, width - 1));
    return value < short ? value : value * 2 - short + this.bit();
  }

  get bitPosition(): number {
    return this.#bit;
  }

  #enterByte(): void {
    if (this.#bit >= this.#endBit) return;
    const byte = this.#bytes[this.#bit >> 3]!;
    if (this.#zeros >= 2 && byte === 3) {
      this.#zeros = 0;
      this.#bit += 8;
      if (this.#bit >= this.#endBit) return;
      if (this.#bytes[this.#bit >> 3] === 0) this.#zeros = 1;
      return;
    }
    this.#zeros = byte === 0 ? this.#zeros + 1 : 0;
  }
}
