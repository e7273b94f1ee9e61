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
 * What became of the newest frames, and which chains wait for the end of one (spec-media 3.7). By
 * extended frame number; allocates nothing after the constructor.
 */
export class FrameDecisions {
  readonly #decisions: Uint8Array = new Uint8Array(FRAMES_KEPT);
  /** Chains, one bit each, that are broken if the frame is not forwarded. */
  readonly #waiting: Int32Array = new Int32Array(FRAMES_KEPT);
  #waitingChains = 0;
  #brokenChains = 0;
  #first = 0;
  #newest = -1;

  /** Forgets everything; the next frame that is noted is the first. */
  clear(): void {
    this.#newest = -1;
    this.#waitingChains = 0;
    this.#brokenChains = 0;
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
    if (decision !== Decision.Forwarded) this.#brokenChains |= this.#waiting[slot]!;
    this.#waiting[slot] = 0;
  }

  /** A chain goes through this open frame: it breaks unless the frame is forwarded. */
  expect(frame: number, chain: number): void {
    const slot = frame & MASK;
    this.#waiting[slot] = this.#waiting[slot]! | (1 << chain);
    this.#waitingChains |= 1 << chain;
  }

  /** These chains begin anew: what they waited for no longer matters. */
  forgetExpected(chains: number): void {
    if ((this.#waitingChains & chains) === 0) return;
    this.#waitingChains &= ~chains;
    for (let slot = 0; slot < FRAMES_KEPT; slot++) {
      this.#waiting[slot] = this.#waiting[slot]! & ~chains;
    }
  }

  /** Chains that broke since the last call, one bit each. */
  takeBroken(): number {
    const broken = this.#brokenChains;
    this.#brokenChains = 0;
    return broken;
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
