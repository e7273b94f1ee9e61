/**
 * A time at the end of each payload, by which a receiver in the same process tells how long the
 * packet was on its way: two bytes that say that it is there, two that say of which process it is,
 * and a double of the process's own clock.
 */
export const TIME_STAMP_BYTES = 12;
/** The packet carries no time: padding, or nothing that a load client sent. */
export const NO_TIME = -1;
/** The packet carries a time of another process, whose clock is unknown here. */
export const FOREIGN_TIME = -2;
const MAGIC: readonly number[] = [0x9d, 0x50];

const value: Float64Array = new Float64Array(1);
const valueBytes: Uint8Array = new Uint8Array(value.buffer);

/**
 * @param end where the payload ends
 * @param processTag 0..65535, the same for all that share a clock
 */
export function writeTimeStamp(
  bytes: Uint8Array,
  end: number,
  processTag: number,
  nowMs: number,
): void {
  const at = end - TIME_STAMP_BYTES;
  bytes[at] = MAGIC[0]!;
  bytes[at + 1] = MAGIC[1]!;
  bytes[at + 2] = processTag >> 8;
  bytes[at + 3] = processTag;
  value[0] = nowMs;
  for (let i = 0; i < 8; i++) bytes[at + 4 + i] = valueBytes[i]!;
}

/** @returns the time that was written, or `NO_TIME`, or `FOREIGN_TIME` */
export function readTimeStamp(
  bytes: Uint8Array,
  start: number,
  end: number,
  processTag: number,
): number {
  const at = end - TIME_STAMP_BYTES;
  if (at < start || bytes[at] !== MAGIC[0] || bytes[at + 1] !== MAGIC[1]) return NO_TIME;
  if (((bytes[at + 2]! << 8) | bytes[at + 3]!) !== processTag) return FOREIGN_TIME;
  for (let i = 0; i < 8; i++) valueBytes[i] = bytes[at + 4 + i]!;
  return value[0]!;
}
