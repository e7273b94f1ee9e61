import { Codec, codecOfMimeType, isVideoCodec } from "../../wire/rtp/codec.ts";
import { fmtpParameter } from "../../wire/sdp/fmtp.ts";
import type { CodecDescription } from "../../wire/sdp/session-description.ts";
import type { CongestionControl, MediaKind } from "./negotiation-types.ts";

/** A codec that a room enables; `video/rtx` is one as well. */
export type EnabledCodec = {
  readonly mime: string;
  /** "" enables every usual variant; otherwise only the variant with exactly these parameters. */
  readonly fmtpLine: string;
};

/** A codec as the server offers it, with its payload type (spec-signalling 8.1). */
export type TableCodec = {
  readonly codec: Codec;
  readonly payloadType: number;
  readonly name: string;
  readonly clockHz: number;
  readonly channels: number;
  readonly fmtp: string;
  /** Stands in offers only when a room names its `fmtp` exactly. */
  readonly isRare: boolean;
};

export const RTX_MIME = "video/rtx";
/** Retransmission of the payload type before it (RFC 4588): `apt=<payload type>`. */
export const RTX_OFFSET = 1;

function audio(codec: Codec, payloadType: number, name: string, fmtp: string): TableCodec {
  const isWide = codec === Codec.Opus || codec === Codec.Red;
  const [clockHz, channels] = isWide ? [48_000, 2] : [8_000, 1];
  return { codec, payloadType, name, clockHz, channels, fmtp, isRare: false };
}

function video(
  codec: Codec,
  payloadType: number,
  name: string,
  fmtp: string,
  isRare = false,
): TableCodec {
  return { codec, payloadType, name, clockHz: 90_000, channels: 1, fmtp, isRare };
}

function h264(payloadType: number, mode: 0 | 1, profile: string, isRare = false): TableCodec {
  const fmtp = `level-asymmetry-allowed=1;packetization-mode=${mode};profile-level-id=${profile}`;
  return video(Codec.H264, payloadType, "H264", fmtp, isRare);
}

const OPUS_PAYLOAD_TYPE = 111;
const H264_HIGH = h264(123, 1, "640032");

/** Every codec and variant, in the order of our offers. */
export const CODEC_TABLE: readonly TableCodec[] = [
  audio(Codec.Opus, OPUS_PAYLOAD_TYPE, "opus", "minptime=10;useinbandfec=1"),
  audio(Codec.Red, 63, "red", `${OPUS_PAYLOAD_TYPE}/${OPUS_PAYLOAD_TYPE}`),
  audio(Codec.Pcmu, 0, "PCMU", ""),
  audio(Codec.Pcma, 8, "PCMA", ""),
  video(Codec.Vp8, 96, "VP8", ""),
  video(Codec.Vp9, 98, "VP9", "profile-id=0"),
  video(Codec.Vp9, 100, "VP9", "profile-id=1"),
  h264(125, 0, "42e01f"),
  h264(108, 1, "42e01f"),
  H264_HIGH,
  h264(104, 0, "42001f", true),
  h264(102, 1, "42001f", true),
  h264(39, 0, "4d001f", true),
  h264(106, 1, "4d001f", true),
  video(Codec.Av1, 35, "AV1", ""),
  video(Codec.H265, 116, "H265", ""),
];

/**
 * RTCP feedback by direction of the media and kind (spec-signalling 8.3).
 *
 * @param needsRemb the client cannot number its packets transport-wide, or the section is for
 *   sending as well
 */
export function receiveFeedback(kind: MediaKind, needsRemb: boolean): string[] {
  if (kind === "audio") return ["nack"];
  const feedback = ["transport-cc", "ccm fir", "nack", "nack pli"];
  return needsRemb ? ["goog-remb", ...feedback] : feedback;
}

/** @param isRed the track is sent as RED, which repairs itself */
export function sendFeedback(
  kind: MediaKind,
  congestionControl: CongestionControl,
  isRed: boolean,
): string[] {
  if (kind === "audio") return isRed ? [] : ["nack"];
  return [
    ...(congestionControl === "transport-cc" ? [] : ["goog-remb"]),
    ...(congestionControl === "remb" ? [] : ["transport-cc"]),
    "ccm fir",
    "nack",
    "nack pli",
  ];
}

export function codecOfDescription(
  kind: MediaKind,
  description: CodecDescription,
): Codec | undefined {
  return codecOfMimeType(`${kind}/${description.name}`);
}

export function isRtx(description: CodecDescription): boolean {
  return description.name.toLowerCase() === "rtx";
}

/** What a room's list lets us use of the table. */
export type CodecSet = { readonly [kind in MediaKind]: readonly TableCodec[] } & {
  readonly hasRtx: boolean;
};

/** RED needs opus, which it carries. */
export function codecSetOf(enabled: readonly EnabledCodec[]): CodecSet {
  const entries = CODEC_TABLE.filter((entry) => isEntryEnabled(entry, enabled));
  return {
    audio: entries.filter(({ codec }) => !isVideoCodec(codec)),
    video: entries.filter(({ codec }) => isVideoCodec(codec)),
    hasRtx: enabled.some(({ mime }) => mime.toLowerCase() === RTX_MIME),
  };
}

function isEntryEnabled(entry: TableCodec, enabled: readonly EnabledCodec[]): boolean {
  const isNamed = enabled.some(({ mime, fmtpLine }) => {
    if (codecOfMimeType(mime) !== entry.codec) return false;
    const isExact = fmtpLine.toLowerCase() === entry.fmtp.toLowerCase();
    return isExact || (fmtpLine === "" && !entry.isRare);
  });
  if (!isNamed || entry.codec !== Codec.Red) return isNamed;
  return enabled.some(({ mime }) => codecOfMimeType(mime) === Codec.Opus);
}

/** Not for subscribers: many of them decode no high profile (spec-signalling 8.1). */
export function isH264High(fmtp: string): boolean {
  return fmtpParameter(fmtp, "profile-level-id")?.toLowerCase().startsWith("64") === true;
}

/**
 * Whether an offered variant is the one of the table. Levels and the like may differ; what decides
 * whether a decoder of one understands the other may not: profile, and packetization mode of H264
 * (RFC 6184 §8.2.2, RFC 9628 §7, AV1 RTP §7.2).
 */
export function isSameVariant(entry: TableCodec, fmtp: string): boolean {
  switch (entry.codec) {
    case Codec.H264:
      return (
        parameter(fmtp, "packetization-mode", "0") ===
          parameter(entry.fmtp, "packetization-mode", "0") &&
        profileOf(fmtp) === profileOf(entry.fmtp)
      );
    case Codec.Vp9:
      return parameter(fmtp, "profile-id", "0") === parameter(entry.fmtp, "profile-id", "0");
    case Codec.Av1:
      return parameter(fmtp, "profile", "0") === "0";
    case Codec.H265:
      return parameter(fmtp, "profile-id", "1") === "1";
    default:
      return true;
  }
}

function parameter(fmtp: string, name: string, absent: string): string {
  return fmtpParameter(fmtp, name)?.toLowerCase() ?? absent;
}

/** profile_idc and the constraint flags, without the level. 420010 is the default of RFC 6184 §8.1. */
function profileOf(fmtp: string): string {
  return parameter(fmtp, "profile-level-id", "420010").slice(0, 4);
}
