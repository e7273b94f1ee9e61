import { putU16, putU24, putU32 } from "../wire/bytes.ts";
import { ntpFractionOf, ntpMsOfWall, ntpSecondsOf } from "../wire/rtcp/ntp.ts";
import { writeCname, writeSenderReport } from "../wire/rtcp/rtcp-writer.ts";
import { SENT_EXTENSIONS } from "./client-descriptions.ts";
import type { RtcPeer } from "./rtc-peer.ts";

/** Packets that name their section and encoding; browsers stop when a report shows they came. */
const NAMED_PACKETS = 100;
const ABS_SEND_TIME_UNITS_PER_MS = 262.144;
const ABS_SEND_TIME_CIRCLE_MS = 64_000;
const CNAME: Uint8Array = new TextEncoder().encode("load");

/** Numbers the packets of one peer connection for transport-wide feedback. */
export type TransportCounter = { next: number };

export type RtpStreamOptions = {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly clockHz: number;
  readonly mid: string;
  /** "": no encoding is named. */
  readonly rid: string;
  /** -dBov of the sound; undefined for video. */
  readonly audioLevel: number | undefined;
};

/** One SSRC that a client sends: headers with the extensions of a browser, and sender reports. */
export class RtpStream {
  readonly ssrc: number;
  readonly #options: RtpStreamOptions;
  readonly #counter: TransportCounter;
  #sn: number;
  #packets = 0;
  #bytes = 0;
  #lastTs = 0;
  #lastMs = 0;

  constructor(options: RtpStreamOptions, counter: TransportCounter) {
    this.ssrc = options.ssrc;
    this.#options = options;
    this.#counter = counter;
    this.#sn = options.ssrc & 0x7fff;
  }

  get packets(): number {
    return this.#packets;
  }

  /** Writes the header. @returns offset of the payload, of which `payloadBytes` will follow */
  writeHeader(
    out: Uint8Array,
    at: number,
    nowMs: number,
    ts: number,
    marker: boolean,
    payloadBytes: number,
  ): number {
    const { payloadType, mid, rid, audioLevel } = this.#options;
    out[at] = 0x90;
    out[at + 1] = payloadType | (marker ? 0x80 : 0);
    putU16(out, at + 2, this.#sn);
    putU32(out, at + 4, ts);
    putU32(out, at + 8, this.ssrc);
    const block = at + 12;
    putU16(out, block, 0xbede);
    let end = block + 4;
    out[end] = (SENT_EXTENSIONS.absSendTime << 4) | 2;
    putU24(
      out,
      end + 1,
      ((nowMs % ABS_SEND_TIME_CIRCLE_MS) * ABS_SEND_TIME_UNITS_PER_MS) & 0xffffff,
    );
    end += 4;
    out[end] = (SENT_EXTENSIONS.transportSequence << 4) | 1;
    putU16(out, end + 1, this.#counter.next);
    this.#counter.next = (this.#counter.next + 1) & 0xffff;
    end += 3;
    if (audioLevel !== undefined) {
      out[end] = SENT_EXTENSIONS.audioLevel << 4;
      out[end + 1] = 0x80 | audioLevel;
      end += 2;
    }
    if (this.#packets < NAMED_PACKETS) {
      end = writeText(out, end, SENT_EXTENSIONS.mid, mid);
      if (rid !== "") end = writeText(out, end, SENT_EXTENSIONS.rid, rid);
    }
    while (((end - block) & 3) !== 0) out[end++] = 0;
    putU16(out, block + 2, (end - block - 4) >> 2);
    this.#sn = (this.#sn + 1) & 0xffff;
    this.#packets += 1;
    this.#bytes += payloadBytes;
    this.#lastTs = ts;
    this.#lastMs = nowMs;
    return end;
  }

  /** A sender report with the name of the source, in a packet of its own. */
  sendReport(nowMs: number, peer: RtcPeer): void {
    if (this.#packets === 0) return;
    const at = peer.reserve();
    const elapsedTicks = ((nowMs - this.#lastMs) * this.#options.clockHz) / 1000;
    const ntpMs = ntpMsOfWall(Date.now());
    const report = writeSenderReport(
      peer.arena,
      at,
      this.ssrc,
      ntpSecondsOf(ntpMs),
      ntpFractionOf(ntpMs),
      Math.round(this.#lastTs + elapsedTicks) >>> 0,
      this.#packets,
      this.#bytes,
    );
    const end = writeCname(peer.arena, report, this.ssrc, CNAME);
    peer.commitRtcp(end - at);
  }
}

function writeText(out: Uint8Array, at: number, id: number, text: string): number {
  out[at] = (id << 4) | (text.length - 1);
  for (let i = 0; i < text.length; i++) out[at + 1 + i] = text.charCodeAt(i);
  return at + 1 + text.length;
}
