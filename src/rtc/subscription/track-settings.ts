import type { DownTrackSettings } from "../../bridge/commands.ts";
import { livekit } from "../../gen/livekit.js";
import type { PublishedTrack } from "../publication/published-track.ts";
import { qualityForSize } from "../publication/video-quality.ts";

const TEMPORAL_LAYER_MAX = 3;
const SCREEN_SHARE_PRIORITY = 255;
const DEFAULT_PRIORITY = 1;

/** What a subscriber asked of one track; kept apart from the track, since it may come before it. */
export type TrackWish = {
  readonly isDisabled: boolean;
  readonly quality: livekit.VideoQuality;
  /** 0: decide by quality. */
  readonly width: number;
  readonly height: number;
  /** Frames a second; 0: as many as there are. */
  readonly frameRate: number;
  /** 0: the default for the kind of track. */
  readonly priority: number;
};

/** Before any `track_setting`: adaptive-stream clients start low and ask for more. */
export function defaultWish(isAdaptiveStream: boolean): TrackWish {
  const { LOW, HIGH } = livekit.VideoQuality;
  return {
    isDisabled: false,
    quality: isAdaptiveStream ? LOW : HIGH,
    width: 0,
    height: 0,
    frameRate: 0,
    priority: 0,
  };
}

/**
 * @param former what it was before: a frame rate stays until another one is asked for, and what is
 *   disabled is asked nothing else of
 */
export function wishOf(update: livekit.UpdateTrackSettings, former?: TrackWish): TrackWish {
  const isDisabled = update.disabled || update.quality === livekit.VideoQuality.OFF;
  const priority = Math.min(update.priority, SCREEN_SHARE_PRIORITY);
  if (isDisabled && former !== undefined) return { ...former, isDisabled, priority };
  return {
    isDisabled,
    quality: update.quality,
    width: update.width,
    height: update.height,
    frameRate: update.fps > 0 ? update.fps : (former?.frameRate ?? 0),
    priority,
  };
}

/** Clients repeat their settings; then nothing is to be done. */
export function isSameWish(a: TrackWish, b: TrackWish): boolean {
  return (
    a.isDisabled === b.isDisabled &&
    a.quality === b.quality &&
    a.width === b.width &&
    a.height === b.height &&
    a.frameRate === b.frameRate &&
    a.priority === b.priority
  );
}

/**
 * The engine's settings for a wish (spec-signalling 4.4, spec-media 7.1).
 *
 * @param mime the codec of the track that is sent
 */
export function downTrackSettings(
  wish: TrackWish,
  track: PublishedTrack,
  mime: string,
): DownTrackSettings {
  const quality =
    wish.width > 0
      ? qualityForSize(wish.width, wish.height, track.layersOf(mime), track.info)
      : wish.quality;
  const fallback = track.isScreenShare ? SCREEN_SHARE_PRIORITY : DEFAULT_PRIORITY;
  return {
    isDisabled: wish.isDisabled,
    maxSpatialLayer: track.isVideo ? track.spatialLayerFor(quality, mime) : 0,
    maxTemporalLayer: TEMPORAL_LAYER_MAX,
    maxFrameRate: track.isVideo ? wish.frameRate : 0,
    priority: wish.priority > 0 ? wish.priority : fallback,
  };
}
