/**
 * A time at the end of each payload, by which the receiver, which is in the same process, tells
 * how long the packet was on its way. Four bytes say that it is there.
 */
export const TIME_STAMP_BYTES = 12;
const MAGIC: readonly number[] = [0x9d, 0x50, 0x4c, 0xa7];

const value: Float64Array = new Float64Array(1);
const valueBytes: Uint8Array = new Uint8Array(value.buffer);

/** @param end where the payload ends */
export function writeTimeStamp(bytes: Uint8Array, end: number, nowMs: number): void {
  const at = end - TIME_STAMP_BYTES;
  for (let i = 0; i < 4; i++) bytes[at + i] = MAGIC[i]!;
  value[0] = nowMs;
  for (let i = 0; i < 8; i++) bytes[at + 4 + i] = valueBytes[i]!;
}

/** @returns the time that was written, or -1 when there is none */
export function readTimeStamp(bytes: Uint8Array, start: number, end: number): number {
  const at = end - TIME_STAMP_BYTES;
  if (at < start) return -1;
  for (let i = 0; i < 4; i++) if (bytes[at + i] !== MAGIC[i]) return -1;
  for (let i = 0; i < 8; i++) valueBytes[i] = bytes[at + 4 + i]!;
  return value[0]!;
}
