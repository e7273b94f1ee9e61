import { ntpFractionOf, ntpMsOfWall, ntpSecondsOf } from "../../src/wire/rtcp/ntp.ts";
import { writeSenderReport } from "../../src/wire/rtcp/rtcp-writer.ts";
import { PUBLISHED_IDS } from "./extensions.ts";
import { MARK_BYTES, writeMark } from "./frame-mark.ts";
import { WALL_OFFSET_MS } from "./lab-peer.ts";
import type { Random } from "./random.ts";
import { createRtp } from "./rtp-writer.ts";
import type { Simulation } from "./simulation.ts";
import { ascii } from "./video-publisher.ts";

const FRAME_MS = 20;
const FRAME_TICKS = 960;
const TICKS_PER_MS = 48;
/** Chrome's for audio. */
const SENDER_REPORT_MS = 5_000;
const FIRST_REPORT_MS = 700;
/** Configuration 31, stereo, one frame (RFC 6716 §3.1). */
const TOC = 0xfc;
const OPUS_BYTES = 80;
const LOUD = 0x80 | 20;

export const OPUS_PAYLOAD_TYPE = 111;
export const RED_PAYLOAD_TYPE = 63;

export type AudioPublisherOptions = {
  readonly track: number;
  readonly mid: string;
  /** Earlier frames that each packet repeats (RFC 2198); 0: plain Opus. */
  readonly redundancy: number;
  readonly start?: { readonly sn?: number; readonly ts?: number };
  readonly ntpOffsetMs?: number;
};

/** A microphone: a frame every 20 ms, each with its mark, and sender reports. */
export class AudioPublisher {
  readonly options: AudioPublisherOptions;
  readonly ssrc: number;
  readonly #simulation: Simulation;
  readonly #send: (bytes: Uint8Array) => void;
  readonly #nextTransportSn: () => number;
  readonly #recent: Uint8Array[] = [];
  readonly #tsOffset: number;
  #sn: number;
  #frame = 0;
  #payloadBytes = 0;
  #isMuted = false;
  #isStopped = false;
  packets = 0;

  constructor(
    options: AudioPublisherOptions,
    simulation: Simulation,
    random: Random,
    nextTransportSn: () => number,
    send: (bytes: Uint8Array) => void,
  ) {
    this.options = options;
    this.#simulation = simulation;
    this.#send = send;
    this.#nextTransportSn = nextTransportSn;
    this.ssrc = random.uint32();
    this.#sn = ((options.start?.sn ?? random.uint32()) - 1) & 0xffff;
    this.#tsOffset = options.start?.ts ?? random.uint32();
    simulation.after(random.between(0, FRAME_MS), () => this.#tick());
    simulation.after(FIRST_REPORT_MS, () => this.#report());
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** A muted microphone sends nothing, and its clock goes on. */
  setMuted(isMuted: boolean): void {
    this.#isMuted = isMuted;
  }

  #tick(): void {
    if (this.#isStopped) return;
    const frame = this.#frame++;
    const opus = new Uint8Array(OPUS_BYTES);
    opus[0] = TOC;
    writeMark(opus, OPUS_BYTES - MARK_BYTES, {
      track: this.options.track,
      spatialLayer: 0,
      temporalLayer: 0,
      isKeyFrame: false,
      isInterLayer: false,
      frame,
      index: 0,
      count: 1,
      references: [],
      captureMs: this.#simulation.elapsedMs,
    });
    const payload = this.#payloadOf(opus);
    if (!this.#isMuted) this.#sendFrame(payload);
    this.#recent.push(opus);
    if (this.#recent.length > this.options.redundancy) this.#recent.shift();
    this.#simulation.after(FRAME_MS, () => this.#tick());
  }

  #sendFrame(payload: Uint8Array): void {
    const transportSn = this.#nextTransportSn();
    this.#sn = (this.#sn + 1) & 0xffff;
    const { mid, redundancy } = this.options;
    const packet = createRtp(
      {
        payloadType: redundancy > 0 ? RED_PAYLOAD_TYPE : OPUS_PAYLOAD_TYPE,
        marker: false,
        sn: this.#sn,
        ts: this.#tsAt(this.#simulation.elapsedMs),
        ssrc: this.ssrc,
        elements: [
          { id: PUBLISHED_IDS.mid, bytes: ascii(mid) },
          { id: PUBLISHED_IDS.transportSequence, bytes: [transportSn >> 8, transportSn & 255] },
          { id: PUBLISHED_IDS.audioLevel, bytes: [LOUD] },
        ],
      },
      payload.length,
    );
    packet.set(payload, packet.length - payload.length);
    this.packets += 1;
    this.#payloadBytes += payload.length;
    this.#send(packet);
  }

  /** RFC 2198 §3: heads of the earlier frames, the primary's, then the frames. */
  #payloadOf(opus: Uint8Array): Uint8Array {
    if (this.options.redundancy === 0) return opus;
    const blocks = this.#recent.slice(-this.options.redundancy);
    const out: number[] = [];
    for (const [index, block] of blocks.entries()) {
      const ticks = (blocks.length - index) * FRAME_TICKS;
      out.push(0x80 | OPUS_PAYLOAD_TYPE, ticks >> 6, ((ticks & 0x3f) << 2) | (block.length >> 8));
      out.push(block.length & 0xff);
    }
    out.push(OPUS_PAYLOAD_TYPE);
    for (const block of blocks) out.push(...block);
    return Uint8Array.from([...out, ...opus]);
  }

  #report(): void {
    if (this.#isStopped) return;
    const { elapsedMs } = this.#simulation;
    const ntpMs = ntpMsOfWall(WALL_OFFSET_MS + elapsedMs + (this.options.ntpOffsetMs ?? 0));
    const out = new Uint8Array(28);
    const seconds = ntpSecondsOf(ntpMs);
    const fraction = ntpFractionOf(ntpMs);
    const ts = this.#tsAt(elapsedMs);
    writeSenderReport(out, 0, this.ssrc, seconds, fraction, ts, this.packets, this.#payloadBytes);
    if (this.packets > 0) this.#send(out);
    this.#simulation.after(SENDER_REPORT_MS, () => this.#report());
  }

  #tsAt(elapsedMs: number): number {
    return (this.#tsOffset + Math.round(elapsedMs * TICKS_PER_MS)) >>> 0;
  }
}
