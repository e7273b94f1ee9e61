/** Of a chunk's content, as livekit-client and the native clients cut streams. */
export const CHUNK_BYTES = 15_000;
const PATTERN_BYTES = 1 << 20;
const PATTERN_STEP = 4099;

const PATTERN: Uint8Array<ArrayBuffer> = new Uint8Array(PATTERN_BYTES + CHUNK_BYTES);
for (let i = 0, state = 1; i < PATTERN.length; i++) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  PATTERN[i] = state >>> 24;
}

/** What is in a chunk of that number: any other chunk's content is told from it. */
export function chunkContent(index: number): Uint8Array<ArrayBuffer> {
  const at = (index * PATTERN_STEP) % PATTERN_BYTES;
  return PATTERN.subarray(at, at + CHUNK_BYTES);
}
