import { Unwrapper } from "./unwrapper.ts";

/** A frame by its dependency descriptor (AV1 RTP specification, appendix A). */
export type FrameDependency = {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly frameNumber: number;
  readonly extFrameNumber: number;
  readonly hasStructure: boolean;
  /** undefined: not told; all are active. */
  readonly activeTargets: number | undefined;
  readonly spatialLayer: number;
  readonly temporalLayer: number;
  readonly frameDiffs: readonly number[];
};

type Template = {
  readonly spatialLayer: number;
  readonly temporalLayer: number;
  readonly frameDiffs: readonly number[];
};

type Structure = {
  readonly offset: number;
  readonly targets: number;
  readonly chains: number;
  readonly templates: readonly Template[];
};

class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isLeft(): boolean {
    return this.#at < this.#bytes.length * 8;
  }

  u(width: number): number {
    let value = 0;
    for (let i = 0; i < width; i++) {
      if (this.#at >= this.#bytes.length * 8) throw new Error("A dependency descriptor is cut");
      const bit = (this.#bytes[this.#at >> 3]! >> (7 - (this.#at & 7))) & 1;
      value = value * 2 + bit;
      this.#at += 1;
    }
    return value;
  }

  ns(count: number): number {
    const width = Math.floor(Math.log2(count)) + 1;
    const short = 2 ** width - count;
    const value = this.u(width - 1);
    return value < short ? value : value * 2 + this.u(1) - short;
  }
}

/** Reads the descriptors of one stream as a client does, with the structure that came last. */
export class DependencyStreamReader {
  readonly #numbers = new Unwrapper(16);
  #structure: Structure | undefined;

  /** @returns undefined before the first structure, and for a template that the last one lacks */
  read(bytes: Uint8Array): FrameDependency | undefined {
    const bits = new Bits(bytes);
    const isFirst = bits.u(1) === 1;
    const isLast = bits.u(1) === 1;
    const templateId = bits.u(6);
    const frameNumber = bits.u(16);
    let hasStructure = false;
    let activeTargets: number | undefined;
    let hasDiffs = false;
    let hasChains = false;
    let hasDtis = false;
    if (bytes.length > 3) {
      hasStructure = bits.u(1) === 1;
      const hasMask = bits.u(1) === 1;
      hasDtis = bits.u(1) === 1;
      hasDiffs = bits.u(1) === 1;
      hasChains = bits.u(1) === 1;
      if (hasStructure) this.#structure = readStructure(bits);
      if (this.#structure === undefined) return undefined;
      if (hasMask) activeTargets = bits.u(this.#structure.targets);
    }
    const structure = this.#structure;
    if (structure === undefined) return undefined;
    const template = structure.templates[(templateId - structure.offset + 64) & 0x3f];
    if (template === undefined) return undefined;
    if (hasDtis) for (let i = 0; i < structure.targets; i++) bits.u(2);
    let { frameDiffs } = template;
    if (hasDiffs) {
      const diffs: number[] = [];
      for (let size = bits.u(2); size > 0; size = bits.u(2)) diffs.push(bits.u(size * 4) + 1);
      frameDiffs = diffs;
    }
    if (hasChains) for (let i = 0; i < structure.chains; i++) bits.u(8);
    return {
      isFirst,
      isLast,
      frameNumber,
      extFrameNumber: this.#numbers.unwrap(frameNumber),
      hasStructure,
      activeTargets,
      spatialLayer: template.spatialLayer,
      temporalLayer: template.temporalLayer,
      frameDiffs,
    };
  }
}

function readStructure(bits: Bits): Structure {
  const offset = bits.u(6);
  const targets = bits.u(5) + 1;
  const layers: { spatialLayer: number; temporalLayer: number }[] = [];
  let spatialLayer = 0;
  let temporalLayer = 0;
  for (let next = 0; next !== 3; ) {
    layers.push({ spatialLayer, temporalLayer });
    next = bits.u(2);
    if (next === 1) temporalLayer += 1;
    if (next === 2) {
      spatialLayer += 1;
      temporalLayer = 0;
    }
  }
  for (let i = 0; i < layers.length * targets; i++) bits.u(2);
  const templates = layers.map((layer) => {
    const frameDiffs: number[] = [];
    while (bits.u(1) === 1) frameDiffs.push(bits.u(4) + 1);
    return { ...layer, frameDiffs };
  });
  const chains = bits.ns(targets + 1);
  if (chains > 0) {
    for (let i = 0; i < targets; i++) bits.ns(chains);
    for (let i = 0; i < templates.length * chains; i++) bits.u(4);
  }
  if (bits.u(1) === 1) for (let s = 0; s <= spatialLayer; s++) bits.u(32);
  return { offset, targets, chains, templates };
}
