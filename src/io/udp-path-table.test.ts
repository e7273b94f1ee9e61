import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  plainAddress,
  SOCKADDR_SLOT_BYTES,
  writeIpv4,
  writeIpv6,
  writeSockaddr,
} from "./udp-address.ts";
import { UdpPathTable } from "./udp-path-table.ts";

const table = (pathsMax: number): UdpPathTable => new UdpPathTable(false, pathsMax, () => {});

test("UdpPathTable keeps one number for one address and port", () => {
  const paths = table(16);
  const first = paths.intern("10.0.0.1", 5000);
  const second = paths.intern("10.0.0.1", 5001);
  const third = paths.intern("10.0.0.2", 5000);
  expect(new Set([first, second, third]).size).toBe(3);
  expect(paths.intern("10.0.0.1", 5000)).toBe(first);
  expect(paths.intern("10.0.0.1", 5001)).toBe(second);
  expect([paths.address(third), paths.port(third)]).toEqual(["10.0.0.2", 5000]);
});

test("a path with two holds is forgotten at the second release", () => {
  const forgotten: number[] = [];
  const paths = new UdpPathTable(false, 16, (path) => forgotten.push(path));
  const path = paths.intern("10.0.0.1", 1);
  paths.hold(path);
  paths.hold(path);
  paths.release(path);
  expect(paths.isLive(path)).toBe(true);
  paths.release(path);
  expect(paths.isLive(path)).toBe(false);
  expect(forgotten).toEqual([path]);
  paths.release(path); // too often does no harm
  expect(paths.intern("10.0.0.1", 1)).not.toBe(path); // the number rests first
});

test("a table full of held paths turns newcomers away until one is released", () => {
  const paths = table(4);
  for (let i = 0; i < 4; i++) paths.hold(paths.intern("10.0.0.1", 1 + i));
  expect(paths.intern("10.0.0.1", 9)).toBe(-1);
  paths.release(paths.intern("10.0.0.1", 2));
  expect(paths.intern("10.0.0.1", 9)).toBeGreaterThanOrEqual(0);
});

test("the path not seen for longest makes room", () => {
  const paths = table(3);
  for (let i = 0; i < 3; i++) paths.intern("10.0.0.1", 1 + i);
  paths.intern("10.0.0.2", 1); // takes all marks of use away, then the first path
  const kept = paths.intern("10.0.0.1", 3);
  paths.intern("10.0.0.2", 2);
  expect(paths.address(kept)).toBe("10.0.0.1");
  expect(paths.port(kept)).toBe(3);
});

test.each([
  { address: "10.0.0.1", port: 0 },
  { address: "::1", port: 5 },
  { address: "nonsense", port: 5 },
  { address: "1.2.3.256", port: 5 },
])(
  "$address port $port gets no path on an IPv4 socket, and leaves nothing",
  ({ address, port }) => {
    const paths = table(2);
    for (let i = 0; i < 10; i++) expect(paths.intern(address, port)).toBe(-1);
    expect(paths.liveCount).toBe(0);
    expect(paths.intern("10.0.0.1", 1)).toBeGreaterThanOrEqual(0);
    expect(paths.intern("10.0.0.1", 2)).toBeGreaterThanOrEqual(0);
  },
);

test("UdpPathTable answers like a plain map whatever is done to it", () => {
  const actions = fc.array(
    fc.record({
      kind: fc.constantFrom("intern", "intern", "intern", "hold", "release"),
      host: fc.nat(2),
      port: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(actions, (list) => {
      const paths = table(6);
      const held = new Map<string, { path: number; holds: number }>();
      for (const { kind, host, port } of list) {
        const address = `10.0.0.${host}`;
        const name = `${address}:${port}`;
        const path = paths.intern(address, port);
        const known = held.get(name);
        if (known !== undefined) expect(path).toBe(known.path);
        if (path < 0) {
          expect(held.size).toBe(6);
          continue;
        }
        expect([paths.address(path), paths.port(path)]).toEqual([address, port]);
        if (kind === "hold") {
          paths.hold(path);
          held.set(name, { path, holds: (known?.holds ?? 0) + 1 });
        } else if (kind === "release") {
          paths.release(path);
          if (known !== undefined && known.holds > 1) known.holds -= 1;
          else held.delete(name);
        }
        expect(paths.heldCount).toBe(held.size);
      }
    }),
    { numRuns: 200 },
  );
});

test.each([false, true])("a socket address leads where its text leads, IPv6 %p", (isIpv6) => {
  const ipv4 = fc.tuple(fc.constant(10), fc.nat(1), fc.nat(1), fc.nat(3)).map((a) => a.join("."));
  const ipv6 = fc.tuple(fc.nat(2), fc.nat(0xffff)).map(([a, b]) => `2001:db8:${a}::${b}`);
  const local = fc
    .tuple(fc.nat(3), fc.integer({ min: 1, max: 3 }))
    .map(([a, b]) => `fe80::${a}%${b}`);
  const address = isIpv6
    ? fc.oneof(
        ipv6,
        local,
        ipv4.map((a) => `::ffff:${a}`),
      )
    : ipv4;
  const steps = fc.array(
    fc.record({ address, port: fc.integer({ min: 1, max: 3 }), isReleased: fc.boolean() }),
    { maxLength: 100 },
  );
  fc.assert(
    fc.property(steps, (list) => {
      const paths = new UdpPathTable(isIpv6, 6, () => {});
      const bytes = new Uint8Array(SOCKADDR_SLOT_BYTES);
      for (const { address, port, isReleased } of list) {
        writeSockaddr(bytes, 0, address, port, isIpv6);
        const path = paths.internSockaddr(bytes, 0);
        expect(path).toBeGreaterThanOrEqual(0);
        expect(paths.port(path)).toBe(port);
        expect([...paths.sockaddrs.subarray(path * 32, path * 32 + 32)]).toEqual([...bytes]);
        expect(paths.internSockaddr(bytes, 0)).toBe(path);
        expect(paths.intern(paths.address(path), port)).toBe(path);
        if (isReleased) paths.release(path);
      }
    }),
    { numRuns: 300 },
  );
});

test("writeIpv6 reads an address in full, shortened and with a dotted end", () => {
  const words = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(words, (list) => {
      const full = list.map((word) => word.toString(16)).join(":");
      const shortened = new URL(`http://[${full}]/`).hostname.slice(1, -1);
      const end = list.slice(6).flatMap((word) => [word >> 8, word & 0xff]);
      const dotted = `${full.split(":").slice(0, 6).join(":")}:${end.join(".")}`;
      const expected = list.flatMap((word) => [word >> 8, word & 0xff]);
      for (const text of [full, full.toUpperCase(), shortened, dotted]) {
        const out = new Uint8Array(16);
        expect(writeIpv6(text, out, 0)).toBe(true);
        expect([...out]).toEqual(expected);
      }
    }),
  );
});

test.each([
  "",
  ":",
  ":::",
  "1::2::3",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "g::",
  "12345::",
  "::1.2.3",
])("writeIpv6 refuses %p", (text) => {
  expect(writeIpv6(text, new Uint8Array(16), 0)).toBe(false);
});

test("writeIpv4 takes dotted decimals only", () => {
  const out = new Uint8Array(4);
  expect(writeIpv4("192.0.2.255", out, 0)).toBe(true);
  expect([...out]).toEqual([192, 0, 2, 255]);
  for (const text of ["1.2.3", "1.2.3.4.5", "1.2.3.", "1.2.3.x", "0x1.2.3.4"]) {
    expect(writeIpv4(text, out, 0)).toBe(false);
  }
});

test("an IPv4 peer of an IPv6 socket has a mapped address, and a plain name", () => {
  const mapped = new Uint8Array(32);
  const plain = new Uint8Array(32);
  expect(writeSockaddr(mapped, 0, "::ffff:192.0.2.1", 0x1234, true)).toBe(28);
  expect(writeSockaddr(plain, 0, "192.0.2.1", 0x1234, true)).toBe(28);
  expect(plain).toEqual(mapped);
  expect(mapped.toHex().slice(0, 56)).toBe(
    "0a001234" + "00000000" + "00000000000000000000ffffc0000201" + "00000000",
  );
  expect(plainAddress("::ffff:192.0.2.1")).toBe("192.0.2.1");
  expect(plainAddress("fe80::1%eth0")).toBe("fe80::1");
});

test("a numbered zone becomes the scope of the address", () => {
  const out = new Uint8Array(32);
  expect(writeSockaddr(out, 0, "fe80::1%258", 1, true)).toBe(28);
  expect([...out.subarray(24, 28)]).toEqual([2, 1, 0, 0]);
});
