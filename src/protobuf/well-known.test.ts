import { expect, test } from "bun:test";
import fc from "fast-check";
import { readDuration, readTimestamp, writeDuration, writeTimestamp } from "./well-known.ts";

const nanos = fc.integer({ min: 0, max: 999_999_999 });

test("every timestamp that can be written is read back", () => {
  const seconds = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 });
  fc.assert(
    fc.property(fc.record({ seconds, nanos }), (value) => {
      expect(readTimestamp(writeTimestamp(value)!)).toEqual(value);
    }),
  );
});

test("every duration that can be written is read back", () => {
  const parts = fc.record({ seconds: fc.integer({ min: 0, max: 315_576_000_000 }), nanos });
  fc.assert(
    fc.property(parts, fc.boolean(), (value, isNegative) => {
      const sign = isNegative ? -1 : 1;
      const signed = { seconds: sign * value.seconds + 0, nanos: sign * value.nanos + 0 };
      expect(readDuration(writeDuration(signed)!)).toEqual(signed);
    }),
  );
});

test.each([
  ["1970-01-01T00:00:00Z", 0, 0],
  ["1970-01-01T00:00:01.5Z", 1, 500_000_000],
  ["1970-01-01T01:00:00+01:00", 0, 0],
  ["1969-12-31T23:59:59.000000001Z", -1, 1],
  ["2024-02-29T00:00:00-00:30", 1_709_166_600, 0],
])("%p is a time", (text, seconds, nanoseconds) => {
  expect(readTimestamp(text)).toEqual({ seconds, nanos: nanoseconds });
});

test.each([
  "",
  "1970-01-01",
  "1970-01-01T00:00:00",
  "1970-13-01T00:00:00Z",
  "2023-02-29T00:00:00Z",
  "1970-01-01T24:00:00Z",
  "1970-01-01T00:00:00.Z",
  "1970-01-01T00:00:00.0000000001Z",
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00+01:00",
  "1970-01-01t00:00:00z",
])("%p is no time", (text) => {
  expect(readTimestamp(text)).toBeUndefined();
});

test.each(["", "s", "1", "1.s5", "+1s", "1e3s", "--1s", "315576000001s", ".s", "1.0000000001s"])(
  "%p is no duration",
  (text) => {
    expect(readDuration(text)).toBeUndefined();
  },
);

test("times and durations out of range are not written", () => {
  expect(writeTimestamp({ seconds: 253_402_300_800, nanos: 0 })).toBeUndefined();
  expect(writeTimestamp({ seconds: 0, nanos: -1 })).toBeUndefined();
  expect(writeTimestamp({ seconds: Number.NaN, nanos: 0 })).toBeUndefined();
  expect(writeDuration({ seconds: 315_576_000_001, nanos: 0 })).toBeUndefined();
  expect(writeDuration({ seconds: 1, nanos: -1 })).toBeUndefined();
});
