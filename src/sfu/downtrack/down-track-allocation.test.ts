import { expect, test } from "bun:test";
import { DownTrackRig, H264, SETTINGS } from "../../../test/support/down-track-rig.ts";
import { FakeVideo } from "../../../test/support/fake-video.ts";
import type { PacketFields, SentPacket } from "../../../test/support/send-side.ts";
import { Codec } from "../../wire/rtp/codec.ts";
import { WriteResult } from "./down-track.ts";

/** An H.264 camera of 100, 300 and 900 kbit/s to a subscriber that may be paused. */
function rig(): DownTrackRig {
  return new DownTrackRig([H264], {}, ({ source }) => {
    for (const [layer, kbps] of [100, 300, 900].entries()) source.bitrates[layer] = [kbps * 1_000];
  });
}

function video(extSn: number, fields: Partial<PacketFields>): PacketFields {
  return { codec: Codec.H264, extSn, extTs: extSn * 3_000, marker: true, ...fields };
}

test("a subscriber that asks for less gets a lower layer, and the change is told", () => {
  const { track, write, source, sink } = rig();
  write(0, video(1, { spatialLayer: 2, isKeyFrame: true }));
  expect([track.pollForwardingChange(), track.currentSpatialLayer]).toEqual([true, 2]);
  track.setSettings(100, { ...SETTINGS, maxSpatialLayer: 0 });
  track.handleTimeout(100);
  expect(source.keyFrameRequests.at(-1)).toEqual({ nowMs: 100, spatialLayer: 0 });
  expect(write(133, video(2, { spatialLayer: 2 }))).toBe(WriteResult.Sent);
  expect(track.heldLayer).toBe(2);
  expect(write(166, video(9, { spatialLayer: 0, isKeyFrame: true }))).toBe(WriteResult.Changed);
  // Without a report of the layer that it began with, the clocks of others cannot be related to it.
  expect([track.pollForwardingChange(), track.heldLayer]).toEqual([false, 2]);
  source.reports.set(2, { ntpMs: 1_000, extTs: 3_000, arrivalMs: 0 });
  expect([track.pollForwardingChange(), track.heldLayer]).toEqual([true, 0]);
  expect([track.pollForwardingChange(), track.currentSpatialLayer]).toEqual([false, 0]);
  const sns = sink.take().map((it) => it.sn);
  expect(sns).toEqual([sns[0]!, sns[0]! + 1, sns[0]! + 2]);
});

test("where bandwidth is short the higher layer ends with its frame, and leaves no hole", () => {
  const { allocator, track, write, sink, source } = rig();
  source.reports.set(2, { ntpMs: 1_000, extTs: 0, arrivalMs: 0 });
  source.reports.set(0, { ntpMs: 1_000, extTs: 0, arrivalMs: 0 });
  write(0, video(1, { spatialLayer: 2, isKeyFrame: true }));
  write(33, video(2, { spatialLayer: 2, marker: false }));
  track.pollForwardingChange();
  allocator.setOverride(40, 150_000);
  expect(write(41, video(3, { spatialLayer: 2 }))).toBe(WriteResult.Sent);
  expect(write(66, video(4, { spatialLayer: 2 }))).toBe(WriteResult.Nothing);
  write(100, video(5, { spatialLayer: 0, isKeyFrame: true }));
  write(133, video(6, { spatialLayer: 0 }));
  const sent = sink.take();
  expect(sent.map(({ sn }) => sn - sent[0]!.sn)).toEqual([0, 1, 2, 3, 4]);
});

test("what is about to be replaced by a lower layer is not sent again", () => {
  const { allocator, track, write, sink } = rig();
  write(0, video(1, { spatialLayer: 2, isKeyFrame: true }));
  const [{ sn }] = sink.take() as [SentPacket];
  track.handleNack(200, Uint16Array.of(sn), 1);
  expect(sink.take()).toHaveLength(1);
  allocator.setOverride(300, 150_000);
  track.handleNack(500, Uint16Array.of(sn), 1);
  expect(sink.take()).toEqual([]);
});

test("a paused video is told so until a picture flows again, and mutes of it are not believed", () => {
  const { allocator, track, write } = rig();
  write(0, video(1, { spatialLayer: 2, isKeyFrame: true }));
  expect([track.pollForwardingChange(), track.streamState]).toEqual([true, "active"]);
  allocator.setOverride(100, 10_000);
  expect([track.pollForwardingChange(), track.streamState]).toEqual([true, "paused"]);
  track.setSettings(200, { ...SETTINGS, isDisabled: true });
  expect(track.streamState).toBe("paused");
  allocator.setOverride(300, 0);
  expect([track.pollForwardingChange(), track.streamState]).toEqual([false, "paused"]);
  expect(write(333, video(9, { spatialLayer: 2, isKeyFrame: true }))).toBe(WriteResult.Changed);
  expect([track.pollForwardingChange(), track.streamState]).toEqual([true, "active"]);
  track.setSettings(400, { ...SETTINGS, isDisabled: true });
  expect([track.pollForwardingChange(), track.streamState]).toEqual([true, "inactive"]);
});

test("a track that comes first now takes bandwidth from another", () => {
  const { allocator, track } = rig();
  const other = new FakeVideo({ priority: 5 });
  other.publish(0, [100_000]);
  allocator.add(0, other.allocation);
  allocator.setOverride(0, 150_000);
  expect([track.streamState, other.target]).toEqual(["paused", [0, 0]]);
  track.setSettings(100, { ...SETTINGS, priority: 9 });
  expect(other.target).toEqual([-1, -1]);
});
