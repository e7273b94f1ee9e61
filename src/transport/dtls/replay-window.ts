import { DropReason } from "../../base/drop-reason.ts";

const WINDOW = 64;
const HALF = 32;

/** Which record numbers of an epoch were seen, 64 back from the newest (RFC 6347 §4.1.2.6). */
export class ReplayWindow {
  #highest = -1;
  // Bit n: the number n below the highest was seen; of the second n + 32.
  #near = 0;
  #far = 0;

  /** @returns None, Duplicate or TooOld */
  check(sequence: number): DropReason {
    if (sequence <= this.#highest - WINDOW) return DropReason.TooOld;
    const age = this.#highest - sequence;
    if (age < 0) return DropReason.None;
    const bits = age < HALF ? this.#near : this.#far;
    return (bits >>> (age & (HALF - 1))) & 1 ? DropReason.Duplicate : DropReason.None;
  }

  /** To be called once the record has proven genuine. */
  note(sequence: number): void {
    const age = this.#highest - sequence;
    if (age < 0) this.#advance(-age);
    if (age < HALF) this.#near |= 1 << Math.max(age, 0);
    else this.#far |= 1 << (age - HALF);
  }

  #advance(count: number): void {
    this.#highest += count;
    if (count >= WINDOW) this.#far = 0;
    else if (count >= HALF) this.#far = this.#near << (count - HALF);
    else this.#far = (this.#far << count) | (this.#near >>> (HALF - count));
    this.#near = count < HALF ? this.#near << count : 0;
  }
}
