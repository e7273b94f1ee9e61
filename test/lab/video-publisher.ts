import { u16 } from "../../src/wire/bytes.ts";
import { ntpFractionOf, ntpMsOfWall, ntpSecondsOf } from "../../src/wire/rtcp/ntp.ts";
import { writeSenderReport } from "../../src/wire/rtcp/rtcp-writer.ts";
import { Encoder, type EncoderOptions } from "./encoder.ts";
import { PUBLISHED_IDS } from "./extensions.ts";
import { WALL_OFFSET_MS } from "./lab-peer.ts";
import type { Packetizer, Payload } from "./packetizer.ts";
import type { Random } from "./random.ts";
import { createRtp, createRtx } from "./rtp-writer.ts";
import type { Simulation } from "./simulation.ts";

/** libwebrtc answers no more key frame requests than this. */
const KEY_FRAME_INTERVAL_MS = 300;
const SENDER_REPORT_MS = 1_000;
/** Packets that can be sent again; a power of two. */
const HISTORY = 1_024;
const CLOCK_HZ = 90_000;

export type VideoStreamStart = { readonly sn?: number; readonly ts?: number };

export type VideoPublisherOptions = {
  readonly track: number;
  readonly mid: string;
  readonly encoder: EncoderOptions;
  /** One for each stream. */
  readonly packetizers: readonly Packetizer[];
  readonly payloadType: number;
  readonly rtxPayloadType: number;
  /** "" where there is one stream. */
  readonly rids: readonly string[];
  /** From request to frame. */
  readonly encodeDelayMs: number;
  /** First numbers by stream; random where absent. */
  readonly starts?: readonly VideoStreamStart[];
  /** What the NTP times of sender reports are off by. */
  readonly ntpOffsetMs?: number;
  /** Streams that send no sender reports. */
  readonly silentReports?: readonly number[];
};

type Sent = { readonly packet: Uint8Array; readonly payloadAt: number };

type Stream = {
  ssrc: number;
  rtxSsrc: number;
  sn: number;
  rtxSn: number;
  readonly tsOffset: number;
  packets: number;
  payloadBytes: number;
  readonly history: (Sent | undefined)[];
};

/** A camera: encodes, sends, answers PLI and NACK, reports. */
export class VideoPublisher {
  readonly options: VideoPublisherOptions;
  readonly encoder: Encoder;
  readonly #simulation: Simulation;
  readonly #random: Random;
  readonly #send: (bytes: Uint8Array) => void;
  readonly #nextTransportSn: () => number;
  readonly streams: Stream[];
  #lastKeyMs: number[];
  #isMuted = false;
  #isStopped = false;
  /** Frames of each layer that were sent. */
  readonly frames: number[];
  keyFrames = 0;
  keyFrameRequests = 0;
  retransmits = 0;

  constructor(
    options: VideoPublisherOptions,
    simulation: Simulation,
    random: Random,
    nextTransportSn: () => number,
    send: (bytes: Uint8Array) => void,
  ) {
    this.options = options;
    this.encoder = new Encoder(options.encoder, random.fork());
    this.#simulation = simulation;
    this.#random = random;
    this.#send = send;
    this.#nextTransportSn = nextTransportSn;
    this.streams = options.packetizers.map((_, index) => this.#newStream(index));
    this.frames = options.encoder.layers.map(() => 0);
    this.#lastKeyMs = this.streams.map(() => Number.NEGATIVE_INFINITY);
    const { intervalMs } = this.encoder;
    simulation.after(random.between(0, intervalMs), () => this.#tick());
    simulation.after(SENDER_REPORT_MS / 2, () => this.#report());
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** A muted camera sends nothing; it comes back with a key frame. */
  setMuted(isMuted: boolean): void {
    if (this.#isMuted && !isMuted) this.encoder.requestKeyFrame(0);
    this.#isMuted = isMuted;
    if (!isMuted) {
      for (let layer = 0; layer < this.options.encoder.layers.length; layer++) {
        this.encoder.requestKeyFrame(layer);
      }
    }
  }

  /** The stream of a layer goes on with another SSRC and other numbers, as after a restart. */
  changeSsrc(index: number): void {
    this.streams[index] = this.#newStream(index);
    this.encoder.requestKeyFrame(index);
  }

  /** @returns whether the SSRC is one of this track's */
  handlePli(ssrc: number): boolean {
    const index = this.streams.findIndex((stream) => stream.ssrc === ssrc);
    if (index < 0) return false;
    this.keyFrameRequests += 1;
    const { nowMs } = this.#simulation;
    const { isSvc, keysTogether } = this.options.encoder;
    const isShared = isSvc || keysTogether;
    const lastMs = isShared ? Math.max(...this.#lastKeyMs) : this.#lastKeyMs[index]!;
    if (nowMs - lastMs < KEY_FRAME_INTERVAL_MS) return true;
    this.#lastKeyMs[index] = nowMs;
    this.#simulation.after(this.options.encodeDelayMs, () => this.encoder.requestKeyFrame(index));
    return true;
  }

  handleNack(ssrc: number, sns: readonly number[]): boolean {
    const stream = this.streams.find((it) => it.ssrc === ssrc);
    if (stream === undefined) return false;
    for (const sn of sns) {
      const sent = stream.history[sn & (HISTORY - 1)];
      if (sent === undefined || u16(sent.packet, 2) !== sn) continue;
      this.retransmits += 1;
      stream.rtxSn = (stream.rtxSn + 1) & 0xffff;
      const { rtxPayloadType } = this.options;
      const { packet, payloadAt } = sent;
      const rtx = createRtx(packet, payloadAt, rtxPayloadType, stream.rtxSsrc, stream.rtxSn);
      if (this.options.rids.length > 0) repairRid(rtx, this.options.mid.length);
      this.#send(rtx);
    }
    return true;
  }

  #newStream(index: number): Stream {
    const start = this.options.starts?.[index];
    return {
      ssrc: this.#random.uint32(),
      rtxSsrc: this.#random.uint32(),
      sn: ((start?.sn ?? this.#random.uint32()) - 1) & 0xffff,
      rtxSn: this.#random.uint32() & 0xffff,
      tsOffset: start?.ts ?? this.#random.uint32(),
      packets: 0,
      payloadBytes: 0,
      history: new Array<Sent | undefined>(HISTORY).fill(undefined),
    };
  }

  #tick(): void {
    if (this.#isStopped) return;
    const { elapsedMs } = this.#simulation;
    const { packetizers, track } = this.options;
    for (const frame of this.#isMuted ? [] : this.encoder.encode(elapsedMs)) {
      const index = packetizers.length > 1 ? frame.spatialLayer : 0;
      this.frames[frame.spatialLayer]! += 1;
      if (frame.isKeyFrame) this.keyFrames += 1;
      const stream = this.streams[index]!;
      const ts = this.#tsAt(stream, elapsedMs);
      for (const payload of packetizers[index]!.packetize(frame, track)) {
        this.#sendPayload(stream, index, payload, ts);
      }
    }
    this.#simulation.after(this.encoder.intervalMs, () => this.#tick());
  }

  #sendPayload(stream: Stream, index: number, payload: Payload, ts: number): void {
    const { mid, rids, payloadType } = this.options;
    const rid = rids[index] ?? "";
    const transportSn = this.#nextTransportSn();
    stream.sn = (stream.sn + 1) & 0xffff;
    const elements = [
      { id: PUBLISHED_IDS.mid, bytes: ascii(mid) },
      ...(rid === "" ? [] : [{ id: PUBLISHED_IDS.rid, bytes: ascii(rid) }]),
      { id: PUBLISHED_IDS.transportSequence, bytes: [transportSn >> 8, transportSn & 255] },
      ...payload.elements,
    ];
    const packet = createRtp(
      { payloadType, marker: payload.marker, sn: stream.sn, ts, ssrc: stream.ssrc, elements },
      payload.bytes.length,
    );
    const payloadAt = packet.length - payload.bytes.length;
    packet.set(payload.bytes, payloadAt);
    stream.packets += 1;
    stream.payloadBytes += payload.bytes.length;
    stream.history[stream.sn & (HISTORY - 1)] = { packet, payloadAt };
    this.#send(packet.slice());
  }

  #report(): void {
    if (this.#isStopped) return;
    const { elapsedMs } = this.#simulation;
    const { ntpOffsetMs, silentReports } = this.options;
    const ntpMs = ntpMsOfWall(WALL_OFFSET_MS + elapsedMs + (ntpOffsetMs ?? 0));
    for (const [index, stream] of this.streams.entries()) {
      if (stream.packets === 0 || silentReports?.includes(index) === true) continue;
      const out = new Uint8Array(28);
      writeSenderReport(
        out,
        0,
        stream.ssrc,
        ntpSecondsOf(ntpMs),
        ntpFractionOf(ntpMs),
        this.#tsAt(stream, elapsedMs),
        stream.packets,
        stream.payloadBytes,
      );
      this.#send(out);
    }
    this.#simulation.after(SENDER_REPORT_MS, () => this.#report());
  }

  #tsAt(stream: Stream, elapsedMs: number): number {
    return (stream.tsOffset + Math.round((elapsedMs * CLOCK_HZ) / 1_000)) >>> 0;
  }
}

/** Retransmissions name their encoding by another extension (RFC 8852 §3). */
function repairRid(rtx: Uint8Array, midBytes: number): void {
  const isTwoByte = rtx[12] === 0x10;
  const at = 16 + (isTwoByte ? 2 : 1) + midBytes;
  const id = PUBLISHED_IDS.repairedRid;
  rtx[at] = isTwoByte ? id : (id << 4) | (rtx[at]! & 0x0f);
}

const TEXTS = new Map<string, Uint8Array>();

export function ascii(text: string): Uint8Array {
  let bytes = TEXTS.get(text);
  if (bytes === undefined) {
    bytes = new TextEncoder().encode(text);
    TEXTS.set(text, bytes);
  }
  return bytes;
}
