import { expect, test } from "bun:test";
import { ConnectionState, RoomEvent } from "@livekit/rtc-node";
import { startLoad } from "../load/start-load.ts";
import { type Fault, FaultyServer } from "../support/faulty-server.ts";
import { hearTone, NativeClient } from "../support/native-client.ts";
import { API_KEY, API_SECRET } from "../support/server-process.ts";
import { until } from "../support/until.ts";
import { HookReceiver } from "../support/webhook-receiver.ts";

const LIMIT_MS = 30_000;
/** Of every stream: a second of sound. */
const PACKETS_OF_EACH = 50;
/** Of sound in rooms on other threads: nobody there is to notice. */
const GAP_MAX_MS = 1_000;
const PORTS = "31520-31539";

function names(hooks: HookReceiver, room: string): string[] {
  return hooks.taken
    .filter(({ event }) => event.room?.name === room)
    .map(({ event }) => `${event.event} ${event.participant?.identity ?? ""}`.trimEnd());
}

test("the clients of a lost worker come back on another one, and calls elsewhere go on", async () => {
  using hooks = new HookReceiver(API_KEY, API_SECRET);
  await using faulty = await FaultyServer.start({
    rtc: { workers: 2, udp_port: PORTS },
    webhook: { urls: [hooks.url], api_key: API_KEY },
  });
  const { server } = faulty;
  const metric = async (name: string): Promise<number> =>
    Number(new RegExp(`^${name}[^ ]* (\\d+)$`, "m").exec(await faulty.metrics())?.[1]);

  // rooms are placed in turn: this one on worker 0
  using stack = new DisposableStack();
  const access = { url: server.wsUrl, key: API_KEY, secret: API_SECRET };
  const elsewhere = stack.use(startLoad(access));
  const calls = await elsewhere.join(
    ["x", "y"].map((identity) => ({ room: "elsewhere", identity, autoSubscribe: true })),
  );
  await elsewhere.publish(calls, { audio: true, video: "simulcast" });
  await using ada = await NativeClient.join(server, "here", "ada");
  await using bob = await NativeClient.join(server, "here", "bob");
  await ada.publishTone("voice", 440);
  await hearTone((await bob.subscribed("voice")).track, 440);
  const flows = async (): Promise<void> => {
    const fewest = () => Math.min(...calls.map(({ received }) => received.fewestPackets()));
    const enough = fewest() + PACKETS_OF_EACH;
    expect(await elsewhere.waitFor(() => fewest() >= enough, LIMIT_MS)).toBe(true);
    elsewhere.check();
  };
  await flows();
  for (const { received } of calls) received.restartGaps();

  const ways: Fault[] = ["throw", "exit", "hang"];
  // the second and third time they are on the worker that took them in
  for (const [i, fault] of ways.entries()) {
    const sids = async (): Promise<string[]> =>
      (await server.rooms.listParticipants("here")).map(({ sid }) => sid).toSorted();
    const former = await sids();
    const reconnects = [ada, bob].map(({ room }) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      room.once(RoomEvent.Reconnected, () => resolve());
      return promise;
    });
    faulty.fail(faulty.ports[i % 2 === 0 ? 1 : 0]!, fault);
    await Promise.all(reconnects);
    // sessions of their own, and no ghosts
    const now = await sids();
    expect([now.length, now.filter((sid) => former.includes(sid))]).toEqual([2, []]);
    await hearTone((await bob.subscribed("voice")).track, 440);
    if (i === 0) {
      // in the middle of it all, before the rooms changed threads
      await flows();
      expect(elsewhere.sums().longestSilenceMs).toBeLessThan(GAP_MAX_MS + elsewhere.longestStallMs);
      stack.dispose();
    }
    await until(async () => (await metric('parley_media_threads{state="live"')) === 2, {
      what: "the worker to be replaced",
    });
    expect(await metric("parley_media_thread_restarts_total")).toBe(i + 1);
  }
  expect([ada, bob].map(({ room }) => room.connectionState)).toEqual([
    ConnectionState.CONN_CONNECTED,
    ConnectionState.CONN_CONNECTED,
  ]);
  expect(names(hooks, "here").filter((name) => name === "participant_left ada")).toHaveLength(3);
  expect(names(hooks, "here").filter((name) => name === "participant_joined ada")).toHaveLength(4);
  expect(server.log.match(/Media worker lost/g)).toHaveLength(3);
}, 120_000);

test("of a room on two workers those on the lost one come back, and all hear each other again", async () => {
  await using faulty = await FaultyServer.start({
    rtc: { workers: 2, udp_port: PORTS, room_spill_participants: 1 },
  });
  const { server } = faulty;
  await using ada = await NativeClient.join(server, "span", "ada");
  await using bob = await NativeClient.join(server, "span", "bob");
  await ada.publishTone("low", 440);
  await bob.publishTone("high", 660);
  await hearTone((await bob.subscribed("low")).track, 440);
  await hearTone((await ada.subscribed("high")).track, 660);
  let hasBobReconnected = false;
  bob.room.on(RoomEvent.Reconnecting, () => {
    hasBobReconnected = true;
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  ada.room.once(RoomEvent.Reconnected, () => resolve());
  // the first of the room is on the first worker, the second on the other one
  faulty.fail(faulty.ports[0]!, "throw");
  await promise;
  await hearTone((await bob.subscribed("low")).track, 440);
  await hearTone((await ada.subscribed("high")).track, 660);
  await until(() => server.log.includes("Media worker restarted"), { what: "another worker" });
  // who comes now is on the new worker
  await using carl = await NativeClient.join(server, "span", "carl");
  await hearTone((await carl.subscribed("low")).track, 440);
  await hearTone((await carl.subscribed("high")).track, 660);
  expect(hasBobReconnected).toBe(false);
}, 60_000);

test("with one worker only its clients come back once there is another one", async () => {
  await using faulty = await FaultyServer.start({ rtc: { workers: 1 } });
  const { server } = faulty;
  await using ada = await NativeClient.join(server, "alone", "ada");
  await using bob = await NativeClient.join(server, "alone", "bob");
  await ada.publishTone("voice", 440);
  await hearTone((await bob.subscribed("voice")).track, 440);
  const { promise, resolve } = Promise.withResolvers<void>();
  bob.room.once(RoomEvent.Reconnected, () => resolve());
  faulty.fail(faulty.ports[0]!, "throw");
  await promise;
  await hearTone((await bob.subscribed("voice")).track, 440);
  expect((await fetch(server.httpUrl)).status).toBe(200);
}, 60_000);

test("a server whose workers break again and again stops, for a supervisor to start it afresh", async () => {
  await using faulty = await FaultyServer.start({ rtc: { workers: 1 } });
  const { server } = faulty;
  for (let i = 0; i <= 5; i++) {
    faulty.fail(faulty.ports[0]!, "throw");
    const message = i < 5 ? "Media worker restarted" : "No media worker is left";
    const count = i < 5 ? i + 1 : 1;
    await until(() => server.log.split(message).length > count, { what: message });
  }
  expect(await server.exitCode()).toBe(1);
}, 60_000);
