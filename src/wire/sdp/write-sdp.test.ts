import { expect, test } from "bun:test";
import fc from "fast-check";
import { readSdp, readSdpFragment } from "./read-sdp.ts";
import {
  EMPTY_SECTION,
  type MediaSection,
  NO_TRANSPORT,
  type SessionDescription,
} from "./session-description.ts";
import { writeSdp, writeSdpFragment } from "./write-sdp.ts";

const EMPTY: SessionDescription = {
  sessionId: "1",
  sessionVersion: "2",
  isIceLite: true,
  bundleGroups: [],
  isExtmapMixed: false,
  transport: NO_TRANSPORT,
  sections: [],
};

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,15}$/);
const ssrc = fc.integer({ min: 1, max: 0xffff_ffff });
const direction = fc.constantFrom("sendrecv", "sendonly", "recvonly", "inactive");
const msid = fc.record({ streamId: fc.oneof(name, fc.constant("")), trackId: name });
const simulcastRids = fc.array(
  fc.array(fc.record({ rid: name, isPaused: fc.boolean() }), { minLength: 1, maxLength: 2 }),
  { maxLength: 3 },
);
const transport = fc.record({
  iceUfrag: fc.constantFrom("", "ufrag", "with+slash/"),
  icePwd: fc.constantFrom("", "abcdefghijklmnopqrstuv"),
  iceOptions: fc.uniqueArray(name, { maxLength: 2 }),
  fingerprints: fc.constantFrom([], [{ algorithm: "sha-256", value: "0A:1B:FF" }]),
  setup: fc.constantFrom(undefined, "actpass", "active", "passive"),
});

const section: fc.Arbitrary<MediaSection> = fc
  .record({
    mid: name,
    direction,
    isBundleOnly: fc.boolean(),
    hasRtcpMux: fc.boolean(),
    hasRtcpReducedSize: fc.boolean(),
    transport,
    codecs: fc.uniqueArray(
      fc.record({
        payloadType: fc.integer({ min: 0, max: 127 }),
        name,
        clockHz: fc.integer({ min: 1, max: 999_999_999 }),
        channels: fc.integer({ min: 1, max: 8 }),
        fmtp: fc.constantFrom("", "a=1;b=2", "111/111"),
        feedback: fc.uniqueArray(fc.constantFrom("nack", "nack pli", "ccm fir", "transport-cc")),
      }),
      { maxLength: 4, selector: ({ payloadType }) => payloadType },
    ),
    extensions: fc.array(
      fc.record({
        id: fc.integer({ min: 1, max: 255 }),
        uri: name,
        direction: fc.option(direction, { nil: undefined }),
      }),
      { maxLength: 4 },
    ),
    isExtmapMixed: fc.boolean(),
    msids: fc.array(msid, { maxLength: 2 }),
    rids: fc.uniqueArray(
      fc.record({ id: name, direction: fc.constantFrom("send" as const, "recv" as const) }),
      { maxLength: 3, selector: ({ id }) => id },
    ),
    ssrcs: fc.uniqueArray(
      fc.record({ ssrc, cname: name, msid: fc.option(msid, { nil: undefined }) }),
      { maxLength: 3, selector: (one) => one.ssrc },
    ),
    ssrcGroups: fc.array(fc.record({ semantics: name, ssrcs: fc.array(ssrc, { maxLength: 3 }) }), {
      maxLength: 2,
    }),
    candidates: fc.array(fc.constantFrom("1 1 udp 9 192.0.2.1 9 typ host"), { maxLength: 2 }),
    hasEndOfCandidates: fc.boolean(),
    simulcast: fc.option(fc.record({ send: simulcastRids, recv: simulcastRids }), {
      nil: undefined,
    }),
  })
  .map((fields) => ({
    ...EMPTY_SECTION,
    ...fields,
    simulcast:
      fields.simulcast === undefined ||
      fields.simulcast.send.length + fields.simulcast.recv.length === 0
        ? undefined
        : fields.simulcast,
    kind: "video",
    port: 9,
    protocol: "UDP/TLS/RTP/SAVPF",
    formats: [...fields.codecs.map(({ payloadType }) => String(payloadType)), "x"],
  }));

test("readSdp gives back what writeSdp wrote", () => {
  const descriptions = fc.record({
    isIceLite: fc.boolean(),
    isExtmapMixed: fc.boolean(),
    bundleGroups: fc.array(fc.array(name, { maxLength: 3 }), { maxLength: 2 }),
    transport,
    sections: fc.array(section, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(descriptions, (fields) => {
      const description: SessionDescription = { ...EMPTY, ...fields };
      expect(readSdp(writeSdp(description))).toEqual({ kind: "read", description });
    }),
  );
});

test("writeSdp puts session lines first and ends every line with CRLF", () => {
  const sdp = writeSdp({ ...EMPTY, bundleGroups: [["0", "1"]] });
  expect(sdp).toBe(
    [
      "v=0",
      "o=- 1 2 IN IP4 0.0.0.0",
      "s=-",
      "t=0 0",
      "a=ice-lite",
      "a=group:BUNDLE 0 1",
      "a=msid-semantic: WMS *",
      "",
    ].join("\r\n"),
  );
});

test("writeSdp does not let a user's name begin a line of its own", () => {
  const streamId = "PA_x|my stream\r\na=ice-lite\u2028x";
  const sdp = writeSdp({
    ...EMPTY,
    isIceLite: false,
    sections: [
      {
        ...EMPTY_SECTION,
        kind: "audio",
        port: 9,
        protocol: "X",
        formats: ["0"],
        msids: [{ streamId, trackId: "TR_1" }],
        ssrcs: [{ ssrc: 1, cname: streamId, msid: undefined }],
      },
    ],
  });
  expect(sdp).toContain("a=msid:PA_x|my_stream__a=ice-lite_x TR_1\r\n");
  const result = readSdp(sdp);
  expect(result.kind === "read" && result.description.isIceLite).toBe(false);
});

test("writeSdpFragment writes a section that can be read again, whatever the client named it", () => {
  const words = fc.stringMatching(/^[!-~]{1,20}$/);
  fc.assert(
    fc.property(words, fc.array(words, { minLength: 1, maxLength: 5 }), (mid, formats) => {
      const sdp = writeSdpFragment([[mid, "other"]], {
        kind: "video",
        protocol: "UDP/TLS/RTP/SAVPF",
        formats,
        mid,
        transport: { ...NO_TRANSPORT, iceUfrag: "ufrag", icePwd: "p".repeat(22) },
        candidates: ["1 1 udp 1 192.0.2.1 7882 typ host"],
      });
      const result = readSdpFragment(sdp);
      if (result.kind !== "read") throw new Error(result.detail);
      const { isIceLite, bundleGroups, sections } = result.description;
      expect(isIceLite).toBe(true);
      expect(bundleGroups).toEqual([[mid, "other"]]);
      expect(sections[0]).toMatchObject({
        mid,
        formats,
        candidates: ["1 1 udp 1 192.0.2.1 7882 typ host"],
        hasEndOfCandidates: true,
        transport: { iceUfrag: "ufrag", icePwd: "p".repeat(22) },
      });
    }),
  );
});
