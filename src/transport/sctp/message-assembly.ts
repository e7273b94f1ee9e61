import { copyBytes } from "../../wire/sctp/bytes.ts";

const BUFFER_BYTES_MIN = 2048;
/** A buffer that grew beyond this is given back once its message is complete. */
const BUFFER_BYTES_KEPT = 65_536;
const NO_BYTES = new Uint8Array(0);

/**
 * The one message whose fragments are arriving in order. Without interleaving (RFC 8260) the
 * fragments of a message have consecutive TSNs, so there is never a second one at the front.
 */
export class MessageAssembly {
  readonly #messageBytesMax: number;
  #buffer: Uint8Array = NO_BYTES;
  #length = 0;
  #isOpen = false;
  #isTooLarge = false;
  #streamId = 0;
  #ssn = 0;
  #unordered = false;

  /** @param messageBytesMax a longer message is taken off the wire but not kept */
  constructor(messageBytesMax: number) {
    this.#messageBytesMax = messageBytesMax;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Bytes held for an incomplete message. */
  get heldBytes(): number {
    return this.#isOpen ? this.#length : 0;
  }

  /** Starts with a first fragment; what was incomplete is forgotten. */
  begin(streamId: number, ssn: number, unordered: boolean): void {
    this.#isOpen = true;
    this.#isTooLarge = false;
    this.#length = 0;
    this.#streamId = streamId;
    this.#ssn = ssn;
    this.#unordered = unordered;
  }

  /** True when a fragment with these fields continues the message. */
  isContinuedBy(streamId: number, ssn: number, unordered: boolean): boolean {
    return (
      this.#isOpen &&
      this.#streamId === streamId &&
      this.#unordered === unordered &&
      (unordered || this.#ssn === ssn)
    );
  }

  append(bytes: Uint8Array, offset: number, length: number): void {
    const total = this.#length + length;
    if (total > this.#messageBytesMax) this.#isTooLarge = true;
    if (this.#isTooLarge) {
      this.#length = 0;
      return;
    }
    if (total > this.#buffer.length) this.#grow(total);
    copyBytes(bytes, offset, this.#buffer, this.#length, length);
    this.#length = total;
  }

  /** Ends the message. Returns a copy of it, or undefined when it was too large to keep. */
  finish(): Uint8Array | undefined {
    const message = this.#isTooLarge ? undefined : this.#buffer.slice(0, this.#length);
    this.discard();
    return message;
  }

  discard(): void {
    this.#isOpen = false;
    this.#isTooLarge = false;
    this.#length = 0;
    if (this.#buffer.length > BUFFER_BYTES_KEPT) this.#buffer = NO_BYTES;
  }

  #grow(total: number): void {
    let capacity = Math.max(this.#buffer.length * 2, BUFFER_BYTES_MIN);
    while (capacity < total) capacity *= 2;
    const buffer = new Uint8Array(capacity);
    copyBytes(this.#buffer, 0, buffer, 0, this.#length);
    this.#buffer = buffer;
  }
}
