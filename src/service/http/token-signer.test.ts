import { expect, test } from "bun:test";
import { TEST_KEY, TEST_SECRET } from "../../../test/support/tokens.ts";
import { readVideoGrant } from "../../rtc/permission/grants.ts";
import type { TokenSubject } from "../../rtc/rtc-services.ts";
import { TokenSigner } from "./token-signer.ts";
import { TokenVerifier } from "./token-verifier.ts";

const verifier = new TokenVerifier(new Map([[TEST_KEY, TEST_SECRET]]));

function subject(changes: Partial<TokenSubject> = {}): TokenSubject {
  return {
    identity: "a",
    name: "",
    kind: "",
    metadata: "",
    attributes: {},
    roomPreset: "",
    roomConfig: undefined,
    video: readVideoGrant({ roomJoin: true, room: "r", canPublish: false })!,
    expiresAt: 0,
    ...changes,
  };
}

function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

const NOW_SECONDS = Math.floor(Date.now() / 1000);
const signer = new TokenSigner(TEST_KEY, TEST_SECRET, () => NOW_SECONDS * 1000 + 999);

test("what a subject has now is in its token, and can be joined with", async () => {
  const full = subject({
    name: "A",
    kind: "agent",
    metadata: "m",
    attributes: { k: "v" },
    roomPreset: "p",
    roomConfig: { emptyTimeout: 5 },
    expiresAt: NOW_SECONDS + 5_000,
  });
  const token = await signer.issue(full);
  const claims = await verifier.verify(token);
  expect(claims).toMatchObject({
    identity: "a",
    name: "A",
    kind: "agent",
    metadata: "m",
    attributes: { k: "v" },
    roomPreset: "p",
    roomConfig: { emptyTimeout: 5 },
    expiresAt: NOW_SECONDS + 5_000,
  });
  expect(claims.video).toEqual(full.video);
});

test("it lives as long as the first token, ten minutes at least", async () => {
  expect(payloadOf(await signer.issue(subject()))).toMatchObject({
    iat: NOW_SECONDS,
    nbf: NOW_SECONDS,
    exp: NOW_SECONDS + 600,
  });
  const late = await signer.issue(subject({ expiresAt: NOW_SECONDS + 599 }));
  expect(payloadOf(late)["exp"]).toBe(NOW_SECONDS + 600);
});

test("what is empty is left out", async () => {
  const payload = payloadOf(await signer.issue(subject()));
  expect(Object.keys(payload).sort()).toEqual(["exp", "iat", "iss", "nbf", "sub", "video"]);
});

test("attributes of any name are carried", async () => {
  const attributes = Object.assign(Object.create(null), JSON.parse('{"__proto__":"x"}'));
  const claims = await verifier.verify(await signer.issue(subject({ attributes })));
  expect(Object.entries(claims.attributes)).toEqual([["__proto__", "x"]]);
});

test("a failure to sign rejects and does not throw", async () => {
  const promise = signer.issue(subject({ expiresAt: Number.NaN }));
  expect(promise).rejects.toThrow();
});
