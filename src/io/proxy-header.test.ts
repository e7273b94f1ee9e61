import { expect, test } from "bun:test";
import fc from "fast-check";
import { PROXY_HEADER_BYTES_MAX, readProxyHeader } from "./proxy-header.ts";

const text = (line: string): Uint8Array => new TextEncoder().encode(line);

/** A header of version 2. */
function version2(command: number, family: number, body: readonly number[]): Uint8Array {
  const signature = [0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];
  return new Uint8Array([
    ...signature,
    command,
    family,
    body.length >> 8,
    body.length & 0xff,
    ...body,
  ]);
}

const IPV4_BODY = [198, 51, 100, 7, 203, 0, 113, 1, 0xc0, 0x01, 0x01, 0xbb];
const IPV6_BODY = [
  ...[0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7],
  ...new Array<number>(16).fill(0),
  ...[0xc0, 0x01, 0x01, 0xbb],
];
const OPTIONS = [3, 0, 4, 1, 2, 3, 4];

const HEADERS: readonly [string, Uint8Array, string | undefined][] = [
  ["v1, IPv4", text("PROXY TCP4 198.51.100.7 203.0.113.1 49153 443\r\n"), "198.51.100.7 49153"],
  ["v1, IPv6", text("PROXY TCP6 2001:db8::7 2001:db8::1 49153 443\r\n"), "2001:db8::7 49153"],
  ["v1, unknown", text("PROXY UNKNOWN\r\n"), undefined],
  ["v1, unknown with more", text("PROXY UNKNOWN ::1 ::1 1 2\r\n"), undefined],
  ["v2, IPv4", version2(0x21, 0x11, IPV4_BODY), "198.51.100.7 49153"],
  ["v2, IPv4 and options", version2(0x21, 0x11, [...IPV4_BODY, ...OPTIONS]), "198.51.100.7 49153"],
  ["v2, IPv6", version2(0x21, 0x21, IPV6_BODY), "2001:db8:0:0:0:0:0:7 49153"],
  ["v2, of the balancer itself", version2(0x20, 0, []), undefined],
  ["v2, unspecified", version2(0x21, 0, OPTIONS), undefined],
];

test.each(HEADERS)("%s is read, and what follows is left", (_, bytes, client) => {
  const followed = new Uint8Array([...bytes, 1, 2, 3]);
  const header = readProxyHeader(followed);
  expect(header).toMatchObject({ kind: "read", length: bytes.length });
  const found = header.kind === "read" ? header.client : undefined;
  expect(found && `${found.address} ${found.port}`).toBe(client!);
  for (let length = 0; length < bytes.length; length++) {
    expect(readProxyHeader(bytes.slice(0, length)).kind).toBe("incomplete");
  }
});

test.each([
  ["no header", text("GET / HTTP/1.1\r\n")],
  ["STUN", new Uint8Array([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42])],
  ["UDP", text("PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n")],
  ["an address of another family", text("PROXY TCP4 ::1 ::1 1 2\r\n")],
  ["no address", text("PROXY TCP4 somewhere 1.2.3.4 1 2\r\n")],
  ["a port out of range", text("PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n")],
  ["too few words", text("PROXY TCP4 1.2.3.4\r\n")],
  ["too many words", text("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n")],
  ["a line without end", text(`PROXY UNKNOWN ${"x".repeat(120)}`)],
  ["version 3", version2(0x31, 0x11, IPV4_BODY)],
  ["an unknown command", version2(0x22, 0x11, IPV4_BODY)],
  ["datagrams", version2(0x21, 0x12, IPV4_BODY)],
  ["a short body", version2(0x21, 0x11, IPV4_BODY.slice(1))],
  ["a body beyond all bounds", version2(0x21, 0x11, new Array<number>(3_000).fill(0))],
])("%s is invalid", (_, bytes) => {
  expect(readProxyHeader(bytes)).toEqual({ kind: "invalid" });
});

test("after so many bytes it is known what they are", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...HEADERS),
      fc.uint8Array({ maxLength: 60 }),
      ([, bytes], tail) => {
        const cut = new Uint8Array([...bytes.slice(0, 14), ...tail]);
        const whole = new Uint8Array(PROXY_HEADER_BYTES_MAX);
        whole.set(cut);
        expect(readProxyHeader(whole).kind).not.toBe("incomplete");
      },
    ),
  );
});
