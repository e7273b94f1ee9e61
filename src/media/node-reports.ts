import type { MediaCounters, QualityReport } from "../bridge/events.ts";
import type { EngineCounters } from "./engine-counters.ts";
import type { Subscriber } from "./subscriber.ts";
import type { TrackReceiver } from "./track-receiver.ts";

/** Scores of all tracks; those of down tracks are evaluated by it. */
export function qualityReport(
  nowMs: number,
  receivers: Iterable<TrackReceiver>,
  subscribers: Iterable<Subscriber>,
): QualityReport {
  return {
    kind: "quality-report",
    receivers: [...receivers].map(({ receiverId, score }) => ({ receiverId, score })),
    downTracks: [...subscribers].map((subscriber) => ({
      downTrackId: subscriber.downTrackId,
      score: subscriber.updateScore(nowMs),
    })),
  };
}

/** Sums as the control side is told them. */
export function countersOf(
  counters: EngineCounters,
  current: Pick<MediaCounters, "peers" | "receivers" | "downTracks" | "load" | "sockets">,
): MediaCounters {
  const { dropped, forwarding, data, ...sums } = counters;
  return {
    ...sums,
    ...current,
    data: { ...data },
    dropped: [...dropped],
    forwarding: forwarding.sums(),
  };
}
