/** Length with the padding that chunks and parameters carry (RFC 9260 §3.2). */
export function padded4(length: number): number {
  return (length + 3) & ~3;
}

/** Below this many bytes a loop beats the view that `Uint8Array.set` of a part needs. */
const LOOP_COPY_MAX = 48;

/** Copies `length` bytes between two arrays that do not overlap. */
export function copyBytes(
  from: Uint8Array,
  fromOffset: number,
  to: Uint8Array,
  toOffset: number,
  length: number,
): void {
  if (length <= LOOP_COPY_MAX) {
    for (let i = 0; i < length; i++) to[toOffset + i] = from[fromOffset + i]!;
  } else if (fromOffset === 0 && length === from.length) {
    to.set(from, toOffset);
  } else {
    to.set(from.subarray(fromOffset, fromOffset + length), toOffset);
  }
}
