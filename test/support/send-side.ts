import { DropReason } from "../../src/base/drop-reason.ts";
import type { KeyFrameMark } from "../../src/sfu/buffer/key-frame-mark.ts";
import type { MediaSource } from "../../src/sfu/downtrack/media-source.ts";
import { MediaPacket } from "../../src/sfu/packet/media-packet.ts";
import type { RtpSink, SinkStream } from "../../src/sfu/rtp-sink.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { RtpView, readRtp } from "../../src/wire/rtp/rtp-view.ts";

/** Fields of a packet as a publisher's receive stream would hand it to the down tracks. */
export type PacketFields = {
  codec?: Codec;
  payloadType?: number;
  extSn: number;
  extTs: number;
  ssrc?: number;
  marker?: boolean;
  spatialLayer?: number;
  temporalLayer?: number;
  isKeyFrame?: boolean;
  isFrameStart?: boolean;
  isSwitchingPoint?: boolean;
  isOutOfOrder?: boolean;
  isLayerFrameStart?: boolean;
  isLayerFrameEnd?: boolean;
  isInterPicturePredicted?: boolean;
  arrivalMs?: number;
  payload?: Uint8Array;
  /** VP8 descriptor fields; the descriptor is put before the payload. */
  pictureId?: number;
  pictureIdIsLong?: boolean;
  tl0PicIdx?: number;
  keyIdx?: number;
  dependencyDescriptor?: Uint8Array;
  captureTime?: Uint8Array;
};

const HEADER_BYTES = 12;

export function packetOf(fields: PacketFields): MediaPacket {
  const packet = new MediaPacket();
  packet.codec = fields.codec ?? Codec.Opus;
  packet.payloadType = fields.payloadType ?? 111;
  packet.extSn = fields.extSn;
  packet.extTs = fields.extTs;
  packet.ssrc = fields.ssrc ?? 1000 + (fields.spatialLayer ?? 0);
  packet.marker = fields.marker ?? false;
  packet.spatialLayer = fields.spatialLayer ?? 0;
  packet.temporalLayer = fields.temporalLayer ?? 0;
  packet.isKeyFrame = fields.isKeyFrame ?? false;
  packet.isFrameStart = fields.isFrameStart ?? true;
  packet.isSwitchingPoint = fields.isSwitchingPoint ?? false;
  packet.isOutOfOrder = fields.isOutOfOrder ?? false;
  packet.isLayerFrameStart = fields.isLayerFrameStart ?? false;
  packet.isLayerFrameEnd = fields.isLayerFrameEnd ?? false;
  packet.isInterPicturePredicted = fields.isInterPicturePredicted ?? false;
  packet.arrivalMs = fields.arrivalMs ?? 0;
  const descriptor = packet.codec === Codec.Vp8 ? vp8Descriptor(fields, packet) : [];
  const payload = fields.payload ?? new Uint8Array([1, 2, 3, 4]);
  const dependency = fields.dependencyDescriptor ?? [];
  const captureTime = fields.captureTime ?? [];
  packet.dependencyOffset = HEADER_BYTES;
  packet.dependencyBytes = dependency.length;
  packet.captureTimeOffset = HEADER_BYTES + dependency.length;
  packet.captureTimeBytes = captureTime.length;
  packet.payloadOffset = packet.captureTimeOffset + captureTime.length;
  packet.bytes = new Uint8Array(packet.payloadOffset + descriptor.length + payload.length);
  packet.bytes.set(dependency, packet.dependencyOffset);
  packet.bytes.set(captureTime, packet.captureTimeOffset);
  packet.bytes.set(descriptor, packet.payloadOffset);
  packet.bytes.set(payload, packet.payloadOffset + descriptor.length);
  packet.payloadBytes = descriptor.length + payload.length;
  packet.descriptorBytes = descriptor.length;
  return packet;
}

/** RFC 7741 §4.2, with the fields that are given. */
function vp8Descriptor(fields: PacketFields, packet: MediaPacket): number[] {
  const { pictureId, tl0PicIdx, keyIdx } = fields;
  packet.pictureId = pictureId ?? -1;
  packet.pictureIdIsLong = fields.pictureIdIsLong ?? false;
  packet.tl0PicIdx = tl0PicIdx ?? -1;
  packet.keyIdx = keyIdx ?? -1;
  const hasTid = fields.temporalLayer !== undefined;
  const extension =
    (pictureId === undefined ? 0 : 0x80) |
    (tl0PicIdx === undefined ? 0 : 0x40) |
    (hasTid ? 0x20 : 0) |
    (keyIdx === undefined ? 0 : 0x10);
  const bytes = [(extension === 0 ? 0 : 0x80) | (packet.isFrameStart ? 0x10 : 0)];
  if (extension !== 0) bytes.push(extension);
  if (pictureId !== undefined) {
    if (packet.pictureIdIsLong) bytes.push(0x80 | (pictureId >> 8));
    bytes.push(pictureId & 0xff);
  }
  if (tl0PicIdx !== undefined) bytes.push(tl0PicIdx);
  if (hasTid || keyIdx !== undefined) {
    bytes.push((packet.temporalLayer << 6) | (packet.isSwitchingPoint ? 0x20 : 0) | (keyIdx ?? 0));
  }
  return bytes;
}

export type Vp8Fields = {
  pictureId: number;
  tl0PicIdx: number;
  temporalLayer: number;
  isSwitchingPoint: boolean;
  keyIdx: number;
  isFrameStart: boolean;
  /** Of the descriptor. */
  length: number;
};

/** An independent reading of a VP8 payload descriptor; -1 where a field is absent. */
export function readVp8Descriptor(bytes: Uint8Array, offset = 0): Vp8Fields {
  let at = offset;
  const first = bytes[at++]!;
  const fields: Vp8Fields = {
    pictureId: -1,
    tl0PicIdx: -1,
    temporalLayer: -1,
    isSwitchingPoint: false,
    keyIdx: -1,
    isFrameStart: (first & 0x10) !== 0,
    length: 1,
  };
  if ((first & 0x80) !== 0) {
    const extension = bytes[at++]!;
    if ((extension & 0x80) !== 0) {
      const high = bytes[at++]!;
      fields.pictureId = high >= 0x80 ? ((high & 0x7f) << 8) | bytes[at++]! : high;
    }
    if ((extension & 0x40) !== 0) fields.tl0PicIdx = bytes[at++]!;
    if ((extension & 0x30) !== 0) {
      const last = bytes[at++]!;
      if ((extension & 0x20) !== 0) {
        fields.temporalLayer = last >> 6;
        fields.isSwitchingPoint = (last & 0x20) !== 0;
      }
      if ((extension & 0x10) !== 0) fields.keyIdx = last & 0x1f;
    }
  }
  fields.length = at - offset;
  return fields;
}

type Report = { ntpMs: number; extTs: number; arrivalMs: number };

/** A published track under the test's control. */
export class FakeSource implements MediaSource {
  isMuted = false;
  isVideo = true;
  isSvc = false;
  hasFewReports = false;
  streamCount = 3;
  readonly keyFrameRequests: { nowMs: number; spatialLayer: number }[] = [];
  readonly available: Set<number> = new Set([0, 1, 2]);
  readonly bitrates: number[][] = [[], [], []];
  readonly reports: Map<number, Report> = new Map();
  /** Kept packets by `layer:extSn`. */
  readonly kept: Map<string, PacketFields> = new Map();
  /** By layer. */
  readonly marks: (KeyFrameMark | undefined)[] = [];
  fmtp = "";
  /** Codecs of the publisher's section. */
  codecs: readonly Codec[] = Object.values(Codec);

  carries(codec: Codec): boolean {
    return this.codecs.includes(codec);
  }

  fmtpOf(): string {
    return this.fmtp;
  }

  keyFrameMark(layer: number): KeyFrameMark | undefined {
    return this.marks[layer];
  }

  /** Its packets never wait. */
  sendWaiting(): void {}

  requestKeyFrame(nowMs: number, spatialLayer: number): void {
    this.keyFrameRequests.push({ nowMs, spatialLayer });
  }

  readForRetransmission(spatialLayer: number, extSn: number, packet: MediaPacket): boolean {
    const fields = this.kept.get(`${spatialLayer}:${extSn}`);
    if (fields === undefined) return false;
    Object.assign(packet, packetOf(fields));
    return true;
  }

  bitrateBps(spatial: number, temporal: number): number {
    return this.bitrates[spatial]?.[temporal] ?? 0;
  }

  temporalLayerFor(): number {
    return 3;
  }

  isLayerAvailable(spatial: number): boolean {
    return this.available.has(spatial);
  }

  hasSenderReport(layer: number): boolean {
    return this.reports.has(layer);
  }

  senderReportNtpMs(layer: number): number {
    return this.reports.get(layer)!.ntpMs;
  }

  senderReportExtTs(layer: number): number {
    return this.reports.get(layer)!.extTs;
  }

  senderReportArrivalMs(layer: number): number {
    return this.reports.get(layer)!.arrivalMs;
  }
}

export type SentPacket = {
  isRetransmission: boolean;
  isRepeatable: boolean;
  /** The whole packet. */
  bytes: Uint8Array;
  payloadType: number;
  marker: boolean;
  sn: number;
  ts: number;
  ssrc: number;
  payload: Uint8Array;
  paddingBytes: number;
  view: RtpView;
};

/** Keeps what a down track sends, read back as RTP. */
export class RecordingSink implements RtpSink {
  /** Packets start in the middle, so that a wrong offset shows. */
  readonly arena: Uint8Array = new Uint8Array(8192);
  readonly sent: SentPacket[] = [];
  isConnected = true;
  /** SSRCs that streams were asked for, and what packets came with. */
  readonly lookedUp: number[] = [];
  readonly streams: (SinkStream | undefined)[] = [];
  /** Room that was asked for, bytes. */
  readonly reservations: number[] = [];
  #reserved = 0;

  reserve(bytesMax: number): number {
    this.#reserved = bytesMax;
    this.reservations.push(bytesMax);
    return this.isConnected ? 4000 : -1;
  }

  streamOf(ssrc: number): SinkStream {
    this.lookedUp.push(ssrc);
    return { protectRtp: (_bytes, _offset, length) => length };
  }

  sendRtp(
    length: number,
    isRetransmission: boolean,
    isRepeatable: boolean,
    stream?: SinkStream,
  ): void {
    this.streams.push(stream);
    if (length > this.#reserved)
      throw new Error(`${length} bytes written, ${this.#reserved} reserved`);
    const bytes = this.arena.slice(4000, 4000 + length);
    const view = new RtpView();
    if (readRtp(bytes, length, view) !== DropReason.None) throw new Error("not an RTP packet");
    this.sent.push({
      isRetransmission,
      isRepeatable,
      bytes,
      payloadType: view.payloadType,
      marker: view.marker,
      sn: view.sn,
      ts: view.ts,
      ssrc: view.ssrc,
      payload: bytes.slice(view.payloadOffset, view.payloadOffset + view.payloadBytes),
      paddingBytes: view.paddingBytes,
      view,
    });
  }

  sendRtcp(): void {}

  /** What was sent since the last call. */
  take(): SentPacket[] {
    return this.sent.splice(0);
  }
}
