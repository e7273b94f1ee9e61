import type { SendCodec } from "../../bridge/commands.ts";
import { Codec, codecOfMimeType } from "../../wire/rtp/codec.ts";
import {
  type CodecDescription,
  EMPTY_SECTION,
  type MediaSection,
  type TransportAttributes,
} from "../../wire/sdp/session-description.ts";
import { DISCARD_PORT } from "../../wire/sdp/write-sdp.ts";
import { opusFmtpForSending, rtxByTarget } from "./answer-codecs.ts";
import {
  type CodecSet,
  codecOfDescription,
  isH264High,
  RTX_OFFSET,
  sendFeedback,
  type TableCodec,
} from "./codec-table.ts";
import { offeredExtensions, sentExtensions } from "./extension-table.ts";
import { sendAttributes } from "./local-sections.ts";
import type { MediaKind } from "./negotiation-types.ts";
import type { SendTrack, SubscriberOptions } from "./subscriber-types.ts";

const PROTOCOL = "UDP/TLS/RTP/SAVPF";

/** A section in which we offer to send a track, or nothing when there is none. */
export function offeredSection(
  mid: string,
  kind: MediaKind,
  track: SendTrack | undefined,
  options: SubscriberOptions,
  enabled: CodecSet,
  transport: TransportAttributes,
): MediaSection {
  const { congestionControl, hasPlayoutDelay } = options;
  const entries = offeredCodecs(enabled[kind], track?.preferredMimes ?? []);
  const isRepaired = kind === "video" && enabled.hasRtx;
  const feedback = sendFeedback(kind, congestionControl, entries[0]?.codec === Codec.Red);
  const codecs = entries.flatMap((entry) => {
    const description = describe(entry, feedback, track?.isStereo === true);
    return isRepaired ? [description, rtxOf(description)] : [description];
  });
  return {
    ...EMPTY_SECTION,
    kind,
    port: DISCARD_PORT,
    protocol: PROTOCOL,
    formats: codecs.map(({ payloadType }) => String(payloadType)),
    mid,
    direction: track === undefined ? "inactive" : "sendonly",
    hasRtcpMux: true,
    hasRtcpReducedSize: true,
    transport,
    codecs,
    extensions: offeredExtensions(sentExtensions(kind, congestionControl, hasPlayoutDelay)),
    ...(track === undefined ? {} : sendAttributes(track, isRepaired)),
  };
}

/** What this client may be offered. Many decode no H264 high profile (spec-signalling 8.1). */
export function offerableCodecs(enabled: CodecSet, hasRed: boolean): CodecSet {
  const isOfferable = ({ codec, fmtp }: TableCodec): boolean =>
    (codec !== Codec.Red || hasRed) && !isH264High(fmtp);
  return {
    audio: enabled.audio.filter(isOfferable),
    video: enabled.video.filter(isOfferable),
    hasRtx: enabled.hasRtx,
  };
}

/** What the publication uses comes first, in its order; the others may become useful later. */
function offeredCodecs(
  entries: readonly TableCodec[],
  preferredMimes: readonly string[],
): TableCodec[] {
  const preferred = preferredMimes.map(codecOfMimeType);
  const rank = ({ codec }: TableCodec): number => {
    const index = preferred.indexOf(codec);
    return index < 0 ? preferred.length : index;
  };
  return [...entries].sort((a, b) => rank(a) - rank(b));
}

function describe(
  { codec, payloadType, name, clockHz, channels, fmtp }: TableCodec,
  feedback: readonly string[],
  isStereo: boolean,
): CodecDescription {
  return {
    payloadType,
    name,
    clockHz,
    channels,
    fmtp: codec === Codec.Opus ? opusFmtpForSending(fmtp, isStereo) : fmtp,
    feedback: codec === Codec.Red ? [] : feedback,
  };
}

function rtxOf({ payloadType, clockHz }: CodecDescription): CodecDescription {
  return {
    payloadType: payloadType + RTX_OFFSET,
    name: "rtx",
    clockHz,
    channels: 1,
    fmtp: `apt=${payloadType}`,
    feedback: [],
  };
}

/** What an answer takes, in its order. Payload types are the client's, should it choose others. */
export function takenCodecs(kind: MediaKind, answered: readonly CodecDescription[]): SendCodec[] {
  const formats = rtxByTarget(answered);
  return answered.flatMap((description) => {
    const { payloadType, fmtp } = description;
    const codec = codecOfDescription(kind, description);
    if (codec === undefined) return [];
    const rtxPayloadType = formats.get(payloadType)?.payloadType ?? 0;
    return [{ codec, payloadType, rtxPayloadType, fmtp }];
  });
}
