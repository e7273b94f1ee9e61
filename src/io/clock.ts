/** Monotonic milliseconds with fractions, since this thread began; only differences mean something. */
export function monotonicMs(): number {
  return performance.now();
}
