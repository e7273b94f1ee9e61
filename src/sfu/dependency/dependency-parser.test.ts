import { expect, test } from "bun:test";
import { packetOf } from "../../../test/support/send-side.ts";
import { SVC_MODES, SvcEncoder, type SvcFrame } from "../../../test/support/svc-encoder.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import type { MediaPacket } from "../packet/media-packet.ts";
import { DependencyParser } from "./dependency-parser.ts";
import { Described } from "./frame-dependency.ts";

type Fields = { nowMs?: number; isFirst?: boolean; isLast?: boolean; mask?: number };

/** A parser, and packets of frames as they reach it, one number each. */
function rig(restartsAfterPause = false, first = 100) {
  const encoder = new SvcEncoder(SVC_MODES.L2T2, { first });
  const parser = new DependencyParser(restartsAfterPause);
  let extSn = 1_000;
  const read = (
    frame: SvcFrame,
    { nowMs = 0, isFirst = true, isLast = true, mask }: Fields = {},
    sn = extSn++,
  ): MediaPacket => {
    const dependencyDescriptor = encoder.descriptor(frame, isFirst, isLast, mask);
    const packet = packetOf({
      codec: Codec.Av1,
      extSn: sn,
      extTs: 0,
      dependencyDescriptor,
      arrivalMs: nowMs,
      isOutOfOrder: sn < extSn - 1,
    });
    parser.read(packet);
    return packet;
  };
  return { encoder, parser, read, skip: () => extSn++ };
}

test("a parser says nothing of frames before the templates", () => {
  const { encoder, parser, read } = rig();
  const [first] = encoder.picture(true);
  expect(read(encoder.picture(false)[0]!).dependency.described).toBe(Described.Unreadable);
  expect(parser.activeSpatialMask).toBe(-1);
  expect(read(first!).dependency.described).toBe(Described.Yes);
  expect(parser.activeSpatialMask).toBe(0b11);
});

test("a frame is whole with the last of its packets, in whatever order they come", () => {
  const { encoder, read, skip } = rig();
  const [base, upper] = encoder.picture(true);
  expect(read(base!).dependency.isComplete).toBeTrue();
  expect(read(upper!, { isLast: false }).dependency.isComplete).toBeFalse();
  const missing = skip();
  expect(read(upper!, { isFirst: false }).dependency.isComplete).toBeFalse();
  const late = read(upper!, { isFirst: false, isLast: false }, missing);
  expect(late.dependency.isComplete).toBeTrue();
});

test("the newest mask of active decode targets holds for all packets", () => {
  const { encoder, parser, read, skip } = rig();
  const [base, upper] = encoder.picture(true);
  expect(read(base!).dependency.activeTargets).toBe(0b1111);
  expect(parser.activeSpatialMask).toBe(0b11);
  const before = skip();
  expect(read(upper!, { mask: 0b0011 }).dependency.activeTargets).toBe(0b0011);
  expect(parser.activeSpatialMask).toBe(0b01);
  const [next] = encoder.picture(false);
  expect(read(next!, { mask: 0b1111 }, before).dependency.activeTargets).toBe(0b0011);
  expect(read(encoder.picture(false)[0]!).dependency.activeTargets).toBe(0b0011);
});

test("the key frame that a frame belongs to is told by its number", () => {
  const { encoder, read } = rig();
  const [base] = encoder.picture(true);
  const first = read(base!).dependency;
  expect(first.keyFrameNumber).toBe(first.descriptor.extFrameNumber);
  const next = read(encoder.picture(false)[0]!).dependency;
  expect(next.keyFrameNumber).toBe(first.keyFrameNumber);
  expect(next.descriptor.extFrameNumber).toBe(first.keyFrameNumber + 2);
});

test("frame numbers that jump back in order begin a new count; late ones are dropped", () => {
  const { encoder, read, skip, parser } = rig(false, 40_000);
  const { generation } = read(encoder.picture(true)[0]!).dependency;
  const late = skip();
  const other = new SvcEncoder(SVC_MODES.L2T2, { first: 39_000 });
  const [key] = other.picture(true);
  read(encoder.picture(false)[0]!);
  expect(read(key!, {}, late).dependency.described).toBe(Described.Unreadable);
  const again = read(key!).dependency;
  expect(again.described).toBe(Described.Yes);
  expect(again.generation).toBe(generation + 1);
  expect(parser.structure.templateCount).toBeGreaterThan(0);
});

test.each([true, false])("a pause of 30 s with detection of restarts: %p", (isDetected) => {
  const { encoder, read } = rig(isDetected);
  const { generation } = read(encoder.picture(true)[0]!).dependency;
  expect(read(encoder.picture(false)[0]!, { nowMs: 30_000 }).dependency.generation).toBe(
    generation,
  );
  const next = read(encoder.picture(false)[0]!, { nowMs: 60_001 });
  expect(next.dependency.described).toBe(isDetected ? Described.Unreadable : Described.Yes);
  const key = read(encoder.picture(true)[0]!, { nowMs: 60_100 }).dependency;
  expect(key.generation).toBe(generation + (isDetected ? 1 : 0));
});
