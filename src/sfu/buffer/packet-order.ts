import { unwrap16, unwrap32 } from "../../base/serial.ts";
import { HISTORY_PACKETS, SnHistory } from "./sn-history.ts";

/** What `PacketOrder.place` says about a packet. */
export const Order = {
  /** Newer than all before; `missingFrom` tells where a gap before it begins. */
  Newest: 0,
  /** Fills a place that was missing. */
  Late: 1,
  Duplicate: 2,
  /** Too far behind to know whether it came before. */
  TooOld: 3,
  /** From before the first packet, or its number and timestamp contradict each other. */
  Contradicts: 4,
} as const;
export type Order = (typeof Order)[keyof typeof Order];

/** A late number with a newer timestamp: believed to be a jump up to this multiple of the time. */
const JUMP_SLACK = 1.5;
const TS_HALF_CIRCLE = 2 ** 31;
const SN_CIRCLE = 65_536;

/**
 * Unwraps the sequence numbers and timestamps of one stream and knows which came (spec-media 2.2).
 * A packet that is not taken leaves no trace.
 */
export class PacketOrder {
  /** Of the packet placed last. */
  extSn = 0;
  extTs = 0;
  /** For Order.Newest: the first number of the gap before it; `extSn` when there is none. */
  missingFrom = 0;

  startExtSn = 0;
  highestExtSn = 0;
  highestExtTs = 0;
  isStarted = false;
  readonly #history: SnHistory = new SnHistory();
  #highestMs = 0;

  /** Begins with the first packet: numbers count from its own, without cycles. */
  start(nowMs: number, sn: number, ts: number): void {
    this.isStarted = true;
    this.extSn = sn;
    this.extTs = ts;
    this.missingFrom = sn;
    this.startExtSn = sn;
    this.highestExtSn = sn;
    this.highestExtTs = ts;
    this.#highestMs = nowMs;
    this.#history.reset();
    this.#history.mark(sn);
  }

  /** Numbers from the first to the newest. */
  get expected(): number {
    return this.highestExtSn - this.startExtSn + 1;
  }

  /**
   * @param hasPayload padding may not move the numbers by a cycle
   * @param clockHz of the timestamps
   */
  place(nowMs: number, sn: number, ts: number, hasPayload: boolean, clockHz: number): Order {
    let extSn = unwrap16(sn, this.highestExtSn);
    const elapsedTicks = ((nowMs - this.#highestMs) * clockHz) / 1000;
    // After hours of silence the timestamp may have gone round: it is sought near the present.
    const quietTicks = elapsedTicks > TS_HALF_CIRCLE ? Math.floor(elapsedTicks) : 0;
    const extTs = unwrap32(ts, this.highestExtTs + quietTicks);
    const tsStep = extTs - this.highestExtTs;
    if (extSn < this.highestExtSn && tsStep > 0) {
      if (!hasPayload || tsStep > elapsedTicks * JUMP_SLACK) return Order.Contradicts;
      // The sender jumped by more than half the circle; the timestamp shows that this is newer.
      extSn += SN_CIRCLE;
    }
    this.extSn = extSn;
    this.extTs = extTs;
    if (extSn > this.highestExtSn) {
      if (tsStep < 0) return Order.Contradicts;
      this.missingFrom = this.highestExtSn + 1;
      if (this.missingFrom < extSn) this.#history.markMissing(this.missingFrom, extSn);
      this.#history.mark(extSn);
      this.highestExtSn = extSn;
      this.highestExtTs = extTs;
      this.#highestMs = nowMs;
      return Order.Newest;
    }
    if (extSn < this.startExtSn || extTs < 0) return Order.Contradicts;
    if (extSn <= this.highestExtSn - HISTORY_PACKETS) return Order.TooOld;
    if (this.#history.has(extSn)) return Order.Duplicate;
    this.#history.mark(extSn);
    return Order.Late;
  }
}
