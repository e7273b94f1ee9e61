const BYTES_FIRST = 8 * 1024;
/** A queue that ran empty gives memory beyond this back. */
const BYTES_KEPT: number = 64 * 1024;

/** What a socket must be able to do; returns how many bytes it took, negative when it is closed. */
export type StreamWriter = { write(bytes: Uint8Array, offset: number, length: number): number };

/** Bytes on their way out: whole messages come in, and leave as the connection takes them. */
export class StreamQueue {
  readonly #bytesMax: number;
  #bytes: Uint8Array | undefined;
  #start = 0;
  #end = 0;

  /** @param bytesMax what may wait for a slow connection */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get waitingBytes(): number {
    return this.#end - this.#start;
  }

  /** Where the next message is written, in what `reserve` returned. */
  get end(): number {
    return this.#end;
  }

  /**
   * Memory with room for a message at `end`: moved to the front, or doubled, where it must be.
   *
   * @returns undefined when the message does not fit, and then the queue is as it was
   */
  reserve(length: number): Uint8Array | undefined {
    this.#bytes ??= new Uint8Array(BYTES_FIRST);
    if (this.#end + length <= this.#bytes.length) return this.#bytes;
    const waiting = this.#end - this.#start;
    if (waiting + length > this.#bytesMax) return undefined;
    let target = this.#bytes;
    if ((waiting + length) * 2 > target.length) {
      let size = target.length * 2;
      while (size < waiting + length) size *= 2;
      target = new Uint8Array(Math.min(size, this.#bytesMax));
    }
    if (target === this.#bytes) target.copyWithin(0, this.#start, this.#end);
    else target.set(this.#bytes.subarray(this.#start, this.#end));
    this.#bytes = target;
    this.#start = 0;
    this.#end = waiting;
    return target;
  }

  /** The message was written. @param length as reserved */
  commit(length: number): void {
    this.#end += length;
  }

  writeTo(socket: StreamWriter): void {
    if (this.#bytes === undefined || this.#end === this.#start) return;
    const taken = socket.write(this.#bytes, this.#start, this.#end - this.#start);
    if (taken > 0) this.#start += taken;
    if (this.#start < this.#end) return;
    this.#start = 0;
    this.#end = 0;
    if (this.#bytes.length > BYTES_KEPT) this.#bytes = undefined;
  }
}
