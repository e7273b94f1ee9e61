import { expect, test } from "bun:test";
import fc from "fast-check";
import { decodeBase62, encodeBase62 } from "../../base/base62.ts";
import { TurnCredentials } from "./credentials.ts";

/** Handed out by the reference, release 1.13.5, with this secret. */
const KNOWN = {
  username: "zIjNzgjM1kzNxwHcnNTYj1GN5kVTKdzXBBFfyrs1srMyA",
  password: "egeQjnrYamig2hP1zXBJeUnNm5ZXGrpaodvMgQtp3FqB",
};
const SECRET = "secret".repeat(6);
const credentials = new TurnCredentials((key) => (key === "devkey" ? SECRET : undefined));

test("credentials are those of the reference", () => {
  expect(credentials.create("devkey", "PA_7JMY94mca3gp", 1_795_283_623)).toEqual(KNOWN);
  expect(credentials.find(KNOWN.username)).toMatchObject({
    username: KNOWN.username,
    participantId: "PA_7JMY94mca3gp",
    expirySeconds: 1_795_283_623,
  });
});

test("the key of a user is the one of the long-term mechanism", () => {
  const key = credentials.find(KNOWN.username)?.key;
  const hash = new Bun.CryptoHasher("md5");
  hash.update(`${KNOWN.username}:livekit:${KNOWN.password}`);
  expect(key?.toHex()).toBe(hash.digest("hex"));
});

test.each([
  "",
  "devkey|PA_1",
  "devkey|PA_1|1|2",
  "devkey|PA_1|0",
  "devkey|PA_1|-1",
  "devkey|PA_1|1e9",
  "devkey|PA_1|9999999999999999",
  "other|PA_1|1700000000",
  "__proto__|PA_1|1700000000",
])("%p names nobody", (name) => {
  expect(credentials.find(encodeBase62(new TextEncoder().encode(name)))).toBeUndefined();
});

test.each(["not base 62!", "a|b", "x".repeat(401)])("%p is no user name", (username) => {
  expect(credentials.find(username)).toBeUndefined();
});

test("base62 gives back what went in", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const text = encodeBase62(bytes);
      expect(text).toMatch(/^[A-Za-z0-9]*$/);
      // zero bits at the front are not told apart from nothing
      const back = decodeBase62(text)!;
      const start = bytes.findIndex((byte) => byte !== 0);
      const backStart = back.findIndex((byte) => byte !== 0);
      expect(back.slice(backStart < 0 ? back.length : backStart)).toEqual(
        bytes.slice(start < 0 ? bytes.length : start),
      );
    }),
  );
});
