import { afterAll, beforeAll, expect, test } from "bun:test";
import { TurnCredentials, type TurnLogin } from "../../src/transport/turn/credentials.ts";
import { freePort } from "../support/free-port.ts";
import { hearTone, NativeClient } from "../support/native-client.ts";
import { API_KEY, API_SECRET, ServerProcess } from "../support/server-process.ts";
import { TurnClient } from "../support/turn-client.ts";

const udpPort = await freePort();
const tlsPort = await freePort();
let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start({
    config: {
      turn: {
        enabled: true,
        domain: "turn.example.com",
        udp_port: udpPort,
        tls_port: tlsPort,
        external_tls: true,
        bind_addresses: ["127.0.0.1"],
        relay_range_start: 31_800,
        relay_range_end: 31_999,
        allow_restricted_peer_cidrs: ["127.0.0.0/8"],
      },
    },
  });
});

afterAll(async () => {
  await server.stop();
});

function loginUntil(expirySeconds: number): TurnLogin {
  return new TurnCredentials(() => API_SECRET).create(API_KEY, "PA_1", Math.floor(expirySeconds));
}

test("participants that only relays get through for hear each other", async () => {
  const login = loginUntil(Date.now() / 1000 + 60);
  const relay = { url: `turn:127.0.0.1:${udpPort}?transport=udp`, ...login };
  await using ada = await NativeClient.join(server, "relayed", "ada", {}, relay);
  await using bob = await NativeClient.join(server, "relayed", "bob", {}, relay);
  await ada.publishTone("low", 440);
  const { track } = await bob.subscribed("low");
  expect((await hearTone(track, 440)).share).toBeGreaterThan(0.6);
});

test("TURN behind a load balancer takes credentials of this server, and no others", async () => {
  const nowSeconds = Date.now() / 1000;
  const known = loginUntil(nowSeconds + 60);
  for (const [login, code] of [
    [known, 0],
    [{ ...known, password: "wrong" }, 401],
    [loginUntil(nowSeconds - 1), 401],
  ] as const) {
    const client = TurnClient.tcp(login, tlsPort, false);
    expect((await client.allocate()).code).toBe(code);
    client.close();
  }
});
