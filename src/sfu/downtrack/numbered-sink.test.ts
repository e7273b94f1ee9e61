import { expect, test } from "bun:test";
import { SentPackets } from "../bwe/sent-packets.ts";
import type { RtpSink } from "../rtp-sink.ts";
import { NumberedSink } from "./numbered-sink.ts";

const LENGTH = 1_000;
const STAMP_OFFSET = 20;
const SEND_TIME_BYTES = 3;

class Recorder implements RtpSink {
  readonly arena: Uint8Array = new Uint8Array(2_048);
  readonly sent: { bytes: Uint8Array; isRetransmission: boolean; isRepeatable: boolean }[] = [];
  isConnected = true;

  reserve(): number {
    return this.isConnected ? 100 : -1;
  }

  streamOf(): undefined {}

  sendRtp(length: number, isRetransmission: boolean, isRepeatable: boolean): void {
    const bytes = this.arena.slice(100, 100 + length);
    this.sent.push({ bytes, isRetransmission, isRepeatable });
  }

  sendRtcp(): void {}
}

function rig() {
  const recorder = new Recorder();
  const numbers = new SentPackets(0);
  const wakes: number[] = [];
  const sink = new NumberedSink(recorder, numbers, Math.floor, (dueMs) => wakes.push(dueMs));
  const write = (nowMs: number, id: number, stamp: "number" | "time" | "none"): void => {
    const at = sink.reserve(LENGTH);
    sink.arena[at] = id;
    const stampAt = at + STAMP_OFFSET;
    if (stamp === "number") {
      const sn = sink.takeNumber(nowMs, stampAt);
      sink.arena[stampAt] = sn >> 8;
      sink.arena[stampAt + 1] = sn;
    } else if (stamp === "time") {
      sink.takeTime(nowMs, stampAt);
    }
    sink.sendRtp(LENGTH, id % 2 === 1, false);
  };
  const stampOf = (bytes: Uint8Array, length: number): number => {
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + bytes[STAMP_OFFSET + i]!;
    return value;
  };
  return { recorder, numbers, sink, wakes, write, stampOf };
}

test("without a pace everything leaves at once, and numbered packets are noted", () => {
  const { recorder, numbers, sink, wakes, write } = rig();
  for (let id = 0; id < 3; id++) write(10, id, "number");
  write(11, 3, "none");
  expect(recorder.sent).toHaveLength(4);
  expect(numbers.nextExtSn).toBe(32_768 + 3);
  expect(numbers.bytes(32_768)).toBe(LENGTH);
  expect(wakes).toEqual([]);
  expect(sink.pollTimeout()).toBe(Number.POSITIVE_INFINITY);
});

test("with a pace estimated packets wait, get their number when they leave, and others pass", () => {
  const { recorder, numbers, sink, wakes, write, stampOf } = rig();
  sink.setPace(0, 800_000);
  for (let id = 0; id < 5; id++) write(10, id, "number");
  write(10, 9, "none");
  expect(recorder.sent.map(({ bytes }) => bytes[0])).toEqual([0, 9]);
  expect(wakes.length).toBeGreaterThan(0);
  let nowMs = 10;
  while (sink.pollTimeout() !== Number.POSITIVE_INFINITY) {
    nowMs = sink.pollTimeout();
    sink.handleTimeout(nowMs);
  }
  const video = recorder.sent.filter(({ bytes }) => bytes[0] !== 9);
  expect(video.map(({ bytes }) => bytes[0])).toEqual([0, 1, 2, 3, 4]);
  expect(video.map(({ bytes }) => stampOf(bytes, 2) - 32_768)).toEqual([0, 1, 2, 3, 4]);
  expect(video.map(({ isRetransmission }) => isRetransmission)).toEqual([
    false,
    true,
    false,
    true,
    false,
  ]);
  expect(numbers.sentMs(32_768 + 4)).toBe(nowMs);
  expect(nowMs).toBeGreaterThan(40);
});

test("a send time that waited says when the packet left", () => {
  const { recorder, sink, write, stampOf } = rig();
  sink.setPace(0, 80_000);
  write(1_000, 0, "time");
  write(1_000, 1, "time");
  sink.handleTimeout(1_101);
  expect(stampOf(recorder.sent[1]!.bytes, SEND_TIME_BYTES)).toBe(1_101);
});

test("when the pace ends what waits leaves at once, in order", () => {
  const { recorder, sink, write } = rig();
  sink.setPace(0, 80_000);
  for (let id = 0; id < 10; id++) write(10, id, "number");
  sink.setPace(20, 0);
  write(20, 10, "number");
  expect(recorder.sent.map(({ bytes }) => bytes[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("a queue that is full lets its oldest go, and no packet is lost", () => {
  const { recorder, sink, write } = rig();
  sink.setPace(0, 8_000);
  for (let id = 0; id < 200; id++) write(10, id, "number");
  expect(recorder.sent).toHaveLength(200 - 127);
  sink.setPace(10, 0);
  expect(recorder.sent.map(({ bytes }) => bytes[0])).toEqual(
    Array.from({ length: 200 }, (_, i) => i),
  );
});

test("when the transport is gone nothing is sent, and nothing hangs", () => {
  const { recorder, sink, write } = rig();
  sink.setPace(0, 8_000);
  for (let id = 0; id < 5; id++) write(10, id, "number");
  recorder.isConnected = false;
  sink.handleTimeout(10_000);
  sink.setPace(10_000, 0);
  expect(recorder.sent).toHaveLength(1);
});
