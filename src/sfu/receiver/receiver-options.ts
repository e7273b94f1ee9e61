import type { AudioLevelOptions } from "../audio/audio-level.ts";
import type { ReceiveStreamOptions } from "../buffer/receive-stream.ts";
import type { TrackerRules } from "./tracker-rules.ts";

/** What is the same for all receivers of a media thread. */
export type ReceiverOptions = {
  readonly videoPacketsMax: number;
  readonly audioPacketsMax: number;
  /** By spatial layer. */
  readonly pliThrottleMs: readonly [number, number, number];
  readonly audio: AudioLevelOptions;
  /** Publishers of audio are told what their subscribers lose. */
  readonly isAudioLossProxied: boolean;
  /** When layers count as there; absent: the reference's defaults. */
  readonly trackers?: { readonly camera: TrackerRules; readonly screen: TrackerRules };
  /** After a long pause frame numbers of dependency descriptors count as new ones; absent: no. */
  readonly detectsStreamRestarts?: boolean;
};

/** What of it a stream of a layer goes by. */
export function streamLimits(
  options: ReceiverOptions,
  isVideo: boolean,
  layer: number,
): Pick<ReceiveStreamOptions, "packetsMax" | "pliIntervalMs" | "restartsAfterPause"> {
  return {
    packetsMax: isVideo ? options.videoPacketsMax : options.audioPacketsMax,
    pliIntervalMs: options.pliThrottleMs[layer] ?? options.pliThrottleMs[0],
    restartsAfterPause: options.detectsStreamRestarts ?? false,
  };
}
