import { expect, test } from "bun:test";
import { readIpText } from "../../wire/stun/ip-address.ts";
import { type AddressRange, PeerFilter } from "./peer-filter.ts";

function isAllowed(filter: PeerFilter, text: string): boolean {
  const address = new Uint8Array(16);
  return filter.isAllowed(address, readIpText(text, address));
}

function range(text: string, prefixBits: number): AddressRange {
  const network = new Uint8Array(16);
  return { network: network.slice(0, readIpText(text, network)), prefixBits };
}

const plain = new PeerFilter([], []);

test.each([
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "198.18.0.1",
  "198.19.255.255",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::7f00:1",
  "64:ff9b::a00:1",
  "64:ff9b:1::1",
  "fc00::1",
  "fdff::1",
  "fe80::1",
  "febf::1",
  "ff02::1",
])("%s is refused", (text) => {
  expect(isAllowed(plain, text)).toBe(false);
});

test.each([
  "1.1.1.1",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "128.0.0.1",
  "172.15.0.1",
  "172.32.0.1",
  "192.167.0.1",
  "198.17.255.255",
  "198.20.0.0",
  "223.255.255.255",
  "2001:db8::1",
  "64:ff9b:2::1",
  "fec0::1",
  "fe00::1",
])("%s is not", (text) => {
  expect(isAllowed(plain, text)).toBe(true);
});

test("an IPv4 address in IPv6 clothes is refused", () => {
  const mapped = new Uint8Array(16);
  mapped.set([0xff, 0xff, 1, 1, 1, 1], 10);
  expect(plain.isAllowed(mapped, 16)).toBe(false);
});

test("ranges open what is restricted, and close what is not", () => {
  const filter = new PeerFilter(
    [range("10.0.0.0", 8), range("fd00::", 8)],
    [range("10.1.0.0", 16), range("1.1.1.0", 24), range("fd00:1::", 32)],
  );
  expect(isAllowed(filter, "10.0.0.1")).toBe(true);
  expect(isAllowed(filter, "10.1.0.1")).toBe(false);
  expect(isAllowed(filter, "192.168.0.1")).toBe(false);
  expect(isAllowed(filter, "1.1.1.1")).toBe(false);
  expect(isAllowed(filter, "1.1.2.1")).toBe(true);
  expect(isAllowed(filter, "fd00::1")).toBe(true);
  expect(isAllowed(filter, "fd00:1::1")).toBe(false);
});

test("addresses that mean this host or another family are nobody's, whatever is allowed", () => {
  const open = new PeerFilter([range("0.0.0.0", 0), range("::", 0)], []);
  expect(isAllowed(open, "0.0.0.1")).toBe(true);
  expect(isAllowed(open, "0.0.0.0")).toBe(false);
  expect(isAllowed(open, "::1")).toBe(true);
  expect(isAllowed(open, "::")).toBe(false);
  const mapped = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 198, 51, 100, 7]);
  expect(open.isAllowed(mapped, 16)).toBe(false);
});

test("an IPv4 address behind an open NAT64 gateway is judged as such", () => {
  const denied = [range("198.51.100.0", 24)];
  const open = new PeerFilter([range("64:ff9b::", 96), range("10.0.0.0", 16)], denied);
  expect(isAllowed(open, "64:ff9b::1.1.1.1")).toBe(true);
  expect(isAllowed(open, "64:ff9b::10.0.0.1")).toBe(true);
  expect(isAllowed(open, "64:ff9b::10.1.0.1")).toBe(false);
  expect(isAllowed(open, "64:ff9b::198.51.100.7")).toBe(false);
});
