/** RFC 4571: each frame is a 16-bit length, most significant byte first, and that many bytes. */
const LENGTH_BYTES = 2;
/** Longer frames carry nothing that we take; they are skipped. */
const FRAME_BYTES_MAX = 1500;
const QUEUE_BYTES_FIRST = 8 * 1024;
/** What may wait for a slow connection; a frame that does not fit is dropped. */
const QUEUE_BYTES_MAX: number = 4 * 1024 * 1024;
/** A queue that ran empty gives memory beyond this back. */
const QUEUE_BYTES_KEPT: number = 64 * 1024;

export interface FrameSink {
  /**
   * One whole frame. The bytes may be changed; the memory is used again afterwards.
   *
   * @returns whether to go on: false when the connection was closed
   */
  onFrame(bytes: Uint8Array): boolean;
  /** A frame longer than we take was left out. */
  onSkip(): void;
}

/** Cuts a byte stream into frames. A frame that lies in one chunk is not copied. */
export class FrameReader {
  #partial: Uint8Array | undefined;
  #partialBytes = 0;
  #skipBytes = 0;

  push(chunk: Uint8Array, sink: FrameSink): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#skipBytes > 0) {
        const skipped = Math.min(this.#skipBytes, chunk.length - at);
        this.#skipBytes -= skipped;
        at += skipped;
        continue;
      }
      if (this.#partialBytes === 0 && chunk.length - at >= LENGTH_BYTES) {
        const length = (chunk[at]! << 8) | chunk[at + 1]!;
        const start = at + LENGTH_BYTES;
        if (length > FRAME_BYTES_MAX) {
          this.#skip(length, sink);
          at = start;
          continue;
        }
        if (start + length <= chunk.length) {
          at = start + length;
          if (length > 0 && !sink.onFrame(chunk.subarray(start, at))) return;
          continue;
        }
      }
      const taken = this.#gather(chunk, at, sink);
      if (taken < 0) return;
      at += taken;
    }
  }

  /** Takes what belongs to the frame under way; -1 when its receiver closed the connection. */
  #gather(chunk: Uint8Array, at: number, sink: FrameSink): number {
    this.#partial ??= new Uint8Array(LENGTH_BYTES + FRAME_BYTES_MAX);
    const partial = this.#partial;
    if (this.#partialBytes < LENGTH_BYTES) {
      partial[this.#partialBytes] = chunk[at]!;
      this.#partialBytes += 1;
      if (this.#partialBytes < LENGTH_BYTES) return 1;
      const length = (partial[0]! << 8) | partial[1]!;
      if (length === 0 || length > FRAME_BYTES_MAX) this.#partialBytes = 0;
      if (length > FRAME_BYTES_MAX) this.#skip(length, sink);
      return 1;
    }
    const frameEnd = LENGTH_BYTES + ((partial[0]! << 8) | partial[1]!);
    const taken = Math.min(frameEnd - this.#partialBytes, chunk.length - at);
    partial.set(chunk.subarray(at, at + taken), this.#partialBytes);
    this.#partialBytes += taken;
    if (this.#partialBytes < frameEnd) return taken;
    this.#partialBytes = 0;
    return sink.onFrame(partial.subarray(LENGTH_BYTES, frameEnd)) ? taken : -1;
  }

  #skip(length: number, sink: FrameSink): void {
    this.#skipBytes = length;
    sink.onSkip();
  }
}

/** What a socket must be able to do; returns how many bytes it took, negative when it is closed. */
export type StreamWriter = { write(bytes: Uint8Array, offset: number, length: number): number };

/** Frames on their way out: whole ones come in, and bytes leave as the connection takes them. */
export class FrameQueue {
  #bytes: Uint8Array | undefined;
  #start = 0;
  #end = 0;

  get waitingBytes(): number {
    return this.#end - this.#start;
  }

  /** @returns false when the frame does not fit, and then nothing of it is queued */
  push(frame: Uint8Array, offset: number, length: number): boolean {
    const needed = LENGTH_BYTES + length;
    const bytes = this.#roomFor(needed);
    if (bytes === undefined) return false;
    bytes[this.#end] = length >> 8;
    bytes[this.#end + 1] = length;
    bytes.set(frame.subarray(offset, offset + length), this.#end + LENGTH_BYTES);
    this.#end += needed;
    return true;
  }

  writeTo(socket: StreamWriter): void {
    if (this.#bytes === undefined || this.#end === this.#start) return;
    const taken = socket.write(this.#bytes, this.#start, this.#end - this.#start);
    if (taken > 0) this.#start += taken;
    if (this.#start < this.#end) return;
    this.#start = 0;
    this.#end = 0;
    if (this.#bytes.length > QUEUE_BYTES_KEPT) this.#bytes = undefined;
  }

  /** The memory to append `needed` bytes to: moved to the front, or doubled, where it must be. */
  #roomFor(needed: number): Uint8Array | undefined {
    this.#bytes ??= new Uint8Array(QUEUE_BYTES_FIRST);
    if (this.#end + needed <= this.#bytes.length) return this.#bytes;
    const waiting = this.#end - this.#start;
    if (waiting + needed > QUEUE_BYTES_MAX) return undefined;
    let target = this.#bytes;
    if ((waiting + needed) * 2 > target.length) {
      let size = target.length * 2;
      while (size < waiting + needed) size *= 2;
      target = new Uint8Array(Math.min(size, QUEUE_BYTES_MAX));
    }
    if (target === this.#bytes) target.copyWithin(0, this.#start, this.#end);
    else target.set(this.#bytes.subarray(this.#start, this.#end));
    this.#bytes = target;
    this.#start = 0;
    this.#end = waiting;
    return target;
  }
}
