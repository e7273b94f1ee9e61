import { expect, test } from "bun:test";
import { gzipSync } from "node:zlib";
import { mutations } from "../../../test/support/mutate.ts";
import { livekit } from "../../gen/livekit.js";
import { JoinRequestError, readJoinRequest } from "./join-request.ts";

const ADDRESS = "192.0.2.1";
const { NONE, GZIP } = livekit.WrappedJoinRequest.Compression;

function wrap(request: livekit.IJoinRequest, isGzip = false): Uint8Array {
  const bytes = livekit.JoinRequest.encode(new livekit.JoinRequest(request)).finish();
  return livekit.WrappedJoinRequest.encode(
    new livekit.WrappedJoinRequest({
      compression: isGzip ? GZIP : NONE,
      joinRequest: isGzip ? gzipSync(bytes) : bytes,
    }),
  ).finish();
}

function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url" });
}

const REQUEST: livekit.IJoinRequest = {
  clientInfo: { sdk: livekit.ClientInfo.SDK.JS, protocol: 17, address: "a lie" },
  connectionSettings: { autoSubscribe: true, adaptiveStream: true, subscriberAllowPause: true },
  metadata: "m",
  participantAttributes: { kept: "v", empty: "" },
  addTrackRequests: [{ cid: "mic" }],
  publisherOffer: { type: "offer", sdp: "v=0", id: 3 },
  reconnect: true,
  reconnectReason: livekit.ReconnectReason.RR_SUBSCRIBER_FAILED,
};

test.each([
  { title: "plain", isGzip: false },
  { title: "by gzip", isGzip: true },
])("a join request that comes $title says everything", ({ isGzip }) => {
  const read = readJoinRequest(base64url(wrap(REQUEST, isGzip)), ADDRESS);
  expect(read).toMatchObject({
    client: { sdk: livekit.ClientInfo.SDK.JS, protocol: 17, address: ADDRESS },
    connection: {
      isAutoSubscribe: true,
      isAutoSubscribeDataTrack: false,
      isAdaptiveStream: true,
      allowPause: true,
      isOneShot: false,
    },
    isSinglePeerConnection: true,
    isReconnect: true,
    reconnectReason: livekit.ReconnectReason.RR_SUBSCRIBER_FAILED,
    metadata: "m",
    attributes: { kept: "v" },
    addTracks: [{ cid: "mic" }],
    offer: { type: "offer", sdp: "v=0", id: 3 },
  });
});

test("a join request without settings subscribes to nothing and pauses as configured", () => {
  const { connection, offer } = readJoinRequest(base64url(wrap({})), ADDRESS);
  expect(connection.isAutoSubscribe).toBe(false);
  expect(connection.allowPause).toBeUndefined();
  expect(offer).toBeUndefined();
});

test("padding may be there or not", () => {
  const padded = base64url(wrap(REQUEST));
  const read = (text: string) => readJoinRequest(text, ADDRESS).metadata;
  expect(read(padded.replace(/=+$/, ""))).toBe(read(padded));
});

test.each([
  { text: "!!!", message: "cannot base64 decode wrapped join request" },
  { text: "AAAA", message: "cannot unmarshal wrapped join request" },
  {
    text: base64url(
      livekit.WrappedJoinRequest.encode(
        new livekit.WrappedJoinRequest({ joinRequest: Uint8Array.of(0xff, 0xff) }),
      ).finish(),
    ),
    message: "cannot unmarshal join request",
  },
  {
    text: base64url(
      livekit.WrappedJoinRequest.encode(
        new livekit.WrappedJoinRequest({ compression: GZIP, joinRequest: Uint8Array.of(1, 2) }),
      ).finish(),
    ),
    message: "cannot read decompressed join request",
  },
  {
    text: base64url(wrap({ metadata: "x".repeat(1024 * 1024) }, true)),
    message: "join request too large",
  },
  {
    text: base64url(wrap({ metadata: "x".repeat(1024 * 1024) })),
    message: "join request too large",
  },
])("a broken join request is refused: $message", ({ text, message }) => {
  expect(() => readJoinRequest(text, ADDRESS)).toThrow(new JoinRequestError(message));
});

test("whatever the bytes, a join request is read or refused", () => {
  const corpus = [wrap(REQUEST), wrap(REQUEST, true)];
  for (const bytes of mutations(corpus, 4_000, 1)) {
    try {
      readJoinRequest(base64url(bytes), ADDRESS);
    } catch (error) {
      if (!(error instanceof JoinRequestError)) throw error;
    }
  }
});
