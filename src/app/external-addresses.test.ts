import { afterEach, expect, test } from "bun:test";
import { createSocket } from "node:dgram";
import { freePort } from "../../test/support/free-port.ts";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { loadTestConfig } from "../../test/support/test-config.ts";
import { StunType } from "../wire/stun/constants.ts";
import { readIpText } from "../wire/stun/ip-address.ts";
import { StunWriter } from "../wire/stun/stun-writer.ts";
import { announceExternal, externalAddresses } from "./external-addresses.ts";

let closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers) close();
  closers = [];
});

/** Says this address to everybody; without one it refuses. @returns `host:port` */
async function stunServer(address?: string): Promise<string> {
  const socket = createSocket("udp4");
  socket.on("message", (bytes, from) => {
    const out = new Uint8Array(100);
    const mapped = new Uint8Array(16);
    const writer = new StunWriter();
    const type = address === undefined ? StunType.BindingError : StunType.BindingSuccess;
    writer.begin(out, 0, type, bytes, 8);
    if (address !== undefined) {
      writer.xorMappedAddress(mapped, 0, readIpText(address, mapped), from.port);
    }
    socket.send(out.subarray(0, writer.length), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  closers.push(() => socket.close());
  return `127.0.0.1:${socket.address().port}`;
}

const LOCAL = [{ listen: "127.0.0.1", announce: ["127.0.0.1"] }];

async function announced(servers: readonly string[], settings = ""): Promise<string[]> {
  const config = loadTestConfig(`
keys: {key: a-secret-that-is-long-enough-0123456789}
rtc: {use_external_ip: true, udp_port: ${await freePort()}, stun_servers: ${JSON.stringify(servers)}${settings}}
`);
  const found = await externalAddresses(config, LOCAL, new RecordingLog(), 50);
  return found.flatMap(({ announce }) => [...announce]);
}

test("what a STUN server says is announced, when it is not looked at further", async () => {
  const skip = ", skip_external_ip_validation: true";
  const server = await stunServer("203.0.113.5");
  expect(await announced([server], skip)).toEqual(["203.0.113.5"]);
  expect(await announced([server], `${skip}, advertise_internal_ip: true`)).toEqual([
    "203.0.113.5",
    "127.0.0.1",
  ]);
});

test("an address that leads back here is announced", async () => {
  expect(await announced([await stunServer("127.0.0.1")])).toEqual(["127.0.0.1"]);
});

test("where no address leads back here, the node's own stands for all", async () => {
  expect(await announced([await stunServer("127.0.0.99")])).toEqual(["127.0.0.99"]);
});

test("one server that answers is enough", async () => {
  const servers = [await stunServer(), "host.invalid:3478", await stunServer("127.0.0.1")];
  expect(await announced(servers)).toEqual(["127.0.0.1"]);
});

test("without an answer the start fails, and says what to set", async () => {
  const server = await stunServer();
  await expect(announced([server])).rejects.toThrow(
    /could not resolve external IP: .*set rtc\.stun_servers/,
  );
});

const ADDRESSES = ["10.0.0.1", "10.0.0.2", "fd00::1"].map((listen) => ({
  listen,
  announce: [listen],
}));

test.each([
  ["by itself", {}, ["203.0.113.1", "10.0.0.2", "fd00::1"]],
  ["alone", { externalIpOnly: true }, ["203.0.113.1", "fd00::1"]],
  [
    "beside the local one",
    { advertiseInternalIp: true },
    ["203.0.113.1", "10.0.0.1", "10.0.0.2", "fd00::1"],
  ],
])("an address that is known from outside is announced %s", (_, settings, expected) => {
  const rtc = { advertiseInternalIp: false, externalIpOnly: false, ...settings };
  const mappings = [
    { local: "10.0.0.1", external: "203.0.113.1" },
    { local: "10.0.0.2", external: "203.0.113.1" },
  ];
  const found = announceExternal(ADDRESSES, mappings, "203.0.113.9", rtc);
  expect(found.flatMap(({ announce }) => announce)).toEqual(expected);
});

test("the node's address stands for those of its family", () => {
  const rtc = { advertiseInternalIp: false, externalIpOnly: true };
  const found = announceExternal(ADDRESSES, [], "203.0.113.9", rtc);
  expect(found.flatMap(({ announce }) => announce)).toEqual([
    "203.0.113.9",
    "203.0.113.9",
    "fd00::1",
  ]);
});
