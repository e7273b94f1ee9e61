import type {
  CodecDescription,
  MediaSection,
  Msid,
  SessionDescription,
  SimulcastRid,
  TransportAttributes,
} from "./session-description.ts";

/** The discard port (RFC 9429 §5.2.1): candidates say where to send. */
export const DISCARD_PORT = 9;

/** Writes a description in the order that RFC 9429 §5.2.1 gives. */
export function writeSdp(description: SessionDescription): string {
  const lines: string[] = [
    "v=0",
    `o=- ${description.sessionId} ${description.sessionVersion} IN IP4 0.0.0.0`,
    "s=-",
    "t=0 0",
  ];
  if (description.isIceLite) lines.push("a=ice-lite");
  for (const mids of description.bundleGroups) {
    lines.push(["a=group:BUNDLE", ...mids.map(word)].join(" "));
  }
  if (description.isExtmapMixed) lines.push("a=extmap-allow-mixed");
  lines.push("a=msid-semantic: WMS *");
  writeTransport(lines, description.transport);
  for (const section of description.sections) writeSection(lines, section);
  return `${lines.join("\r\n")}\r\n`;
}

/** One section of a fragment (RFC 8840 §9): where it belongs, credentials, candidates. */
export type FragmentSection = Pick<
  MediaSection,
  "kind" | "protocol" | "formats" | "mid" | "transport" | "candidates"
>;

/** Writes all there is to know of our side of a bundle after an ICE restart (RFC 9725 §4.3.3). */
export function writeSdpFragment(
  bundleGroups: readonly string[][],
  section: FragmentSection,
): string {
  const { kind, protocol, formats, mid, transport, candidates } = section;
  const lines = ["a=ice-lite"];
  for (const mids of bundleGroups) lines.push(["a=group:BUNDLE", ...mids.map(word)].join(" "));
  lines.push(
    `m=${word(kind)} ${DISCARD_PORT} ${word(protocol)} ${formats.map(word).join(" ")}`,
    `a=mid:${word(mid)}`,
  );
  writeTransport(lines, transport);
  for (const candidate of candidates) lines.push(`a=candidate:${text(candidate)}`);
  lines.push("a=end-of-candidates");
  return `${lines.join("\r\n")}\r\n`;
}

function writeSection(lines: string[], section: MediaSection): void {
  lines.push(
    `m=${word(section.kind)} ${section.port} ${word(section.protocol)} ${section.formats.map(word).join(" ")}`,
    "c=IN IP4 0.0.0.0",
  );
  for (const candidate of section.candidates) lines.push(`a=candidate:${text(candidate)}`);
  if (section.hasEndOfCandidates) lines.push("a=end-of-candidates");
  writeTransport(lines, section.transport);
  if (section.mid !== "") lines.push(`a=mid:${word(section.mid)}`);
  if (section.isBundleOnly) lines.push("a=bundle-only");
  if (section.kind !== "application") lines.push(`a=${section.direction}`);
  for (const msid of section.msids) lines.push(`a=msid:${msidValue(msid)}`);
  if (section.isExtmapMixed) lines.push("a=extmap-allow-mixed");
  for (const { id, uri, direction } of section.extensions) {
    lines.push(`a=extmap:${id}${direction === undefined ? "" : `/${direction}`} ${word(uri)}`);
  }
  if (section.hasRtcpMux) lines.push("a=rtcp-mux");
  if (section.hasRtcpReducedSize) lines.push("a=rtcp-rsize");
  for (const codec of section.codecs) writeCodec(lines, codec);
  for (const { id, direction } of section.rids) lines.push(`a=rid:${word(id)} ${direction}`);
  writeSimulcast(lines, section);
  for (const { semantics, ssrcs } of section.ssrcGroups) {
    lines.push(`a=ssrc-group:${word(semantics)} ${ssrcs.join(" ")}`);
  }
  for (const { ssrc, cname, msid } of section.ssrcs) {
    lines.push(`a=ssrc:${ssrc} cname:${word(cname)}`);
    if (msid !== undefined) lines.push(`a=ssrc:${ssrc} msid:${msidValue(msid)}`);
  }
  if (section.sctpPort > 0) lines.push(`a=sctp-port:${section.sctpPort}`);
  if (section.messageBytesMax !== undefined) {
    lines.push(`a=max-message-size:${section.messageBytesMax}`);
  }
}

function writeTransport(lines: string[], transport: TransportAttributes): void {
  if (transport.iceUfrag !== "") lines.push(`a=ice-ufrag:${word(transport.iceUfrag)}`);
  if (transport.icePwd !== "") lines.push(`a=ice-pwd:${word(transport.icePwd)}`);
  if (transport.iceOptions.length > 0) {
    lines.push(`a=ice-options:${transport.iceOptions.map(word).join(" ")}`);
  }
  for (const { algorithm, value } of transport.fingerprints) {
    lines.push(`a=fingerprint:${word(algorithm)} ${word(value)}`);
  }
  if (transport.setup !== undefined) lines.push(`a=setup:${transport.setup}`);
}

function writeCodec(lines: string[], codec: CodecDescription): void {
  const { payloadType, name, clockHz, channels } = codec;
  const suffix = channels === 1 ? "" : `/${channels}`;
  lines.push(`a=rtpmap:${payloadType} ${word(name)}/${clockHz}${suffix}`);
  if (codec.fmtp !== "") lines.push(`a=fmtp:${payloadType} ${text(codec.fmtp)}`);
  for (const feedback of codec.feedback) lines.push(`a=rtcp-fb:${payloadType} ${text(feedback)}`);
}

function writeSimulcast(lines: string[], { simulcast }: MediaSection): void {
  if (simulcast === undefined) return;
  const parts: string[] = [];
  if (simulcast.send.length > 0) parts.push(`send ${streamList(simulcast.send)}`);
  if (simulcast.recv.length > 0) parts.push(`recv ${streamList(simulcast.recv)}`);
  if (parts.length > 0) lines.push(`a=simulcast:${parts.join(" ")}`);
}

function streamList(streams: readonly (readonly SimulcastRid[])[]): string {
  return streams
    .map((alternatives) =>
      alternatives.map(({ rid, isPaused }) => `${isPaused ? "~" : ""}${word(rid)}`).join(","),
    )
    .join(";");
}

function msidValue({ streamId, trackId }: Msid): string {
  return streamId === "" ? word(trackId) : `${word(streamId)} ${word(trackId)}`;
}

/** Names come from users: white space in one would split the line, or begin another. */
function word(value: string): string {
  return value.replaceAll(/[\s\p{Cc}]/gu, "_");
}

function text(value: string): string {
  return value.replaceAll(/\p{Cc}/gu, "_");
}
