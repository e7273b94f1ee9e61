/** Datagrams that leave together at most: the limit of one `sendmmsg`. */
export const BATCH_DATAGRAMS_MAX = 1024;
/** Memory they are written into. */
export const ARENA_BYTES: number = 128 * 1024;
/** Datagrams start on word boundaries, which counter mode works faster on. */
const ALIGNMENT = 16;

/**
 * Datagrams waiting for one flush: in order of arrival, and linked path by path. Owned by one port.
 * Bounded: whoever finds it full flushes first.
 */
export class UdpBatch {
  /** Its memory never moves. */
  readonly arena: Uint8Array = new Uint8Array(new ArrayBuffer(ARENA_BYTES));
  readonly offsets: Uint32Array = new Uint32Array(BATCH_DATAGRAMS_MAX);
  readonly lengths: Uint32Array = new Uint32Array(BATCH_DATAGRAMS_MAX);
  readonly paths: Uint32Array = new Uint32Array(BATCH_DATAGRAMS_MAX);
  /** The path's following datagram, or -1. */
  readonly next: Int32Array = new Int32Array(BATCH_DATAGRAMS_MAX);
  /** First datagram of each path, paths in order of their first datagram. */
  readonly firsts: Uint32Array = new Uint32Array(BATCH_DATAGRAMS_MAX);
  pathCount = 0;
  count = 0;
  /** By path: its last datagram plus one, 0 when it has none. */
  readonly #lasts: Uint16Array;
  #used = 0;

  constructor(pathsMax: number) {
    this.#lasts = new Uint16Array(pathsMax);
  }

  hasRoom(bytesMax: number): boolean {
    return this.count < BATCH_DATAGRAMS_MAX && this.#used + bytesMax <= ARENA_BYTES;
  }

  /** Where the next datagram is written. */
  get offset(): number {
    return this.#used;
  }

  has(path: number): boolean {
    return this.#lasts[path] !== 0;
  }

  push(path: number, length: number): void {
    const entry = this.count;
    this.count = entry + 1;
    this.offsets[entry] = this.#used;
    this.lengths[entry] = length;
    this.paths[entry] = path;
    this.next[entry] = -1;
    const last = this.#lasts[path]!;
    if (last === 0) {
      this.firsts[this.pathCount] = entry;
      this.pathCount += 1;
    } else {
      this.next[last - 1] = entry;
    }
    this.#lasts[path] = entry + 1;
    this.#used = (this.#used + length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  clear(): void {
    for (let i = 0; i < this.pathCount; i++) this.#lasts[this.paths[this.firsts[i]!]!] = 0;
    this.pathCount = 0;
    this.count = 0;
    this.#used = 0;
  }
}
