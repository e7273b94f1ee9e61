import { expect, test } from "bun:test";
import { HOLD_MS } from "../../src/sfu/receiver/fan-out.ts";
import { writePli } from "../../src/wire/rtcp/rtcp-writer.ts";
import { Codec } from "../../src/wire/rtp/codec.ts";
import { vp8Payload } from "../support/payloads.ts";
import type { SimClient } from "../support/sim-client.ts";
import { AUDIO_TYPE, MID_ID, RID_ID, SimEngine, VIDEO_TYPE } from "../support/sim-engine.ts";

const CAMERA = 1;
const MICROPHONE = 2;
const VIDEO_TRACK = 10;
const AUDIO_TRACK = 11;
const VIDEO_SSRC = VIDEO_TRACK * 10;
const AUDIO_SSRC = AUDIO_TRACK * 10;
const NOTHING_WAITS = Number.POSITIVE_INFINITY;
const MIDDLE = Uint8Array.of(0x80, 0xf0, 0x80, 0x85, 1, 9, 9, 9);

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

type Scene = { engine: SimEngine; publisher: SimClient; viewer: SimClient };

/** A camera and a microphone of client 1, both subscribed to by client 2. */
function createScene(): Scene {
  const engine = new SimEngine();
  const publisher = engine.connect(1);
  const viewer = engine.connect(2);
  engine.publish(1, CAMERA, "video");
  engine.publish(1, MICROPHONE, "audio");
  engine.subscribe(2, CAMERA, VIDEO_TRACK, Codec.Vp8);
  engine.subscribe(2, MICROPHONE, AUDIO_TRACK, Codec.Opus);
  engine.advance(50);
  engine.holdsFrames = true;
  return { engine, publisher, viewer };
}

function sendVideo(publisher: SimClient, sn: number, marker: boolean, ts = 3_000): void {
  const payload = sn === 1 ? vp8Payload({ pictureId: 0x85, tl0: 1, size: [320, 180] }) : MIDDLE;
  const extensions = { [MID_ID]: ascii("v"), [RID_ID]: ascii("q") };
  publisher.sendRtp({ ssrc: 7_000, payloadType: VIDEO_TYPE, sn, ts, marker, payload, extensions });
}

function sendAudio(publisher: SimClient, sn: number): void {
  const extensions = { [MID_ID]: ascii("a") };
  const payload = [0x78, 1, 2, 3];
  const ts = sn * 960;
  const payloadType = AUDIO_TYPE;
  publisher.sendRtp({ ssrc: 8_000, payloadType, sn, ts, marker: false, payload, extensions });
}

test("the middle of a frame waits for its last packet, and then all leaves together", () => {
  const { engine, publisher, viewer } = createScene();
  expect(engine.node.flushWhole()).toBe(NOTHING_WAITS);
  sendVideo(publisher, 1, false);
  sendVideo(publisher, 2, false);
  expect(engine.node.flushWhole()).toBe(engine.nowMs + HOLD_MS);
  expect(viewer.takeRtp(VIDEO_SSRC)).toHaveLength(0);
  sendVideo(publisher, 3, true);
  expect(viewer.takeRtp(VIDEO_SSRC)).toHaveLength(3);
  expect(engine.node.flushWhole()).toBe(NOTHING_WAITS);
});

test("sound does not wait for a picture, and the picture waits on for its end", () => {
  const { engine, publisher, viewer } = createScene();
  sendVideo(publisher, 1, false);
  sendAudio(publisher, 1);
  expect(viewer.takeRtp(AUDIO_SSRC)).toHaveLength(1);
  expect(viewer.takeRtp(VIDEO_SSRC)).toHaveLength(0);
  sendVideo(publisher, 2, true);
  expect(viewer.takeRtp(VIDEO_SSRC)).toHaveLength(2);
  expect(engine.node.flushWhole()).toBe(NOTHING_WAITS);
});

test("a frame whose end does not come leaves without it", () => {
  const { engine, publisher, viewer } = createScene();
  sendVideo(publisher, 1, false);
  expect(viewer.takeRtp(VIDEO_SSRC)).toHaveLength(0);
  engine.advance(20);
  expect(viewer.takeRtp(VIDEO_SSRC)).toHaveLength(1);
});

test("a packet that comes late does not wait: the rest of its frame has left", () => {
  const { publisher, viewer } = createScene();
  sendVideo(publisher, 1, false);
  sendVideo(publisher, 3, true);
  expect(viewer.takeRtp(VIDEO_SSRC)).toHaveLength(2);
  sendVideo(publisher, 2, false);
  expect(viewer.takeRtp(VIDEO_SSRC)).toHaveLength(1);
});

test("feedback for the publisher does not wait behind a frame", () => {
  const { engine, publisher, viewer } = createScene();
  sendVideo(publisher, 1, true);
  viewer.takeRtp(VIDEO_SSRC);
  publisher.takeRtcp(206);
  sendVideo(publisher, 2, false, 6_000);
  viewer.sendRtcp((out) => writePli(out, 0, 1, VIDEO_SSRC));
  engine.advance(600);
  expect(publisher.takeRtcp(206).length).toBeGreaterThan(0);
});

test("what nobody watches does not keep the thread from sleeping", () => {
  const engine = new SimEngine();
  const publisher = engine.connect(1);
  engine.publish(1, CAMERA, "video");
  engine.holdsFrames = true;
  sendVideo(publisher, 1, false);
  expect(engine.node.flushWhole()).toBe(NOTHING_WAITS);
});

test("a packet too long to be passed on is left out, and hurts no subscriber", () => {
  const { engine, publisher, viewer } = createScene();
  const sendLong = (sn: number, bytes: number): void => {
    const payload = new Uint8Array(bytes);
    payload.set(MIDDLE);
    const fields = { ssrc: 7_000, payloadType: VIDEO_TYPE, sn, ts: 6_000, marker: true };
    publisher.sendRtp({ ...fields, payload });
  };
  sendVideo(publisher, 1, true);
  sendLong(2, 1_460);
  sendLong(3, 1_461);
  sendLong(4, 1_472);
  sendLong(5, 100);
  const payloads = viewer.takeRtp(VIDEO_SSRC).map(({ payload }) => payload.length);
  expect(payloads.slice(1)).toEqual([1_460, 100]);
  expect(engine.events("peer-failed")).toEqual([]);
});

test("who comes late is sent what waits once, with the frames before it", () => {
  const { engine, publisher } = createScene();
  const late = [engine.connect(3), engine.connect(4)];
  sendVideo(publisher, 1, true);
  // the repetition begins on a step on which a packet waits, for one of the two
  engine.subscribe(3, CAMERA, 12, Codec.Vp8);
  engine.advance(5);
  engine.subscribe(4, CAMERA, 13, Codec.Vp8);
  let sn = 1;
  let step = 0;
  engine.advance(150, () => {
    step += 1;
    if (step % 2 === 0) sendVideo(publisher, ++sn, false, 6_000);
  });
  sendVideo(publisher, ++sn, true, 6_000);
  for (const [index, client] of late.entries()) {
    const sns = client.takeRtp(120 + 10 * index).map((packet) => packet.sn);
    expect(sns).toEqual(Array.from({ length: sn }, (_, i) => (sns[0]! + i) & 0xffff));
  }
  engine.advance(2_000);
  expect(engine.events("statistics-report").at(-1)?.counters.refusedOut).toBe(0);
});

test("a bug in the work for one subscriber closes that one before the turn is over", () => {
  const { engine, publisher, viewer } = createScene();
  engine.port.brokenPath = viewer.path;
  sendAudio(publisher, 1);
  expect(engine.events("peer-failed")).toMatchObject([{ peerId: 2, reason: "bug" }]);
});
