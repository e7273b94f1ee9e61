import { expect, test } from "bun:test";
import fc from "fast-check";
import { dataTrackPacket } from "../../test/support/data-track-packet.ts";
import { DROP_REASON_COUNT, DropReason } from "../base/drop-reason.ts";
import { dataTrackHandle } from "../wire/datatrack/data-track-packet.ts";
import { type DataTrackReceiver, DataTracks } from "./data-tracks.ts";

const NOW_MS = 5;

class Receiver implements DataTrackReceiver {
  readonly peerId: number;
  readonly packets: Uint8Array[] = [];
  takes = true;
  error: unknown;

  constructor(peerId: number) {
    this.peerId = peerId;
  }

  sendDataTrack(nowMs: number, bytes: Uint8Array): boolean {
    if (nowMs !== NOW_MS) throw new Error("Wrong time");
    if (this.error !== undefined) throw this.error;
    if (this.takes) this.packets.push(bytes);
    return this.takes;
  }

  /** What came, as it is now. */
  get handles(): number[] {
    return this.packets.map(dataTrackHandle);
  }
}

class Rig {
  readonly dropped: Uint32Array = new Uint32Array(DROP_REASON_COUNT);
  readonly broken: number[] = [];
  readonly tracks: DataTracks = new DataTracks({
    dropped: this.dropped,
    peerBroke: (peerId) => this.broken.push(peerId),
  });

  send(peerId: number, handle: number, payload: readonly number[] = [1, 2, 3]): number {
    return this.tracks.receive(NOW_MS, peerId, dataTrackPacket({ handle, payload }));
  }
}

test("two handles are two packets, also where the bytes came in a Buffer", () => {
  const rig = new Rig();
  const receivers = [new Receiver(21), new Receiver(22)];
  rig.tracks.addTrack(1, 10, 7);
  for (const [index, receiver] of receivers.entries()) {
    rig.tracks.subscribe(index, 1, receiver, 100 + index);
  }
  const bytes = Buffer.from(dataTrackPacket({ handle: 7, payload: [1] }));
  expect(rig.tracks.receive(NOW_MS, 10, bytes)).toBe(2);
  expect(receivers.map(({ handles }) => handles)).toEqual([[100], [101]]);
});

test("a packet goes to everyone who subscribes, with nothing changed but its handle", () => {
  const rig = new Rig();
  const receivers = [21, 22, 23].map((peerId) => new Receiver(peerId));
  rig.tracks.addTrack(1, 10, 7);
  for (const [index, receiver] of receivers.entries()) {
    rig.tracks.subscribe(index, 1, receiver, 100 + index);
  }
  const fields = {
    isStart: true,
    isFinal: true,
    sequence: 65_535,
    frame: 9,
    timestamp: 0xffff_fffe,
    extensions: [{ id: 2, data: [1, 2, 3] }],
    payload: [4, 5, 6],
  };
  expect(rig.tracks.receive(NOW_MS, 10, dataTrackPacket({ ...fields, handle: 7 }))).toBe(3);
  for (const [index, receiver] of receivers.entries()) {
    expect(receiver.packets).toEqual([dataTrackPacket({ ...fields, handle: 100 + index })]);
  }
});

test("subscribers that know the track by the same handle share one buffer", () => {
  const rig = new Rig();
  const [a, b, c] = [new Receiver(1), new Receiver(2), new Receiver(3)];
  rig.tracks.addTrack(1, 10, 7);
  for (const receiver of [a, b]) rig.tracks.subscribe(receiver.peerId, 1, receiver, 50);
  rig.tracks.subscribe(3, 1, c, 51);
  rig.send(10, 7);
  expect(a.packets[0]).toBe(b.packets[0]!);
  expect(a.handles).toEqual([50]);
  expect(c.handles).toEqual([51]);
});

test("who drops a packet costs no copy, and what others took is not written to again", () => {
  const rig = new Rig();
  const [a, b, c] = [new Receiver(1), new Receiver(2), new Receiver(3)];
  rig.tracks.addTrack(1, 10, 7);
  for (const [index, receiver] of [a, b, c].entries()) {
    rig.tracks.subscribe(index, 1, receiver, 50 + index);
  }
  a.takes = false;
  const packet = dataTrackPacket({ handle: 7 });
  expect(rig.tracks.receive(NOW_MS, 10, packet)).toBe(3);
  expect(b.packets[0]).toBe(packet);
  expect([a.handles, b.handles, c.handles]).toEqual([[], [51], [52]]);
});

test.each([
  { title: "another handle", packet: dataTrackPacket({ handle: 8 }), reason: DropReason.Unknown },
  { title: "handle 0", packet: dataTrackPacket({ handle: 0 }), reason: DropReason.Unknown },
  {
    title: "another version",
    packet: dataTrackPacket({ handle: 7, version: 1 }),
    reason: DropReason.Unsupported,
  },
  { title: "no header", packet: new Uint8Array(3), reason: DropReason.Truncated },
  {
    title: "a repeated extension",
    packet: dataTrackPacket({
      handle: 7,
      extensions: [
        { id: 1, data: [] },
        { id: 1, data: [] },
      ],
    }),
    reason: DropReason.Malformed,
  },
])("a packet with $title is dropped and counted", ({ packet, reason }) => {
  const rig = new Rig();
  const receiver = new Receiver(1);
  rig.tracks.addTrack(1, 10, 7);
  rig.tracks.subscribe(1, 1, receiver, 50);
  expect(rig.tracks.receive(NOW_MS, 10, packet)).toBe(0);
  expect(receiver.packets).toEqual([]);
  expect(rig.dropped[reason]).toBe(1);
  expect(rig.send(11, 7)).toBe(0);
});

test("a bug at one subscriber is that one's alone", () => {
  const rig = new Rig();
  const [a, b] = [new Receiver(1), new Receiver(2)];
  rig.tracks.addTrack(1, 10, 7);
  rig.tracks.subscribe(1, 1, a, 50);
  rig.tracks.subscribe(2, 1, b, 51);
  a.error = new Error("a bug");
  rig.send(10, 7);
  expect(rig.broken).toEqual([1]);
  expect(b.handles).toEqual([51]);
});

test("a handle that is published again is the new track's", () => {
  const rig = new Rig();
  const [a, b] = [new Receiver(1), new Receiver(2)];
  rig.tracks.addTrack(1, 10, 7);
  rig.tracks.subscribe(1, 1, a, 50);
  rig.tracks.addTrack(2, 10, 7);
  rig.tracks.subscribe(2, 2, b, 51);
  rig.send(10, 7);
  expect(a.packets).toEqual([]);
  expect(b.handles).toEqual([51]);
  rig.tracks.removeTrack(1);
  expect(rig.send(10, 7)).toBe(1);
});

const PEERS = [1, 2, 3, 4];
const SMALL = fc.integer({ min: 1, max: 4 });
const STEPS = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("add" as const), id: SMALL, peer: SMALL, handle: SMALL }),
    fc.record({ kind: fc.constant("remove" as const), id: SMALL }),
    fc.record({ kind: fc.constant("subscribe" as const), id: SMALL, track: SMALL, peer: SMALL }),
    fc.record({ kind: fc.constant("unsubscribe" as const), id: SMALL }),
    fc.record({ kind: fc.constant("close" as const), peer: SMALL }),
  ),
  { maxLength: 60 },
);

test("after any commands each packet reaches exactly those that a plain list says", () => {
  fc.assert(
    fc.property(STEPS, (steps) => {
      const rig = new Rig();
      const receivers = PEERS.map((peerId) => new Receiver(peerId));
      let tracks: { id: number; peer: number; handle: number }[] = [];
      let subscriptions: { id: number; track: number; peer: number }[] = [];
      const drop = (isGone: (track: { id: number; peer: number; handle: number }) => boolean) => {
        const gone = new Set(tracks.filter(isGone).map(({ id }) => id));
        tracks = tracks.filter(({ id }) => !gone.has(id));
        subscriptions = subscriptions.filter(({ track }) => !gone.has(track));
      };
      for (const step of steps) {
        if (step.kind === "add") {
          rig.tracks.addTrack(step.id, step.peer, step.handle);
          if (tracks.some(({ id }) => id === step.id)) continue;
          drop(({ peer, handle }) => peer === step.peer && handle === step.handle);
          tracks.push({ id: step.id, peer: step.peer, handle: step.handle });
        } else if (step.kind === "remove") {
          rig.tracks.removeTrack(step.id);
          drop(({ id }) => id === step.id);
        } else if (step.kind === "subscribe") {
          const receiver = receivers[step.peer - 1]!;
          rig.tracks.subscribe(step.id, step.track, receiver, 100 + step.id);
          const isKnown = subscriptions.some(({ id }) => id === step.id);
          if (isKnown || !tracks.some(({ id }) => id === step.track)) continue;
          subscriptions.push({ id: step.id, track: step.track, peer: step.peer });
        } else if (step.kind === "unsubscribe") {
          rig.tracks.unsubscribe(step.id);
          subscriptions = subscriptions.filter(({ id }) => id !== step.id);
        } else {
          rig.tracks.closePeer(step.peer);
          drop(({ peer }) => peer === step.peer);
          subscriptions = subscriptions.filter(({ peer }) => peer !== step.peer);
        }
      }
      for (const peer of PEERS) {
        for (const handle of [1, 2, 3, 4]) {
          const track = tracks.find((one) => one.peer === peer && one.handle === handle);
          const expected = subscriptions.filter((one) => one.track === track?.id);
          for (const receiver of receivers) receiver.packets.length = 0;
          expect(rig.send(peer, handle)).toBe(expected.length);
          for (const receiver of receivers) {
            const mine = expected.filter((one) => one.peer === receiver.peerId);
            expect(receiver.handles.toSorted()).toEqual(mine.map(({ id }) => 100 + id).toSorted());
          }
        }
      }
      expect(rig.tracks.debugInfo()).toEqual({
        tracks: tracks.length,
        subscriptions: subscriptions.length,
      });
    }),
  );
});
