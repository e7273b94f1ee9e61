import { expect, test } from "bun:test";
import fc from "fast-check";
import { loadTestConfig } from "../../test/support/test-config.ts";
import {
  chooseMediaAddresses,
  type InterfaceAddress,
  loopbackOnlyWarning,
  mediaUdpPorts,
  primaryAddress,
} from "./addresses.ts";
import type { Config } from "./config.ts";
import { parseIp } from "./ip-address.ts";

const LO: InterfaceAddress = { name: "lo", address: "127.0.0.1", internal: true };
const LO6: InterfaceAddress = { name: "lo", address: "::1", internal: true };
const VIRTUAL: InterfaceAddress = { name: "lo", address: "203.0.113.80", internal: true };
const LAN: InterfaceAddress = { name: "eth0", address: "192.168.1.5", internal: false };
const LAN6: InterfaceAddress = { name: "eth0", address: "2001:db8::5", internal: false };
const LINK6: InterfaceAddress = { name: "eth0", address: "fe80::1%eth0", internal: false };
const DOCKER: InterfaceAddress = { name: "docker0", address: "172.17.0.1", internal: false };
const MACHINE = [LO, LO6, VIRTUAL, LAN, LAN6, LINK6, DOCKER];

function settingsOf(yaml: string): Config {
  return loadTestConfig(`keys: {k: ${"s".repeat(32)}}\n${yaml}`);
}

function chosen(yaml: string, interfaces = MACHINE): string[] {
  return chooseMediaAddresses(settingsOf(yaml), interfaces).map(
    ({ listen, announce }) => `${listen} > ${announce.join(" ")}`,
  );
}

test.each([
  {
    title: "all but loopback and link-local addresses are used by default",
    yaml: "",
    addresses: [
      "192.168.1.5 > 192.168.1.5",
      "172.17.0.1 > 172.17.0.1",
      "2001:db8::5 > 2001:db8::5",
    ],
  },
  {
    title: "a bind address and a node address of loopback give exactly one candidate",
    yaml: "bind_addresses: [127.0.0.1]\nrtc: {node_ip: 127.0.0.1}",
    addresses: ["127.0.0.1 > 127.0.0.1"],
  },
  {
    title: "the same with loopback candidates and an address filter",
    yaml: "bind_addresses: [127.0.0.1]\nrtc: {node_ip: 127.0.0.1, enable_loopback_candidate: true, ips: {includes: [127.0.0.0/8]}}",
    addresses: ["127.0.0.1 > 127.0.0.1"],
  },
  {
    title: "loopback candidates come beside the others",
    yaml: "rtc: {enable_loopback_candidate: true, ips: {excludes: [172.16.0.0/12, 203.0.113.0/24]}}",
    addresses: [
      "127.0.0.1 > 127.0.0.1",
      "192.168.1.5 > 192.168.1.5",
      "::1 > ::1",
      "2001:db8::5 > 2001:db8::5",
    ],
  },
  {
    title: "an address range within loopback needs no further switch",
    yaml: "rtc: {ips: {includes: [127.0.0.0/8]}}",
    addresses: ["127.0.0.1 > 127.0.0.1"],
  },
  {
    title: "a loopback interface named in includes needs no further switch",
    yaml: "rtc: {interfaces: {includes: [lo]}}",
    addresses: ["127.0.0.1 > 127.0.0.1", "203.0.113.80 > 203.0.113.80", "::1 > ::1"],
  },
  {
    title: "excluded interfaces are left out",
    yaml: "rtc: {interfaces: {excludes: [docker0]}}",
    addresses: ["192.168.1.5 > 192.168.1.5", "2001:db8::5 > 2001:db8::5"],
  },
  {
    title: "includes win over excludes",
    yaml: "rtc: {ips: {includes: [192.168.0.0/16], excludes: [192.168.1.0/24]}}",
    addresses: ["192.168.1.5 > 192.168.1.5"],
  },
  {
    title: "specific bind addresses are what media listens on",
    yaml: "bind_addresses: [192.168.1.5, '::1']",
    addresses: ["192.168.1.5 > 192.168.1.5", "::1 > ::1"],
  },
  {
    title: "a wildcard among the bind addresses leaves media free",
    yaml: "bind_addresses: [0.0.0.0, 127.0.0.1]\nrtc: {interfaces: {excludes: [docker0]}}",
    addresses: ["192.168.1.5 > 192.168.1.5", "2001:db8::5 > 2001:db8::5"],
  },
  {
    title: "an address filter says more about media than the bind address of a proxied server",
    yaml: "bind_addresses: [127.0.0.1]\nrtc: {ips: {includes: [192.168.0.0/16]}}",
    addresses: ["192.168.1.5 > 192.168.1.5"],
  },
  {
    title: "a public node address behind a NAT is announced for every address of its family",
    yaml: "rtc: {node_ip: 198.51.100.7}",
    addresses: [
      "192.168.1.5 > 198.51.100.7",
      "172.17.0.1 > 198.51.100.7",
      "2001:db8::5 > 2001:db8::5",
    ],
  },
  {
    title: "a public node address with a proxied server is never mapped to loopback",
    yaml: "bind_addresses: [127.0.0.1]\nrtc: {node_ip: 198.51.100.7, ips: {excludes: [172.16.0.0/12, '2001:db8::/32']}}",
    addresses: ["192.168.1.5 > 198.51.100.7"],
  },
  {
    title: "a public node address is mapped to the bind address",
    yaml: "bind_addresses: [192.168.1.5]\nrtc: {node_ip: 198.51.100.7}",
    addresses: ["192.168.1.5 > 198.51.100.7"],
  },
  {
    title: "a node address of this machine is the only one of its family",
    yaml: "rtc: {node_ip: 192.168.1.5}",
    addresses: ["192.168.1.5 > 192.168.1.5", "2001:db8::5 > 2001:db8::5"],
  },
  {
    title: "a node address on the loopback interface may be named",
    yaml: "rtc: {node_ip: 203.0.113.80, ips: {excludes: ['::/0']}}",
    addresses: ["203.0.113.80 > 203.0.113.80"],
  },
  {
    title: "node addresses of both families",
    yaml: "rtc: {node_ip: '198.51.100.7,2001:DB8::7'}",
    addresses: [
      "192.168.1.5 > 198.51.100.7",
      "172.17.0.1 > 198.51.100.7",
      "2001:db8::5 > 2001:db8::7",
    ],
  },
])("$title", ({ yaml, addresses }) => {
  expect(chosen(yaml)).toEqual([...addresses]);
});

test("development with the placeholder key stays on loopback", () => {
  const addresses = chooseMediaAddresses(loadTestConfig("development: true"), MACHINE);
  expect(addresses.map(({ listen }) => listen)).toEqual(["127.0.0.1", "::1"]);
});

test("no address left is an error that says what to set", () => {
  expect(() => chosen("", [LO, LO6])).toThrow(/no address .* set rtc\.node_ip/);
  expect(() => chosen("rtc: {ips: {includes: [10.0.0.0/8]}}")).toThrow(/rtc\.ips/);
});

test("rtc.require_ipv4 refuses a machine without IPv4", () => {
  expect(() => chosen("rtc: {require_ipv4: true}", [LAN6])).toThrow(/rtc\.require_ipv4/);
  expect(chosen("rtc: {require_ipv4: true}", [LAN, LAN6])).toHaveLength(2);
});

test("the primary address is IPv4 where there is one", () => {
  expect(primaryAddress([{ listen: "::1", announce: ["2001:db8::1", "192.0.2.1"] }])).toBe(
    "192.0.2.1",
  );
  expect(primaryAddress([{ listen: "::1", announce: ["2001:db8::1"] }])).toBe("2001:db8::1");
});

test("loopback as the only address is worth a warning outside development", () => {
  const loopback = [{ listen: "127.0.0.1", announce: ["127.0.0.1"] }];
  expect(loopbackOnlyWarning({ development: false }, loopback)?.message).toContain("rtc.node_ip");
  expect(loopbackOnlyWarning({ development: true }, loopback)).toBeUndefined();
  const outer = [{ listen: "192.168.1.5", announce: ["192.168.1.5"] }];
  expect(loopbackOnlyWarning({ development: false }, outer)).toBeUndefined();
});

test("media ports are the port range where there is one, else udp_port", () => {
  expect(mediaUdpPorts(settingsOf(""))).toEqual({ start: 50_000, end: 60_000 });
  expect(mediaUdpPorts(settingsOf("rtc: {udp_port: 7882-7885}"))).toEqual({
    start: 7882,
    end: 7885,
  });
  expect(mediaUdpPorts(settingsOf("rtc: {udp_port: 7882}"))).toEqual({ start: 7882, end: 7882 });
});

const ADDRESSES = ["127.0.0.1", "192.168.1.5", "10.0.0.1", "203.0.113.9", "::1", "2001:db8::5"];
const someAddresses = fc.subarray(ADDRESSES);
const someRanges = fc.subarray(["127.0.0.0/8", "10.0.0.0/8", "0.0.0.0/0", "2001:db8::/32"]);
const oneOrNone = (choices: string[]) => fc.constantFrom("", ...choices);

test("every candidate leads to an opened socket of its family, by itself or by rtc.node_ip", () => {
  const base = settingsOf("");
  fc.assert(
    fc.property(
      fc.record({
        machine: someAddresses,
        bindAddresses: fc.subarray([...ADDRESSES, "0.0.0.0", "::"]),
        ipv4: oneOrNone(["127.0.0.1", "192.168.1.5", "198.51.100.7"]),
        ipv6: oneOrNone(["::1", "2001:db8::5", "2001:db8::7"]),
        includes: someRanges,
        excludes: someRanges,
        names: fc.subarray(["lo", "eth0"]),
        enableLoopbackCandidate: fc.boolean(),
        useExternalIp: fc.boolean(),
      }),
      (given) => {
        const settings = {
          bindAddresses: given.bindAddresses,
          rtc: {
            ...base.rtc,
            nodeIp: { ipv4: given.ipv4, ipv6: given.ipv6 },
            ips: { includes: given.includes, excludes: given.excludes },
            interfaces: { includes: given.names, excludes: [] },
            enableLoopbackCandidate: given.enableLoopbackCandidate,
            useExternalIp: given.useExternalIp,
          },
        };
        const interfaces = given.machine.map((address) => {
          const internal = address === "127.0.0.1" || address === "::1";
          return { name: internal ? "lo" : "eth0", address, internal };
        });
        let result: ReturnType<typeof chooseMediaAddresses>;
        try {
          result = chooseMediaAddresses(settings, interfaces);
        } catch (error) {
          expect(String(error)).toContain("ConfigError");
          return;
        }
        const nodeIps = [given.ipv4, given.ipv6].filter((text) => text !== "");
        const openable = [...given.machine, ...given.bindAddresses, ...nodeIps];
        expect(result.length).toBeGreaterThan(0);
        expect(new Set(result.map(({ listen }) => listen)).size).toBe(result.length);
        for (const { listen, announce } of result) {
          expect(openable).toContain(listen);
          expect(announce).toHaveLength(1);
          expect(announce[0] === listen || nodeIps.includes(announce[0] ?? "")).toBe(true);
          expect(parseIp(announce[0]!)).toHaveLength(parseIp(listen)!.length);
          // What is announced for one family is one address wherever rtc.node_ip names it.
          const named = listen.includes(":") ? given.ipv6 : given.ipv4;
          // Where it is asked for from outside, it is what others say.
          const isKept = named !== "" && !given.useExternalIp;
          expect(announce[0]).toBe(isKept ? named : listen);
        }
      },
    ),
    { numRuns: 500 },
  );
});
