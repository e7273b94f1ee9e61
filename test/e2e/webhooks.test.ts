import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { API_KEY, API_SECRET, ServerProcess } from "../support/server-process.ts";
import { until } from "../support/until.ts";
import { HookReceiver, type ReceivedHook } from "../support/webhook-receiver.ts";

const ROOMS = ["one", "two", "three"];
const VISITORS = 5;
/** Its start, each visitor that never had media, and its end. */
const EVENTS_OF_A_ROOM = VISITORS + 2;
const RETRY_MS = 60_000;

let outbox: string;
let receiver: HookReceiver;

beforeEach(() => {
  outbox = mkdtempSync(join(tmpdir(), "parley-outbox-"));
  receiver = new HookReceiver(API_KEY, API_SECRET);
});

afterEach(() => {
  receiver[Symbol.dispose]();
  rmSync(outbox, { recursive: true, force: true });
});

function start(urls: readonly string[]): Promise<ServerProcess> {
  return ServerProcess.start({ config: { webhook: { urls, api_key: API_KEY, outbox } } });
}

/** Undelivered events on disk. */
function keptCount(): number {
  return readdirSync(outbox).filter((name) => name.endsWith(".event")).length;
}

/** One who connects by signal and goes away again, which is one event. */
async function visit(server: ServerProcess, room: string, identity: string): Promise<void> {
  const token = await server.token(room, identity);
  const url = `${server.wsUrl}/rtc?access_token=${token}&protocol=16&sdk=js`;
  const { promise: closed, resolve, reject } = Promise.withResolvers<void>();
  const socket = new WebSocket(url);
  socket.onmessage = () => socket.close();
  socket.onclose = () => resolve();
  socket.onerror = () => reject(new Error(`${identity} could not join`));
  await closed;
}

async function liveThrough(server: ServerProcess): Promise<void> {
  for (const room of ROOMS) {
    await server.rooms.createRoom({ name: room });
    for (let i = 0; i < VISITORS; i++) await visit(server, room, `visitor-${i}`);
    const isEmpty = async () => (await server.rooms.listParticipants(room)).length === 0;
    await until(isEmpty, { what: "the visitors to be gone" });
    await server.rooms.deleteRoom(room);
  }
}

function eventsOf(room: string, hooks: readonly ReceivedHook[]): ReceivedHook[] {
  return hooks.filter(({ event }) => event.room?.name === room);
}

function expectInOrder(hooks: readonly ReceivedHook[]): void {
  for (const room of ROOMS) {
    const events = eventsOf(room, hooks);
    expect(events.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: EVENTS_OF_A_ROOM }, (_, i) => i + 1),
    );
    expect(events[0]?.event.event).toBe("room_started");
    expect(events.at(-1)?.event.event).toBe("room_finished");
  }
}

test(
  "what a killed server had not delivered is delivered by the next one, in order",
  async () => {
    receiver.answer = () => 500;
    const killed = await start([receiver.url]);
    await liveThrough(killed);
    const count = ROOMS.length * EVENTS_OF_A_ROOM;
    await until(() => keptCount() === count, { what: "all events to be kept" });
    await killed.kill();
    const first = eventsOf("one", receiver.attempts)[0]?.event.id;

    receiver.answer = () => 200;
    await using _ = await start([receiver.url]);
    await until(() => keptCount() === 0, { what: "the outbox to be empty", timeoutMs: RETRY_MS });
    expect(receiver.taken).toHaveLength(count);
    expectInOrder(receiver.taken);
    expect(new Set(receiver.taken.map(({ event }) => event.id)).size).toBe(count);
    expect(eventsOf("one", receiver.taken)[0]?.event.id).toBe(first!);
    expect(receiver.problems).toEqual([]);
    await killed.stop();
  },
  RETRY_MS * 2,
);

test(
  "a receiver that never answers and one that answers 500 hold up neither server nor others",
  async () => {
    using silent = new HookReceiver(API_KEY, API_SECRET);
    using failing = new HookReceiver(API_KEY, API_SECRET);
    const held: ((status: number) => void)[] = [];
    silent.answer = () => new Promise((resolve) => held.push(resolve));
    let failures = 2;
    failing.answer = () => (failures-- > 0 ? 500 : 200);
    await using server = await start([silent.url, failing.url, receiver.url]);
    await liveThrough(server);
    const count = ROOMS.length * EVENTS_OF_A_ROOM;
    await until(() => receiver.taken.length === count, { what: "the good receiver's events" });
    expectInOrder(receiver.taken);
    await until(() => failing.taken.length === count, { what: "the events after failures" });
    expectInOrder(failing.taken);
    expect(silent.taken).toEqual([]);
    expect(keptCount()).toBe(count);
    for (const answer of held) answer(200);
  },
  RETRY_MS,
);
