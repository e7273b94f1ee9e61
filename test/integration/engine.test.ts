import { expect, test } from "bun:test";
import { DropReason } from "../../src/base/drop-reason.ts";
import { livekit } from "../../src/gen/livekit.js";
import { ntpFractionOf, ntpMsOfWall, ntpSecondsOf } from "../../src/wire/rtcp/ntp.ts";
import { ReportBlock } from "../../src/wire/rtcp/rtcp-cursor.ts";
import { PayloadFormat, RtcpType, TransportFormat } from "../../src/wire/rtcp/rtcp-types.ts";
import {
  writeNack,
  writePli,
  writeReceiverReport,
  writeSenderReport,
} from "../../src/wire/rtcp/rtcp-writer.ts";
import { TwccFeedbackReader } from "../../src/wire/rtcp/twcc-feedback.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { NO_EXTENSIONS } from "../../src/wire/rtp/extension-ids.ts";
import type { ReceivedRtp, SimClient } from "../support/sim-client.ts";
import {
  AUDIO_TYPE,
  EXTENSIONS,
  MID_ID,
  SimEngine,
  VIDEO_RTX_TYPE,
  VIDEO_TYPE,
} from "../support/sim-engine.ts";
import { SimPublisher } from "../support/sim-publisher.ts";

const CAMERA = 1;
const MICROPHONE = 2;
const VIDEO_TRACK = 10;
const AUDIO_TRACK = 11;
const VIDEO_SSRC = VIDEO_TRACK * 10;
const RTX_SSRC = VIDEO_SSRC + 1;
const AUDIO_SSRC = AUDIO_TRACK * 10;
const CAPTURE_TIME_ID = 9;

type Scene = { engine: SimEngine; publisher: SimPublisher; viewer: SimClient };

/** Client 1 publishes camera and microphone, client 2 has both; media flows. */
function createScene(): Scene {
  const engine = new SimEngine();
  const publisher = new SimPublisher(engine.connect(1));
  const viewer = engine.connect(2);
  engine.publish(1, CAMERA, "video");
  engine.publish(1, MICROPHONE, "audio");
  engine.subscribe(2, CAMERA, VIDEO_TRACK, Codec.Vp8);
  engine.subscribe(2, MICROPHONE, AUDIO_TRACK, Codec.Opus);
  return { engine, publisher, viewer };
}

function expectContiguous(packets: readonly ReceivedRtp[]): void {
  for (let i = 1; i < packets.length; i++) {
    expect(packets[i]!.sn).toBe((packets[i - 1]!.sn + 1) & 0xffff);
  }
}

/** Whether the first block of a receiver report is about this stream. */
const isAbout = (body: Uint8Array, ssrc: number): boolean =>
  new DataView(body.buffer, body.byteOffset).getUint32(4) === ssrc;

const isPli = ({ count }: { count: number }): boolean => count === PayloadFormat.Pli;

/** Runs for so long, and answers key frame requests as a camera does. */
function run({ engine, publisher }: Scene, ms: number): void {
  engine.advance(ms, () => {
    publisher.step();
    if (publisher.client.takeRtcp(RtcpType.PayloadFeedback).some(isPli)) publisher.requestKey();
  });
}

test("a simulcast camera and a microphone reach the subscriber as two gapless streams", () => {
  const scene = createScene();
  const { engine, viewer } = scene;
  expect(engine.events("peer-connected").map((event) => event.peerId)).toEqual([1, 2]);
  run(scene, 2_000);
  const started = engine.events("stream-started");
  expect(started.map(({ receiverId, rid, ssrc }) => [receiverId, rid, ssrc]).sort()).toEqual([
    [CAMERA, "f", 7_002],
    [CAMERA, "h", 7_001],
    [CAMERA, "q", 7_000],
    [MICROPHONE, "", 8_000],
  ]);
  expect(engine.events("layers-changed").at(-1)?.availableLayers).toEqual([0, 1, 2]);
  expect(engine.events("forwarding-changed").at(-1)).toEqual({
    kind: "forwarding-changed",
    downTrackId: VIDEO_TRACK,
    spatialLayer: 2,
    streamState: "active",
  });
  const sizes = engine.events("video-size-changed");
  expect(sizes.find((size) => size.spatialLayer === 2)).toMatchObject({ width: 1280, height: 720 });
  const video = viewer.takeRtp(VIDEO_SSRC);
  const audio = viewer.takeRtp(AUDIO_SSRC);
  expect(video.length).toBeGreaterThan(100);
  expect(audio.length).toBeGreaterThan(90);
  for (const stream of [video, audio]) expectContiguous(stream);
  expect(new Set(video.map((packet) => packet.payloadType))).toEqual(new Set([VIDEO_TYPE]));
  expect(new Set(audio.map((packet) => packet.payloadType))).toEqual(new Set([AUDIO_TYPE]));
  const stamps = video.map((packet) => packet.ts);
  expect(stamps.every((ts, i) => i === 0 || ((ts - stamps[i - 1]!) | 0) >= 0)).toBe(true);
});

test("a NACK is answered on the repair stream with the packet that was lost", () => {
  const scene = createScene();
  run(scene, 2_000);
  const { engine, viewer } = scene;
  const sent = viewer.takeRtp(VIDEO_SSRC);
  const lost = sent.at(-20)!;
  viewer.sendRtcp((out) => writeNack(out, 0, 1, VIDEO_SSRC, Uint16Array.of(lost.sn), 1));
  engine.advance(10);
  const [again, ...others] = viewer.takeRtp(RTX_SSRC);
  expect(others).toEqual([]);
  expect(again).toMatchObject({ payloadType: VIDEO_RTX_TYPE, ts: lost.ts, marker: lost.marker });
  expect([...again!.payload]).toEqual([lost.sn >> 8, lost.sn & 255, ...lost.payload]);
  engine.advance(3_000);
  const { counters } = engine.events("statistics-report").at(-1)!;
  expect(counters).toMatchObject({ nacksIn: 1, retransmitsOut: 1 });
});

/** A microphone under the test's control, and who hears it. */
function createVoice(): {
  engine: SimEngine;
  viewer: SimClient;
  speak(sn: number, ts: number, value: number): void;
} {
  const engine = new SimEngine();
  const client = engine.connect(1);
  const viewer = engine.connect(2);
  const receive = { ...EXTENSIONS, absCaptureTime: CAPTURE_TIME_ID };
  engine.command({ kind: "set-extensions", peerId: 1, receive, send: NO_EXTENSIONS });
  engine.publish(1, MICROPHONE, "audio");
  engine.subscribe(2, MICROPHONE, AUDIO_TRACK, Codec.Opus);
  const speak = (sn: number, ts: number, value: number): void => {
    engine.advance(20);
    client.sendRtp({
      ssrc: 8_000,
      payloadType: AUDIO_TYPE,
      sn: sn & 0xffff,
      ts,
      payload: [value & 255, value >> 8],
      extensions: {
        [MID_ID]: new TextEncoder().encode("a"),
        [CAPTURE_TIME_ID]: new Uint8Array(8),
      },
    });
  };
  return { engine, viewer, speak };
}

test.each([1, 2, 20, 25_000, 32_768])(
  "numbers that step back by %d with newer time leave as one gapless stream",
  (back) => {
    const { engine, viewer, speak } = createVoice();
    for (let i = 0; i < 50; i++) speak(50_000 + i, i * 960, i);
    for (let i = 50; i < 100; i++) speak(50_000 + i - back, i * 960, i);
    const got = viewer.takeRtp(AUDIO_SSRC);
    expect(got.length).toBeGreaterThan(95);
    expectContiguous(got);
    expect(got.at(-1)!.payload[0]).toBe(99);
    expect(engine.nonceReuses).toBe(0);
  },
);

test("without a repair stream a lost picture comes again as it was, under the same nonce", () => {
  const engine = new SimEngine();
  engine.sendExtensions = { ...NO_EXTENSIONS, absSendTime: 5, transportSequence: 6 };
  const publisher = new SimPublisher(engine.connect(1));
  const viewer = engine.connect(2);
  engine.publish(1, CAMERA, "video");
  engine.subscribe(2, CAMERA, VIDEO_TRACK, Codec.Vp8, false);
  engine.advance(2_000, publisher.step);
  const lost = viewer.takeRtp(VIDEO_SSRC).at(-20)!;
  viewer.sendRtcp((out) => writeNack(out, 0, 1, VIDEO_SSRC, Uint16Array.of(lost.sn), 1));
  const [again, ...others] = viewer.takeRtp(VIDEO_SSRC);
  expect(others).toEqual([]);
  expect(again).toEqual({ ...lost, atMs: engine.nowMs });
  expect(engine.nonceReuses).toBe(0);
});

test("a repeat that would come out otherwise than before does not leave", () => {
  const { engine, viewer, speak } = createVoice();
  const setCaptureTimeId = (id: number): void => {
    const send = { ...NO_EXTENSIONS, absCaptureTime: id };
    engine.command({ kind: "set-extensions", peerId: 2, receive: EXTENSIONS, send });
  };
  setCaptureTimeId(4);
  for (let i = 0; i < 20; i++) speak(1_000 + i, i * 960, i);
  const lost = viewer.takeRtp(AUDIO_SSRC).at(-10)!;
  const nack = (): ReceivedRtp[] => {
    engine.advance(200);
    viewer.sendRtcp((out) => writeNack(out, 0, 1, AUDIO_SSRC, Uint16Array.of(lost.sn), 1));
    return viewer.takeRtp(AUDIO_SSRC);
  };
  expect(nack()).toEqual([{ ...lost, atMs: engine.nowMs }]);
  setCaptureTimeId(5);
  expect(nack()).toEqual([]);
  engine.advance(2_500);
  expect(engine.events("statistics-report").at(-1)!.counters.refusedOut).toBe(1);
});

test("a PLI of the subscriber reaches the publisher, for the layer that is watched", () => {
  const scene = createScene();
  run(scene, 3_000);
  const { engine, viewer, publisher } = scene;
  publisher.client.takeRtcp(RtcpType.PayloadFeedback);
  viewer.sendRtcp((out) => writePli(out, 0, 1, VIDEO_SSRC));
  engine.advance(100);
  const plis = publisher.client.takeRtcp(RtcpType.PayloadFeedback);
  expect(plis.map(({ count, mediaSsrc }) => [count, mediaSsrc])).toEqual([
    [PayloadFormat.Pli, SimPublisher.ssrcOf(2)],
  ]);
});

test("what the publisher lost on the way is asked for", () => {
  const scene = createScene();
  run(scene, 1_000);
  const { client } = scene.publisher;
  client.takeRtcp(RtcpType.TransportFeedback);
  client.isAlive = false;
  run(scene, 60);
  client.isAlive = true;
  run(scene, 200);
  const nacks = client
    .takeRtcp(RtcpType.TransportFeedback)
    .filter(({ count }) => count === TransportFormat.Nack);
  expect(new Set(nacks.map((nack) => nack.mediaSsrc))).toEqual(new Set([7_000, 7_001, 7_002]));
});

test("a muted track sends nothing but a second of silence, and goes on after it without a gap", () => {
  const scene = createScene();
  run(scene, 1_000);
  const { engine, viewer } = scene;
  const before = [viewer.takeRtp(VIDEO_SSRC), viewer.takeRtp(AUDIO_SSRC)] as const;
  engine.command({ kind: "mute-receiver", receiverId: CAMERA, isMuted: true });
  engine.command({ kind: "mute-receiver", receiverId: MICROPHONE, isMuted: true });
  run(scene, 1_500);
  expect(viewer.takeRtp(VIDEO_SSRC)).toEqual([]);
  const silence = viewer.takeRtp(AUDIO_SSRC);
  expect(silence.length).toBe(50);
  expect(silence.every(({ payload }) => payload[0] === 0xf8 && payload[3] === 0)).toBe(true);
  run(scene, 500);
  expect(viewer.takeRtp(AUDIO_SSRC)).toEqual([]);
  engine.command({ kind: "mute-receiver", receiverId: CAMERA, isMuted: false });
  engine.command({ kind: "mute-receiver", receiverId: MICROPHONE, isMuted: false });
  run(scene, 1_000);
  const video = viewer.takeRtp(VIDEO_SSRC);
  const audio = viewer.takeRtp(AUDIO_SSRC);
  expect(video.length).toBeGreaterThan(20);
  expect(audio.length).toBeGreaterThan(40);
  expectContiguous([...before[0], ...video]);
  expectContiguous([...before[1], ...silence, ...audio]);
});

test("a removed track ends in black or silence, and then nothing comes any more", () => {
  const scene = createScene();
  run(scene, 1_000);
  const { engine, viewer } = scene;
  const before = [viewer.takeRtp(VIDEO_SSRC), viewer.takeRtp(AUDIO_SSRC)] as const;
  engine.command({ kind: "remove-down-track", downTrackId: VIDEO_TRACK });
  engine.command({ kind: "remove-receiver", receiverId: MICROPHONE });
  run(scene, 300);
  const video = viewer.takeRtp(VIDEO_SSRC);
  const audio = viewer.takeRtp(AUDIO_SSRC);
  expect(video.length).toBe(6);
  expect(audio.length).toBe(10);
  expectContiguous([...before[0], ...video]);
  expectContiguous([...before[1], ...audio]);
  run(scene, 2_000);
  expect([viewer.takeRtp(VIDEO_SSRC), viewer.takeRtp(AUDIO_SSRC)]).toEqual([[], []]);
  const { counters } = engine.events("statistics-report").at(-1)!;
  expect(counters).toMatchObject({ peers: 2, receivers: 1, downTracks: 0 });
});

test("sender reports follow the publisher's every three seconds", () => {
  const scene = createScene();
  const { engine, viewer, publisher } = scene;
  run(scene, 100);
  const wallMs = ntpMsOfWall(1_700_000_000_000 + engine.nowMs);
  const seconds = ntpSecondsOf(wallMs);
  const fraction = ntpFractionOf(wallMs);
  publisher.client.sendRtcp((out) =>
    writeSenderReport(out, 0, 8_000, seconds, fraction, 960, 1, 1),
  );
  run(scene, 10_000);
  const audio = viewer.takeRtp(AUDIO_SSRC);
  const reports = viewer
    .takeRtcp(RtcpType.SenderReport)
    .filter(({ senderSsrc }) => senderSsrc === AUDIO_SSRC);
  expect(reports.length).toBe(4);
  for (let i = 1; i < reports.length; i++) {
    const betweenMs = reports[i]!.atMs - reports[i - 1]!.atMs;
    expect(betweenMs).toBeGreaterThanOrEqual(3_000);
    expect(betweenMs).toBeLessThanOrEqual(3_020);
  }
  const last = reports.at(-1)!;
  expect(last.packetCount).toBe(audio.filter(({ atMs }) => atMs <= last.atMs).length);
  expect(viewer.takeRtcp(RtcpType.SourceDescription).length).toBeGreaterThanOrEqual(4);
});

test("transport-wide feedback tells the publisher of every packet", () => {
  const scene = createScene();
  run(scene, 1_000);
  const reader = new TwccFeedbackReader();
  const received: number[] = [];
  for (const { count, body } of scene.publisher.client.takeRtcp(RtcpType.TransportFeedback)) {
    if (count !== TransportFormat.TransportWide) continue;
    expect(reader.start(body, 0, body.length)).toBe(DropReason.None);
    while (reader.next()) if (reader.isReceived) received.push(reader.sn);
  }
  expect(received.length).toBeGreaterThan(150);
  expect(received).toEqual(received.map((_, i) => received[0]! + i));
});

test("receiver reports reach the publisher for each stream", () => {
  const scene = createScene();
  run(scene, 2_500);
  const reports = scene.publisher.client.takeRtcp(RtcpType.ReceiverReport);
  const about = reports.map(({ body }) => new DataView(body.buffer, body.byteOffset).getUint32(4));
  expect(new Set(about)).toEqual(new Set([7_000, 7_001, 7_002, 8_000]));
});

test("data messages cross in both directions, on channels of either side's making", () => {
  const engine = new SimEngine();
  const alice = engine.connect(1);
  const bob = engine.connect(2);
  for (const client of [alice, bob]) engine.joinData(client, 1);
  engine.advance(100);
  expect(alice.openLabels).toEqual(["_reliable", "_lossy", "_data_track"]);
  const own = alice.channels.open({ label: "own", ordered: true });
  engine.advance(100);
  const opened = engine.events("data-channel-open").filter(({ peerId }) => peerId === 1);
  expect(opened.map(({ label, isReliable }) => [label, isReliable])).toEqual([
    ["_reliable", true],
    ["_lossy", false],
    ["_data_track", false],
  ]);
  alice.channels.send(engine.nowMs, own, new TextEncoder().encode("from alice"), false);
  engine.advance(50);
  expect(bob.messages.map(({ text }) => text.includes("from alice"))).toEqual([true]);
  bob.sendData(engine.nowMs, "_lossy", Uint8Array.of(0x12, 0));
  engine.advance(50);
  expect(alice.messages).toHaveLength(1);
  expect(alice.messages[0]?.channelId).toBe(alice.channelIds.get("_lossy"));
});

/** What was told of a peer's checks since the last look: the protocol of their path. */
function connectionsOf(engine: SimEngine, peerId: number): string[] {
  const told = engine.events("peer-ice-connected").filter((event) => event.peerId === peerId);
  return told.map(({ protocol }) => protocol);
}

test("after an ICE restart the new fragment counts on the same address, and media flows on", () => {
  const scene = createScene();
  run(scene, 500);
  const { engine, viewer } = scene;
  const before = viewer.takeRtp(AUDIO_SSRC);
  expect(connectionsOf(engine, 2)).toEqual(["udp"]);
  const pwd = "a-new-password-of-the-server";
  engine.command({ kind: "restart-ice", peerId: 2, localUfrag: "again", localPwd: pwd });
  const { ufrag, pwd: remotePwd } = viewer.ice;
  engine.command({ kind: "set-remote", peerId: 2, ufrag, pwd: remotePwd, fingerprint: "BB" });
  run(scene, 3_000); // checks with the old credentials are still answered
  const oldAnswers = viewer.stunAnswers;
  expect(oldAnswers).toBeGreaterThan(1);
  expect(connectionsOf(engine, 2)).toEqual([]);
  viewer.setRemote("again", pwd);
  run(scene, 3_000);
  expect(connectionsOf(engine, 2)).toEqual(["udp"]);
  expect(viewer.stunAnswers).toBeGreaterThan(oldAnswers);
  viewer.setRemote("ufrag2", "a-password-of-the-server");
  const newAnswers = viewer.stunAnswers;
  run(scene, 6_000);
  expect(viewer.stunAnswers).toBe(newAnswers);
  expectContiguous([...before, ...viewer.takeRtp(AUDIO_SSRC)]);
  expect(engine.events("peer-failed")).toEqual([]);
  expect(engine.port.heldPaths).toEqual([1, 2]);
});

test("a client that moves to another address is followed, and leaves no path behind at the end", () => {
  const scene = createScene();
  run(scene, 500);
  const { engine, viewer } = scene;
  viewer.takeRtp(AUDIO_SSRC);
  viewer.path = 77;
  run(scene, 3_000);
  expect(viewer.takeRtp(AUDIO_SSRC).length).toBeGreaterThan(10);
  expect(engine.port.heldPaths).toContain(77);
  engine.command({ kind: "close-peer", peerId: 2 });
  expect(engine.port.heldPaths).toEqual([1]);
});

test("an address that proves itself to another peer is that peer's from then on", () => {
  const engine = new SimEngine();
  engine.connect(1);
  const second = engine.addClient(2);
  second.path = 1;
  engine.advance(20);
  expect(engine.port.heldPaths).toEqual([1]);
  second.sendHandshake();
  expect(engine.events("peer-connected").map((event) => event.peerId)).toEqual([1, 2]);
  engine.command({ kind: "close-peer", peerId: 1 });
  expect(engine.port.heldPaths).toEqual([1]);
  engine.command({ kind: "close-peer", peerId: 2 });
  expect(engine.port.heldPaths).toEqual([]);
});

test("a client that falls silent fails once, after fifteen seconds, and others go on", () => {
  const scene = createScene();
  run(scene, 500);
  const { engine, viewer, publisher } = scene;
  const other = engine.connect(3);
  engine.subscribe(3, MICROPHONE, 30, Codec.Opus);
  viewer.isAlive = false;
  run(scene, 14_000);
  expect(engine.events("peer-failed")).toEqual([]);
  run(scene, 6_000);
  expect(engine.events("peer-failed")).toMatchObject([{ peerId: 2, reason: "ice-timeout" }]);
  other.takeRtp(300);
  run(scene, 1_000);
  expect(other.takeRtp(300).length).toBeGreaterThan(40);
  engine.command({ kind: "close-peer", peerId: publisher.client.peerId });
  engine.command({ kind: "close-peer", peerId: 2 });
  engine.command({ kind: "close-peer", peerId: 3 });
  expect(engine.port.heldPaths).toEqual([]);
  engine.advance(2_500);
  const { counters } = engine.events("statistics-report").at(-1)!;
  expect(counters).toMatchObject({ peers: 0, receivers: 0, downTracks: 0 });
});

test("a client that never checks fails after fifteen seconds", () => {
  const engine = new SimEngine();
  engine.addClient(1).isAlive = false;
  engine.advance(20_000);
  expect(engine.events("peer-failed")).toMatchObject([{ peerId: 1, reason: "ice-timeout" }]);
});

test("traffic of nobody's is counted and dropped", () => {
  const scene = createScene();
  run(scene, 200);
  const { engine, viewer } = scene;
  engine.advance(2_500);
  const before = engine.events("statistics-report").at(-1)!.counters;
  const strangers = [
    [0, 1, 0, 0],
    [22, 254, 253],
    [0x80, 96, 0, 1],
    [0x80, 200, 0, 1],
    [99, 1],
    [],
  ];
  for (const bytes of strangers) engine.receive(Uint8Array.from(bytes), 500);
  engine.receive(Uint8Array.of(0x80, 96, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1), 2);
  viewer.setRemote("ufrag2", "not the password");
  viewer.ice.handleTimeout(engine.nowMs + 10_000, (bytes) => engine.receive(bytes, 501));
  engine.advance(2_500);
  const after = engine.events("statistics-report").at(-1)!.counters;
  const dropped = (reason: DropReason): number => after.dropped[reason]! - before.dropped[reason]!;
  expect(dropped(DropReason.Unknown)).toBe(strangers.length);
  expect(dropped(DropReason.Truncated)).toBe(1);
  expect(dropped(DropReason.BadTag)).toBe(1);
  expect(engine.port.heldPaths).toEqual([1, 2]);
});

test("a bug in the work for one subscriber closes that one, and nobody else notices", () => {
  const scene = createScene();
  const { engine, viewer } = scene;
  const other = engine.connect(3);
  engine.subscribe(3, MICROPHONE, 30, Codec.Opus);
  run(scene, 500);
  viewer.takeRtp(AUDIO_SSRC);
  engine.port.brokenPath = viewer.path;
  run(scene, 2_500);
  const failed = engine.events("peer-failed");
  expect(failed).toMatchObject([{ peerId: 2, reason: "bug" }]);
  expect(failed[0]!.detail).toContain("broken on purpose");
  expect(viewer.takeRtp(AUDIO_SSRC)).toEqual([]);
  const audio = other.takeRtp(300);
  expect(audio.length).toBeGreaterThan(140);
  expectContiguous(audio);
  expect(engine.port.heldPaths).toEqual([1, 3]);
  const { counters } = engine.events("statistics-report").at(-1)!;
  expect(counters).toMatchObject({ bugs: 1, peers: 2, downTracks: 1 });
});

test("a bug in the work for a publisher ends its tracks, and its subscribers stay", () => {
  const scene = createScene();
  run(scene, 500);
  const { engine, viewer, publisher } = scene;
  engine.port.brokenPath = publisher.client.path;
  run(scene, 2_500);
  expect(engine.events("peer-failed")).toMatchObject([{ peerId: 1, reason: "bug" }]);
  const { counters } = engine.events("statistics-report").at(-1)!;
  expect(counters).toMatchObject({ bugs: 1, peers: 1, receivers: 0, downTracks: 0 });
  expect(engine.port.heldPaths).toEqual([viewer.path]);
});

test("a keep-alive that names nobody goes to the peer of its address", () => {
  const engine = new SimEngine();
  const client = engine.connect(1);
  client.ice.handleTimeout = () => {};
  for (let i = 0; i < 10; i++) {
    engine.advance(5_000);
    // a Binding indication (RFC 8489 §6.3.1): no answer, no attributes
    client.send(Uint8Array.from([0, 0x11, 0, 0, 0x21, 0x12, 0xa4, 0x42, ...new Uint8Array(12)]));
  }
  expect(engine.events("peer-failed")).toEqual([]);
});

test("a client that takes no data loses what does not fit, and others get theirs", () => {
  const engine = new SimEngine();
  const alice = engine.connect(1);
  const bob = engine.connect(2);
  const carl = engine.connect(3);
  for (const client of [alice, bob, carl]) engine.joinData(client, 1);
  engine.advance(200);
  bob.isAlive = false;
  const payload = new Uint8Array(60_000).fill(0x61);
  const forAll = livekit.DataPacket.encode({ user: { payload } }).finish();
  for (let i = 0; i < 30; i++) {
    for (const label of ["_reliable", "_lossy"]) carl.sendData(engine.nowMs, label, forAll);
    engine.advance(10);
  }
  expect(alice.messages.length).toBe(60);
  // the server's own for him alone fill the rest of what is kept for him: nobody has to carry them
  const destinationIdentities = ["client-2"];
  for (const kind of [livekit.DataPacket.Kind.RELIABLE, livekit.DataPacket.Kind.LOSSY]) {
    const packet = livekit.DataPacket.encode({ kind, destinationIdentities, user: { payload } });
    const bytes = packet.finish();
    for (let i = 0; i < 320; i++) engine.command({ kind: "send-server-data", roomId: 1, bytes });
  }
  engine.advance(2_500);
  const { counters } = engine.events("statistics-report").at(-1)!;
  expect(counters.dropped[DropReason.SlowReader]).toBeGreaterThan(150);
  expect(counters.data.reliableDropped).toBeGreaterThan(50);
  expect(counters.data.lossyDropped).toBeGreaterThan(100);
  expect(counters.bugs).toBe(0);
});

test("an engine whose peers are all idle is hardly ever woken", () => {
  const engine = new SimEngine();
  for (let peerId = 1; peerId <= 40; peerId++) engine.connect(peerId);
  engine.publish(1, CAMERA, "video");
  for (let peerId = 2; peerId <= 40; peerId++) {
    engine.subscribe(peerId, CAMERA, VIDEO_TRACK + peerId, Codec.Vp8);
  }
  for (const client of engine.clients) client.ice.handleTimeout = () => {};
  engine.advance(3_000);
  engine.wakeUps = 0;
  engine.advance(4_000);
  // audio levels 10, reports at most 40, statistics and quality: but not 800
  expect(engine.wakeUps).toBeLessThan(60);
});

test("what a receiver has to tell is told at once, whatever else is due", () => {
  for (let phaseMs = 0; phaseMs < 500; phaseMs += 25) {
    const engine = new SimEngine();
    const publisher = new SimPublisher(engine.connect(1));
    engine.publish(1, CAMERA, "video");
    engine.advance(1_000 + phaseMs);
    engine.advance(35, publisher.step);
    expect(engine.events("stream-started")).toHaveLength(3);
    expect(engine.events("layers-changed").length).toBeGreaterThan(0);
    engine.command({ kind: "mute-receiver", receiverId: CAMERA, isMuted: true });
    engine.advance(5);
    expect(engine.events("layers-changed")).toHaveLength(1);
  }
});

test("who asks for fewer frames a second gets them, once it is measured which layer has them", () => {
  const scene = createScene();
  const { engine, viewer, publisher } = scene;
  publisher.temporalLayers = [0, 2, 1, 2];
  const ask = (maxFrameRate: number): void => {
    const settings = { isDisabled: false, maxSpatialLayer: 2, maxTemporalLayer: 3, priority: 1 };
    engine.command({
      kind: "set-down-track",
      downTrackId: VIDEO_TRACK,
      settings: { ...settings, maxFrameRate },
    });
  };
  /** Frames of the next second; each packet but the last of a frame is unmarked. */
  const framesOfASecond = (): number => {
    run(scene, 500);
    viewer.takeRtp(VIDEO_SSRC);
    run(scene, 1_000);
    const packets = viewer.takeRtp(VIDEO_SSRC);
    expectContiguous(packets);
    return packets.filter(({ marker }) => marker).length;
  };
  ask(15);
  run(scene, 500);
  expect(framesOfASecond()).toBeGreaterThan(30);
  run(scene, 4_000);
  expect(framesOfASecond()).toBeOneOf([16, 17]);
  ask(8);
  expect(framesOfASecond()).toBeOneOf([8, 9]);
  ask(0);
  expect(framesOfASecond()).toBeGreaterThan(30);
});

test("after a dynacast pause a layer flows with its first key frame", () => {
  const scene = createScene();
  const { engine, publisher, viewer } = scene;
  const ask = (maxSpatialLayer: number): void => {
    const settings = { isDisabled: false, maxSpatialLayer, maxTemporalLayer: 3, priority: 1 };
    engine.command({
      kind: "set-down-track",
      downTrackId: VIDEO_TRACK,
      settings: { ...settings, maxFrameRate: 0 },
    });
  };
  const expectLayers = (spatialLayer: number): void => {
    engine.command({ kind: "expect-layers", receiverId: CAMERA, spatialLayer });
    publisher.topLayer = spatialLayer;
  };
  const current = (): number | undefined =>
    engine.events("forwarding-changed").at(-1)?.spatialLayer;
  run(scene, 3_000);
  expect(current()).toBe(2);
  ask(0);
  run(scene, 1_000);
  expect(current()).toBe(0);
  // once long enough for the engine to notice, once not
  for (const pauseMs of [5_000, 60]) {
    expectLayers(0);
    run(scene, pauseMs);
    ask(2);
    expectLayers(2);
    publisher.requestKey();
    run(scene, 60);
    expect(current()).toBe(2);
    ask(0);
    run(scene, 3_000);
    expect(current()).toBe(0);
  }
  expectContiguous(viewer.takeRtp(VIDEO_SSRC));
});

test("what the worst subscriber of a microphone loses is in the publisher's report, for a second", () => {
  const scene = createScene();
  const { engine, publisher, viewer } = scene;
  run(scene, 2_000);
  const lossTold = (): number[] => {
    publisher.client.takeRtcp(RtcpType.ReceiverReport);
    run(scene, 1_000);
    const reports = publisher.client.takeRtcp(RtcpType.ReceiverReport);
    // behind the block's SSRC
    return reports.filter(({ body }) => isAbout(body, 8_000)).map(({ body }) => body[8]!);
  };
  const report = (ssrc: number, fractionLost: number): void => {
    const block = Object.assign(new ReportBlock(), { ssrc, fractionLost, highestSn: 20_000 });
    viewer.sendRtcp((out) => writeReceiverReport(out, 0, 1, block));
  };
  expect(lossTold()).toEqual([0]);
  report(AUDIO_SSRC, 64);
  report(VIDEO_SSRC, 99);
  expect(lossTold()).toEqual([64]);
  engine.advance(1_000);
  expect(lossTold()).toEqual([0]);
});
