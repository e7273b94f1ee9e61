import { expect, test } from "bun:test";
import fc from "fast-check";
import { dataTrackPacket } from "../../../test/support/data-track-packet.ts";
import { EXTENSIONS, SimEngine } from "../../../test/support/sim-engine.ts";
import { SimPublisher } from "../../../test/support/sim-publisher.ts";
import { createRingMemory } from "../../base/shared-ring.ts";
import type { MediaCommand } from "../../bridge/commands.ts";
import type { RingPair } from "../../bridge/relay-commands.ts";
import { livekit } from "../../gen/livekit.js";
import { Codec } from "../../wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../wire/rtp/extension-ids.ts";

/** Small enough that they fill up. */
const RING_BYTES = 8 * 1024;
const ROOM = 1;
const IDS = 4;

type Step = { readonly thread: number; readonly command: MediaCommand } | "time" | "stall";

const id = fc.integer({ min: 1, max: IDS });
const thread = fc.integer({ min: 0, max: 2 });

function receiverSpec(receiverId: number) {
  const isVideo = receiverId % 2 === 1;
  return {
    receiverId,
    peerId: 1,
    mid: isVideo ? "v" : "a",
    media: isVideo ? ("video" as const) : ("audio" as const),
    codecs: [
      {
        codec: isVideo ? Codec.Vp8 : Codec.Opus,
        payloadType: isVideo ? 96 : 111,
        rtxPayloadType: 0,
        fmtp: "",
        hasNack: true,
        hasPli: true,
      },
    ],
    encodings: ["q", "h", "f"].map((rid, spatialLayer) => ({
      spatialLayer,
      rid: isVideo ? rid : "",
      ssrc: 0,
      rtxSsrc: 0,
    })),
    isScreenShare: false,
    observeAudioLevel: true,
    isMuted: false,
  };
}

function downTrack(downTrackId: number, receiverId: number, peerId: number): MediaCommand {
  const isVideo = receiverId % 2 === 1;
  const codec = isVideo ? Codec.Vp8 : Codec.Opus;
  return {
    kind: "add-down-track",
    downTrack: {
      downTrackId,
      peerId,
      receiverId,
      ssrc: downTrackId * 10,
      rtxSsrc: 0,
      codecs: [{ codec, payloadType: 96, rtxPayloadType: 0, fmtp: "" }],
      cname: "",
      isScreenShare: false,
      settings: {
        isDisabled: false,
        maxSpatialLayer: 2,
        maxTemporalLayer: 3,
        maxFrameRate: 0,
        priority: 1,
      },
    },
  };
}

const command: fc.Arbitrary<MediaCommand> = fc.oneof(
  fc.record({
    kind: fc.constant("relay-receiver" as const),
    receiverId: id,
    thread,
  }),
  fc.record({ kind: fc.constant("end-relay" as const), receiverId: id, thread }),
  fc.record({
    kind: fc.constant("add-replica" as const),
    thread,
    receiver: id.map(receiverSpec),
    extensions: fc.constantFrom(EXTENSIONS, NO_EXTENSIONS),
  }),
  fc.record({
    kind: fc.constant("set-replica-extensions" as const),
    receiverId: id,
    extensions: fc.constant(EXTENSIONS),
  }),
  fc.record({
    kind: fc.constant("add-receiver" as const),
    receiver: id.map(receiverSpec),
  }),
  fc.record({ kind: fc.constant("remove-receiver" as const), receiverId: id }),
  fc.record({ kind: fc.constant("mute-receiver" as const), receiverId: id, isMuted: fc.boolean() }),
  fc.record({
    kind: fc.constant("expect-layers" as const),
    receiverId: id,
    spatialLayer: fc.integer({ min: -1, max: 2 }),
  }),
  fc.tuple(id, id, id).map(([track, receiver, peer]) => downTrack(track, receiver, peer)),
  fc.record({ kind: fc.constant("remove-down-track" as const), downTrackId: id }),
  fc.record({
    kind: fc.constant("relay-data-track" as const),
    dataTrackId: id,
    thread,
    receivers: fc.integer({ min: 0, max: 2 }),
  }),
  fc.record({ kind: fc.constant("add-data-track-replica" as const), dataTrackId: id }),
  fc.record({ kind: fc.constant("remove-data-track" as const), dataTrackId: id }),
  fc.record({
    kind: fc.constant("subscribe-data-track" as const),
    subscriptionId: id,
    dataTrackId: id,
    peerId: id,
    handle: id,
  }),
  fc.record({
    kind: fc.constant("set-room-threads" as const),
    roomId: fc.integer({ min: 1, max: 2 }),
    others: fc.array(fc.record({ thread, members: id }), { maxLength: 3 }),
  }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ thread: fc.integer({ min: 0, max: 1 }), command }) },
  { weight: 3, arbitrary: fc.constant("time" as const) },
  { weight: 1, arbitrary: fc.constant("stall" as const) },
);

function ringPair(): RingPair {
  return { media: createRingMemory(RING_BYTES), data: createRingMemory(4 * RING_BYTES) };
}

/** Two threads with two clients each; the first client of the first publishes. */
class World {
  readonly engines: readonly SimEngine[];
  readonly publisher: SimPublisher;
  isStalled = false;
  #sequence = 0;
  #handle = 0;

  constructor() {
    const rung = (): void => {};
    this.engines = [0, 1].map(
      (index) => new SimEngine(undefined, { index }, () => ({ ring: rung })),
    );
    const [near, far] = this.engines as [SimEngine, SimEngine];
    const [out, back] = [ringPair(), ringPair()];
    const connect = { kind: "connect-thread", doorbell: -1 } as const;
    near.command({ ...connect, thread: 1, outgoing: out, incoming: back });
    far.command({ ...connect, thread: 0, outgoing: back, incoming: out });
    for (const [index, engine] of this.engines.entries()) {
      for (const peerId of [1 + 2 * index, 2 + 2 * index]) {
        engine.joinData(engine.connect(peerId), ROOM);
      }
    }
    this.publisher = new SimPublisher(near.clients[0]!);
    near.command({ kind: "add-data-track", dataTrackId: 1, peerId: 1, handle: 1 });
  }

  do(one: Step): void {
    if (one === "stall") this.isStalled = !this.isStalled;
    else if (one === "time") this.advance(40);
    else this.engines[one.thread]!.command(one.command);
  }

  advance(ms: number): void {
    const [near, far] = this.engines as [SimEngine, SimEngine];
    for (let past = 0; past < ms; past += 5) {
      near.advance(5, this.publisher.step);
      const client = near.clients[0]!;
      this.#sequence += 1;
      const chatMessage = { id: String(this.#sequence), message: "x".repeat(2_000) };
      const message = livekit.DataPacket.encode({ chatMessage, sequence: this.#sequence }).finish();
      client.sendData(near.nowMs, "_reliable", message);
      this.#handle = 1 + (this.#handle % 2);
      const packet = dataTrackPacket({ handle: this.#handle, payload: [1, 2, 3] });
      client.sendData(near.nowMs, "_data_track", packet);
      if (this.isStalled) far.nowMs += 5;
      else far.advance(5);
      // there is no bell here: each looks by itself
      near.turn();
    }
  }
}

test("threads that reach each other take any commands in any order, and hold nothing at the end", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
      const world = new World();
      for (const one of steps) world.do(one);
      world.isStalled = false;
      world.advance(200);
      for (const engine of world.engines) {
        for (let id = 1; id <= IDS; id++) {
          engine.command({ kind: "close-peer", peerId: id });
          engine.command({ kind: "remove-data-member", memberId: id });
          engine.command({ kind: "remove-receiver", receiverId: id });
          engine.command({ kind: "remove-data-track", dataTrackId: id });
        }
        engine.advance(2_500);
        const { counters } = engine.events("statistics-report").at(-1)!;
        expect(counters).toMatchObject({ bugs: 0, peers: 0, receivers: 0, downTracks: 0 });
        const info = engine.node.debugInfo() as { relays: { replicas: number; relays: number } };
        expect(info).toMatchObject({
          peers: [],
          data: { members: 0, rooms: [] },
          dataTracks: { tracks: 0, subscriptions: 0 },
          relays: { replicas: 0, relays: 0 },
        });
      }
    }),
    { numRuns: 50 },
  );
}, 60_000);
