import { u16, u32 } from "../../src/wire/bytes.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import type { FrameDependency } from "./dependency-reader.ts";
import { type FrameMark, readMark } from "./frame-mark.ts";

/** What a receiver needs to know of a payload; -1 where the payload does not say. */
export type PayloadInfo = {
  readonly isFrameStart: boolean;
  readonly isFrameEnd: boolean;
  readonly isKeyFrame: boolean;
  readonly pictureId: number;
  /** 7 or 15. */
  readonly pictureIdBits: number;
  readonly tl0: number;
  readonly temporalLayer: number;
  readonly spatialLayer: number;
  readonly isSync: boolean;
  readonly keyIndex: number;
  /** VP9: pictures back that are referred to, in the same spatial layer. */
  readonly pictureDiffs: readonly number[];
  readonly isInterLayer: boolean;
};

/** An RTP packet of a media stream as a subscriber sees it: retransmissions taken apart already. */
export type ReceivedPacket = {
  readonly extSn: number;
  readonly extTs: number;
  readonly marker: boolean;
  readonly isRetransmitted: boolean;
  readonly arrivalMs: number;
  /** undefined: padding only. */
  readonly payload: PayloadInfo | undefined;
  /** undefined: no descriptor, or its structure is not known. */
  readonly dependency: FrameDependency | undefined;
  /** undefined: made by the server. */
  readonly mark: FrameMark | undefined;
};

export type RtpFields = {
  readonly sn: number;
  readonly ts: number;
  readonly ssrc: number;
  readonly payloadType: number;
  readonly marker: boolean;
  readonly payloadAt: number;
  /** Behind the payload; padding follows. */
  readonly payloadEnd: number;
  /** Of the extension block; 0: none. */
  readonly extensionAt: number;
};

/** Reads a header that the engine wrote: a parser of its own, so that errors do not cancel out. */
export function readRtpFields(bytes: Uint8Array): RtpFields {
  const first = bytes[0]!;
  if (first >> 6 !== 2 || (first & 0x0f) !== 0) throw new Error("Cannot read an RTP packet");
  const hasExtension = (first & 0x10) !== 0;
  const payloadAt = hasExtension ? 16 + u16(bytes, 14) * 4 : 12;
  const padding = (first & 0x20) !== 0 ? bytes[bytes.length - 1]! : 0;
  const payloadEnd = bytes.length - padding;
  if (payloadEnd < payloadAt) throw new Error("An RTP packet is shorter than its headers");
  return {
    sn: u16(bytes, 2),
    ts: u32(bytes, 4),
    ssrc: u32(bytes, 8),
    payloadType: bytes[1]! & 0x7f,
    marker: (bytes[1]! & 0x80) !== 0,
    payloadAt,
    payloadEnd,
    extensionAt: hasExtension ? 12 : 0,
  };
}

/** @returns where an element's data is; undefined: absent */
export function findElement(
  bytes: Uint8Array,
  fields: RtpFields,
  id: number,
): { at: number; length: number } | undefined {
  if (fields.extensionAt === 0 || id === 0) return undefined;
  const isTwoByte = bytes[12] === 0x10;
  const end = 16 + u16(bytes, 14) * 4;
  let at = 16;
  while (at < end) {
    const head = bytes[at]!;
    if (head === 0) {
      at += 1;
      continue;
    }
    const elementId = isTwoByte ? head : head >> 4;
    const length = isTwoByte ? bytes[at + 1]! : (head & 0x0f) + 1;
    at += isTwoByte ? 2 : 1;
    if (elementId === id) return { at, length };
    at += length;
  }
  return undefined;
}

const NOTHING: PayloadInfo = {
  isFrameStart: false,
  isFrameEnd: false,
  isKeyFrame: false,
  pictureId: -1,
  pictureIdBits: 15,
  tl0: -1,
  temporalLayer: -1,
  spatialLayer: 0,
  isSync: false,
  keyIndex: -1,
  pictureDiffs: [],
  isInterLayer: false,
};

export function readPayload(
  codec: Codec,
  bytes: Uint8Array,
  fields: RtpFields,
): PayloadInfo | undefined {
  if (fields.payloadEnd === fields.payloadAt) return undefined;
  if (codec === Codec.Vp8) return readVp8(bytes, fields);
  if (codec === Codec.H264) return readH264(bytes, fields);
  if (codec === Codec.Vp9) return readVp9(bytes, fields);
  return { ...NOTHING, isFrameStart: true, isFrameEnd: true };
}

export function markOf(bytes: Uint8Array, fields: RtpFields): FrameMark | undefined {
  return readMark(bytes, fields.payloadEnd);
}

/** RFC 7741 §4.2. */
function readVp8(bytes: Uint8Array, fields: RtpFields): PayloadInfo {
  let at = fields.payloadAt;
  const first = bytes[at++]!;
  const present = (first & 0x80) !== 0 ? bytes[at++]! : 0;
  let pictureId = -1;
  let pictureIdBits = 15;
  if ((present & 0x80) !== 0) {
    pictureIdBits = (bytes[at]! & 0x80) !== 0 ? 15 : 7;
    pictureId = pictureIdBits === 15 ? u16(bytes, at) & 0x7fff : bytes[at]!;
    at += pictureIdBits === 15 ? 2 : 1;
  }
  const tl0 = (present & 0x40) !== 0 ? bytes[at++]! : -1;
  const hasLayerByte = (present & 0x30) !== 0;
  const layerByte = hasLayerByte ? bytes[at++]! : 0;
  const isFrameStart = (first & 0x17) === 0x10;
  return {
    ...NOTHING,
    isFrameStart,
    isFrameEnd: fields.marker,
    isKeyFrame: isFrameStart && (bytes[at]! & 1) === 0,
    pictureId,
    pictureIdBits,
    tl0,
    temporalLayer: (present & 0x20) !== 0 ? layerByte >> 6 : -1,
    isSync: (present & 0x20) !== 0 && (layerByte & 0x20) !== 0,
    keyIndex: (present & 0x10) !== 0 ? layerByte & 0x1f : -1,
  };
}

const SPS = 7;
const IDR = 5;
const STAP_A = 24;
const FU_A = 28;

/** RFC 6184: an IDR slice follows its parameter sets, any other slice begins its frame. */
function readH264(bytes: Uint8Array, fields: RtpFields): PayloadInfo {
  const at = fields.payloadAt;
  const type = bytes[at]! & 0x1f;
  const isFragment = type === FU_A;
  const unit = isFragment ? bytes[at + 1]! & 0x1f : type;
  const isUnitStart = !isFragment || (bytes[at + 1]! & 0x80) !== 0;
  const isKeyFrame = type === STAP_A && (bytes[at + 3]! & 0x1f) === SPS;
  return {
    ...NOTHING,
    isFrameStart: isKeyFrame || (isUnitStart && unit !== IDR),
    isFrameEnd: fields.marker,
    isKeyFrame,
  };
}

/** RFC 9628 §4.2, flexible mode. */
function readVp9(bytes: Uint8Array, fields: RtpFields): PayloadInfo {
  let at = fields.payloadAt;
  const first = bytes[at++]!;
  const pictureId = u16(bytes, at) & 0x7fff;
  at += 2;
  const layerByte = bytes[at++]!;
  const pictureDiffs: number[] = [];
  if ((first & 0x40) !== 0) {
    for (let hasMore = true; hasMore; at++) {
      pictureDiffs.push(bytes[at]! >> 1);
      hasMore = (bytes[at]! & 1) === 1;
    }
  }
  const spatialLayer = (layerByte >> 1) & 7;
  const isFrameStart = (first & 0x08) !== 0;
  return {
    ...NOTHING,
    isFrameStart,
    isFrameEnd: (first & 0x04) !== 0,
    isKeyFrame: isFrameStart && pictureDiffs.length === 0 && (layerByte & 1) === 0,
    pictureId,
    temporalLayer: layerByte >> 5,
    spatialLayer,
    pictureDiffs,
    isInterLayer: (layerByte & 1) === 1,
  };
}
