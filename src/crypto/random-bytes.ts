import { randomFillSync } from "node:crypto";

const word = new Uint32Array(1);

/** Fills the bytes from the system's secure random source. */
export function fillRandom(bytes: Uint8Array): void {
  randomFillSync(bytes);
}

/** `length` fresh bytes from the system's secure random source. */
export function randomBytes(length: number): Uint8Array {
  return randomFillSync(new Uint8Array(length));
}

/** An even draw from 0..2^32-1. */
export function randomUint32(): number {
  return randomFillSync(word)[0]!;
}
