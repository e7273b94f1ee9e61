import type { SentPackets } from "../bwe/sent-packets.ts";
import { Pacer } from "../pacer/pacer.ts";
import type { RtpSink, SinkStream } from "../rtp-sink.ts";

const RETRANSMISSION_FLAG = 1;
const REPEATABLE_FLAG = 2;
const NUMBERED_FLAG = 4;

/** What says in a packet when it left. */
const Stamp = { None: 0, Number: 1, Time: 2 } as const;
type Stamp = (typeof Stamp)[keyof typeof Stamp];

/**
 * The peer's sink, with a note of each packet that left under a transport-wide number, and a queue
 * in front of it where the downlink is short. What is not estimated, such as audio, never waits.
 * Runs per packet.
 */
export class NumberedSink implements RtpSink {
  readonly #sink: RtpSink;
  readonly #sent: SentPackets;
  readonly #sendTime: (nowMs: number) => number;
  readonly #onWait: (dueMs: number) => void;
  #pacer: Pacer | undefined;
  #stamp: Stamp = Stamp.None;
  #stampAt = 0;
  #reservedAt = 0;
  #nowMs = 0;

  /**
   * @param sendTime 24 bits of abs-send-time
   * @param onWait `handleTimeout` has work at that time
   */
  constructor(
    sink: RtpSink,
    sent: SentPackets,
    sendTime: (nowMs: number) => number,
    onWait: (dueMs: number) => void,
  ) {
    this.#onWait = onWait;
    this.#sink = sink;
    this.#sent = sent;
    this.#sendTime = sendTime;
  }

  /** The packet that is being written has a transport-wide number at `at`. @returns 16 bits */
  takeNumber(nowMs: number, at: number): number {
    this.#stamp = Stamp.Number;
    this.#stampAt = at;
    this.#nowMs = nowMs;
    return this.#sent.nextExtSn & 0xffff;
  }

  /** The packet that is being written has its send time at `at`. @returns 24 bits */
  takeTime(nowMs: number, at: number): number {
    this.#stamp = Stamp.Time;
    this.#stampAt = at;
    this.#nowMs = nowMs;
    return this.#sendTime(nowMs);
  }

  get arena(): Uint8Array {
    return this.#sink.arena;
  }

  reserve(bytesMax: number): number {
    this.#stamp = Stamp.None;
    this.#reservedAt = this.#sink.reserve(bytesMax);
    return this.#reservedAt;
  }

  streamOf(ssrc: number): SinkStream | undefined {
    return this.#sink.streamOf(ssrc);
  }

  sendRtp(
    length: number,
    isRetransmission: boolean,
    isRepeatable: boolean,
    stream?: SinkStream,
  ): void {
    if (this.#stamp !== Stamp.None) {
      if (this.#pacer !== undefined && this.#wait(length, isRetransmission, isRepeatable)) return;
      if (this.#stamp === Stamp.Number) this.#sent.note(this.#nowMs, length);
    }
    this.#sink.sendRtp(length, isRetransmission, isRepeatable, stream);
  }

  sendRtcp(bytes: Uint8Array, length: number): void {
    this.#sink.sendRtcp(bytes, length);
  }

  /** Bits per second that video leaves at; 0: at once. */
  setPace(nowMs: number, bitrateBps: number): void {
    if (bitrateBps > 0) {
      this.#pacer ??= new Pacer(nowMs, bitrateBps);
      this.#pacer.setBitrate(bitrateBps);
    } else if (this.#pacer !== undefined) {
      while (!this.#pacer.isEmpty && this.#release(nowMs));
      this.#pacer = undefined;
    }
  }

  /** When `handleTimeout` next has work, monotonic ms; Infinity: never. */
  pollTimeout(): number {
    return this.#pacer === undefined ? Number.POSITIVE_INFINITY : this.#pacer.pollTimeout();
  }

  handleTimeout(nowMs: number): void {
    const pacer = this.#pacer;
    if (pacer === undefined) return;
    while (pacer.isDue(nowMs) && this.#release(nowMs));
  }

  /** @returns whether the packet that was written waits */
  #wait(length: number, isRetransmission: boolean, isRepeatable: boolean): boolean {
    const pacer = this.#pacer!;
    const nowMs = this.#nowMs;
    if (pacer.take(nowMs, length)) return false;
    const flags =
      (isRetransmission ? RETRANSMISSION_FLAG : 0) |
      (isRepeatable ? REPEATABLE_FLAG : 0) |
      (this.#stamp === Stamp.Number ? NUMBERED_FLAG : 0);
    const at = this.#reservedAt;
    const stampOffset = this.#stampAt - at;
    pacer.push(nowMs, this.#sink.arena, at, length, stampOffset, flags);
    // One place is left for the packet that makes the queue full.
    if (pacer.isFull) this.#release(nowMs);
    this.#onWait(pacer.pollTimeout());
    return true;
  }

  /** The first packet of the queue leaves. @returns false when the transport is gone */
  #release(nowMs: number): boolean {
    const pacer = this.#pacer!;
    const { length, stampOffset, flags } = pacer;
    const sink = this.#sink;
    const at = sink.reserve(length);
    if (at < 0) return false;
    const out = sink.arena;
    pacer.pop(out, at);
    const stampAt = at + stampOffset;
    if ((flags & NUMBERED_FLAG) !== 0) {
      const sn = this.#sent.nextExtSn;
      out[stampAt] = sn >>> 8;
      out[stampAt + 1] = sn;
      this.#sent.note(nowMs, length);
    } else {
      const time = this.#sendTime(nowMs);
      out[stampAt] = time >>> 16;
      out[stampAt + 1] = time >>> 8;
      out[stampAt + 2] = time;
    }
    sink.sendRtp(length, (flags & RETRANSMISSION_FLAG) !== 0, (flags & REPEATABLE_FLAG) !== 0);
    return true;
  }
}
