/** xorshift32: the same seed makes the same run on every machine. */
function randomOf(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const BYTES_MAX = 2000;

/** The corpus as it is, then `count` inputs made of it by one to four changes each. */
export function* mutations(
  corpus: readonly Uint8Array[],
  count: number,
  seed: number,
): Generator<Uint8Array> {
  if (corpus.length === 0) throw new Error("Cannot fuzz: the corpus is empty");
  yield* corpus.map((bytes) => bytes.slice());
  const random = randomOf(seed);
  for (let i = 0; i < count; i++) {
    let bytes = [...corpus[random(corpus.length)]!];
    for (let changes = 1 + random(4); changes > 0; changes--) {
      const at = random(bytes.length + 1);
      switch (random(7)) {
        case 0:
          if (at < bytes.length) bytes[at] = bytes[at]! ^ (1 << random(8));
          break;
        case 1:
          if (at < bytes.length) bytes[at] = [0, 1, 127, 128, 254, 255][random(6)]!;
          break;
        case 2:
          if (at < bytes.length) bytes[at] = random(256);
          break;
        case 3:
          bytes = bytes.slice(0, at);
          break;
        case 4:
          bytes.splice(at, random(8));
          break;
        case 5:
          bytes.splice(at, 0, ...Array.from({ length: 1 + random(8) }, () => random(256)));
          break;
        default:
          bytes = [...bytes.slice(0, at), ...corpus[random(corpus.length)]!].slice(0, BYTES_MAX);
      }
    }
    yield Uint8Array.from(bytes);
  }
}

/**
 * Inputs of `bytes` bytes and a little more, which mutations never have: each repeats a part of one
 * of the corpus in its place.
 */
export function* stretched(
  corpus: readonly Uint8Array[],
  count: number,
  seed: number,
  bytes: number,
): Generator<Uint8Array> {
  if (corpus.length === 0) throw new Error("Cannot fuzz: the corpus is empty");
  const random = randomOf(seed);
  for (let i = 0; i < count; i++) {
    const source = corpus[random(corpus.length)]!;
    const start = random(source.length);
    const part = source.subarray(start, start + 1 + random(source.length - start));
    const times = Math.max(1, Math.ceil((bytes - source.length) / part.length) + 1);
    const out = new Uint8Array(source.length + part.length * (times - 1));
    out.set(source.subarray(0, start));
    for (let k = 0; k < times; k++) out.set(part, start + k * part.length);
    out.set(source.subarray(start + part.length), start + times * part.length);
    yield out;
  }
}

/** Calls `target` with every mutation; when it throws, says with which seed and bytes. */
export function runMutations(
  corpus: readonly Uint8Array[],
  count: number,
  seed: number,
  target: (bytes: Uint8Array) => void,
): void {
  for (const bytes of mutations(corpus, count, seed)) {
    const before = bytes.slice();
    try {
      target(bytes);
    } catch (error) {
      tellFailure(seed, before);
      throw error;
    }
  }
}

const SHOWN_BYTES_MAX = 4_000;

/** So that a failure can be looked at again; of long inputs the beginning. */
export function tellFailure(seed: number, bytes: Uint8Array): void {
  const hex = bytes.subarray(0, SHOWN_BYTES_MAX).toHex();
  console.error(`Fuzzing failed with seed ${seed}, ${bytes.length} bytes: ${hex}`);
}
