import { afterEach, expect, test } from "bun:test";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { until } from "../../test/support/until.ts";
import { SILENT_LOG } from "../base/log.ts";
import type { ServerSocket, SocketHandler } from "../service/http/http-env.ts";
import { HttpListener, type HttpListenerOptions } from "./http-listener.ts";

const listeners: HttpListener[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.close();
});

function listen(options: Partial<HttpListenerOptions>): HttpListener {
  const listener = new HttpListener({
    address: "127.0.0.1",
    port: 0,
    frameBytesMax: 0,
    log: SILENT_LOG,
    fetch: () => new Response("fine"),
    ...options,
  });
  listeners.push(listener);
  return listener;
}

const urlOf = (listener: HttpListener, path = "/"): string =>
  `http://127.0.0.1:${listener.port}${path}`;

/** Upgrades every request to this handler. */
const upgradeTo =
  (handler: SocketHandler): HttpListenerOptions["fetch"] =>
  (_request, { upgrade }) =>
    upgrade(handler) ? new Response(null, { status: 101 }) : new Response("no", { status: 400 });

class Echo implements SocketHandler {
  socket: ServerSocket | undefined;
  readonly frames: (string | Uint8Array)[] = [];
  isClosed = false;

  onOpen(socket: ServerSocket): void {
    this.socket = socket;
  }

  onFrame(frame: string | Uint8Array): void {
    this.frames.push(frame);
    this.socket?.send(frame);
  }

  onClose(): void {
    this.isClosed = true;
  }
}

async function connect(listener: HttpListener) {
  const socket = new WebSocket(urlOf(listener).replace("http", "ws"));
  socket.binaryType = "arraybuffer";
  const got: (string | ArrayBuffer)[] = [];
  const closed = Promise.withResolvers<number>();
  socket.onmessage = (message) => got.push(message.data);
  socket.onclose = (event) => closed.resolve(event.code);
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  return { socket, got, closed: closed.promise };
}

test("HttpListener answers, tells the peer's address, and takes a doubled slash for one", async () => {
  const listener = listen({
    fetch: (request, { remoteAddress }) =>
      new Response(`${remoteAddress} ${request.method} ${new URL(request.url).pathname}`),
  });
  const response = await fetch(urlOf(listener, "//rtc/validate"), { method: "POST", body: "x" });
  expect(await response.text()).toBe("127.0.0.1 POST /rtc/validate");
});

test("HttpListener answers 500 to what fails, logs it, and lives", async () => {
  const log = new RecordingLog();
  let count = 0;
  const listener = listen({
    log,
    fetch: () => {
      count += 1;
      if (count === 1) throw new Error("broken");
      if (count === 2) return Promise.reject(new Error("broken later"));
      return new Response("fine");
    },
  });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++) statuses.push((await fetch(urlOf(listener))).status);
  expect(statuses).toEqual([500, 500, 200]);
  expect(log.lines.map(({ level }) => level)).toEqual(["error", "error"]);
});

test("HttpListener carries text and binary frames both ways, and large ones without a limit", async () => {
  const echo = new Echo();
  const { socket, got, closed } = await connect(listen({ fetch: upgradeTo(echo) }));
  socket.send("text");
  socket.send(new Uint8Array(3_000_000).fill(7));
  await until(() => got.length === 2, { what: "both echoes" });
  expect(got[0]).toBe("text");
  expect((got[1] as ArrayBuffer).byteLength).toBe(3_000_000);
  expect(echo.frames[1]).toBeInstanceOf(Uint8Array);
  echo.socket!.close(4_001, "bye");
  expect(await closed).toBe(4_001);
  await until(() => echo.isClosed, { what: "the handler's onClose" });
  expect(echo.socket!.send("late")).toBe(false);
});

test("HttpListener closes a socket whose frame is larger than allowed", async () => {
  const echo = new Echo();
  const { socket, closed } = await connect(
    listen({ fetch: upgradeTo(echo), frameBytesMax: 1_000 }),
  );
  socket.send(new Uint8Array(1_001));
  await closed;
  expect(echo.frames).toEqual([]);
});

test("a bug that a frame meets costs its socket, and the listener goes on", async () => {
  const log = new RecordingLog();
  let isBroken = true;
  const echo = new Echo();
  const handler: SocketHandler = {
    onOpen: (socket) => echo.onOpen(socket),
    onFrame: (frame) => {
      if (isBroken) throw new Error("broken");
      echo.onFrame(frame);
    },
    onClose: () => echo.onClose(),
  };
  const listener = listen({ log, fetch: upgradeTo(handler) });
  const first = await connect(listener);
  first.socket.send("x");
  expect(await first.closed).toBe(1_011);
  expect(log.lines.map(({ message }) => message)).toEqual(["WebSocket event failed"]);
  isBroken = false;
  const second = await connect(listener);
  second.socket.send("y");
  await until(() => second.got.length === 1, { what: "the echo" });
  second.socket.close();
});

test("HttpListener accepts nobody after it was told to, and goes on with those who are here", async () => {
  const echo = new Echo();
  const listener = listen({ fetch: upgradeTo(echo) });
  const { socket, got, closed } = await connect(listener);
  const url = urlOf(listener);
  listener.stopAccepting();
  await expect(fetch(url, { keepalive: false })).rejects.toThrow();
  socket.send("still here");
  await until(() => got.length === 1, { what: "the echo" });
  await listener.close();
  await closed;
});

test("HttpListener says which port is taken and what to do", () => {
  const { port } = listen({});
  expect(() => listen({ port })).toThrow(
    `Cannot listen on 127.0.0.1:${port}: address already in use`,
  );
  expect(() => listen({ address: "192.0.2.1" })).toThrow("check `bind_addresses` and `port`");
});
