import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  canonicalIp,
  cidrContains,
  formatIp,
  isLinkLocal,
  isLoopback,
  isUnspecified,
  parseCidr,
  parseIp,
} from "./ip-address.ts";

// RFC 5952 §4, RFC 4291 §2.2
test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["0.0.0.0", "0.0.0.0"],
  ["::", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["2001:0DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
  ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["fe80::1%eth0", "fe80::1"],
])("%s is written %s", (text, canonical) => {
  expect(canonicalIp(text)).toBe(canonical);
});

test.each([
  "",
  "1.2.3",
  "1.2.3.4.5",
  "256.1.1.1",
  "01.2.3.4",
  "1.2.3.4%eth0",
  "localhost",
  ":",
  ":::",
  "1::2::3",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3:4:5:6:7:8::",
  "12345::",
  "g::",
  "1.2.3.4::",
  "::1.2.3.4:5",
  "::1.2.3.256",
])("%j is no address", (text) => {
  expect(parseIp(text)).toBeUndefined();
});

test("an address survives being written and read", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
    // Many zeros, where the short form has choices.
    fc
      .array(fc.constantFrom(0, 0, 0, 1, 255), { minLength: 16, maxLength: 16 })
      .map((array) => Uint8Array.from(array)),
  );
  fc.assert(
    fc.property(bytes, (address) => {
      fc.pre(!(address.length === 16 && formatIp(address).startsWith("::ffff:")));
      expect(parseIp(formatIp(address))).toEqual(address);
    }),
  );
});

test.each([
  ["10.0.0.0/8", "10.255.0.1", true],
  ["10.0.0.0/8", "11.0.0.1", false],
  ["192.168.1.128/25", "192.168.1.127", false],
  ["192.168.1.128/25", "192.168.1.200", true],
  ["0.0.0.0/0", "203.0.113.1", true],
  ["0.0.0.0/0", "::1", false],
  ["192.0.2.1/32", "192.0.2.1", true],
  ["2001:db8::/33", "2001:db8:7fff::1", true],
  ["2001:db8::/33", "2001:db8:8000::1", false],
  ["::1/128", "::1", true],
])("%s contains %s: %p", (cidr, address, contains) => {
  expect(cidrContains(parseCidr(cidr)!, parseIp(address)!)).toBe(contains);
});

test.each(["10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "x/8", "10.0.0.0/8x"])(
  "%j is no range",
  (text) => {
    expect(parseCidr(text)).toBeUndefined();
  },
);

test("special addresses are told apart", () => {
  const all = [
    "127.9.9.9",
    "::1",
    "0.0.0.0",
    "::",
    "169.254.1.1",
    "fe80::1",
    "febf::1",
    "10.0.0.1",
  ];
  const filtered = (is: (address: Uint8Array) => boolean) =>
    all.filter((text) => is(parseIp(text)!));
  expect(filtered(isLoopback)).toEqual(["127.9.9.9", "::1"]);
  expect(filtered(isUnspecified)).toEqual(["0.0.0.0", "::"]);
  expect(filtered(isLinkLocal)).toEqual(["169.254.1.1", "fe80::1", "febf::1"]);
});
