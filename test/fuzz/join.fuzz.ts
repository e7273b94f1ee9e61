import { expect, test } from "bun:test";
import { gzipSync } from "node:zlib";
import { livekit } from "../../src/gen/livekit.js";
import { readRemoteTrickle } from "../../src/rtc/negotiation/trickle.ts";
import { type Claims, readVideoGrant, writeVideoGrant } from "../../src/rtc/permission/grants.ts";
import { TokenError, TokenVerifier } from "../../src/service/http/token-verifier.ts";
import {
  type JoinParameters,
  readQueryParameters,
} from "../../src/service/signal/join-parameters.ts";
import { JoinRequestError, readJoinRequest } from "../../src/service/signal/join-request.ts";
import { mutations, runMutations, stretched, tellFailure } from "../support/mutate.ts";
import { TEST_KEY, TEST_SECRET, testToken } from "../support/tokens.ts";

const ADDRESS = "192.0.2.1";
const LARGE_BYTES = 1_500_000;
const MEBIBYTE = 1024 * 1024;
const { NONE, GZIP } = livekit.WrappedJoinRequest.Compression;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const REQUESTS = [
  {
    clientInfo: { sdk: 1, protocol: 17, version: "2.15.0", capabilities: [1, 2] },
    connectionSettings: { autoSubscribe: true, adaptiveStream: true, subscriberAllowPause: true },
    metadata: "m",
    participantAttributes: { kept: "v", empty: "", ["__proto__"]: "p" },
  },
  {
    addTrackRequests: [{ cid: "mic", layers: [{ rid: "q" }], simulcastCodecs: [{ codec: "vp8" }] }],
    publisherOffer: { type: "offer", sdp: "v=0\r\n", id: 3 },
    reconnect: true,
    syncState: { trackSidsDisabled: ["TR_1"] },
  },
].map((request) => livekit.JoinRequest.encode(new livekit.JoinRequest(request)).finish());

function wrap(joinRequest: Uint8Array, compression = NONE): Uint8Array {
  return livekit.WrappedJoinRequest.encode(
    new livekit.WrappedJoinRequest({ compression, joinRequest }),
  ).finish();
}

/** What was read is no more than what may come: nothing in it was made up. */
function checkRead({ metadata, attributes, addTracks, offer, client }: JoinParameters): void {
  const kept = livekit.JoinRequest.encode(
    new livekit.JoinRequest({
      clientInfo: client,
      metadata,
      participantAttributes: { ...attributes },
      addTrackRequests: [...addTracks],
      publisherOffer: offer ?? null,
    }),
  ).finish();
  // enums that are written as negative numbers take ten bytes, whatever they took
  expect(kept.length).toBeLessThan(MEBIBYTE * 6);
}

/** @returns whether it could be read */
function read(text: string): boolean {
  try {
    checkRead(readJoinRequest(text, ADDRESS));
    return true;
  } catch (error) {
    if (error instanceof JoinRequestError) return false;
    throw error;
  }
}

function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url" });
}

test("a join request is read or refused: any text", () => {
  const texts = REQUESTS.flatMap((request) => [wrap(request), wrap(gzipSync(request), GZIP)]).map(
    (bytes) => encoder.encode(base64url(bytes)),
  );
  runMutations(texts, 8_000, 301, (bytes) => void read(decoder.decode(bytes)));
  for (const bytes of stretched(texts, 20, 302, LARGE_BYTES)) read(decoder.decode(bytes));
});

test("a join request is read or refused: any envelope, any compressed bytes, any message", () => {
  const gzipped = REQUESTS.map((request) => new Uint8Array(gzipSync(request)));
  let readable = 0;
  const note = (text: string): void => {
    if (read(text)) readable += 1;
  };
  const envelopes = [...REQUESTS.map((one) => wrap(one)), ...gzipped.map((one) => wrap(one, GZIP))];
  runMutations(envelopes, 5_000, 303, (bytes) => note(base64url(bytes)));
  runMutations(gzipped, 5_000, 304, (bytes) => note(base64url(wrap(bytes, GZIP))));
  runMutations(REQUESTS, 5_000, 305, (bytes) => {
    note(base64url(wrap(bytes)));
    note(base64url(wrap(gzipSync(bytes), GZIP)));
  });
  expect(readable).toBeGreaterThan(1_000);
});

test("a join request that is large, or becomes it, is refused without its contents", () => {
  for (const bytes of stretched(REQUESTS, 30, 306, LARGE_BYTES)) {
    expect(read(base64url(wrap(bytes)))).toBe(false);
    expect(read(base64url(wrap(gzipSync(bytes), GZIP)))).toBe(false);
  }
  for (const bytes of stretched(REQUESTS, 30, 307, 200_000)) {
    read(base64url(wrap(gzipSync(bytes), GZIP)));
  }
});

const VERIFIER = new TokenVerifier(new Map([[TEST_KEY, TEST_SECRET]]));

const CLAIMS: readonly Readonly<Record<string, unknown>>[] = [
  {
    sub: "a",
    name: "n",
    metadata: "m",
    kind: "agent",
    kindDetails: ["cloud_agent"],
    attributes: { key: "value" },
    video: { roomJoin: true, room: "r", canPublishSources: ["camera"], hidden: true },
    sip: { admin: true },
    roomConfig: { emptyTimeout: 3, agents: [{ agentName: "x" }] },
  },
  { sub: "", jti: "b", nbf: 1, iat: 1.5, video: { canPublish: false }, roomPreset: "p" },
];

async function verify(token: string): Promise<Claims | undefined> {
  try {
    return await VERIFIER.verify(token);
  } catch (error) {
    if (error instanceof TokenError) return undefined;
    throw error;
  }
}

test("a token is taken or refused: any text", async () => {
  const tokens = CLAIMS.map((claims) => encoder.encode(testToken({ claims })));
  const inputs = [...mutations(tokens, 4_000, 308), ...stretched(tokens, 20, 309, 100_000)];
  for (const bytes of inputs) {
    try {
      const claims = await verify(decoder.decode(bytes));
      expect(JSON.stringify(claims ?? "").length).toBeLessThan(2 * bytes.length + 2_000);
    } catch (error) {
      tellFailure(308, bytes);
      throw error;
    }
  }
});

test("claims of a token that is signed are read or refused, whatever they are", async () => {
  const texts = CLAIMS.map((claims) => encoder.encode(JSON.stringify(claims)));
  let taken = 0;
  for (const bytes of [...mutations(texts, 4_000, 310), ...stretched(texts, 20, 311, 40_000)]) {
    let claims: unknown;
    try {
      claims = JSON.parse(decoder.decode(bytes));
    } catch {
      continue;
    }
    if (typeof claims !== "object" || claims === null || Array.isArray(claims)) continue;
    try {
      const read = await verify(testToken({ claims: claims as Record<string, unknown> }));
      if (read === undefined) continue;
      taken += 1;
      expect(JSON.stringify(read).length).toBeLessThan(2 * bytes.length + 2_000);
      if (read.video === undefined) continue;
      expect(readVideoGrant(writeVideoGrant(read.video))).toEqual(read.video);
    } catch (error) {
      tellFailure(310, bytes);
      throw error;
    }
  }
  expect(taken).toBeGreaterThan(100);
});

test("the query of a join is read, whatever it is", () => {
  const attributes = base64url(encoder.encode('{"k":"v","e":"","__proto__":"p"}'));
  const queries = [
    `sdk=js&version=2.15.0&protocol=16&auto_subscribe=1&adaptive_stream=1&attributes=${attributes}`,
    "sdk=go&protocol=99999999999&reconnect=1&publish=screen&subscriber_allow_pause=&os=%F0%9F%98%80",
    "capabilities=CAP_PACKET_TRAILER,CAP_COMPRESSION_DEFLATE_RAW,x&client_protocol=-1&browser=a",
  ].map((query) => encoder.encode(query));
  const check = (bytes: Uint8Array): void => {
    const query = new URLSearchParams(decoder.decode(bytes));
    const read = readQueryParameters((name) => query.get(name) ?? undefined, ADDRESS);
    const values = Object.values(read.attributes ?? {});
    expect(values.every((value) => typeof value === "string" && value !== "")).toBe(true);
    const { client } = read;
    expect(livekit.ClientInfo.encode(client).finish().length).toBeLessThan(4 * bytes.length + 200);
    expect(JSON.stringify(read.attributes ?? "").length).toBeLessThan(6 * bytes.length + 200);
  };
  runMutations(queries, 10_000, 312, check);
  for (const bytes of stretched(queries, 20, 313, 300_000)) check(bytes);
});

test("a candidate of a client is read or refused in a few words, whatever it is", () => {
  const texts = [
    '{"candidate":"candidate:1 1 udp 1 127.0.0.1 1 typ host","sdpMid":"0","sdpMLineIndex":0}',
    '{"candidate":"","usernameFragment":"abcd","sdpMid":null,"sdpMLineIndex":1e400}',
  ].map((text) => encoder.encode(text));
  let candidates = 0;
  const check = (bytes: Uint8Array): void => {
    const result = readRemoteTrickle(decoder.decode(bytes));
    if (result.kind === "refused") {
      expect(result.detail.length).toBeLessThan(100);
      return;
    }
    candidates += 1;
    const { candidate, sdpMid = "", usernameFragment = "" } = result;
    expect((candidate + sdpMid + usernameFragment).length).toBeLessThanOrEqual(bytes.length);
    expect(bytes.length).toBeLessThan(4 * 4096);
  };
  runMutations(texts, 15_000, 314, check);
  for (const bytes of stretched(texts, 50, 315, 500_000)) check(bytes);
  expect(candidates).toBeGreaterThan(500);
});
