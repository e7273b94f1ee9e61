import { type ExtensionIds, NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";
import type { RtpSink } from "../rtp-sink.ts";

/** 6.18 bit fixed point seconds: 262.144 units a ms, 64 s a circle. */
const ABS_SEND_TIME_UNITS_PER_MS = 262.144;
const ABS_SEND_TIME_CIRCLE_MS = 64_000;
const ABS_SEND_TIME_MASK = 0xffffff;

/** What all down tracks of one subscriber's peer have in common. Owned by the peer. */
export class SendTransport {
  readonly sink: RtpSink;
  /** Of packets that we send to this peer. */
  extensions: ExtensionIds = NO_EXTENSIONS;
  /** Wall clock minus monotonic clock, ms: makes NTP times of `nowMs`. */
  wallOffsetMs = 0;
  #transportSn = 0;

  constructor(sink: RtpSink) {
    this.sink = sink;
  }

  /** The next transport-wide number: one counter over all packets of the peer that carry one. */
  nextTransportSn(): number {
    const sn = this.#transportSn;
    this.#transportSn = (sn + 1) & 0xffff;
    return sn;
  }

  /** 24 bits of the abs-send-time extension. */
  absSendTime(nowMs: number): number {
    const ms = (nowMs + this.wallOffsetMs) % ABS_SEND_TIME_CIRCLE_MS;
    return (ms * ABS_SEND_TIME_UNITS_PER_MS) & ABS_SEND_TIME_MASK;
  }
}
