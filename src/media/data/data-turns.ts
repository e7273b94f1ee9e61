import { RingQueue } from "../../transport/sctp/ring-queue.ts";

/** Units of one turn, each about a packet's worth of time: one to two milliseconds together. */
const TURN_UNITS = 256;

/** Who has messages to forward, or packets to send. */
export interface DataWorker {
  readonly peerId: number;
  /** Stands in the line. */
  isQueued: boolean;
  /**
   * Does a bounded part of its work; says so by `enqueue` when there is more.
   *
   * @returns units of work done
   */
  work(nowMs: number): number;
}

/**
 * The work for data channels of one media thread, done at the end of each turn, when what came with it
 * has been taken in: peers get their turns one after the other, and what is too much for one turn of
 * the thread waits for the next. Between the two media is received and sent.
 */
export class DataTurns {
  readonly #line: RingQueue<DataWorker> = new RingQueue();
  readonly #broke: (peerId: number, error: unknown) => void;

  /** @param broke is told of a bug in the work for a peer */
  constructor(broke: (peerId: number, error: unknown) => void) {
    this.#broke = broke;
  }

  get isIdle(): boolean {
    return this.#line.count === 0;
  }

  enqueue(worker: DataWorker): void {
    if (worker.isQueued) return;
    worker.isQueued = true;
    this.#line.push(worker);
  }

  run(nowMs: number): void {
    for (let units = 0; units < TURN_UNITS; ) {
      const worker = this.#line.shift();
      if (worker === undefined) return;
      worker.isQueued = false;
      try {
        units += 1 + worker.work(nowMs);
      } catch (error) {
        this.#broke(worker.peerId, error);
      }
    }
  }
}
