import type { DependencyRewrite } from "../../wire/payload/dependency-rewriter.ts";

const PRESENT = 0x01;
const HAS_MASK = 0x02;
const COUNT_SHIFT = 2;

/**
 * How descriptors left, for packets that are sent once more (spec-media 5.3): not the bytes, but
 * what was changed in those that came, so that a descriptor of any length takes the same room.
 */
export class DependencySlots {
  readonly #frameNumbers: Uint16Array;
  readonly #activeTargets: Uint32Array;
  readonly #maskBits: Uint8Array;
  readonly #maskPlaces: Uint16Array;
  readonly #endBits: Uint16Array;
  /** Bit 0 present, 1 with a mask, from 2 on how many targets it has. */
  readonly #flags: Uint8Array;

  constructor(slotCount: number) {
    this.#frameNumbers = new Uint16Array(slotCount);
    this.#activeTargets = new Uint32Array(slotCount);
    this.#maskBits = new Uint8Array(slotCount);
    this.#maskPlaces = new Uint16Array(slotCount);
    this.#endBits = new Uint16Array(slotCount);
    this.#flags = new Uint8Array(slotCount);
  }

  put(slot: number, rewrite: DependencyRewrite): void {
    if (!rewrite.isPresent) {
      this.#flags[slot] = 0;
      return;
    }
    this.#frameNumbers[slot] = rewrite.frameNumber;
    this.#activeTargets[slot] = rewrite.activeTargets;
    this.#maskBits[slot] = rewrite.maskBits;
    this.#maskPlaces[slot] = rewrite.maskBit;
    this.#endBits[slot] = rewrite.endBit;
    this.#flags[slot] =
      PRESENT | (rewrite.hasMask ? HAS_MASK : 0) | (rewrite.targetCount << COUNT_SHIFT);
  }

  /** What another has in a slot. */
  take(slot: number, other: DependencySlots, from: number): void {
    this.#frameNumbers[slot] = other.#frameNumbers[from]!;
    this.#activeTargets[slot] = other.#activeTargets[from]!;
    this.#maskBits[slot] = other.#maskBits[from]!;
    this.#maskPlaces[slot] = other.#maskPlaces[from]!;
    this.#endBits[slot] = other.#endBits[from]!;
    this.#flags[slot] = other.#flags[from]!;
  }

  read(slot: number, out: DependencyRewrite): void {
    const flags = this.#flags[slot]!;
    out.isPresent = (flags & PRESENT) !== 0;
    if (!out.isPresent) return;
    out.frameNumber = this.#frameNumbers[slot]!;
    out.hasMask = (flags & HAS_MASK) !== 0;
    out.activeTargets = this.#activeTargets[slot]!;
    out.targetCount = flags >> COUNT_SHIFT;
    out.maskBits = this.#maskBits[slot]!;
    out.maskBit = this.#maskPlaces[slot]!;
    out.endBit = this.#endBits[slot]!;
  }
}
