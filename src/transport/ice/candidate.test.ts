import { expect, test } from "bun:test";
import fc from "fast-check";
import { formatCandidate, hostPriority, parseCandidate } from "./candidate.ts";
import { createIceCredentials, isIceText } from "./credentials.ts";

test("priorities of host candidates follow RFC 8445 and RFC 6544", () => {
  expect(hostPriority("udp")).toBe(2130706431);
  expect(hostPriority("tcp")).toBe(99 * 2 ** 24 + (8192 * 4 + 8191) * 256 + 255);
  expect(hostPriority("udp", 0)).toBe(126 * 2 ** 24 + 255);
});

test("candidate lines have the form of RFC 8839, for TCP with its type", () => {
  expect(formatCandidate({ protocol: "udp", address: "192.0.2.1", port: 7882 })).toMatch(
    /^candidate:\d+ 1 udp 2130706431 192\.0\.2\.1 7882 typ host$/,
  );
  const tcp = formatCandidate({ protocol: "tcp", address: "2001:db8::1", port: 7881, ufrag: "ab" });
  expect(tcp).toMatch(/ tcp \d+ 2001:db8::1 7881 typ host tcptype passive ufrag ab$/);
});

test("foundations are equal for one address and protocol, else different", () => {
  const foundation = (protocol: "udp" | "tcp", address: string, port: number): string =>
    parseCandidate(formatCandidate({ protocol, address, port }))?.foundation ?? "";
  expect(foundation("udp", "192.0.2.1", 1)).toBe(foundation("udp", "192.0.2.1", 2));
  expect(foundation("udp", "192.0.2.1", 1)).not.toBe(foundation("tcp", "192.0.2.1", 1));
  expect(foundation("udp", "192.0.2.1", 1)).not.toBe(foundation("udp", "192.0.2.2", 1));
});

test("parseCandidate reads a browser's line", () => {
  const line =
    "a=candidate:842163049 1 UDP 1677729535 198.51.100.3 46154 typ srflx raddr 10.0.0.2 rport 46154 generation 0 ufrag EsAw network-cost 999";
  expect(parseCandidate(line)).toEqual({
    foundation: "842163049",
    component: 1,
    protocol: "udp",
    priority: 1677729535,
    address: "198.51.100.3",
    port: 46154,
    type: "srflx",
    tcpType: undefined,
    ufrag: "EsAw",
  });
  expect(
    parseCandidate("candidate:1 1 tcp 1518280447 x.local 9 typ host tcptype active")?.tcpType,
  ).toBe("active");
});

test.each([
  "",
  "candidate:1 1 udp 1 10.0.0.1 1 typ",
  "candidate: 1 udp 1 10.0.0.1 1 typ host",
  "candidate:1 1 sctp 1 10.0.0.1 1 typ host",
  "candidate:1 1 udp -1 10.0.0.1 1 typ host",
  "candidate:1 1 udp 1 10.0.0.1 65536 typ host",
  "candidate:1 1 udp 1 10.0.0.1 1 typ guest",
  "candidate:1 1 udp 1 10.0.0.1 1 kind host",
  `candidate:1 1 udp 1 10.0.0.1 1 typ host ${"x".repeat(600)}`,
])("parseCandidate refuses %p", (line) => {
  expect(parseCandidate(line)).toBeUndefined();
});

test("parseCandidate survives any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      parseCandidate(text);
      parseCandidate(`candidate:1 1 udp 1 ${text}`);
    }),
  );
});

test("credentials are ice-chars of the lengths that RFC 8445 asks for, and each byte counts", () => {
  const credentials = createIceCredentials((bytes) => {
    for (let i = 0; i < bytes.length; i++) bytes[i] = i * 5;
  });
  expect(isIceText(credentials.ufrag, 4)).toBe(true);
  expect(isIceText(credentials.pwd, 22)).toBe(true);
  const other = createIceCredentials((bytes) => {
    for (let i = 0; i < bytes.length; i++) bytes[i] = i * 5 + 1;
  });
  for (let i = 0; i < 32; i++) expect(other.pwd[i]).not.toBe(credentials.pwd[i]);
});

test("isIceText refuses what could break out of SDP or USERNAME", () => {
  for (const text of ["abc", "abcd:", "ab cd", "abcd\r\n", "äbcd", "a".repeat(257)]) {
    expect(isIceText(text, 4)).toBe(false);
  }
});
