import { afterEach, expect, test } from "bun:test";
import type { Socket } from "bun";
import { SILENT_LOG } from "../base/log.ts";
import { FrameReader } from "./ice-tcp-framing.ts";
import {
  createIceTcpListener,
  type IceTcpListener,
  type IceTcpListenerOptions,
  UNHELD_MS_MAX,
} from "./ice-tcp-listener.ts";
import { UdpCounter } from "./udp-counters.ts";

const listeners: IceTcpListener[] = [];
const clients: Client[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.terminate();
  for (const listener of listeners.splice(0)) listener.close();
});

function listen(options: Partial<IceTcpListenerOptions> = {}): IceTcpListener {
  const listener = createIceTcpListener({
    address: "127.0.0.1",
    port: 0,
    log: SILENT_LOG,
    handler: () => {},
    ...options,
  });
  listeners.push(listener);
  return listener;
}

/** A condition that resolves when `notify` finds it true. */
class Signal {
  #isMet: () => boolean = () => false;
  #resolve: () => void = () => {};

  notify(): void {
    if (this.#isMet()) this.#resolve();
  }

  until(isMet: () => boolean): Promise<void> {
    if (isMet()) return Promise.resolve();
    this.#isMet = isMet;
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }
}

class Client {
  readonly frames: Uint8Array[] = [];
  readonly signal = new Signal();
  readonly #reader = new FrameReader();
  socket!: Socket;
  isClosed = false;

  static async connect(listener: IceTcpListener): Promise<Client> {
    const client = new Client();
    client.socket = await Bun.connect({
      hostname: "127.0.0.1",
      port: listener.localPort,
      socket: {
        data: (_socket, chunk) => client.#reader.push(chunk, client),
        close: () => {
          client.isClosed = true;
          client.signal.notify();
        },
      },
    });
    clients.push(client);
    return client;
  }

  onFrame(bytes: Uint8Array): boolean {
    this.frames.push(bytes.slice());
    this.signal.notify();
    return true;
  }

  onSkip(): void {}

  send(...frames: Uint8Array[]): void {
    const bytes = frames.flatMap((frame) => [frame.length >> 8, frame.length & 0xff, ...frame]);
    this.socket.write(Uint8Array.from(bytes));
  }
}

/** A Binding request for user "ab:cd". */
const BINDING = Uint8Array.fromHex(`0001000c2112a442${"07".repeat(12)}0006000561623a6364000000`);

/** A listener that keeps what it got, and holds each path as an engine would. */
function recording(options: Partial<IceTcpListenerOptions> = {}): {
  listener: IceTcpListener;
  got: { path: number; hex: string }[];
  signal: Signal;
} {
  const got: { path: number; hex: string }[] = [];
  const signal = new Signal();
  const listener = listen({
    ...options,
    handler: (bytes, path) => {
      if (!got.some((entry) => entry.path === path)) listener.holdPath(path);
      got.push({ path, hex: bytes.toHex() });
      signal.notify();
    },
  });
  return { listener, got, signal };
}

function send(listener: IceTcpListener, path: number, bytes: Uint8Array): void {
  listener.arena.set(bytes, listener.reserve(bytes.length));
  listener.commit(path, bytes.length);
}

test("frames come in and go out in order, each connection a path of its own", async () => {
  const { listener, got, signal } = recording();
  const pair = [await Client.connect(listener), await Client.connect(listener)];
  for (const [i, client] of pair.entries()) {
    client.send(BINDING, Uint8Array.of(1, i), Uint8Array.of(2, i, i));
  }
  await signal.until(() => got.length === 6);
  const paths = [...new Set(got.map(({ path }) => path))];
  expect(paths.length).toBe(2);
  for (const path of paths) {
    const { hex } = got.findLast((entry) => entry.path === path)!;
    for (let k = 0; k < 300; k++)
      send(listener, path, Uint8Array.of(Number(`0x${hex.slice(2, 4)}`), k));
    expect(listener.pathAddress(path)).toMatchObject({ protocol: "tcp", address: "127.0.0.1" });
  }
  listener.flush();
  for (const [i, client] of pair.entries()) {
    await client.signal.until(() => client.frames.length === 300);
    expect(client.frames.map((frame) => [...frame])).toEqual(
      Array.from({ length: 300 }, (_, k) => [i, k & 0xff]),
    );
  }
});

test("answers queued by the handler leave by themselves after the batch", async () => {
  const listener = listen({ handler: (bytes, path) => send(listener, path, bytes) });
  const client = await Client.connect(listener);
  client.send(BINDING);
  await client.signal.until(() => client.frames.length === 1);
  expect(client.frames[0]).toEqual(BINDING);
});

test.each([
  {
    title: "an HTTP request",
    bytes: new TextEncoder().encode(`GET / HTTP/1.1\r\n${"x".repeat(20_000)}`),
  },
  { title: "a DTLS hello", bytes: Uint8Array.of(0, 3, 22, 254, 253) },
  {
    title: "a Binding request without a user",
    bytes: Uint8Array.fromHex(`0014000100002112a442${"07".repeat(12)}`),
  },
  {
    title: "a Binding response",
    bytes: Uint8Array.fromHex(`0014010100002112a442${"07".repeat(12)}`),
  },
  {
    title: "a Binding request over 512 bytes",
    bytes: Uint8Array.fromHex(`0204000101f02112a442${"07".repeat(12)}000601ec${"61".repeat(492)}`),
  },
])("a connection that begins with $title is closed", async ({ bytes }) => {
  const { listener, got } = recording();
  const client = await Client.connect(listener);
  client.socket.write(bytes);
  await client.signal.until(() => client.isClosed);
  expect(got).toEqual([]);
});

test("a connection that nobody holds after 30 seconds is closed, one that is held stays", async () => {
  let nowMs = 1000;
  const seen = new Signal();
  let count = 0;
  const listener = listen({
    nowMs: () => nowMs,
    handler: (_bytes, path) => {
      if (count === 0) listener.holdPath(path);
      count += 1;
      seen.notify();
    },
  });
  const held = await Client.connect(listener);
  held.send(BINDING);
  await seen.until(() => count === 1);
  const parked = await Client.connect(listener);
  parked.send(BINDING); // a user that no session knows yet
  await seen.until(() => count === 2);
  nowMs += UNHELD_MS_MAX - 1;
  listener.closeUnheld();
  parked.send(BINDING);
  await seen.until(() => count === 3);
  nowMs += 1;
  listener.closeUnheld();
  await parked.signal.until(() => parked.isClosed);
  held.send(BINDING);
  await seen.until(() => count === 4);
  expect(held.isClosed).toBe(false);
});

test("releasing the last hold closes the connection, and later datagrams are counted", async () => {
  const { listener, got, signal } = recording();
  const client = await Client.connect(listener);
  client.send(BINDING);
  await signal.until(() => got.length === 1);
  const { path } = got[0]!;
  listener.holdPath(path);
  listener.releasePath(path);
  send(listener, path, BINDING);
  listener.releasePath(path); // what was queued still leaves
  await client.signal.until(() => client.isClosed);
  expect(client.frames.length).toBe(1);
  send(listener, path, BINDING);
  expect(listener.counters[UdpCounter.ClosedPath]).toBe(1);
});

test("a number stays taken while its closed connection is held", async () => {
  const { listener, got, signal } = recording({ connectionsMax: 1 });
  const first = await Client.connect(listener);
  first.send(BINDING);
  await signal.until(() => got.length === 1);
  first.socket.end();
  const turnedAway = await Client.connect(listener);
  await turnedAway.signal.until(() => turnedAway.isClosed);
  expect(listener.counters[UdpCounter.NoPath]).toBe(1);
  listener.releasePath(got[0]!.path);
  const third = await Client.connect(listener);
  third.send(BINDING);
  await signal.until(() => got.length === 2);
});

test("when full, the oldest connection that nobody holds makes room", async () => {
  let nowMs = 0;
  const seen: number[] = [];
  const signal = new Signal();
  const listener = listen({
    connectionsMax: 2,
    nowMs: () => nowMs,
    handler: (_bytes, path) => {
      seen.push(path);
      signal.notify();
    },
  });
  const old = await Client.connect(listener);
  old.send(BINDING);
  await signal.until(() => seen.length === 1);
  nowMs = 5;
  const young = await Client.connect(listener);
  young.send(BINDING);
  await signal.until(() => seen.length === 2);
  const newest = await Client.connect(listener);
  newest.send(BINDING);
  await signal.until(() => seen.length === 3);
  await old.signal.until(() => old.isClosed);
  expect(young.isClosed).toBe(false);
  expect(listener.debugInfo().connections).toBe(2);
});

test("a reader that stands still loses frames and blocks nobody", async () => {
  const { listener, got, signal } = recording();
  const slow = await Client.connect(listener);
  slow.send(BINDING);
  await signal.until(() => got.length === 1);
  slow.socket.pause();
  const { path } = got[0]!;
  const frame = new Uint8Array(1400);
  let count = 0;
  while (listener.counters[UdpCounter.Dropped] === 0 && count < 50_000) {
    send(listener, path, frame);
    listener.flush();
    count += 1;
  }
  expect(listener.counters[UdpCounter.Dropped]).toBe(1);
  expect(listener.debugInfo().waitingBytes).toBeLessThanOrEqual(4 * 1024 * 1024);
  slow.socket.resume();
  await slow.signal.until(() => slow.frames.length === count - 1);
  expect(slow.frames.every(({ length }) => length === 1400)).toBe(true);
});

test("a port in use is refused with advice", () => {
  const taken = listen();
  expect(() => listen({ port: taken.localPort })).toThrow(
    `Cannot listen on TCP port ${taken.localPort} of 127.0.0.1: another process uses it`,
  );
});
