/** What a fake client says of one media section of its offer. */
export type OfferedSection = {
  readonly mid: string;
  readonly kind: "audio" | "video" | "data";
  /** Track id of the msid; "" or absent: no msid line. */
  readonly cid?: string;
  readonly direction?: "sendonly" | "sendrecv" | "recvonly" | "inactive";
  /** In the client's order. */
  readonly codecs?: readonly (keyof typeof CODECS)[];
  readonly rids?: readonly string[];
  /** Port 0: the section is refused or given up. */
  readonly isRejected?: boolean;
};

export type ClientIce = { readonly ufrag: string; readonly pwd: string };

const CODECS = {
  opus: { payloadType: 111, map: "opus/48000/2", fmtp: "minptime=10;useinbandfec=1" },
  red: { payloadType: 63, map: "red/48000/2", fmtp: "111/111" },
  VP8: { payloadType: 96, map: "VP8/90000", fmtp: "" },
  VP9: { payloadType: 98, map: "VP9/90000", fmtp: "profile-id=0" },
  H264: {
    payloadType: 108,
    map: "H264/90000",
    fmtp: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
  },
  AV1: { payloadType: 35, map: "AV1/90000", fmtp: "" },
} as const;

const CLIENT_FINGERPRINT =
  "4A:79:94:16:44:3F:BD:05:41:5A:C7:20:F3:12:54:70:00:73:5D:33:00:2D:2C:80:9B:39:E1:9F:2D:A7:49:87";

export const FIRST_ICE: ClientIce = { ufrag: "cufr", pwd: "abcdefghijklmnopqrstuvwx" };
export const SECOND_ICE: ClientIce = { ufrag: "nufr", pwd: "nopqrstuvwxabcdefghijklm" };

function transportLines(ice: ClientIce, setup: string): string[] {
  return [
    `a=ice-ufrag:${ice.ufrag}`,
    `a=ice-pwd:${ice.pwd}`,
    "a=ice-options:trickle",
    `a=fingerprint:sha-256 ${CLIENT_FINGERPRINT}`,
    `a=setup:${setup}`,
  ];
}

/** An offer as a browser writes it, reduced to what negotiation reads. */
export function clientOffer(
  sections: readonly OfferedSection[],
  ice: ClientIce = FIRST_ICE,
): string {
  const used = sections.filter(({ isRejected }) => isRejected !== true);
  const lines = [
    "v=0",
    "o=- 4611731400430051336 2 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    `a=group:BUNDLE ${used.map(({ mid }) => mid).join(" ")}`,
    "a=extmap-allow-mixed",
    "a=msid-semantic: WMS",
    ...sections.flatMap((section) => offeredLines(section, ice)),
  ];
  return `${lines.join("\r\n")}\r\n`;
}

function offeredLines(section: OfferedSection, ice: ClientIce): string[] {
  const { mid, kind, cid = "", direction = "sendonly", rids = [], isRejected = false } = section;
  const port = isRejected ? 0 : 9;
  if (kind === "data") {
    return [
      `m=application ${port} UDP/DTLS/SCTP webrtc-datachannel`,
      "c=IN IP4 0.0.0.0",
      ...transportLines(ice, "actpass"),
      `a=mid:${mid}`,
      "a=sctp-port:5000",
      "a=max-message-size:262144",
    ];
  }
  const names = section.codecs ?? (kind === "audio" ? ["opus"] : ["VP8"]);
  const codecs = names.map((name) => CODECS[name]);
  const payloadTypes = codecs.flatMap(({ payloadType }) =>
    kind === "video" ? [payloadType, payloadType + 1] : [payloadType],
  );
  return [
    `m=${kind} ${port} UDP/TLS/RTP/SAVPF ${payloadTypes.join(" ")}`,
    "c=IN IP4 0.0.0.0",
    "a=rtcp:9 IN IP4 0.0.0.0",
    ...transportLines(ice, "actpass"),
    `a=mid:${mid}`,
    "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
    "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
    `a=${direction}`,
    ...(cid === "" ? [] : [`a=msid:- ${cid}`]),
    "a=rtcp-mux",
    "a=rtcp-rsize",
    ...codecs.flatMap(({ payloadType, map, fmtp }) => [
      `a=rtpmap:${payloadType} ${map}`,
      ...(kind === "video"
        ? [`a=rtcp-fb:${payloadType} nack`, `a=rtcp-fb:${payloadType} nack pli`]
        : []),
      ...(fmtp === "" ? [] : [`a=fmtp:${payloadType} ${fmtp}`]),
      ...(kind === "video"
        ? [`a=rtpmap:${payloadType + 1} rtx/90000`, `a=fmtp:${payloadType + 1} apt=${payloadType}`]
        : []),
    ]),
    ...rids.map((rid) => `a=rid:${rid} send`),
    ...(rids.length > 0 ? [`a=simulcast:send ${rids.join(";")}`] : []),
  ];
}

export type AnswerOptions = {
  readonly ice?: ClientIce;
  /** Sections refused with port 0. */
  readonly rejectedMids?: readonly string[];
  /** Codec names, lower case, that this client has not. */
  readonly without?: readonly string[];
};

/** A client's answer to an offer of the server: takes every section, unless told otherwise. */
export function clientAnswer(offer: string, options: AnswerOptions = {}): string {
  const ice = options.ice ?? FIRST_ICE;
  const [session = "", ...sections] = offer.split(/(?=^m=)/m);
  const answered = sections.map((section) => answeredSection(section, ice, options));
  const mids = answered.filter((text) => !/^m=\w+ 0 /.test(text)).map(midOf);
  const head = session
    .split("\r\n")
    .filter((line) => /^(v|o|s|t)=/.test(line))
    .concat(`a=group:BUNDLE ${mids.join(" ")}`, "a=extmap-allow-mixed");
  return `${head.join("\r\n")}\r\n${answered.join("")}`;
}

function midOf(section: string): string {
  return /^a=mid:(\S+)/m.exec(section)?.[1] ?? "";
}

function answeredSection(section: string, ice: ClientIce, options: AnswerOptions): string {
  const lines = section.split("\r\n").filter((line) => line !== "");
  const mid = midOf(section);
  const [, kind, , protocol, formats = ""] =
    /^m=(\w+) (\d+) (\S+) (.*)$/.exec(lines[0] ?? "") ?? [];
  const missing = new Set(
    lines
      .map((line) => /^a=rtpmap:(\d+) ([^/]+)/.exec(line))
      .filter((match) => options.without?.includes(match?.[2]?.toLowerCase() ?? "") === true)
      .map((match) => match?.[1] ?? ""),
  );
  for (const line of lines) {
    const repaired = /^a=fmtp:(\d+) apt=(\d+)/.exec(line);
    if (repaired !== null && missing.has(repaired[2] ?? "")) missing.add(repaired[1] ?? "");
  }
  const kept = formats.split(" ").filter((format) => !missing.has(format));
  if (options.rejectedMids?.includes(mid) === true || kept.length === 0) {
    return `m=${kind} 0 ${protocol} ${formats}\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\na=mid:${mid}\r\n`;
  }
  const copied = lines.slice(1).filter((line) => {
    if (/^a=(sctp-port|max-message-size|rtcp-mux|rtcp-rsize|extmap)/.test(line)) return true;
    const format = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/.exec(line)?.[1];
    return format !== undefined && kept.includes(format);
  });
  const direction = lines.includes("a=sendonly") ? ["a=recvonly"] : ["a=inactive"];
  return [
    `m=${kind} 9 ${protocol} ${kept.join(" ")}`,
    "c=IN IP4 0.0.0.0",
    ...transportLines(ice, "active"),
    `a=mid:${mid}`,
    ...(kind === "application" ? [] : direction),
    ...copied,
    "",
  ].join("\r\n");
}
