/** Messages that both sides of a differential test can make and tell apart; runs in pages too. */

/** Bytes that follow from the number. */
export function createMessage(index: number, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = index * 31 + i * 7 + (i >> 8);
  return bytes;
}

/** FNV-1a, 32 bits. */
export function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c_9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x0100_0193) >>> 0;
  return hash;
}

export function describe(index: number, size: number): [size: number, hash: number] {
  return [size, hashOf(createMessage(index, size))];
}
