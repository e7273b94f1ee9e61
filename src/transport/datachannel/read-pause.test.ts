import { expect, test } from "bun:test";
import fc from "fast-check";
import { SctpLink, seededRandom } from "../../../test/support/sctp-link.ts";
import { type DataChannelEvent, DataChannels } from "./data-channels.ts";

const BUFFER_BYTES = 60_000;
const CHANNELS = 3;

function createPair(seed: number, loss: number) {
  const options = { receiveBufferBytes: BUFFER_BYTES };
  const server = new DataChannels({ random: seededRandom(1), dtlsRole: "server", ...options });
  const client = new DataChannels({ random: seededRandom(2), dtlsRole: "client" });
  for (const side of [server, client]) {
    for (let id = 0; id < CHANNELS; id++) {
      side.openNegotiated(id, { label: String(id), ordered: true });
    }
  }
  const link = new SctpLink(server, client, { seed, loss, delayMs: 10 });
  server.connect(0);
  client.connect(0);
  return { server, client, link };
}

function drain(channels: DataChannels): DataChannelEvent[] {
  const list: DataChannelEvent[] = [];
  const isExpected = channels.mayHaveEvents;
  for (let event = channels.pollEvent(); event; event = channels.pollEvent()) list.push(event);
  if (!isExpected) expect(list).toEqual([]);
  return list;
}

function numberOf(bytes: Uint8Array): number {
  return bytes[0]! * 256 + bytes[1]!;
}

function numbered(index: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes[0] = index >> 8;
  bytes[1] = index;
  return bytes;
}

test("Messages of a paused channel wait in order; other channels go on", () => {
  const { server, client, link } = createPair(1, 0);
  link.run(100);
  drain(server);
  server.setReadPaused(1, true);
  for (let i = 0; i < 10; i++) {
    client.send(100, 1, numbered(i, 1000), false);
    client.send(100, 2, numbered(i, 1000), false);
  }
  link.run(400);
  const channelIds = drain(server).map((event) => event.kind === "message" && event.channelId);
  expect(channelIds).toEqual(new Array(10).fill(2));
  client.send(400, 1, numbered(10, 1000), false);
  link.run(800);
  server.setReadPaused(1, false);
  const numbers = drain(server).map((event) => event.kind === "message" && numberOf(event.bytes));
  expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("A paused channel slows its sender down, and goes on without a timeout once it is read", () => {
  const { server, client, link } = createPair(1, 0);
  link.onStep = () => drain(server);
  link.run(100);
  server.setReadPaused(1, true);
  for (let i = 0; i < 200; i++) client.send(100, 1, numbered(i, 1000), false);
  link.run(5000);
  expect(client.bufferedBytes(1)).toBeGreaterThan(120_000);
  let received = 0;
  link.onStep = () => {
    for (const event of drain(server)) if (event.kind === "message") received += 1;
  };
  server.setReadPaused(1, false);
  link.run(5250, () => received === 200);
  expect(received).toBe(200);
});

test("A paused channel that is closed delivers what it had first; one without is closed at once", () => {
  const { server, client, link } = createPair(1, 0);
  link.run(100);
  drain(server);
  for (const id of [0, 1]) server.setReadPaused(id, true);
  client.send(100, 1, numbered(7, 10), false);
  for (const id of [0, 1]) client.closeChannel(id);
  link.run(1000);
  expect(drain(server)).toEqual([{ kind: "closed", channelId: 0 }]);
  expect(client.openNegotiated(1, { label: "again", ordered: true })).toBe(true);
  expect(server.openNegotiated(1, { label: "again", ordered: true })).toBe(true);
  client.send(1000, 1, numbered(8, 10), false);
  link.run(2000);
  expect(drain(server)).toEqual([]);
  server.setReadPaused(1, false);
  expect(drain(server)).toMatchObject([
    { kind: "message", channelId: 1, bytes: numbered(7, 10) },
    { kind: "closed", channelId: 1 },
    { kind: "open", channelId: 1 },
    { kind: "message", channelId: 1, bytes: numbered(8, 10) },
  ]);
});

test("The end of the association delivers what paused channels held before it", () => {
  const { server, client, link } = createPair(1, 0);
  link.run(100);
  drain(server);
  server.setReadPaused(1, true);
  client.send(100, 1, numbered(7, 10), false);
  link.run(1000);
  expect(drain(server)).toEqual([]);
  client.close();
  link.run(2000);
  const kinds = drain(server).map((event) => event.kind);
  expect(kinds).toEqual(["message", "closed", "closed", "closed", "disconnected"]);
});

test("However channels are paused, resumed and left unread, everything arrives once and in order", () => {
  const step = fc.record({
    channelId: fc.nat(CHANNELS - 1),
    isPaused: fc.boolean(),
    isPolling: fc.boolean(),
    messages: fc.nat(30),
    size: fc.oneof(fc.integer({ min: 2, max: 50 }), fc.integer({ min: 2, max: 20_000 })),
    waitMs: fc.nat(300),
  });
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 20 }),
      fc.integer(),
      fc.constantFrom(0, 0, 0.1),
      (steps, seed, loss) => {
        const { server, client, link } = createPair(seed, loss);
        const received: number[][] = Array.from({ length: CHANNELS }, () => []);
        const sent: number[][] = Array.from({ length: CHANNELS }, () => []);
        const paused = new Set<number>();
        let isPolling = true;
        link.onStep = () => {
          if (!isPolling) return;
          for (const event of drain(server)) {
            if (event.kind !== "message") continue;
            expect(paused.has(event.channelId)).toBe(false);
            received[event.channelId]!.push(numberOf(event.bytes));
          }
        };
        link.run(20_000, () => server.isConnected && client.isConnected);
        for (const { channelId, isPaused, messages, size, waitMs, ...rest } of steps) {
          server.setReadPaused(channelId, isPaused);
          if (isPaused) paused.add(channelId);
          else paused.delete(channelId);
          isPolling = rest.isPolling;
          for (let i = 0; i < messages; i++) {
            const list = sent[(channelId + i) % CHANNELS]!;
            client.send(link.nowMs, (channelId + i) % CHANNELS, numbered(list.length, size), false);
            list.push(list.length);
          }
          link.run(link.nowMs + waitMs);
        }
        for (let id = 0; id < CHANNELS; id++) server.setReadPaused(id, false);
        paused.clear();
        isPolling = true;
        const isDone = () => received.every((list, id) => list.length === sent[id]!.length);
        link.run(link.nowMs + 120_000, isDone);
        expect(received).toEqual(sent);
      },
    ),
    { numRuns: 60 },
  );
});
