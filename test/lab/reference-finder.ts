import type { AssembledFrame } from "./frame-assembler.ts";
import { Unwrapper } from "./unwrapper.ts";

/** A frame with what it needs, as header fields tell. Ids rise in decoding order. */
export type FoundFrame = {
  readonly frame: AssembledFrame;
  readonly id: number;
  readonly references: readonly number[];
  readonly isKeyFrame: boolean;
};

/** Whether a frame is never usable, or may be when others have come. */
export type FrameOutcome = FoundFrame | "wait" | "drop";

/** From header fields to references, by codec; as libwebrtc's `RtpFrameReferenceFinder`. */
export interface ReferenceFinder {
  find(frame: AssembledFrame): FrameOutcome;
  /** Padding that fills a place between frames. */
  notePadding(extSn: number): void;
}

const LAYERS = 4;
const STASH_BEHIND = 4_096;
/** Farther apart a base frame and its reference are not: TL0PICIDX has wrapped in between. */
const BASE_DISTANCE_MAX = 256;

/** VP8 with TL0PICIDX and TID (libwebrtc `rtp_vp8_ref_finder.cc`). */
export class Vp8ReferenceFinder implements ReferenceFinder {
  readonly #ids = new Unwrapper(15);
  readonly #tl0s = new Unwrapper(8);
  /** Last frame id of each temporal layer, by unwrapped TL0PICIDX. */
  readonly #layers = new Map<number, number[]>();
  readonly #notReceived = new Set<number>();
  #lastId = -1;
  /** Fields of frames that wait: unwrapped once. */
  readonly #known = new WeakMap<AssembledFrame, { id: number; tl0: number }>();

  find(frame: AssembledFrame): FrameOutcome {
    const payload = frame.packets[0]!.payload!;
    if (payload.pictureId < 0) return "drop";
    let known = this.#known.get(frame);
    if (known === undefined) {
      known = { id: this.#ids.unwrap(payload.pictureId), tl0: this.#tl0s.unwrap(payload.tl0) };
      this.#known.set(frame, known);
      this.#noteGap(known.id);
    }
    const { id, tl0 } = known;
    if (id < this.#lastId - STASH_BEHIND) return "drop";
    const tid = payload.temporalLayer;
    const found = (references: readonly number[]): FoundFrame => {
      this.#update(id, tl0, tid);
      return { frame, id, references, isKeyFrame: references.length === 0 };
    };
    if (payload.isKeyFrame) {
      this.#layers.set(tl0, new Array<number>(LAYERS).fill(-1));
      return found([]);
    }
    const layers = this.#layers.get(tid === 0 ? tl0 - 1 : tl0);
    if (layers === undefined || id - layers[0]! > BASE_DISTANCE_MAX) return "wait";
    if (tid === 0) {
      const base = layers[0]!;
      if (base < 0) return "drop";
      if (base >= id) return "drop";
      if (!this.#layers.has(tl0)) this.#layers.set(tl0, [...layers]);
      return found([base]);
    }
    if (layers[0]! >= id) return "drop";
    if (payload.isSync) return found([layers[0]!]);
    const references: number[] = [];
    for (let layer = 0; layer <= tid; layer++) {
      const last = layers[layer]!;
      if (last < 0 || last >= id) return "drop";
      for (const missing of this.#notReceived) if (missing > last && missing < id) return "wait";
      references.push(last);
    }
    return found(references);
  }

  notePadding(_extSn: number): void {}

  #noteGap(id: number): void {
    // the first frame that is whole need not be the first that was sent
    if (this.#lastId < 0) this.#lastId = id - 30;
    for (let missing = this.#lastId + 1; missing <= id; missing++) this.#notReceived.add(missing);
    this.#lastId = Math.max(this.#lastId, id);
    for (const missing of this.#notReceived) {
      if (missing < this.#lastId - 100) this.#notReceived.delete(missing);
    }
    if (this.#layers.size > 64) {
      const [oldest] = this.#layers.keys();
      if (oldest !== undefined) this.#layers.delete(oldest);
    }
  }

  #update(id: number, tl0: number, tid: number): void {
    for (let key = tl0; ; key++) {
      const layers = this.#layers.get(key);
      if (layers === undefined || layers[tid]! > id) break;
      layers[tid] = id;
    }
    this.#notReceived.delete(id);
  }
}

/** VP8 with a picture id only: each frame needs the one before (`rtp_frame_id_only_ref_finder.cc`). */
export class FrameIdReferenceFinder implements ReferenceFinder {
  readonly #ids = new Unwrapper(15);

  find(frame: AssembledFrame): FrameOutcome {
    const payload = frame.packets[0]!.payload!;
    const id = this.#ids.unwrap(payload.pictureId);
    const references = payload.isKeyFrame ? [] : [id - 1];
    return { frame, id, references, isKeyFrame: payload.isKeyFrame };
  }

  notePadding(_extSn: number): void {}
}

/** No fields at all: each frame needs the one whose last number is right before it, padding aside. */
export class NumberReferenceFinder implements ReferenceFinder {
  readonly #padding = new Set<number>();
  /** Last numbers of frames that can be used. */
  readonly #ends = new Set<number>();

  find(frame: AssembledFrame): FrameOutcome {
    const isKeyFrame = frame.packets[0]!.payload!.isKeyFrame;
    let end = frame.lastExtSn;
    let before = frame.firstExtSn - 1;
    while (this.#padding.has(before)) before -= 1;
    if (!isKeyFrame && !this.#ends.has(before)) return "wait";
    this.#ends.add(end);
    if (this.#ends.size > 2_000) this.#forget();
    end = frame.lastExtSn;
    return { frame, id: end, references: isKeyFrame ? [] : [before], isKeyFrame };
  }

  notePadding(extSn: number): void {
    this.#padding.add(extSn);
  }

  #forget(): void {
    const newest = Math.max(...this.#ends);
    for (const end of this.#ends) if (end < newest - 4_096) this.#ends.delete(end);
    for (const sn of this.#padding) if (sn < newest - 4_096) this.#padding.delete(sn);
  }
}

const SPATIAL_MAX = 8;

/** VP9 in flexible mode: references by picture (`rtp_vp9_ref_finder.cc`). */
export class Vp9ReferenceFinder implements ReferenceFinder {
  readonly #ids = new Unwrapper(15);

  find(frame: AssembledFrame): FrameOutcome {
    const payload = frame.packets[0]!.payload!;
    const { spatialLayer, pictureDiffs, isInterLayer, isKeyFrame } = payload;
    const picture = this.#ids.unwrap(payload.pictureId);
    const id = picture * SPATIAL_MAX + spatialLayer;
    const references = pictureDiffs.map((diff) => id - diff * SPATIAL_MAX);
    if (isInterLayer) references.push(id - 1);
    return { frame, id, references, isKeyFrame };
  }

  notePadding(_extSn: number): void {}
}

/** Any codec with dependency descriptors (`rtp_generic_ref_finder.cc`). */
export class DependencyReferenceFinder implements ReferenceFinder {
  find(frame: AssembledFrame): FrameOutcome {
    const { dependency } = frame.packets[0]!;
    if (dependency === undefined) return "drop";
    const id = dependency.extFrameNumber;
    const references = dependency.frameDiffs.map((diff) => id - diff);
    return { frame, id, references, isKeyFrame: references.length === 0 };
  }

  notePadding(_extSn: number): void {}
}
