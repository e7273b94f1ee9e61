import { test } from "bun:test";
import assert from "node:assert/strict";
import { readOneShotOffer } from "../../src/rtc/negotiation/one-shot-offer.ts";
import { PublisherNegotiation } from "../../src/rtc/negotiation/publisher-negotiation.ts";
import { SubscriberNegotiation } from "../../src/rtc/negotiation/subscriber-negotiation.ts";
import { readSdp, readSdpFragment } from "../../src/wire/sdp/read-sdp.ts";
import { isRejected, type SessionDescription } from "../../src/wire/sdp/session-description.ts";
import { writeSdpFragment } from "../../src/wire/sdp/write-sdp.ts";
import { runMutations } from "../support/mutate.ts";
import {
  ALL_CODECS,
  declared,
  offerContext,
  publisherOptions,
  sdpFixture,
  sendTrack,
  subscriberOptions,
} from "../support/negotiation.ts";

const SEED = 20_261;
const decoder = new TextDecoder();
const bytesOf = (text: string) => new TextEncoder().encode(text);

const OFFERS = ["chromium-data-only", "chromium-audio-red", "firefox-simulcast"].map(sdpFixture);
/** An answer to the offer of `subscriber()`, as a small client would give it. */
const ANSWER = [
  "v=0",
  "o=- 1 2 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0 1 2",
  "m=video 9 UDP/TLS/RTP/SAVPF 96 97 108",
  "a=ice-ufrag:abcd",
  "a=ice-pwd:abcdefghijklmnopqrstuvwx",
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => "AB").join(":")}`,
  "a=setup:active",
  "a=mid:0",
  "a=recvonly",
  "a=extmap:1 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
  "a=rtpmap:96 VP8/90000",
  "a=rtpmap:97 rtx/90000",
  "a=fmtp:97 apt=96",
  "a=rtpmap:108 H264/90000",
  "m=audio 9 UDP/TLS/RTP/SAVPF 63 111",
  "a=mid:1",
  "a=recvonly",
  "a=rtpmap:63 red/48000/2",
  "a=rtpmap:111 opus/48000/2",
  "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
  "a=mid:2",
  "a=sctp-port:5000",
  "",
].join("\r\n");

function read(sdp: string): SessionDescription {
  const result = readSdp(sdp);
  assert(result.kind === "read");
  return result.description;
}

function checkOffer(sdp: string): void {
  const negotiation = new PublisherNegotiation({
    ...publisherOptions(),
    isSinglePeerConnection: true,
    subscribeCodecs: ALL_CODECS,
  });
  negotiation.addTrack(sendTrack(1, "audio", ["audio/red"]));
  negotiation.addTrack(sendTrack(2, "video", ["video/VP8"]));
  const layers = [0, 2].map((quality) => ({ quality, rid: "" }));
  const context = offerContext({ "*audio": declared({}), "*video": declared({ layers }) });
  const result = negotiation.handleOffer(sdp, context);
  if (result.kind === "refused") {
    assert(result.detail.length < 200);
    return;
  }
  const [offer, answer] = [read(sdp), read(result.sdp)];
  assert.deepEqual(
    answer.sections.map(({ kind, mid }) => [kind, mid]),
    offer.sections.map(({ kind, mid }) => [kind, mid]),
  );
  for (const [index, section] of answer.sections.entries()) {
    const offered = new Set(offer.sections[index]!.codecs.map(({ payloadType }) => payloadType));
    assert(section.codecs.every(({ payloadType }) => offered.has(payloadType)));
    assert(isRejected(section) || section.mid !== "");
  }
  for (const { encodings, codecs, isActive } of result.media) {
    const spatialLayers = encodings.map(({ spatialLayer }) => spatialLayer);
    assert(new Set(spatialLayers).size === encodings.length && encodings.length <= 3);
    assert(spatialLayers.every((layer) => layer >= 0 && layer <= 2));
    assert(!isActive || codecs.length > 0);
  }
  const ids = Object.values(result.extensions.receive).filter((id) => id !== 0);
  assert(new Set(ids).size === ids.length && ids.every((id) => id >= 1 && id <= 255));
}

function checkAnswer(sdp: string): void {
  const negotiation = new SubscriberNegotiation(subscriberOptions());
  negotiation.addTrack(sendTrack(1, "video", ["video/VP8"]));
  negotiation.addTrack(sendTrack(2, "audio", ["audio/red"]));
  const offer = negotiation.createOffer();
  assert(offer.kind === "offer");
  const result = negotiation.handleAnswer(sdp, offer.id);
  assert(result.kind !== "stale");
  assert.equal(negotiation.hasOutstandingOffer, result.kind === "refused");
  if (result.kind === "refused") return;
  assert.deepEqual(
    result.sends.map(({ key }) => key),
    [1, 2],
  );
  assert(result.sends.every(({ isRejected: isOut, codecs }) => isOut || codecs.length > 0));
  negotiation.addTrack(sendTrack(3, "video", ["video/VP8"]));
  assert(negotiation.createOffer().kind === "offer");
}

/** What a WHIP client trickles (RFC 9725 §4.3.2). */
const FRAGMENT = [
  "a=group:BUNDLE 0 1",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111",
  "a=mid:0",
  "a=ice-ufrag:EsAw",
  "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1",
  "a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host",
  "a=end-of-candidates",
  "",
].join("\r\n");

function checkOneShotOffer(sdp: string): void {
  const offer = readOneShotOffer(sdp);
  if (offer.kind === "refused") {
    assert(offer.detail.length < 200);
    return;
  }
  const { tracks } = offer;
  assert(tracks.length <= 20);
  assert.equal(new Set(tracks.map(({ cid }) => cid)).size, tracks.length);
  assert(tracks.every(({ cid, layers }) => cid !== "" && layers.length <= 3));
}

/** What is read can be written into an answer, and is read again as it was. */
function checkFragment(text: string): void {
  const result = readSdpFragment(text);
  if (result.kind !== "read") {
    assert(result.detail.length < 200);
    return;
  }
  for (const section of result.description.sections) {
    if (section.mid === "") continue;
    const again = readSdpFragment(writeSdpFragment([[section.mid]], section));
    assert(again.kind === "read");
    const [written] = again.description.sections;
    assert.equal(again.description.sections.length, 1);
    assert.equal(written?.mid, section.mid);
    assert.deepEqual(written?.transport, section.transport);
  }
}

test("readOneShotOffer reads or refuses whatever bytes it gets", () => {
  const read = (bytes: Uint8Array) => checkOneShotOffer(decoder.decode(bytes));
  runMutations(OFFERS.map(bytesOf), 6000, SEED, read);
});

test("readSdpFragment reads or refuses whatever bytes it gets", () => {
  runMutations([bytesOf(FRAGMENT)], 6000, SEED, (bytes) => checkFragment(decoder.decode(bytes)));
});

test("handleOffer answers or refuses whatever bytes it gets", () => {
  runMutations(OFFERS.map(bytesOf), 6000, SEED, (bytes) => checkOffer(decoder.decode(bytes)));
});

test("handleAnswer takes or refuses whatever bytes it gets", () => {
  assert.doesNotThrow(() => checkAnswer(ANSWER));
  runMutations([bytesOf(ANSWER)], 6000, SEED, (bytes) => checkAnswer(decoder.decode(bytes)));
});

/** Mutates which lines there are and in which order: what byte mutations hardly ever reach. */
function runLineMutations(sdp: string, count: number, target: (sdp: string) => void): void {
  const lines = sdp.split("\r\n").slice(0, 255);
  const order = Uint8Array.from(lines, (_, index) => index);
  runMutations([order], count, SEED, (bytes) => {
    const rest = [...bytes].slice(1).map((index) => lines[index % lines.length]!);
    target([lines[0]!, ...rest].join("\r\n"));
  });
}

test("handleOffer answers or refuses any order of lines", () => {
  for (const offer of OFFERS) runLineMutations(offer, 2000, checkOffer);
  for (const offer of OFFERS) runLineMutations(offer, 1000, checkOneShotOffer);
});

test("handleAnswer takes or refuses any order of lines", () => {
  runLineMutations(ANSWER, 2000, checkAnswer);
});
