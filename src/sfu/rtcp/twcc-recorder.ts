import { unwrap16 } from "../../base/serial.ts";
import { TWCC_TICKS_PER_MS, TwccFeedbackWriter } from "../../wire/rtcp/twcc-feedback.ts";

/** Packets that wait to be reported; when full, the oldest are forgotten. */
const HELD_MAX = 1_000;
/** Room for so many to begin with: most reports have no more, and many peers send nothing. */
const HELD_FIRST = 128;
const HELD_MIN = 20;
const HELD_MANY = 100;
const INTERVAL_MS = 100;
const FRAME_INTERVAL_MS = 50;
/** Losses that are spelled out between two reports; a larger jump begins anew. */
const GAP_MAX = 8_000;
/** Room that `pollFeedback` needs, bytes. */
export const TWCC_FEEDBACK_BYTES = 1_200;

const NO_NUMBERS: Float64Array = new Float64Array(0);
/** Scratch of the thread: a packet is written within one call. */
const WRITER: TwccFeedbackWriter = new TwccFeedbackWriter();

/**
 * Arrival times of all packets of one peer, for its congestion control (spec-media 2.9,
 * draft-holmer-rmcat-transport-wide-cc-extensions-01). Every copy counts: media, RTX, padding,
 * duplicates and probes without a stream.
 */
export class TwccRecorder {
  readonly #senderSsrc: number;
  /** Waiting packets, ascending: extended transport numbers and arrivals in 250 us. */
  #extSns: Float64Array = NO_NUMBERS;
  #ticks: Float64Array = NO_NUMBERS;
  #count = 0;
  /** Of these, the first ones are on their way in reports that `pollFeedback` is writing. */
  #isReporting = false;
  #reported = 0;
  #highest = -1;
  #nextExtSn = -1;
  #mediaSsrc = 0;
  #feedbackCount = 0;
  #lastMs = 0;
  #hasMarker = false;

  /** @param senderSsrc random, fixed for the peer */
  constructor(senderSsrc: number) {
    this.#senderSsrc = senderSsrc;
  }

  /**
   * @param nowMs with fractions: a quarter of a millisecond counts
   * @param transportSn 16 bits, from the header extension
   */
  record(nowMs: number, transportSn: number, ssrc: number, marker: boolean): void {
    const ticks = Math.floor(nowMs * TWCC_TICKS_PER_MS);
    this.#mediaSsrc = ssrc;
    if (marker) this.#hasMarker = true;
    let extSn = transportSn;
    if (this.#highest < 0) {
      this.#lastMs = nowMs;
      this.#nextExtSn = extSn;
    } else {
      extSn = unwrap16(transportSn, this.#highest);
      if (extSn < 0) return;
    }
    if (extSn > this.#highest) this.#highest = extSn;
    if (this.#count === this.#extSns.length) this.#makeRoom();
    let at = this.#count;
    while (at > 0 && this.#extSns[at - 1]! > extSn) at -= 1;
    if (at > 0 && this.#extSns[at - 1] === extSn) return;
    if (at < this.#count) {
      this.#extSns.copyWithin(at + 1, at, this.#count);
      this.#ticks.copyWithin(at + 1, at, this.#count);
    }
    this.#extSns[at] = extSn;
    this.#ticks[at] = ticks;
    this.#count += 1;
  }

  /**
   * Writes one feedback packet if a report is due; call again until it answers 0.
   *
   * @param out has TWCC_FEEDBACK_BYTES
   * @returns length in bytes
   */
  pollFeedback(nowMs: number, out: Uint8Array): number {
    if (!this.#isReporting) {
      if (nowMs < this.pollTimeout()) return 0;
      this.#isReporting = true;
      this.#reported = 0;
      this.#lastMs = nowMs;
      this.#hasMarker = false;
    }
    const first = this.#extSns[this.#reported]!;
    // What is missing since the last report is said to be missing; late packets are said again.
    const isNear = first - this.#nextExtSn <= GAP_MAX;
    const base = isNear && this.#nextExtSn < first ? this.#nextExtSn : first;
    const writer = WRITER;
    writer.start(
      out,
      0,
      TWCC_FEEDBACK_BYTES,
      this.#senderSsrc,
      this.#mediaSsrc,
      base,
      this.#ticks[this.#reported]!,
      this.#feedbackCount,
    );
    this.#feedbackCount = (this.#feedbackCount + 1) & 0xff;
    while (
      this.#reported < this.#count &&
      writer.add(this.#extSns[this.#reported]!, this.#ticks[this.#reported]!)
    ) {
      this.#reported += 1;
    }
    this.#nextExtSn = Math.max(this.#nextExtSn, writer.nextExtSn);
    if (this.#reported === this.#count) {
      this.#isReporting = false;
      this.#count = 0;
    }
    return writer.finish();
  }

  /** When `pollFeedback` next has a report, monotonic ms, maybe past; Infinity: none by itself. */
  pollTimeout(): number {
    if (this.#isReporting || this.#count > HELD_MANY) return Number.NEGATIVE_INFINITY;
    if (this.#count <= HELD_MIN) return Number.POSITIVE_INFINITY;
    return this.#lastMs + (this.#hasMarker ? FRAME_INTERVAL_MS : INTERVAL_MS);
  }

  #makeRoom(): void {
    const { length } = this.#extSns;
    if (length === HELD_MAX) {
      this.#forget(HELD_MAX / 2);
      return;
    }
    const room = Math.min(HELD_MAX, Math.max(HELD_FIRST, length * 2));
    const extSns = new Float64Array(room);
    const ticks = new Float64Array(room);
    extSns.set(this.#extSns);
    ticks.set(this.#ticks);
    this.#extSns = extSns;
    this.#ticks = ticks;
  }

  #forget(count: number): void {
    this.#extSns.copyWithin(0, count, this.#count);
    this.#ticks.copyWithin(0, count, this.#count);
    this.#count -= count;
    this.#isReporting = false;
  }
}
