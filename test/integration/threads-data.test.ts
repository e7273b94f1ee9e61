import { expect, test } from "bun:test";
import type { DataMemberSpec } from "../../src/bridge/data-commands.ts";
import { livekit } from "../../src/gen/livekit.js";
import { dataTrackPacket } from "../support/data-track-packet.ts";
import {
  bufferedFor,
  FileSender,
  SERVER_BUFFER_BYTES_MAX,
  SlowReader,
  tally,
} from "../support/data-transfer.ts";
import type { SimClient } from "../support/sim-client.ts";
import { SimThreads } from "../support/sim-threads.ts";

const ROOM = 1;

class Scene {
  readonly threads: SimThreads;
  readonly clients = new Map<number, { client: SimClient; thread: number }>();

  constructor(count = 2) {
    this.threads = new SimThreads(count);
  }

  /** A client in the room, by its number, on this thread. */
  join(id: number, thread: number, member: Partial<DataMemberSpec> = {}): SimClient {
    const engine = this.threads.engine(thread);
    const client = engine.connect(id);
    engine.joinData(client, ROOM, member);
    this.clients.set(id, { client, thread });
    this.#tellThreads();
    return client;
  }

  leave(id: number): void {
    const { thread } = this.clients.get(id)!;
    this.clients.delete(id);
    const engine = this.threads.engine(thread);
    engine.command({ kind: "remove-data-member", memberId: id });
    engine.command({ kind: "close-peer", peerId: id });
    this.#tellThreads();
  }

  #tellThreads(): void {
    const counts = new Map<number, number>();
    for (const { thread } of this.clients.values()) {
      counts.set(thread, (counts.get(thread) ?? 0) + 1);
    }
    for (const [index, engine] of this.threads.engines.entries()) {
      const others = [...counts]
        .filter(([thread]) => thread !== index)
        .map(([thread, members]) => ({ thread, members }));
      engine.command({ kind: "set-room-threads", roomId: ROOM, others });
    }
  }

  get nowMs(): number {
    return this.threads.engine(0).nowMs;
  }

  advance(ms: number, onStep: () => void = () => {}): void {
    this.threads.advance(ms, onStep);
  }

  say(client: SimClient, message: string, packet: livekit.IDataPacket = {}): void {
    const bytes = livekit.DataPacket.encode({ chatMessage: { id: message, message }, ...packet });
    client.sendData(this.nowMs, "_reliable", bytes.finish());
  }

  counters(thread: number) {
    return this.threads.engine(thread).events("statistics-report").at(-1)!.counters;
  }
}

/** Chat messages that a client gets from now on, as `sender: text`. */
function chatOf(client: SimClient): string[] {
  const heard: string[] = [];
  client.onMessage = (bytes) => {
    const { chatMessage, participantIdentity } = livekit.DataPacket.decode(bytes);
    if (chatMessage) heard.push(`${participantIdentity}: ${chatMessage.message}`);
    return false;
  };
  return heard;
}

test("a room on three threads is one room: everybody hears everybody, once and in order", () => {
  const scene = new Scene(3);
  const clients = [0, 0, 1, 2, 2].map((thread, i) => scene.join(i + 1, thread));
  const heard = clients.map(chatOf);
  scene.advance(300);
  for (let n = 1; n <= 50; n++) {
    for (const client of clients) {
      scene.say(client, String(n), n % 2 === 0 ? { sequence: n } : {});
    }
    scene.advance(5);
  }
  scene.advance(300);
  for (const [i, messages] of heard.entries()) {
    for (const from of clients.keys()) {
      const own = messages.filter((text) => text.startsWith(`client-${from + 1}:`));
      const expected = Array.from({ length: 50 }, (_, n) => `client-${from + 1}: ${n + 1}`);
      expect(own).toEqual(from === i ? [] : expected);
    }
  }
});

test("who is named gets it, wherever it is, and nobody else", () => {
  const scene = new Scene();
  const [a, b, c, d] = [scene.join(1, 0), scene.join(2, 0), scene.join(3, 1), scene.join(4, 1)];
  const heard = [a, b, c, d].map(chatOf);
  scene.advance(300);
  scene.say(a, "near", { destinationIdentities: ["client-2"] });
  scene.say(a, "far", { destinationIdentities: ["client-3"] });
  scene.say(a, "both", { destinationIdentities: ["client-2", "client-4"] });
  scene.say(c, "back", { destinationIdentities: ["client-1", "nobody"] });
  scene.advance(200);
  expect(heard).toEqual([
    ["client-3: back"],
    ["client-1: near", "client-1: both"],
    ["client-1: far"],
    ["client-1: both"],
  ]);
});

test("lossy messages, clients' own channels and the server's messages reach all threads", () => {
  const scene = new Scene();
  const [a, , c] = [scene.join(1, 0), scene.join(2, 0), scene.join(3, 1)];
  scene.advance(300);
  const own = a.channels.open({ label: "mine", ordered: true });
  scene.advance(100);
  const got: livekit.DataPacket[] = [];
  c.onMessage = (bytes) => {
    got.push(livekit.DataPacket.decode(bytes));
    return false;
  };
  const packet = { chatMessage: { id: "lossy" }, kind: livekit.DataPacket.Kind.LOSSY };
  a.sendData(scene.nowMs, "_lossy", livekit.DataPacket.encode(packet).finish());
  a.channels.send(scene.nowMs, own, Uint8Array.of(1, 2, 3), false);
  scene.advance(100);
  for (const engine of scene.threads.engines) {
    const bytes = livekit.DataPacket.encode({ chatMessage: { id: "server" } }).finish();
    engine.command({ kind: "send-server-data", roomId: ROOM, bytes });
  }
  scene.advance(100);
  expect(got.map(({ kind }) => kind)).toEqual([1, 0, 0]);
  expect(got.map(({ chatMessage }) => chatMessage?.id)).toEqual(["lossy", undefined, "server"]);
  expect([...got[1]!.user!.payload!]).toEqual([1, 2, 3]);
  expect(got[1]!.participantIdentity).toBe("client-1");
});

test("who joins on another thread misses nothing while its channel is opening", () => {
  const scene = new Scene();
  const a = scene.join(1, 0);
  scene.advance(300);
  const c = scene.join(3, 1);
  const heard = chatOf(c);
  for (let n = 1; n <= 10; n++) scene.say(a, String(n), n % 2 === 0 ? { sequence: n } : {});
  scene.advance(500);
  expect(heard).toEqual(Array.from({ length: 10 }, (_, n) => `client-1: ${n + 1}`));
});

test("a file for one slow reader on another thread loses nothing, and takes little memory", () => {
  const scene = new Scene();
  const [alice, carl] = [scene.join(1, 0), scene.join(3, 0)];
  const [bob, dave] = [scene.join(2, 1), scene.join(4, 1)];
  scene.advance(300);
  const far = scene.threads.engine(1);
  const reader = new SlowReader(bob);
  const chat = tally(dave);
  const CHUNKS = 250;
  const file = new FileSender(alice, "client-2", CHUNKS);
  let most = 0;
  let asked = 0;
  for (let ms = 0; reader.indices.length < CHUNKS && ms < 20_000; ms += 5) {
    scene.advance(5, () => {
      file.step(scene.nowMs);
      if (ms % 20 === 0) reader.readOne(far.nowMs);
    });
    most = Math.max(most, bufferedFor(far, 2));
    if (ms % 100 !== 0) continue;
    // others are not held up by it
    scene.say(carl, String(ms), { destinationIdentities: ["client-4"] });
    asked += 1;
    scene.advance(10);
    expect(chat.count).toBe(asked);
  }
  expect(reader.indices).toEqual(Array.from({ length: CHUNKS }, (_, i) => i));
  expect(most).toBeGreaterThan(512 * 1024);
  // and what the sender's window holds, which its thread reads before it hears of the pause
  expect(most).toBeLessThan(SERVER_BUFFER_BYTES_MAX + 1024 * 1024);
  scene.advance(2_500);
  const [near, there] = [scene.counters(0), scene.counters(1)];
  expect(near.data.pauses).toBeGreaterThan(1);
  for (const { data, relayDropped } of [near, there]) {
    expect([data.reliableDropped, relayDropped]).toEqual([0, 0]);
  }
}, 30_000);

test.each([
  ["near", 0, 1],
  ["far", 1, 0],
  ["far, both", 1, 1],
])(
  "a file for all goes at the speed of the fastest, slow reader %s",
  (_, slow, fast) => {
    const scene = new Scene();
    const alice = scene.join(1, 0);
    const bob = scene.join(2, slow);
    const carl = scene.join(3, fast);
    scene.advance(300);
    bob.isAlive = false;
    const counted = tally(carl);
    const CHUNKS = 150;
    const file = new FileSender(alice, "", CHUNKS);
    scene.advance(2_500, () => file.step(scene.nowMs));
    expect(counted).toEqual({ count: CHUNKS, latest: CHUNKS - 1 });
  },
  20_000,
);

test("where all readers on all threads are slow, the sender waits, and nothing is lost", () => {
  const scene = new Scene();
  const alice = scene.join(1, 0);
  const [bob, carl] = [scene.join(2, 0), scene.join(3, 1)];
  scene.advance(300);
  const readers = [new SlowReader(bob), new SlowReader(carl)];
  const CHUNKS = 120;
  const file = new FileSender(alice, "", CHUNKS);
  let most = 0;
  const isDone = (): boolean => readers.every(({ indices }) => indices.length === CHUNKS);
  for (let ms = 0; !isDone() && ms < 30_000; ms += 5) {
    scene.advance(5, () => {
      file.step(scene.nowMs);
      if (ms % 50 === 0) for (const reader of readers) reader.readOne(scene.nowMs);
    });
    most = Math.max(most, bufferedFor(scene.threads.engine(0), 2));
  }
  for (const { indices } of readers) {
    expect(indices).toEqual(Array.from({ length: CHUNKS }, (_, i) => i));
  }
  expect(most).toBeLessThan(SERVER_BUFFER_BYTES_MAX + 256 * 1024);
}, 30_000);

test("a thread that is away is waited for like a slow reader, and nothing is lost", () => {
  const scene = new Scene();
  const [alice, carl] = [scene.join(1, 0), scene.join(3, 1)];
  scene.advance(300);
  const counted = tally(carl);
  const CHUNKS = 400;
  const file = new FileSender(alice, "", CHUNKS);
  scene.threads.stalled.add(1);
  scene.advance(2_000, () => file.step(scene.nowMs));
  // six megabytes are more than the ring holds
  expect(file.sent).toBeLessThan(CHUNKS);
  scene.threads.stalled.delete(1);
  scene.threads.settle();
  scene.advance(3_000, () => file.step(scene.nowMs));
  expect(counted).toEqual({ count: CHUNKS, latest: CHUNKS - 1 });
  expect(scene.counters(0).relayDropped).toBe(0);
}, 30_000);

test("a thread that is away is waited for with what is for one there, too", () => {
  const scene = new Scene();
  const [alice, bob, carl] = [scene.join(1, 0), scene.join(2, 0), scene.join(3, 1)];
  scene.advance(300);
  const counted = tally(carl);
  const others = tally(bob);
  const CHUNKS = 1_400;
  const file = new FileSender(alice, "client-3", CHUNKS);
  scene.threads.stalled.add(1);
  scene.advance(2_000, () => file.step(scene.nowMs));
  // 21 megabytes are more than what may wait for a thread
  expect(file.sent).toBeLessThan(CHUNKS);
  scene.threads.stalled.delete(1);
  scene.threads.settle();
  scene.advance(4_000, () => file.step(scene.nowMs));
  expect(counted).toEqual({ count: CHUNKS, latest: CHUNKS - 1 });
  expect(others.count).toBe(0);
  expect(scene.counters(0).relayDropped).toBe(0);
}, 30_000);

test("a sender that waits for a thread goes on when the room is there no more", () => {
  const scene = new Scene();
  const [alice, bob, carl] = [scene.join(1, 0), scene.join(2, 0), scene.join(3, 1)];
  scene.advance(300);
  new SlowReader(carl);
  const CHUNKS = 400;
  const file = new FileSender(alice, "client-3", CHUNKS);
  scene.advance(1_000, () => file.step(scene.nowMs));
  expect(file.sent).toBeLessThan(CHUNKS);
  const heard = chatOf(bob);
  scene.leave(3);
  scene.advance(1_000, () => file.step(scene.nowMs));
  expect(file.sent).toBe(CHUNKS);
  scene.say(alice, "still here");
  scene.advance(200);
  expect(heard).toEqual(["client-1: still here"]);
}, 20_000);

test("frames of a data track reach subscribers on its own thread and on others", () => {
  const scene = new Scene();
  const [a, b, c] = [scene.join(1, 0), scene.join(2, 0), scene.join(3, 1)];
  scene.advance(300);
  const near = scene.threads.engine(0);
  const far = scene.threads.engine(1);
  near.command({ kind: "add-data-track", dataTrackId: 50, peerId: 1, handle: 9 });
  const subscribe = { kind: "subscribe-data-track", dataTrackId: 50 } as const;
  near.command({ ...subscribe, subscriptionId: 60, peerId: 2, handle: 70 });
  far.command({ ...subscribe, subscriptionId: 61, peerId: 3, handle: 71 });
  const got: number[][] = [[], []];
  for (const [i, client] of [b, c].entries()) {
    client.onMessage = (bytes) => {
      got[i]!.push((bytes[2]! << 8) | bytes[3]!);
      return false;
    };
  }
  const send = (): void => {
    for (let i = 0; i < 10; i++) {
      a.sendData(scene.nowMs, "_data_track", dataTrackPacket({ handle: 9, payload: [1, 2, 3] }));
    }
    scene.advance(100);
  };
  send();
  expect(got.map(({ length }) => length)).toEqual([10, 10]);
  expect(got.map((handles) => [...new Set(handles)])).toEqual([[70], [71]]);
  far.command({ kind: "unsubscribe-data-track", subscriptionId: 61 });
  const rings = scene.threads.rings[1];
  send();
  expect(got.map(({ length }) => length)).toEqual([20, 10]);
  expect(scene.threads.rings[1]).toBe(rings!);
  expect(far.node.debugInfo()).toMatchObject({ dataTracks: { tracks: 0, subscriptions: 0 } });
});

test("a flood costs its sender what it costs on the other threads", () => {
  const scene = new Scene();
  const alice = scene.join(1, 0);
  const crowd = Array.from({ length: 20 }, (_, i) => scene.join(10 + i, 1));
  scene.advance(500);
  const counted = tally(crowd[0]!);
  for (const client of crowd.slice(1)) client.onMessage = () => false;
  const bytes = livekit.DataPacket.encode({ chatMessage: { id: "x" } }).finish();
  const flood = (): void => {
    const id = alice.channelIds.get("_reliable")!;
    for (let i = 0; i < 500 && alice.channels.bufferedBytes(id) < 100_000; i++) {
      alice.sendData(scene.nowMs, "_reliable", bytes);
    }
  };
  scene.advance(1_000, flood);
  // 100,000 units to begin with and as many a second, 21 of them for each message
  expect(counted.count).toBeLessThan(11_000);
  expect(counted.count).toBeGreaterThan(2_000);
}, 30_000);
