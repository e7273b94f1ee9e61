import { copyBytes } from "../../wire/sctp/bytes.ts";

const NO_BYTES = new Uint8Array(0);

/**
 * Fragments of one message, put together as they come. Given the right length beforehand (files
 * come in pieces of one size) each byte is copied once.
 */
export class MessageBuffer {
  readonly #messageBytesMax: number;
  #buffer: Uint8Array = NO_BYTES;
  #length = 0;
  #isTooLarge = false;

  /** @param messageBytesMax a longer message is taken off the wire but not kept */
  constructor(messageBytesMax: number) {
    this.#messageBytesMax = messageBytesMax;
  }

  /** Bytes held. */
  get length(): number {
    return this.#length;
  }

  /** @param expectedBytes a guess at the whole length, of use with the first part; 0: none */
  append(bytes: Uint8Array, offset: number, length: number, expectedBytes: number): void {
    const total = this.#length + length;
    if (this.#isTooLarge || total > this.#messageBytesMax) {
      this.clear();
      this.#isTooLarge = true;
      return;
    }
    if (total > this.#buffer.length) this.#grow(total, expectedBytes);
    copyBytes(bytes, offset, this.#buffer, this.#length, length);
    this.#length = total;
  }

  /** Ends the message. Returns it, or undefined when it was too large to keep. */
  finish(): Uint8Array | undefined {
    let message: Uint8Array | undefined;
    if (!this.#isTooLarge) {
      const isExact = this.#length === this.#buffer.length;
      message = isExact ? this.#buffer : this.#buffer.slice(0, this.#length);
    }
    this.clear();
    return message;
  }

  clear(): void {
    this.#buffer = NO_BYTES;
    this.#length = 0;
    this.#isTooLarge = false;
  }

  #grow(total: number, expectedBytes: number): void {
    const capacity = Math.max(total, this.#length === 0 ? expectedBytes : 2 * this.#length);
    const buffer = new Uint8Array(Math.min(capacity, this.#messageBytesMax));
    copyBytes(this.#buffer, 0, buffer, 0, this.#length);
    this.#buffer = buffer;
  }
}
