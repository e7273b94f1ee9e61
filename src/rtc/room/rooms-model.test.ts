import { expect, test } from "bun:test";
import fc from "fast-check";
import { FIRST_ICE, SECOND_ICE } from "../../../test/support/client-sdp.ts";
import { FakeMediaThread } from "../../../test/support/fake-media-thread.ts";
import { type JoinOptions, type TestClient, TestRooms } from "../../../test/support/test-room.ts";
import { livekit } from "../../gen/livekit.js";

/**
 * Any order of what clients, transports, administrators and time can do, on two rooms. What has to
 * hold after each step is in `checkInvariants`, what after the end in `checkEnd`.
 */

const IDENTITIES = ["a", "b", "c"];
const ROOM_NAMES = ["one", "two"];
const CIDS = ["cam", "mic", "screen"];

/** More in a search for bugs: `MODEL_RUNS=20000 bun test <this file>`. */
const RUNS = Number(process.env["MODEL_RUNS"] ?? 300);

type Model = Record<string, never>;

class World {
  readonly rooms: TestRooms;
  /** Every session that was ever started, newest last. */
  readonly clients: TestClient[] = [];

  /** @param others media threads beside the first: each room is on as many as it has participants */
  constructor(others: number) {
    const threads = Array.from({ length: others }, (_, i) => new FakeMediaThread(i + 1));
    this.rooms = new TestRooms({ maxParticipants: 3 }, undefined, threads, 1);
    for (const identity of ["a", "b"]) {
      this.clients.push(this.rooms.join(identity, { room: "one" }).connect());
    }
    this.clients[0]?.publish("cam");
  }
}

type Step = (world: World) => unknown;

class RunStep implements fc.AsyncCommand<Model, World, boolean> {
  readonly #name: string;
  readonly #run: Step;

  constructor(name: string, run: Step) {
    this.#name = name;
    this.#run = run;
  }

  check(): boolean {
    return true;
  }

  async run(_: Model, world: World): Promise<void> {
    await this.#run(world);
    checkInvariants(world);
  }

  toString(): string {
    return this.#name;
  }
}

function checkInvariants({ rooms, clients }: World): void {
  for (const thread of rooms.threads) checkThread(thread, rooms.threads);
  expect(rooms.errors).toEqual([]);
  for (const room of rooms.rooms.rooms()) {
    expect(room.isClosed).toBe(false);
    const present = room.participants();
    const members = room.members();
    expect(new Set(members.map(({ identity }) => identity)).size).toBe(members.length);
    expect(new Set(present.map(({ identity }) => identity)).size).toBe(present.length);
    for (const participant of present) {
      expect(participant.isClosed).toBe(false);
      expect(room.findParticipant(participant.identity)).toBe(participant);
      for (const track of participant.publications.tracks()) {
        expect(room.findTrack(track.sid)).toBe(track);
      }
      for (const track of participant.subscriptions.subscribedTracks()) {
        expect(room.findTrack(track.sid)).toBe(track);
        expect(participant.grant.canSubscribe).toBe(true);
      }
    }
    for (const { identity } of members.slice(present.length)) {
      const { source } = room.findGuest(identity)!;
      expect(rooms.room(source.room.name).findParticipant(identity)).toBe(source);
      for (const track of source.publications.tracks()) {
        expect(room.findTrack(track.sid)).toBe(track);
      }
    }
    const counted = members.filter(({ isDependent }) => !isDependent).length;
    expect(counted).toBeLessThanOrEqual(3);
    expect(room.info().numParticipants).toBe(counted);
  }
  for (const client of clients) {
    const [first] = client.link.kinds;
    if (client.link.messages.length > 0) expect(["join", "reconnect", "leave"]).toContain(first!);
  }
}

/** Replicas are there while somebody subscribes to them, and fed as long. */
function checkThread(thread: FakeMediaThread, threads: readonly FakeMediaThread[]): void {
  expect(thread.violations).toEqual([]);
  const watched = new Set([...thread.downTracks.values()].map(({ receiverId }) => receiverId));
  for (const [receiverId, origin] of thread.replicas) {
    expect(watched.has(receiverId)).toBe(true);
    expect(threads[origin]!.relays.has(`${receiverId} ${thread.index}`)).toBe(true);
  }
  const fed = [...thread.relays].map((relay) => relay.split(" ").map(Number));
  for (const [receiverId, to] of fed) {
    expect(threads[to!]!.replicas.get(receiverId!)).toBe(thread.index);
  }
}

function checkEnd({ rooms }: World): void {
  rooms.rooms.close(livekit.DisconnectReason.SERVER_SHUTDOWN);
  expect(rooms.rooms.rooms()).toEqual([]);
  expect(rooms.scheduler.pendingCount).toBe(0);
  expect(rooms.router.debugInfo()).toMatchObject({
    peers: 0,
    receivers: 0,
    downTracks: 0,
    roomsByThread: rooms.threads.map(() => 0),
    liveThreads: rooms.threads.map(() => true),
    ...(rooms.threads.length > 1 ? { mesh: { receivers: 0, dataTracks: 0, crossing: 0 } } : {}),
  });
  for (const thread of rooms.threads) {
    expect(thread.peers.size).toBe(0);
    expect(thread.receivers.size).toBe(0);
    expect(thread.downTracks.size).toBe(0);
    expect(thread.relays.size + thread.replicas.size).toBe(0);
    expect(thread.violations).toEqual([]);
  }
}

/** Who comes now is told of everybody as they are now, whatever was encoded before. */
function checkNewcomer({ rooms }: World): void {
  for (const { name } of rooms.rooms.rooms()) {
    const present = rooms.rooms.find(name)!.members();
    const video = { hidden: true, recorder: true };
    const { link } = rooms.join("newcomer", { room: name, video });
    const told = link.last("join").otherParticipants ?? [];
    const shown = present.filter(({ isHidden }) => !isHidden);
    expect(told.map((info) => livekit.ParticipantInfo.encode(info).finish().toBase64())).toEqual(
      shown.map((one) => livekit.ParticipantInfo.encode(one.info()).finish().toBase64()),
    );
  }
}

/** Mostly one room, so that its participants meet. */
const room = fc.constantFrom("one", "one", "one", ...ROOM_NAMES);
const identity = fc.constantFrom(...IDENTITIES);

/** What one of the clients does; a few that have gone act as well. */
function clientStep(name: string, act: (client: TestClient, world: World) => unknown) {
  return fc.nat(7).map(
    (index) =>
      new RunStep(`client ${index} ${name}`, (world) => {
        const recent = world.clients.slice(-6);
        const client = recent[index % Math.max(1, recent.length)];
        return client === undefined ? undefined : act(client, world);
      }),
  );
}

function isLive(client: TestClient): boolean {
  return !client.participant.isClosed;
}

/** Any track sid of the client's room, or one that nobody has. */
function someSid(client: TestClient, world: World, index: number): string {
  const sids = (world.rooms.rooms.find(client.participant.room.name)?.members() ?? []).flatMap(
    (participant) => participant.publications.tracks().map(({ sid }) => sid),
  );
  return sids[index % Math.max(1, sids.length)] ?? "TR_nobody";
}

/** Mostly clients that may do everything. */
const mostly = fc.constantFrom(true, true, true, false);
const seldom = fc.constantFrom(false, false, false, true);

const joinOptions: fc.Arbitrary<Omit<JoinOptions, "room">> = fc.record({
  video: fc.record({
    canPublish: mostly,
    canSubscribe: mostly,
    hidden: seldom,
    recorder: seldom,
    canUpdateOwnMetadata: fc.constant(true),
  }),
  client: fc.record({ protocol: fc.constantFrom(2, 8, 11, 12, 16) }),
  connection: fc.record({ isAutoSubscribe: mostly, isAdaptiveStream: seldom }),
  isSinglePeerConnection: seldom,
});

const join: fc.Arbitrary<RunStep> = fc.tuple(room, identity, joinOptions).map(
  ([roomName, who, options]) =>
    new RunStep(`${who}@${roomName} joins ${JSON.stringify(options)}`, (world) => {
      try {
        world.clients.push(world.rooms.join(who, { ...options, room: roomName }));
      } catch (error) {
        if ((error as { code?: string }).code !== "resource_exhausted") throw error;
      }
    }),
);

const REFUSALS: readonly unknown[] = [
  "not_found",
  "resource_exhausted",
  "already_exists",
  "unknown",
];

/** Refusals are fine, and change nothing that the invariants do not see. */
async function unlessRefused(act: () => void | Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!REFUSALS.includes((error as { code?: string }).code)) throw error;
  }
}

/** Time passes, and whoever has an offer answers it. */
const everyoneAnswers: fc.Arbitrary<RunStep> = fc.constant(
  new RunStep("everyone negotiates and connects", ({ rooms, clients }) => {
    rooms.advance(200);
    for (const client of clients.filter(isLive)) client.connect();
  }),
);

const steps: fc.Arbitrary<RunStep>[] = [
  clientStep("connects", (client) => {
    if (isLive(client)) client.connect();
  }),
  clientStep("loses its link", (client) => client.drop()),
  clientStep("resumes", (client) => client.resume()),
  clientStep("answers", (client) => client.answerOffers()),
  clientStep("answers without VP8", (client) => client.answerOffers({ without: ["vp8"] })),
  clientStep("restarts ICE", (client) => {
    client.ice = client.ice === FIRST_ICE ? SECOND_ICE : FIRST_ICE;
    client.offer();
  }),
  ...(["publisher", "subscriber"] as const).map((target) =>
    clientStep(`loses its ${target}`, (client) => {
      const hasPeer = isLive(client) && !(target === "subscriber" && client.isSingle);
      if (hasPeer) client.fail(target);
    }),
  ),
  ...CIDS.flatMap((cid) => [
    clientStep(`publishes ${cid}`, (client) => {
      const { AUDIO, VIDEO } = livekit.TrackType;
      client.publish(cid, { type: cid === "mic" ? AUDIO : VIDEO });
    }),
    clientStep(`unpublishes ${cid}`, (client) => client.unpublish(cid)),
    clientStep(`announces ${cid}`, (client) =>
      client.send({ addTrack: { cid, type: livekit.TrackType.VIDEO } }),
    ),
  ]),
  clientStep("offers again", (client) => client.offer()),
  clientStep("mutes", (client, world) =>
    client.send({ mute: { sid: someSid(client, world, 0), muted: true } }),
  ),
  clientStep("unmutes", (client, world) =>
    client.send({ mute: { sid: someSid(client, world, 0), muted: false } }),
  ),
  ...[true, false].flatMap((subscribe) =>
    [0, 1].map((index) =>
      clientStep(`${subscribe ? "" : "un"}subscribes ${index}`, (client, world) =>
        client.send({
          subscription: { trackSids: [someSid(client, world, index), "TR_x"], subscribe },
        }),
      ),
    ),
  ),
  clientStep("wants less", (client, world) =>
    client.send({
      trackSetting: {
        trackSids: [someSid(client, world, 0)],
        width: 320,
        height: 180,
        priority: 9,
      },
    }),
  ),
  clientStep("disables", (client, world) =>
    client.send({ trackSetting: { trackSids: [someSid(client, world, 1)], disabled: true } }),
  ),
  clientStep("forbids everyone", (client) =>
    client.send({ subscriptionPermission: { allParticipants: false } }),
  ),
  clientStep("allows a", (client) =>
    client.send({
      subscriptionPermission: { trackPermissions: [{ participantIdentity: "a", allTracks: true }] },
    }),
  ),
  clientStep("allows everyone", (client) =>
    client.send({ subscriptionPermission: { allParticipants: true } }),
  ),
  clientStep("sends data", (client) => {
    if (isLive(client)) client.sendData({ user: { payload: new Uint8Array(3) }, sequence: 1 });
  }),
  clientStep("simulates a speaker", (client) => client.send({ simulate: { speakerUpdate: 2 } })),
  clientStep("publishes data", (client) =>
    client.send({ publishDataTrackRequest: { pubHandle: 1, name: "d" } }),
  ),
  clientStep("changes its name", (client) => client.send({ updateMetadata: { name: "n" } })),
  clientStep("may do nothing any more", (client) => {
    const grant = { canPublish: false, canSubscribe: false, canPublishData: false };
    if (isLive(client)) client.participant.setGrant({ ...client.participant.grant, ...grant });
  }),
  clientStep("may do all again", (client) => {
    const grant = { canPublish: true, canSubscribe: true, canPublishData: true };
    if (isLive(client)) client.participant.setGrant({ ...client.participant.grant, ...grant });
  }),
  ...ROOM_NAMES.flatMap((name) => [
    clientStep(`is moved to ${name}`, ({ participant }, { rooms }) =>
      unlessRefused(async () => {
        const from = participant.room.name;
        if (from !== name) await rooms.rooms.move(from, participant.identity, name);
      }),
    ),
    clientStep(`is forwarded to ${name}`, ({ participant }, { rooms }) =>
      unlessRefused(() => {
        const from = participant.room.name;
        if (from !== name) rooms.rooms.forward(from, participant.identity, name);
      }),
    ),
  ]),
  fc
    .constantFrom(10, 200, 3_000, 5_000, 16_000, 61_000)
    .map((ms) => new RunStep(`${ms} ms pass`, ({ rooms }) => rooms.advance(ms))),
];

/** What ends sessions, so that it must be rare. */
const endings: fc.Arbitrary<RunStep>[] = [
  fc
    .tuple(room, identity)
    .map(
      ([name, who]) =>
        new RunStep(`${who} is no longer shown in ${name}`, ({ rooms }) =>
          rooms.rooms.find(name)?.findGuest(who)?.end(livekit.DisconnectReason.PARTICIPANT_REMOVED),
        ),
    ),
  clientStep("leaves", (client) => client.send({ leave: {} })),
  clientStep("answers nonsense", (client) => client.send({ answer: { type: "answer", sdp: "x" } })),
  clientStep("syncs", (client) =>
    client.send({ syncState: { publishTracks: [{ track: { sid: "TR_nobody" } }] } }),
  ),
  ...(["serverLeave", "nodeFailure", "disconnectSignalOnResume"] as const).map((scenario) =>
    clientStep(`simulates ${scenario}`, (client) =>
      client.send({ simulate: { [scenario]: true } }),
    ),
  ),
  room.map(
    (name) =>
      new RunStep(`${name} is deleted`, ({ rooms }) =>
        rooms.rooms.find(name)?.close(livekit.DisconnectReason.ROOM_DELETED),
      ),
  ),
];

test.each([0, 2])(
  "rooms keep their invariants under any order of events, %d other threads",
  async (others) => {
    const step = fc.oneof(
      { weight: 3, arbitrary: join },
      { weight: 5, arbitrary: everyoneAnswers },
      { weight: 1, arbitrary: fc.oneof(...endings) },
      { weight: 20, arbitrary: fc.oneof(...steps) },
    );
    const commands = fc.commands<Model, World, boolean>([step], { maxCommands: 80, size: "max" });
    await fc.assert(
      fc.asyncProperty(commands, async (chosen) => {
        const world = new World(others);
        await fc.asyncModelRun(() => ({ model: {}, real: world }), chosen);
        checkNewcomer(world);
        checkEnd(world);
      }),
      { numRuns: RUNS },
    );
  },
  600_000,
);
