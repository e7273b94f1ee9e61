import { EXTENSION_URIS } from "../wire/rtp/extension-ids.ts";
import { readSdp } from "../wire/sdp/read-sdp.ts";
import {
  EMPTY_SECTION,
  type Fingerprint,
  isRejected,
  isSending,
  type MediaSection,
  type SessionDescription,
  type TransportAttributes,
} from "../wire/sdp/session-description.ts";
import { DISCARD_PORT, writeSdp } from "../wire/sdp/write-sdp.ts";
import type { RemoteTransport, RtcPeer } from "./rtc-peer.ts";

/** Header extensions of what we publish, numbered as Chrome does. */
export const SENT_EXTENSIONS = {
  audioLevel: 1,
  absSendTime: 2,
  transportSequence: 3,
  mid: 4,
  rid: 10,
  repairedRid: 11,
} as const;

export const OPUS_PAYLOAD_TYPE = 111;
export const VP8_PAYLOAD_TYPE = 96;

/** What the payload types of a description stand for. */
export const PayloadKind = { None: 0, Audio: 1, Video: 2 } as const;
/** A `PayloadKind` for each payload type, 0..127. */
export type PayloadKinds = Uint8Array;

/** Of media, redundant sound too; repeats and parity are of no kind. */
export function payloadKindsOf({ sections }: SessionDescription): PayloadKinds {
  const kinds = new Uint8Array(128);
  for (const { kind, codecs } of sections) {
    for (const { payloadType, name } of codecs) {
      const isRepair = /^(rtx|ulpfec|flexfec.*)$/i.test(name);
      if (isRepair || (kind === "video" && /^red$/i.test(name))) continue;
      kinds[payloadType & 127] = kind === "audio" ? PayloadKind.Audio : PayloadKind.Video;
    }
  }
  return kinds;
}

export type OfferedTrack = {
  readonly kind: "audio" | "video";
  readonly mid: string;
  readonly cid: string;
  /** Empty: one stream, announced by its SSRC. */
  readonly rids: readonly string[];
  /** Of simulcast the lowest; the encodings' numbers follow one by one. */
  readonly ssrc: number;
};

const AUDIO_EXTENSIONS = ["audioLevel", "absSendTime", "transportSequence", "mid"] as const;
const VIDEO_EXTENSIONS = ["absSendTime", "transportSequence", "mid", "rid", "repairedRid"] as const;

function transportOf(peer: RtcPeer, setup: TransportAttributes["setup"]): TransportAttributes {
  const fingerprint: Fingerprint = { algorithm: "sha-256", value: peer.fingerprint };
  return {
    iceUfrag: peer.ufrag,
    icePwd: peer.pwd,
    iceOptions: ["trickle"],
    fingerprints: [fingerprint],
    setup,
  };
}

function description(version: number, sections: readonly MediaSection[]): string {
  return writeSdp({
    sessionId: "4611731400430051336",
    sessionVersion: String(version),
    isIceLite: false,
    bundleGroups: [sections.filter((section) => !isRejected(section)).map(({ mid }) => mid)],
    isExtmapMixed: true,
    transport: EMPTY_SECTION.transport,
    sections,
  });
}

/** The offer of a publisher: its tracks, and data channels behind them as clients have. */
export function publisherOffer(
  peer: RtcPeer,
  tracks: readonly OfferedTrack[],
  version: number,
): string {
  const base: MediaSection = {
    ...EMPTY_SECTION,
    port: DISCARD_PORT,
    transport: transportOf(peer, "actpass"),
    candidates: [peer.candidate],
    hasEndOfCandidates: true,
  };
  const media = tracks.map((track): MediaSection => {
    const isAudio = track.kind === "audio";
    const payloadType = isAudio ? OPUS_PAYLOAD_TYPE : VP8_PAYLOAD_TYPE;
    const names = isAudio ? AUDIO_EXTENSIONS : VIDEO_EXTENSIONS;
    const msid = { streamId: "-", trackId: track.cid };
    return {
      ...base,
      kind: track.kind,
      protocol: "UDP/TLS/RTP/SAVPF",
      formats: [String(payloadType)],
      mid: track.mid,
      direction: "sendonly",
      hasRtcpMux: true,
      hasRtcpReducedSize: true,
      extensions: names.map((name) => ({
        id: SENT_EXTENSIONS[name],
        uri: EXTENSION_URIS[name],
        direction: undefined,
      })),
      msids: [msid],
      codecs: [
        isAudio
          ? {
              payloadType,
              name: "opus",
              clockHz: 48_000,
              channels: 2,
              fmtp: "minptime=10;useinbandfec=1",
              feedback: ["transport-cc"],
            }
          : {
              payloadType,
              name: "VP8",
              clockHz: 90_000,
              channels: 1,
              fmtp: "",
              feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
            },
      ],
      rids: track.rids.map((id) => ({ id, direction: "send" })),
      simulcast:
        track.rids.length === 0
          ? undefined
          : { send: track.rids.map((rid) => [{ rid, isPaused: false }]), recv: [] },
      ssrcs: track.rids.length === 0 ? [{ ssrc: track.ssrc, cname: "load", msid }] : [],
    };
  });
  const data: MediaSection = {
    ...base,
    kind: "application",
    protocol: "UDP/DTLS/SCTP",
    formats: ["webrtc-datachannel"],
    mid: String(tracks.length),
    sctpPort: 5000,
    messageBytesMax: 262_144,
  };
  return description(version, [...media, data]);
}

/** Accepts every section of an offer as it stands. The answerer is the DTLS client. */
export function subscriberAnswer(
  peer: RtcPeer,
  offer: SessionDescription,
  version: number,
): string {
  const transport = transportOf(peer, "active");
  return description(
    version,
    offer.sections.map((section): MediaSection => {
      if (isRejected(section)) {
        const { kind, protocol, formats, mid } = section;
        return { ...EMPTY_SECTION, kind, protocol, formats, mid, direction: "inactive" };
      }
      return {
        ...section,
        port: DISCARD_PORT,
        isBundleOnly: false,
        direction: isSending(section.direction) ? "recvonly" : "inactive",
        transport,
        candidates: [peer.candidate],
        hasEndOfCandidates: true,
        msids: [],
        rids: [],
        simulcast: undefined,
        ssrcs: [],
        ssrcGroups: [],
      };
    }),
  );
}

export function parseDescription(text: string): SessionDescription {
  const result = readSdp(text);
  if (result.kind !== "read") throw new Error(`Cannot read the server's SDP: ${result.detail}`);
  return result.description;
}

/** Transport and candidates of the server's description, of the first section that lives. */
export function remoteTransportOf(
  { sections, transport: session, isIceLite }: SessionDescription,
  isAnswer: boolean,
): { readonly transport: RemoteTransport; readonly candidates: readonly string[] } {
  const section = sections.find((each) => !isRejected(each));
  if (section === undefined) throw new Error("The server's SDP has no section to go by");
  const { transport, candidates } = section;
  const setup = transport.setup ?? session.setup;
  return {
    transport: {
      ufrag: transport.iceUfrag || session.iceUfrag,
      pwd: transport.icePwd || session.icePwd,
      fingerprint: (transport.fingerprints[0] ?? session.fingerprints[0])?.value ?? "",
      isIceControlling: isIceLite || isAnswer,
      isDtlsClient: isAnswer ? setup === "passive" : true,
    },
    candidates,
  };
}
