import { expect, test } from "bun:test";
import { jwtVerify, SignJWT } from "jose";
import { inSeconds, TEST_KEY, TEST_SECRET, testToken } from "../../../test/support/tokens.ts";
import { Hs256 } from "./hs256.ts";
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

test.each(["exp", "nbf", "iat"])("%s that is no number is refused", async (claim) => {
  expect(await refusalOf(testToken({ claims: { [claim]: "soon" } }))).toBe(
    `invalid token: ${claim} claim must be a number`,
  );
});

test("a header that asks for an unknown extension is refused", async () => {
  const [, payload] = testToken().split(".");
  const header = Buffer.from('{"alg":"HS256","crit":["b64"],"b64":false}').toString("base64url");
  expect(await refusalOf(`${header}.${payload}.x`)).toBe(
    "invalid token: its header asks for an extension that is unknown here",
  );
});

test("no letter of a signature can be left out, added or spelled otherwise", async () => {
  const token = testToken();
  const refusal = "invalid token: token signature is invalid: signature is invalid";
  for (const bad of [token.slice(0, -1), `${token}A`, `${token}=`, `${token}!`, `${token}é`]) {
    expect(await refusalOf(bad)).toBe(refusal);
  }
  const last = token.at(-1)!;
  const twin = String.fromCharCode(last.charCodeAt(0) + 1); // differs in bits beyond the bytes
  expect(await refusalOf(token.slice(0, -1) + twin)).toBe(refusal);
});

test("tokens of the JWT library that servers use are taken, and it takes ours", async () => {
  const secret = new TextEncoder().encode(TEST_SECRET);
  const token = await new SignJWT({ name: "Ä" })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(TEST_KEY)
    .setSubject("a")
    .setExpirationTime("1m")
    .sign(secret);
  expect(verifier.verify(token)).toMatchObject({ identity: "a", name: "Ä" });
  const ours = new Hs256(TEST_SECRET).sign({ iss: TEST_KEY, name: "Ä", exp: inSeconds(60) });
  const { payload } = await jwtVerify(ours, secret, { algorithms: ["HS256"], issuer: TEST_KEY });
  expect(payload["name"]).toBe("Ä");
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
