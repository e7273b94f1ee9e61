import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  FINGERPRINT,
  LOCAL,
  sendTrack,
  subscriberOptions,
} from "../../../test/support/negotiation.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { readSdp } from "../../wire/sdp/read-sdp.ts";
import {
  isRejected,
  type MediaSection,
  type SessionDescription,
} from "../../wire/sdp/session-description.ts";
import { writeSdp } from "../../wire/sdp/write-sdp.ts";
import { rejectedSection } from "./local-sections.ts";
import { SUBSCRIBER_SECTIONS_MAX, SubscriberNegotiation } from "./subscriber-negotiation.ts";
import type { AnswerAccepted, SubscriberOffer, SubscriberOptions } from "./subscriber-types.ts";

function create(changes: Partial<SubscriberOptions> = {}): SubscriberNegotiation {
  return new SubscriberNegotiation({ ...subscriberOptions(), ...changes });
}

function read(sdp: string): SessionDescription {
  const result = readSdp(sdp);
  if (result.kind !== "read") throw new Error(result.detail);
  return result.description;
}

function offerOf(negotiation: SubscriberNegotiation): SubscriberOffer {
  const offer = negotiation.createOffer();
  if (offer.kind !== "offer") throw new Error("no offer");
  return offer;
}

/** A client that takes everything; `change` may take sections back. */
function answerTo(
  sdp: string,
  change: (section: MediaSection) => MediaSection = (section) => section,
): string {
  const offer = read(sdp);
  const sections = offer.sections.map((section) => {
    if (isRejected(section)) return section;
    return change({
      ...section,
      direction: section.direction === "sendonly" ? "recvonly" : "inactive",
      transport: {
        iceUfrag: "client",
        icePwd: "clientPasswordOfTwentyTwo",
        iceOptions: ["trickle"],
        fingerprints: [{ algorithm: "sha-256", value: FINGERPRINT }],
        setup: "active",
      },
      msids: [],
      ssrcs: [],
      ssrcGroups: [],
      candidates: [],
    });
  });
  const mids = sections.filter((section) => !isRejected(section)).map(({ mid }) => mid);
  return writeSdp({ ...offer, isIceLite: false, bundleGroups: [mids], sections });
}

function accept(
  negotiation: SubscriberNegotiation,
  offer: SubscriberOffer,
  change?: (section: MediaSection) => MediaSection,
): AnswerAccepted {
  const result = negotiation.handleAnswer(answerTo(offer.sdp, change), offer.id);
  if (result.kind !== "accepted") throw new Error(JSON.stringify(result));
  return result;
}

const negotiate = (negotiation: SubscriberNegotiation) => accept(negotiation, offerOf(negotiation));
const camera = (key: number) => sendTrack(key, "video", ["video/VP8"]);
const microphone = (key: number) => sendTrack(key, "audio", ["audio/opus"]);
const layout = (sdp: string) =>
  read(sdp).sections.map(
    ({ kind, mid, direction, port }) => `${kind} ${mid} ${port === 0 ? "refused" : direction}`,
  );

test("SubscriberNegotiation offers the data section behind the media of the first offer, and then keeps it there", () => {
  const negotiation = create();
  negotiation.addTrack(microphone(1));
  const first = offerOf(negotiation);
  expect(layout(first.sdp)).toEqual(["audio 0 sendonly", "application 1 sendrecv"]);
  accept(negotiation, first);
  negotiation.addTrack(camera(2));
  expect(layout(offerOf(negotiation).sdp)).toEqual([
    "audio 0 sendonly",
    "application 1 sendrecv",
    "video 2 sendonly",
  ]);
});

test("SubscriberNegotiation has something to offer at once when it has a data section", () => {
  expect(create().needsNegotiation).toBe(true);
  const without = create({ hasDataSection: false });
  expect(without.needsNegotiation).toBe(false);
  expect(without.createOffer()).toEqual({ kind: "none" });
});

// spec-signalling 8.1 to 8.3
test("SubscriberNegotiation offers video as the tables say", () => {
  const negotiation = create();
  negotiation.addTrack(sendTrack(1, "video", ["video/vp9"]));
  const [video] = read(offerOf(negotiation).sdp).sections;
  expect(
    video?.codecs.map(({ name, payloadType, fmtp }) => `${name} ${payloadType} ${fmtp}`),
  ).toEqual([
    ...["VP9 98 profile-id=0", "rtx 99 apt=98", "VP9 100 profile-id=1", "rtx 101 apt=100"],
    ...["VP8 96 ", "rtx 97 apt=96"],
    "H264 125 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f",
    "rtx 126 apt=125",
    "H264 108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
    "rtx 109 apt=108",
    ...["AV1 35 ", "rtx 36 apt=35", "H265 116 ", "rtx 117 apt=116"],
  ]);
  expect(video?.codecs[0]?.feedback).toEqual(["goog-remb", "ccm fir", "nack", "nack pli"]);
  expect(video?.extensions.map(({ uri }) => uri.split(/[/#]/).at(-1))).toEqual([
    "abs-send-time",
    "abs-capture-time",
    "dependency-descriptor-rtp-header-extension",
  ]);
  expect(video).toMatchObject({
    direction: "sendonly",
    hasRtcpMux: true,
    hasRtcpReducedSize: true,
    msids: [{ streamId: "PA_x|TR_1", trackId: "TR_1" }],
    ssrcGroups: [{ semantics: "FID", ssrcs: [1001, 2001] }],
  });
  expect(video?.ssrcs).toHaveLength(2);
  expect(video?.ssrcs[0]?.cname).toBe("PA_x|TR_1");
  expect(video?.transport.setup).toBe("actpass");
});

test("SubscriberNegotiation offers both kinds of feedback, and takes what is answered", () => {
  const negotiation = create({ congestionControl: "both" });
  negotiation.addTrack(camera(1));
  const { sdp } = offerOf(negotiation);
  const [video] = read(sdp).sections;
  expect(video?.codecs[0]?.feedback.slice(0, 2)).toEqual(["goog-remb", "transport-cc"]);
  expect(video?.extensions.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
});

test("SubscriberNegotiation offers transport-wide feedback when that limits what it sends", () => {
  const negotiation = create({ congestionControl: "transport-cc", hasPlayoutDelay: true });
  negotiation.addTrack(camera(1));
  const [video] = read(offerOf(negotiation).sdp).sections;
  expect(video?.codecs[0]?.feedback).toContain("transport-cc");
  expect(video?.codecs[0]?.feedback).not.toContain("goog-remb");
  const uris = video?.extensions.map(({ uri }) => uri).join(" ");
  expect(uris).toContain("transport-wide-cc");
  expect(uris).toContain("playout-delay");
  expect(uris).not.toContain("abs-send-time");
});

test.each([
  {
    title: "RED first and without NACK for a RED track",
    mimes: ["audio/red", "audio/opus"],
    changes: {},
    codecs: ["red 63", "opus 111", "PCMU 0", "PCMA 8"],
    feedback: [],
  },
  {
    title: "opus first for an opus track",
    mimes: ["audio/opus"],
    changes: {},
    codecs: ["opus 111", "red 63", "PCMU 0", "PCMA 8"],
    feedback: ["nack"],
  },
  {
    title: "no RED to a client without it",
    mimes: ["audio/red", "audio/opus"],
    changes: { hasRed: false },
    codecs: ["opus 111", "PCMU 0", "PCMA 8"],
    feedback: ["nack"],
  },
])("SubscriberNegotiation offers $title", ({ mimes, changes, codecs, feedback }) => {
  const negotiation = create(changes);
  negotiation.addTrack(sendTrack(1, "audio", mimes));
  const [audio] = read(offerOf(negotiation).sdp).sections;
  expect(audio?.codecs.map(({ name, payloadType }) => `${name} ${payloadType}`)).toEqual([
    ...codecs,
  ]);
  expect(audio?.codecs.find(({ name }) => name === "opus")?.feedback).toEqual([...feedback]);
  expect(audio?.extensions).toHaveLength(1);
});

test("SubscriberNegotiation announces stereo", () => {
  const negotiation = create();
  negotiation.addTrack(sendTrack(1, "audio", ["audio/opus"], { isStereo: true }));
  expect(offerOf(negotiation).sdp).toContain("minptime=10;useinbandfec=1;sprop-stereo=1");
});

test("SubscriberNegotiation counts offer ids on, and has one offer outstanding at a time", () => {
  const negotiation = create({ firstOfferId: 256 });
  const first = offerOf(negotiation);
  expect(first.id).toBe(256);
  expect(negotiation.hasOutstandingOffer).toBe(true);
  negotiation.addTrack(camera(1));
  expect(negotiation.needsNegotiation).toBe(true);
  expect(negotiation.createOffer()).toEqual({ kind: "none" });
  accept(negotiation, first);
  expect(negotiation.hasOutstandingOffer).toBe(false);
  expect(offerOf(negotiation).id).toBe(257);
  expect(negotiation.needsNegotiation).toBe(false);
});

test("SubscriberNegotiation says what the client took, in its order", () => {
  const negotiation = create();
  negotiation.addTrack(camera(1));
  negotiation.addTrack(microphone(2));
  const offer = offerOf(negotiation);
  expect(offer.midToTrackId).toEqual({ "0": "TR_1", "1": "TR_2" });
  const result = accept(negotiation, offer, (section) => {
    if (section.kind !== "video") return section;
    const kept = section.codecs.filter(({ payloadType }) => [96, 97, 108].includes(payloadType));
    const codecs = kept.reverse();
    return { ...section, codecs, formats: codecs.map(({ payloadType }) => String(payloadType)) };
  });
  expect(result).toMatchObject({
    remote: { ufrag: "client", pwd: "clientPasswordOfTwentyTwo", fingerprint: FINGERPRINT },
    isIceRestart: false,
    isForAnotherId: false,
    data: { messageBytesMax: 65_535, sctpPort: 5000 },
  });
  expect(result.sends[0]).toMatchObject({ key: 1, mid: "0", isRejected: false });
  expect(
    result.sends[0]?.codecs.map((one) => [one.codec, one.payloadType, one.rtxPayloadType]),
  ).toEqual([
    [Codec.H264, 108, 0],
    [Codec.Vp8, 96, 97],
  ]);
  expect(result.extensions.send).toMatchObject({
    absSendTime: 1,
    absCaptureTime: 3,
    dependencyDescriptor: 4,
    transportSequence: 0,
  });
});

test("SubscriberNegotiation drops a track whose section the client refuses, and uses the section anew", () => {
  const negotiation = create();
  negotiation.addTrack(camera(1));
  const result = accept(negotiation, offerOf(negotiation), (section) =>
    section.kind === "video" ? rejectedSection(section) : section,
  );
  expect(result.sends).toEqual([{ key: 1, mid: "0", codecs: [], isRejected: true }]);
  expect(result.bundle).toEqual({ mid: "1", index: 1 });
  negotiation.removeTrack(1);
  expect(negotiation.needsNegotiation).toBe(false);
  negotiation.restartIce("u", "p");
  expect(layout(offerOf(negotiation).sdp)).toEqual(["video 0 refused", "application 1 sendrecv"]);
  negotiation.abandonOffer();
  negotiation.addTrack(microphone(2));
  const offer = offerOf(negotiation);
  expect(layout(offer.sdp)).toEqual(["audio 2 sendonly", "application 1 sendrecv"]);
  expect(accept(negotiation, offer).sends).toMatchObject([{ key: 2, mid: "2", isRejected: false }]);
});

test("SubscriberNegotiation tells of a client that takes a section and will not receive", () => {
  const negotiation = create();
  negotiation.addTrack(camera(1));
  const result = accept(negotiation, offerOf(negotiation), (section) => ({
    ...section,
    direction: "inactive",
  }));
  expect(result.sends).toMatchObject([{ key: 1, isRejected: true }]);
});

test("SubscriberNegotiation stops a section before another track of its kind starts there", () => {
  const negotiation = create({ hasDataSection: false });
  negotiation.addTrack(camera(1));
  negotiate(negotiation);
  negotiation.removeTrack(1);
  negotiation.addTrack(camera(2));
  expect(layout(offerOf(negotiation).sdp)).toEqual(["video 0 inactive", "video 1 sendonly"]);
  negotiation.abandonOffer();
  negotiation.addTrack(camera(3));
  const third = offerOf(negotiation);
  // the client may not have seen the section stop
  expect(layout(third.sdp)).toEqual(["video 0 inactive", "video 1 sendonly", "video 2 sendonly"]);
  accept(negotiation, third);
  negotiation.addTrack(microphone(4));
  negotiation.addTrack(camera(5));
  expect(layout(offerOf(negotiation).sdp)).toEqual([
    "video 0 sendonly",
    "video 1 sendonly",
    "video 2 sendonly",
    "audio 3 sendonly",
  ]);
});

test("SubscriberNegotiation adds sections for ever where a client cannot use one again", () => {
  const negotiation = create({ hasDataSection: false, canReuseSections: false });
  negotiation.addTrack(camera(1));
  negotiate(negotiation);
  negotiation.removeTrack(1);
  negotiate(negotiation);
  negotiation.addTrack(camera(2));
  expect(layout(offerOf(negotiation).sdp)).toEqual(["video 0 inactive", "video 1 sendonly"]);
});

test("SubscriberNegotiation does not speak of a track that was removed while its offer was out", () => {
  const negotiation = create();
  negotiation.addTrack(camera(1));
  const offer = offerOf(negotiation);
  negotiation.removeTrack(1);
  negotiation.addTrack(camera(1));
  expect(accept(negotiation, offer).sends).toEqual([]);
  expect(negotiation.needsNegotiation).toBe(true);
  const next = offerOf(negotiation);
  expect(next.midToTrackId).toEqual({ "2": "TR_1" });
  expect(accept(negotiation, next).sends).toMatchObject([{ key: 1, mid: "2" }]);
});

test("SubscriberNegotiation needs no offer for a track that came and went", () => {
  const negotiation = create();
  negotiate(negotiation);
  negotiation.addTrack(camera(1));
  expect(negotiation.needsNegotiation).toBe(true);
  negotiation.removeTrack(1);
  expect(layout(offerOf(negotiation).sdp)).toEqual(["application 0 sendrecv"]);
});

test("SubscriberNegotiation restarts ICE with fresh credentials in every section", () => {
  const negotiation = create();
  negotiation.addTrack(camera(1));
  negotiate(negotiation);
  negotiation.restartIce("fresh", "freshPasswordOfTwentyTwo");
  expect(negotiation.needsNegotiation).toBe(true);
  const offer = offerOf(negotiation);
  expect(offer.sdp).not.toContain(`a=ice-ufrag:${LOCAL.ufrag}`);
  expect(offer.sdp).toContain("a=ice-ufrag:fresh");
  const answer = answerTo(offer.sdp).replaceAll("a=ice-ufrag:client", "a=ice-ufrag:again");
  expect(negotiation.handleAnswer(answer, offer.id)).toMatchObject({
    kind: "accepted",
    isIceRestart: true,
    remote: { ufrag: "again" },
  });
});

test("SubscriberNegotiation puts an answer to an abandoned offer aside", () => {
  const negotiation = create();
  const lost = offerOf(negotiation);
  negotiation.abandonOffer();
  expect(negotiation.needsNegotiation).toBe(true);
  expect(negotiation.handleAnswer(answerTo(lost.sdp), lost.id)).toEqual({ kind: "stale" });
  const next = offerOf(negotiation);
  expect(negotiation.handleAnswer(answerTo(lost.sdp), lost.id)).toEqual({ kind: "stale" });
  accept(negotiation, next);
});

test("SubscriberNegotiation takes an answer with another id, and says so", () => {
  const negotiation = create();
  const offer = offerOf(negotiation);
  expect(negotiation.handleAnswer(answerTo(offer.sdp), offer.id + 5)).toMatchObject({
    kind: "accepted",
    isForAnotherId: true,
  });
});

test.each([
  { title: "no SDP", change: () => "v=1", reason: "malformed_sdp" },
  {
    title: "a section too many",
    change: (sdp: string) => `${sdp}m=audio 0 X 0\r\n`,
    reason: "sections_differ",
  },
  {
    title: "other mids",
    change: (sdp: string) => sdp.replaceAll("a=mid:0", "a=mid:9"),
    reason: "sections_differ",
  },
  {
    title: "other kinds",
    change: (sdp: string) => sdp.replace("m=video", "m=audio"),
    reason: "sections_differ",
  },
  {
    title: "no fingerprint",
    change: (sdp: string) => sdp.replaceAll(/a=fingerprint.*\r\n/g, ""),
    reason: "missing_fingerprint",
  },
  {
    title: "no bundle",
    change: (sdp: string) => sdp.replace(/a=group.*\r\n/, ""),
    reason: "no_bundle",
  },
  {
    title: "a client that will not connect",
    change: (sdp: string) => sdp.replaceAll("a=setup:active", "a=setup:passive"),
    reason: "unsupported_setup",
  },
])("SubscriberNegotiation refuses an answer with $title and waits on", ({ change, reason }) => {
  const negotiation = create();
  negotiation.addTrack(camera(1));
  const offer = offerOf(negotiation);
  expect(negotiation.handleAnswer(change(answerTo(offer.sdp)), offer.id)).toMatchObject({
    kind: "refused",
    reason,
  });
  expect(negotiation.hasOutstandingOffer).toBe(true);
  accept(negotiation, offer);
});

test("SubscriberNegotiation refuses an answer that it did not ask for", () => {
  const negotiation = create();
  const offer = offerOf(negotiation);
  accept(negotiation, offer);
  expect(negotiation.handleAnswer(answerTo(offer.sdp), offer.id)).toMatchObject({
    kind: "refused",
    reason: "unexpected_answer",
  });
});

test("SubscriberNegotiation refuses another certificate on a live connection", () => {
  const negotiation = create();
  negotiate(negotiation);
  negotiation.addTrack(camera(1));
  const offer = offerOf(negotiation);
  const answer = answerTo(offer.sdp).replaceAll(FINGERPRINT, FINGERPRINT.replace("01", "02"));
  expect(negotiation.handleAnswer(answer, offer.id)).toMatchObject({
    reason: "fingerprint_changed",
  });
});

test("SubscriberNegotiation takes tracks up to its sections and refuses more", () => {
  const negotiation = create();
  for (let key = 1; key < SUBSCRIBER_SECTIONS_MAX; key++) {
    expect(negotiation.addTrack(microphone(key))).toBe(true);
  }
  expect(negotiation.addTrack(microphone(5000))).toBe(false);
  const offer = offerOf(negotiation);
  expect(read(offer.sdp).sections).toHaveLength(SUBSCRIBER_SECTIONS_MAX);
  accept(negotiation, offer);
  expect(negotiation.addTrack(microphone(5000))).toBe(false);
  negotiation.removeTrack(1);
  negotiate(negotiation);
  expect(negotiation.addTrack(microphone(5000))).toBe(true);
  expect(read(offerOf(negotiation).sdp).sections).toHaveLength(SUBSCRIBER_SECTIONS_MAX);
});

test("SubscriberNegotiation takes no track of a kind that has no codec for the client", () => {
  const negotiation = create({ subscribeCodecs: [{ mime: "audio/opus", fmtpLine: "" }] });
  expect(negotiation.addTrack(camera(1))).toBe(false);
  expect(negotiation.addTrack(microphone(2))).toBe(true);
});

test("sections keep their order and their mids, and are no more than ever were busy at once", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constantFrom("audio" as const, "video" as const) }),
    fc.record({ remove: fc.nat() }),
    fc.record({ negotiate: fc.constantFrom("accept", "reject-new", "abandon") }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const negotiation = create({ hasDataSection: false });
      const live = { audio: new Set<number>(), video: new Set<number>() };
      // what the client still knows as sending, of each kind
      const closing = { audio: 0, video: 0 };
      const peak = { audio: 0, video: 0 };
      let before: SessionDescription | undefined;
      let nextKey = 1;
      for (const one of steps) {
        if ("kind" in one) {
          live[one.kind].add(nextKey);
          negotiation.addTrack(one.kind === "audio" ? microphone(nextKey) : camera(nextKey));
          nextKey += 1;
        } else if ("remove" in one) {
          const keys = [...live.audio, ...live.video];
          const key = keys[one.remove % Math.max(1, keys.length)];
          if (key === undefined) continue;
          closing[live.audio.has(key) ? "audio" : "video"] += 1;
          live.audio.delete(key);
          live.video.delete(key);
          negotiation.removeTrack(key);
        } else {
          const offer = negotiation.createOffer();
          for (const kind of ["audio", "video"] as const) {
            peak[kind] = Math.max(peak[kind], live[kind].size + closing[kind]);
          }
          if (offer.kind === "none") continue;
          const { sections } = read(offer.sdp);
          const mids = sections.map(({ mid }) => mid);
          expect(new Set(mids).size).toBe(mids.length);
          expect(sections.length).toBeLessThanOrEqual(peak.audio + peak.video);
          for (const [index, old] of before?.sections.entries() ?? []) {
            // a section in use keeps its place; one that was refused may become another
            if (sections[index]?.mid !== old.mid) expect(isRejected(old)).toBe(true);
          }
          expect(Object.values(offer.midToTrackId).sort()).toEqual(
            [...live.audio, ...live.video].map((key) => `TR_${key}`).sort(),
          );
          if (one.negotiate === "abandon") {
            negotiation.abandonOffer();
            before = read(offer.sdp);
            continue;
          }
          const known = new Set(before?.sections.map(({ mid }) => mid));
          const answer = answerTo(offer.sdp, (section) =>
            one.negotiate === "reject-new" && !known.has(section.mid) && section.mid !== mids[0]
              ? rejectedSection(section)
              : section,
          );
          const result = negotiation.handleAnswer(answer, offer.id);
          if (result.kind !== "accepted") {
            // every section refused: no transport is left
            negotiation.abandonOffer();
            before = read(offer.sdp);
            continue;
          }
          for (const { key, isRejected: isOut } of result.sends) {
            if (isOut) {
              live.audio.delete(key);
              live.video.delete(key);
            }
          }
          closing.audio = 0;
          closing.video = 0;
          before = read(answer);
        }
      }
    }),
  );
});

test("SubscriberNegotiation gives a track that comes back another section than it left", () => {
  const negotiation = create();
  const track = sendTrack(1, "audio", ["audio/opus"]);
  negotiation.addTrack(track);
  negotiation.handleAnswer(answerTo(offerOf(negotiation).sdp), 0);
  negotiation.removeTrack(track.key);
  negotiation.handleAnswer(answerTo(offerOf(negotiation).sdp), 0);
  negotiation.addTrack({ ...track, key: 2 });
  const directions = read(offerOf(negotiation).sdp)
    .sections.filter(({ kind }) => kind === track.kind)
    .map(({ direction }) => direction);
  expect(directions).toEqual(["inactive", "sendonly"]);
});
