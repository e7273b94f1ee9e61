import { Codec } from "../../src/wire/rtp/codec.ts";
import type { DependencyWriter } from "./dependency-writer.ts";
import type { EncodedFrame } from "./encoder.ts";
import { cutFrame, type Packetizer, type Payload } from "./packetizer.ts";

const CONTINUES = 0x80;
const IS_CONTINUED = 0x40;
const ONE_ELEMENT = 0x10;
const TWO_ELEMENTS = 0x20;
const NEW_SEQUENCE = 0x08;
const SEQUENCE_HEADER = [3, 0x08, 0, 0];
const FRAME = 0x30;
const KEY_HEADER = 0x10;
const INTER_HEADER = 0x30;

/** The aggregation header and the first bytes of the units (AV1 RTP specification §4.4). */
export class Av1Packetizer implements Packetizer {
  readonly codec: Codec = Codec.Av1;
  readonly #dependencies: DependencyWriter;

  constructor(dependencies: DependencyWriter) {
    this.#dependencies = dependencies;
  }

  packetize(frame: EncodedFrame, track: number): Payload[] {
    const headOf = (index: number, count: number): number[] => {
      const isContinued = index < count - 1 ? IS_CONTINUED : 0;
      if (index > 0) return [CONTINUES | isContinued | ONE_ELEMENT];
      if (!frame.isKeyFrame) return [isContinued | ONE_ELEMENT, FRAME, INTER_HEADER];
      const head = isContinued | TWO_ELEMENTS | NEW_SEQUENCE;
      return [head, ...SEQUENCE_HEADER, FRAME, KEY_HEADER];
    };
    const elementsOf = this.#dependencies.describe(frame);
    return cutFrame(frame, track, headOf, frame.isLastLayer, elementsOf);
  }
}
