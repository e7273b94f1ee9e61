/**
 * Compares `length` bytes at `offset` with the start of `expected`, in a time that does not depend
 * on where they differ.
 */
export function equalBytes(
  bytes: Uint8Array,
  offset: number,
  expected: Uint8Array,
  length: number,
): boolean {
  let difference = 0;
  for (let i = 0; i < length; i++) difference |= bytes[offset + i]! ^ expected[i]!;
  return difference === 0;
}
