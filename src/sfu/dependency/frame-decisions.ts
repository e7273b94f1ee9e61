import { CHAINS_MAX } from "../../wire/payload/dependency-structure.ts";

/** Frames that are remembered. A power of two. */
export const FRAMES_KEPT = 256;
/** A frame that is not whole this many frames later will not be (spec-media 3.7). */
export const MISSING_AFTER_FRAMES = 80;

const MASK = FRAMES_KEPT - 1;

/** What became of a frame on its way to one subscriber. */
export const Decision = {
  /** Not seen, not whole yet, or not yet decided on. */
  Open: 0,
  /** Goes out, but is not whole yet. */
  Begun: 1,
  /** Went out, all of it. */
  Forwarded: 2,
  /** Left out, as is all from before the beginning: it never goes out, late as it may come. */
  Dropped: 3,
  /** Given up: it did not come, or not all of it. */
  Missing: 4,
} as const;
export type Decision = (typeof Decision)[keyof typeof Decision];

/**
 * What became of the newest frames, and which chains miss one or wait for the end of one
 * (spec-media 3.7). By extended frame number; allocates nothing after the constructor.
 */
export class FrameDecisions {
  readonly #decisions: Uint8Array = new Uint8Array(FRAMES_KEPT);
  /** Chains, one bit each, that are broken if the frame is not forwarded. */
  readonly #waiting: Int32Array = new Int32Array(FRAMES_KEPT);
  #waitingChains = 0;
  #brokenChains = 0;
  /** By chain: the newest frame that it misses. */
  readonly #missed: Float64Array = new Float64Array(CHAINS_MAX);
  #first = 0;
  #newest = -1;

  /** Chains that miss a frame, one bit each. */
  get brokenChains(): number {
    return this.#brokenChains;
  }

  /** Forgets everything; the next frame that is noted is the first. */
  clear(): void {
    this.#newest = -1;
    this.breakAll();
  }

  /** All chains are others from now on, and none has begun. */
  breakAll(): void {
    if (this.#waitingChains !== 0) this.#waiting.fill(0);
    this.#waitingChains = 0;
    this.#brokenChains = -1;
    this.#missed.fill(Number.NEGATIVE_INFINITY);
  }

  /** A packet of this frame came. Frames between it and the newest are open. */
  note(frame: number): void {
    if (this.#newest < 0) {
      this.#first = frame;
      this.#newest = frame;
      this.#decisions[frame & MASK] = Decision.Open;
      this.#waiting[frame & MASK] = 0;
      return;
    }
    if (frame <= this.#newest) return;
    this.#giveUp(frame - MISSING_AFTER_FRAMES);
    for (let f = Math.max(this.#newest + 1, frame - MASK); f <= frame; f++) {
      this.#decisions[f & MASK] = Decision.Open;
      this.#waiting[f & MASK] = 0;
    }
    this.#newest = frame;
  }

  of(frame: number): Decision {
    if (this.#newest < 0 || frame < this.#first) return Decision.Dropped;
    const age = this.#newest - frame;
    if (age < 0) return Decision.Open;
    if (age > MASK) return Decision.Missing;
    const decision = this.#decisions[frame & MASK] as Decision;
    return decision <= Decision.Begun && age > MISSING_AFTER_FRAMES ? Decision.Missing : decision;
  }

  /** @param frame that was noted */
  decide(frame: number, decision: Decision): void {
    if (frame < this.#first || frame > this.#newest || this.#newest - frame > MASK) return;
    const slot = frame & MASK;
    this.#decisions[slot] = decision;
    if (decision <= Decision.Begun || this.#waiting[slot] === 0) return;
    if (decision !== Decision.Forwarded) this.breakChains(this.#waiting[slot]!, frame);
    this.#waiting[slot] = 0;
  }

  /** A chain goes through this open frame: it breaks unless the frame is forwarded. */
  expect(frame: number, chain: number): void {
    const slot = frame & MASK;
    this.#waiting[slot] = this.#waiting[slot]! | (1 << chain);
    this.#waitingChains |= 1 << chain;
  }

  /** These chains, one bit each, miss this frame: they are broken until they begin behind it. */
  breakChains(chains: number, frame: number): void {
    this.#brokenChains |= chains;
    for (let rest = chains; rest !== 0; rest &= rest - 1) {
      const chain = 31 - Math.clz32(rest & -rest);
      if (frame > this.#missed[chain]!) this.#missed[chain] = frame;
    }
  }

  /**
   * The chain begins anew with this frame: what it missed and waits for before no longer matters.
   * The frame may have come late, so what it misses since then still does.
   */
  beginChain(chain: number, frame: number): void {
    const bit = 1 << chain;
    if (this.#missed[chain]! < frame) this.#brokenChains &= ~bit;
    if ((this.#waitingChains & bit) === 0) return;
    this.#waitingChains &= ~bit;
    for (let f = Math.max(this.#newest - MASK, 0); f <= this.#newest; f++) {
      const waiting = this.#waiting[f & MASK]!;
      if ((waiting & bit) === 0) continue;
      if (f < frame) this.#waiting[f & MASK] = waiting & ~bit;
      else this.#waitingChains |= bit;
    }
  }

  /** Frames before `limit` that are still open will not come. */
  #giveUp(limit: number): void {
    const from = Math.max(this.#first, this.#newest - MISSING_AFTER_FRAMES);
    const to = Math.min(limit, this.#newest + 1);
    for (let frame = from; frame < to; frame++) {
      if (this.#decisions[frame & MASK]! <= Decision.Begun) this.decide(frame, Decision.Missing);
    }
  }
}
