import type { TrackStatistics } from "../bridge/events.ts";
import { TRACK_COLUMNS, TrackColumn } from "../bridge/track-statistics.ts";
import type { TrackSample } from "../sfu/stats/track-sample.ts";

/** A track of either side with what became of its last window. */
type Sampled = { readonly id: number; readonly sample: TrackSample };

/** Tracks that ended between two reports; those beyond are not reported on. */
const ENDED_MAX = 10_000;

/** Rows of one side's tracks for the next report (`TrackColumn`). */
class Rows {
  readonly #ended: number[] = [];

  /** A track ends: its last sample is kept for the next report. */
  end(id: number, sample: TrackSample): void {
    if (this.#ended.length >= ENDED_MAX * TRACK_COLUMNS) return;
    if (sample.packets > 0) this.#ended.push(...rowOf(id, sample));
  }

  take(tracks: Iterable<Sampled>): Float64Array {
    const rows = this.#ended.splice(0);
    for (const { id, sample } of tracks) {
      if (sample.packets > 0) rows.push(...rowOf(id, sample));
      sample.clear();
    }
    return Float64Array.from(rows);
  }
}

/** Gathers what became of a thread's tracks since the last report. */
export class TrackStatisticsReport {
  readonly receivers: Rows = new Rows();
  readonly downTracks: Rows = new Rows();

  take(receivers: Iterable<Sampled>, downTracks: Iterable<Sampled>): TrackStatistics {
    return {
      kind: "track-statistics",
      receivers: this.receivers.take(receivers),
      downTracks: this.downTracks.take(downTracks),
    };
  }
}

function rowOf(id: number, sample: TrackSample): number[] {
  const row = new Array<number>(TRACK_COLUMNS).fill(0);
  row[TrackColumn.Id] = id;
  row[TrackColumn.Packets] = sample.packets;
  row[TrackColumn.Lost] = sample.lost;
  row[TrackColumn.OutOfOrder] = sample.outOfOrder;
  row[TrackColumn.JitterUs] = sample.jitterUs;
  row[TrackColumn.RttMs] = sample.rttMs;
  row[TrackColumn.KeyFrames] = sample.keyFrames;
  row[TrackColumn.Capped] = sample.capped;
  return row;
}
