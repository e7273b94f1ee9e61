import { expect, test } from "bun:test";
import { PayloadFormat, RtcpType } from "../../src/wire/rtcp/rtcp-types.ts";
import { writeNack, writePli } from "../../src/wire/rtcp/rtcp-writer.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import type { ReceivedRtp, SimClient } from "../support/sim-client.ts";
import { SimEngine, VIDEO_RTX_TYPE } from "../support/sim-engine.ts";
import { SimPublisher } from "../support/sim-publisher.ts";

const CAMERA = 1;
const OTHER_CAMERA = 2;
/** Its down track's SSRCs are ten times its number, and one more for retransmissions. */
const LATE_TRACK = 30;
const LATE_SSRC = LATE_TRACK * 10;
const FRAME_TICKS = 2_700;

type Scene = { engine: SimEngine; publisher: SimPublisher; plis: number };

/** A camera that somebody watches; it answers key frame requests. */
function createScene(): Scene {
  const engine = new SimEngine();
  const publisher = new SimPublisher(engine.connect(1));
  publisher.hasAudio = false;
  engine.publish(1, CAMERA, "video");
  engine.connect(2);
  engine.subscribe(2, CAMERA, 20, Codec.Vp8);
  const scene = { engine, publisher, plis: 0 };
  run(scene, 1_000);
  return scene;
}

function run(scene: Scene, ms: number): void {
  const { engine, publisher } = scene;
  engine.advance(ms, () => {
    publisher.step();
    scene.plis += publisher.answerPlis();
  });
}

/** The publisher makes a key frame, and so long ago. */
function makeKeyFrame(scene: Scene, sinceMs: number): void {
  scene.publisher.requestKey();
  run(scene, 30 + sinceMs);
  scene.plis = 0;
}

function joinLate(scene: Scene): SimClient {
  const client = scene.engine.connect(3);
  scene.engine.subscribe(3, CAMERA, LATE_TRACK, Codec.Vp8);
  return client;
}

/** RFC 7741 §4.3: the P bit behind the descriptor of four bytes and the picture id. */
const isKeyFrame = ({ payload }: ReceivedRtp): boolean =>
  payload.length > 6 && (payload[6]! & 1) === 0 && (payload[0]! & 0x10) !== 0;

function expectOneStream(packets: readonly ReceivedRtp[]): void {
  for (let i = 1; i < packets.length; i++) {
    const [before, packet] = [packets[i - 1]!, packets[i]!];
    expect(packet.sn).toBe((before.sn + 1) & 0xffff);
    const step = (packet.ts - before.ts) | 0;
    // a frame has two packets, and frames have different times
    if (before.marker) expect(step).toBeGreaterThan(0);
    else expect(step).toBe(0);
  }
}

test("who comes late is served from the last key frame, without another one", () => {
  const scene = createScene();
  makeKeyFrame(scene, 600);
  const late = joinLate(scene);
  run(scene, 120);
  const packets = late.takeRtp(LATE_SSRC);
  expect(scene.plis).toBe(0);
  // 600 ms of 33 frames a second, and what came since
  expect(packets.length).toBeGreaterThan(40);
  expect(isKeyFrame(packets[0]!)).toBe(true);
  expectOneStream(packets);
  const firstMs = packets[0]!.atMs;
  const past = packets.filter(({ atMs }) => atMs < firstMs + 20);
  const spanTicks = (past.at(-1)!.ts - past[0]!.ts) | 0;
  expect(past.length).toBeGreaterThan(36);
  expect(spanTicks).toBeLessThan(2 * FRAME_TICKS);
  run(scene, 1_000);
  const live = late.takeRtp(LATE_SSRC);
  expectOneStream([...packets, ...live]);
  expect((live.at(-1)!.ts - live[0]!.ts) | 0).toBeGreaterThan(30 * FRAME_TICKS);
  expect(scene.plis).toBe(0);
});

test("what was served so can be asked for again", () => {
  const scene = createScene();
  makeKeyFrame(scene, 500);
  const late = joinLate(scene);
  run(scene, 150);
  const [, , lost] = late.takeRtp(LATE_SSRC);
  run(scene, 200);
  late.takeRtp(LATE_SSRC + 1);
  late.sendRtcp((out) => writeNack(out, 0, 1, LATE_SSRC, Uint16Array.of(lost!.sn), 1));
  run(scene, 10);
  const [again] = late.takeRtp(LATE_SSRC + 1);
  expect(again).toMatchObject({ payloadType: VIDEO_RTX_TYPE, ts: lost!.ts, marker: lost!.marker });
  expect([...again!.payload]).toEqual([lost!.sn >> 8, lost!.sn & 255, ...lost!.payload]);
  expect(scene.engine.nonceReuses).toBe(0);
});

test("a key frame that is too old is not repeated: the publisher is asked at once", () => {
  const scene = createScene();
  makeKeyFrame(scene, 3_000);
  const late = joinLate(scene);
  run(scene, 100);
  expect(scene.plis).toBe(1);
  const packets = late.takeRtp(LATE_SSRC);
  expect(isKeyFrame(packets[0]!)).toBe(true);
  expectOneStream(packets);
});

test("after a loss that is not repaired nothing is repeated", () => {
  const scene = createScene();
  makeKeyFrame(scene, 300);
  scene.publisher.client.isAlive = false;
  run(scene, 60);
  scene.publisher.client.isAlive = true;
  run(scene, 60);
  const late = joinLate(scene);
  run(scene, 150);
  expect(scene.plis).toBe(1);
  const packets = late.takeRtp(LATE_SSRC);
  expect(isKeyFrame(packets[0]!)).toBe(true);
  expect(packets.length).toBeLessThan(20);
});

test("twenty who come at once cost the publisher one request for each layer at most", () => {
  const scene = createScene();
  makeKeyFrame(scene, 3_000);
  const clients = Array.from({ length: 20 }, (_, i) => scene.engine.connect(100 + i));
  for (let i = 0; i < 20; i++) scene.engine.subscribe(100 + i, CAMERA, 200 + i, Codec.Vp8);
  run(scene, 400);
  expect(scene.plis).toBeLessThanOrEqual(1);
  for (const [i, client] of clients.entries()) {
    const packets = client.takeRtp((200 + i) * 10);
    expect(isKeyFrame(packets[0]!)).toBe(true);
    expectOneStream(packets);
  }
});

test("a subscriber that could not use it is served again, at about the same time, twice", () => {
  const scene = createScene();
  makeKeyFrame(scene, 300);
  const late = joinLate(scene);
  run(scene, 100);
  const first = late.takeRtp(LATE_SSRC);
  late.sendRtcp((out) => writePli(out, 0, 1, LATE_SSRC));
  run(scene, 100);
  const second = late.takeRtp(LATE_SSRC);
  expect(isKeyFrame(second[0]!)).toBe(true);
  expect(second.length).toBeGreaterThan(first.length);
  expectOneStream([...first, ...second]);
  expect(scene.plis).toBe(0);
  const sinceMs = second.at(-1)!.atMs - first.at(-1)!.atMs;
  const ticks = (second.at(-1)!.ts - first.at(-1)!.ts) | 0;
  expect(Math.abs(ticks / 90 - sinceMs)).toBeLessThan(50);
  late.sendRtcp((out) => writePli(out, 0, 1, LATE_SSRC));
  run(scene, 50);
  const third = late.takeRtp(LATE_SSRC);
  expect(isKeyFrame(third[0]!)).toBe(true);
  expectOneStream([...second, ...third]);
  expect(scene.plis).toBe(0);
  late.sendRtcp((out) => writePli(out, 0, 1, LATE_SSRC));
  run(scene, 600);
  expect(scene.plis).toBe(1);
});

test("a down track that is moved to another source goes on in the same stream", () => {
  const scene = createScene();
  const { engine } = scene;
  const other = new SimPublisher(engine.connect(4));
  other.hasAudio = false;
  engine.publish(4, OTHER_CAMERA, "video");
  const late = joinLate(scene);
  const both = (ms: number): void => {
    engine.advance(ms, () => {
      for (const publisher of [scene.publisher, other]) {
        publisher.step();
        const feedback = publisher.client.takeRtcp(RtcpType.PayloadFeedback);
        if (feedback.some(({ count }) => count === PayloadFormat.Pli)) publisher.requestKey();
      }
    });
  };
  both(1_500);
  const before = late.takeRtp(LATE_SSRC);
  const settings = {
    isDisabled: false,
    maxSpatialLayer: 2,
    maxTemporalLayer: 3,
    maxFrameRate: 0,
    priority: 1,
  };
  engine.command({
    kind: "move-down-track",
    downTrackId: LATE_TRACK,
    receiverId: OTHER_CAMERA,
    settings,
  });
  engine.command({ kind: "remove-receiver", receiverId: CAMERA });
  both(1_000);
  const after = late.takeRtp(LATE_SSRC);
  expect(after.length).toBeGreaterThan(50);
  expect(isKeyFrame(after[0]!)).toBe(true);
  expect(after[0]!.atMs - before.at(-1)!.atMs).toBeLessThan(200);
  expectOneStream([...before, ...after]);
  expect(engine.nonceReuses).toBe(0);
  // one that is gone, and one that is not there, change nothing
  for (const [downTrackId, receiverId] of [
    [LATE_TRACK, CAMERA],
    [999, OTHER_CAMERA],
  ] as const) {
    engine.command({ kind: "move-down-track", downTrackId, receiverId, settings });
  }
  both(200);
  expectOneStream([after.at(-1)!, ...late.takeRtp(LATE_SSRC)]);
});
