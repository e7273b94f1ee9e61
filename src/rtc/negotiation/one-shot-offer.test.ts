import { expect, test } from "bun:test";
import { clientOffer, type OfferedSection } from "../../../test/support/client-sdp.ts";
import { sdpFixture } from "../../../test/support/negotiation.ts";
import { livekit } from "../../gen/livekit.js";
import { ONE_SHOT_TRACKS_MAX, type OneShotOffer, readOneShotOffer } from "./one-shot-offer.ts";

const { TrackSource, TrackType } = livekit;

function read(sdp: string): OneShotOffer {
  const offer = readOneShotOffer(sdp);
  if (offer.kind === "refused") throw new Error(offer.detail);
  return offer;
}

const AUDIO: OfferedSection = { mid: "0", kind: "audio", cid: "voice" };

test("what is sent becomes a microphone and a camera, named by the msid", () => {
  const { tracks, isReceiving } = read(
    clientOffer([AUDIO, { mid: "1", kind: "video", cid: "picture", direction: "sendrecv" }]),
  );
  expect(isReceiving).toBe(true);
  expect(tracks).toMatchObject([
    {
      cid: "voice",
      type: TrackType.AUDIO,
      name: "synthesized-microphone",
      source: TrackSource.MICROPHONE,
      stream: "camera",
      disableDtx: true,
      stereo: false,
      layers: [],
    },
    {
      cid: "picture",
      type: TrackType.VIDEO,
      name: "synthesized-camera",
      source: TrackSource.CAMERA,
      stream: "camera",
      layers: [{}],
    },
  ]);
});

test("each rid is a layer, in ascending quality, three at most", () => {
  for (const [rids, count] of [
    [["q", "h", "f"], 3],
    [["2", "1", "0"], 3],
    [["a", "b"], 2],
    [["a", "b", "c", "d"], 3],
    [["a"], 1],
  ] as const) {
    const [track] = read(clientOffer([{ mid: "0", kind: "video", rids }])).tracks;
    expect(track?.layers.map(({ quality }) => quality ?? 0)).toEqual(
      Array.from({ length: count }, (_, i) => i),
    );
  }
});

test("a track without an id of its own gets one", () => {
  const same = { cid: "stream" };
  const cids = read(
    clientOffer([
      { mid: "0", kind: "audio" },
      { mid: "1", kind: "audio", ...same },
      { mid: "2", kind: "video", ...same },
    ]),
  ).tracks.map(({ cid }) => cid);
  expect(cids[0]).toStartWith("TR_");
  expect(cids[1]).toBe("stream");
  expect(cids[2]).toStartWith("TR_");
  expect(new Set(cids).size).toBe(3);
});

test("sections that are received, refused or for data publish nothing", () => {
  const sections: OfferedSection[] = [
    { mid: "0", kind: "audio", direction: "recvonly" },
    { mid: "1", kind: "video", direction: "inactive" },
    { mid: "2", kind: "video", cid: "x", isRejected: true },
    { mid: "3", kind: "data" },
  ];
  expect(read(clientOffer(sections))).toMatchObject({ tracks: [], isReceiving: true });
  expect(read(clientOffer(sections.slice(1))).isReceiving).toBe(false);
});

test("offers of browsers are read", () => {
  expect(read(sdpFixture("chromium-vp8-simulcast")).tracks).toHaveLength(1);
  expect(read(sdpFixture("firefox-simulcast")).tracks).toHaveLength(2);
  expect(read(sdpFixture("chromium-single-recvonly"))).toMatchObject({
    tracks: [],
    isReceiving: true,
  });
});

const OFFER = clientOffer([AUDIO]);

test.each([
  { title: "no SDP", sdp: "garbage", reason: "malformed_sdp" },
  { title: "nothing", sdp: "v=0\r\n", reason: "missing_ice_credentials" },
  {
    title: "no credentials",
    sdp: OFFER.replace(/a=ice-ufrag.*\r\n/, ""),
    reason: "missing_ice_credentials",
  },
  {
    title: "no fingerprint",
    sdp: OFFER.replace(/a=fingerprint.*\r\n/, ""),
    reason: "missing_fingerprint",
  },
  {
    title: "a client that waits for our DTLS",
    sdp: OFFER.replace("setup:actpass", "setup:passive"),
    reason: "unsupported_setup",
  },
  { title: "no mid", sdp: OFFER.replace("a=mid:0\r\n", ""), reason: "missing_mid" },
  {
    title: "a mid twice",
    sdp: OFFER + OFFER.slice(OFFER.indexOf("m=")),
    reason: "duplicate_mid",
  },
  {
    title: "more tracks than there may be",
    sdp: clientOffer(
      Array.from({ length: ONE_SHOT_TRACKS_MAX + 1 }, (_, i) => ({
        mid: String(i),
        kind: "audio" as const,
      })),
    ),
    reason: "too_many_sections",
  },
])("an offer with $title is refused", ({ sdp, reason }) => {
  expect(readOneShotOffer(sdp)).toMatchObject({ kind: "refused", reason });
});
