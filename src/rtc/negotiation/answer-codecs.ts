import type { ReceiveCodec, SendCodec } from "../../bridge/commands.ts";
import { Codec, codecOfMimeType } from "../../wire/rtp/codec.ts";
import { changeFmtp, fmtpParameter } from "../../wire/sdp/fmtp.ts";
import type { CodecDescription } from "../../wire/sdp/session-description.ts";
import {
  type CodecSet,
  codecOfDescription,
  isH264High,
  isRtx,
  isSameVariant,
  type TableCodec,
} from "./codec-table.ts";
import type { MediaKind } from "./negotiation-types.ts";
import type { DeclaredTrack } from "./publisher-types.ts";

/** A codec of the client's description that we use, with its retransmission format. */
export type ChosenCodec = {
  readonly codec: Codec;
  readonly description: CodecDescription;
  readonly rtx: CodecDescription | undefined;
};

/** RTP payload types 64..95 look like RTCP on one port (RFC 5761 §4). */
const RTCP_CLASH_MIN = 64;
const RTCP_CLASH_MAX = 95;
const STEREO_BITRATE = "maxaveragebitrate=510000";

/** The codecs of an offered section that the room enables, in the client's order. */
export function chooseCodecs(
  kind: MediaKind,
  offered: readonly CodecDescription[],
  enabled: CodecSet,
  filter: { readonly hasRed: boolean; readonly hasH264High: boolean },
): ChosenCodec[] {
  const table = enabled[kind];
  const usable = offered.flatMap((description) => {
    const codec = usableCodec(kind, description, filter.hasH264High);
    return codec === undefined ? [] : [{ codec, description }];
  });
  const chosen = usable.filter((one) => isInTable(one.codec, one.description, table));
  // H264 in profiles that we list nowhere is better than no H264
  if (table.some(isH264) && !chosen.some(isH264)) chosen.push(...usable.filter(isH264));
  const withoutBareRed = chosen.filter(
    ({ codec, description }) =>
      codec !== Codec.Red || (filter.hasRed && isRedOfOpus(description, chosen)),
  );
  const formats = enabled.hasRtx ? rtxByTarget(offered) : new Map<number, CodecDescription>();
  return withoutBareRed.map(({ codec, description }) => ({
    codec,
    description,
    rtx: formats.get(description.payloadType),
  }));
}

function isH264({ codec }: { readonly codec: Codec }): boolean {
  return codec === Codec.H264;
}

function usableCodec(
  kind: MediaKind,
  description: CodecDescription,
  hasH264High: boolean,
): Codec | undefined {
  const { payloadType, fmtp } = description;
  if (payloadType >= RTCP_CLASH_MIN && payloadType <= RTCP_CLASH_MAX) return undefined;
  const codec = codecOfDescription(kind, description);
  if (codec === Codec.H264 && !hasH264High && isH264High(fmtp)) return undefined;
  return codec;
}

function isInTable(
  codec: Codec,
  { clockHz, fmtp }: CodecDescription,
  table: readonly TableCodec[],
): boolean {
  return table.some(
    (entry) => entry.codec === codec && entry.clockHz === clockHz && isSameVariant(entry, fmtp),
  );
}

/** RFC 2198 §2: the fmtp names the payload types of the blocks, here the same one several times. */
function isRedOfOpus(
  { fmtp }: CodecDescription,
  codecs: readonly { readonly codec: Codec; readonly description: CodecDescription }[],
): boolean {
  const blocks = fmtp.split("/").map((part) => part.trim());
  return codecs.some(
    ({ codec, description }) =>
      codec === Codec.Opus && blocks.includes(String(description.payloadType)),
  );
}

/** Retransmission formats by the payload type that they repair (RFC 4588 §8.1); the first counts. */
export function rtxByTarget(
  descriptions: readonly CodecDescription[],
): Map<number, CodecDescription> {
  const formats = new Map<number, CodecDescription>();
  for (const description of descriptions.filter(isRtx)) {
    const target = fmtpParameter(description.fmtp, "apt") ?? "";
    if (!/^\d{1,3}$/.test(target) || formats.has(Number(target))) continue;
    formats.set(Number(target), description);
  }
  return formats;
}

/**
 * The order of our answer, which clients send by: the declared codec first; for audio without a
 * declared one RED, unless the track is not to use it (spec-signalling 8.4).
 */
export function orderForTrack(
  kind: MediaKind,
  chosen: readonly ChosenCodec[],
  track: DeclaredTrack | undefined,
  keepsCodecOrder: boolean,
): ChosenCodec[] {
  const preferred = preferredCodec(kind, chosen, track);
  if (preferred === undefined) return [...chosen];
  const first = chosen.filter(({ codec }) => codec === preferred);
  const rest = chosen.filter(({ codec }) => codec !== preferred);
  if (first.length === 0) return rest;
  return kind === "audio" || keepsCodecOrder ? [...first, ...rest] : first;
}

function preferredCodec(
  kind: MediaKind,
  chosen: readonly ChosenCodec[],
  track: DeclaredTrack | undefined,
): Codec | undefined {
  if (track === undefined) return undefined;
  const declared = codecOfMimeType(track.preferredMime);
  if (kind === "video" || chosen.some(({ codec }) => codec === declared)) return declared;
  return track.disableRed ? Codec.Opus : Codec.Red;
}

/** Preferred mimes first, in their order; the others after them. */
export function orderByMimes(
  chosen: readonly ChosenCodec[],
  mimes: readonly string[],
): ChosenCodec[] {
  const rank = (codec: Codec): number => {
    const index = mimes.findIndex((mime) => codecOfMimeType(mime) === codec);
    return index < 0 ? mimes.length : index;
  };
  return [...chosen].sort((a, b) => rank(a.codec) - rank(b.codec));
}

/** What we tell the client's opus encoder of a track it declared (spec-signalling 8.4). */
export function opusFmtpForTrack(fmtp: string, track: DeclaredTrack): string {
  const added: string[] = [];
  if (!track.disableDtx) added.push("usedtx=1");
  if (track.isStereo) added.push("stereo=1", STEREO_BITRATE);
  const removed = track.isStereo ? ["usedtx", "stereo", "maxaveragebitrate"] : ["usedtx", "stereo"];
  return changeFmtp(fmtp, removed, added);
}

/** What we tell the client's opus decoder of a track that we send (RFC 7587 §7.1). */
export function opusFmtpForSending(fmtp: string, isStereo: boolean): string {
  return changeFmtp(fmtp, ["sprop-stereo"], isStereo ? ["sprop-stereo=1"] : []);
}

export function receiveCodec(
  { codec, description, rtx }: ChosenCodec,
  feedback: readonly string[],
): ReceiveCodec {
  return {
    codec,
    payloadType: description.payloadType,
    rtxPayloadType: rtx?.payloadType ?? 0,
    fmtp: description.fmtp,
    hasNack: feedback.includes("nack"),
    hasPli: feedback.includes("nack pli"),
  };
}

export function sendCodec({ codec, description, rtx }: ChosenCodec): SendCodec {
  return {
    codec,
    payloadType: description.payloadType,
    rtxPayloadType: rtx?.payloadType ?? 0,
    fmtp: description.fmtp,
  };
}
