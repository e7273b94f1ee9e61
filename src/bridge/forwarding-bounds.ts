/** Upper bounds of what `ForwardingCounters` counts by, ms. */
export const FORWARDING_BOUNDS_MS: readonly number[] = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20];
