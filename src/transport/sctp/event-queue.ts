import { RingQueue } from "./ring-queue.ts";
import type { SctpEvent } from "./sctp-event.ts";

/** What an undelivered event costs beside its bytes; keeps floods of tiny messages bounded. */
export const EVENT_OVERHEAD_BYTES = 128;
/** Events that carry no message are dropped beyond this; a drained queue holds a handful. */
const CONTROL_EVENTS_MAX = 1024;

/** Events until the owner polls them. Undelivered messages count against the receive window. */
export class EventQueue {
  readonly #queue: RingQueue<SctpEvent> = new RingQueue();
  #messageBytes = 0;
  #controlCount = 0;

  get isEmpty(): boolean {
    return this.#queue.count === 0;
  }

  /** Bytes of undelivered messages, and of those that their owner retains; overhead included. */
  get messageBytes(): number {
    return this.#messageBytes;
  }

  /** What was polled is still held. */
  retain(byteCount: number): void {
    this.#messageBytes += byteCount;
  }

  release(byteCount: number): void {
    this.#messageBytes -= byteCount;
  }

  pushMessage(streamId: number, ppid: number, bytes: Uint8Array, unordered: boolean): void {
    this.#queue.push({ kind: "message", streamId, ppid, bytes, unordered });
    this.#messageBytes += bytes.length + EVENT_OVERHEAD_BYTES;
  }

  pushControl(event: Exclude<SctpEvent, { kind: "message" }>): void {
    if (this.#controlCount >= CONTROL_EVENTS_MAX && event.kind !== "closed") return;
    this.#queue.push(event);
    this.#controlCount += 1;
  }

  shift(): SctpEvent | undefined {
    const event = this.#queue.shift();
    if (event === undefined) return undefined;
    if (event.kind === "message") {
      this.#messageBytes -= event.bytes.length + EVENT_OVERHEAD_BYTES;
    } else {
      this.#controlCount -= 1;
    }
    return event;
  }
}
