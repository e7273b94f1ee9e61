import {
  CANDIDATES_MAX,
  EXTENSIONS_MAX,
  FEEDBACK_MAX,
  FORMATS_MAX,
  MSIDS_MAX,
  RIDS_MAX,
  SSRC_GROUPS_MAX,
  SSRCS_MAX,
  TOKEN_LENGTH_MAX,
} from "./sdp-limits.ts";
import type {
  CodecDescription,
  Direction,
  HeaderExtension,
  MediaSection,
  Msid,
  Rid,
  Simulcast,
  SimulcastRid,
  SsrcDescription,
  SsrcGroup,
} from "./session-description.ts";
import { TransportBuilder } from "./transport-builder.ts";

type RtpMap = Pick<CodecDescription, "name" | "clockHz" | "channels">;

const RTP_MAP = /^(\d{1,3}) +([^\s/]{1,64})\/(\d{1,9})(?:\/(\d{1,3}))?$/;
const FORMAT_VALUE = /^(\d{1,3}|\*) +(\S.*)$/;
const EXTMAP = /^(\d{1,5})(?:\/(sendrecv|sendonly|recvonly|inactive))? +(\S+)/;
// RFC 8851 §10 allows letters, digits, `-` and `_`
const RID = /^([A-Za-z0-9_-]{1,32}) +(send|recv)\b/;
const SIMULCAST = /\b(send|recv) +(\S+)/g;
const SSRC = /^(\d{1,10}) +([^\s:]+)(?::(.*))?$/;

/** RFC 3551 §6: the payload types that need no `a=rtpmap`, of those that we forward. */
const STATIC_MAPS: ReadonlyMap<number, RtpMap> = new Map([
  [0, { name: "PCMU", clockHz: 8_000, channels: 1 }],
  [8, { name: "PCMA", clockHz: 8_000, channels: 1 }],
]);

/** Collects the attributes of one media section. */
export class SectionBuilder {
  readonly #line: Pick<MediaSection, "kind" | "port" | "protocol" | "formats">;
  readonly #transport = new TransportBuilder();
  readonly #maps = new Map<number, RtpMap>();
  readonly #fmtps = new Map<number, string>();
  /** By payload type; -1 is `*`. */
  readonly #feedback = new Map<number, string[]>();
  readonly #extensions: HeaderExtension[] = [];
  readonly #msids: Msid[] = [];
  readonly #rids: Rid[] = [];
  readonly #ssrcs = new Map<number, { cname: string; msid: Msid | undefined }>();
  readonly #ssrcGroups: SsrcGroup[] = [];
  readonly #candidates: string[] = [];
  #simulcast: Simulcast | undefined;
  #mid = "";
  #direction: Direction | undefined;
  #isBundleOnly = false;
  #hasRtcpMux = false;
  #hasRtcpReducedSize = false;
  #isExtmapMixed = false;
  #hasEndOfCandidates = false;
  #sctpPort = 0;
  #messageBytesMax: number | undefined;

  constructor(line: Pick<MediaSection, "kind" | "port" | "protocol" | "formats">) {
    this.#line = { ...line, formats: line.formats.slice(0, FORMATS_MAX) };
  }

  setAttribute(name: string, value: string): void {
    switch (name) {
      case "mid":
        if (isToken(value)) this.#mid = value;
        return;
      case "sendrecv":
      case "sendonly":
      case "recvonly":
      case "inactive":
        this.#direction = name;
        return;
      case "bundle-only":
        this.#isBundleOnly = true;
        return;
      case "rtcp-mux":
        this.#hasRtcpMux = true;
        return;
      case "rtcp-rsize":
        this.#hasRtcpReducedSize = true;
        return;
      case "extmap-allow-mixed":
        this.#isExtmapMixed = true;
        return;
      case "end-of-candidates":
        this.#hasEndOfCandidates = true;
        return;
      case "rtpmap":
        this.#setRtpMap(value);
        return;
      case "fmtp":
        this.#setFmtp(value);
        return;
      case "rtcp-fb":
        this.#addFeedback(value);
        return;
      case "extmap":
        this.#addExtension(value);
        return;
      case "msid":
        this.#addMsid(value);
        return;
      case "rid":
        this.#addRid(value);
        return;
      case "simulcast":
        this.#simulcast ??= readSimulcast(value);
        return;
      case "ssrc":
        this.#addSsrc(value);
        return;
      case "ssrc-group":
        this.#addSsrcGroup(value);
        return;
      case "candidate":
        if (this.#candidates.length < CANDIDATES_MAX) this.#candidates.push(value);
        return;
      case "sctp-port":
        this.#sctpPort = readNumber(value, 65_535) ?? 0;
        return;
      case "max-message-size":
        this.#messageBytesMax = readNumber(value, Number.MAX_SAFE_INTEGER);
        return;
      default:
        this.#transport.setAttribute(name, value);
    }
  }

  /** @param sessionDirection what the session states for sections that state nothing */
  build(sessionDirection: Direction): MediaSection {
    return {
      ...this.#line,
      mid: this.#mid,
      direction: this.#direction ?? sessionDirection,
      isBundleOnly: this.#isBundleOnly,
      hasRtcpMux: this.#hasRtcpMux,
      hasRtcpReducedSize: this.#hasRtcpReducedSize,
      transport: this.#transport.build(),
      codecs: this.#buildCodecs(),
      extensions: this.#extensions,
      isExtmapMixed: this.#isExtmapMixed,
      msids: this.#msids,
      rids: this.#rids,
      simulcast: this.#simulcast,
      ssrcs: this.#buildSsrcs(),
      ssrcGroups: this.#ssrcGroups,
      candidates: this.#candidates,
      hasEndOfCandidates: this.#hasEndOfCandidates,
      sctpPort: this.#sctpPort,
      messageBytesMax: this.#messageBytesMax,
    };
  }

  #buildCodecs(): CodecDescription[] {
    const codecs: CodecDescription[] = [];
    const seen = new Set<number>();
    const common = this.#feedback.get(-1) ?? [];
    for (const format of this.#line.formats) {
      const payloadType = readNumber(format, 127);
      if (payloadType === undefined || seen.has(payloadType)) continue;
      const map = this.#maps.get(payloadType) ?? STATIC_MAPS.get(payloadType);
      if (map === undefined) continue;
      seen.add(payloadType);
      const feedback = new Set([...(this.#feedback.get(payloadType) ?? []), ...common]);
      const fmtp = this.#fmtps.get(payloadType) ?? "";
      codecs.push({ payloadType, ...map, fmtp, feedback: [...feedback] });
    }
    return codecs;
  }

  #buildSsrcs(): SsrcDescription[] {
    return [...this.#ssrcs].map(([ssrc, stated]) => ({ ssrc, ...stated }));
  }

  #setRtpMap(value: string): void {
    const match = RTP_MAP.exec(value);
    if (match === null) return;
    const payloadType = Number(match[1]);
    const [clockHz, channels] = [Number(match[3]), Number(match[4] ?? 1)];
    if (payloadType > 127 || clockHz === 0 || channels === 0) return;
    this.#maps.set(payloadType, { name: match[2]!, clockHz, channels });
  }

  #setFmtp(value: string): void {
    const match = FORMAT_VALUE.exec(value);
    const payloadType = Number(match?.[1]);
    if (match !== null && payloadType <= 127) this.#fmtps.set(payloadType, match[2]!.trim());
  }

  #addFeedback(value: string): void {
    const match = FORMAT_VALUE.exec(value);
    if (match === null) return;
    const payloadType = match[1] === "*" ? -1 : Number(match[1]);
    if (payloadType > 127) return;
    const feedback = this.#feedback.get(payloadType) ?? [];
    if (feedback.length >= FEEDBACK_MAX) return;
    feedback.push(match[2]!.trim().replaceAll(/ +/g, " ").toLowerCase());
    this.#feedback.set(payloadType, feedback);
  }

  #addExtension(value: string): void {
    const match = EXTMAP.exec(value);
    if (match === null || this.#extensions.length >= EXTENSIONS_MAX) return;
    const id = Number(match[1]);
    // ids from 4096 on ask the answerer to choose (RFC 8285 §7); nobody in WebRTC does
    if (id < 1 || id > 255) return;
    const direction = match[2] as Direction | undefined;
    this.#extensions.push({ id, uri: match[3]!, direction });
  }

  #addMsid(value: string): void {
    const msid = readMsid(value);
    if (msid !== undefined && this.#msids.length < MSIDS_MAX) this.#msids.push(msid);
  }

  #addRid(value: string): void {
    const match = RID.exec(value);
    if (match === null || this.#rids.length >= RIDS_MAX) return;
    const id = match[1]!;
    if (this.#rids.some((rid) => rid.id === id)) return;
    this.#rids.push({ id, direction: match[2] === "send" ? "send" : "recv" });
  }

  #addSsrc(value: string): void {
    const match = SSRC.exec(value);
    const ssrc = readSsrc(match?.[1] ?? "");
    if (match === null || ssrc === undefined) return;
    let stated = this.#ssrcs.get(ssrc);
    if (stated === undefined) {
      if (this.#ssrcs.size >= SSRCS_MAX) return;
      stated = { cname: "", msid: undefined };
      this.#ssrcs.set(ssrc, stated);
    }
    if (match[2] === "cname") stated.cname = (match[3] ?? "").trim();
    else if (match[2] === "msid") stated.msid = readMsid((match[3] ?? "").trim());
  }

  #addSsrcGroup(value: string): void {
    const [semantics = "", ...words] = value.split(" ").filter((word) => word !== "");
    if (semantics === "" || this.#ssrcGroups.length >= SSRC_GROUPS_MAX) return;
    const ssrcs = words.slice(0, SSRCS_MAX).map(readSsrc);
    if (ssrcs.includes(undefined)) return;
    this.#ssrcGroups.push({ semantics, ssrcs: ssrcs.filter((ssrc) => ssrc !== undefined) });
  }
}

function isToken(value: string): boolean {
  return value.length <= TOKEN_LENGTH_MAX && /^[!-~]+$/.test(value);
}

/** RFC 8830 §2; a value of one word is a track id without a stream. Undefined: too long to keep. */
function readMsid(value: string): Msid | undefined {
  const [first = "", second] = value.split(" ").filter((word) => word !== "");
  if (first.length > TOKEN_LENGTH_MAX || (second?.length ?? 0) > TOKEN_LENGTH_MAX) return undefined;
  return second === undefined
    ? { streamId: "", trackId: first }
    : { streamId: first, trackId: second };
}

/** RFC 8853 §5.1: `send a;~b,c recv d`. */
function readSimulcast(value: string): Simulcast {
  const simulcast: { send: SimulcastRid[][]; recv: SimulcastRid[][] } = { send: [], recv: [] };
  for (const [, direction, list] of value.matchAll(SIMULCAST)) {
    const streams = list!
      .split(";")
      .slice(0, RIDS_MAX)
      .map((alternatives) => alternatives.split(",").slice(0, RIDS_MAX).map(readSimulcastRid));
    simulcast[direction === "send" ? "send" : "recv"] = streams;
  }
  return simulcast;
}

function readSimulcastRid(text: string): SimulcastRid {
  const isPaused = text.startsWith("~");
  return { rid: isPaused ? text.slice(1) : text, isPaused };
}

/** Decimal digits up to `max`; undefined for anything else. */
function readNumber(text: string, max: number): number | undefined {
  if (!/^\d{1,16}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= max ? number : undefined;
}

function readSsrc(text: string): number | undefined {
  const ssrc = readNumber(text, 0xffff_ffff);
  return ssrc === 0 ? undefined : ssrc;
}
