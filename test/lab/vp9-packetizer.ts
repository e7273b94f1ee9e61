import { Codec } from "../../src/wire/rtp/codec.ts";
import type { DependencyWriter } from "./dependency-writer.ts";
import type { EncodedFrame, LayerOptions } from "./encoder.ts";
import { cutFrame, type Packetizer, type Payload } from "./packetizer.ts";

const KEY_HEADER = 0x82;
const INTER_HEADER = 0x86;

const Bit = { I: 0x80, P: 0x40, L: 0x20, F: 0x10, B: 0x08, E: 0x04, V: 0x02, Z: 0x01 } as const;

/** All spatial layers in one stream, by the payload descriptor of RFC 9628 §4.2 in flexible mode. */
export class Vp9Packetizer implements Packetizer {
  readonly codec: Codec = Codec.Vp9;
  readonly #layers: readonly LayerOptions[];
  readonly #firstPictureId: number;
  readonly #dependencies: DependencyWriter | undefined;

  constructor(
    layers: readonly LayerOptions[],
    firstPictureId: number,
    dependencies: DependencyWriter | undefined,
  ) {
    this.#layers = layers;
    this.#firstPictureId = firstPictureId;
    this.#dependencies = dependencies;
  }

  packetize(frame: EncodedFrame, track: number): Payload[] {
    const id = (this.#firstPictureId + frame.frame) & 0x7fff;
    const isBase = frame.spatialLayer === 0;
    const hasStructure = isBase && frame.isKeyPicture;
    const isPredicted = frame.references.length > 0;
    const base =
      Bit.I | Bit.L | Bit.F | (isPredicted ? Bit.P : 0) | (frame.isLastLayer ? Bit.Z : 0);
    const isSwitch = frame.temporalLayer > 0 && frame.isSync;
    const layerByte =
      (frame.temporalLayer << 5) |
      (isSwitch ? 0x10 : 0) |
      (frame.spatialLayer << 1) |
      (frame.isInterLayer ? 1 : 0);
    const differences = frame.references.map(
      (distance, i) => (distance << 1) | (i + 1 < frame.references.length ? 1 : 0),
    );
    const structure = hasStructure ? this.#structure() : [];
    const header = frame.isKeyFrame ? KEY_HEADER : INTER_HEADER;
    const headOf = (index: number, count: number): number[] => [
      base |
        (index === 0 ? Bit.B : 0) |
        (index === count - 1 ? Bit.E : 0) |
        (hasStructure && index === 0 ? Bit.V : 0),
      0x80 | (id >> 8),
      id & 0xff,
      layerByte,
      ...differences,
      ...(index === 0 ? [...structure, header] : []),
    ];
    const elementsOf = this.#dependencies?.describe(frame);
    return cutFrame(frame, track, headOf, frame.isLastLayer, elementsOf);
  }

  /** Sizes of all layers, no picture group. */
  #structure(): number[] {
    const head = ((this.#layers.length - 1) << 5) | 0x10;
    const sizes = this.#layers.flatMap(({ width, height }) => [
      width >> 8,
      width & 255,
      height >> 8,
      height & 255,
    ]);
    return [head, ...sizes];
  }
}
