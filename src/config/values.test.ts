import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Leaf, ScalarType } from "./schema-types.ts";
import {
  quote,
  readBool,
  readDuration,
  readFloat,
  readInteger,
  readNodeIp,
  readPortRange,
  readScalar,
} from "./values.ts";

test.each([
  ["500ms", 500],
  ["30s", 30_000],
  ["1m30s", 90_000],
  ["1h2m3s4ms", 3_723_004],
  ["7.5s", 7500],
  [".5s", 500],
  ["1.s", 1000],
  ["250us", 0.25],
  ["250µs", 0.25],
  ["1000000ns", 1],
  ["0s", 0],
  ["0", 0],
] as const)("the duration %s is %d ms", (text, value) => {
  expect(readDuration(text)).toEqual({ value });
});

test.each(["", "5", "s", "1 s", "-1s", "1s ", "1d", "1e3s", "NaNs", "5ss", `${"9".repeat(400)}h`])(
  "the duration %j is refused",
  (text) => {
    expect(readDuration(text)).toHaveProperty("problem");
  },
);

test("a year is the longest duration", () => {
  expect(readDuration("8760h")).toEqual({ value: 31_536_000_000 });
  expect(readDuration("8760h1ms")).toEqual({
    problem: 'expected a duration of 8760h or less, found "8760h1ms"',
  });
});

test("any sum of whole parts is read as a duration", () => {
  const part = fc.nat({ max: 999 });
  fc.assert(
    fc.property(part, part, part, part, (hours, minutes, seconds, ms) => {
      const value = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
      expect(readDuration(`${hours}h${minutes}m${seconds}s${ms}ms`)).toEqual({ value });
    }),
  );
});

test.each([
  ["uint8", "255", 255],
  ["uint32", "1_000_000", 1_000_000],
  ["uint32", "0x10", 16],
  ["uint32", "0o17", 15],
  ["uint32", "0b101", 5],
  ["uint32", "1e3", 1000],
  ["uint32", "5.0", 5],
  ["int32", "-1", -1],
  ["int64", "+7", 7],
  ["port", "65535", 65_535],
] as const)("a %s %s is %d", (type, text, value) => {
  expect(readInteger(type, text)).toEqual({ value });
});

test.each([
  ["uint8", "256"],
  ["uint32", "-1"],
  ["int32", "2147483648"],
  ["int64", "9007199254740993"],
  ["port", "65536"],
  ["uint32", "010"],
  ["uint32", "1.5"],
  ["uint32", ""],
  ["uint32", "abc"],
  ["uint32", "1__0"],
  ["uint32", "Infinity"],
] as const)("a %s %j is refused", (type, text) => {
  expect(readInteger(type, text)).toHaveProperty("problem");
});

test("numbers with a fraction are read, words are not", () => {
  expect(readFloat("-0.6")).toEqual({ value: -0.6 });
  expect(readFloat(".5")).toEqual({ value: 0.5 });
  expect(readFloat("1e999")).toHaveProperty("problem");
  expect(readFloat("NaN")).toHaveProperty("problem");
});

test("switches are read in YAML's and Go's words", () => {
  for (const text of ["true", "True", "yes", "on", "t", "1"]) {
    expect(readBool(text)).toEqual({ value: true });
  }
  for (const text of ["false", "FALSE", "no", "off", "f", "0"]) {
    expect(readBool(text)).toEqual({ value: false });
  }
  for (const text of ["", "xx", "2", "truee"]) expect(readBool(text)).toHaveProperty("problem");
});

test.each([
  ["7882", 7882, 0],
  ["50000-60000", 50_000, 60_000],
  [" 50000 - 50000 ", 50_000, 50_000],
  ["", 0, 0],
] as const)("the port range %j is read", (text, start, end) => {
  expect(readPortRange(text)).toEqual({ value: { start, end } });
});

test.each(["x", "1-2-3", "2-1", "0-5", "70000", "1-70000", "-5", "5-"])(
  "the port range %j is refused",
  (text) => {
    expect(readPortRange(text)).toHaveProperty("problem");
  },
);

test.each([
  ["203.0.113.1", "203.0.113.1", ""],
  ["2001:DB8::1", "", "2001:db8::1"],
  ["203.0.113.1, 2001:db8::1", "203.0.113.1", "2001:db8::1"],
  ["2001:db8::1,203.0.113.1", "203.0.113.1", "2001:db8::1"],
  ["", "", ""],
] as const)("the node address %j is read", (text, ipv4, ipv6) => {
  expect(readNodeIp(text)).toEqual({ value: { ipv4, ipv6 } });
});

test.each(["1.2.3", "host.example.com", "1.2.3.4,5.6.7.8", "::1,::2", "1.2.3.4,", "1,2,3"])(
  "the node address %j is refused",
  (text) => {
    expect(readNodeIp(text)).toHaveProperty("problem");
  },
);

test("bounds and choices of a leaf are kept", () => {
  const leaf = (type: ScalarType, more: Omit<Partial<Leaf>, "type">) => ({
    default: 0,
    help: "x",
    ...more,
    type,
  });
  expect(readScalar(leaf("int32", { min: -1 }), "-2")).toEqual({
    problem: "expected -1 or more, found -2",
  });
  expect(readScalar(leaf("uint8", { max: 127 }), "128")).toEqual({
    problem: "expected 127 or less, found 128",
  });
  expect(readScalar(leaf("string", { oneOf: ["", "a", "b"] }), "c")).toEqual({
    problem: 'expected one of a, b, found "c"',
  });
  expect(readScalar(leaf("string", { oneOf: ["a"], refusal: "no {} here" }), "$&")).toEqual({
    problem: "no $& here",
  });
});

test("what is quoted in messages is short and on one line", () => {
  expect(quote("a\nb")).toBe('"a\\nb"');
  expect(quote("x".repeat(1000)).length).toBeLessThan(70);
});
