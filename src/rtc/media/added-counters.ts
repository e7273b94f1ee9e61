import type { MediaCounters } from "../../bridge/events.ts";

/** What a thread leaves behind: its sums. Nothing is on it any more. */
export function endedCounters(counters: MediaCounters): MediaCounters {
  const load = {
    ...counters.load,
    worstLagMs: 0,
    overloaded: 0,
    loweredTracks: 0,
    pausedTracks: 0,
  };
  return { ...counters, peers: 0, receivers: 0, downTracks: 0, load };
}

/** The sums of two threads, field by field. */
export function addedUp(first: MediaCounters | undefined, second: MediaCounters): MediaCounters {
  return first === undefined ? second : (added(first, second) as MediaCounters);
}

/** Numbers, and arrays and records of such, of one shape. */
function added(first: unknown, second: unknown): unknown {
  if (typeof first === "number" && typeof second === "number") return first + second;
  if (Array.isArray(first) && Array.isArray(second)) {
    return first.map((value, i) => added(value, second[i]));
  }
  const others = new Map(Object.entries(second as object));
  return Object.fromEntries(
    Object.entries(first as object).map(([key, value]) => [key, added(value, others.get(key))]),
  );
}
