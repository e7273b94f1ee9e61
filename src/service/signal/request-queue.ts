import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import type { livekit } from "../../gen/livekit.js";

/**
 * Work is counted in bytes of a message, and is what this thread can do for one client without
 * making others wait: about 1,000 small messages a second, after some seconds of quiet 4,000 at once.
 */
const WORK_PER_SECOND = 2 * 1024 * 1024;
const WORK_BURST_MAX = 8 * 1024 * 1024;
/** Of any message, however small. */
const WORK_PER_MESSAGE = 2 * 1024;
/** Descriptions cost more than others of their size: 1 MB of them takes half a second. */
const DESCRIPTION_WEIGHT = 8;

/** What waits for its turn; one more ends the connection. */
export const WAITING_MAX = 1_000;
const WAITING_BYTES_MAX = 8 * 1024 * 1024;

type Waiting = { readonly request: livekit.SignalRequest; readonly bytes: number };

/**
 * One client's requests in their order, at the pace that it is allowed: those of a client that asks
 * for little go through at once, those of one that asks for much wait, up to a bound.
 */
export class RequestQueue {
  readonly #scheduler: Scheduler;
  readonly #handle: (request: livekit.SignalRequest) => void;
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #work: number = WORK_BURST_MAX;
  #refilledMs: number;
  #timer: Cancel | undefined;

  constructor(scheduler: Scheduler, handle: (request: livekit.SignalRequest) => void) {
    this.#scheduler = scheduler;
    this.#handle = handle;
    this.#refilledMs = scheduler.nowMs();
  }

  /**
   * Handles a request now or later.
   *
   * @param bytes of its frame
   * @returns false when too much waits: the request was not taken
   */
  push(request: livekit.SignalRequest, bytes: number): boolean {
    this.#refill();
    if (this.#waiting.length === 0 && this.#work > 0) {
      this.#run(request, bytes);
      return true;
    }
    const isFull =
      this.#waiting.length >= WAITING_MAX || this.#waitingBytes + bytes > WAITING_BYTES_MAX;
    if (isFull) return false;
    this.#waiting.push({ request, bytes });
    this.#waitingBytes += bytes;
    this.#wait();
    return true;
  }

  #run(request: livekit.SignalRequest, bytes: number): void {
    const isDescription = request.message === "offer" || request.message === "answer";
    this.#work -= WORK_PER_MESSAGE + bytes * (isDescription ? DESCRIPTION_WEIGHT : 1);
    this.#handle(request);
  }

  #refill(): void {
    const nowMs = this.#scheduler.nowMs();
    const refill = ((nowMs - this.#refilledMs) * WORK_PER_SECOND) / 1000;
    this.#work = Math.min(WORK_BURST_MAX, this.#work + refill);
    this.#refilledMs = nowMs;
  }

  #wait(): void {
    const delayMs = Math.max(1, Math.ceil((-this.#work * 1000) / WORK_PER_SECOND));
    this.#timer ??= this.#scheduler.after(delayMs, () => {
      this.#timer = undefined;
      this.#drain();
    });
  }

  #drain(): void {
    this.#refill();
    while (this.#work > 0) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#waitingBytes -= next.bytes;
      this.#run(next.request, next.bytes);
    }
    if (this.#waiting.length > 0) this.#wait();
  }

  /** Forgets what waits; @returns the client's farewell if it was among it */
  close(): livekit.SignalRequest | undefined {
    this.#timer?.();
    this.#timer = undefined;
    const leave = this.#waiting.find(({ request }) => request.message === "leave");
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    return leave?.request;
  }
}
