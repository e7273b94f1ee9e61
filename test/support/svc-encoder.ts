import { BitWriter } from "./bit-writer.ts";

/** How spatial layers depend on each other: always, at key pictures only, or never. */
export type InterLayer = "always" | "key" | "never";

export type SvcMode = {
  readonly spatialLayers: number;
  /** 1..3 */
  readonly temporalLayers: number;
  readonly interLayer: InterLayer;
};

/** Names of scalability modes (W3C webrtc-svc §6.1). */
export type SvcModeName =
  | "L1T1"
  | "L1T3"
  | "L2T2"
  | "L3T3"
  | "L3T3_KEY"
  | "L2T2_KEY"
  | "S3T3"
  | "S2T1";

export const SVC_MODES: Readonly<Record<SvcModeName, SvcMode>> = {
  L1T1: { spatialLayers: 1, temporalLayers: 1, interLayer: "always" },
  L1T3: { spatialLayers: 1, temporalLayers: 3, interLayer: "always" },
  L2T2: { spatialLayers: 2, temporalLayers: 2, interLayer: "always" },
  L3T3: { spatialLayers: 3, temporalLayers: 3, interLayer: "always" },
  L3T3_KEY: { spatialLayers: 3, temporalLayers: 3, interLayer: "key" },
  L2T2_KEY: { spatialLayers: 2, temporalLayers: 2, interLayer: "key" },
  S3T3: { spatialLayers: 3, temporalLayers: 3, interLayer: "never" },
  S2T1: { spatialLayers: 2, temporalLayers: 1, interLayer: "never" },
};

/** What a frame is to the decode targets and chains (AV1 RTP specification, A.4, A.5). */
export type SvcFrame = {
  /** Not wrapped. */
  readonly number: number;
  readonly picture: number;
  readonly spatial: number;
  readonly temporal: number;
  readonly isKey: boolean;
  /** The last of its picture. */
  readonly endsPicture: boolean;
  /** Absolute numbers of the frames that it is predicted from. */
  readonly references: readonly number[];
  readonly dtis: readonly number[];
  readonly chainDiffs: readonly number[];
};

type Template = Pick<SvcFrame, "spatial" | "temporal" | "dtis" | "chainDiffs"> & {
  readonly diffs: readonly number[];
};

const PATTERNS: readonly (readonly number[])[] = [[], [0], [0, 1], [0, 2, 1, 2]];
const NOT_PRESENT = 0;
const DISCARDABLE = 1;
const SWITCH = 2;
const REQUIRED = 3;

/**
 * Makes up the frames of a layered stream and their dependency descriptors, bit by bit as the AV1
 * RTP specification has them: an independent writer for what the server reads.
 */
export class SvcEncoder {
  readonly mode: SvcMode;
  readonly #templateIdOffset: number;
  /** Numbers grow by so much from one frame to the next: other streams share the count. */
  readonly #step: number;
  readonly #templates: readonly Template[];
  #next: number;
  #picture = 0;
  #sinceKey = 0;
  /** By spatial layer: newest frame of each temporal layer, and of each chain. */
  #newest: number[][] = [];
  #chains: number[] = [];
  /** Spatial layers that are sent. */
  activeSpatial: number;
  /** Templates are also sent with pictures that are no key pictures. */
  repeatsStructure = false;

  constructor(mode: SvcMode, options: { first?: number; offset?: number; step?: number } = {}) {
    this.mode = mode;
    this.activeSpatial = mode.spatialLayers;
    this.#templateIdOffset = options.offset ?? 0;
    this.#step = options.step ?? 1;
    this.#next = 0;
    this.#templates = this.#collectTemplates();
    this.#next = options.first ?? 0;
    this.#picture = 0;
    this.#sinceKey = 0;
  }

  get targetCount(): number {
    return this.mode.spatialLayers * this.mode.temporalLayers;
  }

  /** One picture: its frames, lowest spatial layer first. */
  picture(isKey: boolean): SvcFrame[] {
    const { mode } = this;
    if (isKey) this.#sinceKey = 0;
    const pattern = PATTERNS[mode.temporalLayers]!;
    const temporal = pattern[this.#sinceKey % pattern.length]!;
    const frames: SvcFrame[] = [];
    if (isKey) {
      this.#newest = Array.from({ length: mode.spatialLayers }, () => []);
      this.#chains = new Array<number>(mode.spatialLayers).fill(-1);
    }
    for (let spatial = 0; spatial < this.activeSpatial; spatial++) {
      frames.push(this.#frame(spatial, temporal, isKey));
    }
    this.#picture += 1;
    this.#sinceKey += 1;
    return frames;
  }

  /** The descriptor of one packet of a frame. @param activeTargets written when given */
  descriptor(
    frame: SvcFrame,
    isFirst: boolean,
    isLast: boolean,
    activeTargets?: number,
  ): Uint8Array {
    const diffs = frame.references.map((reference) => frame.number - reference);
    const index = this.#templateOf(frame, diffs);
    const template = this.#templates[index]!;
    const startsAll = frame.isKey && frame.references.length === 0;
    const repeats = frame.spatial === 0 && this.repeatsStructure;
    const hasStructure = isFirst && (startsAll || repeats);
    const customDtis = !isSame(template.dtis, frame.dtis);
    const customDiffs = !isSame(template.diffs, diffs);
    const customChains = !isSame(template.chainDiffs, frame.chainDiffs);
    const w = new BitWriter().u(1, isFirst ? 1 : 0).u(1, isLast ? 1 : 0);
    w.u(6, (this.#templateIdOffset + index) % 64).u(16, frame.number & 0xffff);
    const hasMask = activeTargets !== undefined;
    if (!(hasStructure || hasMask || customDtis || customDiffs || customChains)) return w.bytes();
    for (const flag of [hasStructure, hasMask, customDtis, customDiffs, customChains]) {
      w.u(1, flag ? 1 : 0);
    }
    if (hasStructure) this.#writeStructure(w);
    if (hasMask) w.u(this.targetCount, activeTargets);
    if (customDtis) for (const dti of frame.dtis) w.u(2, dti);
    if (customDiffs) {
      for (const diff of diffs) {
        const nibbles = diff <= 16 ? 1 : diff <= 256 ? 2 : 3;
        w.u(2, nibbles).u(4 * nibbles, diff - 1);
      }
      w.u(2, 0);
    }
    if (customChains) for (const diff of frame.chainDiffs) w.u(8, diff);
    return w.bytes();
  }

  #frame(spatial: number, temporal: number, isKey: boolean): SvcFrame {
    const { spatialLayers, temporalLayers, interLayer } = this.mode;
    const number = this.#next;
    this.#next += this.#step;
    const references: number[] = [];
    const newest = this.#newest[spatial]!;
    if (!isKey) {
      // The newest frame of a lower temporal layer, or of the lowest itself.
      const lower = newest.slice(0, Math.max(temporal, 1)).filter((n) => n !== undefined);
      if (lower.length > 0) references.push(Math.max(...lower));
    }
    const usesLower = interLayer === "always" || (interLayer === "key" && isKey);
    if (spatial > 0 && usesLower) references.push(number - this.#step);
    const dtis: number[] = [];
    for (let s = 0; s < spatialLayers; s++) {
      for (let t = 0; t < temporalLayers; t++) {
        dtis.push(this.#dti(spatial, temporal, isKey, s, t));
      }
    }
    const chainDiffs = this.#chains.map((previous) => (previous < 0 ? 0 : number - previous));
    if (temporal === 0) {
      for (let chain = 0; chain < spatialLayers; chain++) {
        const isBelow = chain > spatial && usesLower;
        if (chain === spatial || isBelow) this.#chains[chain] = number;
      }
    }
    newest[temporal] = number;
    return {
      number,
      picture: this.#picture,
      spatial,
      temporal,
      isKey,
      endsPicture: spatial === this.activeSpatial - 1,
      references,
      dtis,
      chainDiffs,
    };
  }

  #dti(spatial: number, temporal: number, isKey: boolean, s: number, t: number): number {
    const { interLayer } = this.mode;
    const isShared = interLayer === "always" || (interLayer === "key" && isKey);
    if (temporal > t || spatial > s || (spatial < s && !isShared)) return NOT_PRESENT;
    if (temporal > 0 && temporal === t && spatial === s) return DISCARDABLE;
    return spatial === s || isKey ? SWITCH : REQUIRED;
  }

  #templateOf(frame: SvcFrame, diffs: readonly number[]): number {
    const isLayer = (t: Template): boolean =>
      t.spatial === frame.spatial && t.temporal === frame.temporal;
    const exact = this.#templates.findIndex(
      (t) =>
        isLayer(t) &&
        isSame(t.dtis, frame.dtis) &&
        isSame(t.diffs, diffs) &&
        isSame(t.chainDiffs, frame.chainDiffs),
    );
    return exact >= 0 ? exact : this.#templates.findIndex(isLayer);
  }

  /** Of two rounds of the temporal pattern, with numbers that no other stream shares. */
  #collectTemplates(): Template[] {
    const templates: Template[] = [];
    for (let i = 0; i < 9; i++) {
      for (const frame of this.picture(i === 0)) {
        const { spatial, temporal, dtis, chainDiffs } = frame;
        const diffs = frame.references.map((reference) => frame.number - reference);
        if ([...diffs, ...chainDiffs].some((diff) => diff > 15)) continue;
        const template = { spatial, temporal, dtis, chainDiffs, diffs };
        if (!templates.some((t) => JSON.stringify(t) === JSON.stringify(template))) {
          templates.push(template);
        }
      }
    }
    for (let spatial = 0; spatial < this.mode.spatialLayers; spatial++) {
      for (let temporal = 0; temporal < this.mode.temporalLayers; temporal++) {
        if (templates.some((t) => t.spatial === spatial && t.temporal === temporal)) continue;
        const dtis = new Array<number>(this.targetCount).fill(SWITCH);
        const chainDiffs = new Array<number>(this.mode.spatialLayers).fill(1);
        templates.push({ spatial, temporal, dtis, chainDiffs, diffs: [] });
      }
    }
    return templates.sort((a, b) => a.spatial - b.spatial || a.temporal - b.temporal);
  }

  #writeStructure(w: BitWriter): void {
    const templates = this.#templates;
    w.u(6, this.#templateIdOffset).u(5, this.targetCount - 1);
    templates.forEach((template, i) => {
      const next = templates[i + 1];
      if (next === undefined) w.u(2, 3);
      else if (next.spatial !== template.spatial) w.u(2, 2);
      else w.u(2, next.temporal === template.temporal ? 0 : 1);
    });
    for (const template of templates) for (const dti of template.dtis) w.u(2, dti);
    for (const template of templates) {
      for (const diff of template.diffs) w.u(1, 1).u(4, diff - 1);
      w.u(1, 0);
    }
    const { spatialLayers, temporalLayers } = this.mode;
    w.ns(this.targetCount + 1, spatialLayers);
    for (let target = 0; target < this.targetCount; target++) {
      w.ns(spatialLayers, Math.floor(target / temporalLayers));
    }
    for (const template of templates) for (const diff of template.chainDiffs) w.u(4, diff);
    w.u(1, 1);
    for (let s = 0; s < spatialLayers; s++) w.u(16, (320 << s) - 1).u(16, (180 << s) - 1);
  }
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
