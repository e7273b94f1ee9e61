import { expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { loadTestConfig } from "../../test/support/test-config.ts";
import type { MediaAddress } from "../config/addresses.ts";
import { TurnCredentials } from "../transport/turn/credentials.ts";
import { hasTurnTls, iceServersFor } from "./ice-servers.ts";

const SECRET = "a-secret-that-is-long-enough-0123456789";
const KEYS = `keys: {key: ${SECRET}}\n`;
const TURN = "turn: {enabled: true, domain: turn.example.com, udp_port: 3478";
const WALL_MS = 1_700_000_000_500;

const IPV4: MediaAddress = { listen: "10.0.0.1", announce: ["203.0.113.1"] };
const IPV6: MediaAddress = { listen: "fd00::1", announce: ["2001:db8::1"] };

function servers(yaml: string, isTlsOnly = false, addresses: readonly MediaAddress[] = [IPV4]) {
  const config = loadTestConfig(KEYS + yaml);
  const credentials = new TurnCredentials((key) => config.keys[key]);
  return iceServersFor(config, addresses, credentials, "key", () => WALL_MS)("PA_1", isTlsOnly);
}

const urlsOf = (...args: Parameters<typeof servers>) => servers(...args).map(({ urls }) => urls);

test("clients get the configured STUN servers, or well-known ones", () => {
  expect(urlsOf("rtc: {stun_servers: ['stun.example:3478']}")).toEqual([
    ["stun:stun.example:3478"],
  ]);
  const wellKnown = urlsOf("").flat();
  expect(wellKnown).toHaveLength(3);
  expect(wellKnown.every((url) => /^stun:.+:\d+$/.test(url))).toBe(true);
});

test("our own TURN over UDP is a STUN server, too: others are not needed", () => {
  expect(urlsOf(`${TURN}}`)).toEqual([["turn:203.0.113.1:3478?transport=udp"]]);
  expect(urlsOf(`${TURN}}\nrtc: {stun_servers: ['s:1']}`)).toEqual([
    ["turn:203.0.113.1:3478?transport=udp"],
    ["stun:s:1"],
  ]);
});

test("TURN over TLS is told at port 443, and alone does not replace STUN", () => {
  const tls = "turn: {enabled: true, domain: t.example, tls_port: 5349, external_tls: true}";
  const [ours, stun] = urlsOf(tls);
  expect(ours).toEqual(["turns:t.example:443?transport=tcp"]);
  expect(stun).toHaveLength(3);
});

test("addresses of each family are told where there is a listener for it", () => {
  const both = [IPV4, IPV6];
  expect(urlsOf(`${TURN}}`, false, both)).toEqual([["turn:203.0.113.1:3478?transport=udp"]]);
  expect(urlsOf(`${TURN}, bind_addresses: ['0.0.0.0', '::']}`, false, both)).toEqual([
    ["turn:203.0.113.1:3478?transport=udp", "turn:[2001:db8::1]:3478?transport=udp"],
  ]);
});

test("who has to use TLS gets nothing else, but for what was configured", () => {
  const all = `${TURN}, tls_port: 5349, external_tls: true}
rtc:
  turn_servers:
    - {host: a.example, port: 1, protocol: udp, username: u, credential: c}
    - {host: b.example, port: 2, protocol: tls, username: u, credential: c}
`;
  expect(urlsOf(all, true)).toEqual([
    ["turns:turn.example.com:443?transport=tcp"],
    ["turns:b.example:2?transport=tcp"],
  ]);
  expect(urlsOf(all, false)).toHaveLength(3);
  expect(urlsOf(`${TURN}}`, true)).toEqual([["turn:203.0.113.1:3478?transport=udp"]]);
});

test("our credentials are those of the participant, for the configured time", () => {
  const [ours] = servers(`${TURN}, ttl_seconds: 60}`);
  const user = new TurnCredentials(() => SECRET).find(ours?.username ?? "");
  expect(user).toMatchObject({ participantId: "PA_1", expirySeconds: 1_700_000_060 });
  const known = new TurnCredentials(() => SECRET).create("key", "PA_1", 1_700_000_060);
  expect(ours?.credential).toBe(known.password);
});

test("other servers get what was configured, or what follows from their secret", () => {
  const list = servers(`rtc:
  turn_servers:
    - {host: a.example, port: 443, protocol: tls, secret: s3cret, ttl: 100}
    - {host: b.example, port: 3478, protocol: udp, username: u, credential: c}
    - {host: d.example, port: 3479, username: u, credential: c}
`);
  const username = "1700000100:PA_1";
  expect(list).toEqual([
    {
      urls: ["turns:a.example:443?transport=tcp"],
      username,
      credential: createHmac("sha1", "s3cret").update(username).digest("base64"),
    },
    { urls: ["turn:b.example:3478?transport=udp"], username: "u", credential: "c" },
    { urls: ["turn:d.example:3479?transport=tcp"], username: "u", credential: "c" },
  ]);
});

test.each([
  ["", false],
  [`${TURN}}`, false],
  [`${TURN}, tls_port: 5349, external_tls: true}`, true],
  ["turn: {tls_port: 5349, domain: t.example, external_tls: true}", false],
  ["rtc: {turn_servers: [{host: a, port: 1, protocol: tls, secret: s}]}", true],
  ["rtc: {turn_servers: [{host: a, port: 1, protocol: tcp, secret: s}]}", false],
])("clients can be sent to TURN over TLS with %p: %p", (yaml, expected) => {
  expect(hasTurnTls(loadTestConfig(KEYS + yaml))).toBe(expected);
});
