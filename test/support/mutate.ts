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
      console.error(`Fuzzing failed with seed ${seed}, bytes ${before.toHex()}`);
      throw error;
    }
  }
}
