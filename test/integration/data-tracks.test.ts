import { expect, test } from "bun:test";
import { DropReason } from "../../src/base/drop-reason.ts";
import { dataTrackPacket } from "../support/data-track-packet.ts";
import type { SimClient } from "../support/sim-client.ts";
import { SimEngine } from "../support/sim-engine.ts";

const CHANNEL = { label: "_data_track", ordered: false, maxRetransmits: 0 };
const TRACK = 1;
const HANDLE = 300;

/** Ascii, so that it reads as text too. */
function packet(handle: number, text: string): Uint8Array {
  return dataTrackPacket({ handle, payload: [...new TextEncoder().encode(text)] });
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

class Scene {
  readonly engine: SimEngine = new SimEngine();
  readonly publisher: SimClient;
  readonly channelId: number;

  constructor() {
    this.publisher = this.connect(1);
    this.channelId = this.publisher.channels.open(CHANNEL);
    this.engine.command({
      kind: "add-data-track",
      dataTrackId: TRACK,
      peerId: this.publisher.peerId,
      handle: HANDLE,
    });
  }

  connect(peerId: number): SimClient {
    const client = this.engine.connect(peerId);
    this.startChannels(peerId);
    return client;
  }

  startChannels(peerId: number): void {
    this.engine.command({
      kind: "start-data-channels",
      peerId,
      remoteMessageBytesMax: 0,
      channels: [{ label: "_data_track", isOrdered: false, maxRetransmits: 0 }],
    });
  }

  /** Opens the channels of everybody. */
  open(): void {
    for (const { channels } of this.engine.clients) channels.connect(this.engine.nowMs);
    this.engine.advance(200);
  }

  subscribe(subscriptionId: number, { peerId }: SimClient, handle: number): void {
    const ids = { subscriptionId, dataTrackId: TRACK };
    this.engine.command({ kind: "subscribe-data-track", ...ids, peerId, handle });
  }

  send(bytes: Uint8Array): void {
    this.publisher.channels.send(this.engine.nowMs, this.channelId, bytes, false);
    this.engine.advance(20);
  }
}

test("data track packets cross the engine under each subscriber's handle, and reach no one else", () => {
  const scene = new Scene();
  const [bob, carl, dora] = [scene.connect(2), scene.connect(3), scene.connect(4)];
  scene.open();
  scene.subscribe(1, bob, 7);
  scene.subscribe(2, carl, 65_535);
  scene.send(packet(HANDLE, "frame 1"));
  expect(bob.messages.map(({ text }) => text)).toEqual([textOf(packet(7, "frame 1"))]);
  expect(carl.messages.map(({ text }) => text)).toEqual([textOf(packet(65_535, "frame 1"))]);
  expect(dora.messages).toEqual([]);
  scene.engine.command({ kind: "unsubscribe-data-track", subscriptionId: 1 });
  scene.send(packet(HANDLE, "frame 2"));
  expect([bob.messages.length, carl.messages.length]).toEqual([1, 2]);
  scene.engine.command({ kind: "remove-data-track", dataTrackId: TRACK });
  scene.send(packet(HANDLE, "frame 3"));
  expect(carl.messages.length).toBe(2);
});

test("what comes before a subscriber's channel is open is dropped, what comes after is not", () => {
  const scene = new Scene();
  scene.open();
  const late = scene.engine.connect(2);
  scene.subscribe(1, late, 7);
  scene.send(packet(HANDLE, "too early"));
  scene.startChannels(2);
  scene.engine.advance(200);
  scene.send(packet(HANDLE, "in time"));
  expect(late.messages.map(({ text }) => text)).toEqual([textOf(packet(7, "in time"))]);
});

test("a subscriber that takes nothing costs the others nothing", () => {
  const scene = new Scene();
  const [bob, carl] = [scene.connect(2), scene.connect(3)];
  scene.open();
  scene.subscribe(1, bob, 7);
  scene.subscribe(2, carl, 8);
  bob.isAlive = false;
  const text = "x".repeat(20_000);
  for (let i = 0; i < 200; i++) scene.send(packet(HANDLE, text));
  expect(carl.messages.length).toBe(200);
  scene.engine.advance(2_500);
  const { counters } = scene.engine.events("statistics-report").at(-1)!;
  expect(counters.dropped[DropReason.SlowReader]).toBeGreaterThan(50);
  expect(counters.bugs).toBe(0);
});
