import { expect, test } from "bun:test";
import fc from "fast-check";
import { livekit } from "../../gen/livekit.js";
import { readClaims, readVideoGrant, type VideoGrant, writeVideoGrant } from "./grants.ts";
import { mayPublish, permissionOf, withPermission } from "./permission.ts";

const { CAMERA, MICROPHONE, SCREEN_SHARE, UNKNOWN } = livekit.TrackSource;

function grantOf(claim: Record<string, unknown>): VideoGrant {
  return readVideoGrant(claim)!;
}

test("absent members mean what the reference says", () => {
  expect(grantOf({})).toEqual({
    roomCreate: false,
    roomList: false,
    roomRecord: false,
    roomAdmin: false,
    roomJoin: false,
    room: "",
    destinationRoom: "",
    canPublish: true,
    canPublishSources: [],
    canPublishData: true,
    canSubscribe: true,
    canUpdateOwnMetadata: false,
    canSubscribeMetrics: false,
    canManageAgentSession: false,
    hidden: false,
    recorder: false,
    agent: false,
    ingressAdmin: false,
  });
});

test("canPublishData follows canPublish unless it is given", () => {
  expect(grantOf({ canPublish: false }).canPublishData).toBe(false);
  expect(grantOf({ canPublish: false, canPublishData: true }).canPublishData).toBe(true);
  expect(grantOf({ canPublishData: false }).canPublish).toBe(true);
});

test("a video claim that is no object is none", () => {
  for (const claim of [undefined, null, "x", 1, [], true]) {
    expect(readVideoGrant(claim)).toBeUndefined();
  }
});

test("members of a wrong type count as absent", () => {
  const grant = grantOf({ roomJoin: "true", canPublish: 0, room: 5, canPublishSources: "camera" });
  expect(grant).toMatchObject({
    roomJoin: false,
    canPublish: true,
    room: "",
    canPublishSources: [],
  });
});

test("sources are known names in any letter case", () => {
  const canPublishSources = ["Camera", "microphone", "constructor", 7, "screen_share"];
  expect(grantOf({ canPublishSources }).canPublishSources).toEqual([
    "camera",
    "microphone",
    "screen_share",
  ]);
});

test("the identity is sub, or jti when that is empty, never the private claim", () => {
  expect(readClaims({ sub: "s", jti: "j", identity: "i" }).identity).toBe("s");
  expect(readClaims({ sub: "", jti: "j" }).identity).toBe("j");
  expect(readClaims({ identity: "i" }).identity).toBe("");
});

test("claims of wrong types count as absent, attributes keep what is text", () => {
  const claims = readClaims({
    name: 5,
    kind: null,
    kindDetails: ["a", 1],
    attributes: { a: "1", b: 2, c: null },
    sip: [],
    exp: "soon",
  });
  expect(claims).toMatchObject({
    name: "",
    kind: "",
    kindDetails: ["a"],
    attributes: { a: "1" },
    sip: { admin: false, call: false },
    video: undefined,
    expiresAt: 0,
  });
});

test("an attribute named __proto__ is an attribute", () => {
  const { attributes } = readClaims(JSON.parse('{"attributes":{"__proto__":"x"}}'));
  expect(Object.entries(attributes)).toEqual([["__proto__", "x"]]);
});

const grants: fc.Arbitrary<VideoGrant> = fc
  .record({
    roomCreate: fc.boolean(),
    roomList: fc.boolean(),
    roomRecord: fc.boolean(),
    roomAdmin: fc.boolean(),
    roomJoin: fc.boolean(),
    room: fc.string(),
    destinationRoom: fc.string(),
    canPublish: fc.boolean(),
    canPublishSources: fc.subarray(["camera", "microphone", "screen_share", "screen_share_audio"]),
    canPublishData: fc.boolean(),
    canSubscribe: fc.boolean(),
    canUpdateOwnMetadata: fc.boolean(),
    canSubscribeMetrics: fc.boolean(),
    canManageAgentSession: fc.boolean(),
    hidden: fc.boolean(),
    recorder: fc.boolean(),
    agent: fc.boolean(),
    ingressAdmin: fc.boolean(),
  })
  .map((claim) => grantOf(claim));

test("a grant that is written into a token is read back the same", () => {
  fc.assert(
    fc.property(grants, (grant) => {
      const claim = JSON.parse(JSON.stringify(writeVideoGrant(grant)));
      expect(readVideoGrant(claim)).toEqual(grant);
    }),
  );
});

test("a permission that clients are shown gives back the grant, and changes only what it may", () => {
  fc.assert(
    fc.property(grants, grants, (grant, other) => {
      expect(withPermission(grant, permissionOf(grant))).toEqual(grant);
      const changed = withPermission(grant, permissionOf(other));
      for (const kept of ["agent", "recorder", "roomAdmin", "room", "roomCreate"] as const) {
        expect(changed[kept]).toBe(grant[kept] as never);
      }
      expect(changed.canPublish).toBe(other.canPublish);
      expect(changed.hidden).toBe(other.hidden);
    }),
  );
});

test("sources are allowed by the list, or all without one; nothing without canPublish", () => {
  const camera = grantOf({ canPublishSources: ["camera"] });
  expect(mayPublish(camera, CAMERA)).toBe(true);
  for (const source of [MICROPHONE, SCREEN_SHARE, UNKNOWN, 99 as livekit.TrackSource]) {
    expect(mayPublish(camera, source)).toBe(false);
    expect(mayPublish(grantOf({}), source)).toBe(true);
    expect(mayPublish(grantOf({ canPublish: false }), source)).toBe(false);
  }
});
