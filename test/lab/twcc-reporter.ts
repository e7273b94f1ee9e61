import { TWCC_TICKS_PER_MS, TwccFeedbackWriter } from "../../src/wire/rtcp/twcc-feedback.ts";
import { Unwrapper } from "./unwrapper.ts";

const FEEDBACK_BYTES_MAX = 1_200;
/** Arrivals that are kept for a report at most. */
const WAITING_MAX = 10_000;

/** What a client reports of arrivals by transport-wide number (libwebrtc `RemoteEstimatorProxy`). */
export class TwccReporter {
  readonly #sns = new Unwrapper(16);
  readonly #arrivals = new Map<number, number>();
  readonly #writer = new TwccFeedbackWriter();
  readonly #ssrc: number;
  #next = -1;
  #feedbackCount = 0;

  constructor(ssrc: number) {
    this.#ssrc = ssrc;
  }

  get isEmpty(): boolean {
    return this.#arrivals.size === 0;
  }

  receive(nowMs: number, transportSn: number): void {
    const extSn = this.#sns.unwrap(transportSn);
    if (this.#next < 0) this.#next = extSn;
    // reported as lost already, and come late: the report goes back to it
    if (extSn < this.#next) this.#next = extSn;
    if (!this.#arrivals.has(extSn) && this.#arrivals.size < WAITING_MAX) {
      this.#arrivals.set(extSn, nowMs);
    }
  }

  /** @returns feedback packets for all that has come since the last time */
  poll(mediaSsrc: number): Uint8Array[] {
    const arrivals = [...this.#arrivals].sort(([a], [b]) => a - b);
    this.#arrivals.clear();
    const packets: Uint8Array[] = [];
    let index = 0;
    while (index < arrivals.length) {
      const out = new Uint8Array(FEEDBACK_BYTES_MAX);
      const base = Math.max(this.#next, arrivals[index]![0] - 1_000);
      const firstTicks = Math.floor(arrivals[index]![1] * TWCC_TICKS_PER_MS);
      const count = this.#feedbackCount;
      this.#writer.start(out, 0, out.length, this.#ssrc, mediaSsrc, base, firstTicks, count);
      this.#feedbackCount = (this.#feedbackCount + 1) & 0xff;
      const begun = index;
      while (index < arrivals.length) {
        const [extSn, atMs] = arrivals[index]!;
        if (!this.#writer.add(extSn, Math.floor(atMs * TWCC_TICKS_PER_MS))) break;
        index += 1;
      }
      if (index === begun) {
        index += 1; // cannot be reported at all
        continue;
      }
      this.#next = this.#writer.nextExtSn;
      packets.push(out.slice(0, this.#writer.finish()));
    }
    return packets;
  }
}
