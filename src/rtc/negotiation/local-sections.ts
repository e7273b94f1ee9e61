import {
  EMPTY_SECTION,
  type MediaSection,
  NO_TRANSPORT,
  type SetupRole,
  type TransportAttributes,
} from "../../wire/sdp/session-description.ts";
import { candidateLine } from "./candidate-line.ts";
import type { LocalTransport } from "./negotiation-types.ts";
import type { SendTrack } from "./subscriber-types.ts";

/** What we take in one data channel message, bytes (spec-signalling 8.8). */
export const DATA_MESSAGE_BYTES_MAX = 65_535;
export const SCTP_PORT = 5000;
const DATA_FORMAT = "webrtc-datachannel";

export function localAttributes(local: LocalTransport, setup: SetupRole): TransportAttributes {
  return {
    iceUfrag: local.ufrag,
    icePwd: local.pwd,
    iceOptions: [],
    fingerprints: [{ algorithm: "sha-256", value: local.fingerprint }],
    setup,
  };
}

/** The section that speaks for the bundle also carries the candidates. */
export function withCandidates(
  section: MediaSection,
  local: LocalTransport,
  isComplete: boolean,
): MediaSection {
  const candidates = local.candidates.map(candidateLine);
  return { ...section, candidates, hasEndOfCandidates: isComplete };
}

/** A section that is refused, or was, keeps its place in the description with port 0. */
export function rejectedSection(
  section: Pick<MediaSection, "kind" | "protocol" | "formats" | "mid">,
): MediaSection {
  const { kind, protocol, formats, mid } = section;
  return {
    ...EMPTY_SECTION,
    kind,
    protocol,
    formats,
    mid,
    direction: "inactive",
    transport: NO_TRANSPORT,
  };
}

export function dataSection(
  mid: string,
  protocol: string,
  port: number,
  transport: TransportAttributes,
): MediaSection {
  return {
    ...EMPTY_SECTION,
    kind: "application",
    port,
    protocol,
    formats: [DATA_FORMAT],
    mid,
    transport,
    sctpPort: SCTP_PORT,
    messageBytesMax: DATA_MESSAGE_BYTES_MAX,
  };
}

/** RFC 8841: data channels over UDP or TCP, the form in use since 2017. */
export function isDataSection(section: MediaSection): boolean {
  return (
    section.kind === "application" &&
    section.protocol.endsWith("DTLS/SCTP") &&
    section.formats.includes(DATA_FORMAT)
  );
}

/** The attributes that announce what we send in a section. */
export function sendAttributes(
  track: SendTrack,
  hasRtx: boolean,
): Pick<MediaSection, "msids" | "ssrcs" | "ssrcGroups"> {
  const msid = { streamId: track.streamId, trackId: track.trackSid };
  const isRepaired = hasRtx && track.rtxSsrc !== 0;
  const numbers = isRepaired ? [track.ssrc, track.rtxSsrc] : [track.ssrc];
  return {
    msids: [msid],
    ssrcs: numbers.map((ssrc) => ({ ssrc, cname: track.cname, msid })),
    ssrcGroups: isRepaired ? [{ semantics: "FID", ssrcs: numbers }] : [],
  };
}
