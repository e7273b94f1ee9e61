import { randomFillSync } from "node:crypto";

const word = new Uint32Array(1);

/** An even draw from 0..2^32-1, from the system's secure random source. */
export function randomUint32(): number {
  return randomFillSync(word)[0]!;
}
