import { livekit } from "../../gen/livekit.js";

/** Codecs of a room that a client must not be asked to send, or to receive either. */
export type DisabledCodecs = {
  readonly codecs: readonly livekit.ICodec[];
  readonly publish: readonly livekit.ICodec[];
};

function without(
  enabled: readonly livekit.ICodec[],
  disabled: readonly livekit.ICodec[],
): livekit.ICodec[] {
  const mimes = new Set(disabled.map(({ mime }) => (mime ?? "").toLowerCase()));
  return enabled.filter(({ mime }) => !mimes.has((mime ?? "").toLowerCase()));
}

/** What a participant may be sent: the room's list without what its client cannot take. */
export function enabledSubscribeCodecs(
  enabled: readonly livekit.ICodec[],
  disabled: DisabledCodecs,
): livekit.ICodec[] {
  return without(enabled, disabled.codecs);
}

/** What a participant may send, in the room's order and with retransmission. */
export function negotiablePublishCodecs(
  enabled: readonly livekit.ICodec[],
  disabled: DisabledCodecs,
): livekit.ICodec[] {
  return without(enabled, [...disabled.codecs, ...disabled.publish]);
}

/**
 * What a participant is told it may publish: the same without retransmission, VP8 first, then H264,
 * the other video codecs, then audio. Clients fall back to the first entry (spec-signalling 3.7).
 */
export function enabledPublishCodecs(
  enabled: readonly livekit.ICodec[],
  disabled: DisabledCodecs,
): livekit.Codec[] {
  const rank = ({ mime }: livekit.Codec): number => {
    const lower = mime.toLowerCase();
    if (lower === "video/vp8") return 0;
    if (lower === "video/h264") return 1;
    return lower.startsWith("video/") ? 2 : 3;
  };
  return negotiablePublishCodecs(enabled, disabled)
    .map((codec) => new livekit.Codec(codec))
    .filter(({ mime }) => mime.toLowerCase() !== "video/rtx")
    .sort((a, b) => rank(a) - rank(b));
}
