import { expect, test } from "bun:test";
import { FakeSource, type PacketFields, packetOf } from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { Forwarder } from "./forwarder.ts";
import { Translation, Verdict } from "./translation.ts";

const FRAME_TICKS = 3_000;

/** A frame of one packet; frames and packets of a layer have the same numbers. */
function frame(layer: number, sn: number, fields: Partial<PacketFields> = {}): PacketFields {
  return {
    codec: Codec.H264,
    extSn: sn,
    extTs: sn * FRAME_TICKS,
    ssrc: 10 + layer,
    spatialLayer: layer,
    marker: true,
    ...fields,
  };
}

function vp8(layer: number, sn: number, fields: Partial<PacketFields> = {}): PacketFields {
  const picture = { codec: Codec.Vp8, pictureId: sn, tl0PicIdx: sn & 0xff, descriptorBytes: 3 };
  return frame(layer, sn, { ...picture, ...fields });
}

const out = new Translation();

function send(forwarder: Forwarder, fields: PacketFields): { verdict: Verdict; sn: number } {
  const verdict = forwarder.translate(fields.extSn * 33, packetOf(fields), out);
  return { verdict, sn: out.outSn };
}

/** Flows at a layer: its key frame has number 100. */
function flowingAt(layer: number, of: typeof frame): { forwarder: Forwarder; firstSn: number } {
  const forwarder = new Forwarder(new FakeSource());
  forwarder.setTarget(layer, 3, layer, false);
  const first = send(forwarder, of(layer, 100, { isKeyFrame: true }));
  expect(first.verdict).toBe(Verdict.Forward);
  return { forwarder, firstSn: first.sn };
}

test("what was held back is followed by a key frame: frames after it need those that are gone", () => {
  const { forwarder } = flowingAt(1, frame);
  forwarder.setTarget(0, 3, 0, true);
  expect(send(forwarder, frame(1, 101)).verdict).toBe(Verdict.Drop);
  forwarder.setTarget(1, 3, 1, false);
  expect(forwarder.isFlowing).toBe(false);
  expect(send(forwarder, frame(1, 102)).verdict).toBe(Verdict.Drop);
  expect(send(forwarder, frame(1, 103, { isKeyFrame: true })).verdict).toBe(Verdict.Forward);
});

test("a target that goes down and up again between two frames holds nothing back", () => {
  const { forwarder, firstSn } = flowingAt(1, frame);
  forwarder.setTarget(0, 3, 0, true);
  forwarder.setTarget(1, 3, 1, false);
  expect(send(forwarder, frame(1, 101))).toEqual({ verdict: Verdict.Forward, sn: firstSn + 1 });
});

test("what comes late from before the holding back goes out, and what is held does not", () => {
  const { forwarder, firstSn } = flowingAt(1, frame);
  send(forwarder, frame(1, 102));
  forwarder.setTarget(0, 3, 0, true);
  send(forwarder, frame(1, 103));
  send(forwarder, frame(1, 105));
  const late = send(forwarder, frame(1, 101, { isOutOfOrder: true }));
  expect(late).toEqual({ verdict: Verdict.Forward, sn: firstSn + 1 });
  const held = send(forwarder, frame(1, 104, { isOutOfOrder: true }));
  expect(held.verdict).not.toBe(Verdict.Forward);
});

test("the last packets of a source come late after a switch, under their own numbers", () => {
  const { forwarder, firstSn } = flowingAt(0, frame);
  send(forwarder, frame(0, 102));
  forwarder.setTarget(1, 3, 1, false);
  const next = send(forwarder, frame(1, 102, { isKeyFrame: true }));
  expect(next).toEqual({ verdict: Verdict.Forward, sn: firstSn + 3 });
  const late = send(forwarder, frame(0, 101, { isOutOfOrder: true }));
  expect(late).toEqual({ verdict: Verdict.Forward, sn: firstSn + 1 });
  // and their timestamps: one frame after the key frame
  expect(out.outTs % 2 ** 32).toBe(101 * FRAME_TICKS);
});

test("packets come late after two switches, too", () => {
  const { forwarder, firstSn } = flowingAt(0, frame);
  send(forwarder, frame(0, 102));
  forwarder.setTarget(2, 3, 2, false);
  for (const layer of [1, 2]) send(forwarder, frame(layer, 102, { isKeyFrame: true }));
  const late = send(forwarder, frame(0, 101, { isOutOfOrder: true }));
  expect(late).toEqual({ verdict: Verdict.Forward, sn: firstSn + 1 });
});

test("with picture ids, padding takes the place of what comes late after a switch", () => {
  const { forwarder, firstSn } = flowingAt(0, vp8);
  send(forwarder, vp8(0, 102));
  forwarder.setTarget(1, 3, 1, false);
  send(forwarder, vp8(1, 102, { isKeyFrame: true }));
  const late = send(forwarder, vp8(0, 101, { isOutOfOrder: true }));
  expect(late).toEqual({ verdict: Verdict.FillHole, sn: firstSn + 1 });
});

test("what fills a number above all that left is followed by later timestamps", () => {
  const { forwarder, firstSn } = flowingAt(1, frame);
  forwarder.setTarget(0, 3, 0, true);
  send(forwarder, frame(1, 101));
  send(forwarder, frame(1, 110));
  const fill = send(forwarder, frame(1, 109, { isOutOfOrder: true }));
  expect(fill.verdict).toBe(Verdict.FillHole);
  const filledTs = out.outTs;
  const next = send(forwarder, frame(0, 105, { isKeyFrame: true }));
  expect(next.sn).toBeGreaterThan(firstSn + 1);
  expect(out.outTs).toBeGreaterThan(filledTs);
});

test("numbers that nobody saw before a switch belong to what comes after it", () => {
  const { forwarder, firstSn } = flowingAt(0, frame);
  forwarder.setTarget(0, 3, 0, false);
  forwarder.setMuted(true);
  forwarder.setMuted(false);
  expect(send(forwarder, frame(0, 103, { isKeyFrame: true })).sn).toBe(firstSn + 1);
  const late = send(forwarder, frame(0, 101, { isOutOfOrder: true }));
  expect(late.verdict).toBe(Verdict.Drop);
});

test("after a restart of the stream nothing is taken for a late packet of before", () => {
  const { forwarder } = flowingAt(0, frame);
  send(forwarder, frame(0, 103));
  forwarder.restartStream(0);
  const late = send(forwarder, frame(0, 101, { isOutOfOrder: true }));
  expect(late.verdict).toBe(Verdict.Drop);
});

test("a late picture above the only temporal layer that went out is filled, unless it can stand alone", () => {
  const forwarder = new Forwarder(new FakeSource());
  forwarder.setTarget(0, 0, 0, false);
  send(forwarder, vp8(0, 100, { isKeyFrame: true }));
  send(forwarder, vp8(0, 103));
  forwarder.setTarget(0, 3, 0, false);
  send(forwarder, vp8(0, 104, { isKeyFrame: true }));
  const late = { temporalLayer: 1, isOutOfOrder: true };
  expect(send(forwarder, vp8(0, 101, late)).verdict).toBe(Verdict.FillHole);
  const sync = { ...late, isSwitchingPoint: true };
  expect(send(forwarder, vp8(0, 102, sync)).verdict).toBe(Verdict.Forward);
});
