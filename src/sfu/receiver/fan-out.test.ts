import { expect, test } from "bun:test";
import fc from "fast-check";
import { Described } from "../dependency/frame-dependency.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import type { DownTrackPort } from "./down-track-port.ts";
import { FanOut, HOLD_MS, TrackFanOut } from "./fan-out.ts";

const BYTES: Uint8Array = new Uint8Array(100);

type Written = { to: string; sns: number[]; nowMs: number };

class Recorder implements DownTrackPort {
  readonly resets: number[] = [];
  readonly #name: string;
  readonly #log: Written[];
  constructor(name: string, log: Written[]) {
    this.#name = name;
    this.#log = log;
  }
  write(packets: readonly MediaPacket[], count: number, nowMs: number): void {
    const sns = packets.slice(0, count).map(({ extSn }) => extSn);
    this.#log.push({ to: this.#name, sns, nowMs });
  }
  handleStreamReset(spatialLayer: number): void {
    this.resets.push(spatialLayer);
  }
  fractionLost(): number {
    return 0;
  }
}

type Fields = { marker?: boolean; isOutOfOrder?: boolean; hasStructure?: boolean; layer?: number };

/** A track with subscribers a and b, as a receiver drives it. */
function createTrack(fanOut: FanOut, log: Written[], isVideo = true, names = ["a", "b"]) {
  const track = new TrackFanOut(fanOut, isVideo);
  const subscribers = names.map((name) => new Recorder(name, log));
  for (const subscriber of subscribers) track.add(subscriber);
  let scratch = fanOut.claim();
  const push = (nowMs: number, extSn: number, fields: Fields = {}): MediaPacket => {
    const packet = scratch;
    packet.bytes = BYTES;
    packet.extSn = extSn;
    packet.marker = fields.marker ?? false;
    packet.isOutOfOrder = fields.isOutOfOrder ?? false;
    packet.dependency.described = fields.hasStructure ? Described.Yes : Described.No;
    packet.dependency.descriptor.hasStructure = fields.hasStructure ?? false;
    scratch = track.take(nowMs, packet, fields.layer ?? 0);
    return packet;
  };
  return { track, subscribers, push };
}

test("a frame goes to one subscriber after the other, once its end is there", () => {
  const fanOut = new FanOut();
  const log: Written[] = [];
  const { push } = createTrack(fanOut, log);
  push(0, 1);
  push(0, 2);
  expect(fanOut.settle(1)).toBe(HOLD_MS);
  expect(log).toEqual([]);
  push(2, 3, { marker: true });
  expect(fanOut.settle(2)).toBe(Number.POSITIVE_INFINITY);
  expect(log).toEqual([
    { to: "a", sns: [1, 2, 3], nowMs: 2 },
    { to: "b", sns: [1, 2, 3], nowMs: 2 },
  ]);
});

test("a frame whose end does not come leaves when its time is over", () => {
  const fanOut = new FanOut();
  const log: Written[] = [];
  createTrack(fanOut, log, true, ["a"]).push(10, 1);
  expect(fanOut.settle(10 + HOLD_MS - 1)).toBe(10 + HOLD_MS);
  expect(fanOut.settle(10 + HOLD_MS)).toBe(Number.POSITIVE_INFINITY);
  expect(log).toEqual([{ to: "a", sns: [1], nowMs: 10 + HOLD_MS }]);
});

test("sound leaves first, and a layer's frame does not wait for that of another layer", () => {
  const fanOut = new FanOut();
  const log: Written[] = [];
  const camera = createTrack(fanOut, log, true, ["v"]);
  const microphone = createTrack(fanOut, log, false, ["s"]);
  camera.push(0, 1, { layer: 2 });
  camera.push(0, 11, { layer: 0, marker: true });
  microphone.push(0, 21);
  expect(fanOut.settle(0)).toBe(HOLD_MS);
  expect(log.map(({ to, sns }) => [to, ...sns])).toEqual([
    ["s", 21],
    ["v", 11],
  ]);
});

test("a packet that comes late does not wait", () => {
  const fanOut = new FanOut();
  const log: Written[] = [];
  createTrack(fanOut, log).push(0, 1, { isOutOfOrder: true });
  expect(fanOut.settle(0)).toBe(Number.POSITIVE_INFINITY);
  expect(log).toHaveLength(2);
});

test("what nobody subscribes to does not wait, and a frame without end is bounded", () => {
  const fanOut = new FanOut();
  const log: Written[] = [];
  const lonely = createTrack(fanOut, log, true, []);
  lonely.push(0, 1);
  expect(fanOut.settle(0)).toBe(Number.POSITIVE_INFINITY);
  const { push } = createTrack(fanOut, log, true, ["a"]);
  for (let sn = 1; sn <= 1_000; sn++) push(0, sn);
  const sent = log.flatMap(({ sns }) => sns);
  expect(1_000 - sent.length).toBeLessThan(32);
  expect(sent).toEqual(Array.from(sent, (_, i) => i + 1));
});

test("what refers to a structure leaves before the next one is read", () => {
  const fanOut = new FanOut();
  const log: Written[] = [];
  const { push } = createTrack(fanOut, log, true, ["a"]);
  push(0, 1, { hasStructure: true });
  push(0, 2);
  push(0, 3, { hasStructure: true });
  expect(log.map(({ sns }) => sns)).toEqual([[1, 2]]);
});

test("what waits leaves before the stream begins anew", () => {
  const fanOut = new FanOut();
  const log: Written[] = [];
  const { track, push, subscribers } = createTrack(fanOut, log, true, ["a"]);
  push(0, 1);
  track.resetStream(1, 2);
  expect(log.map(({ sns }) => sns)).toEqual([[1]]);
  expect(subscribers[0]!.resets).toEqual([2]);
  expect(fanOut.settle(1)).toBe(Number.POSITIVE_INFINITY);
});

test("a packet that has left holds no memory of its stream", () => {
  const fanOut = new FanOut();
  const packet = createTrack(fanOut, []).push(0, 1, { marker: true });
  fanOut.settle(0);
  expect(packet.bytes).not.toBe(BYTES);
});

test("every packet reaches each subscriber once, in order, within its time, whatever comes", () => {
  const action = fc.record({
    track: fc.integer({ min: 0, max: 2 }),
    layer: fc.integer({ min: 0, max: 2 }),
    marker: fc.boolean(),
    hasStructure: fc.boolean(),
    advanceMs: fc.integer({ min: 0, max: 3 }),
    settles: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 150 }), (actions) => {
      const fanOut = new FanOut();
      const log: Written[] = [];
      const tracks = [0, 1, 2].map((i) => createTrack(fanOut, log, i > 0, [`${i}a`, `${i}b`]));
      const came = new Map<number, number>();
      let nowMs = 0;
      let dueMs = Number.POSITIVE_INFINITY;
      let sn = 0;
      for (const { track, layer, marker, hasStructure, advanceMs, settles } of actions) {
        sn += 1;
        came.set(sn, nowMs);
        tracks[track]!.push(nowMs, sn, { layer, marker, hasStructure });
        nowMs += advanceMs;
        if (settles || nowMs >= dueMs) dueMs = fanOut.settle(nowMs);
      }
      fanOut.send(nowMs);
      for (const [index] of tracks.entries()) {
        const toA = log.filter(({ to }) => to === `${index}a`);
        const toB = log.filter(({ to }) => to === `${index}b`);
        expect(toA.map(({ sns }) => sns)).toEqual(toB.map(({ sns }) => sns));
      }
      const sent = log.filter(({ to }) => to.endsWith("a")).flatMap(({ sns }) => sns);
      expect(sent.toSorted((a, b) => a - b)).toEqual([...came.keys()]);
      expect(fanOut.settle(nowMs)).toBe(Number.POSITIVE_INFINITY);
    }),
  );
});
