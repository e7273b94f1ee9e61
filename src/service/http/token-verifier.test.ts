import { expect, test } from "bun:test";
import { inSeconds, TEST_KEY, TEST_SECRET, testToken } from "../../../test/support/tokens.ts";
import { TokenError, TokenVerifier } from "./token-verifier.ts";

const verifier = new TokenVerifier(
  new Map([
    [TEST_KEY, TEST_SECRET],
    ["other", "another secret"],
  ]),
);

async function refusalOf(token: string): Promise<string> {
  try {
    await verifier.verify(token);
  } catch (error) {
    if (error instanceof TokenError) return error.message;
    throw error;
  }
  throw new Error("the token was taken");
}

test("a token of any of the keys is read", async () => {
  const video = { roomJoin: true, room: "r" };
  const claims = await verifier.verify(testToken({ claims: { sub: "a", name: "A", video } }));
  expect(claims).toMatchObject({ apiKey: TEST_KEY, identity: "a", name: "A" });
  expect(claims.video).toMatchObject({ roomJoin: true, room: "r", canPublish: true });
  const other = await verifier.verify(testToken({ key: "other", secret: "another secret" }));
  expect(other.apiKey).toBe("other");
});

test.each([
  { title: "garbage", token: "x", message: "invalid authorization token" },
  { title: "three parts of garbage", token: "x.y.z", message: "invalid authorization token" },
  { title: "four parts", token: "a.b.c.d", message: "invalid authorization token" },
  {
    title: "parts that are JSON but no objects",
    token: "bnVsbA.bnVsbA.bnVsbA",
    message: "invalid authorization token",
  },
  { title: "64 KiB", token: "x".repeat(70_000), message: "invalid authorization token" },
  {
    title: "an unknown key",
    token: testToken({ key: "no-such-key" }),
    message: "invalid API key: no-such-key",
  },
  {
    title: "a key named like a member that objects inherit",
    token: testToken({ key: "constructor" }),
    message: "invalid API key: constructor",
  },
  { title: "no key", token: testToken({ claims: { iss: 5 } }), message: "invalid API key: " },
  {
    title: "a wrong signature",
    token: testToken({ secret: "wrong" }),
    message: "invalid token: token signature is invalid: signature is invalid",
  },
  {
    title: "the key of another's secret",
    token: testToken({ key: "other", secret: TEST_SECRET }),
    message: "invalid token: token signature is invalid: signature is invalid",
  },
  {
    title: "no algorithm",
    token: testToken({ alg: "none" }),
    message: "invalid token: signing method is invalid: use HS256",
  },
  {
    title: "another algorithm",
    token: testToken({ alg: "HS512" }),
    message: "invalid token: signing method is invalid: use HS256",
  },
  {
    title: "its time over",
    token: testToken({ claims: { exp: inSeconds(-70) } }),
    message: "invalid token: token has invalid claims: token is expired",
  },
  {
    title: "its time not come",
    token: testToken({ claims: { nbf: inSeconds(90) } }),
    message: "invalid token: token has invalid claims: token is not valid yet",
  },
  {
    title: "no end",
    token: testToken({ claims: { exp: undefined } }),
    message: "invalid token: token is missing required claim: exp claim is required",
  },
])("a token with $title is refused", async ({ token, message }) => {
  expect(await refusalOf(token)).toBe(message);
});

test("an end that is no number is refused", async () => {
  expect(await refusalOf(testToken({ claims: { exp: "soon" } }))).toStartWith("invalid token: ");
});

test("clocks may be off by less than a minute", async () => {
  const late = testToken({ claims: { exp: inSeconds(-50) } });
  const early = testToken({ claims: { nbf: inSeconds(50) } });
  expect((await verifier.verify(late)).identity).toBe("me");
  expect((await verifier.verify(early)).identity).toBe("me");
});

test("when a token was issued does not matter", async () => {
  const token = testToken({ claims: { iat: inSeconds(5_000) } });
  expect((await verifier.verify(token)).identity).toBe("me");
});
