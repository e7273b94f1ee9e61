import { putU16 } from "../../wire/bytes.ts";
import { SACK_ENTRY_BYTES } from "../../wire/sctp/sack-chunk.ts";

const BLOCKS_MIN = 16;

/**
 * Which TSNs beyond the cumulative one have arrived, as ascending blocks that do not touch. What
 * arrives mostly prolongs the last one. Their owner bounds the span, and so their number.
 */
export class GapBlocks {
  #firsts: Float64Array = new Float64Array(BLOCKS_MIN);
  #lasts: Float64Array = new Float64Array(BLOCKS_MIN);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  has(tsn: number): boolean {
    const index = this.#find(tsn);
    return index < this.#count && this.#firsts[index]! <= tsn;
  }

  /** @param tsn in no block yet */
  add(tsn: number): void {
    const index = this.#find(tsn);
    const touchesNext = index < this.#count && this.#firsts[index] === tsn + 1;
    const touchesFormer = index > 0 && this.#lasts[index - 1] === tsn - 1;
    if (touchesFormer && touchesNext) {
      this.#lasts[index - 1] = this.#lasts[index]!;
      this.#remove(index, 1);
    } else if (touchesFormer) {
      this.#lasts[index - 1] = tsn;
    } else if (touchesNext) {
      this.#firsts[index] = tsn;
    } else {
      this.#insert(index, tsn);
    }
  }

  /** All up to `cumulative` has arrived. Returns up to where it has with the block that touches. */
  advance(cumulative: number): number {
    let reached = cumulative;
    let passed = 0;
    while (passed < this.#count && this.#firsts[passed]! <= reached + 1) {
      reached = Math.max(reached, this.#lasts[passed]!);
      passed += 1;
    }
    if (passed > 0) this.#remove(0, passed);
    return reached;
  }

  /** Writes at most `blocksMax` gap blocks (RFC 9260 §3.3.4). Returns how many. */
  write(out: Uint8Array, offset: number, cumulative: number, blocksMax: number): number {
    const count = Math.min(this.#count, blocksMax);
    for (let i = 0; i < count; i++) {
      const at = offset + i * SACK_ENTRY_BYTES;
      putU16(out, at, this.#firsts[i]! - cumulative);
      putU16(out, at + 2, this.#lasts[i]! - cumulative);
    }
    return count;
  }

  /** Index of the first block that ends at `tsn` or later. */
  #find(tsn: number): number {
    let high = this.#count;
    if (high === 0 || this.#lasts[high - 1]! < tsn) return high;
    let low = 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#lasts[middle]! < tsn) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #insert(index: number, tsn: number): void {
    if (this.#count === this.#firsts.length) {
      const firsts = new Float64Array(this.#count * 2);
      const lasts = new Float64Array(this.#count * 2);
      firsts.set(this.#firsts);
      lasts.set(this.#lasts);
      this.#firsts = firsts;
      this.#lasts = lasts;
    }
    this.#firsts.copyWithin(index + 1, index, this.#count);
    this.#lasts.copyWithin(index + 1, index, this.#count);
    this.#firsts[index] = tsn;
    this.#lasts[index] = tsn;
    this.#count += 1;
  }

  #remove(index: number, count: number): void {
    this.#firsts.copyWithin(index, index + count, this.#count);
    this.#lasts.copyWithin(index, index + count, this.#count);
    this.#count -= count;
  }
}
