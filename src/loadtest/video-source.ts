import { VP8_PAYLOAD_TYPE } from "./client-descriptions.ts";
import type { RtcPeer } from "./rtc-peer.ts";
import { RtpStream, type TransportCounter } from "./rtp-stream.ts";
import { writeTimeStamp } from "./time-stamp.ts";

const FRAMES_PER_SECOND = 30;
const CLOCK_HZ = 90_000;
const REPORT_MS = 1_000;
const KEY_FRAME_MIN_MS = 300;
/** A key frame is so many times a usual one. */
const KEY_FRAME_FACTOR = 3;
/** With the headers it stays below 1200 bytes, as in browsers. */
const PAYLOAD_BYTES_MAX = 1_160;
const DESCRIPTOR_BYTES = 6;
/** L1T3, the pattern of libwebrtc: temporal layer by frame number modulo four. */
const TEMPORAL_LAYERS: readonly number[] = [0, 2, 1, 2];

export type VideoEncoding = {
  readonly rid: string;
  readonly ssrc: number;
  readonly width: number;
  readonly height: number;
  readonly bitrateBps: number;
};

/** 1, 2 and 6 packets a frame: 1.65 Mbit/s in the top layer. */
export const SIMULCAST_LAYERS: readonly Omit<VideoEncoding, "ssrc">[] = [
  { rid: "q", width: 320, height: 180, bitrateBps: 150_000 },
  { rid: "h", width: 640, height: 360, bitrateBps: 500_000 },
  { rid: "f", width: 1280, height: 720, bitrateBps: 1_650_000 },
];

class EncodedStream {
  readonly encoding: VideoEncoding;
  readonly rtp: RtpStream;
  pictureId: number;
  tl0PicIdx = 0;
  keyIdx = 0;

  constructor(encoding: VideoEncoding, mid: string, counter: TransportCounter) {
    this.encoding = encoding;
    this.rtp = new RtpStream(
      {
        ssrc: encoding.ssrc,
        payloadType: VP8_PAYLOAD_TYPE,
        clockHz: CLOCK_HZ,
        mid,
        rid: encoding.rid,
        audioLevel: undefined,
      },
      counter,
    );
    this.pictureId = encoding.ssrc & 0x7fff;
  }
}

/**
 * VP8 without an encoder: 30 frames a second in one or several encodings, with the descriptors
 * that libwebrtc writes (RFC 7741 §4.2), in three temporal layers. A key frame of any encoding is
 * one of all, as there.
 */
export class VideoSource {
  readonly #peer: RtcPeer;
  readonly #streams: readonly EncodedStream[];
  readonly #startMs: number;
  readonly #firstTs: number;
  #frame = 0;
  #keyFrameAt = 0;
  #keyFrameMs = Number.NEGATIVE_INFINITY;
  #wantsKeyFrame = true;
  #nextReportMs: number;
  keyFrames = 0;

  constructor(
    peer: RtcPeer,
    nowMs: number,
    mid: string,
    encodings: readonly VideoEncoding[],
    counter: TransportCounter,
  ) {
    this.#peer = peer;
    this.#streams = encodings.map((encoding) => new EncodedStream(encoding, mid, counter));
    const { ssrc } = encodings[0]!;
    this.#startMs = nowMs + (ssrc % 33);
    this.#firstTs = ssrc;
    this.#nextReportMs = nowMs + 500;
  }

  get packets(): number {
    return this.#streams.reduce((sum, { rtp }) => sum + rtp.packets, 0);
  }

  handleTimeout(nowMs: number): void {
    const due = Math.floor(((nowMs - this.#startMs) * FRAMES_PER_SECOND) / 1000);
    for (; this.#frame <= due; this.#frame++) this.#sendFrame(nowMs);
    if (nowMs >= this.#nextReportMs) {
      this.#nextReportMs = nowMs + REPORT_MS;
      for (const { rtp } of this.#streams) rtp.sendReport(nowMs, this.#peer);
    }
    this.#peer.flush();
  }

  handleKeyFrameRequest(ssrc: number): void {
    if (this.#streams.some(({ rtp }) => rtp.ssrc === ssrc)) this.#wantsKeyFrame = true;
  }

  #sendFrame(nowMs: number): void {
    const isKey = this.#wantsKeyFrame && nowMs - this.#keyFrameMs >= KEY_FRAME_MIN_MS;
    if (isKey) {
      this.#wantsKeyFrame = false;
      this.#keyFrameAt = this.#frame;
      this.#keyFrameMs = nowMs;
      this.keyFrames += 1;
    }
    const ts = (this.#firstTs + (this.#frame * CLOCK_HZ) / FRAMES_PER_SECOND) >>> 0;
    const temporalLayer = TEMPORAL_LAYERS[(this.#frame - this.#keyFrameAt) & 3]!;
    for (const stream of this.#streams) this.#sendEncoded(stream, ts, temporalLayer, isKey);
  }

  #sendEncoded(stream: EncodedStream, ts: number, temporalLayer: number, isKey: boolean): void {
    const { encoding } = stream;
    const usualBytes = encoding.bitrateBps / 8 / FRAMES_PER_SECOND;
    const wobble = 1 - ((this.#frame * 29) % 64) / 1000;
    const frameBytes = Math.floor(usualBytes * wobble * (isKey ? KEY_FRAME_FACTOR : 1));
    stream.pictureId = (stream.pictureId + 1) & 0x7fff;
    if (temporalLayer === 0) {
      stream.tl0PicIdx = (stream.tl0PicIdx + 1) & 0xff;
      stream.keyIdx = (stream.keyIdx + 1) & 0x1f;
    }
    // About equal parts, the larger ones last, as libwebrtc cuts them.
    const bytesMax = PAYLOAD_BYTES_MAX - DESCRIPTOR_BYTES;
    const parts = Math.ceil(frameBytes / bytesMax);
    const smaller = Math.floor(frameBytes / parts);
    const largerCount = frameBytes % parts;
    for (let part = 0; part < parts; part++) {
      const bytes = smaller + (part >= parts - largerCount ? 1 : 0);
      this.#sendPart(stream, ts, temporalLayer, isKey, part === 0, part === parts - 1, bytes);
    }
  }

  #sendPart(
    stream: EncodedStream,
    ts: number,
    temporalLayer: number,
    isKey: boolean,
    isFirst: boolean,
    isLast: boolean,
    bytes: number,
  ): void {
    const peer = this.#peer;
    const at = peer.reserve();
    const out = peer.arena;
    const nowMs = performance.now();
    const payloadBytes = DESCRIPTOR_BYTES + bytes;
    const start = stream.rtp.writeHeader(out, at, nowMs, ts, isLast, payloadBytes);
    out[start] = 0x80 | (isFirst ? 0x10 : 0);
    out[start + 1] = 0xf0;
    out[start + 2] = 0x80 | (stream.pictureId >> 8);
    out[start + 3] = stream.pictureId;
    out[start + 4] = stream.tl0PicIdx;
    out[start + 5] = (temporalLayer << 6) | (temporalLayer > 0 ? 0x20 : 0) | stream.keyIdx;
    if (isFirst) writeFrameHeader(out, start + DESCRIPTOR_BYTES, stream.encoding, isKey);
    writeTimeStamp(out, start + payloadBytes, peer.processTag, nowMs);
    peer.commitRtp(start + payloadBytes - at);
  }
}

/** Frame tag, and of a key frame start code and size (RFC 6386 §9.1). */
function writeFrameHeader(
  out: Uint8Array,
  at: number,
  { width, height }: VideoEncoding,
  isKey: boolean,
): void {
  out[at] = isKey ? 0x10 : 0x11;
  out[at + 1] = 0x02;
  out[at + 2] = 0x00;
  if (!isKey) return;
  out[at + 3] = 0x9d;
  out[at + 4] = 0x01;
  out[at + 5] = 0x2a;
  out[at + 6] = width;
  out[at + 7] = width >> 8;
  out[at + 8] = height;
  out[at + 9] = height >> 8;
}
