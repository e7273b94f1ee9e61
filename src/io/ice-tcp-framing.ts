import { StreamQueue, type StreamWriter } from "./stream-queue.ts";

/** RFC 4571: each frame is a 16-bit length, most significant byte first, and that many bytes. */
const LENGTH_BYTES = 2;
/** Longer frames carry nothing that we take; they are skipped. */
const FRAME_BYTES_MAX = 1500;
/** What may wait for a slow connection; a frame that does not fit is dropped. */
const QUEUE_BYTES_MAX: number = 4 * 1024 * 1024;

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

/** Frames on their way out: whole ones come in, and bytes leave as the connection takes them. */
export class FrameQueue {
  readonly #queue: StreamQueue = new StreamQueue(QUEUE_BYTES_MAX);

  get waitingBytes(): number {
    return this.#queue.waitingBytes;
  }

  /** @returns false when the frame does not fit, and then nothing of it is queued */
  push(frame: Uint8Array, offset: number, length: number): boolean {
    const bytes = this.#queue.reserve(LENGTH_BYTES + length);
    if (bytes === undefined) return false;
    const { end } = this.#queue;
    bytes[end] = length >> 8;
    bytes[end + 1] = length;
    bytes.set(frame.subarray(offset, offset + length), end + LENGTH_BYTES);
    this.#queue.commit(LENGTH_BYTES + length);
    return true;
  }

  writeTo(socket: StreamWriter): void {
    this.#queue.writeTo(socket);
  }
}
