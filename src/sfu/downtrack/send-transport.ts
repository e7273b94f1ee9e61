import { type ExtensionIds, NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";
import { SentPackets } from "../bwe/sent-packets.ts";
import type { RtpSink } from "../rtp-sink.ts";
import { NumberedSink } from "./numbered-sink.ts";

/** 6.18 bit fixed point seconds: 262.144 units a ms, 64 s a circle. */
const ABS_SEND_TIME_UNITS_PER_MS = 262.144;
const ABS_SEND_TIME_CIRCLE_MS = 64_000;
const ABS_SEND_TIME_MASK = 0xffffff;

/** What all down tracks of one subscriber's peer have in common. Owned by the peer. */
export class SendTransport {
  readonly sink: RtpSink;
  /** Of packets with a transport-wide number: when they left, and what became of them. */
  readonly sent: SentPackets;
  /** Of packets that we send to this peer. */
  extensions: ExtensionIds = NO_EXTENSIONS;
  /** Wall clock minus monotonic clock, ms: makes NTP times of `nowMs`. */
  wallOffsetMs = 0;
  /** `handleTimeout` has work at that time: packets wait for their turn. */
  onWait: (dueMs: number) => void = () => {};
  readonly #numbered: NumberedSink;

  /** @param random any integer, for the first transport-wide number; absent: always the same */
  constructor(sink: RtpSink, random = 0) {
    this.sent = new SentPackets(random);
    this.#numbered = new NumberedSink(
      sink,
      this.sent,
      (nowMs) => this.absSendTime(nowMs),
      (dueMs) => this.onWait(dueMs),
    );
    this.sink = this.#numbered;
  }

  /**
   * The transport-wide number of the packet that is being written, which goes to `at`: one counter
   * over all packets of the peer that carry one.
   */
  stampNumber(nowMs: number, at: number): number {
    return this.#numbered.takeNumber(nowMs, at);
  }

  /** The abs-send-time of the packet that is being written, which goes to `at`. */
  stampTime(nowMs: number, at: number): number {
    return this.#numbered.takeTime(nowMs, at);
  }

  /** Bits per second that estimated packets leave at; 0: at once. */
  setPace(nowMs: number, bitrateBps: number): void {
    this.#numbered.setPace(nowMs, bitrateBps);
  }

  /** When `handleTimeout` next has work, monotonic ms; Infinity: nothing waits. */
  pollTimeout(): number {
    return this.#numbered.pollTimeout();
  }

  handleTimeout(nowMs: number): void {
    this.#numbered.handleTimeout(nowMs);
  }

  /** 24 bits of the abs-send-time extension. */
  absSendTime(nowMs: number): number {
    const wallMs = nowMs + this.wallOffsetMs;
    // once per packet: the remainder of fractions would be a call
    const circles = Math.floor(wallMs / ABS_SEND_TIME_CIRCLE_MS);
    const ms = wallMs - circles * ABS_SEND_TIME_CIRCLE_MS;
    return (ms * ABS_SEND_TIME_UNITS_PER_MS) & ABS_SEND_TIME_MASK;
  }
}
