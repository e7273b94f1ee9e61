import { randomFillSync } from "node:crypto";

/** Fills the bytes from the system's secure random source. */
export function randomBytes(bytes: Uint8Array): void {
  randomFillSync(bytes);
}
