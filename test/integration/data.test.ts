import { expect, test } from "bun:test";
import { livekit } from "../../src/gen/livekit.js";
import {
  bufferedFor,
  CHUNK_BYTES,
  CLIENT_BUFFER_BYTES,
  FileSender,
  SERVER_BUFFER_BYTES_MAX,
  SlowReader,
  tally,
} from "../support/data-transfer.ts";
import type { SimClient } from "../support/sim-client.ts";
import { SimEngine } from "../support/sim-engine.ts";

function roomOf(
  clients: number,
  engine: SimEngine = new SimEngine(),
): {
  engine: SimEngine;
  clients: SimClient[];
} {
  const all = Array.from({ length: clients }, (_, i) => engine.connect(i + 1));
  for (const client of all) engine.joinData(client, 1);
  engine.advance(200);
  return { engine, clients: all };
}

test("a file for one slow reader loses nothing, takes little memory, and delays nobody else", () => {
  const { engine, clients } = roomOf(4);
  const [alice, bob, carl, dave] = clients as [SimClient, SimClient, SimClient, SimClient];
  const reader = new SlowReader(bob);
  const chat = tally(dave);
  const CHUNKS = 250;
  const file = new FileSender(alice, "client-2", CHUNKS);
  let most = 0;
  let asked = 0;
  for (let ms = 0; reader.indices.length < CHUNKS && ms < 20_000; ms += 5) {
    engine.advance(5, () => {
      file.step(engine.nowMs);
      if (ms % 20 === 0) reader.readOne(engine.nowMs);
    });
    most = Math.max(most, bufferedFor(engine, 2));
    if (ms % 100 !== 0) continue;
    const packet = { destinationIdentities: ["client-4"], chatMessage: { id: `${ms}` } };
    carl.sendData(engine.nowMs, "_reliable", livekit.DataPacket.encode(packet).finish());
    asked += 1;
    engine.advance(5);
    expect(chat.count).toBe(asked);
  }
  expect(reader.indices).toEqual(Array.from({ length: CHUNKS }, (_, i) => i));
  expect(most).toBeLessThan(SERVER_BUFFER_BYTES_MAX);
  expect(most).toBeGreaterThan(512 * 1024);
  engine.advance(2_500);
  const { counters } = engine.events("statistics-report").at(-1)!;
  expect(counters.data).toMatchObject({ reliableDropped: 0 });
  expect(counters.data.pauses).toBeGreaterThan(3);
}, 20_000);

test("a slow reader slows down a sender on each of its channels, also those of its own", () => {
  const { engine, clients } = roomOf(2);
  const [alice, bob] = clients as [SimClient, SimClient];
  const reader = new SlowReader(bob);
  const own = ["one", "two", "three"].map((label) => alice.channels.open({ label, ordered: true }));
  const file = new FileSender(alice, "", 200);
  const sent = own.map(() => 0);
  let most = 0;
  engine.advance(2_000, () => {
    file.step(engine.nowMs);
    own.forEach((id, index) => {
      while (alice.channels.bufferedBytes(id) < CLIENT_BUFFER_BYTES) {
        if (alice.channels.send(engine.nowMs, id, new Uint8Array(CHUNK_BYTES), false) !== "sent")
          break;
        sent[index]! += 1;
      }
    });
    if (engine.nowMs % 100 === 0) reader.readOne(engine.nowMs);
    most = Math.max(most, bufferedFor(engine, 2));
  });
  expect(Math.min(...sent)).toBeGreaterThan(10);
  expect(most).toBeGreaterThan(512 * 1024);
  expect(most).toBeLessThan(SERVER_BUFFER_BYTES_MAX + own.length * CHUNK_BYTES);
}, 20_000);

test("a file for all goes at the speed of the fastest, and a reader that is dead waits alone", () => {
  const { engine, clients } = roomOf(3);
  const [alice, bob, carl] = clients as [SimClient, SimClient, SimClient];
  const fast = tally(carl);
  bob.isAlive = false;
  const CHUNKS = 150;
  const file = new FileSender(alice, "", CHUNKS);
  engine.advance(2_000, () => file.step(engine.nowMs));
  expect(fast).toEqual({ count: CHUNKS, latest: CHUNKS - 1 });
  expect(bufferedFor(engine, 2)).toBeGreaterThan(1024 * 1024);
  engine.advance(2_500);
  expect(engine.events("statistics-report").at(-1)!.counters.data.pauses).toBe(0);
}, 20_000);

test("a file for a reader that is dead is read on after three seconds", () => {
  const { engine, clients } = roomOf(3);
  const [alice, bob, carl] = clients as [SimClient, SimClient, SimClient];
  const chat = tally(carl);
  bob.isAlive = false;
  const file = new FileSender(alice, "client-2", 80);
  engine.advance(2_000, () => file.step(engine.nowMs));
  const packet = { destinationIdentities: ["client-3"], chatMessage: { id: "1" } };
  alice.sendData(engine.nowMs, "_reliable", livekit.DataPacket.encode(packet).finish());
  engine.advance(500, () => file.step(engine.nowMs));
  expect(chat.count).toBe(0);
  engine.advance(1_500, () => file.step(engine.nowMs));
  expect(chat.count).toBe(1);
}, 20_000);

test("with a threshold a reader that is slower loses messages, and the others none", () => {
  const limits = { slowThresholdBps: 8_000_000, lossyLatencyMs: 0, dataTrackLatencyMs: 0 };
  const { engine, clients } = roomOf(3, new SimEngine(undefined, { data: limits }));
  const [alice, bob, carl] = clients as [SimClient, SimClient, SimClient];
  const fast = tally(carl);
  const reader = new SlowReader(bob);
  const CHUNKS = 150;
  const file = new FileSender(alice, "", CHUNKS);
  engine.advance(6_000, () => {
    file.step(engine.nowMs);
    if (engine.nowMs % 100 === 0) reader.readOne(engine.nowMs);
  });
  expect(fast).toEqual({ count: CHUNKS, latest: CHUNKS - 1 });
  const { counters } = engine.events("statistics-report").at(-1)!;
  expect(counters.data.reliableDropped).toBeGreaterThan(10);
  expect(bufferedFor(engine, 2)).toBeLessThan(SERVER_BUFFER_BYTES_MAX);
}, 20_000);

test("who floods its room is read more slowly, and nothing reliable is lost", () => {
  const { engine, clients } = roomOf(3);
  const [alice, bob] = clients as [SimClient, SimClient];
  const counted = tally(bob);
  const bytes = livekit.DataPacket.encode({ chatMessage: { id: "x" } }).finish();
  let sent = 0;
  const flood = (): void => {
    const id = alice.channelIds.get("_reliable")!;
    for (let i = 0; i < 500 && alice.channels.bufferedBytes(id) < CLIENT_BUFFER_BYTES; i++) {
      if (alice.sendData(engine.nowMs, "_reliable", bytes)) sent += 1;
    }
  };
  engine.advance(2_000, flood);
  // two receivers: three units a message and a little
  expect(counted.count).toBeLessThan(101_000);
  expect(sent).toBeGreaterThan(20_000);
  engine.advance(3_000);
  expect(counted.count).toBe(sent);
}, 30_000);

test("a channel that ended is told of once something is to be sent on it", () => {
  const { engine, clients } = roomOf(2);
  const [alice, bob] = clients as [SimClient, SimClient];
  bob.channels.closeChannel(bob.channelIds.get("_reliable")!);
  engine.advance(100);
  expect(engine.events("data-channel-failed")).toEqual([]);
  const bytes = livekit.DataPacket.encode({ chatMessage: { id: "x" } }).finish();
  for (let i = 0; i < 3; i++) alice.sendData(engine.nowMs, "_reliable", bytes);
  engine.advance(50);
  expect(engine.events("data-channel-failed")).toEqual([
    { kind: "data-channel-failed", peerId: 2 },
  ]);
});
