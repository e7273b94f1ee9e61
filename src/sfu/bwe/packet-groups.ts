import type { PacketGroupSettings } from "../../base/congestion-settings.ts";
import type { TrafficSum } from "./traffic-sum.ts";

/** Closed groups that are kept. A power of two; when it is full the oldest goes. */
const GROUPS_MAX = 128;
const SLOT_MASK = GROUPS_MAX - 1;
/** At high rates a group takes more packets than it has to: so that the ring reaches far enough. */
const SPAN_MIN_MS = 20;
/**
 * The shortest transit time that was seen is believed less as it gets older: clocks drift apart by
 * up to 100 ppm each.
 */
const BASE_RELAXATION = 200e-6;
/** A transit time that jumps by more is a clock that was set. */
const CLOCK_JUMP_MS = 10_000;
/**
 * A transit time may grow for good: by a slower link, which takes longer for each packet, or by
 * another route. What is the shortest within such a time twice over, but for so little, and no more
 * than so much above what it was, is taken for the path's own.
 */
const STEADY_MS = 2_500;
const STEADY_RANGE_MS = 5;
const STEADY_WAIT_MAX_MS = 100;
/** Losses without a queue are taken for the path's own over such a time. */
const AMBIENT_TIME_MS = 8_000;

/**
 * Where a queue holds up packets, a group of so many is long enough by the time that they arrived
 * in: the sooner is it seen.
 */
const ARRIVAL_SPAN_MAX_MS = 120;
const ARRIVED_MIN = 5;

/**
 * Packets that were reported, in groups by send time (spec-media 6.4). Of each group: what was
 * received and lost, and how long packets waited on their way. That wait is the shortest transit
 * time within the group above the shortest of all groups. The shortest, and not the last packet's:
 * neither jitter nor the end of a frame, which waits for its beginning, is taken for a queue that
 * does not empty.
 */
export class PacketGroups {
  readonly #queueDelayAmbientMs: number;
  readonly #firstExtSns: Float64Array = new Float64Array(GROUPS_MAX);
  readonly #firstSentMs: Float64Array = new Float64Array(GROUPS_MAX);
  readonly #lastSentMs: Float64Array = new Float64Array(GROUPS_MAX);
  readonly #sendMs: Float64Array = new Float64Array(GROUPS_MAX);
  readonly #receiveMs: Float64Array = new Float64Array(GROUPS_MAX);
  readonly #queueMs: Float64Array = new Float64Array(GROUPS_MAX);
  readonly #growthMs: Float64Array = new Float64Array(GROUPS_MAX);
  /** Of the packet received last before the group, and of the last one in it. */
  readonly #beforeArrivalMs: Float64Array = new Float64Array(GROUPS_MAX);
  readonly #lastArrivalMsOf: Float64Array = new Float64Array(GROUPS_MAX);
  readonly #chainBytes: Uint32Array = new Uint32Array(GROUPS_MAX);
  readonly #received: Uint32Array = new Uint32Array(GROUPS_MAX);
  readonly #lost: Uint32Array = new Uint32Array(GROUPS_MAX);
  /** Groups that were ever closed; the open one has this number. */
  #closed = 0;
  /** Closed groups that count: those before were forgotten. */
  #kept = 0;

  /** Of the open group. */
  #transitMinMs = Number.POSITIVE_INFINITY;
  #firstTransitMs = 0;
  /** Of the packet that was received last. */
  #lastReceivedSentMs = Number.NEGATIVE_INFINITY;
  #lastArrivalMs = 0;

  #baseTransitMs = Number.POSITIVE_INFINITY;
  #baseSetMs = 0;
  #windowStartMs = Number.NEGATIVE_INFINITY;
  #windowMinMs = Number.POSITIVE_INFINITY;
  #lastWindowMinMs = Number.POSITIVE_INFINITY;
  #ambientLoss = 0;

  /** @param queueDelayAmbientMs with less than so much wait, losses are the path's own */
  constructor(queueDelayAmbientMs: number) {
    this.#queueDelayAmbientMs = queueDelayAmbientMs;
  }

  /** Closed groups to look at: index 0 is the newest, `count` - 1 the oldest. */
  get count(): number {
    return this.#kept;
  }

  /** Share of packets that is lost without any queue, 0..1. */
  get ambientLoss(): number {
    return this.#ambientLoss;
  }

  /** Shortest transit time, in ms of two unrelated clocks; Infinity before the first group. */
  baseTransitMs(sentMs: number): number {
    const ageMs = Math.max(0, sentMs - this.#baseSetMs);
    return this.#baseTransitMs + ageMs * BASE_RELAXATION;
  }

  /** Forgets the groups, but neither the shortest transit time nor the path's own loss. */
  clear(): void {
    this.#kept = 0;
    this.#openGroup();
  }

  /**
   * Takes a packet as received: its number is above all before. The caller looks at the groups
   * after each call that answers true.
   *
   * @returns whether a group was closed before it
   */
  addReceived(
    extSn: number,
    sentMs: number,
    arrivalMs: number,
    bytes: number,
    settings: PacketGroupSettings,
  ): boolean {
    const transitMs = arrivalMs - sentMs;
    const lastTransitMs = this.#lastArrivalMs - this.#lastReceivedSentMs;
    if (Math.abs(transitMs - lastTransitMs) > CLOCK_JUMP_MS) this.#forgetClock();
    const isClosed = this.#enter(extSn, sentMs, settings);
    const slot = this.#closed & SLOT_MASK;
    if (sentMs - this.#lastReceivedSentMs <= settings.maxWindowDurationMs) {
      this.#sendMs[slot] = this.#sendMs[slot]! + sentMs - this.#lastReceivedSentMs;
      this.#receiveMs[slot] = this.#receiveMs[slot]! + arrivalMs - this.#lastArrivalMs;
      this.#chainBytes[slot] = this.#chainBytes[slot]! + bytes;
    }
    if (this.#received[slot]! === 0) this.#firstTransitMs = transitMs;
    this.#received[slot] = this.#received[slot]! + 1;
    if (transitMs < this.#transitMinMs) this.#transitMinMs = transitMs;
    this.#lastReceivedSentMs = sentMs;
    this.#lastArrivalMs = arrivalMs;
    return isClosed;
  }

  /** As `addReceived`, of a packet that was reported missing. */
  addLost(extSn: number, sentMs: number, settings: PacketGroupSettings): boolean {
    const isClosed = this.#enter(extSn, sentMs, settings);
    const slot = this.#closed & SLOT_MASK;
    this.#lost[slot] = this.#lost[slot]! + 1;
    return isClosed;
  }

  /** A packet below the newest was received after all. It tells nothing about a wait. */
  addLate(extSn: number, bytes: number, wasLost: boolean): void {
    for (let back = 0; back <= this.#kept; back++) {
      const slot = (this.#closed - back) & SLOT_MASK;
      if (extSn < this.#firstExtSns[slot]!) continue;
      this.#received[slot] = this.#received[slot]! + 1;
      this.#chainBytes[slot] = this.#chainBytes[slot]! + bytes;
      if (wasLost && this.#lost[slot]! > 0) this.#lost[slot] = this.#lost[slot]! - 1;
      return;
    }
  }

  firstExtSn(index: number): number {
    return this.#firstExtSns[this.#slotOf(index)]!;
  }

  /** When its first packet left, monotonic ms. */
  firstSentMs(index: number): number {
    return this.#firstSentMs[this.#slotOf(index)]!;
  }

  lastSentMs(index: number): number {
    return this.#lastSentMs[this.#slotOf(index)]!;
  }

  /** The time that the newest groups up to `index` span, at the sender or at the receiver, ms. */
  spanMs(index: number): number {
    const slot = this.#slotOf(index);
    const newest = this.#slotOf(0);
    return Math.max(
      this.#lastSentMs[newest]! - this.#firstSentMs[slot]!,
      this.#lastArrivalMsOf[newest]! - this.#beforeArrivalMs[slot]!,
    );
  }

  /** How long its packets waited, ms, 0 or more. */
  queueMs(index: number): number {
    return this.#queueMs[this.#slotOf(index)]!;
  }

  /** How much longer its last packet waited than its first, ms. */
  growthMs(index: number): number {
    return this.#growthMs[this.#slotOf(index)]!;
  }

  /** Of its packets, how many were lost: 0..1. */
  lossRatio(index: number): number {
    const slot = this.#slotOf(index);
    const lost = this.#lost[slot]!;
    return lost / Math.max(1, lost + this.#received[slot]!);
  }

  /** Adds a group to a sum; to be called from the newest to the oldest. */
  addTo(index: number, newestSentMs: number, sum: TrafficSum): void {
    const slot = this.#slotOf(index);
    sum.durationMs = newestSentMs - this.#firstSentMs[slot]!;
    sum.sendMs += this.#sendMs[slot]!;
    sum.receiveMs += this.#receiveMs[slot]!;
    sum.chainBytes += this.#chainBytes[slot]!;
    sum.received += this.#received[slot]!;
    sum.lost += this.#lost[slot]!;
  }

  #slotOf(index: number): number {
    return (this.#closed - 1 - index) & SLOT_MASK;
  }

  /** Makes the group open that the packet belongs to. @returns whether another was closed */
  #enter(extSn: number, sentMs: number, settings: PacketGroupSettings): boolean {
    const slot = this.#closed & SLOT_MASK;
    const packets = this.#received[slot]! + this.#lost[slot]!;
    if (packets === 0) {
      this.#firstExtSns[slot] = extSn;
      this.#firstSentMs[slot] = sentMs;
      this.#lastSentMs[slot] = sentMs;
      this.#beforeArrivalMs[slot] = this.#lastArrivalMs;
      return false;
    }
    const spanMs = sentMs - this.#firstSentMs[slot]!;
    const isFull = packets >= settings.minPackets && spanMs >= SPAN_MIN_MS;
    const isHeldUp =
      this.#received[slot]! >= ARRIVED_MIN &&
      spanMs >= SPAN_MIN_MS &&
      this.#lastArrivalMs - this.#beforeArrivalMs[slot]! >= ARRIVAL_SPAN_MAX_MS;
    if (!isFull && !isHeldUp && spanMs <= settings.maxWindowDurationMs) {
      this.#lastSentMs[slot] = sentMs;
      return false;
    }
    this.#close(slot);
    this.#enter(extSn, sentMs, settings);
    return true;
  }

  #close(slot: number): void {
    const received = this.#received[slot]!;
    const lost = this.#lost[slot]!;
    const before = this.#kept > 0 ? this.#queueMs[(slot - 1) & SLOT_MASK]! : 0;
    const queueMs = received > 0 ? this.#queueMsOf(this.#transitMinMs, slot) : before;
    this.#queueMs[slot] = queueMs;
    const lastTransitMs = this.#lastArrivalMs - this.#lastReceivedSentMs;
    this.#growthMs[slot] = received > 0 ? lastTransitMs - this.#firstTransitMs : 0;
    this.#lastArrivalMsOf[slot] = this.#lastArrivalMs;
    if (queueMs < this.#queueDelayAmbientMs) {
      const spanMs = this.#lastSentMs[slot]! - this.#firstSentMs[slot]!;
      const weight = 1 - Math.exp(-spanMs / AMBIENT_TIME_MS);
      this.#ambientLoss += (lost / (received + lost) - this.#ambientLoss) * weight;
    }
    this.#closed += 1;
    this.#kept = Math.min(this.#kept + 1, GROUPS_MAX - 1);
    this.#openGroup();
  }

  #queueMsOf(transitMs: number, slot: number): number {
    const sentMs = this.#lastSentMs[slot]!;
    this.#noteSteady(transitMs, sentMs);
    const baseMs = this.baseTransitMs(sentMs);
    if (transitMs < baseMs) {
      this.#baseTransitMs = transitMs;
      this.#baseSetMs = sentMs;
      return 0;
    }
    return transitMs - baseMs;
  }

  #noteSteady(transitMs: number, sentMs: number): void {
    if (sentMs - this.#windowStartMs >= STEADY_MS) {
      const minMs = this.#windowMinMs;
      const isSteady = Math.abs(minMs - this.#lastWindowMinMs) < STEADY_RANGE_MS;
      const waitMs = minMs - this.baseTransitMs(sentMs);
      if (isSteady && waitMs > 0 && waitMs < STEADY_WAIT_MAX_MS) {
        this.#baseTransitMs = minMs;
        this.#baseSetMs = sentMs;
      }
      this.#lastWindowMinMs = minMs;
      this.#windowMinMs = Number.POSITIVE_INFINITY;
      this.#windowStartMs = sentMs;
    }
    this.#windowMinMs = Math.min(this.#windowMinMs, transitMs);
  }

  #openGroup(): void {
    const slot = this.#closed & SLOT_MASK;
    this.#sendMs[slot] = 0;
    this.#receiveMs[slot] = 0;
    this.#chainBytes[slot] = 0;
    this.#received[slot] = 0;
    this.#lost[slot] = 0;
    this.#transitMinMs = Number.POSITIVE_INFINITY;
  }

  /** The receiver's clock was set: transit times before and after cannot be compared. */
  #forgetClock(): void {
    this.#baseTransitMs = Number.POSITIVE_INFINITY;
    this.#windowMinMs = Number.POSITIVE_INFINITY;
    this.#lastWindowMinMs = Number.POSITIVE_INFINITY;
    this.#lastReceivedSentMs = Number.NEGATIVE_INFINITY;
    this.clear();
  }
}
