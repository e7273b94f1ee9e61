import type { Random } from "./random.ts";
import type { Simulation } from "./simulation.ts";

/** IPv4, UDP, SRTP tag: what a packet weighs on a link besides its RTP. */
const OVERHEAD_BYTES = 38;

export type LinkOptions = {
  /** Bits per second; Infinity: no bottleneck. */
  readonly rateBps?: number;
  /** Propagation, one way. */
  readonly delayMs?: number;
  /** Uniform over 0..jitterMs, on top of the delay of each packet. */
  readonly jitterMs?: number;
  /** Jitter may let packets overtake each other. */
  readonly reorders?: boolean;
  /** 0..1, each packet by itself. */
  readonly loss?: number;
  /** Losses in a row (Gilbert): chance that one begins, and how many packets it takes on average. */
  readonly burst?: { readonly chance: number; readonly meanPackets: number } | undefined;
  /** 0..1 */
  readonly duplication?: number;
  /** Packets that would wait longer are dropped. */
  readonly queueMs?: number;
  /** Packets that do not fit are dropped. */
  readonly queueBytes?: number;
};

type Settings = Required<Omit<LinkOptions, "burst">> & Pick<LinkOptions, "burst">;

const DEFAULTS: Settings = {
  rateBps: Number.POSITIVE_INFINITY,
  delayMs: 0,
  jitterMs: 0,
  reorders: false,
  loss: 0,
  duplication: 0,
  queueMs: 1_000,
  queueBytes: Number.POSITIVE_INFINITY,
};

/** Time spent in the queue, in spans of this length. */
export const QUEUE_SPAN_MS = 100;

type Waiting = { readonly bytes: Uint8Array; readonly sinceMs: number };

/** One direction of a network path: a bottleneck with a drop-tail queue, then the distance. */
export class Link {
  readonly #simulation: Simulation;
  readonly #random: Random;
  readonly #deliver: (bytes: Uint8Array) => void;
  #settings: Settings;
  readonly #queue: Waiting[] = [];
  #queuedBytes = 0;
  #isBusy = false;
  #isBursting = false;
  #lastArrivalMs = 0;

  sentPackets = 0;
  sentBytes = 0;
  /** By the queue. */
  droppedPackets = 0;
  /** On purpose: random loss and bursts. */
  lostPackets = 0;
  duplicatedPackets = 0;
  /** Longest wait of a packet that left, by span since the start. */
  readonly queueSpansMs: number[] = [];
  /** Bytes that left the bottleneck, by span since the start. */
  readonly spanBytes: number[] = [];

  constructor(
    simulation: Simulation,
    random: Random,
    options: LinkOptions,
    deliver: (bytes: Uint8Array) => void,
  ) {
    this.#simulation = simulation;
    this.#random = random;
    this.#settings = { ...DEFAULTS, ...options };
    this.#deliver = deliver;
  }

  /** Changes the link from now on; what is left out stays. */
  set(options: LinkOptions): void {
    this.#settings = { ...this.#settings, ...options };
  }

  /** `bytes` belong to the link from here on. */
  send(bytes: Uint8Array): void {
    this.sentPackets += 1;
    this.sentBytes += bytes.length;
    const { rateBps, queueMs, queueBytes } = this.#settings;
    if (rateBps === Number.POSITIVE_INFINITY && !this.#isBusy) {
      this.#noteQueue(0, bytes.length);
      this.#travel(bytes);
      return;
    }
    const size = bytes.length + OVERHEAD_BYTES;
    const waitMs = (this.#queuedBytes * 8_000) / rateBps;
    if (waitMs > queueMs || this.#queuedBytes + size > queueBytes) {
      this.droppedPackets += 1;
      return;
    }
    this.#queuedBytes += size;
    this.#queue.push({ bytes, sinceMs: this.#simulation.nowMs });
    if (!this.#isBusy) this.#serve();
  }

  /** The longest wait between two moments, ms since the start. */
  queueMaxMs(fromMs: number, toMs: number = Number.POSITIVE_INFINITY): number {
    let max = 0;
    const end = Math.min(this.queueSpansMs.length, Math.ceil(toMs / QUEUE_SPAN_MS));
    for (let i = Math.floor(fromMs / QUEUE_SPAN_MS); i < end; i++) {
      max = Math.max(max, this.queueSpansMs[i] ?? 0);
    }
    return max;
  }

  /** End of the last span between two moments with a longer wait than this; `fromMs`: none. */
  lastQueuedMs(waitMs: number, fromMs: number, toMs: number): number {
    for (let i = Math.floor(toMs / QUEUE_SPAN_MS) - 1; i * QUEUE_SPAN_MS >= fromMs; i--) {
      if ((this.queueSpansMs[i] ?? 0) > waitMs) return (i + 1) * QUEUE_SPAN_MS;
    }
    return fromMs;
  }

  /** Of the bottleneck's output between two moments, ms since the start. */
  bitrateBps(fromMs: number, toMs: number): number {
    let bytes = 0;
    const end = Math.floor(toMs / QUEUE_SPAN_MS);
    for (let i = Math.floor(fromMs / QUEUE_SPAN_MS); i < end; i++) bytes += this.spanBytes[i] ?? 0;
    return (bytes * 8_000) / (toMs - fromMs);
  }

  #serve(): void {
    const head = this.#queue[0];
    this.#isBusy = head !== undefined;
    if (head === undefined) return;
    const size = head.bytes.length + OVERHEAD_BYTES;
    this.#simulation.after((size * 8_000) / this.#settings.rateBps, () => {
      this.#queue.shift();
      this.#queuedBytes -= size;
      this.#noteQueue(this.#simulation.nowMs - head.sinceMs, head.bytes.length);
      this.#travel(head.bytes);
      this.#serve();
    });
  }

  #travel(bytes: Uint8Array): void {
    const { delayMs, jitterMs, reorders, duplication } = this.#settings;
    if (this.#isLost()) {
      this.lostPackets += 1;
      return;
    }
    let atMs = this.#simulation.nowMs + delayMs;
    if (jitterMs > 0) atMs += this.#random.between(0, jitterMs);
    if (!reorders) atMs = Math.max(atMs, this.#lastArrivalMs);
    this.#lastArrivalMs = Math.max(atMs, this.#lastArrivalMs);
    if (this.#random.chance(duplication)) {
      this.duplicatedPackets += 1;
      const copy = bytes.slice();
      this.#simulation.at(atMs + jitterMs, () => this.#deliver(copy));
    }
    this.#simulation.at(atMs, () => this.#deliver(bytes));
  }

  #isLost(): boolean {
    const { loss, burst } = this.#settings;
    if (burst !== undefined) {
      const chance = this.#isBursting ? 1 - 1 / burst.meanPackets : burst.chance;
      this.#isBursting = this.#random.chance(chance);
      if (this.#isBursting) return true;
    }
    return this.#random.chance(loss);
  }

  #noteQueue(waitMs: number, bytes: number): void {
    const span = Math.floor(this.#simulation.elapsedMs / QUEUE_SPAN_MS);
    this.queueSpansMs[span] = Math.max(this.queueSpansMs[span] ?? 0, waitMs);
    this.spanBytes[span] = (this.spanBytes[span] ?? 0) + bytes;
  }
}
