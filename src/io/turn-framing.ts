/** STUN header, and what its length leaves out (RFC 8489 §5). */
const STUN_HEADER_BYTES = 20;
const CHANNEL_HEADER_BYTES = 4;
/** Whatever tells how long a message is, stands in the first four bytes. */
const PREFIX_BYTES = 4;
/** A relayed datagram of 1500 bytes, and room for a Send indication around it. */
export const MESSAGE_BYTES_MAX = 2048;

export interface TurnMessageSink {
  /**
   * One whole message. The bytes may be changed; the memory is used again afterwards.
   *
   * @returns whether to go on: false when the connection was closed
   */
  onMessage(bytes: Uint8Array): boolean;
  /** This is no TURN: the connection is of no use any more. */
  onBroken(): void;
}

/**
 * Cuts a byte stream into STUN and ChannelData messages (RFC 8656 §3.7, §12.5: the latter padded to
 * four bytes). A message that lies in one chunk is not copied. Longer messages than a relay would
 * pass on are skipped when they are data, and end the connection when they are not.
 */
export class TurnFrameReader {
  #partial: Uint8Array | undefined;
  #partialBytes = 0;
  #skipBytes = 0;
  #isBroken = false;

  push(chunk: Uint8Array, sink: TurnMessageSink): void {
    let at = 0;
    while (at < chunk.length && !this.#isBroken) {
      if (this.#skipBytes > 0) {
        const skipped = Math.min(this.#skipBytes, chunk.length - at);
        this.#skipBytes -= skipped;
        at += skipped;
        continue;
      }
      if (this.#partialBytes > 0 || chunk.length - at < PREFIX_BYTES) {
        const taken = this.#gather(chunk, at, sink);
        if (taken < 0) return;
        at += taken;
        continue;
      }
      const length = this.#lengthOf(chunk, at, sink);
      if (length === 0) return;
      if (length > MESSAGE_BYTES_MAX) {
        this.#skipBytes = length;
      } else if (at + length <= chunk.length) {
        at += length;
        if (!sink.onMessage(chunk.subarray(at - length, at))) return;
      } else {
        const taken = this.#gather(chunk, at, sink);
        if (taken < 0) return;
        at += taken;
      }
    }
  }

  /** Takes what belongs to the message under way; -1 when there is nothing more to be taken. */
  #gather(chunk: Uint8Array, at: number, sink: TurnMessageSink): number {
    this.#partial ??= new Uint8Array(MESSAGE_BYTES_MAX);
    const partial = this.#partial;
    if (this.#partialBytes < PREFIX_BYTES) {
      partial[this.#partialBytes] = chunk[at]!;
      this.#partialBytes += 1;
      if (this.#partialBytes < PREFIX_BYTES) return 1;
      const length = this.#lengthOf(partial, 0, sink);
      if (length === 0) return -1;
      if (length > MESSAGE_BYTES_MAX) {
        this.#skipBytes = length - PREFIX_BYTES;
        this.#partialBytes = 0;
        return 1;
      }
      return this.#finish(length, sink, 1);
    }
    const length = this.#lengthOf(partial, 0, sink);
    const taken = Math.min(length - this.#partialBytes, chunk.length - at);
    partial.set(chunk.subarray(at, at + taken), this.#partialBytes);
    this.#partialBytes += taken;
    return this.#finish(length, sink, taken);
  }

  #finish(length: number, sink: TurnMessageSink, taken: number): number {
    if (this.#partialBytes < length) return taken;
    this.#partialBytes = 0;
    return sink.onMessage(this.#partial!.subarray(0, length)) ? taken : -1;
  }

  /** @returns bytes that the message takes in the stream; 0 when it is none */
  #lengthOf(bytes: Uint8Array, at: number, sink: TurnMessageSink): number {
    const kind = bytes[at]! & 0xc0;
    const stated = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (kind === 0x40) return (CHANNEL_HEADER_BYTES + stated + 3) & ~3;
    const length = STUN_HEADER_BYTES + stated;
    if (kind === 0 && (stated & 3) === 0 && length <= MESSAGE_BYTES_MAX) return length;
    this.#isBroken = true;
    sink.onBroken();
    return 0;
  }
}
