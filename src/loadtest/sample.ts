/** Where the values of a small sample lie, in their own unit. NaN of an empty one. */
export type SampleSummary = { readonly p50: number; readonly p99: number; readonly max: number };

/** Of all values, exactly; the p-th is the smallest that p percent do not exceed. */
export function summarize(values: readonly number[]): SampleSummary {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
