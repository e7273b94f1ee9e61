/** Monotonic milliseconds with fractions, since this thread began; only differences mean something. */
export function monotonicMs(): number {
  return performance.now();
}

/** Unix time in whole milliseconds: for NTP, tokens and logs. Follows the system's clock. */
export function wallMs(): number {
  return Date.now();
}
