import type { TrackAllocation } from "./track-allocation.ts";

type Placed = { readonly track: TrackAllocation; readonly distance: number };

/** Who is given layers first: higher priority, then who asked for more (spec-media 6.5). */
export function byRank(tracks: readonly TrackAllocation[]): TrackAllocation[] {
  return tracks.toSorted(
    (a, b) =>
      b.priority - a.priority || b.maxSpatial - a.maxSpatial || b.maxTemporal - a.maxTemporal,
  );
}

/** Who is given back first: higher priority, then who is farthest from what it could have. */
export function farthestFirst(tracks: readonly TrackAllocation[]): TrackAllocation[] {
  return tracks.map(place).sort(compareFarthest).map(trackOf);
}

/** Who gives first: lower priority, then who lacks least. */
export function nearestFirst(tracks: readonly TrackAllocation[]): TrackAllocation[] {
  return tracks.map(place).sort(compareNearest).map(trackOf);
}

/**
 * @param distances of each candidate, as `distanceToDesired`
 * @returns the one that `farthestFirst` would begin with; undefined of none
 */
export function farthest(
  distances: ReadonlyMap<TrackAllocation, number>,
): TrackAllocation | undefined {
  let best: Placed | undefined;
  for (const [track, distance] of distances) {
    const placed = { track, distance };
    if (best === undefined || compareFarthest(placed, best) < 0) best = placed;
  }
  return best?.track;
}

function place(track: TrackAllocation): Placed {
  return { track, distance: track.distanceToDesired };
}

function trackOf({ track }: Placed): TrackAllocation {
  return track;
}

function compareFarthest(a: Placed, b: Placed): number {
  return b.track.priority - a.track.priority || b.distance - a.distance;
}

function compareNearest(a: Placed, b: Placed): number {
  return a.track.priority - b.track.priority || a.distance - b.distance;
}
