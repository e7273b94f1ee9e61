import { expect, test } from "bun:test";
import { RecordingLog } from "../../test/support/recording-log.ts";
import { message } from "../../test/support/turn-messages.ts";
import type { AcceptedStream, StreamOwner } from "./turn-acceptor.ts";
import {
  IDLE_MS_MAX,
  TurnTcpLink,
  type TurnTcpLinkOptions,
  UNPROVEN_QUEUE_BYTES_MAX,
} from "./turn-tcp-link.ts";

/** A connection whose other end takes as many bytes as it is told to. */
class FakeStream implements AcceptedStream {
  room: number = Number.POSITIVE_INFINITY;
  readonly taken: number[] = [];
  isTerminated = false;
  owner: StreamOwner | undefined;

  write(bytes: Uint8Array, offset: number, length: number): number {
    const count = Math.min(this.room, length);
    this.room -= count;
    for (const byte of bytes.subarray(offset, offset + count)) this.taken.push(byte);
    return count;
  }

  terminate(): void {
    this.isTerminated = true;
    this.owner?.closed();
  }
}

type Lab = {
  readonly link: TurnTcpLink;
  readonly closed: number[];
  readonly messages: number[];
  readonly log: RecordingLog;
  nowMs: number;
  connect(address?: string): FakeStream;
};

function lab(options: Partial<TurnTcpLinkOptions> = {}): Lab {
  const closed: number[] = [];
  const messages: number[] = [];
  const log = new RecordingLog();
  const link = new TurnTcpLink({
    hidesClients: false,
    onMessage: (_bytes, client) => messages.push(client),
    onClosed: (client) => closed.push(client),
    onReceive: () => {},
    log,
    nowMs: () => made.nowMs,
    ...options,
  });
  const made: Lab = {
    link,
    closed,
    messages,
    log,
    nowMs: 0,
    connect(address = "192.0.2.1") {
      const stream = new FakeStream();
      stream.owner = link.accept(stream, address, 1234);
      return stream;
    },
  };
  return made;
}

function send(link: TurnTcpLink, client: number, bytes: readonly number[]): void {
  link.arena.set(bytes, link.reserve(bytes.length));
  link.commit(client, bytes.length);
  link.flush();
}

test("each connection is a client of its own, with its address", () => {
  const { link, connect, messages } = lab();
  const [one, two] = [connect("192.0.2.1"), connect("192.0.2.2")];
  for (const stream of [two, one]) stream.owner?.receive(message(1));
  expect(messages).toEqual([1, 0]);
  expect(link.pathAddress(1)).toEqual({ address: "192.0.2.2", port: 1234 });
});

test("what is sent is padded to four bytes", () => {
  const { link, connect } = lab();
  const one = connect();
  send(link, 0, [0x40, 0, 0, 1, 9]);
  send(link, 0, [0x40, 0, 0, 0]);
  expect(one.taken).toEqual([0x40, 0, 0, 1, 9, 0, 0, 0, 0x40, 0, 0, 0]);
});

test("a slow connection loses whole messages, and gets the rest when it can", () => {
  const { link, connect } = lab();
  const one = connect();
  one.room = 0;
  link.holdPath(0);
  const big = new Array<number>(1_500).fill(7);
  for (let i = 0; i < 1_000; i++) send(link, 0, big);
  const { droppedMessages } = link.debugInfo();
  expect(droppedMessages).toBeGreaterThan(200);
  one.room = Number.POSITIVE_INFINITY;
  one.owner?.drained();
  expect(one.taken.length).toBe((1_000 - droppedMessages) * 1_500);
});

test("who has no allocation and does not read is kept only a few answers", () => {
  const { link, connect } = lab();
  const one = connect();
  one.room = 0;
  for (let i = 0; i < 1_000; i++) send(link, 0, new Array<number>(40).fill(7));
  one.room = Number.POSITIVE_INFINITY;
  one.owner?.drained();
  expect(one.taken.length).toBeGreaterThan(1_000);
  expect(one.taken.length).toBeLessThanOrEqual(UNPROVEN_QUEUE_BYTES_MAX);
});

test("without an allocation a connection has half a minute, from its last one on", () => {
  const made = lab();
  const [held, idle] = [made.connect(), made.connect()];
  made.link.holdPath(0);
  made.nowMs = IDLE_MS_MAX - 1;
  made.link.closeIdle();
  expect(idle.isTerminated).toBe(false);
  made.nowMs += 1;
  made.link.closeIdle();
  expect([held.isTerminated, idle.isTerminated]).toEqual([false, true]);
  made.link.releasePath(0);
  made.nowMs += IDLE_MS_MAX - 1;
  made.link.closeIdle();
  expect(held.isTerminated).toBe(false);
  made.nowMs += 1;
  made.link.closeIdle();
  expect(held.isTerminated).toBe(true);
  expect(made.closed).toEqual([1, 0]);
  expect(made.link.debugInfo().connections).toBe(0);
});

test("when full, the oldest connection without allocation makes room", () => {
  const made = lab({ connectionsMax: 2 });
  const [first, second] = [made.connect(), made.connect()];
  made.link.holdPath(0);
  const third = made.connect();
  expect(third.owner).toBeDefined();
  expect([first.isTerminated, second.isTerminated]).toEqual([false, true]);
  made.link.holdPath(1);
  expect(made.connect().owner).toBeUndefined();
});

test("one address has so many connections, unless all clients hide behind it", () => {
  for (const hidesClients of [false, true]) {
    const made = lab({ hidesClients, perAddressMax: 2 });
    const [first] = [made.connect(), made.connect()];
    expect(made.connect().owner !== undefined).toBe(hidesClients);
    expect(made.connect("192.0.2.9").owner).toBeDefined();
    first?.owner?.closed();
    expect(made.connect().owner).toBeDefined();
  }
});

test("a closed connection is told of once, and takes nothing any more", () => {
  const { link, connect, closed, messages } = lab();
  const one = connect();
  one.owner?.closed();
  one.owner?.closed();
  one.owner?.receive(message(1));
  send(link, 0, [0x40, 0, 0, 0]);
  link.close();
  expect(closed).toEqual([0]);
  expect(messages).toEqual([]);
  expect(one.taken).toEqual([]);
});

test("a bug above is logged once, and costs one message", () => {
  const made = lab({
    onMessage: () => {
      throw new Error("a bug");
    },
  });
  const one = made.connect();
  for (let i = 0; i < 3; i++) one.owner?.receive(message(1));
  expect(made.log.lines.filter(({ level }) => level === "error")).toHaveLength(1);
  expect(one.isTerminated).toBe(false);
});
