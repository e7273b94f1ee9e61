import type { LayerTrackerRules } from "../bridge/layer-tracker-rules.ts";
import type { Config } from "../config/config.ts";

type TrackerConfig = Config["video"]["streamTrackerManager"]["video"];

/** Shorter cycles would keep the engine busy with nothing, ms. */
const CYCLE_MS_MIN = 10;
const BITRATE_WINDOW_MS_MIN = 100;
const LAYERS = [0, 1, 2] as const;

/**
 * `video.stream_tracker_manager.video` or `.screenshare`. Layers that the file leaves out have their
 * defaults there already.
 */
export function layerTrackerRules(config: TrackerConfig): LayerTrackerRules {
  const packet = LAYERS.map((layer) => {
    const rule = config.packetTracker[layer]!;
    return {
      samples: rule.samplesRequired,
      cycles: rule.cyclesRequired,
      cycleMs: Math.max(CYCLE_MS_MIN, rule.cycleDurationMs),
    };
  });
  const frame = LAYERS.map((layer) => ({ minFps: config.frameTracker[layer]!.minFps }));
  const windowsMs = LAYERS.map((layer) =>
    Math.max(BITRATE_WINDOW_MS_MIN, config.bitrateReportIntervalMs[layer]!),
  );
  return {
    kind: config.streamTrackerType === "frame" ? "frame" : "packet",
    packet: [packet[0]!, packet[1]!, packet[2]!],
    frame: [frame[0]!, frame[1]!, frame[2]!],
    bitrateWindowMs: [windowsMs[0]!, windowsMs[1]!, windowsMs[2]!],
  };
}
