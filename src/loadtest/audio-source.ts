import { OPUS_PAYLOAD_TYPE } from "./client-descriptions.ts";
import type { RtcPeer } from "./rtc-peer.ts";
import { RtpStream, type TransportCounter } from "./rtp-stream.ts";
import { writeTimeStamp } from "./time-stamp.ts";

const FRAME_MS = 20;
const CLOCK_HZ = 48_000;
const PAYLOAD_BYTES_MIN = 80;
const PAYLOAD_BYTES_MAX = 160;
const REPORT_MS = 5_000;
/** Someone speaking. */
const LEVEL = 30;

/** Opus without an encoder: a packet of 80 to 160 bytes every 20 ms. */
export class AudioSource {
  readonly #peer: RtcPeer;
  readonly #stream: RtpStream;
  #nextMs: number;
  #nextReportMs: number;
  #ts: number;

  constructor(peer: RtcPeer, nowMs: number, mid: string, ssrc: number, counter: TransportCounter) {
    this.#peer = peer;
    this.#stream = new RtpStream(
      { ssrc, payloadType: OPUS_PAYLOAD_TYPE, clockHz: CLOCK_HZ, mid, rid: "", audioLevel: LEVEL },
      counter,
    );
    this.#nextMs = nowMs + (ssrc % FRAME_MS);
    this.#nextReportMs = nowMs + 500;
    this.#ts = ssrc;
  }

  get packets(): number {
    return this.#stream.packets;
  }

  handleTimeout(nowMs: number): void {
    while (nowMs >= this.#nextMs) {
      this.#sendFrame();
      this.#nextMs += FRAME_MS;
    }
    if (nowMs >= this.#nextReportMs) {
      this.#nextReportMs = nowMs + REPORT_MS;
      this.#stream.sendReport(nowMs, this.#peer);
    }
    this.#peer.flush();
  }

  handleKeyFrameRequest(_ssrc: number): void {}

  #sendFrame(): void {
    const peer = this.#peer;
    const nowMs = performance.now();
    const span = PAYLOAD_BYTES_MAX - PAYLOAD_BYTES_MIN + 1;
    const payloadBytes = PAYLOAD_BYTES_MIN + ((this.#stream.packets * 37) % span);
    const at = peer.reserve();
    const isFirst = this.#stream.packets === 0;
    const start = this.#stream.writeHeader(peer.arena, at, nowMs, this.#ts, isFirst, payloadBytes);
    // One Opus frame of 20 ms, hybrid mode (RFC 6716 §3.1); what follows is never decoded.
    peer.arena[start] = 0x78;
    writeTimeStamp(peer.arena, start + payloadBytes, peer.processTag, nowMs);
    peer.commitRtp(start + payloadBytes - at);
    this.#ts = (this.#ts + 960) >>> 0;
  }
}
