import { putU16, putU32 } from "../../src/wire/bytes.ts";
import {
  AUDIO_PAYLOAD_TYPE,
  type BenchEngine,
  PUBLISHED_SSRC,
  VIDEO_PAYLOAD_TYPE,
} from "./bench-engine.ts";

/** What a publisher sends. */
export type FrameLoad = {
  readonly name: string;
  readonly media: "audio" | "video";
  readonly packetsPerFrame: number;
  readonly payloadBytes: number;
  readonly frameMs: number;
};

export const AUDIO_LOAD: FrameLoad = {
  name: "Opus 120 B, 1 a batch",
  media: "audio",
  packetsPerFrame: 1,
  payloadBytes: 120,
  frameMs: 20,
};
export const VIDEO_LOAD: FrameLoad = {
  name: "VP8 1140 B, 6 a frame",
  media: "video",
  packetsPerFrame: 6,
  payloadBytes: 1140,
  frameMs: 33,
};

/** The frames of all publishers of an engine, one after the other. */
export class BenchFrames {
  readonly #engine: BenchEngine;
  readonly #load: FrameLoad;
  readonly #bytes: Uint8Array;
  /** As much of them as the cipher makes of a packet: always the same. */
  #sealed: Uint8Array;
  #sn = 1;
  #frame = 0;

  constructor(engine: BenchEngine, load: FrameLoad) {
    this.#engine = engine;
    this.#load = load;
    this.#bytes = new Uint8Array(12 + load.payloadBytes + 16);
    this.#sealed = this.#bytes;
  }

  /** The next frame of each publisher, and what it brings about. */
  next(): void {
    const { packetsPerFrame, frameMs, media } = this.#load;
    const engine = this.#engine;
    engine.nowMs += frameMs;
    this.#frame += 1;
    const ticksPerMs = media === "video" ? 90 : 48;
    const ts = this.#frame * frameMs * ticksPerMs;
    for (let publisher = 0; publisher < engine.publishers.length; publisher++) {
      for (let i = 0; i < packetsPerFrame; i++) this.#send(publisher, i, ts);
    }
    this.#sn += packetsPerFrame;
    engine.node.flush();
  }

  #send(publisher: number, index: number, ts: number): void {
    const { packetsPerFrame, payloadBytes, media } = this.#load;
    const bytes = this.#bytes;
    const isVideo = media === "video";
    const isLast = index === packetsPerFrame - 1;
    bytes[0] = 0x80;
    bytes[1] = isVideo ? VIDEO_PAYLOAD_TYPE | (isLast ? 0x80 : 0) : AUDIO_PAYLOAD_TYPE;
    putU16(bytes, 2, (this.#sn + index) & 0xffff);
    putU32(bytes, 4, ts >>> 0);
    putU32(bytes, 8, PUBLISHED_SSRC + publisher);
    bytes.fill(0x55, 12, 12 + payloadBytes);
    if (isVideo) this.#describe(index === 0);
    const sender = this.#engine.publishers[publisher]!;
    const length = sender.protectRtp(bytes, 0, 12 + payloadBytes);
    if (this.#sealed.length !== length) this.#sealed = bytes.subarray(0, length);
    this.#engine.receive(this.#sealed, publisher);
  }

  /** VP8: a key frame to begin with, and no other (RFC 7741 §4.2, RFC 6386 §9.1). */
  #describe(isFirst: boolean): void {
    const bytes = this.#bytes;
    bytes[12] = 0x80 | (isFirst ? 0x10 : 0);
    bytes[13] = 0xf0;
    bytes[14] = 0x80 | ((this.#frame >> 8) & 0x7f);
    bytes[15] = this.#frame;
    bytes[16] = this.#frame;
    bytes[17] = this.#frame & 0x1f;
    if (!isFirst) return;
    bytes[18] = this.#frame === 1 ? 0x10 : 0x11;
    bytes[19] = 2;
    bytes[20] = 0;
    bytes[21] = 0x9d;
    bytes[22] = 0x01;
    bytes[23] = 0x2a;
    bytes[24] = 0x00;
    bytes[25] = 0x05;
    bytes[26] = 0xd0;
    bytes[27] = 0x02;
  }
}
