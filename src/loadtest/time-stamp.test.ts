import { expect, test } from "bun:test";
import {
  FOREIGN_TIME,
  NO_TIME,
  readTimeStamp,
  TIME_STAMP_BYTES,
  writeTimeStamp,
} from "./time-stamp.ts";

const TAG = 0xa55a;

test("a time stamp is read where the payload ends", () => {
  const bytes = new Uint8Array(40);
  writeTimeStamp(bytes, 30, TAG, 1234.5678);
  expect(readTimeStamp(bytes, 30 - TIME_STAMP_BYTES, 30, TAG)).toBe(1234.5678);
  expect(readTimeStamp(bytes, 0, 31, TAG)).toBe(NO_TIME);
});

test("a payload that is too short has none", () => {
  const bytes = new Uint8Array(40);
  writeTimeStamp(bytes, 30, TAG, 1);
  expect(readTimeStamp(bytes, 30 - TIME_STAMP_BYTES + 1, 30, TAG)).toBe(NO_TIME);
});

test("the time of another process is no time here", () => {
  const bytes = new Uint8Array(40);
  writeTimeStamp(bytes, 30, TAG + 1, 1);
  expect(readTimeStamp(bytes, 0, 30, TAG)).toBe(FOREIGN_TIME);
});
