import { livekit } from "../../gen/livekit.js";

/**
 * What a participant is told it may publish: the room's list without retransmission, VP8 first,
 * then H264, the other video codecs, then audio. Clients fall back to the first entry
 * (spec-signalling 3.7).
 */
export function enabledPublishCodecs(enabled: readonly livekit.ICodec[]): livekit.Codec[] {
  const rank = ({ mime }: livekit.Codec): number => {
    const lower = mime.toLowerCase();
    if (lower === "video/vp8") return 0;
    if (lower === "video/h264") return 1;
    return lower.startsWith("video/") ? 2 : 3;
  };
  return enabled
    .map((codec) => new livekit.Codec(codec))
    .filter(({ mime }) => mime.toLowerCase() !== "video/rtx")
    .sort((a, b) => rank(a) - rank(b));
}
