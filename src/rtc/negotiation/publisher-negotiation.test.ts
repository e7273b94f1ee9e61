import { expect, test } from "bun:test";
import {
  ALL_CODECS,
  declared,
  FINGERPRINT,
  LOCAL,
  offerContext,
  publisherOptions,
  sdpFixture,
  sendTrack,
} from "../../../test/support/negotiation.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { readSdp } from "../../wire/sdp/read-sdp.ts";
import type { MediaSection, SessionDescription } from "../../wire/sdp/session-description.ts";
import { OFFER_SECTIONS_MAX, PublisherNegotiation } from "./publisher-negotiation.ts";
import type { OfferAccepted, OfferContext, PublisherOptions } from "./publisher-types.ts";

function accept(
  sdp: string,
  context: OfferContext = offerContext(),
  negotiation: PublisherNegotiation = new PublisherNegotiation(publisherOptions()),
): { result: OfferAccepted; answer: SessionDescription; sections: readonly MediaSection[] } {
  const result = negotiation.handleOffer(sdp, context);
  if (result.kind !== "accepted") throw new Error(`${result.reason}: ${result.detail}`);
  const read = readSdp(result.sdp);
  if (read.kind !== "read") throw new Error(read.detail);
  return { result, answer: read.description, sections: read.description.sections };
}

function single(changes: Partial<PublisherOptions> = {}): PublisherNegotiation {
  return new PublisherNegotiation({
    ...publisherOptions(),
    isSinglePeerConnection: true,
    subscribeCodecs: ALL_CODECS,
    ...changes,
  });
}

const names = (section: MediaSection | undefined): string[] =>
  section?.codecs.map(({ name, payloadType }) => `${name} ${payloadType}`) ?? [];

const FIXTURES = [
  "chromium-audio-red",
  "chromium-data-only",
  "chromium-single-mixed",
  "chromium-single-recvonly",
  "chromium-vp8-simulcast",
  "chromium-vp9-svc",
  "firefox-simulcast",
];

test.each(FIXTURES)("PublisherNegotiation answers %s section by section", (name) => {
  const offer = readSdp(sdpFixture(name));
  const { answer, sections, result } = accept(sdpFixture(name));
  if (offer.kind !== "read") throw new Error(offer.detail);
  expect(answer.isIceLite).toBe(true);
  expect(sections.map(({ kind, mid }) => [kind, mid])).toEqual(
    offer.description.sections.map(({ kind, mid }) => [kind, mid]),
  );
  expect(answer.bundleGroups).toEqual([sections.map(({ mid }) => mid)]);
  for (const [index, section] of sections.entries()) {
    expect(section.port).toBe(9);
    expect(section.transport).toMatchObject({
      iceUfrag: LOCAL.ufrag,
      icePwd: LOCAL.pwd,
      setup: "passive",
      fingerprints: [{ algorithm: "sha-256", value: FINGERPRINT }],
    });
    const offered = offer.description.sections[index]!;
    for (const codec of section.codecs) {
      const match = offered.codecs.find(({ payloadType }) => payloadType === codec.payloadType);
      expect(match?.name).toBe(codec.name);
    }
    for (const extension of section.extensions) {
      expect(offered.extensions.map(({ id, uri }) => [id, uri])).toContainEqual([
        extension.id,
        extension.uri,
      ]);
    }
    expect(section.candidates).toHaveLength(index === 0 ? LOCAL.candidates.length : 0);
  }
  expect(result.remote.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
});

test("PublisherNegotiation takes Chromium's simulcast by rid, lowest layer first", () => {
  const { result, sections } = accept(sdpFixture("chromium-vp8-simulcast"));
  expect(result.media).toHaveLength(1);
  expect(result.media[0]).toMatchObject({
    mid: "0",
    kind: "video",
    cid: "2008fc25-11df-4d3e-843d-f891e84c329a",
    isActive: true,
    encodings: ["q", "h", "f"].map((rid, spatialLayer) => ({
      spatialLayer,
      rid,
      ssrc: 0,
      rtxSsrc: 0,
    })),
  });
  expect(result.media[0]?.codecs[0]).toEqual({
    codec: Codec.Vp8,
    payloadType: 96,
    rtxPayloadType: 97,
    fmtp: "",
    hasNack: true,
    hasPli: true,
  });
  expect(sections[0]?.direction).toBe("recvonly");
  expect(sections[0]?.rids).toEqual(["q", "h", "f"].map((id) => ({ id, direction: "recv" })));
  expect(sections[0]?.simulcast).toEqual({
    send: [],
    recv: ["q", "h", "f"].map((rid) => [{ rid, isPaused: false }]),
  });
  expect(sections[0]?.codecs[0]?.feedback).toEqual(["transport-cc", "ccm fir", "nack", "nack pli"]);
});

test("PublisherNegotiation agrees to REMB with a client that has no transport-wide feedback", () => {
  const sdp = sdpFixture("chromium-vp8-simulcast")
    .split("\r\n")
    .filter((line) => !/transport-(cc|wide-cc)/.test(line))
    .join("\r\n");
  const { sections, result } = accept(sdp);
  expect(sections[0]?.codecs[0]?.feedback).toEqual(["goog-remb", "ccm fir", "nack", "nack pli"]);
  expect(result.extensions.receive.transportSequence).toBe(0);
  expect(result.extensions.receive.absSendTime).toBeGreaterThan(0);
  const other = accept(sdpFixture("chromium-vp8-simulcast")).result;
  expect(other.extensions.receive.absSendTime).toBe(0);
});

test("PublisherNegotiation leaves out codecs and variants that the table has not", () => {
  const { sections } = accept(sdpFixture("chromium-vp9-svc"));
  expect(names(sections[0])).toEqual([
    ...["VP8 96", "rtx 97", "H264 108", "rtx 109", "H264 114", "rtx 115"],
    ...["AV1 45", "rtx 46", "VP9 98", "rtx 99"],
  ]);
});

test("PublisherNegotiation takes H264 of any profile when the client has no better one", () => {
  const sdp = sdpFixture("chromium-vp8-simulcast").replaceAll("42e01f", "4d001f");
  const { sections } = accept(sdp);
  expect(sections[0]?.codecs.filter(({ name }) => name === "H264").length).toBeGreaterThan(0);
});

test("PublisherNegotiation puts the declared codec first", () => {
  const context = offerContext({ "*video": declared({ preferredMime: "video/vp9" }) });
  const { result, sections } = accept(sdpFixture("chromium-vp9-svc"), context);
  expect(names(sections[0]).slice(0, 3)).toEqual(["VP9 98", "rtx 99", "VP8 96"]);
  expect(result.media[0]?.codecs[0]?.codec).toBe(Codec.Vp9);
  expect(result.media[0]?.encodings).toEqual([
    { spatialLayer: 0, rid: "", ssrc: 3284412461, rtxSsrc: 2686672321 },
  ]);
});

test("PublisherNegotiation gives clients that ignore the order the declared codec alone", () => {
  const negotiation = new PublisherNegotiation({ ...publisherOptions(), keepsCodecOrder: false });
  const context = offerContext({ "*video": declared({ preferredMime: "video/VP9" }) });
  const { sections } = accept(sdpFixture("firefox-simulcast"), context, negotiation);
  expect(names(sections[1])).toEqual(["VP9 121", "rtx 125"]);
});

test("PublisherNegotiation repeats start bitrates and other parameters as offered", () => {
  const sdp = sdpFixture("chromium-vp9-svc").replace(
    "profile-id=0",
    "profile-id=0;x-google-start-bitrate=1200",
  );
  const { sections } = accept(sdp);
  const vp9 = sections[0]?.codecs.find(({ name }) => name === "VP9");
  expect(vp9?.fmtp).toBe("profile-id=0;x-google-start-bitrate=1200");
});

test.each([
  { title: "known", track: {}, first: "red 63", fmtp: "minptime=10;useinbandfec=1;usedtx=1" },
  {
    title: "without DTX",
    track: { disableDtx: true },
    first: "red 63",
    fmtp: "minptime=10;useinbandfec=1",
  },
  {
    title: "in stereo",
    track: { isStereo: true },
    first: "red 63",
    fmtp: "minptime=10;useinbandfec=1;usedtx=1;stereo=1;maxaveragebitrate=510000",
  },
  {
    title: "without RED",
    track: { disableRed: true },
    first: "opus 111",
    fmtp: "minptime=10;useinbandfec=1;usedtx=1",
  },
  {
    title: "declared as opus",
    track: { preferredMime: "audio/opus" },
    first: "opus 111",
    fmtp: "minptime=10;useinbandfec=1;usedtx=1",
  },
])("PublisherNegotiation answers an audio track $title", ({ track, first, fmtp }) => {
  // livekit-client offers stereo for every track
  const sdp = sdpFixture("chromium-audio-red").replace("useinbandfec=1", "useinbandfec=1;stereo=1");
  const { result, sections } = accept(sdp, offerContext({ "*audio": declared(track) }));
  expect(names(sections[0])[0]).toBe(first);
  const opus = sections[0]?.codecs.find(({ name }) => name === "opus");
  expect(opus?.fmtp).toBe(fmtp);
  expect(opus?.feedback).toEqual(["nack"]);
  expect(result.media[0]?.codecs.every(({ hasNack }) => hasNack)).toBe(true);
  expect(result.media[0]?.encodings[0]?.ssrc).toBe(2093818766);
});

test("PublisherNegotiation leaves the parameters of an unknown audio track alone", () => {
  const { sections } = accept(sdpFixture("chromium-audio-red"));
  expect(names(sections[0])).toEqual(["opus 111", "red 63", "PCMU 0", "PCMA 8"]);
  expect(sections[0]?.codecs[0]?.fmtp).toBe("minptime=10;useinbandfec=1");
});

test("PublisherNegotiation answers no RED to a client without it", () => {
  const negotiation = new PublisherNegotiation({ ...publisherOptions(), hasRed: false });
  const context = offerContext({ "*audio": declared({}) });
  const { sections } = accept(sdpFixture("chromium-audio-red"), context, negotiation);
  expect(names(sections[0])[0]).toBe("opus 111");
  expect(names(sections[0])).not.toContain("red 63");
});

test("PublisherNegotiation maps header extensions to the client's ids, by kind", () => {
  const { result, sections } = accept(sdpFixture("chromium-single-mixed"));
  expect(result.extensions).toEqual({
    receive: {
      mid: 4,
      rid: 10,
      repairedRid: 11,
      audioLevel: 1,
      transportSequence: 3,
      absSendTime: 0,
      dependencyDescriptor: 12,
      absCaptureTime: 0,
      playoutDelay: 0,
    },
    send: {
      mid: 0,
      rid: 0,
      repairedRid: 0,
      audioLevel: 0,
      transportSequence: 0,
      absSendTime: 0,
      dependencyDescriptor: 0,
      absCaptureTime: 0,
      playoutDelay: 0,
    },
    isMixed: true,
  });
  expect(sections[2]?.extensions.map(({ id }) => id)).toEqual([1, 4]);
  expect(sections[3]?.extensions.map(({ id }) => id)).toEqual([3, 4, 10, 11, 12]);
});

test("PublisherNegotiation answers an extension that only the client sends as one it only receives", () => {
  const { sections, result } = accept(sdpFixture("firefox-simulcast"));
  expect(sections[1]?.extensions.find(({ id }) => id === 9)?.direction).toBe("recvonly");
  expect(result.extensions.receive.repairedRid).toBe(9);
  expect(result.extensions.isMixed).toBe(false);
});

test("PublisherNegotiation gives an id that two sections dispute to the first", () => {
  const sdp = sdpFixture("chromium-single-mixed").replaceAll(
    /extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level/g,
    "extmap:3 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  );
  const { result } = accept(sdp);
  expect(result.extensions.receive.audioLevel).toBe(3);
  expect(result.extensions.receive.transportSequence).toBe(0);
});

test("PublisherNegotiation ignores pauses and the order of rid lines, as Firefox writes them", () => {
  const { result, sections } = accept(sdpFixture("firefox-simulcast"));
  expect(result.media[1]?.encodings.map(({ rid, spatialLayer }) => [rid, spatialLayer])).toEqual([
    ["q", 0],
    ["h", 1],
    ["f", 2],
  ]);
  expect(sections[1]?.simulcast?.recv.flat().some(({ isPaused }) => isPaused)).toBe(false);
  expect(result.media[0]?.cid).toBe("{aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee}");
  expect(result.data).toEqual({ messageBytesMax: 1_073_741_823, sctpPort: 5000 });
});

test("PublisherNegotiation answers the data section with our limits", () => {
  const { result, sections } = accept(sdpFixture("chromium-data-only"));
  expect(result.data).toEqual({ messageBytesMax: 262_144, sctpPort: 5000 });
  expect(sections[0]).toMatchObject({
    protocol: "UDP/DTLS/SCTP",
    formats: ["webrtc-datachannel"],
    sctpPort: 5000,
    messageBytesMax: 65_535,
  });
});

test("PublisherNegotiation takes a client that states no message size at 64 KiB", () => {
  const sdp = sdpFixture("chromium-data-only").replace(/a=max-message-size.*\r\n/, "");
  expect(accept(sdp).result.data?.messageBytesMax).toBe(65_536);
});

test("PublisherNegotiation refuses a section without a common codec in its place", () => {
  const negotiation = new PublisherNegotiation({
    ...publisherOptions(),
    publishCodecs: [{ mime: "video/VP8", fmtpLine: "" }],
  });
  const { result, answer, sections } = accept(
    sdpFixture("chromium-single-mixed"),
    offerContext(),
    negotiation,
  );
  expect(sections.map(({ port }) => port)).toEqual([0, 9, 0, 9, 9]);
  expect(answer.bundleGroups).toEqual([["1", "3", "4"]]);
  expect(result.bundle).toEqual({ mid: "1", index: 1 });
  expect(sections[1]?.candidates).toHaveLength(2);
  expect(result.media.map(({ mid, isActive, codecs }) => [mid, isActive, codecs.length])).toEqual([
    ["2", false, 0],
    ["3", true, 1],
  ]);
  expect(names(sections[1])).toEqual(["VP8 96"]);
});

test("PublisherNegotiation follows a section through stopping and recycling", () => {
  const negotiation = new PublisherNegotiation(publisherOptions());
  const first = sdpFixture("chromium-vp8-simulcast");
  accept(first, offerContext(), negotiation);
  const stopped = accept(first.replace("a=sendonly", "a=inactive"), offerContext(), negotiation);
  expect(stopped.sections[0]?.direction).toBe("inactive");
  expect(stopped.result.media).toMatchObject([{ mid: "0", isActive: false, encodings: [] }]);
  const recycled = accept(
    first.replace("a=mid:0", "a=mid:7").replace("BUNDLE 0", "BUNDLE 7"),
    offerContext(),
    negotiation,
  );
  expect(recycled.result.media).toMatchObject([{ mid: "7", isActive: true }]);
});

test("PublisherNegotiation leaves sections that the client refused refused", () => {
  const sdp = sdpFixture("chromium-single-mixed")
    .replace(/m=audio 9/, "m=audio 0")
    .replace("BUNDLE 0 1 2 3 4", "BUNDLE 1 2 3 4");
  const { sections, answer, result } = accept(sdp);
  expect(sections[0]).toMatchObject({ port: 0, mid: "0" });
  expect(answer.bundleGroups).toEqual([["1", "2", "3", "4"]]);
  expect(result.bundle).toEqual({ mid: "1", index: 1 });
});

test("PublisherNegotiation takes bundle-only sections, whose port is 0", () => {
  const sdp = sdpFixture("chromium-single-mixed").replace(
    /m=audio 9 (.*)\r\n/,
    "m=audio 0 $1\r\na=bundle-only\r\n",
  );
  expect(accept(sdp).sections[0]?.port).toBe(9);
});

test("PublisherNegotiation refuses sections outside the bundle and of unknown kinds in their place", () => {
  const sdp = sdpFixture("chromium-single-mixed").replace("BUNDLE 0 1 2 3 4", "BUNDLE 0 1 2 3");
  expect(accept(sdp).sections.map(({ port }) => port)).toEqual([9, 9, 9, 9, 0]);
  const text = sdpFixture("chromium-audio-red").replace("m=audio", "m=text");
  expect(accept(text).sections.map(({ kind, port }) => [kind, port])).toEqual([
    ["text", 0],
    ["application", 9],
  ]);
});

test("PublisherNegotiation tells an ICE restart and asks for fresh credentials", () => {
  const negotiation = new PublisherNegotiation(publisherOptions());
  const restarts: boolean[] = [];
  const context: OfferContext = {
    ...offerContext(),
    localTransport: (isIceRestart) => {
      restarts.push(isIceRestart);
      return isIceRestart ? { ...LOCAL, ufrag: "fresh" } : LOCAL;
    },
  };
  const sdp = sdpFixture("chromium-data-only");
  accept(sdp, context, negotiation);
  accept(sdp, context, negotiation);
  const restarted = accept(
    sdp.replace(/a=ice-ufrag:.*\r\n/, "a=ice-ufrag:other\r\n"),
    context,
    negotiation,
  );
  expect(restarts).toEqual([false, false, true]);
  expect(restarted.result.isIceRestart).toBe(true);
  expect(restarted.sections[0]?.transport.iceUfrag).toBe("fresh");
  expect(restarted.answer.sessionVersion).toBe("3");
});

test("PublisherNegotiation marks the end of the candidates when no more follow", () => {
  const context = { ...offerContext(), hasAllCandidates: true };
  const { sections } = accept(sdpFixture("chromium-vp8-simulcast"), context);
  expect(sections[0]?.hasEndOfCandidates).toBe(true);
});

test.each([
  { title: "no SDP", change: () => "garbage", reason: "malformed_sdp" },
  {
    title: "a mid used twice",
    change: (sdp: string) => sdp.replace("a=mid:1", "a=mid:0"),
    reason: "duplicate_mid",
  },
  {
    title: "a section without a mid",
    change: (sdp: string) => sdp.replace("a=mid:1\r\n", ""),
    reason: "missing_mid",
  },
  {
    title: "no bundle",
    change: (sdp: string) => sdp.replace("a=group:BUNDLE 0 1\r\n", ""),
    reason: "no_bundle",
  },
  {
    title: "no fingerprint",
    change: (sdp: string) => sdp.replaceAll(/a=fingerprint.*\r\n/g, ""),
    reason: "missing_fingerprint",
  },
  {
    title: "a fingerprint by SHA-1",
    change: (sdp: string) => sdp.replaceAll("sha-256", "sha-1"),
    reason: "missing_fingerprint",
  },
  {
    title: "no ICE password",
    change: (sdp: string) => sdp.replaceAll(/a=ice-pwd.*\r\n/g, ""),
    reason: "missing_ice_credentials",
  },
  {
    title: "a client that will not connect",
    change: (sdp: string) => sdp.replaceAll("a=setup:actpass", "a=setup:passive"),
    reason: "unsupported_setup",
  },
  {
    title: "no media at all",
    change: () => "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n",
    reason: "missing_ice_credentials",
  },
  {
    title: "500 sections",
    change: (sdp: string) => sdp + "m=audio 0 X 0\r\n".repeat(498),
    reason: "too_many_sections",
  },
  {
    title: "more sections than are read",
    change: (sdp: string) => sdp + "m=audio 0 X 0\r\n".repeat(5000),
    reason: "too_many_sections",
  },
])("PublisherNegotiation refuses $title", ({ change, reason }) => {
  const negotiation = new PublisherNegotiation(publisherOptions());
  const result = negotiation.handleOffer(change(sdpFixture("chromium-audio-red")), offerContext());
  expect(result).toMatchObject({ kind: "refused", reason });
});

test("PublisherNegotiation refuses another certificate on a live connection", () => {
  const negotiation = new PublisherNegotiation(publisherOptions());
  const sdp = sdpFixture("chromium-data-only");
  accept(sdp, offerContext(), negotiation);
  const other = sdp.replace(
    /a=fingerprint:sha-256 .*\r\n/,
    `a=fingerprint:sha-256 ${FINGERPRINT}\r\n`,
  );
  expect(negotiation.handleOffer(other, offerContext())).toMatchObject({
    kind: "refused",
    reason: "fingerprint_changed",
  });
});

test("PublisherNegotiation takes as many sections as its limit", () => {
  const sdp = sdpFixture("chromium-data-only");
  const full = sdp + "m=audio 0 X 0\r\n".repeat(OFFER_SECTIONS_MAX - 1);
  expect(accept(full).sections).toHaveLength(OFFER_SECTIONS_MAX);
});

test("PublisherNegotiation takes a lone section without a group, and answers without one", () => {
  const sdp = sdpFixture("chromium-vp8-simulcast").replace(/a=group.*\r\n/, "");
  const { answer, sections } = accept(sdp);
  expect(answer.bundleGroups).toEqual([]);
  expect(sections[0]?.port).toBe(9);
});

test("PublisherNegotiation sends on a single peer connection where the client receives", () => {
  const negotiation = single();
  negotiation.addTrack(sendTrack(1, "audio", ["audio/red", "audio/opus"], { isStereo: true }));
  negotiation.addTrack(sendTrack(2, "video", ["video/H264"]));
  negotiation.addTrack(sendTrack(3, "video", ["video/VP8"]));
  const { result, sections } = accept(
    sdpFixture("chromium-single-mixed"),
    offerContext(),
    negotiation,
  );
  expect(result.midToTrackId).toEqual({ "0": "TR_1", "1": "TR_2" });
  expect(result.sends.map(({ key, mid }) => [key, mid])).toEqual([
    [1, "0"],
    [2, "1"],
  ]);
  expect(sections.slice(0, 4).map(({ direction }) => direction)).toEqual([
    "sendonly",
    "sendonly",
    "recvonly",
    "recvonly",
  ]);
  expect(names(sections[0])).toEqual(["red 63", "opus 111", "PCMU 0", "PCMA 8"]);
  expect(sections[0]?.codecs[1]?.fmtp).toBe("minptime=10;useinbandfec=1;sprop-stereo=1");
  expect(sections[0]?.msids).toEqual([{ streamId: "PA_x|TR_1", trackId: "TR_1" }]);
  expect(sections[1]?.ssrcGroups).toEqual([{ semantics: "FID", ssrcs: [1002, 2002] }]);
  expect(result.sends[1]?.codecs[0]?.codec).toBe(Codec.H264);
  expect(sections[1]?.codecs[0]?.feedback).toEqual(["goog-remb", "ccm fir", "nack", "nack pli"]);
  expect(result.extensions.send).toMatchObject({ absSendTime: 2, transportSequence: 0 });
  expect(result.extensions.receive).toMatchObject({ transportSequence: 3, absSendTime: 2 });
  expect(negotiation.takeSectionsRequirement()).toEqual({ audios: 0, videos: 1 });
});

test("PublisherNegotiation offers no H264 high profile to a client that only receives", () => {
  const sdp = sdpFixture("chromium-single-recvonly").replaceAll("42e01f", "64001f");
  const { sections } = accept(sdp, offerContext(), single());
  const profiles = sections[3]?.codecs.map(({ fmtp }) => fmtp).join(" ");
  expect(profiles).toContain("profile-level-id=42001f");
  expect(profiles).not.toContain("profile-level-id=64");
});

test("PublisherNegotiation says that a section shares no codec with the track placed there", () => {
  const negotiation = single({ subscribeCodecs: [{ mime: "video/H266", fmtpLine: "" }] });
  negotiation.addTrack(sendTrack(1, "video", ["video/VP8"]));
  const { result } = accept(sdpFixture("chromium-single-recvonly"), offerContext(), negotiation);
  expect(result.sends).toEqual([{ key: 1, mid: "3", codecs: [] }]);
  expect(result.midToTrackId).toEqual({});
});
