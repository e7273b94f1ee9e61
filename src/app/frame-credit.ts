import { DropReason } from "../base/drop-reason.ts";
import type { MediaEvent } from "../bridge/events.ts";

/** Frames on their way to another thread that has not said it took them. */
export const FRAMES_WAITING_MAX = 4_096;
/** Taken frames are made known so many at a time. */
const REPORT_FRAMES = 64;

/**
 * Bounds what waits in the message queue between two threads: a thread that falls behind loses
 * frames, as a full socket buffer would lose them, instead of filling memory. Each thread has one,
 * for what it sends and what it takes.
 */
export class FrameCredit {
  #waiting = 0;
  #taken = 0;
  #dropped = 0;

  /** Frames that found no room so far. */
  get dropped(): number {
    return this.#dropped;
  }

  /** A frame is to be sent. @returns false when it must be dropped */
  send(): boolean {
    if (this.#waiting >= FRAMES_WAITING_MAX) {
      this.#dropped += 1;
      return false;
    }
    this.#waiting += 1;
    return true;
  }

  /** The other thread took so many of ours. */
  giveBack(count: number): void {
    this.#waiting -= count;
  }

  /** A frame of the other thread's was taken. @returns how many to report; 0: none yet */
  take(): number {
    this.#taken += 1;
    if (this.#taken < REPORT_FRAMES) return 0;
    this.#taken = 0;
    return REPORT_FRAMES;
  }
}

/**
 * Adds frames that were dropped between the threads to the statistics of the engine, which knows
 * nothing of them: they found no room, as others did.
 *
 * @param count since the engine started
 */
export function withDroppedFrames(event: MediaEvent, count: number): MediaEvent {
  if (event.kind !== "statistics-report" || count === 0) return event;
  const { counters } = event;
  const dropped = counters.dropped.map((sum, reason) =>
    reason === DropReason.Full ? sum + count : sum,
  );
  return { ...event, counters: { ...counters, dropped } };
}
