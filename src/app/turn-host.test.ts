import { afterAll, afterEach, expect, test } from "bun:test";
import { createSocket, type Socket } from "node:dgram";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../test/support/free-port.ts";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { loadTestConfig } from "../../test/support/test-config.ts";
import { TurnClient } from "../../test/support/turn-client.ts";
import { data, lifetime, message, type overUdp, peer } from "../../test/support/turn-messages.ts";
import { until } from "../../test/support/until.ts";
import { createCertificate } from "../crypto/certificate.ts";
import { randomBytes } from "../crypto/random-bytes.ts";
import { TurnCredentials } from "../transport/turn/credentials.ts";
import { TurnType } from "../wire/turn/constants.ts";
import { TurnHost } from "./turn-host.ts";

const SECRET = "a-secret-that-is-long-enough-0123456789";
const credentials = new TurnCredentials((key) => (key === "key" ? SECRET : undefined));
const NODE = { listen: "127.0.0.1", announce: ["127.0.0.1"] };
const directory = mkdtempSync(join(tmpdir(), "turn-host-"));

let closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.toReversed()) close();
  closers = [];
});
afterAll(() => rmSync(directory, { recursive: true }));

function login(participantId = "PA_1") {
  return credentials.create("key", participantId, Math.floor(Date.now() / 1000) + 60);
}

function pem(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${der.toBase64()}\n-----END ${label}-----\n`;
}

/** @returns paths of a certificate and its key */
function identity(name: string): { cert: string; key: string } {
  const made = createCertificate(Date.now(), randomBytes);
  const cert = join(directory, `${name}.pem`);
  const key = join(directory, `${name}-key.pem`);
  writeFileSync(cert, pem("CERTIFICATE", made.der));
  const der = made.privateKey.export({ type: "pkcs8", format: "der" });
  writeFileSync(key, pem("PRIVATE KEY", new Uint8Array(der)));
  return { cert, key };
}

type Start = {
  readonly turn: string;
  readonly mediaPorts?: readonly number[];
  readonly addresses?: readonly { listen: string; announce: string[] }[];
};

async function start({ turn, mediaPorts = [], addresses = [NODE] }: Start): Promise<TurnHost> {
  const allowed = "bind_addresses: ['127.0.0.1'], allow_restricted_peer_cidrs: ['127.0.0.0/8']";
  const host = await TurnHost.start({
    config: loadTestConfig(
      `keys: {key: ${SECRET}}\ndevelopment: true\nturn: {enabled: true, domain: t.example, ${allowed}, ${turn}}`,
    ),
    addresses,
    mediaPorts: new Set(mediaPorts),
    credentials,
    log: new RecordingLog(),
  });
  closers.push(() => host.close());
  return host;
}

function client(make: () => TurnClient): TurnClient {
  const made = make();
  closers.push(() => made.close());
  return made;
}

/** Sends back what it gets, with its name in front. */
async function echo(name: string): Promise<{ port: number; socket: Socket }> {
  const socket = createSocket("udp4");
  socket.on("message", (bytes, from) => socket.send(`${name}: ${bytes}`, from.port, from.address));
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  closers.push(() => socket.close());
  return { port: socket.address().port, socket };
}

/** Allocates, and talks to the echo both ways. */
async function talks(one: TurnClient, address: string, port: number): Promise<void> {
  expect((await one.allocate()).code).toBe(0);
  expect((await one.permit(address)).code).toBe(0);
  one.send(
    message(TurnType.SendIndication, [peer(address, port), data(new TextEncoder().encode("a"))]),
  );
  expect(await one.received()).toBe(`${address} ${port} media: a`);
  expect((await one.bind(0x4000, address, port)).code).toBe(0);
  for (const text of ["", "b", "four", "five!"]) {
    one.sendChannel(0x4000, text);
    expect(await one.received()).toBe(`4000 media: ${text}`);
  }
}

test("over UDP, media goes through a relay both ways", async () => {
  const port = await freePort();
  const media = await echo("media");
  await start({ turn: `udp_port: ${port}`, mediaPorts: [media.port] });
  const one = client(() => TurnClient.udp(login(), port));
  await talks(one, "127.0.0.1", media.port);
  expect((await one.ask(1)).mapped).toMatch(/^127\.0\.0\.1 \d+$/);
});

test.each([
  ["TLS", true, ""],
  ["TCP behind a balancer that ends TLS", false, "external_tls: true"],
])("over %s, media goes through a relay both ways", async (_, isTls, setting) => {
  const port = await freePort();
  const media = await echo("media");
  const files = identity("good");
  const tls = isTls ? `cert_file: ${files.cert}, key_file: ${files.key}` : setting;
  await start({ turn: `tls_port: ${port}, ${tls}`, mediaPorts: [media.port] });
  const one = client(() => TurnClient.tcp(login(), port, isTls));
  await talks(one, "127.0.0.1", media.port);
});

test("who connects and never begins TLS is a connection, too, that can be counted and closed", async () => {
  const port = await freePort();
  const files = identity("silent");
  const host = await start({
    turn: `tls_port: ${port}, cert_file: ${files.cert}, key_file: ${files.key}`,
  });
  const silent = connect(port, "127.0.0.1");
  closers.push(() => silent.destroy());
  await until(() => host.connections.incoming === 1, { what: "the connection to be counted" });
  host.close();
  await new Promise((resolve) => silent.once("close", resolve));
});

const PREFACE = new TextEncoder().encode("PROXY TCP4 198.51.100.7 203.0.113.1 4321 443\r\n");

test.each([true, false])(
  "behind a balancer clients are who its header says, with TLS here: %p",
  async (isTls) => {
    const port = await freePort();
    const media = await echo("media");
    const files = identity("proxied");
    const tls = isTls ? `cert_file: ${files.cert}, key_file: ${files.key}` : "external_tls: true";
    await start({
      turn: `tls_port: ${port}, ${tls}, proxy_protocol: true`,
      mediaPorts: [media.port],
    });
    const one = client(() => TurnClient.tcp(login(), port, isTls, PREFACE));
    expect((await one.ask(1)).mapped).toBe("198.51.100.7 4321");
    await talks(one, "127.0.0.1", media.port);
  },
);

test("without the header, or from elsewhere, nobody gets through a balancer's door", async () => {
  const port = await freePort();
  await start({ turn: `tls_port: ${port}, external_tls: true, proxy_protocol: true` });
  const bare = client(() => TurnClient.tcp(login(), port, false));
  bare.send(message(1));
  await bare.closed;
  const other = await freePort();
  await start({
    turn: `tls_port: ${other}, external_tls: true, proxy_protocol: true, proxy_protocol_trusted_cidrs: ['10.0.0.0/8']`,
  });
  await client(() => TurnClient.tcp(login(), other, false, PREFACE)).closed;
});

test("relays reach media ports of this host, and nothing else of it", async () => {
  const port = await freePort();
  const media = await echo("media");
  const secret = await echo("secret");
  await start({ turn: `udp_port: ${port}`, mediaPorts: [media.port] });
  const one = client(() => TurnClient.udp(login(), port));
  await one.allocate();
  expect((await one.bind(0x4000, "127.0.0.1", secret.port)).code).toBe(0);
  expect((await one.bind(0x4001, "127.0.0.1", media.port)).code).toBe(0);
  for (const number of [0x4000, 0x4001]) one.sendChannel(number, "x");
  expect(await one.received()).toBe("4001 media: x");
});

test("an address that a NAT maps to this host is reached without going there", async () => {
  const port = await freePort();
  const media = await echo("media");
  await start({
    turn: `udp_port: ${port}`,
    mediaPorts: [media.port],
    addresses: [{ listen: "127.0.0.1", announce: ["203.0.113.9"] }],
  });
  const one = client(() => TurnClient.udp(login(), port));
  await talks(one, "203.0.113.9", media.port);
});

test("a connection that ends takes its relay along", async () => {
  const port = await freePort();
  await start({
    turn: `tls_port: ${port}, external_tls: true, relay_range_start: 31777, relay_range_end: 31777`,
  });
  const first = client(() => TurnClient.tcp(login(), port, false));
  expect((await first.allocate()).relayed).toBe("127.0.0.1 31777");
  const second = client(() => TurnClient.tcp(login(), port, false));
  expect((await second.allocate()).code).toBe(508);
  first.close();
  await until(async () => (await second.allocate()).code === 0, { what: "the port to be free" });
});

test("a participant has twelve relays, and gets one back", async () => {
  const port = await freePort();
  await start({ turn: `udp_port: ${port}, relay_range_start: 31000, relay_range_end: 31500` });
  const mine = login();
  const clients = Array.from({ length: 13 }, () => client(() => TurnClient.udp(mine, port)));
  for (const one of clients.slice(0, 12)) expect((await one.allocate()).code).toBe(0);
  expect((await clients[12]!.allocate()).code).toBe(486);
  expect((await clients[0]!.request(TurnType.Refresh, [lifetime(0)])).code).toBe(0);
  expect((await clients[12]!.allocate()).code).toBe(0);
});

test("relays have ports of the range, even ones where that is asked for", async () => {
  const port = await freePort();
  await start({ turn: `udp_port: ${port}, relay_range_start: 31601, relay_range_end: 31603` });
  const one = client(() => TurnClient.udp(login(), port));
  const evenPort = (writer: Parameters<typeof overUdp>[0]): void =>
    writer.bytes(0x0018, new Uint8Array(1));
  expect((await one.allocate([evenPort])).relayed).toBe("127.0.0.1 31602");
});

test("a connection that speaks something else is ended", async () => {
  const port = await freePort();
  await start({ turn: `tls_port: ${port}, external_tls: true` });
  const one = client(() => TurnClient.tcp(login(), port, false));
  one.send(new Uint8Array(8).fill(0xff));
  await one.closed;
});

test("a port that is taken, and files that cannot be used, are told with what to set", async () => {
  const port = await freePort();
  await start({ turn: `udp_port: ${port}, tls_port: ${port}, external_tls: true` });
  await expect(start({ turn: `udp_port: ${port}` })).rejects.toThrow(
    /UDP port \d+ of 127\.0\.0\.1: another process uses it.*turn\.udp_port/,
  );
  await expect(start({ turn: `tls_port: ${port}, external_tls: true` })).rejects.toThrow(
    /TCP port.*turn\.tls_port/,
  );
  const [one, two] = [identity("one"), identity("two")];
  const tls = (cert: string, key: string): Promise<TurnHost> =>
    start({ turn: `tls_port: 1, cert_file: ${cert}, key_file: ${key}` });
  await expect(tls("/nowhere/cert.pem", one.key)).rejects.toThrow(
    /TURN tls cert required: turn\.cert_file "\/nowhere\/cert\.pem" cannot be used: ENOENT/,
  );
  await expect(tls(one.key, one.key)).rejects.toThrow(/turn\.cert_file .* cannot be used/);
  await expect(tls(one.cert, one.cert)).rejects.toThrow(/turn\.key_file .* cannot be used/);
  await expect(tls(one.cert, two.key)).rejects.toThrow(/is not the one of the certificate/);
  await expect(
    start({ turn: "udp_port: 1", addresses: [{ listen: "::1", announce: ["::1"] }] }),
  ).rejects.toThrow(/no matching node IP for relay: set rtc\.node_ip/);
});
