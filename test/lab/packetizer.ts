import type { Codec } from "../../src/wire/rtp/codec.ts";
import type { EncodedFrame } from "./encoder.ts";
import { MARK_BYTES, writeMark } from "./frame-mark.ts";
import type { Element } from "./rtp-writer.ts";

/** Frames are cut into payloads of at most this. */
const PAYLOAD_BYTES_MAX = 1_150;

export type Payload = {
  readonly bytes: Uint8Array;
  readonly marker: boolean;
  readonly elements: readonly Element[];
};

/** Makes the payloads of one stream: descriptors, and what parsers look for in a frame. */
export interface Packetizer {
  readonly codec: Codec;
  packetize(frame: EncodedFrame, track: number): Payload[];
}

/** What a packet of a frame begins with: everything that comes before the picture's data. */
export type HeadOf = (index: number, count: number) => readonly number[];

/** Cuts a frame into payloads of about the same size, each with its head and its mark. */
export function cutFrame(
  frame: EncodedFrame,
  track: number,
  headOf: HeadOf,
  marker: boolean,
  elementsOf: (index: number, count: number) => readonly Element[] = () => [],
): Payload[] {
  const headBytes = headOf(0, 1).length;
  const least = headBytes + MARK_BYTES;
  const count = Math.max(1, Math.ceil(frame.bytes / (PAYLOAD_BYTES_MAX - least)));
  const share = Math.max(1, Math.ceil(frame.bytes / count));
  const payloads: Payload[] = [];
  for (let index = 0; index < count; index++) {
    const head = headOf(index, count);
    const bytes = new Uint8Array(Math.max(head.length + MARK_BYTES, share));
    bytes.set(head);
    writeMark(bytes, bytes.length - MARK_BYTES, { ...frame, track, index, count });
    payloads.push({
      bytes,
      marker: marker && index === count - 1,
      elements: elementsOf(index, count),
    });
  }
  return payloads;
}
