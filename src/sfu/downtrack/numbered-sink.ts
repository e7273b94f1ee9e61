import type { SentPackets } from "../bwe/sent-packets.ts";
import type { RtpSink } from "../rtp-sink.ts";

/**
 * The peer's sink, with a note of each packet that left under a transport-wide number. Runs per
 * packet.
 */
export class NumberedSink implements RtpSink {
  readonly #sink: RtpSink;
  readonly #sent: SentPackets;
  #isNumbered = false;
  #nowMs = 0;

  constructor(sink: RtpSink, sent: SentPackets) {
    this.#sink = sink;
    this.#sent = sent;
  }

  /** For the packet that is being written; it counts once that is sent. @returns 16 bits */
  takeNumber(nowMs: number): number {
    this.#isNumbered = true;
    this.#nowMs = nowMs;
    return this.#sent.nextExtSn & 0xffff;
  }

  get arena(): Uint8Array {
    return this.#sink.arena;
  }

  reserve(bytesMax: number): number {
    this.#isNumbered = false;
    return this.#sink.reserve(bytesMax);
  }

  sendRtp(length: number, isRetransmission: boolean, isRepeatable: boolean): void {
    if (this.#isNumbered) {
      this.#isNumbered = false;
      this.#sent.note(this.#nowMs, length);
    }
    this.#sink.sendRtp(length, isRetransmission, isRepeatable);
  }

  sendRtcp(bytes: Uint8Array, length: number): void {
    this.#sink.sendRtcp(bytes, length);
  }
}
