import { expect, test } from "bun:test";
import { sdpFixture } from "../../../test/support/negotiation.ts";
import { readSdp, readSdpFragment } from "./read-sdp.ts";
import { LINE_LENGTH_MAX, SDP_LENGTH_MAX, SECTIONS_MAX } from "./sdp-limits.ts";
import type { MediaSection, SessionDescription } from "./session-description.ts";

function read(text: string): SessionDescription {
  const result = readSdp(text);
  if (result.kind !== "read") throw new Error(result.detail);
  return result.description;
}

/** The one section of a description that consists of these attribute lines. */
function section(...lines: string[]): MediaSection {
  const head = ["v=0", "o=- 1 2 IN IP4 0.0.0.0", "s=-", "t=0 0"];
  const media = "m=video 9 UDP/TLS/RTP/SAVPF 96 97 0";
  return read([...head, media, ...lines.map((line) => `a=${line}`)].join("\r\n")).sections[0]!;
}

test("readSdp reads a simulcast offer of Chromium", () => {
  const { sections, bundleGroups, isExtmapMixed } = read(sdpFixture("chromium-vp8-simulcast"));
  const [video] = sections;
  expect(bundleGroups).toEqual([["0"]]);
  expect(isExtmapMixed).toBe(true);
  expect(video).toMatchObject({
    kind: "video",
    mid: "0",
    direction: "sendonly",
    hasRtcpMux: true,
    hasRtcpReducedSize: true,
    rids: ["q", "h", "f"].map((id) => ({ id, direction: "send" })),
    ssrcs: [],
  });
  expect(video?.simulcast?.send).toEqual(["q", "h", "f"].map((rid) => [{ rid, isPaused: false }]));
  expect(video?.codecs[0]).toEqual({
    payloadType: 96,
    name: "VP8",
    clockHz: 90_000,
    channels: 1,
    fmtp: "",
    feedback: ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"],
  });
  expect(video?.transport.iceUfrag).toBe("Sc3V");
  expect(video?.transport.setup).toBe("actpass");
});

test("readSdp keeps session attributes apart from those of sections, as Firefox writes them", () => {
  const { transport, sections } = read(sdpFixture("firefox-simulcast"));
  expect(transport.fingerprints[0]?.algorithm).toBe("sha-256");
  expect(transport.iceOptions).toEqual(["trickle"]);
  expect(sections.map(({ direction }) => direction)).toEqual(["sendonly", "sendonly", "sendrecv"]);
  expect(sections[0]?.transport.fingerprints).toEqual([]);
  expect(sections[0]?.extensions[1]).toEqual({
    id: 2,
    uri: "urn:ietf:params:rtp-hdrext:csrc-audio-level",
    direction: "recvonly",
  });
  expect(sections[1]?.simulcast?.send[1]).toEqual([{ rid: "h", isPaused: true }]);
  expect(sections[1]?.ssrcGroups).toHaveLength(3);
  expect(sections[2]).toMatchObject({ sctpPort: 5000, messageBytesMax: 1_073_741_823 });
});

test("readSdp takes lines that end in LF alone", () => {
  const text = sdpFixture("chromium-audio-red");
  expect(readSdp(text.replaceAll("\r\n", "\n"))).toEqual(readSdp(text));
});

test("readSdp gives sections without a direction that of the session", () => {
  const text = "v=0\na=recvonly\nm=audio 9 X 0\nm=audio 9 X 0\na=inactive\n";
  expect(read(text).sections.map(({ direction }) => direction)).toEqual(["recvonly", "inactive"]);
});

test.each([
  { title: "nothing", text: "", detail: /empty/ },
  { title: "no version", text: "o=- 1 2 IN IP4 0.0.0.0\r\n", detail: /v=0/ },
  { title: "prose", text: "v=0\r\nnot sdp at all", detail: /line 2/ },
  { title: "a port beyond the range", text: "v=0\r\nm=audio 70000 X 0\r\n", detail: /line 2/ },
  { title: "half a media line", text: "v=0\r\nm=audio\r\n", detail: /line 2/ },
  { title: "a section without formats", text: "v=0\r\nm=audio 9 X\r\n", detail: /line 2/ },
  {
    title: "a very long line",
    text: `v=0\r\na=${"x".repeat(LINE_LENGTH_MAX)}\r\n`,
    detail: /line 2/,
  },
  { title: "too much text", text: `v=0\r\n${" ".repeat(SDP_LENGTH_MAX)}`, detail: /longer than/ },
])("readSdp calls $title malformed", ({ text, detail }) => {
  const result = readSdp(text);
  expect(result.kind).toBe("malformed");
  expect(result.kind === "malformed" && result.detail).toMatch(detail);
});

test("readSdp takes as many sections as the limit and not one more", () => {
  const media = "m=audio 9 X 0\n";
  expect(readSdp(`v=0\n${media.repeat(SECTIONS_MAX)}`).kind).toBe("read");
  expect(readSdp(`v=0\n${media.repeat(SECTIONS_MAX + 1)}`).kind).toBe("too-many-sections");
});

test.each([
  { line: "mid:two words", part: { mid: "" } },
  { line: "sctp-port:70000", part: { sctpPort: 0 } },
  { line: "max-message-size:-1", part: { messageBytesMax: undefined } },
  { line: "max-message-size:0", part: { messageBytesMax: 0 } },
  { line: "extmap:0 urn:x", part: { extensions: [] } },
  { line: "extmap:4096 urn:x", part: { extensions: [] } },
  { line: "rid:q sideways", part: { rids: [] } },
  { line: "rid:q/h send", part: { rids: [] } },
  { line: "ssrc:0 cname:x", part: { ssrcs: [] } },
  { line: "ssrc:4294967296 cname:x", part: { ssrcs: [] } },
  { line: "ssrc-group:FID 1 x", part: { ssrcGroups: [] } },
  { line: "rtpmap:96 VP8/0", part: { codecs: [] } },
  { line: "rtpmap:300 VP8/90000", part: { codecs: [] } },
])("readSdp leaves the broken attribute $line out", ({ line, part }) => {
  const { codecs, ...rest } = section(line);
  // 0 is PCMU without being told
  expect({ ...rest, codecs: codecs.filter(({ payloadType }) => payloadType !== 0) }).toMatchObject(
    part,
  );
});

test.each([
  ["ice-ufrag:abc"],
  ["ice-ufrag:with space"],
  ["ice-pwd:tooshort"],
  ["fingerprint:sha-256 XY:ZZ"],
  ["setup:holdconn"],
])("readSdp leaves the broken transport attribute %s out", (line) => {
  expect(section(line).transport).toEqual({
    iceUfrag: "",
    icePwd: "",
    iceOptions: [],
    fingerprints: [],
    setup: undefined,
  });
});

test("readSdp gives feedback for all payload types to each of them", () => {
  const { codecs } = section("rtpmap:96 VP8/90000", "rtcp-fb:* nack", "rtcp-fb:96 nack  pli");
  expect(codecs.map(({ feedback }) => feedback)).toEqual([["nack pli", "nack"], ["nack"]]);
});

test("readSdp lists codecs in the order of the media line", () => {
  const { codecs } = section("rtpmap:97 VP9/90000", "rtpmap:96 VP8/90000");
  expect(codecs.map(({ payloadType }) => payloadType)).toEqual([96, 97, 0]);
});

test("readSdp tells a track id alone from a stream and a track", () => {
  expect(section("msid:only", "msid:stream track").msids).toEqual([
    { streamId: "", trackId: "only" },
    { streamId: "stream", trackId: "track" },
  ]);
});

test.each([
  `msid:${"s".repeat(257)} track`,
  `msid:stream ${"t".repeat(257)}`,
  `msid:${"t".repeat(257)}`,
])("readSdp leaves a stream or track id of more than 256 characters out", (line) => {
  expect(section(line).msids).toEqual([]);
  expect(section(`ssrc:1 ${line}`).ssrcs[0]?.msid).toBeUndefined();
});

test("readSdp reads both directions of simulcast, alternatives and pauses", () => {
  expect(section("simulcast:send a;~b,c recv d").simulcast).toEqual({
    send: [
      [{ rid: "a", isPaused: false }],
      [
        { rid: "b", isPaused: true },
        { rid: "c", isPaused: false },
      ],
    ],
    recv: [[{ rid: "d", isPaused: false }]],
  });
});

test("readSdp bounds what one section may state", () => {
  const lines = Array.from({ length: 1000 }, (_, i) => [
    `ssrc:${i + 1} cname:x`,
    `ssrc-group:FID ${i + 1} ${i + 2}`,
    `extmap:${1 + (i % 255)} urn:x:${i}`,
    `rid:r${i} send`,
    `candidate:${i} 1 udp 1 192.0.2.1 9 typ host`,
    `fingerprint:sha-256 AB`,
    `rtcp-fb:96 x${i}`,
  ]).flat();
  const { ssrcs, ssrcGroups, extensions, rids, candidates, transport } = section(...lines);
  const sizes = [ssrcs, ssrcGroups, extensions, rids, candidates, transport.fingerprints];
  expect(sizes.every((list) => list.length > 0 && list.length <= 128)).toBe(true);
});

test("readSdpFragment reads what a client trickles by HTTP, with and without line breaks of its own", () => {
  const lines = [
    "a=ice-ufrag:EsAw",
    "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1",
    "a=group:BUNDLE 0 1",
    "m=audio 9 UDP/TLS/RTP/SAVPF 111",
    "a=mid:0",
    "a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host",
    "a=end-of-candidates",
  ];
  for (const text of [lines.join("\r\n"), lines.join("\n"), `${lines.join("\r\n")}\r\n`]) {
    const result = readSdpFragment(text);
    if (result.kind !== "read") throw new Error(result.detail);
    const { transport, bundleGroups, sections } = result.description;
    expect(transport).toMatchObject({ iceUfrag: "EsAw", icePwd: "P2uYro0UCOQ4zxjKXaWCBui1" });
    expect(bundleGroups).toEqual([["0", "1"]]);
    expect(sections).toHaveLength(1);
    expect(sections[0]).toMatchObject({
      mid: "0",
      candidates: ["1387637174 1 udp 2122260223 192.0.2.1 61764 typ host"],
      hasEndOfCandidates: true,
    });
  }
});

test.each(["", "garbage", "m=audio", "a=mid:0\r\nm=audio 99999 X 0"])(
  "readSdpFragment refuses %p",
  (text) => {
    expect(readSdpFragment(text).kind).toBe("malformed");
  },
);
