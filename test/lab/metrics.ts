import type { SubscriberClient, WatchedVideo } from "./subscriber-client.ts";

export type VideoMetrics = {
  /** From subscribing to the first picture; -1: none. */
  readonly firstPictureMs: number;
  readonly pictures: number;
  readonly freezes: number;
  readonly freezeMaxMs: number;
  readonly freezeTotalMs: number;
  /** Longest wait in the downlink's queue. */
  readonly queueMaxMs: number;
  /** Packets that the downlink's queue refused, since the start. */
  readonly queueDrops: number;
  readonly bitrateBps: number;
  /** Layer of the last picture; -1: none. */
  readonly lastLayer: number;
  /** Changes of layer. */
  readonly switches: number;
  /** Share of numbers that arrived in the end, 0..1, since the start. */
  readonly delivered: number;
  readonly plis: number;
  /** What must never be, whatever the network does. */
  readonly violations: readonly string[];
};

/** What a viewer saw between two moments, ms since the start. */
export function metricsOf(
  client: SubscriberClient,
  watched: WatchedVideo,
  fromMs: number = 0,
  toMs: number = Number.POSITIVE_INFINITY,
): VideoMetrics {
  const { video, sent } = watched;
  const pictures = video.pictures.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  const freezes = video.freezes.freezes.filter(
    ({ fromMs: begin, durationMs }) => begin + durationMs >= fromMs && begin < toMs,
  );
  const expected = video.highestExtSn - video.lowestExtSn + 1;
  return {
    firstPictureMs: video.firstPictureMs < 0 ? -1 : video.firstPictureMs - video.startedMs,
    pictures: pictures.length,
    freezes: freezes.length,
    freezeMaxMs: Math.max(0, ...freezes.map(({ durationMs }) => durationMs)),
    freezeTotalMs: freezes.reduce((sum, { durationMs }) => sum + durationMs, 0),
    queueMaxMs: client.downlink.queueMaxMs(fromMs, toMs),
    queueDrops: client.downlink.droppedPackets,
    bitrateBps: client.downlink.bitrateBps(fromMs, Math.min(toMs, client.nowMs)),
    lastLayer: pictures.at(-1)?.spatialLayer ?? -1,
    switches: video.layerChanges.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).length,
    delivered: video.highestExtSn < 0 ? 0 : video.distinctPackets / expected,
    plis: video.plis,
    violations: [...sent.violations, ...video.decoder.violations],
  };
}

/**
 * When pictures had come to a layer at or above (or at or below) the wanted one for good, ms since
 * the start; Infinity: not within the run. "For good" looks at the time up to `toMs`.
 */
export function settledMs(
  watched: WatchedVideo,
  fromMs: number,
  toMs: number,
  isSettled: (spatialLayer: number) => boolean,
): number {
  let sinceMs = Number.POSITIVE_INFINITY;
  for (const { atMs, spatialLayer } of watched.video.pictures) {
    if (atMs < fromMs || atMs >= toMs) continue;
    if (!isSettled(spatialLayer)) sinceMs = Number.POSITIVE_INFINITY;
    else if (sinceMs === Number.POSITIVE_INFINITY) sinceMs = atMs;
  }
  return sinceMs;
}
