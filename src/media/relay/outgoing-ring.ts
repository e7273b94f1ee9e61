import { RingWriter } from "../../base/shared-ring.ts";
import { RingQueue } from "../../transport/sctp/ring-queue.ts";
import { beginRecord, type RelayRecord } from "./relay-record.ts";

const NO_BYTES: Uint8Array = new Uint8Array(0);
/** What a record that waits costs beside its bytes, about. */
const WAITING_BYTES = 64;

type WaitingRecord = {
  readonly kind: RelayRecord;
  readonly id: number;
  readonly x: number;
  readonly a: number;
  readonly bytes: Uint8Array;
};

/**
 * A ring to another thread, and what must not be lost while it is full: that waits here, in order, up
 * to a bound.
 */
export class OutgoingRing {
  readonly ring: RingWriter;
  readonly #waiting: RingQueue<WaitingRecord> = new RingQueue();
  readonly #waitingBytesMax: number;
  #waitingBytes = 0;

  constructor(memory: SharedArrayBuffer, waitingBytesMax: number) {
    this.ring = new RingWriter(memory);
    this.#waitingBytesMax = waitingBytesMax;
  }

  get hasWaiting(): boolean {
    return this.#waiting.count > 0;
  }

  /** For which there was no room. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** Not taken by the other thread yet. */
  get backlogBytes(): number {
    return this.#waitingBytes + this.ring.usedBytes;
  }

  /**
   * Hands a record over, or keeps it until there is room.
   *
   * @param bytes kept by reference, not to be changed any more
   * @returns false when it was dropped: the bound is reached
   */
  post(kind: RelayRecord, id: number, x: number, a: number, bytes: Uint8Array = NO_BYTES): boolean {
    if (this.#waiting.count === 0 && this.offer(kind, id, x, a, bytes)) return true;
    const cost = WAITING_BYTES + bytes.length;
    if (this.#waitingBytes + cost > this.#waitingBytesMax) return false;
    this.#waiting.push({ kind, id, x, a, bytes });
    this.#waitingBytes += cost;
    return true;
  }

  /** @returns false when there is no room now: nothing was kept */
  offer(kind: RelayRecord, id: number, x: number, a: number, bytes: Uint8Array): boolean {
    const at = beginRecord(this.ring, kind, id, x, 0, a, bytes.length, bytes.length);
    if (at < 0) return false;
    if (bytes.length > 0) this.ring.bytes.set(bytes, at);
    this.ring.commit();
    return true;
  }

  /** Hands over what waits, as far as there is room. */
  retry(): void {
    for (let next = this.#waiting.peek(); next !== undefined; next = this.#waiting.peek()) {
      if (!this.offer(next.kind, next.id, next.x, next.a, next.bytes)) return;
      this.#waiting.shift();
      this.#waitingBytes -= WAITING_BYTES + next.bytes.length;
    }
  }
}
