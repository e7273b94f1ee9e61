type Entry = { readonly atMs: number; readonly order: number; readonly run: () => void };

/** Starts far from zero, so that nothing can mistake zero for the past. */
const START_MS = 1_000_000;

/**
 * A virtual clock and what is to happen on it. Time jumps from one entry to the next; entries of
 * the same moment run in the order in which they came.
 */
export class Simulation {
  /** A binary heap by time and order. */
  readonly #heap: Entry[] = [];
  #order = 0;
  nowMs: number = START_MS;
  /** Entries that ran. */
  steps = 0;

  readonly startMs: number = START_MS;

  /** Since the start, ms. */
  get elapsedMs(): number {
    return this.nowMs - START_MS;
  }

  at(atMs: number, run: () => void): void {
    const entry = { atMs: Math.max(atMs, this.nowMs), order: this.#order++, run };
    const heap = this.#heap;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  after(delayMs: number, run: () => void): void {
    this.at(this.nowMs + delayMs, run);
  }

  /** Runs everything that is due within the next `durationMs`. */
  advance(durationMs: number): void {
    const endMs = this.nowMs + durationMs;
    const heap = this.#heap;
    while (heap.length > 0 && heap[0]!.atMs <= endMs) {
      const { atMs, run } = this.#take();
      this.nowMs = atMs;
      this.steps += 1;
      run();
    }
    this.nowMs = endMs;
  }

  #take(): Entry {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    const count = heap.length;
    if (count === 0) return first;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= count) break;
      if (child + 1 < count && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
