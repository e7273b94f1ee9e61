import { expect, test } from "bun:test";
import type { MediaCommand } from "../../src/bridge/commands.ts";
import { ntpFractionOf, ntpMsOfWall, ntpSecondsOf } from "../../src/wire/rtcp/ntp.ts";
import { RtcpType } from "../../src/wire/rtcp/rtcp-types.ts";
import { writeNack, writePli, writeSenderReport } from "../../src/wire/rtcp/rtcp-writer.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { vp8Payload } from "../support/payloads.ts";
import type { ReceivedRtp, SimClient } from "../support/sim-client.ts";
import { MID_ID, RID_ID, VIDEO_RTX_TYPE, VIDEO_TYPE } from "../support/sim-engine.ts";
import { SimPublisher } from "../support/sim-publisher.ts";
import { SimThreads } from "../support/sim-threads.ts";

const CAMERA = 1;
const MICROPHONE = 2;
const VIDEO_TRACK = 10;
const AUDIO_TRACK = 11;
const VIDEO_SSRC = VIDEO_TRACK * 10;
const RTX_SSRC = VIDEO_SSRC + 1;
const AUDIO_SSRC = AUDIO_TRACK * 10;
/** Of a frame of `SimPublisher`. */
const FRAME_TICKS = 2_700;

type Scene = {
  threads: SimThreads;
  publisher: SimPublisher;
  viewer: SimClient;
  plis: number;
};

/** Client 1 publishes on the first thread, client 2 watches on the second. */
function createScene(): Scene {
  const threads = new SimThreads(2);
  const publisher = new SimPublisher(threads.engine(0).connect(1));
  const viewer = threads.engine(1).connect(2);
  threads.engine(0).publish(1, CAMERA, "video");
  threads.engine(0).publish(1, MICROPHONE, "audio");
  return { threads, publisher, viewer, plis: 0 };
}

function subscribe({ threads }: Scene): void {
  threads.engine(1).subscribe(2, CAMERA, VIDEO_TRACK, Codec.Vp8);
  threads.engine(1).subscribe(2, MICROPHONE, AUDIO_TRACK, Codec.Opus);
}

/** Runs for so long; the publisher answers key frame requests as a camera does. */
function run(scene: Scene, ms: number): void {
  const { threads, publisher } = scene;
  threads.advance(ms, () => {
    publisher.step();
    scene.plis += publisher.answerPlis();
  });
}

/** RFC 7741 §4.3: the P bit behind the descriptor of four bytes and the picture id. */
const isKeyFrame = ({ payload }: ReceivedRtp): boolean =>
  payload.length > 6 && (payload[6]! & 1) === 0 && (payload[0]! & 0x10) !== 0;

function expectOneStream(packets: readonly ReceivedRtp[]): void {
  for (let i = 1; i < packets.length; i++) {
    const [before, packet] = [packets[i - 1]!, packets[i]!];
    expect(packet.sn).toBe((before.sn + 1) & 0xffff);
    expect((packet.ts - before.ts) | 0).toBeGreaterThanOrEqual(0);
  }
}

function countersOf({ threads }: Scene, thread: number) {
  return threads.engine(thread).events("statistics-report").at(-1)!.counters;
}

test("camera and microphone of one thread reach a subscriber on another, from a key frame on", () => {
  const scene = createScene();
  subscribe(scene);
  run(scene, 3_000);
  const video = scene.viewer.takeRtp(VIDEO_SSRC);
  const audio = scene.viewer.takeRtp(AUDIO_SSRC);
  expect(isKeyFrame(video[0]!)).toBe(true);
  expect(video.length).toBeGreaterThan(190);
  expect(audio.length).toBeGreaterThan(145);
  expectOneStream(video);
  expectOneStream(audio);
  const [first, second] = scene.threads.engines;
  expect(second!.events("forwarding-changed").at(-1)).toMatchObject({
    downTrackId: VIDEO_TRACK,
    spatialLayer: 2,
    streamState: "active",
  });
  // what concerns the publisher is told once, by its own thread
  expect(first!.events("stream-started")).toHaveLength(4);
  expect(first!.events("layers-changed").at(-1)?.availableLayers).toEqual([0, 1, 2]);
  for (const kind of ["stream-started", "layers-changed", "video-size-changed"] as const) {
    expect(second!.events(kind)).toEqual([]);
  }
  run(scene, 3_000);
  const report = second!.events("quality-report").at(-1)!;
  expect(report.receivers).toEqual([]);
  expect(report.downTracks).toHaveLength(2);
  expect(countersOf(scene, 0)).toMatchObject({ receivers: 2, downTracks: 0, relayDropped: 0 });
  const far = countersOf(scene, 1);
  expect(far).toMatchObject({ receivers: 0, downTracks: 2, bugs: 0, nacksOut: 0, plisOut: 0 });
  expect(far.relayPacketsIn).toBeGreaterThan(1_000);
});

test("the publisher gets nothing from the far thread but requests for key frames, throttled", () => {
  const scene = createScene();
  subscribe(scene);
  run(scene, 2_000);
  scene.plis = 0;
  for (let i = 0; i < 20; i++) {
    scene.viewer.sendRtcp((out) => writePli(out, 0, 1, VIDEO_SSRC));
    run(scene, 50);
  }
  // a second for the layer that is watched; what came too early waits
  expect(scene.plis).toBeGreaterThanOrEqual(1);
  expect(scene.plis).toBeLessThanOrEqual(2);
  const packets = scene.viewer.takeRtp(VIDEO_SSRC);
  expect(packets.filter(isKeyFrame).length).toBeGreaterThanOrEqual(2);
  expectOneStream(packets);
});

test("what a far subscriber lost is repeated by its own thread, without the publisher", () => {
  const scene = createScene();
  subscribe(scene);
  run(scene, 2_000);
  const lost = scene.viewer.takeRtp(VIDEO_SSRC).at(-20)!;
  scene.viewer.sendRtcp((out) => writeNack(out, 0, 1, VIDEO_SSRC, Uint16Array.of(lost.sn), 1));
  scene.threads.advance(10);
  const [again] = scene.viewer.takeRtp(RTX_SSRC);
  expect(again).toMatchObject({ payloadType: VIDEO_RTX_TYPE, ts: lost.ts, marker: lost.marker });
  expect([...again!.payload]).toEqual([lost.sn >> 8, lost.sn & 255, ...lost.payload]);
  expect(countersOf(scene, 1)).toMatchObject({ nacksOut: 0 });
});

test("layers switch on the far thread as anywhere, at a key frame of the new one", () => {
  const scene = createScene();
  subscribe(scene);
  run(scene, 2_000);
  for (const maxSpatialLayer of [0, 2, 1]) {
    scene.viewer.takeRtp(VIDEO_SSRC);
    scene.threads.engine(1).command({
      kind: "set-down-track",
      downTrackId: VIDEO_TRACK,
      settings: {
        isDisabled: false,
        maxSpatialLayer,
        maxTemporalLayer: 3,
        maxFrameRate: 0,
        priority: 1,
      },
    });
    run(scene, 2_500);
    expect(scene.threads.engine(1).events("forwarding-changed").at(-1)).toMatchObject({
      spatialLayer: maxSpatialLayer,
    });
    expectOneStream(scene.viewer.takeRtp(VIDEO_SSRC));
  }
});

test("a mute stops the track on all threads, and numbers go on after it", () => {
  const scene = createScene();
  subscribe(scene);
  run(scene, 1_000);
  const mute = (isMuted: boolean): void => {
    for (const receiverId of [CAMERA, MICROPHONE]) {
      scene.threads.engine(0).command({ kind: "mute-receiver", receiverId, isMuted });
    }
  };
  mute(true);
  // silence for a second, as on the publisher's own thread
  run(scene, 1_500);
  const before = scene.viewer.takeRtp(AUDIO_SSRC);
  run(scene, 1_000);
  expect(scene.viewer.takeRtp(AUDIO_SSRC)).toEqual([]);
  mute(false);
  run(scene, 1_000);
  const after = scene.viewer.takeRtp(AUDIO_SSRC);
  expect(after.length).toBeGreaterThan(40);
  expectOneStream([...before, ...after]);
  const video = scene.viewer.takeRtp(VIDEO_SSRC);
  expectOneStream(video);
  expect(isKeyFrame(video.findLast(({ ts }, i) => i > 0 && ts - video[i - 1]!.ts > 100_000)!)).toBe(
    true,
  );
});

test("what was repaired on the way from the publisher arrives late, in its place", () => {
  const scene = createScene();
  scene.publisher.hasVideo = false;
  subscribe(scene);
  run(scene, 1_000);
  scene.viewer.takeRtp(AUDIO_SSRC);
  scene.publisher.hasAudio = false;
  const send = (sn: number): void =>
    scene.publisher.client.sendRtp({
      ssrc: 8_000,
      payloadType: 111,
      sn: (65_000 + 49 + sn) & 0xffff,
      ts: (49 + sn) * 960,
      payload: [0x78, sn],
      extensions: { [MID_ID]: new TextEncoder().encode("a") },
    });
  for (const sn of [1, 2, 5, 3, 6, 4]) {
    send(sn);
    scene.threads.advance(20);
  }
  const packets = scene.viewer.takeRtp(AUDIO_SSRC);
  const base = packets[0]!.sn - 1;
  expect(packets.map(({ sn }) => (sn - base) & 0xffff)).toEqual([1, 2, 5, 3, 6, 4]);
  expect(packets.map(({ payload }) => payload[1])).toEqual([1, 2, 5, 3, 6, 4]);
});

test("padding of the publisher leaves no hole on the far side", () => {
  const scene = createScene();
  scene.publisher.hasVideo = false;
  scene.publisher.hasAudio = false;
  subscribe(scene);
  const { client } = scene.publisher;
  const mid = new TextEncoder().encode("a");
  for (let sn = 1; sn <= 60; sn++) {
    // every fifth is nothing but padding: no payload, and the P bit with a count
    client.sendRtp({
      ssrc: 8_000,
      payloadType: 111,
      sn,
      ts: sn * 960,
      payload: sn % 5 === 0 ? [] : [0x78, sn],
      extensions: { [MID_ID]: mid },
    });
    scene.threads.advance(20);
  }
  const packets = scene.viewer.takeRtp(AUDIO_SSRC);
  expect(packets).toHaveLength(48);
  expectOneStream(packets);
});

test("sender reports cross, so that sound and picture stay together", () => {
  const scene = createScene();
  subscribe(scene);
  const { publisher, threads, viewer } = scene;
  const wallMs = ntpMsOfWall(1_600_000_000_000);
  const report = (): void => {
    const ntpMs = wallMs + threads.engine(0).nowMs;
    const ticks = Math.floor((threads.engine(0).nowMs * 90) % 2 ** 32);
    for (const layer of [0, 1, 2]) {
      publisher.client.sendRtcp((out) =>
        writeSenderReport(
          out,
          0,
          SimPublisher.ssrcOf(layer),
          ntpSecondsOf(ntpMs),
          ntpFractionOf(ntpMs),
          (5_000 * layer + ticks) >>> 0,
          1,
          1,
        ),
      );
    }
  };
  run(scene, 500);
  report();
  run(scene, 4_000);
  const reports = viewer
    .takeRtcp(RtcpType.SenderReport)
    .filter((one) => one.senderSsrc === VIDEO_SSRC);
  expect(reports.length).toBeGreaterThanOrEqual(1);
  // the publisher's clock, not ours
  expect(
    Math.abs(reports.at(-1)!.ntpSeconds - ntpSecondsOf(wallMs + threads.engine(0).nowMs)),
  ).toBeLessThan(10);
});

test("a sender report that came before the replica was there is told again", () => {
  const scene = createScene();
  scene.publisher.hasVideo = false;
  const { publisher, threads, viewer } = scene;
  const [near, far] = threads.engines;
  run(scene, 500);
  const ntpMs = ntpMsOfWall(1_600_000_000_000) + near!.nowMs;
  publisher.client.sendRtcp((out) =>
    writeSenderReport(out, 0, 8_000, ntpSecondsOf(ntpMs), ntpFractionOf(ntpMs), 24_000, 1, 1),
  );
  // threads hear of it in no order: here the publisher's is the first
  const late: MediaCommand[] = [];
  const carryOut = far!.carryOut.bind(far);
  far!.carryOut = (command) => {
    if (command.kind === "connect-thread") carryOut(command);
    else late.push(command);
  };
  threads.engine(1).subscribe(2, MICROPHONE, AUDIO_TRACK, Codec.Opus);
  run(scene, 100);
  far!.carryOut = carryOut;
  for (const command of late) carryOut(command);
  run(scene, 4_000);
  expect(viewer.takeRtp(AUDIO_SSRC).length).toBeGreaterThan(150);
  const reports = viewer.takeRtcp(RtcpType.SenderReport);
  const times = reports.filter((one) => one.senderSsrc === AUDIO_SSRC).map((one) => one.ntpSeconds);
  // the publisher's clock, not ours
  expect(Math.abs(times.at(-1)! - ntpSecondsOf(ntpMs))).toBeLessThan(10);
});

test("a publisher that begins anew with another SSRC goes on in the same stream", () => {
  const scene = createScene();
  scene.publisher.hasVideo = false;
  subscribe(scene);
  run(scene, 1_000);
  scene.publisher.hasAudio = false;
  run(scene, 1_500);
  for (let sn = 0; sn < 50; sn++) {
    scene.publisher.client.sendRtp({
      ssrc: 9_000,
      payloadType: 111,
      sn: 30_000 + sn,
      ts: 123_456 + sn * 960,
      payload: [0x78, sn],
      extensions: { [MID_ID]: new TextEncoder().encode("a") },
    });
    run(scene, 20);
  }
  const packets = scene.viewer.takeRtp(AUDIO_SSRC);
  expect(packets.length).toBeGreaterThan(95);
  expectOneStream(packets);
});

test("the replica ends with its last subscriber, and with the publisher", () => {
  const scene = createScene();
  const replicas = (): object => {
    const { relays } = scene.threads.engine(1).node.debugInfo() as { relays: object };
    return relays;
  };
  subscribe(scene);
  run(scene, 500);
  expect(replicas()).toMatchObject({ replicas: 2 });
  const relayed = scene.threads.rings[1];
  for (const downTrackId of [VIDEO_TRACK, AUDIO_TRACK]) {
    scene.threads.engine(1).command({ kind: "remove-down-track", downTrackId });
  }
  expect(replicas()).toMatchObject({ replicas: 0 });
  run(scene, 500);
  // nothing is sent that nobody is there for
  expect(scene.threads.rings[1]).toBe(relayed!);
  scene.threads.engine(1).subscribe(2, MICROPHONE, 20, Codec.Opus);
  run(scene, 500);
  expect(scene.viewer.takeRtp(200).length).toBeGreaterThan(20);
  scene.threads.engine(0).command({ kind: "close-peer", peerId: 1 });
  expect(replicas()).toMatchObject({ replicas: 0 });
  run(scene, 2_500);
  expect(countersOf(scene, 1)).toMatchObject({ downTracks: 0, bugs: 0 });
});

test("a thread that is away loses packets, which is counted, and finds back by itself", () => {
  const scene = createScene();
  scene.publisher.hasAudio = false;
  subscribe(scene);
  run(scene, 2_000);
  scene.viewer.takeRtp(VIDEO_SSRC);
  scene.threads.stalled.add(1);
  // the ring holds two megabytes
  for (let i = 0; i < 140; i++) run(scene, 1_000);
  scene.threads.stalled.delete(1);
  scene.threads.settle();
  run(scene, 3_000);
  expect(countersOf(scene, 0).relayDropped).toBeGreaterThan(0);
  const packets = scene.viewer.takeRtp(VIDEO_SSRC);
  const last = packets.slice(-100);
  expectOneStream(last);
  expect((last.at(-1)!.ts - last[0]!.ts) | 0).toBeGreaterThan(40 * FRAME_TICKS);
});

test("a thread is rung for at most once for each turn that it sleeps before", () => {
  const scene = createScene();
  subscribe(scene);
  run(scene, 1_000);
  scene.threads.stalled.add(1);
  const before = scene.threads.rings[1]!;
  run(scene, 1_000);
  // it was asleep once, and has not had a turn since
  expect(scene.threads.rings[1]! - before).toBeLessThanOrEqual(1);
});

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a stream that begins anew on the far thread is asked for a key frame, as the first one was", () => {
  const scene = createScene();
  scene.publisher.hasAudio = false;
  scene.publisher.topLayer = 0;
  subscribe(scene);
  run(scene, 4_000);
  scene.publisher.hasVideo = false;
  run(scene, 1_500);
  scene.plis = 0;
  const { client } = scene.publisher;
  for (let frame = 0; frame < 4; frame++) {
    client.sendRtp({
      ssrc: 9_000,
      payloadType: VIDEO_TYPE,
      sn: 10 + frame,
      ts: 77_000 + frame * FRAME_TICKS,
      marker: true,
      payload: vp8Payload({ pictureId: 200 + frame, tl0: frame, tid: 0, sync: true }),
      extensions: { [MID_ID]: ascii("v"), [RID_ID]: ascii("q") },
    });
    run(scene, 30);
  }
  // within 120 ms: the publisher's own thread would ask by itself after a second
  expect(scene.plis).toBe(1);
});
