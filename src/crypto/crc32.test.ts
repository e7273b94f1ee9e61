import { expect, test } from "bun:test";
import { crc32 } from "./crc32.ts";
import { sha256 } from "./sha256.ts";

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

test("crc32 makes the check value of the CRC catalogue, at an offset too", () => {
  expect(crc32(ascii("123456789"), 0, 9)).toBe(0xcbf4_3926);
  expect(crc32(ascii("xx123456789yy"), 2, 9)).toBe(0xcbf4_3926);
  expect(crc32(new Uint8Array(0), 0, 0)).toBe(0);
});

test("sha256 makes the digest of FIPS 180-4's example", () => {
  expect(Buffer.from(sha256(ascii("abc"))).toString("hex")).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
