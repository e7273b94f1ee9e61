import { expect, test } from "bun:test";
import { readTimeStamp, TIME_STAMP_BYTES, writeTimeStamp } from "./time-stamp.ts";

test("a time stamp is read where the payload ends", () => {
  const bytes = new Uint8Array(40);
  writeTimeStamp(bytes, 30, 1234.5678);
  expect(readTimeStamp(bytes, 30 - TIME_STAMP_BYTES, 30)).toBe(1234.5678);
  expect(readTimeStamp(bytes, 0, 31)).toBe(-1);
});

test("a payload that is too short has none", () => {
  const bytes = new Uint8Array(40);
  writeTimeStamp(bytes, 30, 1);
  expect(readTimeStamp(bytes, 30 - TIME_STAMP_BYTES + 1, 30)).toBe(-1);
});
