import type { SendSideBwe } from "../../src/sfu/bwe/send-side-bwe.ts";
import type { SentPackets } from "../../src/sfu/bwe/sent-packets.ts";
import {
  TWCC_TICKS_PER_MS,
  TwccFeedbackReader,
  TwccFeedbackWriter,
} from "../../src/wire/rtcp/twcc-feedback.ts";

const FEEDBACK_BYTES = 1_400;
const FEEDBACK_MS = 100;

export type PathShape = {
  /** Bits per second. */
  rateBps: number;
  delayMs: number;
  /** On top of the delay, before the next packet overtakes. */
  jitterMs: number;
  /** 0..1 */
  loss: number;
  /** Packets that would wait longer are lost. */
  queueMs: number;
};

/** Between a sender of numbered packets and its estimator: a path, and a receiver that reports. */
export class TwccPath {
  nowMs = 1_000;
  shape: PathShape = { rateBps: 10e6, delayMs: 20, jitterMs: 0, loss: 0, queueMs: 1_000 };
  /** Of the receiver, against ours. */
  clockOffsetMs = 5_000_000;
  /** What becomes of a report; by default it arrives. */
  deliver: (report: Uint8Array) => void;
  readonly #sent: SentPackets;
  readonly #random: () => number;
  readonly #writer = new TwccFeedbackWriter();
  readonly #reader = new TwccFeedbackReader();
  readonly #bwe: SendSideBwe;
  #busyUntilMs = 0;
  #lastArrivalMs = 0;
  #nextFeedbackMs = 0;
  #feedbackCount = 0;
  #nextExtSn: number;
  #arrivals: { readonly extSn: number; readonly atMs: number }[] = [];

  constructor(bwe: SendSideBwe, sent: SentPackets, random: () => number) {
    this.#bwe = bwe;
    this.#sent = sent;
    this.#random = random;
    this.#nextExtSn = sent.nextExtSn;
    this.deliver = (report) => this.handle(report);
  }

  /** A report reaches the estimator. */
  handle(report: Uint8Array): void {
    if (this.#reader.start(report, 4, report.length - 4) === 0) {
      this.#bwe.handleFeedback(this.nowMs, this.#reader);
    }
  }

  send(bytes: number): void {
    const extSn = this.#sent.nextExtSn;
    this.#sent.note(this.nowMs, bytes);
    const { rateBps, delayMs, jitterMs, loss, queueMs } = this.shape;
    const startMs = Math.max(this.nowMs, this.#busyUntilMs);
    if (startMs - this.nowMs > queueMs || this.#random() < loss) return;
    this.#busyUntilMs = startMs + (bytes * 8_000) / rateBps;
    const atMs = this.#busyUntilMs + delayMs + this.#random() * jitterMs;
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, atMs);
    this.#arrivals.push({ extSn, atMs: this.#lastArrivalMs });
  }

  /** Sends at a rate for a time, each packet by itself or `burst` of them at once. */
  run(durationMs: number, sendBps: number, bytes: number = 1_100, burst: number = 1): void {
    const stepMs = (bytes * burst * 8_000) / sendBps;
    const endMs = this.nowMs + durationMs;
    for (let atMs = this.nowMs; atMs < endMs; atMs += stepMs) {
      this.#advanceTo(atMs);
      for (let i = 0; i < burst; i++) this.send(bytes);
    }
    this.#advanceTo(endMs);
  }

  #advanceTo(atMs: number): void {
    this.#nextFeedbackMs ||= this.nowMs + FEEDBACK_MS;
    while (this.#nextFeedbackMs <= atMs) {
      this.nowMs = this.#nextFeedbackMs;
      this.#nextFeedbackMs += FEEDBACK_MS;
      this.#report();
    }
    this.nowMs = atMs;
  }

  #report(): void {
    const due = this.#arrivals.filter(({ atMs }) => atMs <= this.nowMs);
    this.#arrivals = this.#arrivals.filter(({ atMs }) => atMs > this.nowMs);
    const ticksOf = (atMs: number): number =>
      Math.floor((atMs + this.clockOffsetMs) * TWCC_TICKS_PER_MS);
    for (let i = 0; i < due.length; ) {
      const out = new Uint8Array(FEEDBACK_BYTES);
      const first = ticksOf(due[i]!.atMs);
      const base = Math.min(this.#nextExtSn, due[i]!.extSn);
      this.#writer.start(out, 0, out.length, 1, 2, base, first, this.#feedbackCount);
      this.#feedbackCount = (this.#feedbackCount + 1) & 0xff;
      const begun = i;
      while (i < due.length && this.#writer.add(due[i]!.extSn, ticksOf(due[i]!.atMs))) i += 1;
      if (i === begun) throw new Error("Cannot report an arrival");
      this.#nextExtSn = this.#writer.nextExtSn;
      this.deliver(out.slice(0, this.#writer.finish()));
    }
  }
}
