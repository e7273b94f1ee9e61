import type { Random } from "./random.ts";

export type LayerOptions = {
  readonly bitrateBps: number;
  readonly width: number;
  readonly height: number;
};

export type EncoderOptions = {
  /** Lowest first; up to three. */
  readonly layers: readonly LayerOptions[];
  readonly framesPerSecond: number;
  /** 1..3 */
  readonly temporalLayers: number;
  /** Layers build upon each other, in one stream; else each stands alone. */
  readonly isSvc: boolean;
  /** They do so in key pictures only (L3T3_KEY). */
  readonly isKeySvc: boolean;
  /** A request for one layer brings a key frame on all, as with VP8 in libwebrtc. */
  readonly keysTogether: boolean;
  /** Size of a key frame, in frames of average size. */
  readonly keyFrameFactor: number;
};

export type EncodedFrame = {
  readonly spatialLayer: number;
  readonly temporalLayer: number;
  readonly isKeyFrame: boolean;
  /** It needs no earlier picture: a key frame, or an upper layer on top of one. */
  readonly isKeyPicture: boolean;
  readonly isInterLayer: boolean;
  /** Needs only frames of the lowest temporal layer. */
  readonly isSync: boolean;
  /** Frames back, in its layer. */
  readonly references: readonly number[];
  readonly frame: number;
  /** Since the start, ms. */
  readonly captureMs: number;
  readonly bytes: number;
  /** Highest layer of this moment: the picture ends with it. */
  readonly isLastLayer: boolean;
  readonly width: number;
  readonly height: number;
};

type Step = {
  readonly temporalLayer: number;
  readonly references: readonly number[];
  readonly isSync: boolean;
};

const step = (temporalLayer: number, references: readonly number[], isSync = true): Step => ({
  temporalLayer,
  references,
  isSync,
});

/** Over and over from a key frame on; the references of its first steps reach just that. */
const PATTERNS: readonly (readonly Step[])[] = [
  [step(0, [1], false)],
  [
    ...[step(0, [2]), step(1, [1]), step(0, [2]), step(1, [1, 2], false)],
    ...[step(0, [2]), step(1, [1, 2], false), step(0, [2]), step(1, [1, 2], false)],
  ],
  [step(0, [4]), step(2, [1]), step(1, [2]), step(2, [1, 3], false)],
];
/** Share of the bitrate that a frame of a temporal layer has, in frames of average size. */
const WEIGHTS: readonly (readonly number[])[] = [[1], [1.2, 0.8], [1.6, 0.8, 0.8]];
/** Sizes vary by so much. */
const NOISE = 0.2;
/** What a key frame takes too much is saved over so many frames. */
const DEBT_FRAMES = 30;
const SAVING_MAX = 0.4;

type LayerState = { steps: number; debtBytes: number; isKeyDue: boolean; isActive: boolean };

/** Sizes, layers and references of frames as a real-time encoder makes them; no pictures. */
export class Encoder {
  readonly options: EncoderOptions;
  readonly #random: Random;
  readonly #layers: LayerState[];
  #bitrates: number[];
  #frame = 0;

  constructor(options: EncoderOptions, random: Random) {
    this.options = options;
    this.#random = random;
    this.#bitrates = options.layers.map(({ bitrateBps }) => bitrateBps);
    this.#layers = options.layers.map(() => ({
      steps: 0,
      debtBytes: 0,
      isKeyDue: true,
      isActive: true,
    }));
  }

  get intervalMs(): number {
    return 1_000 / this.options.framesPerSecond;
  }

  requestKeyFrame(layer: number): void {
    const { isSvc, keysTogether } = this.options;
    for (const [index, state] of this.#layers.entries()) {
      if (index === layer || isSvc || keysTogether) state.isKeyDue = true;
    }
  }

  /**
   * A layer that comes back begins with a key frame. Of layers that build upon each other those above
   * go with it, but the lowest, and those below come with it.
   */
  setActive(layer: number, isActive: boolean): void {
    const { isSvc } = this.options;
    for (const [index, state] of this.#layers.entries()) {
      const isBuilt = isActive ? index <= layer : index >= Math.max(layer, 1);
      const isMeant = isSvc ? isBuilt : index === layer;
      if (!isMeant || state.isActive === isActive) continue;
      state.isActive = isActive;
      if (isActive) this.requestKeyFrame(index);
    }
  }

  setBitrate(layer: number, bitrateBps: number): void {
    this.#bitrates[layer] = bitrateBps;
  }

  /** The frames of one moment, lowest layer first. */
  encode(captureMs: number): EncodedFrame[] {
    const { layers, isSvc, isKeySvc } = this.options;
    const frame = this.#frame++;
    const frames: EncodedFrame[] = [];
    const active = layers.map((_, i) => i).filter((i) => this.#layers[i]!.isActive);
    for (const layer of active) {
      const state = this.#layers[layer]!;
      if (state.isKeyDue) state.steps = 0;
      const isKeyMoment = state.steps === 0;
      state.isKeyDue = false;
      const { temporalLayer, references, isSync } = this.#stepOf(state.steps);
      const isInterLayer = isSvc && layer > active[0]! && (isKeyMoment || !isKeySvc);
      frames.push({
        spatialLayer: layer,
        temporalLayer,
        isKeyFrame: isKeyMoment && !isInterLayer,
        isInterLayer,
        isSync,
        references: isKeyMoment ? [] : references,
        frame,
        captureMs,
        bytes: this.#sizeOf(layer, temporalLayer, isKeyMoment),
        isKeyPicture: isKeyMoment,
        isLastLayer: layer === active.at(-1),
        width: layers[layer]!.width,
        height: layers[layer]!.height,
      });
      state.steps += 1;
    }
    return frames;
  }

  #stepOf(steps: number): Step {
    const pattern = PATTERNS[this.options.temporalLayers - 1]!;
    return pattern[steps % pattern.length]!;
  }

  #sizeOf(layer: number, temporalLayer: number, isKey: boolean): number {
    const { framesPerSecond, temporalLayers, keyFrameFactor } = this.options;
    const state = this.#layers[layer]!;
    const average = this.#bitrates[layer]! / 8 / framesPerSecond;
    const noise = this.#random.between(1 - NOISE, 1 + NOISE);
    if (isKey) {
      state.debtBytes += average * (keyFrameFactor - 1);
      return Math.round(average * keyFrameFactor * noise);
    }
    const wanted = average * WEIGHTS[temporalLayers - 1]![temporalLayer]!;
    const saved = Math.min(wanted * SAVING_MAX, state.debtBytes / DEBT_FRAMES);
    state.debtBytes -= saved;
    return Math.round((wanted - saved) * noise);
  }
}
