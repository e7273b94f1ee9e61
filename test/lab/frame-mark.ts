import { putU16, putU32, u16, u32 } from "../../src/wire/bytes.ts";

/** Bytes at the end of every payload of the lab's encoders. */
export const MARK_BYTES = 24;
const MAGIC = 0xa55a;
const KEY = 1;
const INTER_LAYER = 2;
const REFERENCES_MAX = 3;

/**
 * What a payload of the lab says about itself, behind everything that a codec looks at: which
 * frame it belongs to and which frames that one needs. So a decoder of the lab can tell a picture
 * that would be broken from a good one, whatever the header fields say.
 */
export type FrameMark = {
  /** Number of the track. */
  readonly track: number;
  readonly spatialLayer: number;
  readonly temporalLayer: number;
  readonly isKeyFrame: boolean;
  /** It needs the layer below of the same frame. */
  readonly isInterLayer: boolean;
  /** Of the encoder, from 0; the same for all layers of a moment. */
  readonly frame: number;
  /** Of the packet in its frame. */
  readonly index: number;
  readonly count: number;
  /** How many frames back those lie, in its layer, that it needs; at most three, 1..255. */
  readonly references: readonly number[];
  /** When the picture or sound was taken: since the start, ms. */
  readonly captureMs: number;
};

export function writeMark(out: Uint8Array, at: number, mark: FrameMark): void {
  out[at] = mark.track;
  out[at + 1] = mark.spatialLayer;
  out[at + 2] = mark.temporalLayer;
  out[at + 3] = (mark.isKeyFrame ? KEY : 0) | (mark.isInterLayer ? INTER_LAYER : 0);
  putU32(out, at + 4, mark.frame);
  putU16(out, at + 8, mark.index);
  putU16(out, at + 10, mark.count);
  for (let i = 0; i < REFERENCES_MAX; i++) out[at + 12 + i] = mark.references[i] ?? 0;
  putU32(out, at + 16, Math.round(mark.captureMs * 10));
  putU16(out, at + 22, MAGIC);
}

/** @returns undefined for a payload that is none of the lab's: black frames, silence */
export function readMark(bytes: Uint8Array, end: number): FrameMark | undefined {
  const at = end - MARK_BYTES;
  if (at < 0 || u16(bytes, at + 22) !== MAGIC) return undefined;
  const references: number[] = [];
  for (let i = 0; i < REFERENCES_MAX; i++) {
    if (bytes[at + 12 + i]! > 0) references.push(bytes[at + 12 + i]!);
  }
  return {
    track: bytes[at]!,
    spatialLayer: bytes[at + 1]!,
    temporalLayer: bytes[at + 2]!,
    isKeyFrame: (bytes[at + 3]! & KEY) !== 0,
    isInterLayer: (bytes[at + 3]! & INTER_LAYER) !== 0,
    frame: u32(bytes, at + 4),
    index: u16(bytes, at + 8),
    count: u16(bytes, at + 10),
    references,
    captureMs: u32(bytes, at + 16) / 10,
  };
}
