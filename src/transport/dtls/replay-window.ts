import { DropReason } from "../../base/drop-reason.ts";

const WINDOW = 64;
const FREE = -1;

/** Which record numbers of an epoch were seen, 64 back from the newest (RFC 6347 §4.1.2.6). */
export class ReplayWindow {
  /** The number last seen, by number modulo the window. */
  readonly #seen: Float64Array = new Float64Array(WINDOW).fill(FREE);
  #highest = -1;

  /** @returns None, Duplicate or TooOld */
  check(sequence: number): DropReason {
    if (sequence <= this.#highest - WINDOW) return DropReason.TooOld;
    return this.#seen[sequence % WINDOW] === sequence ? DropReason.Duplicate : DropReason.None;
  }

  /** To be called once the record has proven genuine. */
  note(sequence: number): void {
    this.#seen[sequence % WINDOW] = sequence;
    if (sequence > this.#highest) this.#highest = sequence;
  }
}
