import { afterAll, beforeAll, expect, test } from "bun:test";
import { livekit } from "../../src/gen/livekit.js";
import { ServerProcess } from "../support/server-process.ts";
import { within } from "../support/until.ts";

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start();
});

afterAll(async () => {
  await server.stop();
});

/** A signal connection without media. */
async function connect(identity: string): Promise<WebSocket> {
  const token = await server.token("flooded", identity);
  const socket = new WebSocket(`${server.wsUrl}/rtc?access_token=${token}&protocol=16`);
  socket.binaryType = "arraybuffer";
  await within(next(socket, "join"), { what: `${identity} to join` });
  return socket;
}

/** Waits for the first response of a kind. */
function next(socket: WebSocket, kind: string): Promise<livekit.SignalResponse> {
  const { promise, resolve } = Promise.withResolvers<livekit.SignalResponse>();
  const look = ({ data }: MessageEvent): void => {
    const response = livekit.SignalResponse.decode(new Uint8Array(data as ArrayBuffer));
    if (response.message !== kind) return;
    socket.removeEventListener("message", look);
    resolve(response);
  };
  socket.addEventListener("message", look);
  return promise;
}

function encoded(request: livekit.ISignalRequest): Uint8Array<ArrayBuffer> {
  return new Uint8Array(livekit.SignalRequest.encode(request).finish());
}

test("a client that floods the server loses its connection; another goes on meanwhile", async () => {
  const calm = await connect("calm");
  const wild = await connect("wild");
  const closed = Promise.withResolvers<CloseEvent>();
  wild.addEventListener("close", (event) => closed.resolve(event));
  const metadata = "x".repeat(1_000);
  for (let message = 0; message < 10_000; message++) {
    wild.send(encoded({ updateMetadata: { metadata: `${message} ${metadata}` } }));
  }
  const pong = next(calm, "pongResp");
  calm.send(encoded({ pingReq: { timestamp: 7 } }));
  expect((await within(pong, { what: "the other client's pong" })).pongResp).toMatchObject({
    lastPingTimestamp: 7,
  });
  const { code, reason } = await within(closed.promise, { what: "the end of the flood" });
  expect(code).toBe(1008);
  expect(reason).toStartWith("too many messages");
  calm.close();
});
