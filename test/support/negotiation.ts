import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EnabledCodec } from "../../src/rtc/negotiation/codec-table.ts";
import type { LocalTransport, MediaKind } from "../../src/rtc/negotiation/negotiation-types.ts";
import type {
  DeclaredTrack,
  OfferContext,
  PublisherOptions,
} from "../../src/rtc/negotiation/publisher-types.ts";
import type { SendTrack, SubscriberOptions } from "../../src/rtc/negotiation/subscriber-types.ts";

/** What a new room enables (spec-signalling 3.2). */
export const ALL_CODECS: readonly EnabledCodec[] = [
  "audio/PCMU",
  "audio/PCMA",
  "audio/opus",
  "audio/red",
  "video/VP8",
  "video/H264",
  "video/VP9",
  "video/AV1",
  "video/H265",
  "video/rtx",
].map((mime) => ({ mime, fmtpLine: "" }));

export const FINGERPRINT: string = Array.from({ length: 32 }, (_, i) =>
  (i * 7 + 1).toString(16).padStart(2, "0").toUpperCase().slice(-2),
).join(":");

export const LOCAL: LocalTransport = {
  ufrag: "localUfrag",
  pwd: "localPasswordOfTwentyTwoLetters",
  fingerprint: FINGERPRINT,
  candidates: [
    { protocol: "udp", address: "127.0.0.1", port: 7882 },
    { protocol: "tcp", address: "127.0.0.1", port: 7881 },
  ],
};

export function publisherOptions(): PublisherOptions {
  return {
    sessionId: "4611686018427387904",
    publishCodecs: ALL_CODECS,
    subscribeCodecs: [],
    isSinglePeerConnection: false,
    congestionControl: "remb",
    hasPlayoutDelay: false,
    hasRed: true,
    keepsCodecOrder: true,
  };
}

export function subscriberOptions(): SubscriberOptions {
  return {
    sessionId: "4611686018427387905",
    firstOfferId: 200,
    subscribeCodecs: ALL_CODECS,
    congestionControl: "remb",
    hasPlayoutDelay: false,
    hasRed: true,
    canReuseSections: true,
    hasDataSection: true,
    local: LOCAL,
  };
}

export function declared(track: Partial<DeclaredTrack>): DeclaredTrack {
  return {
    trackSid: "TR_declared",
    preferredMime: "",
    isStereo: false,
    disableDtx: false,
    disableRed: false,
    layers: [],
    ...track,
  };
}

/** @param tracks by cid, or by `*audio` and `*video` for any cid */
export function offerContext(tracks: { readonly [cid: string]: DeclaredTrack } = {}): OfferContext {
  return {
    localTransport: () => LOCAL,
    hasAllCandidates: false,
    declaredTrack: (cid: string, kind: MediaKind) => tracks[cid] ?? tracks[`*${kind}`],
  };
}

export function sendTrack(
  key: number,
  kind: MediaKind,
  preferredMimes: readonly string[],
  changes: Partial<SendTrack> = {},
): SendTrack {
  return {
    key,
    kind,
    trackSid: `TR_${key}`,
    streamId: `PA_x|TR_${key}`,
    preferredMimes,
    isStereo: false,
    ssrc: 1000 + key,
    rtxSsrc: kind === "video" ? 2000 + key : 0,
    cname: `PA_x|TR_${key}`,
    ...changes,
  };
}

/** An SDP of test/fixtures/sdp, by name. */
export function sdpFixture(name: string): string {
  return readFileSync(join(import.meta.dir, "../fixtures/sdp", `${name}.sdp`), "utf8");
}
