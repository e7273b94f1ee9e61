import { Codec } from "../../src/wire/rtp/codec.ts";
import type { DependencyWriter } from "./dependency-writer.ts";
import type { EncodedFrame } from "./encoder.ts";
import { cutFrame, type Packetizer, type Payload } from "./packetizer.ts";
import type { Random } from "./random.ts";

export type Vp8Options = {
  /** With one temporal layer libwebrtc sends a picture id only. */
  readonly temporalLayers: number;
  /** 15 bits; 7 bits are written while the number fits and `isShort` is set. */
  readonly firstPictureId?: number;
  readonly firstTl0?: number;
  /** Picture ids of 7 bits. */
  readonly isShort?: boolean;
  readonly hasKeyIndex?: boolean;
};

/** The payload descriptor of RFC 7741 §4.2 and the frame tag of §4.3. */
export class Vp8Packetizer implements Packetizer {
  readonly codec: Codec = Codec.Vp8;
  readonly #options: Vp8Options;
  readonly #dependencies: DependencyWriter | undefined;
  #pictureId: number;
  #tl0: number;
  #keyIndex = 0;

  /** @param dependencies with them libwebrtc strips its own descriptor to one byte */
  constructor(options: Vp8Options, random: Random, dependencies?: DependencyWriter) {
    this.#options = options;
    this.#dependencies = dependencies;
    this.#pictureId = options.firstPictureId ?? random.uint32() & 0x7fff;
    this.#tl0 = options.firstTl0 ?? random.uint32() & 0xff;
  }

  packetize(frame: EncodedFrame, track: number): Payload[] {
    const { temporalLayers, isShort, hasKeyIndex } = this.#options;
    this.#pictureId = (this.#pictureId + 1) & (isShort === true ? 0x7f : 0x7fff);
    if (frame.temporalLayer === 0) this.#tl0 = (this.#tl0 + 1) & 0xff;
    if (frame.isKeyFrame) this.#keyIndex = (this.#keyIndex + 1) & 0x1f;
    const id = this.#pictureId;
    const idBytes = isShort === true ? [id] : [0x80 | (id >> 8), id & 0xff];
    const hasLayers = temporalLayers > 1;
    const present = 0x80 | (hasLayers ? 0x60 : 0) | (hasKeyIndex === true ? 0x10 : 0);
    const isSync = hasLayers && frame.temporalLayer > 0 && frame.isSync;
    const layerByte =
      (hasLayers ? frame.temporalLayer << 6 : 0) | (isSync ? 0x20 : 0) | this.#keyIndex;
    const isUnreferenced = hasLayers && frame.temporalLayer === temporalLayers - 1;
    const descriptor = [
      0x80 | (isUnreferenced ? 0x20 : 0),
      present,
      ...idBytes,
      ...(hasLayers ? [this.#tl0] : []),
      ...(hasLayers || hasKeyIndex === true ? [layerByte] : []),
    ];
    const { width, height } = frame;
    const tag = frame.isKeyFrame
      ? [0x10, 2, 0, 0x9d, 0x01, 0x2a, width & 255, width >> 8, height & 255, height >> 8]
      : [0x11, 2, 0];
    if (this.#dependencies !== undefined) {
      const elementsOf = this.#dependencies.describe(frame);
      return cutFrame(
        frame,
        track,
        (index) => (index === 0 ? [0x10, ...tag] : [0]),
        true,
        elementsOf,
      );
    }
    const [first, ...rest] = descriptor as [number, ...number[]];
    const headOf = (index: number): number[] =>
      index === 0 ? [first | 0x10, ...rest, ...tag] : [first, ...rest];
    return cutFrame(frame, track, headOf, true);
  }
}
