import { livekit } from "../../gen/livekit.js";
import { QUALITIES, type Rank } from "./video-quality.ts";

/**
 * How a publisher of video is told what is wanted of each codec (spec-media 7.2). Older clients read
 * the qualities of the first codec alone.
 */
export function videoDemand(
  trackSid: string,
  ranks: ReadonlyMap<string, Rank>,
): livekit.ISignalResponse {
  const subscribedCodecs = [...ranks].map(
    ([codec, rank]) =>
      new livekit.SubscribedCodec({
        codec,
        qualities: QUALITIES.map(
          (quality, index) => new livekit.SubscribedQuality({ quality, enabled: index <= rank }),
        ),
      }),
  );
  return {
    subscribedQualityUpdate: new livekit.SubscribedQualityUpdate({
      trackSid,
      subscribedQualities: subscribedCodecs[0]?.qualities ?? [],
      subscribedCodecs,
    }),
  };
}

/** The same for sound that comes in several codecs: a codec is wanted or it is not. */
export function audioDemand(
  trackSid: string,
  ranks: ReadonlyMap<string, Rank>,
): livekit.ISignalResponse {
  return {
    subscribedAudioCodecUpdate: new livekit.SubscribedAudioCodecUpdate({
      trackSid,
      subscribedAudioCodecs: [...ranks].map(
        ([codec, rank]) => new livekit.SubscribedAudioCodec({ codec, enabled: rank >= 0 }),
      ),
    }),
  };
}
