import { heapStats } from "bun:jsc";
import { expect, test } from "bun:test";
import { PUBLISHED_IDS } from "./extensions.ts";
import {
  attack,
  createHostileRoom,
  elementsOfChance,
  type HostileRoom,
  rtcp,
  rtp,
} from "./hostile.ts";
import { metricsOf } from "./metrics.ts";
import { ascii } from "./video-publisher.ts";

const LIMIT_MS = 120_000;
const FRAMES_PER_SECOND = 30;
/** What the engine may keep of an attack, objects of any kind; tables and rings are made before. */
const OBJECTS_MAX = 3_000;

function objects(): number {
  Bun.gc(true);
  return heapStats().objectCount;
}

/**
 * Objects that an attack leaves behind, beyond what the lab's own records take in as much time
 * without one.
 */
function leftBy(room: HostileRoom, durationMs: number, run: () => void): number {
  const start = objects();
  room.lab.run(durationMs);
  const calm = objects();
  run();
  return objects() - calm - (calm - start);
}

/** The honest pair saw nothing of it. */
function expectUndisturbed({ lab, viewer, watched }: HostileRoom, fromMs: number): void {
  const metrics = metricsOf(viewer, watched, fromMs);
  const seconds = (lab.nowMs - fromMs) / 1_000;
  expect(metrics).toMatchObject({ freezes: 0, lastLayer: 2, violations: [] });
  expect(metrics.pictures).toBeGreaterThanOrEqual(Math.floor(seconds * FRAMES_PER_SECOND) - 3);
  expect(watched.sent.holes).toBe(0);
  expect(lab.engine.errors).toEqual([]);
}

test(
  "a flood of SSRCs leaves nothing behind, and no one else notices",
  () => {
    const room = createHostileRoom(1);
    const { attacker, random, lab } = room;
    const create = (): Uint8Array => {
      const rid = "qhfx"[random.uint32() % 4]!;
      const elements = [
        { id: PUBLISHED_IDS.mid, bytes: ascii(`v${random.uint32() % 12}`) },
        { id: PUBLISHED_IDS.rid, bytes: ascii(rid) },
      ];
      return rtp(random, { ssrc: random.uint32(), sn: random.uint32(), elements });
    };
    attack(room, attacker.peer, 2_000, 500, create);
    const fromMs = lab.nowMs;
    const left = leftBy(room, 3_000, () => attack(room, attacker.peer, 5_000, 3_000, create));
    expect(left).toBeLessThan(OBJECTS_MAX);
    expectUndisturbed(room, fromMs);
  },
  LIMIT_MS,
);

test(
  "64-byte packets, 50,000 a second on the attacker's own stream, harm that stream only",
  () => {
    const room = createHostileRoom(2);
    const { attacker, attackedTrack, random, lab } = room;
    const { ssrc } = attackedTrack.publisher.streams[2]!;
    attackedTrack.publisher.stop();
    let sn = random.uint32();
    const create = (): Uint8Array => rtp(random, { ssrc, sn: sn++, ts: sn });
    attack(room, attacker.peer, 50_000, 100, create);
    const fromMs = lab.nowMs;
    const left = leftBy(room, 1_500, () => {
      attack(room, attacker.peer, 50_000, 500, create);
      lab.run(1_000);
    });
    // 25,000 packets: the receiver of the viewer, who has this stream too, keeps some
    expect(left).toBeLessThan(OBJECTS_MAX * 4);
    const { freezes, violations } = metricsOf(room.watcher, room.ownView, fromMs);
    expect({ freezes, violations }).toEqual({ freezes: 0, violations: [] });
    expect(lab.engine.errors).toEqual([]);
  },
  LIMIT_MS,
);

test.each([
  { title: "at random", next: (sn: number, step: number): number => sn + step },
  { title: "back and forth", next: (sn: number): number => sn ^ 0x8000 },
  { title: "by just less than half a circle", next: (sn: number): number => sn + 0x7fff },
])(
  "numbers that jump $title bring little feedback and no trouble to others",
  ({ next }) => {
    const room = createHostileRoom(3);
    const { attacker, attackedTrack, random, lab } = room;
    const streams = attackedTrack.publisher.streams.map(({ ssrc }) => ssrc);
    attackedTrack.publisher.stop();
    let sn = random.uint32() & 0xffff;
    const create = (index: number): Uint8Array => {
      sn = next(sn, random.uint32()) & 0xffff;
      return rtp(random, { ssrc: streams[index % 3]!, sn, bytes: 200 });
    };
    attack(room, attacker.peer, 1_000, 500, create);
    const fromMs = lab.nowMs;
    let feedback = 0;
    const left = leftBy(room, 5_000, () => {
      feedback = -attacker.feedbackPackets;
      attack(room, attacker.peer, 1_000, 5_000, create);
      feedback += attacker.feedbackPackets;
    });
    expect(left).toBeLessThan(OBJECTS_MAX);
    // NACKs in a beat of 20 ms and key frame requests, of three streams
    expect(feedback).toBeLessThan(5 * 3 * 60);
    expectUndisturbed(room, fromMs);
  },
  LIMIT_MS,
);

test(
  "extension blocks of chance are read or refused, and nothing else comes of them",
  () => {
    const room = createHostileRoom(4);
    const { attacker, attackedTrack, random, lab } = room;
    const streams = attackedTrack.publisher.streams.map(({ ssrc }) => ssrc);
    const before = lab.nowMs;
    let sn = 0;
    attack(room, attacker.peer, 3_000, 4_000, (index) => {
      const ssrc = index % 2 === 0 ? streams[index % 3]! : random.uint32();
      const elements = elementsOfChance(random);
      const packet = rtp(random, { ssrc, sn: sn++, bytes: 100, elements });
      // now and then a block that says it is longer or of another kind
      if (packet[0]! & 0x10 && random.chance(0.2))
        packet[12 + (random.uint32() % 6)] = random.uint32();
      return packet;
    });
    expectUndisturbed(room, before);
  },
  LIMIT_MS,
);

test(
  "RTCP about streams of others changes nothing for them",
  () => {
    const room = createHostileRoom(5);
    const { lab, random, camera, attacker, watcher, watched, viewer } = room;
    // every stream of the room that is not the attacker's
    const others = [
      ...camera.publisher.streams.flatMap(({ ssrc, rtxSsrc }) => [ssrc, rtxSsrc]),
      ...viewer.watched.flatMap(({ ssrc, rtxSsrc }) => [ssrc, rtxSsrc]),
      0,
    ];
    const create = (): Uint8Array => rtcp(random, others[random.uint32() % others.length]!);
    const fromMs = lab.nowMs;
    const keyFrames = camera.publisher.keyFrames;
    const retransmits = watched.sent.retransmits;
    const left = leftBy(room, 6_000, () => {
      attack(room, attacker.peer, 1_000, 3_000, create);
      attack(room, watcher.peer, 1_000, 3_000, create);
    });
    expect(left).toBeLessThan(OBJECTS_MAX);
    expect(camera.publisher.keyFrames).toBe(keyFrames);
    expect(watched.sent.retransmits).toBe(retransmits);
    expectUndisturbed(room, fromMs);
  },
  LIMIT_MS,
);

test(
  "a viewer that lies about its own stream costs the others no more than throttled key frames",
  () => {
    const room = createHostileRoom(6);
    const { lab, random, camera, watcher, ownView } = room;
    const fromMs = lab.nowMs;
    const keyFrames = camera.publisher.keyFrames;
    const requests = camera.publisher.keyFrameRequests;
    const left = leftBy(room, 5_000, () => {
      attack(room, watcher.peer, 1_000, 5_000, () =>
        rtcp(random, random.chance(0.9) ? ownView.ssrc : ownView.rtxSsrc),
      );
    });
    expect(left).toBeLessThan(OBJECTS_MAX);
    // half a second between requests of the lowest layer, one second of others; three layers each
    expect(camera.publisher.keyFrameRequests - requests).toBeLessThanOrEqual(11 + 6 + 6);
    expect(camera.publisher.keyFrames - keyFrames).toBeLessThanOrEqual(3 * 23);
    expect(lab.engine.errors).toEqual([]);
    expectUndisturbed(room, fromMs);
  },
  LIMIT_MS,
);
