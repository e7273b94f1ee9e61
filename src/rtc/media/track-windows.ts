import { TRACK_COLUMNS, TrackColumn } from "../../bridge/track-statistics.ts";
import type { livekit } from "../../gen/livekit.js";
import type { TrackWindow } from "../../telemetry/metrics/media-metrics.ts";

/** Who is told what became of tracks, such as metrics. */
export type TrackObserver = {
  track(
    direction: "incoming" | "outgoing",
    source: number,
    type: number,
    window: TrackWindow,
  ): void;
};

/** What is known of a track that a media thread reports on; undefined: nothing any more. */
export type TrackInfoOf = (id: number) => livekit.TrackInfo | undefined;

/** More tracks than this that ended are forgotten, the oldest first. */
const ENDED_MAX = 10_000;

/** What tracks were that have ended: their last window is still to be reported. */
export class EndedTracks {
  readonly #infos = new Map<number, livekit.TrackInfo>();

  add(id: number, info: livekit.TrackInfo | undefined): void {
    if (info === undefined) return;
    this.#infos.set(id, info);
    if (this.#infos.size <= ENDED_MAX) return;
    const [oldest] = this.#infos.keys();
    this.#infos.delete(oldest!);
  }

  /** Once only: it is reported on no more. */
  get(id: number): livekit.TrackInfo | undefined {
    const info = this.#infos.get(id);
    this.#infos.delete(id);
    return info;
  }
}

/** Tells the observer of each row of a report (`TrackColumn`). */
export function tellWindows(
  observer: TrackObserver,
  direction: "incoming" | "outgoing",
  rows: Float64Array,
  infoOf: TrackInfoOf,
): void {
  for (let at = 0; at + TRACK_COLUMNS <= rows.length; at += TRACK_COLUMNS) {
    const info = infoOf(rows[at + TrackColumn.Id]!);
    if (info === undefined) continue;
    observer.track(direction, info.source, info.type, {
      packets: rows[at + TrackColumn.Packets]!,
      lost: rows[at + TrackColumn.Lost]!,
      outOfOrder: rows[at + TrackColumn.OutOfOrder]!,
      jitterUs: rows[at + TrackColumn.JitterUs]!,
      rttMs: rows[at + TrackColumn.RttMs]!,
      keyFrames: rows[at + TrackColumn.KeyFrames]!,
      capped: rows[at + TrackColumn.Capped]!,
    });
  }
}
